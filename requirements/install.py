"""Makes .venv hold what a lock file says. ./dev runs it with any Python 3.11+, so the standard library must do."""

import fcntl
import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
# Each lock holds all of those before it, so installing the last installs every one.
LOCKS = ("runtime", "development")


def main(wanted: str) -> None:
    """Install the packages of this lock unless they are installed already."""
    if is_installed(wanted):
        return
    # One at a time: two recipes may be started at once. The script is its own lock file.
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_installed(wanted):
            make_environment()
            install(wanted)


def is_installed(name: str) -> bool:
    """Whether the environment is whole and was last filled from this very lock."""
    stamp = stamp_of(name)
    return is_whole() and stamp.exists() and stamp.read_bytes() == lock_of(name).read_bytes()


def is_whole() -> bool:
    """Whether there is an environment with a pip, made for the Python that its link leads to now."""
    found = list(VENV.glob("lib/python*/site-packages/pip/__main__.py"))
    return any(path.parts[-4] == f"python{sys.version_info.major}.{sys.version_info.minor}" for path in found)


def make_environment() -> None:
    """Make an empty environment where there is no whole one."""
    if is_whole():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(
            "This Python has no venv: install it (on Debian and Ubuntu: apt install python3-venv) and run this again."
        )
    venv = importlib.import_module("venv")  # not above: Debian may have taken it away since .venv was made
    venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)


def install(wanted: str) -> None:
    """Fill the environment from a lock, and leave a copy of each lock it now satisfies as the stamp."""
    print(f"Installing the {wanted} packages into .venv; this happens once.", file=sys.stderr)
    for name in LOCKS:
        stamp_of(name).unlink(missing_ok=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--no-deps", "--require-hashes", "--requirement", lock_of(wanted)], check=False)
    if done.returncode:
        sys.exit("The packages could not be installed: pip says why above.")
    for name in LOCKS[: LOCKS.index(wanted) + 1]:
        stamp_of(name).write_bytes(lock_of(name).read_bytes())


def lock_of(name: str) -> Path:
    """Where the lock of that name is."""
    return HERE / f"{name}.lock"


def stamp_of(name: str) -> Path:
    """Where the environment keeps a copy of the lock that it was filled from."""
    return VENV / f"installed-{name}.lock"


if __name__ == "__main__":
    main(sys.argv[1])
