"""Runs everything that this machine can run, on both databases, and says what it left out: `./dev test`.

With CI set nothing may be left out: what is missing is installed, or the run fails.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from tests import checks
from tests.pictures import contact_sheet, pictures_folder

ROOT = checks.ROOT
# What hardly depends on the database: once is enough, as every page is opened on both by the policy's own test.
SAME_ON_BOTH = ("tests/demo", "tests/*/views", "tests/*/test_*pages.py")
# What takes long: for every day once is enough.
ONCE_A_DAY = ("tests/architecture", "tests/fire", *SAME_ON_BOTH)
IN_CI = bool(os.environ.get("CI"))
# Tests wait a third of their time, for a browser, a server or the disk: one process more than there are processors.
PROCESSES = min((os.cpu_count() or 1) + 1, 4)
# Two clones on one machine must not share a test database.
DATABASE = "rolemodel_" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432").rstrip("/")


@dataclass
class Run:
    """What has been run so far, and what has not."""

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    failed: bool = False

    def stage(self, name: str, work: Callable[[], tuple[bool, str]]) -> None:
        """Do one part, and keep its outcome for the end."""
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        passed, outcome = work()
        self.failed |= not passed
        self.lines.append(f"{name} ({time.monotonic() - started:.0f} s): {outcome}")

    def report(self) -> int:
        """Print the outcomes and then, plainly, what was not run and why. The exit status."""
        print("\n=== Outcome")
        print(*self.lines, sep="\n")
        print("\nNot run:" if self.missing else "\nNothing was left out.")
        print(*(f"  - {line}" for line in self.missing), sep="\n", end="\n" if self.missing else "")
        if IN_CI and self.missing:
            print("With CI set nothing may be left out, so this run has failed.")
            self.failed = True
        return 1 if self.failed else 0


def main(arguments: list[str]) -> int:
    """Run the checks and the tests; with arguments, only those tests."""
    run = Run()
    if not arguments:
        run.stage("checks", run_checks)
    left_out = [] if IN_CI else ["slow"]
    for marker, program, package in (("browser", "chromium", "chromium"), ("redis", "redis-server", "redis-server")):
        if not has_program(program, package):
            left_out.append(marker)
            run.missing.append(f"tests marked {marker}: there is no {program} on this machine")
    sqlite = [*left_out, "postgresql"]
    run.stage("tests on SQLite", lambda: pytest("", sqlite, arguments))
    if trouble := postgresql_trouble():
        run.missing.append(f"the tests on PostgreSQL: {trouble}")
    else:
        server = [*dict.fromkeys([*left_out, "sqlite", "browser"])]
        only = arguments or [f"--ignore-glob={place}" for place in (SAME_ON_BOTH if IN_CI else ONCE_A_DAY)]
        run.stage("tests on PostgreSQL", lambda: pytest(f"{SERVER}/{DATABASE}", server, only))
        if not IN_CI:
            run.missing.append("on PostgreSQL, tests in tests/architecture and tests/fire: they run when CI is set")
    if (folder := pictures_folder()) and folder.is_dir():
        run.lines.append(f"pictures of pages: {contact_sheet(folder)}, on {folder / 'index.html'}")
    if not IN_CI:
        run.missing.append("tests marked slow: they run when CI is set")
    return run.report()


def run_checks() -> tuple[bool, str]:
    """Everything `./dev check` does."""
    failures = checks.main()
    return not failures, f"{failures} failed" if failures else f"all {len(checks.CHECKS)} passed"


def pytest(database: str, left_out: list[str], arguments: list[str]) -> tuple[bool, str]:
    """Run the tests that carry none of these markers; whether they passed, and pytest's own last line."""
    command = [sys.executable, "-m", "pytest", "--quiet", f"--numprocesses={PROCESSES}", "--durations=5"]
    # Browsers come last and take long: whoever has nothing left takes over what waits behind them.
    command += ["--dist=worksteal"]
    command += ["-m", " and ".join(f"not {marker}" for marker in left_out), *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"DATABASE_URL": database} if database else {}
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip(" =\n") or last
    # Tests that do not apply are deselected by their marker; a skip in CI is something quietly left out.
    skipped = IN_CI and " skipped" in last
    # Status 5: the tests asked for by name are none that apply to this database.
    passed = process.returncode == 0 or (process.returncode == 5 and bool(arguments))
    return passed and not skipped, last + (" (a skip fails the run when CI is set)" if skipped else "")


def has_program(program: str, package: str) -> bool:
    """Whether this program is there; with CI set, and as root on Debian, it is installed first."""
    if not shutil.which(program) and IN_CI and os.geteuid() == 0 and shutil.which("apt-get"):
        for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *step], check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return bool(shutil.which(program))


def postgresql_trouble() -> str:
    """Why PostgreSQL cannot be used for the tests; empty when it can."""
    try:
        psycopg.connect(SERVER.replace("postgres://", "postgresql://") + "/postgres", connect_timeout=5).close()
    except psycopg.OperationalError as error:
        where = SERVER.rpartition("@")[2]
        return f"there is no answer at {where} ({str(error).splitlines()[0]}); TEST_DATABASE_URL names another server"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
