"""What can be said of the code without running it: `./dev check`."""

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")

TESTING = {"DJANGO_SETTINGS_MODULE": "stem.settings.testing", "DATABASE_URL": "sqlite://:memory:"}
# What an installation must set for itself; these stand for it, so that Django can judge all the rest.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "stem.settings.production",
    "DATABASE_URL": "sqlite://:memory:",
    "SECRET_KEY": "stands-for-a-secret-of-at-least-fifty-characters-0123456789",
    "RECORD_KEYS": "c3RhbmRzLWZvci1hLWtleS1vZi10aGlydHktdHdvLWI=",
    "ALLOWED_HOSTS": "scheme.example",
    "BASE_URL": "https://scheme.example",
}


@dataclass(frozen=True)
class Check:
    """One question for one tool."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> tuple["Check", str | None]:
        """This check, and what the tool complained of, or None."""
        environment = {**os.environ, **self.environment, "NO_COLOR": "1"}
        done = subprocess.run(self.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return self, (done.stdout + done.stderr).strip() if done.returncode else None


CHECKS = (
    Check("types", (PYTHON, "-m", "mypy", "--no-error-summary"), TESTING),
    Check("lint", (PYTHON, "-m", "ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Check("format", (PYTHON, "-m", "ruff", "format", "--quiet", "--diff", ".")),
    Check("imports", (str(Path(PYTHON).with_name("lint-imports")), "--no-cache")),
    Check("templates", (PYTHON, "-m", "djlint", "--lint", "--quiet", "templates", "demo")),
    Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run"), TESTING),
    Check("settings", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
)


def main() -> int:
    """Run every check; say which failed, and how. The number that failed."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = list(pool.map(Check.run, CHECKS))
    for check, complaint in results:
        print(f"{check.name:12} {'ok' if complaint is None else 'FAILED'}")
        if complaint:
            print(complaint, end="\n\n")
    return sum(complaint is not None for _, complaint in results)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
