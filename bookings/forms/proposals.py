"""Another time for a visit: what whoever proposes it fills in, and what the others answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.days import FURTHEST
from bookings.enums import CancelReason
from bookings.models import Visit
from bookings.operations.proposals import Wish
from bookings.queries.proposals import THE_SCHOOL
from stem.forms import ClockField, DayField, HouseForm
from stem.moments import day_of, moment
from stem.rules import Reason

YES, NO = "yes", "no"
Choices = list[tuple[str, Any]]


class WhoseForm(HouseForm):
    """A form that a coordinator fills in for somebody else: it asks for whom."""

    whose = forms.ChoiceField(label=_("For whom do you say so?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, whose: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if whose is None:
            del self.fields["whose"]
            return
        choices: Choices = [(str(key), name) for key, name in whose.items()]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["whose"] = choices[0][0]

    def key(self, own: int | None) -> int:
        """Whose word it is: one's own, or that of whoever was chosen."""
        return int(self.cleaned_data.get("whose", own or THE_SCHOOL))


class ProposeTimeForm(WhoseForm):
    """When a visit should be instead, and why."""

    sometimes_needed = frozenset({"reason"})
    field_order = ("whose", "day", "start", "finish", "words", "reason", "all_the_same", "too_tight")

    day = DayField(label=_("Date"))
    start = ClockField(label=_("Start"))
    finish = ClockField(label=_("Finish"))
    words = forms.CharField(
        label=_("Why?"),
        help_text=_("The others read this. Please name no pupil."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = forms.ChoiceField(
        label=_("If it is put off to a later day: what is it?"),
        help_text=_("Only our coordinators read this. Illness and weather never count against anyone."),
        choices=CancelReason.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    all_the_same = forms.CharField(
        label=_("Why then all the same?"),
        help_text=_("Only if the school is closed that day, a term begins, or the class sits exams."),
        max_length=200,
        required=False,
    )

    too_tight = forms.BooleanField(
        label=_("Whoever comes can manage the journey"),
        help_text=_("Only where the new time is near another visit of theirs."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        visit: Visit,
        reasons: Iterable[CancelReason],
        for_school: bool,
        for_people: bool,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        self.at = at
        kwargs["initial"] = {
            "day": day_of(visit.starts_at) if visit.starts_at else None,
            "start": visit.starts_at,
            "finish": visit.ends_at,
        }
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(each.value, each.label) for each in reasons]  # type: ignore[attr-defined]
        if not for_school:
            del self.fields["all_the_same"]
            self.fields["too_tight"].label = gettext("I can manage the journey")
            self.fields["too_tight"].help_text = gettext("Only where the new time is near another visit of yours.")
        elif not for_people:
            del self.fields["too_tight"]

    def clean(self) -> dict[str, Any]:
        """Say beside a field what is wrong with the time."""
        answers = super().clean() or self.cleaned_data
        day, start, finish = (answers.get(name) for name in ("day", "start", "finish"))
        if start and finish and finish <= start:
            self.add_error("finish", gettext("The finish has to be later than the start."))
        if day and day > day_of(self.at + FURTHEST):
            self.add_error("day", gettext("Give a date within the next two years."))
        elif day and start and (day < day_of(self.at) or moment(day, start) <= self.at):
            self.add_error("day", gettext("Give a time that is still to come."))
        return self.cleaned_data

    @property
    def wish(self) -> Wish:
        """What was filled in, as the operation takes it."""
        answers = self.cleaned_data
        return Wish(
            starts_at=moment(answers["day"], answers["start"]),
            ends_at=moment(answers["day"], answers["finish"]),
            words=answers["words"],
            reason=CancelReason(answers["reason"]) if answers["reason"] else None,
            all_the_same=answers.get("all_the_same", ""),
            manages_journey=bool(answers.get("too_tight")),
        )


class AnswerProposalForm(WhoseForm):
    """Yes or no to another time."""

    answer = forms.ChoiceField(
        label=_("Does the new time suit you?"),
        choices=[(YES, _("Yes, move the visit")), (NO, _("No, leave it where it is"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("If not, what would?"),
        help_text=_("Whoever proposed it reads this."),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    all_the_same = forms.CharField(label=_("Why then all the same?"), max_length=200, required=False)
    too_tight = forms.BooleanField(label=_("I can manage that"), required=False)

    def __init__(self, *args: Any, closed: Iterable[Reason] = (), tight: str = "", **kwargs: Any) -> None:
        """Ask why, where the school has no visitors that day by now: `closed` says so.

        `tight` says how little time whoever comes would have to get there, which they may set aside (T-22).
        """
        super().__init__(*args, **kwargs)
        if tight:
            self.fields["too_tight"].help_text = tight
        else:
            del self.fields["too_tight"]
        words = " ".join(why.truth for why in closed)
        if words:
            self.fields["all_the_same"].help_text = words
        else:
            del self.fields["all_the_same"]

    @property
    def says_yes(self) -> bool:
        """Whether it suits."""
        return bool(self.cleaned_data["answer"] == YES)

    @property
    def said(self) -> dict[str, Any]:
        """What goes with the answer: why on a closed day and that the journey can be managed, or what would suit."""
        if not self.says_yes:
            return {"words": self.cleaned_data["words"]}
        manages = bool(self.cleaned_data.get("too_tight"))
        return {"all_the_same": self.cleaned_data.get("all_the_same", ""), "manages_journey": manages}
