"""Who someone is and what they do: one form for each page on which they say so."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import EmployerSize
from ambassadors.models import Ambassador
from ambassadors.operations.profile import Answers
from stem.curriculum import Route
from stem.forms import HouseForm
from stem.orcids import read_orcid
from stem.rules import Refusal

WORK, STUDY = "work", "study"
LONGEST_STORY = 1500


class ProfilePart(HouseForm):
    """A part of what a person says about themselves, shown as they said it before."""

    # The answers as columns of the person, by the name of the field.
    columns: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, ambassador: Ambassador, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.said_by(ambassador), **kwargs)

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """What this person has said before, by the name of the field."""
        return {name: getattr(ambassador, name) for name in cls.columns}

    def answers(self) -> Answers:
        """The answers of a valid form."""
        return cast("Answers", dict(self.cleaned_data))


class AboutForm(ProfilePart):
    """Who they are, and how they are reached on the day of a visit."""

    columns = ("full_name", "known_as", "phone")

    full_name = forms.CharField(
        label=lazy("Full name"),
        help_text=lazy("As on your documents. When it changes, we see one of them again."),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    known_as = forms.CharField(
        label=lazy("What should we call you?"),
        help_text=lazy("If it is not your first name."),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    phone = forms.CharField(
        label=lazy("Phone number"),
        help_text=lazy("For the day of a visit, if we must reach you."),
        max_length=40,
        validators=[
            RegexValidator(
                r"^\+?(?:[\s().-]*\d){9,15}[\s().-]*$", lazy("Enter a phone number with its area code, or a mobile.")
            )
        ],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class WorkForm(ProfilePart):
    """What they do, for whom, and how they came to it."""

    columns = ("job_title", "organisation", "employer_size", "route", "story", "orcid")

    job_title = forms.CharField(
        label=lazy("Job title"),
        help_text=lazy("In words a pupil would understand. If you study, what you study."),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    organisation = forms.CharField(
        label=lazy("Employer, college or university"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    employer_size = forms.ChoiceField(
        label=lazy("How large is it?"),
        help_text=lazy("Pupils hear of large firms often, and of small ones seldom."),
        choices=[("", lazy("I would rather not say")), *EmployerSize.choices],
        required=False,
    )
    speaks_of = forms.MultipleChoiceField(
        label=lazy("What could you tell pupils about from your own experience?"),
        choices=[(WORK, lazy("What my work is like")), (STUDY, lazy("What studying at college or university is like"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Tick what you could tell pupils about: your work, your studies, or both.")},
    )
    route = forms.ChoiceField(
        label=lazy("How did you come into your work?"),
        help_text=lazy("Your main route. Pupils seldom hear of any but the academic one."),
        choices=Route.choices,
        widget=forms.RadioSelect,
    )
    story = forms.CharField(
        label=lazy("Your route in your own words"),
        help_text=lazy(
            "Three or four sentences that a school will read: what you liked at their age, a turn you did not expect, "
            "what a good day is like now."
        ),
        max_length=LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    orcid = forms.CharField(
        label=lazy("ORCID"),
        help_text=lazy("If you do research and have one, such as 0000-0002-1825-0097. No school sees it."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "width-20", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_orcid(self) -> str:
        """An ORCID that checks, or none."""
        typed: str = self.cleaned_data["orcid"]
        try:
            return read_orcid(typed) if typed else ""
        except Refusal as refusal:
            raise ValidationError(refusal.told_to()) from None

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """What this person has said before, with the two things they may speak of as ticks."""
        told = [WORK] * ambassador.speaks_of_work + [STUDY] * ambassador.speaks_of_study
        return {**super().said_by(ambassador), "speaks_of": told}

    def answers(self) -> Answers:
        """The answers, with what they speak of as the two columns it is kept in."""
        said = dict(self.cleaned_data)
        told = said.pop("speaks_of")
        return cast("Answers", {**said, "speaks_of_work": WORK in told, "speaks_of_study": STUDY in told})
