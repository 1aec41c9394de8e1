"""What people fill in about a worry, and what safeguarding leads put on record of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.forms.vouching import phone_field
from ambassadors.models import Ambassador
from quality.enums import ConcernLevel, ConcernOutcome, HandedTo, Referral
from quality.models import Officer, Told
from quality.operations.officers import Reached
from schools.forms.time import authority_choices, every_authority
from stem.forms import ClockField, DayField, HouseForm
from stem.moments import moment
from stem.nations import Nation

# How an officer is reached.
REACHED = ("name", "phone", "phone_out_of_hours", "email")


class ConcernForm(HouseForm):
    """A worry, in the words of whoever has it (rule C-01)."""

    told_by = forms.CharField(label=_("Your name"), max_length=150)
    told_by_role = forms.CharField(
        label=_("Your part in this"), max_length=100, help_text=_("For example: teacher in the room, ambassador")
    )
    contact = forms.CharField(
        label=_("How can we reach you today?"), max_length=150, help_text=_("A phone number, and until when")
    )
    words = forms.CharField(
        label=_("What happened, as far as you know?"),
        help_text=_("The words that were used, as they were used, even if they are ugly. Do not name pupils."),
        widget=forms.Textarea({"rows": 8}),
        max_length=5000,
    )
    happened = forms.CharField(
        label=_("When was it, and when were you told?"), max_length=200, required=False, help_text=_("Roughly will do")
    )
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    adult = forms.CharField(
        label=_("Which adult is it about, if any?"), max_length=200, required=False, help_text=_("Name and part")
    )
    school_reference = forms.CharField(
        label=_("If it is about a pupil: the school's own reference"),
        help_text=_("Such as a case number that only the school understands. Never a name, a class or initials."),
        max_length=40,
        required=False,
    )
    witnesses = forms.CharField(label=_("Which adults saw or heard it?"), max_length=500, required=False)
    done = forms.CharField(
        label=_("What has been done already, and when?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        required=False,
    )
    school_told = forms.BooleanField(label=_("The school's safeguarding lead knows already"), required=False)

    @property
    def told(self) -> Told:
        """What was told."""
        return Told(**{name: said for name, said in self.cleaned_data.items() if name != "school_told"})


NOBODY, ELSE = "nobody", "else"


class TriageForm(HouseForm):
    """What a worry is taken to be, and of whom of the register."""

    sometimes_needed = frozenset({"person", "handed_to", "for_complaint", "pattern", "advice"})

    level = forms.ChoiceField(label=_("What is it?"), choices=ConcernLevel, widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Which ambassador is it about?"), widget=forms.RadioSelect)
    person = forms.CharField(
        label=_("If somebody else: their scheme number or e-mail address"), max_length=254, required=False
    )
    handed_to = forms.ChoiceField(
        label=_("If it is not a safeguarding matter: who goes on with it?"),
        choices=[("", _("It is one")), *HandedTo.choices],
        required=False,
    )
    for_complaint = forms.CharField(
        label=_("If it is a complaint: what may those who handle complaints read?"),
        help_text=_("What was told stays with you. They read this, and how to reach whoever told you."),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        required=False,
    )
    note = forms.CharField(
        label=_("Why, and what was done, when, and with whom?"), widget=forms.Textarea({"rows": 5}), max_length=4000
    )
    pattern = forms.CharField(
        label=_("If it is of low level, and not the first about them: what do they say together?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        required=False,
    )
    advice = forms.CharField(
        label=_("If it is the third or more: who at the designated officer's advised that it is of low level, when?"),
        max_length=500,
        required=False,
    )

    is_reportable = forms.BooleanField(
        label=_("It may be a sexual offence against a child"),
        help_text=_("Tell the police or the local authority at once. Nobody may be kept from reporting it."),
        required=False,
    )

    def __init__(
        self, *args: Any, people: Sequence[Ambassador], find: Callable[[str], Ambassador | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.find = {str(each.pk): each for each in people}, find
        here = [(key, each.full_name) for key, each in self.people.items()]
        self.fields["about"] = forms.ChoiceField(
            label=self.fields["about"].label,
            choices=[*here, (ELSE, _("Somebody else in the register")), (NOBODY, _("Nobody in our register"))],
            widget=forms.RadioSelect,
        )
        self.say_what_is_missing()

    def clean(self) -> dict[str, Any]:
        """The person who is meant has to be found."""
        said = super().clean() or {}
        if said.get("about") == ELSE and self._found() is None:
            self.add_error("person", _("Enter the scheme number or the e-mail address of one person in the register."))
        return said

    def _found(self) -> Ambassador | None:
        typed = self.cleaned_data.get("person", "").strip()
        return self.find(typed) if typed else None

    @property
    def decided(self) -> dict[str, Any]:
        """What was decided."""
        said = dict(self.cleaned_data)
        about, handed_to = said.pop("about"), said.pop("handed_to")
        del said["person"]
        return {
            **said,
            "level": ConcernLevel(said["level"]),
            "about": self._found() if about == ELSE else self.people.get(about),
            "handed_to": HandedTo(handed_to) if handed_to else None,
        }


class ConcernNoteForm(HouseForm):
    """What was done about a worry."""

    note = forms.CharField(
        label=_("What was done, when, and with whom?"), widget=forms.Textarea({"rows": 5}), max_length=4000
    )


class GlassForm(HouseForm):
    """Why a worry cannot wait for a lead."""

    reason = forms.CharField(
        label=_("Why can it not wait for a safeguarding lead?"),
        help_text=_("Every lead reads this today."),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
    )


class PassOnForm(HouseForm):
    """Who at the school was rung, and when."""

    whom = forms.CharField(label=_("With whom did you speak?"), max_length=150)
    told_on = DayField(label=_("On which day?"))
    told_clock = ClockField(label=_("At what time?"))
    note = forms.CharField(
        label=_("What did they say?"), widget=forms.Textarea({"rows": 4}), max_length=4000, required=False
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was put on record."""
        words = dict(self.cleaned_data)
        return {"told_at": moment(words.pop("told_on"), words.pop("told_clock")), **words}


class OfficerForm(HouseForm):
    """How the designated officer of an authority, or of a nation, is reached."""

    whose = forms.ChoiceField(label=_("Of which area?"))
    name = forms.CharField(label=_("Name of the officer or team"), max_length=150, required=False)
    phone = phone_field(_("Phone"))
    phone_out_of_hours = phone_field(_("Phone at night and on days off"), required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    checked_on = DayField(label=_("On which day did you make sure of it?"))

    def __init__(self, *args: Any, known: Officer | None, whose: str, on: date, **kwargs: Any) -> None:
        stands = {name: getattr(known, name) for name in REACHED} if known else {}
        super().__init__(*args, initial={**stands, "whose": whose, "checked_on": on}, **kwargs)
        self.on = on
        nations = [(f"{nation}/", nation.label) for nation in Nation]
        self.fields["whose"] = forms.ChoiceField(
            label=self.fields["whose"].label,
            choices=[("", _("Choose an area")), (_("A whole nation"), nations), *authority_choices(every_authority())],
        )
        self.order_fields(["whose"])
        self.say_what_is_missing()

    def clean_checked_on(self) -> date:
        """Nobody has made sure of it tomorrow."""
        day: date = self.cleaned_data["checked_on"]
        if day > self.on:
            raise forms.ValidationError(_("Enter today, or a day before it."))
        return day

    @property
    def kept(self) -> dict[str, Any]:
        """What was written down."""
        nation, _slash, authority = self.cleaned_data["whose"].partition("/")
        reached = Reached(**{name: self.cleaned_data[name] for name in (*REACHED, "checked_on")})
        return {"nation": Nation(nation), "authority": authority, "reached": reached}


class ReferForm(PassOnForm):
    """Who of the designated officer's was told, and when the headteacher was."""

    officer_reference = forms.CharField(label=_("The officer's reference"), max_length=60)
    head_on = DayField(label=_("On which day was the headteacher told?"))
    head_clock = ClockField(label=_("At what time was the headteacher told?"))
    field_order = ("whom", "told_on", "told_clock", "officer_reference", "head_on", "head_clock", "note")

    @property
    def said(self) -> dict[str, Any]:
        """What was put on record."""
        words = super().said
        return {"head_told_at": moment(words.pop("head_on"), words.pop("head_clock")), **words}


class OutcomeForm(HouseForm):
    """How an allegation ended."""

    outcome = forms.ChoiceField(label=_("How did it end?"), choices=ConcernOutcome, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Who decided it, when, and on what?"), widget=forms.Textarea({"rows": 5}), max_length=4000
    )


class ReferralForm(HouseForm):
    """Whether an ambassador is referred to the body that bars people."""

    sometimes_needed = frozenset({"referred_on", "referral_reference"})

    referral = forms.ChoiceField(label=_("Are they referred?"), choices=Referral, widget=forms.RadioSelect)
    referred_on = DayField(label=_("If they are: on which day?"), required=False)
    referral_reference = forms.CharField(label=_("If they are: under which reference?"), max_length=60, required=False)
    note = forms.CharField(label=_("Why, and who advised it?"), widget=forms.Textarea({"rows": 5}), max_length=4000)

    @property
    def said(self) -> dict[str, Any]:
        """What was said."""
        return {**self.cleaned_data, "referral": Referral(self.cleaned_data["referral"])}


class ReportForm(HouseForm):
    """When the police, or the local authority, were told."""

    sometimes_needed = frozenset({"police_on", "police_clock", "authority_on", "authority_clock", "delayed_because"})

    police_on = DayField(label=_("On which day were the police told?"), required=False)
    police_clock = ClockField(label=_("At what time were the police told?"), required=False)
    authority_on = DayField(label=_("On which day was the local authority told?"), required=False)
    authority_clock = ClockField(label=_("At what time was the local authority told?"), required=False)
    delayed_because = forms.CharField(
        label=_("If it was not done at once: why?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A day needs its time, and a time its day."""
        said = super().clean() or {}
        for whom in ("police", "authority"):
            day, clock = said.get(f"{whom}_on"), said.get(f"{whom}_clock")
            if (day is None) != (clock is None) and not {f"{whom}_on", f"{whom}_clock"} & self.errors.keys():
                self.add_error(f"{whom}_clock" if clock is None else f"{whom}_on", _("Say both the day and the time."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What was put on record."""
        words = self.cleaned_data
        told = {
            f"{whom}_told_at": moment(words[f"{whom}_on"], words[f"{whom}_clock"]) if words[f"{whom}_on"] else None
            for whom in ("police", "authority")
        }
        return {**told, "delayed_because": words["delayed_because"]}


class ProposeCloseForm(HouseForm):
    """Why nothing more is to be done."""

    note = forms.CharField(
        label=_("Why is nothing more to be done?"), widget=forms.Textarea({"rows": 5}), max_length=4000
    )
