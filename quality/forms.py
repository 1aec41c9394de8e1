"""What people fill in about a visit, and about a worry."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador
from quality.enums import CaseOutcome, ConcernLevel, ConcernOutcome, HandedTo
from quality.instruments import Instrument, Question
from quality.models import Told
from quality.queries import Answered
from stem.forms import ClockField, CountField, DayField, HouseForm
from stem.moments import moment

COMMENT_LENGTH = 1000


class FeedbackForm(HouseForm):
    """One instrument as a form: every answer labelled, none chosen beforehand (rule 2.2)."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({question.code: field_for(question) for question in instrument.questions})
        self.say_what_is_missing()

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by question; what was left open is not there."""
        return {code: _plain(answer) for code, answer in self.cleaned_data.items() if answer not in ("", None)}


class SharingForm(HouseForm):
    """What of a form's words the other side reads: each as it was written, to shorten or to empty."""

    def __init__(self, *args: Any, words: Sequence[Answered], shared: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in words:
            self.fields[each.code] = forms.CharField(
                label=each.text,
                help_text=_("Leave out what names a pupil, or hurts. Empty, it stays with us."),
                widget=forms.Textarea({"rows": 4}),
                max_length=COMMENT_LENGTH,
                required=False,
                initial=shared.get(each.code, "" if shared else each.answer),
            )
        self.say_what_is_missing()

    @property
    def words(self) -> dict[str, str]:
        """What is passed on, by question."""
        return {code: words for code, words in self.cleaned_data.items() if words}


def _plain(answer: Any) -> Any:
    return float(answer) if isinstance(answer, Decimal) else answer


def field_for(question: Question) -> forms.Field:
    """The field that asks this question."""
    words: dict[str, Any] = {"label": question.text, "help_text": question.hint, "required": question.required}
    if question.choices:
        return forms.ChoiceField(widget=forms.RadioSelect, choices=list(question.choices.items()), **words)
    if question.kind == "number":
        return CountField(min_value=0, max_value=999, **words)
    if question.kind == "hours":
        return forms.DecimalField(min_value=0, max_value=99, decimal_places=2, widget=_hours(), **words)
    return forms.CharField(widget=forms.Textarea({"rows": 4}), max_length=COMMENT_LENGTH, **words)


def _hours() -> forms.TextInput:
    return forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "width-4"})


class CaseFilter(HouseForm):
    """Which cases to list."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Not decided")), ("mine", _("Those I see to")), ("all", _("All of them"))],
    )


class CaseNoteForm(HouseForm):
    """What was done about a case."""

    note = forms.CharField(
        label=_("What was done, when, and with whom?"), widget=forms.Textarea({"rows": 4}), max_length=4000
    )


class AskForReplyForm(HouseForm):
    """What the person is asked."""

    words = forms.CharField(
        label=_("What would you like to hear from them?"),
        help_text=_("They read it as you write it, above what the school answered. Begin with what went well."),
        widget=forms.Textarea({"rows": 6}),
        max_length=2000,
    )


class ReplyForm(HouseForm):
    """How it was from the person's own side."""

    words = forms.CharField(
        label=_("How was it from your side?"),
        help_text=_("Whoever looks after visits there reads it, and decides after that. Do not name pupils."),
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
    )


class ReplyByPhoneForm(HouseForm):
    """Their side, as they told it to whoever rang them."""

    words = forms.CharField(
        label=_("What did they tell you?"),
        help_text=_("As near to their own words as you can. They can read it."),
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
    )


class DecideForm(HouseForm):
    """What becomes of a case, why, and how the person hears of it."""

    outcome = forms.ChoiceField(label=_("What do you decide?"), choices=CaseOutcome, widget=forms.RadioSelect)
    until = DayField(label=_("If it is a pause: until and including"), required=False)
    note = forms.CharField(
        label=_("Why, for the record?"),
        help_text=_("Only those who look after quality read this."),
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
    )
    told = forms.CharField(
        label=_("And in words for them?"),
        help_text=_("They read exactly this. Leave it empty if they never heard of it, and nothing follows for them."),
        widget=forms.Textarea({"rows": 5}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, outcomes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in CaseOutcome.choices if value in outcomes]
        self.fields["outcome"] = forms.ChoiceField(
            label=self.fields["outcome"].label, choices=choices, widget=forms.RadioSelect
        )
        if CaseOutcome.PAUSE not in outcomes:
            del self.fields["until"], self.fields["told"]
        self.say_what_is_missing()


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

    sometimes_needed = frozenset({"person", "handed_to", "pattern", "advice"})

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


class ProposeCloseForm(HouseForm):
    """Why nothing more is to be done."""

    note = forms.CharField(
        label=_("Why is nothing more to be done?"), widget=forms.Textarea({"rows": 5}), max_length=4000
    )


class SuspendForm(HouseForm):
    """Why someone is kept out of schools, and whether they may be told now."""

    because = forms.CharField(
        label=_("Why?"),
        help_text=_("For safeguarding leads alone. Do not name pupils, and copy nothing from a certificate."),
        widget=forms.Textarea({"rows": 4}),
        max_length=500,
    )
    tell = forms.BooleanField(
        label=_("Write to them now"),
        help_text=_("Where it may amount to harm, ask the designated officer or the police first what they may hear."),
        required=False,
    )


class SuspensionNoteForm(HouseForm):
    """What was looked at."""

    note = forms.CharField(
        label=_("What was looked at, when, and with whom?"), widget=forms.Textarea({"rows": 5}), max_length=4000
    )


class FeedbackFilter(HouseForm):
    """Which forms to list."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("Not read yet")), ("all", _("All that came back"))]
    )
    q = forms.CharField(label=_("School"), required=False, max_length=100)
