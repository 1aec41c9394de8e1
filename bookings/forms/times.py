"""When a visit could be: up to five times, by the clock or by the school's own periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.days import FURTHEST
from bookings.models import Request
from bookings.open_days import reasons_against
from bookings.operations.requests import MOST_TIMES, Interval
from schools.terms.periods import Lesson, lesson_of
from schools.terms.school_time import SchoolTime
from stem.forms import ClockField, DayField, HouseForm
from stem.moments import day_of, moment

MISSING = (_("Enter the date."), _("Enter when it starts."))
END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class Row:
    """The fields of one possible time; a period where the school has named any."""

    number: int
    day: BoundField
    period: BoundField | None
    start: BoundField
    finish: BoundField


class TimesForm(HouseForm):
    """One to five times at which the visit could be; empty rows count for nothing.

    A day on which the school has no visitors is refused, unless it says why then all the same (rule T-11).
    """

    all_the_same = forms.CharField(
        label=_("Why then all the same?"),
        help_text=_(
            "Only if you want one of these days although you are closed, a term begins, or the class sits exams."
        ),
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        instance: Request,
        at: datetime,
        school: SchoolTime,
        lessons: Sequence[Lesson] = (),
        **kwargs: Any,
    ) -> None:
        self.request, self.at, self.school, self.lessons = instance, at, school, lessons
        self.times: list[Interval] = []
        self.is_closed_on_one = False
        kwargs["initial"] = self._filled_in()
        super().__init__(*args, **kwargs)
        choices = [("", _("By the clock")), *((str(number), each.in_words) for number, each in enumerate(lessons))]
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"day_{number}"] = DayField(label=_("Date"), required=False)
            if lessons:
                self.fields[f"period_{number}"] = forms.ChoiceField(label=_("Period"), choices=choices, required=False)
            self.fields[f"start_{number}"] = ClockField(label=_("Start"), required=False)
            self.fields[f"finish_{number}"] = ClockField(label=_("Finish"), required=False)
        self.say_what_is_missing()

    @property
    def rows(self) -> Iterator[Row]:
        """The fields as the page shows them."""
        for number in range(1, MOST_TIMES + 1):
            period = self[f"period_{number}"] if self.lessons else None
            yield Row(number, self[f"day_{number}"], period, self[f"start_{number}"], self[f"finish_{number}"])

    @property
    def asks_why(self) -> bool:
        """Whether one of the days is one on which the school has no visitors."""
        if self.is_bound:
            return self.is_closed_on_one or "all_the_same" in self.errors
        return any(self._against(day_of(each.starts_at)) for each in self.request.possible_times.all())

    def _against(self, day: date) -> list[str]:
        """Why the class has no visitor on this day."""
        request = self.request
        found = reasons_against(day, time=self.school, stage=request.stage, year_groups=request.year_groups)
        return [why.truth for why in found]

    def clean(self) -> dict[str, Any]:
        """Read each row that has anything in it; at least one must."""
        for row in self.rows:
            self._read(row)
        if not self.times and not self.errors:
            self.add_error("day_1", gettext("Give at least one time."))
        return self.cleaned_data

    def _read(self, row: Row) -> None:
        if any(field.errors for field in (row.day, row.period, row.start, row.finish) if field is not None):
            return
        day, start, finish = (self.cleaned_data[field.name] for field in (row.day, row.start, row.finish))
        lesson = self._lesson(row)
        if lesson and (start is not None or finish is not None):
            assert row.period is not None
            self.add_error(row.period.name, gettext("Choose a period or type times, not both."))
            return
        if lesson:
            start, finish = lesson.starts, lesson.ends
        if day is None and start is None and finish is None:
            return
        if day is None or start is None:
            for field, value, words in zip((row.day, row.start), (day, start), MISSING, strict=True):
                if value is None:
                    self.add_error(field.name, words)
            return
        self._take(row, day, start, finish if finish is not None else self._finish(day, start))

    def _lesson(self, row: Row) -> Lesson | None:
        """The period that was chosen."""
        chosen = self.cleaned_data[row.period.name] if row.period is not None else ""
        return self.lessons[int(chosen)] if chosen else None

    def _finish(self, day: date, start: time) -> time:
        """When a lesson that starts then is over: as long as the school's lessons are (rule T-05)."""
        begins = datetime.combine(day, start)
        ends = begins + lesson_of(self.lessons)
        return ends.time() if ends.date() == day else END_OF_DAY

    def _take(self, row: Row, day: date, start: time, finish: time) -> None:
        """Keep this time, or say why not beside it."""
        lesson = self._lesson(row)
        if finish <= start:
            self.add_error(row.finish.name, gettext("The finish has to be later than the start."))
        elif day > day_of(self.at + FURTHEST):
            self.add_error(row.day.name, gettext("Give a date within the next two years."))
        elif day < day_of(self.at) or moment(day, start) <= self.at:
            self.add_error(row.day.name, gettext("Give a time that is still to come."))
        elif lesson and row.period and not lesson.is_on(day):
            words = gettext("There is no such period on that day: it is on %(days)s.")
            self.add_error(row.period.name, words % {"days": lesson.days_in_words})
        else:
            self.times.append((moment(day, start), moment(day, finish)))
            self._ask_why(row, day)

    def _ask_why(self, row: Row, day: date) -> None:
        """Say beside a day on which the school has no visitors why not, until somebody says why then all the same."""
        against = self._against(day)
        self.is_closed_on_one = self.is_closed_on_one or bool(against)
        if against and not self.cleaned_data.get("all_the_same"):
            words = gettext("%(why)s Choose another day, or say below why then all the same.")
            self.add_error(row.day.name, words % {"why": " ".join(against)})

    def _filled_in(self) -> dict[str, Any]:
        """The rows as they were saved; what is one of the school's periods is shown as that."""
        initial: dict[str, Any] = {}
        for number, each in enumerate(self.request.possible_times.all(), start=1):
            initial[f"day_{number}"] = day_of(each.starts_at)
            period = self._period_of(each.starts_at, each.ends_at)
            if period is not None:
                initial[f"period_{number}"] = str(period)
            else:
                initial[f"start_{number}"], initial[f"finish_{number}"] = each.starts_at, each.ends_at
            initial["all_the_same"] = initial.get("all_the_same") or each.all_the_same
        return initial

    def _period_of(self, starts_at: datetime, ends_at: datetime) -> int | None:
        """Which of the periods this time is, if one."""
        day = day_of(starts_at)
        for number, lesson in enumerate(self.lessons):
            is_this = (moment(day, lesson.starts), moment(day, lesson.ends)) == (starts_at, ends_at)
            if is_this and lesson.is_on(day):
                return number
        return None


class MoreTimesForm(TimesForm):
    """Other times at which the visit could be as well, beside those that stand."""

    @property
    def asks_why(self) -> bool:
        """Whether one of these days is one on which the school has no visitors."""
        return self.is_bound and (self.is_closed_on_one or "all_the_same" in self.errors)

    def _filled_in(self) -> dict[str, Any]:
        """Nothing: what stands is not asked again."""
        return {}
