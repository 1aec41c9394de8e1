"""What a school or an officer types, or sends, about when schools are open."""

from collections.abc import Container
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from schools.enums import SpanKind
from schools.terms.calendar_files import MOST_BYTES, read_entries
from schools.terms.periods import LESSONS, USUAL_LESSON, Lesson, read_periods
from schools.terms.typed import read_lines
from schools.terms.understanding import Understood, understand
from stem.forms import DayField, HouseForm
from stem.geography.authorities import AUTHORITIES
from stem.nations import Nation
from stem.rules import Refusal

LONGEST_TEXT = 40_000


class DatesForm(HouseForm):
    """A school year's dates, typed a line each, or in a calendar file; a file counts before what is typed."""

    file = forms.FileField(
        label=lazy("A calendar file"),
        help_text=lazy("An .ics file of term dates, up to 1 MB, as authorities publish them."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ".ics,text/calendar"}),
    )
    text = forms.CharField(
        label=lazy("Or type the dates"),
        help_text=lazy(
            "A line for each: what it is, a colon, its first day, “to” and its last day. It can be a term, half term, "
            "INSET day, Closed or Exams."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, nation: Nation, **kwargs: Any) -> None:
        self.nation = nation
        self.understood = Understood()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Make sense of the file, or else of the lines."""
        answers = super().clean() or self.cleaned_data
        if not self.errors:
            self._read(answers)
        return answers

    def _read(self, answers: dict[str, Any]) -> None:
        file, text = answers.get("file"), answers.get("text", "")
        if not file and not text.strip():
            self.add_error("text", _("Type the dates, or choose a file."))
            return
        try:
            entries = read_entries(file.read(MOST_BYTES + 1)) if file else read_lines(text)
        except Refusal as refusal:
            for reason in refusal.reasons:
                self.add_error("file" if file else "text", reason.truth)
            return
        self.understood = understand(entries, self.nation)
        if not self.understood.years:
            self.add_error("file" if file else "text", _("There are no term dates in it that we understand."))


class AuthorityDatesForm(DatesForm):
    """The same, of an authority that is chosen among those whose dates somebody keeps."""

    whose = forms.ChoiceField(label=lazy("Whose dates?"))
    field_order = ("whose", "file", "text")

    def __init__(self, *args: Any, kept: Container[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, nation=Nation.ENG, **kwargs)
        whose = self.fields["whose"]
        assert isinstance(whose, forms.ChoiceField)
        whose.choices = [("", lazy("Choose an authority")), *authority_choices(kept)]

    def clean_whose(self) -> str:
        """The authority, by whose nation its dates are read."""
        chosen: str = self.cleaned_data["whose"]
        self.nation = Nation(chosen.partition("/")[0])
        return chosen

    @property
    def authority(self) -> str:
        """The authority's name."""
        return str(self.cleaned_data["whose"]).partition("/")[2]


def every_authority() -> set[tuple[str, str]]:
    """Every education authority, by its nation and its name."""
    return {(each.nation, each.name) for each in AUTHORITIES.values()}


def authority_choices(kept: Container[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The education authorities among these, under their nations."""
    known = sorted(each for each in every_authority() if each in kept)
    return [
        (str(Nation(nation).label), [(f"{nation}/{name}", name) for _nation, name in names])
        for nation, names in groupby(known, lambda each: each[0])
    ]


def is_authority(whose: str) -> bool:
    """Whether this is a nation and an authority of it, as the choices have them."""
    nation, _slash, name = whose.partition("/")
    return (nation, name) in every_authority()


# Only a page that lost them on its way sends none.
NO_DATES = {"required": lazy("There are no dates in what was sent: enter them again.")}


class AcceptForm(forms.Form):
    """The dates that were looked at, as lines that are read once more, and a mark of what stood then."""

    lines = forms.CharField(max_length=LONGEST_TEXT, widget=forms.HiddenInput, error_messages=NO_DATES)
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput, error_messages=NO_DATES)
    # The authority, where they are an authority's.
    whose = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nation: Nation, **kwargs: Any) -> None:
        self.nation = nation
        self.understood = Understood()
        super().__init__(*args, **kwargs)

    def clean_lines(self) -> str:
        """The lines, understood as they were."""
        lines: str = self.cleaned_data["lines"]
        try:
            self.understood = understand(read_lines(lines), self.nation)
        except Refusal as refusal:
            raise ValidationError(refusal.told_to()) from None
        return lines

    @property
    def problem(self) -> str:
        """What is wrong with it, in one line."""
        return " ".join(dict.fromkeys(str(words) for errors in self.errors.values() for words in errors))


class ClosedForm(HouseForm):
    """INSET days, or days when a school is closed; one day has no last day."""

    kind = forms.ChoiceField(
        label=lazy("What kind of day?"),
        choices=[
            (SpanKind.INSET.value, lazy("INSET day: staff only")),
            (SpanKind.CLOSURE.value, lazy("Closed: polling day, snow, an occasional day")),
        ],
        widget=forms.RadioSelect,
    )
    first_day = DayField(label=lazy("Which day?"))
    last_day = DayField(label=lazy("Last day, if there are several"), required=False)
    name = forms.CharField(label=lazy("What is it called?"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """One day begins and ends on itself."""
        answers = super().clean() or self.cleaned_data
        if answers.get("first_day") and not answers.get("last_day") and "last_day" not in self.errors:
            answers["last_day"] = answers["first_day"]
        if "kind" in answers:
            answers["kind"] = SpanKind(answers["kind"])
        return answers


class PeriodsForm(HouseForm):
    """The periods of the day, a line each."""

    periods = forms.CharField(
        label=lazy("Your periods"),
        help_text=lazy(
            "A line for each: “Period 3: 11am to 12pm”. For some weekdays only: “Period 6 (Mon, Wed): 3pm to 4pm”."
        ),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
    )
    minutes = forms.TypedChoiceField(
        label=lazy("How long is a lesson?"),
        help_text=lazy("For periods whose end you leave out."),
        coerce=int,
        initial=USUAL_LESSON,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lessons: list[Lesson] = []
        minutes = self.fields["minutes"]
        assert isinstance(minutes, forms.TypedChoiceField)
        minutes.choices = [(each, _("%(minutes)d minutes") % {"minutes": each}) for each in LESSONS]

    def clean(self) -> dict[str, Any]:
        """Read the lines, and let each that is none be put right."""
        answers = super().clean() or self.cleaned_data
        if "periods" in answers and "minutes" in answers:
            try:
                self.lessons = read_periods(answers["periods"], answers["minutes"])
            except Refusal as refusal:
                for reason in refusal.reasons:
                    self.add_error("periods", reason.truth)
        return answers
