"""Every letter says what it is about, why its reader gets it, and what happens if they do nothing."""

import re
from pathlib import Path

import pytest

from stem.letters.kinds import WITHOUT_IT, LetterKind, kind_of
from stem.letters.post import path_of
from stem.letters.rendering import ALONE, PART, template_folder
from tests.architecture.facts import FACTS, is_by_day, is_gathered
from tests.architecture.pages import SIGN_IN_LETTERS, templates

WORDS = {page.name: page.text for page in templates() if page.name.startswith("emails/")}
EXTENDS = re.compile(r"{% extends (?:\"([^\"]+)\"|(frame)) %}")
DOES_NOTHING = re.compile(r"you need do nothing|if you do nothing", re.I)
# What somebody waits for, what was just done, what concerns a visit, and what keeps children and accounts safe.
NEVER_GATHERED = {
    *(LetterKind.SIGN_IN, LetterKind.SAFEGUARDING, LetterKind.RECEIPTS, LetterKind.VISITS, LetterKind.OFFERS),
    *(LetterKind.REQUESTS, LetterKind.SCHOOL, LetterKind.FEEDBACK, LetterKind.SEARCHES, LetterKind.SCHEME),
}


def ancestry(name: str) -> list[str]:
    """This template and those that it extends, up to the last."""
    found = [name]
    while extends := EXTENDS.match(WORDS[found[-1]]):
        frame = ALONE[name.endswith(".html")]
        found.append(extends[1] or frame)
    return found


def test_every_fact_is_marked_with_its_kind():
    assert [path_of(fact) for fact in FACTS if kind_of(fact) is None] == []


def test_every_kind_that_one_may_do_without_has_a_letter():
    assert set(WITHOUT_IT) - {kind_of(fact) for fact in FACTS} == set()


def test_every_fact_says_why_its_reader_gets_it():
    assert [path_of(fact) for fact in FACTS if not str(fact.because).startswith("You get this because ")] == []


def folders_of_sign_in() -> list[str]:
    """Where the words of the letters are that carry a code, and are told by no fact."""
    names = {Path(name).parts[2] for name in WORDS if name.startswith("emails/accounts/")}
    return [f"emails/accounts/{name}" for name in names if (SIGN_IN_LETTERS / f"{name}_subject.txt").exists()]


FOLDERS = sorted({*(template_folder(path_of(fact)) for fact in FACTS), *folders_of_sign_in()})


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_foot_of_every_letter_says_so(ending: str):
    ends = {ancestry(f"{folder}/body.{ending}")[-1] for folder in FOLDERS}
    assert ends == {f"emails/base.{ending}"}
    foot = WORDS["emails/base.txt"] if ending == "txt" else WORDS["emails/parts/foot.html"]
    assert "{{ because }}" in foot
    assert "{{ part.because }}" in WORDS[f"emails/digest/body.{ending}"]


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_every_letter_says_what_happens_if_one_does_nothing(ending: str):
    silent = [
        folder
        for folder in FOLDERS
        if not any(DOES_NOTHING.search(WORDS[name]) for name in ancestry(f"{folder}/body.{ending}"))
    ]
    assert silent == []


def test_text_and_html_say_the_same_of_it():
    sentences = re.compile(r"[^.!?{}%\"]*(?:you need do nothing|if you do nothing)[^.!?{}%\"]*", re.I)
    differing = [
        folder
        for folder in FOLDERS
        if sentences.findall(WORDS[f"{folder}/body.txt"]) != sentences.findall(WORDS[f"{folder}/body.html"])
    ]
    assert differing == []


def test_whoever_waits_for_something_hears_of_it_at_once():
    gathered = [fact for fact in FACTS if is_gathered(fact)]
    assert gathered
    assert [path_of(fact) for fact in gathered if kind_of(fact) in NEVER_GATHERED or is_by_day(fact)] == []
    assert {path_of(fact) for fact in FACTS if is_by_day(fact) and kind_of(fact) is LetterKind.SAFEGUARDING} == set()


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_news_that_is_gathered_can_stand_in_a_frame_of_its_own_or_beside_others(ending: str):
    for fact in FACTS:
        in_frame = ALONE[ending == "html"] in ancestry(f"{template_folder(path_of(fact))}/body.{ending}")
        assert (path_of(fact), in_frame) == (path_of(fact), is_gathered(fact) or fact.__name__ in ALSO_IN_FRAME)
    assert "{% block news %}" in WORDS[PART[ending == "html"]]


# Its words are those of another, which is gathered.
ALSO_IN_FRAME = {"requirements_nearly_over"}


@pytest.mark.parametrize(
    ("words", "says"),
    [("You need do nothing.", True), ("If you do nothing, it waits.", True), ("Nothing is left to do.", False)],
)
def test_it_would_be_seen(words: str, says: bool):
    assert bool(DOES_NOTHING.search(words)) is says
