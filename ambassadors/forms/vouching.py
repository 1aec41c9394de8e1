"""What people fill in to be trusted: what they confirm, whom they name, and what those say."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import IdentityMethod, RefereeCapacity
from ambassadors.operations.referees import Naming
from ambassadors.operations.references import Reference
from stem.forms import HouseForm

YES_NO = [("yes", lazy("Yes")), ("no", lazy("No"))]
ANSWER_LENGTH = 1000
A_PHONE = RegexValidator(
    r"^\+?(?:[\s().-]*\d){9,15}[\s().-]*$", lazy("Enter a phone number with its area code, or a mobile.")
)


def yes_or_no(label: Any, help_text: Any = "", *, missing: Any = None) -> forms.ChoiceField:
    """A question with two answers, and neither of them chosen."""
    errors = {"required": missing} if missing else None
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=YES_NO, widget=forms.RadioSelect, error_messages=errors
    )


def phone_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A number to be telephoned on."""
    widget = forms.TextInput({"autocomplete": "tel" if required else "off", "inputmode": "tel"})
    return forms.CharField(
        label=label, help_text=help_text, max_length=40, required=required, validators=[A_PHONE], widget=widget
    )


class EligibilityForm(HouseForm):
    """Three things that everyone confirms (rule 1.2)."""

    adult = yes_or_no(lazy("Are you 18 or over?"))
    in_uk = yes_or_no(lazy("Do you live in the United Kingdom?"))
    unpaid = yes_or_no(
        lazy("Do you agree that ambassadors are not paid?"), lazy("Nobody is paid for a visit, here or in any school.")
    )

    @property
    def against(self) -> list[str]:
        """Which of them were answered with no."""
        return [name for name in self.fields if self.cleaned_data[name] == "no"]


class DeclarationForm(HouseForm):
    """A signature, and whether there is something to talk about. Nowhere is there room for what it is (rule V-21)."""

    tell = forms.ChoiceField(
        label=lazy("Is there anything we should talk about before your check?"),
        help_text=lazy("Please do not tell us here what it is."),
        choices=[
            ("nothing", lazy("I have nothing to tell")),
            ("talk", lazy("I would like to talk with someone first")),
        ],
        widget=forms.RadioSelect,
    )
    signs = forms.BooleanField(
        label=lazy("What I say here is true, and I will tell the scheme within five working days if it changes."),
        error_messages={"required": lazy("Tick the box to sign.")},
    )

    @property
    def wants_to_talk(self) -> bool:
        """Whether they would like to talk first."""
        return self.cleaned_data["tell"] == "talk"


class RefereeForm(HouseForm):
    """Someone who knows an applicant."""

    full_name = forms.CharField(
        label=lazy("Their full name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"})
    )
    capacity = forms.ChoiceField(
        label=lazy("How do they know you?"), choices=RefereeCapacity.choices, widget=forms.RadioSelect
    )
    organisation = forms.CharField(
        label=lazy("Where they work"),
        help_text=lazy("Their employer, university or youth group."),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=lazy("Their e-mail address"),
        help_text=lazy("At work, if they have one: it is quicker to check."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    phone = phone_field(lazy("Their phone number"), required=False)
    known_a_year = forms.BooleanField(
        label=lazy("They have known me for 12 months or more"),
        error_messages={"required": lazy("Name someone who has known you for 12 months or more, and tick the box.")},
    )
    not_related = forms.BooleanField(
        label=lazy("They are not related to me, and not my partner"),
        error_messages={"required": lazy("Name someone who is no relative or partner of yours, and tick the box.")},
    )

    def naming(self) -> Naming:
        """Who it is."""
        said = {name: self.cleaned_data[name] for name in ("full_name", "organisation", "email", "phone")}
        return Naming(capacity=RefereeCapacity(self.cleaned_data["capacity"]), **said)


def long_answer(label: Any, help_text: Any = "", *, missing: Any) -> forms.CharField:
    """A question answered in a few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing},
    )


class ReferenceForm(HouseForm):
    """The four questions about someone, or a no to all of them (rule V-51)."""

    QUESTIONS = ("known_for", "seen_with_children", "has_doubts", "reliability")
    TURNED_DOWN = {
        "unknown": lazy("I do not know this person"),
        "rather_not": lazy("I would rather not give a reference"),
    }

    can = forms.ChoiceField(
        label=lazy("Can you tell us about them?"),
        help_text=lazy("If not, leave the rest empty and press the button at the end."),
        choices=[("yes", lazy("Yes")), *TURNED_DOWN.items()],
        widget=forms.RadioSelect,
    )
    known_for = long_answer(
        lazy("For how long have you known them, and how?"),
        missing=lazy("Say for how long you have known them, and how."),
    )
    seen_with_children = long_answer(
        lazy("Have you seen them with children or young people?"),
        lazy("If so, how were they? If not, just say no. Please name no child."),
        missing=lazy("Say whether you have seen them with children or young people."),
    )
    has_doubts = yes_or_no(
        lazy("Is there any reason why they should not work with children, even with a teacher in the room?"),
        lazy("If there is, answer yes and write nothing about it: someone from the scheme will ring you."),
        missing=lazy("Say whether there is a reason why they should not work with children."),
    )
    reliability = long_answer(
        lazy("How far can people rely on them?"),
        lazy("Do they turn up, prepared, when they have said they would?"),
        missing=lazy("Say how far people can rely on them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("can") in self.TURNED_DOWN:
            for question in self.QUESTIONS:
                self.fields[question].required = False

    @property
    def turned_down(self) -> str:
        """Why there is no reference, or nothing when there is one."""
        can = self.cleaned_data["can"]
        return can if can in self.TURNED_DOWN else ""

    def reference(self) -> Reference:
        """What is said of the person."""
        said = {name: self.cleaned_data[name] for name in self.QUESTIONS if name != "has_doubts"}
        return Reference(has_doubts=self.cleaned_data["has_doubts"] == "yes", **said)


class IdentityForm(HouseForm):
    """How someone shows who they are."""

    method = forms.ChoiceField(
        label=lazy("How would you like to show who you are?"), choices=IdentityMethod.choices, widget=forms.RadioSelect
    )

    def clean_method(self) -> IdentityMethod:
        """The way as the register names it."""
        return IdentityMethod(self.cleaned_data["method"])


class CheckForm(HouseForm):
    """What decides which check someone needs, and that they agree to it (rules V-14, V-15)."""

    paid_or_credited = yes_or_no(
        lazy("Will you visit in working time that you are paid for, or for course credit or a placement?"),
        lazy("Many employers give the time. We then look at which check fits; it does not stop you."),
    )
    expects_frequent = yes_or_no(
        lazy("Might you volunteer with us on more than three days in some months?"),
        lazy("A weekly club, mentoring, or a busy science week. It decides how far the check reaches."),
    )
    agrees = forms.BooleanField(
        label=lazy("I agree that the scheme has my criminal record checked"),
        error_messages={"required": lazy("Tick the box to agree. Without a check nobody can visit a school.")},
    )

    def answers(self) -> dict[str, Any]:
        """The two answers."""
        return {name: self.cleaned_data[name] == "yes" for name in ("paid_or_credited", "expects_frequent")}


class AnnualForm(HouseForm):
    """Whether anything has changed (rule V-54)."""

    changed = forms.ChoiceField(
        label=lazy("Has anything of that kind happened since you last told us?"),
        choices=[("no", lazy("No, nothing has changed")), ("yes", lazy("Yes, something has changed"))],
        widget=forms.RadioSelect,
    )


class ChangeForm(HouseForm):
    """How and when someone would like to be telephoned: there is no room for what about."""

    phone = phone_field(lazy("On which number may we telephone you?"))
    when = forms.ChoiceField(
        label=lazy("When suits you best?"),
        choices=[
            ("mornings", lazy("Weekday mornings")),
            ("lunchtimes", lazy("Weekday lunchtimes")),
            ("afternoons", lazy("Weekday afternoons")),
            ("evenings", lazy("Weekday evenings")),
        ],
        widget=forms.RadioSelect,
    )

    @property
    def reach_on(self) -> str:
        """The number and the time of day, in words."""
        when = dict(self.fields["when"].choices)[self.cleaned_data["when"]]  # type: ignore[attr-defined]
        return f"{self.cleaned_data['phone']}, {when}"


class AcceptReferenceForm(HouseForm):
    """How an officer made sure that a reference came from whom it says."""

    WAYS = {
        "domain": lazy("The part of the address after the @ is the organisation’s own"),
        "telephone": lazy("I spoke to them, on a number that I found myself"),
    }

    verified_how = forms.ChoiceField(
        label=lazy("How do you know that it came from them?"), choices=list(WAYS.items()), widget=forms.RadioSelect
    )
    detail = forms.CharField(label=lazy("Where you looked, or which number you rang"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        """One sentence for the record."""
        said = super().clean() or self.cleaned_data
        if "verified_how" in said and "detail" in said:
            said["how"] = ": ".join(filter(None, [str(self.WAYS[said["verified_how"]]), said["detail"]]))
        return said
