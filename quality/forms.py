"""What people fill in about a visit, and about a worry."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from quality.enums import CaseOutcome, Escalation
from quality.instruments import TICKED, Instrument, Question
from stem.forms import CountField, DayField, HouseForm

COMMENT_LENGTH = 1000
OPENED = "opened"


class FeedbackForm(HouseForm):
    """One instrument as a form: every answer labelled, none chosen beforehand (rule 2.2)."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({question.code: field_for(question) for question in instrument.questions})
        self._questions = instrument.questions
        # When it was opened, sealed: how long it took is told by nobody's own clock (rule G-08).
        self.fields[OPENED] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
        self.say_what_is_missing()

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by question; what was left open is not there."""
        said = {code: answer for code, answer in self.cleaned_data.items() if code != OPENED}
        return {
            code: _plain(answer) for code, answer in said.items() if answer is not False and answer not in ("", None)
        }

    @property
    def opened(self) -> str:
        """When it was opened, as it was sealed then; "" where that was lost."""
        return str(self.cleaned_data[OPENED])

    @property
    def in_parts(self) -> list[tuple[str, forms.BoundField]]:
        """Each question with the time that it asks of, where it is one of a pair."""
        return [(question.part, self[question.code]) for question in self._questions]


class ConfirmAddressForm(HouseForm):
    """How it was confirmed that an address is the school's."""

    no_note = forms.CharField(
        label=_("Whom did you ring, and on which number?"),
        help_text=_("A number from the school’s own page, not one that came with the address."),
        max_length=300,
    )


class CorrectForm(HouseForm):
    """What somebody would have answered instead, and why; the answers stay as they are."""

    words = forms.CharField(
        label=_("What is put right?"),
        help_text=_("Which answer, and what it should have been, as they told you. The form itself stays as it is."),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
    )
    because = forms.CharField(label=_("Why was it wrong?"), widget=forms.Textarea({"rows": 2}), max_length=1000)
    on_behalf_of = forms.CharField(label=_("Who told you?"), max_length=200)


class StrikeForm(HouseForm):
    """Words of a text to leave out: each is a tick, so that nobody can put one in."""

    sometimes_needed: ClassVar[frozenset[str]] = frozenset({"struck"})

    def __init__(self, *args: Any, words: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["struck"] = forms.MultipleChoiceField(
            label=_("Tick the words to leave out"),
            choices=[(str(place), word) for place, word in enumerate(words)],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.say_what_is_missing()

    @property
    def struck(self) -> set[int]:
        """The places of the words that are left out."""
        return {int(place) for place in self.cleaned_data["struck"]}


class HoldCommentForm(HouseForm):
    """Why something written is put off, and until when."""

    no_note = forms.CharField(label=_("What do you wait for?"), widget=forms.Textarea({"rows": 3}), max_length=1000)
    until = DayField(label=_("On which day does it come back?"))


class EscalateForm(HouseForm):
    """To whom something written is handed on, and why."""

    to = forms.ChoiceField(label=_("Who should read it now?"), choices=Escalation, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Why, for whoever reads it next?"),
        help_text=_("What was written goes with it, word for word. Do not name pupils."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
    )


class BeginPollForm(HouseForm):
    """How a class answers: each pupil for themselves, or by show of hands, as the youngest always do."""

    how = forms.ChoiceField(
        label=_("How will pupils answer?"),
        widget=forms.RadioSelect,
        choices=[
            ("devices", _("Each on a device: you show a code on the board")),
            ("hands", _("By show of hands: you read three sentences out, and count")),
        ],
    )

    def __init__(self, *args: Any, may_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_choose:
            del self.fields["how"]

    @property
    def is_by_hands(self) -> bool:
        """Whether hands are counted."""
        return str(self.cleaned_data.get("how", "hands")) == "hands"


class HandsForm(HouseForm):
    """How many hands went up, stayed level and went down, for each sentence that was read out."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = instrument.questions
        for question in instrument.questions:
            for answer, label in question.choices.items():
                self.fields[f"{question.code}_{answer}"] = CountField(
                    label=f"{label}: {question.text.rstrip('.')}", min_value=0, max_value=999, required=False
                )
        self.say_what_is_missing()

    @property
    def in_rows(self) -> list[tuple[Question, list[tuple[str, forms.BoundField]]]]:
        """Each sentence with a field for each way to hold a thumb."""
        return [
            (each, [(label, self[f"{each.code}_{answer}"]) for answer, label in each.choices.items()])
            for each in self._questions
        ]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many hands there were, by sentence; one that was not read out has none."""
        return {
            each.code: {answer: self.cleaned_data[f"{each.code}_{answer}"] or 0 for answer in each.choices}
            for each in self._questions
        }


def _plain(answer: Any) -> Any:
    if answer is True:
        return TICKED
    return float(answer) if isinstance(answer, Decimal) else answer


def field_for(question: Question) -> forms.Field:
    """The field that asks this question."""
    words: dict[str, Any] = {"label": question.text, "help_text": question.hint, "required": question.required}
    if question.choices:
        return forms.ChoiceField(widget=forms.RadioSelect, choices=list(question.choices.items()), **words)
    if question.kind == "tick":
        return forms.BooleanField(**words)
    if question.kind == "number":
        return CountField(min_value=0, max_value=999, **words)
    if question.kind == "hours":
        return forms.DecimalField(min_value=0, max_value=99, decimal_places=2, widget=_hours(), **words)
    return forms.CharField(widget=forms.Textarea({"rows": 4}), max_length=COMMENT_LENGTH, **words)


def _hours() -> forms.TextInput:
    return forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "width-4"})


class PollFilter(HouseForm):
    """Which classes to list."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("To read or to look at")), ("all", _("All of them"))]
    )


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
