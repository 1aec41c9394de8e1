"""An ambassador's diary: what they have promised, what they are asked, when they are away, and when they are free."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from ambassadors.progress import away_between
from bookings.diaries.days import days_of
from bookings.diaries.diary import Diary
from bookings.diaries.entries import Entry, Sort, WholeDays
from bookings.diaries.shown import Show, Shown
from bookings.enums import STANDS, TAKES_PLACE, UPCOMING, Mode, OfferStatus, VisitStatus
from bookings.free_time import Span, free_time
from bookings.models import Offer, OwnVisit, Request, Seat
from bookings.queries.diary import STANDING
from bookings.queries.free import standing_of
from schools.models import School
from stem.curriculum import Words
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.workdays import bank_holidays

if TYPE_CHECKING:
    from stem.accounts.models import User

DAY = timedelta(days=1)
# What the looks of a diary mean, to whose it is.
LEGEND: tuple[tuple[str, Words], ...] = (
    (Sort.CONFIRMED, lazy("Visit, confirmed")),
    (Sort.KEPT, lazy("Visit, school to confirm")),
    (Sort.ASKED, lazy("You are asked")),
    (Sort.TRAVEL, lazy("On your way")),
    (Sort.OWN, lazy("Arranged yourself")),
    (Sort.DONE, lazy("Past visit")),
    (Sort.AWAY, lazy("Away")),
    ("busy", lazy("Not free")),
    ("free", lazy("Free")),
)


@dataclass(frozen=True)
class MyDiary(Diary):
    """An ambassador's own."""

    # Why nobody asks them at all, in a sentence.
    pause: str = ""

    @property
    def may_go_away(self) -> bool:
        """Whether they could still say that they are away on the chosen day."""
        return self.shown.on >= self.shown.today and self.chosen.state != "away"

    @property
    def legend(self) -> tuple[tuple[str, Words], ...]:
        """What each look means."""
        return LEGEND


def my_diary(ambassador: Ambassador, user: "User", shown: Shown, *, at: datetime) -> MyDiary:
    """The days on show, in four queries, or seven where free time is shown too."""
    first, last = shown.first, shown.last
    away = [
        WholeDays(Sort.AWAY, hold.starts_on, hold.ends_on, _("You are away"), reverse("go_away"))
        for hold in away_between(ambassador, first, last)
    ]
    timed = [*_promised(user, first, last), *_asked(user, first, last, at=at)]
    is_asked = ambassador.status == AmbassadorStatus.ACTIVE
    spans = _free(ambassador, away, shown, at=at) if is_asked and shown.show != Show.LIST else []
    holidays = {day for year in {first.year, last.year} for day in bank_holidays(ambassador.nation or Nation.ENG, year)}
    days = days_of(
        first, last, timed=timed, whole=[*away, *_arranged(user, first, last)], spans=spans, bank_holidays=holidays
    )
    return MyDiary(shown, days, "" if is_asked else _("Nobody asks you for visits now, so no free time is shown."))


def _between(first: date, last: date) -> tuple[datetime, datetime]:
    return moment(first, time()), moment(last + DAY, time())


def _promised(user: "User", first: date, last: date) -> Iterator[Entry]:
    """Visits of theirs, each with the way there and back where we know it."""
    begin, end = _between(first, last)
    accepted = Offer.objects.filter(seat=OuterRef("pk"), ambassador=OuterRef("ambassador"), status=OfferStatus.ACCEPTED)
    seats = (
        Seat.objects.held_by(user)
        .filter(visit__status__in=STANDS, visit__starts_at__gte=begin, visit__starts_at__lt=end)
        .select_related("visit__request__school")
        .annotate(way=Subquery(accepted.values("minutes")[:1]))
    )
    for seat in seats:
        visit = seat.visit
        assert visit.starts_at is not None and visit.ends_at is not None
        status, tone = STANDING[VisitStatus(visit.status)]
        yield Entry(
            _sort_of(VisitStatus(visit.status)),
            visit.starts_at,
            visit.ends_at,
            str(visit.request.school),
            _watching(_where(visit.request), seat),
            reverse("visit", args=[visit.pk]),
            str(status),
            tone,
        )
        # The column is of the query, which the model knows nothing of.
        minutes: int | None = vars(seat)["way"]
        if minutes and not visit.request.is_online and visit.status in TAKES_PLACE:
            yield from _way(visit.starts_at, visit.ends_at, minutes, visit.request.school)


def _where(request: Request) -> str:
    return _("Online") if request.is_online else request.school.town


def _watching(where: str, seat: Seat) -> str:
    """Where it is, and that they come along to watch where that is so."""
    return ". ".join([where, _("You come along to watch")]) if seat.is_shadow else where


def _sort_of(status: VisitStatus) -> Sort:
    if status == VisitStatus.CONFIRMED:
        return Sort.CONFIRMED
    return Sort.KEPT if status in UPCOMING else Sort.DONE


def _way(starts_at: datetime, ends_at: datetime, minutes: int, school: School) -> Iterator[Entry]:
    """There and back, as long as we reckon it to take (rule T-30), within the day of the visit."""
    way = timedelta(minutes=minutes)
    first = max(starts_at - way, moment(day_of(starts_at), time()))
    words = ngettext("%(n)d minute to %(school)s", "%(n)d minutes to %(school)s", minutes)
    yield Entry(Sort.TRAVEL, first, starts_at, _("On your way"), words % {"n": minutes, "school": school})
    words = ngettext("%(n)d minute from %(school)s", "%(n)d minutes from %(school)s", minutes)
    yield Entry(Sort.TRAVEL, ends_at, ends_at + way, _("On your way back"), words % {"n": minutes, "school": school})


def _asked(user: "User", first: date, last: date, *, at: datetime) -> Iterator[Entry]:
    """The times of what they are asked and have not answered: one query, offers and possible times together."""
    begin, end = _between(first, last)
    offers = Offer.objects.made_to(user).awaiting_answer().filter(lapses_at__gt=at)
    fixed = offers.filter(visit__starts_at__gte=begin, visit__starts_at__lt=end)
    open_still = offers.filter(
        visit__starts_at=None,
        visit__request__possible_times__starts_at__gt=at,
        visit__request__possible_times__starts_at__gte=begin,
        visit__request__possible_times__starts_at__lt=end,
    )
    columns = ("pk", "visit__request__mode", "visit__request__school__name", "visit__request__school__town")
    times = "visit__request__possible_times__"
    rows = fixed.order_by().values_list(*columns, "visit__starts_at", "visit__ends_at")
    rows = rows.union(open_still.order_by().values_list(*columns, f"{times}starts_at", f"{times}ends_at"), all=True)
    for pk, mode, school, town, starts_at, ends_at in rows:
        where, offer = _("Online") if mode == Mode.ONLINE else town, reverse("offer", args=[pk])
        yield Entry(Sort.ASKED, starts_at, ends_at, school, where, offer, _("Waiting for your answer"), "waiting")


def _arranged(user: "User", first: date, last: date) -> Iterator[WholeDays]:
    """Days that they arranged without us."""
    rows = OwnVisit.objects.visible_to(user).filter(day__gte=first, day__lte=last)
    for row in rows:
        yield WholeDays(Sort.OWN, row.day, row.day, row.place, reverse("own_visits"), _("Arranged yourself"))


def _free(ambassador: Ambassador, away: list[WholeDays], shown: Shown, *, at: datetime) -> list[Span]:
    """When they can be asked from today on: by what they have said themselves, and by nothing that others have."""
    first = max(shown.first, shown.today)
    if first > shown.last:
        return []
    own = tuple((each.first, each.last) for each in away)
    return free_time(standing_of(ambassador, first, shown.last, away=own), first, shown.last, at=at)
