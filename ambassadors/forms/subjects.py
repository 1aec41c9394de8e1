"""The subjects someone offers: forty and more, of which they should see the few that are theirs first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import OfferingKind
from ambassadors.forms.offers import offered_by
from ambassadors.forms.profile import ProfilePart
from ambassadors.models import Ambassador
from stem.curriculum import SUBJECT_CHOICES, SUBJECTS, Field, Words, subjects_in


class SubjectsForm(ProfilePart):
    """The subjects someone could answer questions about."""

    subjects = forms.MultipleChoiceField(
        label=lazy("Subjects"),
        choices=SUBJECT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Tick at least one subject: whatever comes nearest to your work.")},
    )

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """The subjects offered before."""
        return {"subjects": offered_by(ambassador, OfferingKind.SUBJECT)}


@dataclass(frozen=True)
class Box:
    """One subject to tick."""

    code: str
    name: Words
    is_ticked: bool


@dataclass(frozen=True)
class Shelf:
    """The subjects of one field, apart from those that stand further up."""

    title: Words
    boxes: list[Box]

    @property
    def ticked(self) -> int:
        """How many are ticked: then it is open."""
        return sum(box.is_ticked for box in self.boxes)


@dataclass(frozen=True)
class Layout:
    """Every subject once: those that the job title suggests, those that were looked for, and the others by field."""

    suggested: list[Box]
    found: list[Box]
    found_above: list[Box]
    shelves: list[Shelf]


def lay_out(ticked: Iterable[str], *, suggested: Sequence[str], found: Sequence[str]) -> Layout:
    """Put every subject where someone finds it, with what is ticked at this moment."""
    chosen = set(ticked)
    boxes = {code: Box(code, subject.name, code in chosen) for code, subject in SUBJECTS.items()}
    above = {*suggested, *found}
    shelves = [
        Shelf(field.label, [boxes[each.code] for each in subjects_in(field) if each.code not in above])
        for field in Field
    ]
    return Layout(
        suggested=[boxes[code] for code in suggested],
        found=[boxes[code] for code in found if code not in suggested],
        found_above=[boxes[code] for code in found if code in suggested],
        shelves=[shelf for shelf in shelves if shelf.boxes],
    )
