"""What people fill in who complain, and what those who handle complaints put on record."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality.enums import ComplaintOutcome
from quality.models import Complained
from stem.accounts.models import User
from stem.forms import HouseForm

LONG = forms.Textarea({"rows": 6})
FOUND = [(each.value, each.label) for each in ComplaintOutcome if each in ("upheld", "partly", "not_upheld")]


class ComplainForm(HouseForm):
    """A complaint, in the words of whoever has it."""

    sometimes_needed = frozenset({"email", "phone"})

    welfare = forms.ChoiceField(
        label=_("Is a child’s welfare involved?"),
        help_text=_(
            "If so, a safeguarding lead reads it first, today. Your complaint waits for that, and goes on after."
        ),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        help_text=_("A private page tells you how it stands: we send its address there"),
    )
    phone = forms.CharField(label=_("Or a telephone number"), max_length=50, required=False)
    about = forms.CharField(
        label=_("Who or what is it about?"), max_length=200, help_text=_("For example: a visit, a letter, a person")
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("Do not name pupils."),
        widget=forms.Textarea({"rows": 8}),
        max_length=5000,
    )
    wants = forms.CharField(
        label=_("What would you like to happen?"), widget=forms.Textarea({"rows": 3}), max_length=1000, required=False
    )
    is_about_data = forms.BooleanField(
        label=_("It is about my personal data: what you keep about me, or how you use it"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Somebody who is to be answered can be reached."""
        said = super().clean() or {}
        if not said.get("email") and not said.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Give an e-mail address or a telephone number, so that we can answer you."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What was said."""
        words = dict(self.cleaned_data)
        is_welfare, is_about_data = words.pop("welfare") == "yes", words.pop("is_about_data")
        return {"said": Complained(**words), "is_welfare": is_welfare, "is_about_data": is_about_data}


class AppealForm(HouseForm):
    """Why somebody asks for another look."""

    words = forms.CharField(label=_("What did we get wrong?"), widget=LONG, max_length=5000)


class AssignForm(HouseForm):
    """Who looks into it, and whom of ours it is about."""

    handler = forms.ChoiceField(label=_("Who looks into it?"), choices=(), widget=forms.RadioSelect)
    complained_of = forms.EmailField(
        label=_("If it is about a person who has an account with us: their e-mail address"),
        help_text=_("They can neither see it nor have a part in it."),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        self.found: User | None = None
        self.fields["handler"] = forms.ChoiceField(
            label=self.fields["handler"].label,
            choices=[(key, each.full_name) for key, each in self.people.items()],
            widget=forms.RadioSelect,
        )
        self.say_what_is_missing()

    def clean_complained_of(self) -> str:
        """It is the address of one account."""
        typed: str = self.cleaned_data["complained_of"]
        self.found = User.objects.filter(email__iexact=typed).first() if typed else None
        if typed and self.found is None:
            raise forms.ValidationError(_("Nobody has an account with this address. Leave it empty if they have none."))
        return typed

    @property
    def decided(self) -> dict[str, Any]:
        """What was decided."""
        return {"handler": self.people[self.cleaned_data["handler"]], "complained_of": self.found}


class ComplaintNoteForm(HouseForm):
    """What was done about a complaint."""

    note = forms.CharField(label=_("What was done, when, and with whom?"), widget=LONG, max_length=4000)


class WithdrawForm(HouseForm):
    """That whoever complained has taken it back."""

    note = forms.CharField(label=_("What did they say, when, and how?"), widget=LONG, max_length=4000)


class AnswerForm(HouseForm):
    """What was found, in words for whoever complained, and for the record."""

    finding = forms.ChoiceField(label=_("What did you find?"), choices=FOUND, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your answer to whoever complained"),
        help_text=_("What you looked at, what you found, why, and what changes. Name no pupil."),
        widget=forms.Textarea({"rows": 10}),
        max_length=8000,
    )
    note = forms.CharField(
        label=_("For the record: with whom did you speak, and what did you read?"), widget=LONG, max_length=4000
    )

    @property
    def decided(self) -> dict[str, Any]:
        """What was decided."""
        return {**self.cleaned_data, "finding": ComplaintOutcome(self.cleaned_data["finding"])}


class RepeatForm(HouseForm):
    """That the same was answered before."""

    words = forms.CharField(
        label=_("Your answer to whoever complained"),
        help_text=_("Which answer they had before, and that they may ask for another look."),
        widget=LONG,
        max_length=4000,
    )
    note = forms.CharField(
        label=_("For the record: when was it answered, and why is nothing of it new?"), widget=LONG, max_length=4000
    )


class RerouteForm(HouseForm):
    """Who sees to it instead."""

    words = forms.CharField(
        label=_("Your words to whoever complained: who sees to it, and how do they reach them?"),
        widget=LONG,
        max_length=4000,
    )
    note = forms.CharField(label=_("For the record: to whom does it go, and why?"), widget=LONG, max_length=4000)
