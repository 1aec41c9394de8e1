"""What someone offers: one form for each page on which they say so."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import OfferingKind
from ambassadors.forms.profile import ProfilePart
from ambassadors.languages import LANGUAGES, LONGEST_LANGUAGE, MOST_LANGUAGES
from ambassadors.models import Ambassador
from ambassadors.operations.profile import Answers
from stem.curriculum import ACTIVITIES, Stage
from stem.forms import HouseForm


def offered_by(ambassador: Ambassador, kind: OfferingKind) -> list[str]:
    """The codes of one kind that this person offers."""
    return list(ambassador.offerings.filter(kind=kind).order_by("code").values_list("code", flat=True))


class StagesForm(ProfilePart):
    """How old pupils may be."""

    stages = forms.MultipleChoiceField(
        label=lazy("Tick every age you would be happy to meet"),
        choices=Stage.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Tick at least one age.")},
    )

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """The stages offered before."""
        return {"stages": offered_by(ambassador, OfferingKind.STAGE)}


def activities_explained() -> list[tuple[str, SafeString]]:
    """Every kind of visit with what it asks of someone."""
    return [
        (each.code, format_html('{} <span class="choice-hint">{}</span>', each.name, each.note))
        for each in ACTIVITIES.values()
    ]


class ActivitiesForm(ProfilePart):
    """What someone would do with pupils."""

    activities = forms.MultipleChoiceField(
        label=lazy("Tick what you would do"),
        help_text=lazy("One is enough to start with: most people begin with a talk, or as one of a panel."),
        choices=activities_explained,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Tick at least one kind of visit.")},
    )

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """The kinds of visit offered before."""
        return {"activities": offered_by(ambassador, OfferingKind.ACTIVITY)}


class LanguagesForm(ProfilePart):
    """Languages besides English: the frequent ones to tick, any other to type."""

    languages = forms.MultipleChoiceField(
        label=lazy("Languages you could talk to a class in"),
        choices=[(name, name) for name in LANGUAGES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=lazy("Others"),
        help_text=lazy("With commas between them, such as: Tamil, Yoruba."),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    @classmethod
    def said_by(cls, ambassador: Ambassador) -> dict[str, Any]:
        """The languages offered before: those on the list ticked, the others written out."""
        said = offered_by(ambassador, OfferingKind.LANGUAGE)
        return {
            "languages": [name for name in said if name in LANGUAGES],
            "others": ", ".join(name for name in said if name not in LANGUAGES),
        }

    def clean_others(self) -> list[str]:
        """Each language once, as it was written; one of the list as the list writes it."""
        found = [" ".join(each.split()) for each in re.split(r"[,;\n]", self.cleaned_data["others"])]
        listed = {name.casefold(): name for name in LANGUAGES}
        others = {each.casefold(): listed.get(each.casefold(), each) for each in found if each}
        if len(others) > MOST_LANGUAGES or any(len(each) > LONGEST_LANGUAGE for each in others.values()):
            raise ValidationError(_("Give up to ten languages, each in at most 40 characters, with commas between."))
        return list(others.values())

    def answers(self) -> Answers:
        """All of them in one list."""
        every = dict.fromkeys([*self.cleaned_data["languages"], *self.cleaned_data["others"]])
        return cast("Answers", {"languages": tuple(every)})


class PhotoForm(HouseForm):
    """A photo to choose, or to take with a phone."""

    photo = forms.FileField(
        label=lazy("Choose or take a photo"),
        help_text=lazy(
            "Up to 8 MB. We cut it to a square and keep nothing else of the file, not even where it was taken."
        ),
        allow_empty_file=True,  # an empty file is no picture: our sentence says so, and says what would be one
        error_messages={"required": lazy("Choose a photo, or do this later.")},
        # With JPEG named first, and no wider kind, Safari hands a picture of an iPhone over as JPEG.
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
