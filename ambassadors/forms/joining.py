"""What people say about themselves."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import BoundField
from django.utils.functional import lazy as later
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import OfferingKind
from ambassadors.models import Ambassador
from ambassadors.operations.profile import PLAIN_FIELDS, Profile
from stem.curriculum import ACTIVITY_CHOICES, SUBJECT_CHOICES, Route, Stage
from stem.forms import DayField, HouseForm
from stem.geography.travel import miles, road_km_for_minutes
from stem.wording import miles_in_words

MOST_LANGUAGES = 10
LONGEST_LANGUAGE = 40

# The groups of the profile, as people think of them.
SECTIONS = (
    (lazy("About you"), ("full_name", "known_as", "phone")),
    (lazy("Your work"), ("organisation", "job_title", "route", "story")),
    (lazy("What you can talk about"), ("subjects", "stages", "activities", "languages")),
    (lazy("Where you can go"), ("postcode", "in_person", "max_minutes", "online")),
)
OFFERED = {
    "subjects": OfferingKind.SUBJECT,
    "stages": OfferingKind.STAGE,
    "activities": OfferingKind.ACTIVITY,
    "languages": OfferingKind.LANGUAGE,
}


def journeys_in_words() -> str:
    """What a journey's minutes come to in miles, for people who think in those."""
    reach = {f"m{minutes}": miles_in_words(miles(road_km_for_minutes(minutes))) for minutes in (30, 60, 90)}
    return _("By car we reckon about %(m30)s in 30 minutes, %(m60)s in 60, %(m90)s in 90.") % reach


class ProfileForm(HouseForm):
    """All that a person states, in four groups."""

    full_name = forms.CharField(
        label=lazy("Full name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
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
        help_text=lazy("For the day of a visit, if the school or we must reach you."),
        max_length=40,
        validators=[
            RegexValidator(
                r"^\+?(?:[\s().-]*\d){9,15}[\s().-]*$", lazy("Enter a phone number with its area code, or a mobile.")
            )
        ],
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )

    organisation = forms.CharField(
        label=lazy("Employer or university"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    job_title = forms.CharField(
        label=lazy("Job title"), max_length=150, widget=forms.TextInput({"autocomplete": "organization-title"})
    )
    route = forms.ChoiceField(
        label=lazy("How did you come into your work?"),
        help_text=lazy("Your main route. Pupils seldom hear of any but the academic one."),
        choices=Route.choices,
        widget=forms.RadioSelect,
    )
    story = forms.CharField(
        label=lazy("Your route in your own words"),
        help_text=lazy("What you liked at school, a turn you did not expect, what you do on a good day."),
        max_length=1500,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    subjects = forms.MultipleChoiceField(
        label=lazy("Which subjects?"),
        help_text=lazy("Tick what you could answer a curious 14-year-old’s questions about."),
        choices=SUBJECT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    stages = forms.MultipleChoiceField(
        label=lazy("How old may pupils be?"), choices=Stage.choices, widget=forms.CheckboxSelectMultiple
    )
    activities = forms.MultipleChoiceField(
        label=lazy("What would you do?"),
        help_text=lazy("Start with one if you are new: you can add more later."),
        choices=ACTIVITY_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.CharField(
        label=lazy("Languages besides English that you could talk in"),
        help_text=lazy("With commas between them, such as: Welsh, British Sign Language."),
        max_length=300,
        required=False,
    )

    postcode = forms.CharField(
        label=lazy("Home postcode"),
        help_text=lazy("To work out journeys. Schools never see it."),
        max_length=12,
        widget=forms.TextInput({"class": "width-10", "autocomplete": "postal-code"}),
    )
    in_person = forms.BooleanField(label=lazy("I can go to schools"), required=False, initial=True)
    max_minutes = forms.IntegerField(
        label=lazy("Longest journey one way, in minutes"),
        help_text=later(journeys_in_words, str)(),
        min_value=10,
        max_value=240,
        initial=60,
        widget=forms.TextInput({"class": "width-4", "inputmode": "numeric"}),
    )
    online = forms.BooleanField(label=lazy("I can meet a class live online"), required=False, initial=True)

    def sections(self) -> Iterator[tuple[Any, list[BoundField]]]:
        """Each group's heading with its fields."""
        for title, names in SECTIONS:
            yield title, [self[name] for name in names]

    def clean_languages(self) -> tuple[str, ...]:
        """Each language once, as it was written."""
        found = [" ".join(each.split()) for each in re.split(r"[,;\n]", self.cleaned_data["languages"])]
        languages = tuple({each.casefold(): each for each in found if each}.values())
        if len(languages) > MOST_LANGUAGES or any(len(each) > LONGEST_LANGUAGE for each in languages):
            raise ValidationError(_("Give up to ten languages, each in at most 40 characters, with commas between."))
        return languages

    def clean(self) -> dict[str, Any]:
        """Somebody who goes nowhere, not even online, cannot be asked."""
        answers = super().clean() or self.cleaned_data
        if not answers.get("in_person") and not answers.get("online"):
            self.add_error("in_person", _("Tick at least one: going to schools, or meeting a class online."))
        return answers

    def profile(self) -> Profile:
        """The answers of a valid form."""
        answers = dict(self.cleaned_data)
        return Profile(**{**answers, **{name: tuple(answers[name]) for name in OFFERED}})


def answers_of(ambassador: Ambassador) -> dict[str, Any]:
    """What a person has said about themselves, as the form shows it."""
    answers: dict[str, Any] = {name: getattr(ambassador, name) for name in (*PLAIN_FIELDS, "postcode")}
    offered = list(ambassador.offerings.values_list("kind", "code"))
    for name, kind in OFFERED.items():
        answers[name] = [code for each, code in offered if each == kind]
    return {**answers, "languages": ", ".join(sorted(answers["languages"]))}


class AwayForm(HouseForm):
    """The days on which someone is away."""

    starts_on = DayField(label=lazy("First day away"), help_text=lazy("For example, 12 1 2027."))
    ends_on = DayField(label=lazy("Last day away"), help_text=lazy("The same day again if it is only one."))
