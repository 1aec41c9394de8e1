"""When somebody can be asked: the hours of their week, and how often and how soon."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ambassadors.enums import NoticeWanted, Rest
from ambassadors.hours import SCHOOL_HOURS, WITH_EVENINGS, Hours, MyTime, Week
from ambassadors.models import Ambassador
from ambassadors.queries.time import time_of
from stem.forms import ClockWidget, HouseForm, read_clock

OFTEN = (1, 2, 3, 6)
ANY = ""
IN_SCHOOL, EVENINGS, OWN = "school", "evenings", "own"
WEEKS = {IN_SCHOOL: None, EVENINGS: WITH_EVENINGS}


class WeekWidget(forms.MultiWidget):
    """From when to when on each of seven days, to type."""

    template_name = "components/forms/week.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([ClockWidget() for _day in range(7) for _end in range(2)], attrs)

    def decompress(self, value: Week | None) -> list[time | None]:
        """The two times of each day, one day after another."""
        return [clock for day in range(7) for clock in (value or {}).get(day, (None, None))]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The inputs two by two, beside the name of their day."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        for day, (starts, ends) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
            words = {"day": WEEKDAYS[day]}
            starts["attrs"]["aria-label"] = _("%(day)s from") % words
            ends["attrs"]["aria-label"] = _("%(day)s until") % words
        context["days"] = [(WEEKDAYS[day], parts[2 * day], parts[2 * day + 1]) for day in range(7)]
        return context


class WeekField(forms.Field):
    """The hours of a week; a day with no times is none on which somebody is there."""

    widget = WeekWidget

    def to_python(self, value: Any) -> Mapping[int, Hours]:
        """The hours by weekday."""
        typed = [str(each or "").strip() for each in value or [""] * 14]
        week = {}
        for day in range(7):
            starts, ends = typed[2 * day : 2 * day + 2]
            if starts or ends:
                week[day] = Hours(self._clock(day, starts), self._clock(day, ends))
        return week

    def _clock(self, day: int, text: str) -> time:
        words = {"day": WEEKDAYS[day]}
        if not text:
            raise ValidationError(_("%(day)s: give both times, or none.") % words, code="half")
        try:
            return read_clock(text)
        except ValueError:
            raise ValidationError(
                _("%(day)s: enter a time with am or pm, such as 9:15am or 2pm.") % words, code="invalid"
            ) from None


def often_in_words() -> list[tuple[str, str]]:
    """How many visits at most."""
    several = [(str(n), ngettext("%(n)d visit", "%(n)d visits", n) % {"n": n}) for n in OFTEN]
    return [(ANY, _("As often as I am needed")), *several]


class OftenField(forms.TypedChoiceField):
    """How many visits at most; None for as many as are asked for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=often_in_words, coerce=int, empty_value=None, required=False, **kwargs)


class TimeForm(HouseForm):
    """When somebody can be asked, how often, and how soon; whoever leaves it as it is says any school day."""

    when = forms.ChoiceField(
        label=lazy("When can a school ask for you?"),
        help_text=lazy("Each time we ask you first, and you may say no."),
        choices=[
            (IN_SCHOOL, lazy("On any school day, between 8am and 6pm")),
            (EVENINGS, lazy("In the evening as well, until 9pm")),
            (OWN, lazy("Only at hours that I set")),
        ],
        widget=forms.RadioSelect,
    )
    week = WeekField(
        label=lazy("Your hours"),
        help_text=lazy("Leave a day empty if you are never free on it."),
        required=False,
    )
    visits_a_month = OftenField(label=lazy("Most visits in a month"))
    visits_a_term = OftenField(label=lazy("Most visits in a term"))
    notice_days = forms.TypedChoiceField(
        label=lazy("How long before do you want to be asked?"), choices=NoticeWanted.choices, coerce=int
    )
    at_short_notice = forms.BooleanField(
        label=lazy("Ask me at short notice as well"),
        help_text=lazy(
            "When a school needs someone within two weeks, or someone else cannot come. You may still say no."
        ),
        required=False,
    )
    only_by_hand = forms.BooleanField(
        label=lazy("Ask me only where a coordinator has chosen me"),
        help_text=lazy("Else a program asks whoever suits a request best, and says why."),
        required=False,
    )
    rest_days = forms.TypedChoiceField(label=lazy("Days without visits between two"), choices=Rest.choices, coerce=int)

    # The hours, where they are one's own; and of how often there is always an answer.
    sometimes_needed = frozenset({"week", "visits_a_month", "visits_a_term"})

    def __init__(self, *args: Any, ambassador: Ambassador, **kwargs: Any) -> None:
        said = time_of(ambassador)
        kinds = {None: IN_SCHOOL, _frozen(WITH_EVENINGS): EVENINGS}
        kind = kinds.get(None if said.week is None else _frozen(said.week), OWN)
        initial = {**vars(said), "when": kind, "week": SCHOOL_HOURS if said.week is None else said.week}
        for name in ("visits_a_month", "visits_a_term"):
            initial[name] = str(initial[name] or ANY)
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """What stands in the hours counts only where they are one's own."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("when") in WEEKS and "week" in self.errors:
            del self.errors["week"]
        return said

    def answer(self) -> MyTime:
        """The answer of a valid form."""
        said = dict(self.cleaned_data)
        when, own = said.pop("when"), said.pop("week", None)
        return MyTime(week=own if when == OWN else WEEKS[when], **said)


def _frozen(week: Week) -> tuple[tuple[int, Hours], ...]:
    return tuple(sorted(week.items()))
