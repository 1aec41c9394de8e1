"""The lessons of one visit, a row each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from bookings.models.visit import LONGEST_GROUP, LONGEST_NAME
from bookings.operations.lessons import MOST_LESSONS, Lesson
from stem.forms import ClockField, HouseForm
from stem.moments import day_of, moment


@dataclass(frozen=True)
class Row:
    """The fields of one lesson."""

    number: int
    start: BoundField
    finish: BoundField
    group: BoundField
    adult: BoundField


class LessonsForm(HouseForm):
    """One to eight lessons on the day of a visit; empty rows count for nothing."""

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        assert visit.starts_at is not None
        self.day: date = day_of(visit.starts_at)
        self.lessons: list[Lesson] = []
        kwargs["initial"] = _filled_in(visit)
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_LESSONS + 1):
            self.fields[f"start_{number}"] = ClockField(label=_("Start"), required=False)
            self.fields[f"finish_{number}"] = ClockField(label=_("Finish"), required=False)
            self.fields[f"group_{number}"] = forms.CharField(
                label=_("Class or group"), max_length=LONGEST_GROUP, required=False
            )
            self.fields[f"adult_{number}"] = forms.CharField(
                label=_("Member of staff with them"), max_length=LONGEST_NAME, required=False
            )
        self.say_what_is_missing()

    @property
    def rows(self) -> Iterator[Row]:
        """The fields as the page shows them."""
        for number in range(1, MOST_LESSONS + 1):
            yield Row(number, *(self[f"{name}_{number}"] for name in ("start", "finish", "group", "adult")))

    def clean(self) -> dict[str, Any]:
        """Read each row that has anything in it."""
        for row in self.rows:
            self._read(row)
        return self.cleaned_data

    def _read(self, row: Row) -> None:
        fields = (row.start, row.finish, row.group, row.adult)
        if any(field.errors for field in fields):
            return
        start, finish, group, adult = (self.cleaned_data[field.name] for field in fields)
        if start is None and finish is None and not group and not adult:
            return
        for field, answer, words in (
            (row.start, start, gettext("Enter when it starts.")),
            (row.finish, finish, gettext("Enter when it ends.")),
            (row.group, group, gettext("Enter which class or group it is. Do not name pupils.")),
        ):
            if not answer and not isinstance(answer, time):
                self.add_error(field.name, words)
        if not any(field.errors for field in fields):
            self.lessons.append(Lesson(moment(self.day, start), moment(self.day, finish), group, adult))


def _filled_in(visit: Visit) -> dict[str, Any]:
    """The lessons as they stand."""
    return {
        f"{name}_{number}": answer
        for number, each in enumerate(visit.sessions.all(), start=1)
        for name, answer in (
            ("start", each.starts_at),
            ("finish", each.ends_at),
            ("group", each.group),
            ("adult", each.supervising_adult),
        )
    }
