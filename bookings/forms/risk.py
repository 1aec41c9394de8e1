"""What could go wrong with what is done at a visit, and the school's word on it (rule T-13)."""

from dataclasses import fields as dataclass_fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.enums import Risk
from bookings.models import RiskAcceptance, RiskAssessment
from bookings.operations.risk import Answers, Word
from stem.forms import DayField, HouseForm


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class RiskForm(HouseForm):
    """An assessment of an activity, from what is done to what is left of the risk."""

    sometimes_needed = frozenset({"tested_on", "guidance_checked"})

    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("So that you find it again, such as “Paper bridges”."),
        max_length=100,
    )
    done = forms.CharField(
        label=_("What do you and the pupils do?"),
        help_text=_("In order, in a few lines. Never name a pupil, here or below."),
        max_length=1000,
        widget=_lines(5),
    )
    hazards = forms.CharField(
        label=_("What could go wrong?"),
        help_text=_("Each hazard on a line: cuts from scissors, a trailing cable, hot glue."),
        max_length=1000,
        widget=_lines(5),
    )
    who_harmed = forms.CharField(
        label=_("Who could be harmed, and how?"),
        help_text=_("In groups: pupils, staff, you. Never a pupil by name."),
        max_length=300,
        widget=_lines(2),
    )
    controls = forms.CharField(
        label=_("What do you do so that it does not?"),
        help_text=_("A line for each hazard, with who does it. Staff stay with the class throughout."),
        max_length=1000,
        widget=_lines(5),
    )
    equipment = forms.CharField(label=_("What do you bring?"), max_length=500, required=False, widget=_lines(3))
    brings_mains = forms.BooleanField(label=_("Something of it is plugged into the mains"), required=False)
    tested_on = DayField(
        label=_("When was that last tested electrically?"),
        help_text=_("Only if something is plugged in: the day on its label."),
        required=False,
    )
    substances = forms.CharField(
        label=_("Which substances are used?"),
        help_text=_("Chemicals, glues, foods, cultures. Leave it empty if there are none."),
        max_length=500,
        required=False,
        widget=_lines(3),
    )
    guidance_checked = forms.BooleanField(
        label=_("I have looked each of them up in the school science guidance (CLEAPSS, or SSERC in Scotland)"),
        required=False,
    )
    allergies = forms.CharField(
        label=_("Which allergies does the school look out for?"),
        help_text=_(
            "What you bring that somebody may react to: “nuts, latex”. Of the group, never of a pupil by name."
        ),
        max_length=300,
        required=False,
    )
    first_aid = forms.CharField(
        label=_("First aid"),
        help_text=_("What is there, and what is done first: “cold water for burns; the school’s first aider”."),
        max_length=300,
        widget=_lines(2),
    )
    residual = forms.ChoiceField(
        label=_("How much risk is left?"),
        help_text=_(
            "If all of that is done. Medium needs a head of department at the school; high its lead, and a coordinator."
        ),
        choices=Risk.choices,
        widget=forms.RadioSelect,
    )
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)

    def __init__(self, *args: Any, before: RiskAssessment | None = None, **kwargs: Any) -> None:
        """Begin with what was written `before`, which this becomes the next version of."""
        super().__init__(*args, **kwargs)
        if before is not None:
            self.initial.update({each.name: getattr(before, each.name) for each in dataclass_fields(Answers)})
            self.initial["replaces"] = before.pk

    @property
    def answers(self) -> Answers:
        """These answers, as the operation takes them."""
        return Answers(**{each.name: self.cleaned_data[each.name] for each in dataclass_fields(Answers)})


class AcceptForm(HouseForm):
    """In which position somebody accepts for the school, and who agrees besides."""

    on_behalf_of = forms.CharField(label=_("Who accepts it for the school?"), max_length=150)
    position = forms.CharField(
        label=_("Position at the school"),
        help_text=_("Of who accepts, such as “Head of science”. It stands with the acceptance."),
        max_length=100,
    )
    head_of_department = forms.CharField(
        label=_("Which head of department has agreed?"),
        help_text=_("Their name. The risk is medium, so the department has a word in it."),
        max_length=150,
    )

    def __init__(self, *args: Any, acceptance: RiskAcceptance, by_telephone: bool, **kwargs: Any) -> None:
        """Ask for a head of department where the risk is medium, and who it was where somebody telephones."""
        super().__init__(*args, **kwargs)
        if not by_telephone:
            del self.fields["on_behalf_of"]
        if not acceptance.assessment.is_medium:
            del self.fields["head_of_department"]

    @property
    def word(self) -> Word:
        """These answers, as the operation takes them."""
        return Word(**self.cleaned_data)


class SendBackForm(HouseForm):
    """What is missing."""

    because = forms.CharField(
        label=_("What is missing?"),
        help_text=_("Whoever comes reads it in a letter. Do not name pupils."),
        max_length=500,
        widget=_lines(4),
    )
