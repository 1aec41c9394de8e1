"""The questionnaires: one frozen TOML file a version, read once."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from quality.enums import FeedbackSide
from stem.curriculum import Stage

CURRENT = {FeedbackSide.TEACHER: "teacher_v3", FeedbackSide.AMBASSADOR: "ambassador_v3"}
# What a class is asked by its stage: the youngest by show of hands, which any other may choose as well.
BY_HANDS, PRIMARY, SECONDARY = "tally_v1", "primary_v1", "secondary_v1"
OF_CLASS = {Stage.KS1.value: BY_HANDS, Stage.KS2.value: PRIMARY}
# What a teacher is asked once more after eight weeks.
LATER = "later_v1"

# What is ticked is this answer, and what is not is none.
TICKED = "yes"

# The five-point scale of agreement, and the answer that no mean counts (rule 2.2).
AGREEMENT = {
    "1": "Strongly disagree",
    "2": "Disagree",
    "3": "Neither",
    "4": "Agree",
    "5": "Strongly agree",
    "na": "Does not apply",
}


@dataclass(frozen=True)
class Question:
    """One question: its code for ever, its words, and what may be answered."""

    code: str
    text: str
    kind: Literal["one", "agree", "number", "hours", "text", "tick"]
    required: bool = False
    hint: str = ""
    # Of two that are asked as a pair: of which time this one is.
    part: str = ""
    options: dict[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> dict[str, str]:
        """The answers to choose from, each labelled; empty where people write."""
        return AGREEMENT if self.kind == "agree" else self.options

    def words_for(self, answer: object) -> str:
        """An answer as it was shown to the person who gave it."""
        return "Yes" if self.kind == "tick" else self.choices.get(str(answer), str(answer))


@dataclass(frozen=True)
class Instrument:
    """One version of one side's form."""

    name: str
    title: str
    intro: str
    # Nobody's side where a class is asked.
    side: FeedbackSide | None
    questions: tuple[Question, ...]


@cache
def load_instrument(name: str) -> Instrument:
    """The instrument of this name, such as `teacher_v1`; a `FileNotFoundError` when there never was one."""
    content = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    questions = tuple(Question(**question) for question in content["questions"])
    side = FeedbackSide(content["side"]) if "side" in content else None
    return Instrument(name, content["title"], content["intro"], side, questions)


def for_class(stage: str, *, by_hands: bool = False) -> str:
    """The name of what a class of this stage is asked."""
    return BY_HANDS if by_hands else OF_CLASS.get(stage, SECONDARY)
