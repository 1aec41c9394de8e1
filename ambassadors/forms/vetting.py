"""What vetting officers fill in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import STANDING, DeclineGround, HoldKind, IdentityDocument, RequirementKind
from ambassadors.models import Photo
from ambassadors.querysets import AmbassadorQuerySet
from stem.forms import DayField, HouseForm
from stem.geography.models import Region
from stem.nations import Nation


class PeopleFilter(HouseForm):
    """Which people of the register to list."""

    q = forms.CharField(label=_("Name, e-mail, employer or scheme number"), max_length=100, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Any status")), *STANDING], required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), to_field_name="slug", empty_label=_("All"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.all()  # type: ignore[attr-defined]

    def narrowed(self, people: AmbassadorQuerySet) -> AmbassadorQuerySet:
        """The people asked for; what makes no sense in the address narrows nothing."""
        asked = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        people = people.matching_text(asked.get("q", "").replace("\x00", ""))
        if asked.get("status"):
            people = people.filter(status=asked["status"])
        if asked.get("region"):
            people = people.filter(area__in=asked["region"].areas.values("area"))
        return people


class PersonFilter(HouseForm):
    """Whom a safeguarding lead looks for."""

    q = forms.CharField(label=_("Name, e-mail or scheme number"), max_length=100, required=False)

    def sought(self) -> str:
        """The words to look for; "" where nobody is."""
        return str(self.cleaned_data["q"]).replace("\x00", "").strip() if self.is_valid() else ""


class BoardFilter(PeopleFilter):
    """Which people of the board to list: the tabs say how they stand."""

    status = None  # type: ignore[assignment]
    q = forms.CharField(label=_("Name, e-mail or employer"), max_length=100, required=False)
    show = forms.CharField(required=False, widget=forms.HiddenInput)


class BookableForm(HouseForm):
    """A day and a nation for which to ask whether someone may be booked: today and at home, unless others are named."""

    on = DayField(label=_("Day"), required=False)
    nation = forms.ChoiceField(label=_("Nation"), choices=Nation.choices, required=False)

    def asked(self, today: date, home: Nation) -> tuple[date, Nation]:
        """What is asked for; what makes no sense in the address asks for today, at home."""
        if not self.is_bound:
            return today, home
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return said.get("on") or today, Nation(said.get("nation") or home)


# Said of a photo that it does not show whoever was seen.
NOT_THEM = "no"


class RequirementForm(HouseForm):
    """A requirement that is met, and from when."""

    # A criminal record check has pages of its own.
    KINDS = [(kind.value, kind.label) for kind in RequirementKind if kind is not RequirementKind.CRC]
    sometimes_needed = frozenset({"documents", "photo", "evidence"})

    kind = forms.ChoiceField(label=_("Which requirement?"), choices=KINDS, widget=forms.RadioSelect)
    started_on = DayField(label=_("When was it done, or seen?"))
    documents = forms.MultipleChoiceField(
        label=_("Which documents did you see? For identity only"),
        help_text=_("Their kind alone: no number, and no copy."),
        choices=IdentityDocument.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.ChoiceField(
        label=_("Does the photo show them? For identity only"),
        help_text=_("Schools see it from then on."),
        error_messages={"invalid_choice": _("They have chosen another photo since: look at that one.")},
        required=False,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("Where is its evidence? For anything else"),
        help_text=_("Such as “E-mail of 3 March”. Nothing about a criminal record."),
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, photo: Photo | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if photo is None or photo.confirmed_at is not None:
            del self.fields["photo"]
            return
        # The answer says of which photo it is.
        answers = [(photo.digest, _("Yes, the photo is them")), (NOT_THEM, _("No, or it cannot be told"))]
        self.fields["photo"].choices = answers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With identity, and with nothing else, it is said whether the photo is them."""
        said = super().clean() or {}
        is_identity, answer = said.get("kind") is RequirementKind.ID, said.pop("photo", "")
        if is_identity and "photo" in self.fields and not answer and "photo" not in self.errors:
            self.add_error("photo", _("Look at the photo, and say whether it shows them."))
        return {**said, "photo_seen": answer if is_identity and answer != NOT_THEM else ""}

    def clean_documents(self) -> list[IdentityDocument]:
        """The documents as the register names them."""
        return [IdentityDocument(code) for code in self.cleaned_data["documents"]]

    def clean_kind(self) -> RequirementKind:
        """The requirement as the register names it."""
        return RequirementKind(self.cleaned_data["kind"])


class DeclineForm(HouseForm):
    """Why an application is turned down: a ground, and words for the record."""

    sometimes_needed = frozenset({"because"})
    ground = forms.ChoiceField(label=_("On what ground?"), choices=DeclineGround.choices, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Why, in your words"),
        help_text=_("Kept on record, and not put in the letter. For what a check disclosed write nothing at all."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_ground(self) -> DeclineGround:
        """The ground as the register names it."""
        return DeclineGround(self.cleaned_data["ground"])

    def clean(self) -> dict[str, Any]:
        """Words are for every ground but one, of which no word is kept (V-21)."""
        said = super().clean() or {}
        ground, because = said.get("ground"), said.get("because")
        if ground is DeclineGround.DISCLOSURE and because:
            self.add_error("because", _("Take the words out: nothing of what a check disclosed is kept."))
        if ground and ground is not DeclineGround.DISCLOSURE and not because and "because" not in self.errors:
            self.add_error("because", _("Say why, for the record."))
        return said


class AskForm(HouseForm):
    """What an applicant is asked for."""

    needed = forms.CharField(
        label=_("What do you need from them?"),
        help_text=_("These words go into a letter, and onto their page. Nothing about a criminal record."),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
    )


class AnswerForm(HouseForm):
    """What an applicant says when they have done what was asked."""

    words = forms.CharField(
        label=_("Anything to add?"),
        help_text=_("Please write nothing about a criminal record here: we can talk about that."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(HouseForm):
    """Why, for the record."""

    because = forms.CharField(
        label=_("Why?"),
        help_text=_("Kept on record, and not put in the letter. Nothing about a criminal record."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )


class HoldForm(HouseForm):
    """A reason not to book someone, and from when until when."""

    sometimes_needed = frozenset({"truth"})
    # Safeguarding holds are set where worries are handled.
    KINDS = [(kind.value, kind.label) for kind in HoldKind if kind is not HoldKind.SAFEGUARDING]

    kind = forms.ChoiceField(label=_("What kind of hold?"), choices=KINDS, widget=forms.RadioSelect)
    truth = forms.CharField(
        label=_("The reason"),
        help_text=_(
            "Seen by vetting officers only. Everyone else reads “unavailable”. Days away need no reason, and without a "
            "last day only you read it. Nothing about a criminal record."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave empty to hold until you lift it."), required=False)

    def clean_kind(self) -> HoldKind:
        """The kind as the register names it."""
        return HoldKind(self.cleaned_data["kind"])
