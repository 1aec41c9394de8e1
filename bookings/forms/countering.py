"""Another time for an offer: naming it, and the school's answer."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.days import FURTHEST
from bookings.forms.offers import Interval, notes_in_words
from stem.forms import ClockField, DayField, HouseForm
from stem.moments import day_of, moment
from stem.wording import interval_in_words


class OtherTimesForm(HouseForm):
    """One or two other times, as long as the school's own unless an end is given, and a few words."""

    day_1 = DayField(label=_("On which day could you come?"))
    start_1 = ClockField(label=_("When does it start?"), help_text=_("For example 9:15am or 2pm."))
    finish_1 = ClockField(
        label=_("When does it end?"), help_text=_("Leave it empty for as long as the school asked for."), required=False
    )
    day_2 = DayField(label=_("And on which other day?"), required=False)
    start_2 = ClockField(label=_("When does that start?"), required=False)
    finish_2 = ClockField(label=_("When does that end?"), required=False)
    words = forms.CharField(
        label=_("A few words to the school"),
        help_text=_("Not your name, or how to reach you: the school learns who you are once it agrees."),
        max_length=200,
        required=False,
    )
    too_tight = forms.BooleanField(
        label=_("I can manage the journey"),
        help_text=_("Only where it is near another visit of yours."),
        required=False,
    )

    def __init__(self, *args: Any, length: timedelta, at: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "other_%s")
        super().__init__(*args, **kwargs)
        self.length = length
        self.at = at
        self.times: list[Interval] = []

    def clean(self) -> dict[str, Any]:
        """Read both times; a second one needs its day and its start."""
        for number in (1, 2):
            self._read(number)
        return self.cleaned_data

    def _read(self, number: int) -> None:
        names = (f"day_{number}", f"start_{number}", f"finish_{number}")
        if self.errors.keys() & {*names}:
            return
        day, start, finish = (self.cleaned_data.get(name) for name in names)
        if day is None and start is None and finish is None:
            return
        if day is None or start is None:
            self.add_error(names[0 if day is None else 1], gettext("Give the day and when it starts."))
            return
        self._take(names, day, start, finish)

    def _take(self, names: tuple[str, str, str], day: date, start: time, finish: time | None) -> None:
        if day > day_of(self.at + FURTHEST):
            self.add_error(names[0], gettext("Give a date within the next two years."))
            return
        begins = moment(day, start)
        ends = moment(day, finish) if finish is not None else begins + self.length
        if ends <= begins or day_of(ends) != day:
            self.add_error(names[2], gettext("The finish has to be later than the start, on the same day."))
        else:
            self.times.append((begins, ends))

    @property
    def answered(self) -> dict[str, Any]:
        """What the operation takes beside the offer."""
        manages = bool(self.cleaned_data["too_tight"])
        return {"times": self.times, "words": self.cleaned_data["words"], "manages_journey": manages}


class AgreeForm(HouseForm):
    """The school's yes to one of the times that were named, with a reason where it is closed then (rule T-11)."""

    starts_at = forms.TypedChoiceField(
        label=_("Which time suits you?"), coerce=datetime.fromisoformat, widget=forms.RadioSelect
    )
    all_the_same = forms.CharField(label=_("Why then all the same?"), max_length=200, required=False)

    def __init__(self, *args: Any, times: Iterable[Interval], closed: Mapping[Interval, str], **kwargs: Any) -> None:
        """`closed` says of those of the times on which the school has no visitors why not."""
        super().__init__(*args, **kwargs)
        choices = [(start.astimezone(UTC).isoformat(), interval_in_words(start, end)) for start, end in times]
        self.fields["starts_at"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["starts_at"] = choices[0][0]
        if closed:
            self.fields["all_the_same"].help_text = notes_in_words(closed)
        else:
            del self.fields["all_the_same"]

    @property
    def answered(self) -> dict[str, Any]:
        """What the operation takes beside the offer."""
        because = str(self.cleaned_data.get("all_the_same", ""))
        return {"starts_at": self.cleaned_data["starts_at"], "all_the_same": because}
