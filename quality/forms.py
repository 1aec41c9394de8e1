"""What people fill in about a visit, and about a worry."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality.enums import CaseOutcome
from quality.instruments import Instrument, Question
from quality.queries import Answered
from stem.forms import CountField, DayField, HouseForm

COMMENT_LENGTH = 1000


class FeedbackForm(HouseForm):
    """One instrument as a form: every answer labelled, none chosen beforehand (rule 2.2)."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({question.code: field_for(question) for question in instrument.questions})
        self._parts = [question.part for question in instrument.questions]
        self.say_what_is_missing()

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by question; what was left open is not there."""
        return {code: _plain(answer) for code, answer in self.cleaned_data.items() if answer not in ("", None)}

    @property
    def in_parts(self) -> list[tuple[str, forms.BoundField]]:
        """Each question with the time that it asks of, where it is one of a pair."""
        return list(zip(self._parts, self, strict=True))


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
