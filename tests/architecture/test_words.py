"""One spelling, and nothing in a tracked file that belongs to the machine it was written on."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

AMERICAN = re.compile(
    r"\b(cancel(?:ed|ing)|organiz(?:e[ds]?|ing|ations?)|recogniz(?:e[ds]?|ing)|apologiz\w+|authoriz(?:ed|ing|ation)|"
    r"behaviors?|favorites?|honors?|neighbors?|centers?|labeled|traveled|fulfill|programs of study)\b",
    re.I,
)
# Words of CSS, HTML, HTTP and of libraries are spelt as those spell them.
CODE = re.compile(
    r"align=.center.|align-items|justify-\w+|place-\w+|(?:align|place|justify)[\w-]*: ?center|authorization|"
    r"[\"`]organization(?:s|-title)?[\"`]|route\.fulfill",
    re.I,
)
INDEX = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|/simple\b|index)[\w./-]*|--(?:extra-)?index-url|--find-links")


def tracked(*endings: str) -> list[Path]:
    """Every file in the repository with one of these endings."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [
        ROOT / name for name in names if name and (ROOT / name).is_file() and (not endings or name.endswith(endings))
    ]


def american_words(text: str) -> list[str]:
    """The American spellings in this text that are not a language's own words."""
    return AMERICAN.findall(CODE.sub("", text))


def test_the_words_people_read_are_british():
    files = [path for path in tracked(".py", ".html", ".txt", ".md", ".toml") if path != Path(__file__)]
    assert {str(path.relative_to(ROOT)): words for path in files if (words := american_words(path.read_text()))} == {}


def test_an_american_spelling_is_seen():
    assert american_words("The visit was canceled at the science center.") == ["canceled", "center"]
    assert american_words("text-align: center; the Authorization header") == []


def test_no_file_names_a_package_index():
    files = [
        path for path in tracked() if path.suffix not in (".png", ".ico", ".woff2", ".webp") and path != Path(__file__)
    ]
    named = {
        str(path.relative_to(ROOT)): found
        for path in files
        if (found := INDEX.findall(path.read_text(errors="replace")))
    }
    assert named == {"requirements/lock.py": ["--no-emit-index-url"]} or named == {}


@pytest.mark.parametrize(("lock", "wanted"), [("runtime", ()), ("development", ("dev",))])
def test_the_lock_holds_everything_that_is_asked_for(lock: str, wanted: tuple[str, ...]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [
        *project["project"]["dependencies"],
        *(name for group in wanted for name in project["dependency-groups"][group]),
    ]
    names = {re.split(r"[\[~=<>]", name)[0] for name in asked}
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    locked = set(re.findall(r"^([\w.-]+)==", text, re.M))
    assert sorted(names - locked) == []
    assert text.count("--hash=sha256:") > len(locked)


def test_every_word_of_the_settings_names_something_that_stands():
    # A per-file exception for a file that has gone is a hole waiting for its successor.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    globs = project["tool"]["ruff"]["lint"]["per-file-ignores"]
    assert [pattern for pattern in globs if not any(ROOT.glob(pattern))] == []
