"""Writes both lock files from pyproject.toml: every package with its hashes, and no package index's address."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMPILE = [
    *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"),
    *("--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
]


def main(options: list[str]) -> None:
    """Compile the runtime lock, and the development lock on top of it so that both name the same versions."""
    runtime, development = HERE / "runtime.lock", HERE / "development.lock"
    for arguments in (
        ["--output-file", runtime],
        ["--group", "dev", "--constraint", runtime, "--output-file", development],
    ):
        subprocess.run([*COMPILE, *arguments, *options], cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
