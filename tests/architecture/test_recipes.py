"""./dev on a machine that lacks something: one clear sentence, and nothing on standard output."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout in which nothing has been run yet."""
    shutil.copy(ROOT / "dev", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def run(clone: Path, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run a recipe there: the exit status, and what it said on each stream."""
    done = subprocess.run(
        ["/bin/sh", clone / "dev", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_without_python_it_says_what_to_install(clone: Path):
    shutil.copy("/usr/bin/dirname", clone)
    assert run(clone, "manage", "version", PATH=str(clone)) == (
        1,
        "",
        "Rolemodel needs Python 3.11 or later, and there is none on the PATH: install it and run this again.\n",
    )


def test_without_venv_it_names_debian_s_package(clone: Path):
    # As Debian has it: Python stands, and what makes environments is in another package.
    (clone / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'ensurepip' else find(name, package)\n"
    )
    python = Path(sys.executable).resolve().parent
    code, out, err = run(clone, "manage", "version", PATH=f"{python}:{os.environ['PATH']}", PYTHONPATH=str(clone))
    assert (code, out) == (1, "")
    assert re.fullmatch(r"This Python has no venv: .*apt install python3-venv.*\n", err)


def test_a_recipe_that_is_not_there_is_wrong_usage():
    assert run(ROOT, "nonsense", PATH=os.environ["PATH"]) == (
        2,
        "",
        'There is no recipe called "nonsense": ./dev help lists them.\n',
    )


def test_help_lists_every_recipe():
    code, out, err = run(ROOT, "help", PATH=os.environ["PATH"])
    recipes = re.findall(r"^    ([a-z]+)\)", (ROOT / "dev").read_text(), re.M)
    assert (code, err) == (0, "")
    assert [recipe for recipe in recipes if f"\n  {recipe} " not in out] == []
    assert len(recipes) >= 9
