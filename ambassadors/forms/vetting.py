"""What vetting officers fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import AmbassadorStatus, CheckBody, HoldKind, RequirementKind
from ambassadors.querysets import AmbassadorQuerySet
from stem.forms import DayField, HouseForm
from stem.geography.models import Region


class PeopleFilter(HouseForm):
    """Which people of the register to list."""

    q = forms.CharField(label=_("Name, e-mail, employer or scheme number"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any status")), *AmbassadorStatus.choices], required=False
    )
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


class RequirementForm(HouseForm):
    """A requirement that is met, and from when."""

    kind = forms.ChoiceField(label=_("Which requirement?"), choices=RequirementKind.choices, widget=forms.RadioSelect)
    body = forms.ChoiceField(
        label=_("Issued by (criminal record check only)"),
        choices=[("", _("Not a check")), *CheckBody.choices],
        required=False,
    )
    started_on = DayField(
        label=_("When was it done, or issued?"), help_text=_("For a check, the date it was issued: 27 3 2026.")
    )

    def clean_kind(self) -> RequirementKind:
        """The requirement as the register names it."""
        return RequirementKind(self.cleaned_data["kind"])


class ReasonForm(HouseForm):
    """Why, for the record."""

    because = forms.CharField(
        label=_("Why?"),
        help_text=_("Kept on record, and not put in the letter."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )


class HoldForm(HouseForm):
    """A reason not to book someone, and from when until when."""

    # Safeguarding holds are set where worries are handled.
    KINDS = [(kind.value, kind.label) for kind in HoldKind if kind is not HoldKind.SAFEGUARDING]

    kind = forms.ChoiceField(label=_("What kind of hold?"), choices=KINDS, widget=forms.RadioSelect)
    truth = forms.CharField(
        label=_("The reason"),
        help_text=_("Seen by vetting officers only. Everyone else reads “unavailable”."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave empty to hold until you lift it."), required=False)

    def clean_kind(self) -> HoldKind:
        """The kind as the register names it."""
        return HoldKind(self.cleaned_data["kind"])
