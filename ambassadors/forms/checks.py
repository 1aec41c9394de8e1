"""What is filled in about a criminal record check. No form of it takes a file (rule V-21)."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.assessing import WEIGHTS, Condition, Suitability, View, choices_of
from ambassadors.enums import CheckBody, EligibilityBasis
from ambassadors.models import Assessment, Check
from ambassadors.operations.checks import Certificate, Right
from ambassadors.operations.memberships import Membership
from stem.forms import DayField, HouseForm

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class EligibilityForm(HouseForm):
    """By what right a check is asked for (rule V-13)."""

    basis = forms.ChoiceField(label=_("By what right?"), choices=EligibilityBasis.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Why, in your words"),
        help_text=_("What they will do in schools, and how often. Nothing about a criminal record."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )
    volunteer_free = forms.ChoiceField(
        label=_("Is it free, as for a volunteer?"),
        help_text=_("Only when nobody pays or credits them for visits."),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )

    def right(self) -> Right:
        """What was said, as the operation takes it."""
        said = self.cleaned_data
        return Right(EligibilityBasis(said["basis"]), said["note"], said["volunteer_free"] == "yes")


class CertificateForm(HouseForm):
    """What may be kept of a certificate that lies on the table (rules V-20, V-26)."""

    number = forms.RegexField(
        r"^[0-9A-Za-z][0-9A-Za-z /-]{3,28}[0-9A-Za-z]$",
        label=_("Certificate or reference number"),
        help_text=_("Kept encrypted; only its last four are shown."),
        error_messages={"invalid": _("Enter the number as it stands on the certificate: letters and digits only.")},
    )
    issued_on = DayField(label=_("Date of issue"))
    place = forms.CharField(
        label=_("Where do you see it?"),
        help_text=_("The original, in person: a copy, a photo or a video call does not do."),
        max_length=100,
    )
    # Not `matches`: a field of that name hides the form element's own method from every script.
    details_match = forms.ChoiceField(
        label=_("Are the name, the birth date, the level and the workforce as they should be?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    weigh = forms.ChoiceField(
        label=_("Who looks at it next?"),
        choices=[
            ("officer", _("A second officer: there is nothing to weigh")),
            ("assessors", _("Two disclosure assessors: there is something to weigh")),
        ],
        widget=forms.RadioSelect,
    )

    def certificate(self) -> Certificate:
        """What was said, as the operation takes it."""
        said = self.cleaned_data
        number = said["number"].replace(" ", "").upper()
        matches, is_to_be_weighed = said["details_match"] == "yes", said["weigh"] == "assessors"
        return Certificate(number, said["issued_on"], said["place"], matches, is_to_be_weighed)


class CaseForm(HouseForm):
    """Something said about a check that is weighed."""

    def plan(self) -> dict[str, Any]:
        """What was filled in, by the names that the operation gives it."""
        return dict(self.cleaned_data)


class MembershipForm(CertificateForm):
    """The same of a certificate from Scotland's scheme: since when they are a member, and since when with us (V-12)."""

    number = forms.RegexField(
        r"^[0-9]{4}( ?[0-9]{4}){3}$",
        label=_("PVG membership number"),
        help_text=_("16 digits. Kept encrypted; only its last four are shown."),
        error_messages={"invalid": _("Enter the membership number: 16 digits, and nothing else.")},
    )
    joined_on = DayField(
        label=_("When did they join the PVG scheme, or last renew?"),
        help_text=_(
            "Whoever joined before 1 April 2026 is a member for life, until Disclosure Scotland moves them over."
        ),
    )
    linked_on = DayField(
        label=_("Since when is the membership linked to us?"),
        help_text=_("A membership through somebody else does not count: it is linked to each organisation anew."),
    )
    field_order = ["number", "issued_on", "joined_on", "linked_on"]

    def certificate(self) -> Certificate:
        """What was said, as the operation takes it."""
        said = self.cleaned_data
        return replace(super().certificate(), membership=Membership(said["joined_on"], said["linked_on"]))


def certificate_form(check: Check) -> type[CertificateForm]:
    """What is asked about the certificate of this check."""
    return MembershipForm if check.body == CheckBody.PVG else CertificateForm


class LastDayForm(HouseForm):
    """Until when a membership lasts."""

    last_day = DayField(
        label=_("What is the last day of their membership?"),
        help_text=_("As Disclosure Scotland has told them, or us."),
    )


class ConclusionForm(CaseForm):
    """What someone comes to, and on what conditions."""

    sometimes_needed = frozenset({"conditions"})
    suitability = forms.ChoiceField(
        label=_("What do you come to?"), choices=Suitability.choices, widget=forms.RadioSelect
    )
    conditions = forms.MultipleChoiceField(
        label=_("On what conditions?"),
        choices=Condition.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def plan(self) -> dict[str, Any]:
        """The view, as the operation takes it."""
        said = self.cleaned_data
        return {"view": View(Suitability(said["suitability"]), frozenset(map(Condition, said["conditions"])))}


class ViewForm(ConclusionForm):
    """One assessor's structured view: low, medium or high, and no points (rule V-31)."""

    knows_the_person = forms.ChoiceField(
        label=_("Do you know this person, at work or privately?"), choices=YES_NO, widget=forms.RadioSelect
    )
    field_order = ["knows_the_person", *WEIGHTS, "suitability", "conditions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WEIGHTS:
            label = Assessment._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            text = str(label)
            self.fields[name] = forms.ChoiceField(
                label=text[0].upper() + text[1:], choices=choices_of(name), widget=forms.RadioSelect
            )
        self.order_fields(self.field_order)
        self.say_what_is_missing()

    def plan(self) -> dict[str, Any]:
        """The view, how much each thing weighs, and whether they know the person."""
        said = self.cleaned_data
        weights = {name: said[name] for name in WEIGHTS}
        return {**super().plan(), "weights": weights, "knows_the_person": said["knows_the_person"] == "yes"}


class SettleForm(ConclusionForm):
    """What a safeguarding lead decides where two assessors differ."""

    because = forms.CharField(
        label=_("Your reasons"),
        help_text=_("Kept encrypted, and deleted with the assessors’ notes."),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )

    def plan(self) -> dict[str, Any]:
        """The view, and why."""
        return {**super().plan(), "because": self.cleaned_data["because"]}


class AppealForm(CaseForm):
    """How an appeal ends."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("upheld", _("The no stands")), ("overturned", _("They may visit schools"))],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=_("Your reasons"),
        help_text=_("Kept encrypted, and deleted with the assessors’ notes."),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )

    def plan(self) -> dict[str, Any]:
        """Whether the decision stands, and why."""
        return {"is_upheld": self.cleaned_data["outcome"] == "upheld", "because": self.cleaned_data["because"]}


class CommentForm(HouseForm):
    """What somebody whose check is weighed would like to be known."""

    words = forms.CharField(
        label=_("What should they know?"),
        help_text=_("Encrypted. Only those who decide read it, and it is deleted with their notes."),
        max_length=2000,
        widget=forms.Textarea({"rows": 8}),
    )


class NoteForm(CaseForm):
    """What an assessor needs to remember until it is decided."""

    words = forms.CharField(
        label=_("A note, for those who decide"),
        help_text=_("Encrypted. The other assessor reads it once theirs is recorded; it is deleted afterwards."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
