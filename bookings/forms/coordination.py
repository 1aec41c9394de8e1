"""What coordinators fill in about requests, offers and visits."""

from collections.abc import Iterable, Mapping
from dataclasses import fields as dataclass_fields
from datetime import datetime, time
from typing import Any

from django import forms
from django.template.defaultfilters import linebreaksbr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.enums import AT_RISK, CHANGED, NOT_RECONFIRMED, CancelReason, DeclineReason, RequestStatus, VisitStatus
from bookings.forms.offers import OfSeriesForm, notes_in_words
from bookings.models import Preparation, Visit
from bookings.operations.visits import Arrangements
from bookings.queries.readiness import not_reconfirmed
from bookings.querysets import RequestQuerySet, VisitQuerySet
from stem.forms import DayField, HouseForm, HouseModelForm
from stem.moments import moment
from stem.rules import Reason
from stem.wording import interval_in_words

DECLINES = "declines"


class AnswerForm(HouseForm):
    """The answer that someone gave by telephone: one of the times, or no."""

    answer = forms.ChoiceField(label=_("What did they say?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("If no, why? (only if they said)"),
        choices=[("", _("Not said")), *DeclineReason.choices],
        required=False,
    )

    too_tight = forms.BooleanField(label=_("They say that they can manage the journey"), required=False)

    def __init__(
        self,
        *args: Any,
        times: Iterable[tuple[datetime, datetime]],
        tight: Mapping[tuple[datetime, datetime], str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`tight` tells of those of the times that leave whoever answers little time to get there (rule T-22)."""
        super().__init__(*args, **kwargs)
        if tight:
            self.fields["too_tight"].help_text = notes_in_words(tight)
        else:
            del self.fields["too_tight"]
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            *(
                (start.isoformat(), gettext("Yes: %(time)s") % {"time": interval_in_words(start, end)})
                for start, end in times
            ),
            (DECLINES, gettext("No")),
        ]

    @property
    def starts_at(self) -> datetime | None:
        """When they will come; None for a no."""
        answer = self.cleaned_data["answer"]
        return None if answer == DECLINES else datetime.fromisoformat(answer)

    @property
    def answered(self) -> dict[str, Any]:
        """What the operation for this answer takes beside the offer."""
        if self.starts_at is None:
            return {"reason": self.cleaned_data["reason"]}
        return {"starts_at": self.starts_at, "manages_journey": bool(self.cleaned_data.get("too_tight"))}


class ArrangementsByTelephoneForm(HouseModelForm):
    """What the school says about the day, as told on the telephone."""

    access_needs = forms.CharField(
        label=_("Access needs of the group"),
        help_text=_("Of the group, never of a pupil by name: “2 wheelchair users”. Write “none” where there are none."),
        max_length=300,
    )
    open_space_confirmed = forms.BooleanField(
        label=_("Each pupil meets the visitor in an open space, in sight and hearing of staff")
    )
    joining_link = forms.URLField(
        label=_("Joining link"),
        help_text=_("Of the school’s own platform. Only the two sides and the scheme’s coordinators see it."),
        max_length=500,
        assume_scheme="https",
    )
    staff_host_confirmed = forms.BooleanField(
        label=_("School staff host the meeting and stay in view, and pupils have no private chat")
    )
    outline_agreed = forms.BooleanField(label=_("We agree with this outline"))
    outline_version = forms.CharField(widget=forms.HiddenInput, required=False)
    all_the_same = forms.CharField(label=_("Why then all the same?"), max_length=200)

    class Meta:
        model = Visit
        fields = ["supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone", "arrival"]

    def __init__(
        self, *args: Any, visit: Visit, prepared: Preparation, closed: Iterable[Reason] = (), **kwargs: Any
    ) -> None:
        """Ask what this visit needs, and why, where the school has no visitors that day: `closed` says so."""
        kwargs["initial"] = {name: getattr(visit, name) for name in self.Meta.fields} | {
            "access_needs": prepared.access_needs or visit.request.access_needs,
            "joining_link": prepared.joining_link,
            "open_space_confirmed": prepared.open_space_confirmed,
            "staff_host_confirmed": prepared.staff_host_confirmed,
            "outline_version": prepared.outline_version,
        }
        super().__init__(*args, **kwargs)
        self._ask_what_it_needs(visit, prepared)
        words = " ".join(why.truth for why in closed)
        if words:
            self.fields["all_the_same"].help_text = words
        else:
            del self.fields["all_the_same"]
        for name in ("supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone"):
            self.fields[name].required = True
        # What is necessary is not called optional.
        self.say_what_is_missing()

    def _ask_what_it_needs(self, visit: Visit, prepared: Preparation) -> None:
        """Leave out what is only for online visits, or for those of one pupil at a time, where it is neither."""
        is_online = visit.request.is_online
        self.fields["arrival"].required = not is_online
        if not visit.request.is_one_to_one:
            del self.fields["open_space_confirmed"]
        if not is_online:
            del self.fields["joining_link"]
            del self.fields["staff_host_confirmed"]
        self.fields["outline_agreed"].help_text = linebreaksbr(prepared.outline_in_words, autoescape=True)

    @property
    def arrangements(self) -> Arrangements:
        """These answers, as the operation takes them."""
        names = [each.name for each in dataclass_fields(Arrangements)]
        return Arrangements(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})

    @property
    def because(self) -> str:
        """Why it should be that day all the same; nothing where nobody asks."""
        return str(self.cleaned_data.get("all_the_same", ""))


class OutcomeForm(HouseForm):
    """How a visit ended, by the move that says so."""

    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            ("deliver", _("It took place")),
            ("not_deliver", _("It did not take place")),
            ("miss_by_ambassador", _("The ambassador did not come")),
            ("miss_by_school", _("The school was not ready")),
        ],
        widget=forms.RadioSelect,
    )


class CancelForm(OfSeriesForm):
    """Who calls a visit off, and why."""

    field_order = ("whose", "reason", "rest")

    whose = forms.ChoiceField(
        label=_("Who calls it off?"),
        choices=[("scheme", _("The scheme")), ("school", _("The school, by telephone"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=_("Why?"), choices=CancelReason.choices, widget=forms.RadioSelect)

    @property
    def for_scheme(self) -> bool:
        """Whether it is the scheme itself."""
        return bool(self.cleaned_data["whose"] == "scheme")

    def clean_reason(self) -> CancelReason:
        """The reason as the record names it."""
        return CancelReason(self.cleaned_data["reason"])


class CannotComeForm(OfSeriesForm):
    """Why an ambassador cannot come after all, as told on the telephone."""

    field_order = ("reason", "rest")

    reason = forms.ChoiceField(label=_("Why?"), choices=CancelReason.choices, widget=forms.RadioSelect)

    def clean_reason(self) -> CancelReason:
        """The reason as the record names it."""
        return CancelReason(self.cleaned_data["reason"])


class SwapForm(CannotComeForm):
    """Why somebody cannot come, and who is asked instead."""

    person = forms.ChoiceField(
        label=_("Who is asked instead?"),
        help_text=_("Those who could come then, best first. With their yes the school accepts again."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), words) for key, words in people]  # type: ignore[attr-defined]

    def clean_person(self) -> int:
        """The key of whoever is asked."""
        return int(self.cleaned_data["person"])


class ListFilter(HouseForm):
    """A filter that lives in the address: what makes no sense there narrows nothing."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)

    def asked(self) -> dict[str, Any]:
        """What was asked for and could be understood."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class RequestFilter(ListFilter):
    """Which requests to list."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Any status")), *(each for each in RequestStatus.choices if each[0] != RequestStatus.DRAFT)],
        required=False,
    )

    @property
    def is_queue(self) -> bool:
        """Whether only requests are asked for that wait, which have an order of their own."""
        return self.asked().get("status") in (RequestStatus.SUBMITTED, RequestStatus.OPEN)

    def narrowed(self, requests: RequestQuerySet) -> RequestQuerySet:
        """The requests asked for."""
        asked = self.asked()
        requests = requests.matching_text(asked.get("q", ""))
        return requests.filter(status=asked["status"]) if "status" in asked else requests


class VisitFilter(ListFilter):
    """Which visits to list."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Any status")),
            (AT_RISK, _("At risk")),
            (NOT_RECONFIRMED, _("Near, and not reconfirmed")),
            (CHANGED, _("Changed in the last seven days")),
            *VisitStatus.choices,
        ],
        required=False,
    )
    from_day = DayField(label=_("From"), required=False)
    to_day = DayField(label=_("To"), required=False)

    def narrowed(self, visits: VisitQuerySet, *, at: datetime) -> VisitQuerySet:
        """The visits asked for; which of them are at risk, not ready or changed depends on the day."""
        asked = self.asked()
        visits = visits.matching_text(asked.get("q", ""))
        if asked.get("status") == AT_RISK:
            visits = visits.at_risk(at)
        elif asked.get("status") == NOT_RECONFIRMED:
            visits = not_reconfirmed(visits, at)
        elif asked.get("status") == CHANGED:
            visits = visits.changed_lately(at).with_last_change(at)
        elif "status" in asked:
            visits = visits.filter(status=asked["status"])
        if "from_day" in asked:
            visits = visits.filter(starts_at__gte=moment(asked["from_day"], time.min))
        if "to_day" in asked:
            visits = visits.filter(starts_at__lte=moment(asked["to_day"], time.max))
        return visits
