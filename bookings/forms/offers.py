"""What an ambassador answers."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bookings.enums import CancelReason, DeclineReason
from stem.forms import HouseForm
from stem.wording import day_in_words, interval_in_words, month_in_words

Interval = tuple[datetime, datetime]

# What may keep an ambassador away; the other reasons are a school's.
REASONS_NOT_TO_COME = (CancelReason.ILLNESS, CancelReason.WORK, CancelReason.TRAVEL, CancelReason.OTHER)


def notes_in_words(tight: Mapping[Interval, str]) -> str:
    """Which of several times are too near to another visit, and by how much."""
    return " ".join(f"{interval_in_words(*interval)}: {words}" for interval, words in tight.items())


class AcceptForm(HouseForm):
    """Yes, at one of the times on offer."""

    starts_at = forms.TypedChoiceField(
        label=_("Which time suits you?"), coerce=datetime.fromisoformat, widget=forms.RadioSelect
    )

    too_tight = forms.BooleanField(label=_("I can manage that"), required=False)

    def __init__(
        self, *args: Any, times: Iterable[Interval], tight: Mapping[Interval, str] | None = None, **kwargs: Any
    ) -> None:
        """`tight` tells of those of the times that leave little time to get there, which one may set aside (T-22)."""
        super().__init__(*args, **kwargs)
        choices = [(start.astimezone(UTC).isoformat(), interval_in_words(start, end)) for start, end in times]
        self.fields["starts_at"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["starts_at"] = choices[0][0]
        if tight:
            self.fields["too_tight"].help_text = notes_in_words(tight)
        else:
            del self.fields["too_tight"]

    @property
    def times(self) -> list[tuple[str, str]]:
        """Each time as it is sent, and in words."""
        return list(self.fields["starts_at"].choices)  # type: ignore[attr-defined]

    @property
    def takes_one_press(self) -> bool:
        """Whether each of several times can be a button of its own: nothing is wrong, and none is tight."""
        return len(self.times) > 1 and not self.is_bound and "too_tight" not in self.fields

    @property
    def answered(self) -> dict[str, Any]:
        """What the operation takes beside the offer."""
        manages = bool(self.cleaned_data.get("too_tight"))
        return {"starts_at": self.cleaned_data["starts_at"], "manages_journey": manages}


class DeclineForm(HouseForm):
    """No, and why if they care to say."""

    reason = forms.ChoiceField(
        label=_("Why not, if you care to say?"),
        help_text=_("It helps us to ask you only for what suits."),
        choices=DeclineReason.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    not_this_school = forms.BooleanField(
        label=_("Do not ask me for this school again"),
        help_text=_("The school never learns it; its coordinator sees that you said so."),
        required=False,
    )
    not_this_month = forms.BooleanField(required=False)

    def __init__(self, *args: Any, month: tuple[date, date] | None = None, **kwargs: Any) -> None:
        """`month` is what "not this month" would mean; None for whoever has no account to take it back with."""
        super().__init__(*args, **kwargs)
        if month is None:
            del self.fields["not_this_school"], self.fields["not_this_month"]
            return
        first, last = month
        days = {"first": day_in_words(first), "last": day_in_words(last)}
        field = self.fields["not_this_month"]
        field.label = gettext("Ask me for nothing else in %(month)s") % {"month": month_in_words(last)}
        words = gettext("We note that you are away from %(first)s until %(last)s; you can take it back on “Days away”.")
        field.help_text = words % days


class OfSeriesForm(HouseForm):
    """What is said of one meeting of a series, or of it and all that follow."""

    rest = forms.BooleanField(label=_("And all the meetings that follow"), required=False)

    def __init__(self, *args: Any, following: int = 0, **kwargs: Any) -> None:
        """`following` is how many meetings follow; nothing is asked of them where there are none."""
        super().__init__(*args, **kwargs)
        if not following:
            del self.fields["rest"]
            return
        words = ngettext("%(n)d more meeting is still to come.", "%(n)d more meetings are still to come.", following)
        self.fields["rest"].help_text = words % {"n": following}

    @property
    def is_of_all(self) -> bool:
        """Whether it is said of all that follow as well."""
        return bool(self.cleaned_data.get("rest"))


class CannotComeForm(OfSeriesForm):
    """Why someone who has promised to come cannot."""

    field_order = ("reason", "rest")

    reason = forms.ChoiceField(
        label=_("What keeps you away?"),
        help_text=_("The school is not told why."),
        choices=[(reason.value, reason.label) for reason in REASONS_NOT_TO_COME],
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> CancelReason:
        """The reason as the record names it."""
        return CancelReason(self.cleaned_data["reason"])
