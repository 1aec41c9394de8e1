"""What an ambassador has given, school year by school year: visits, hours, and whom they reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Seat, Visit
from quality.enums import FeedbackSide
from quality.models import Feedback
from quality.suppression import in_words, rounded
from schools.terms.years import school_year, year_in_words
from stem.curriculum import ACTIVITIES, SUBJECTS
from stem.moments import day_of
from stem.nations import Nation

# A certificate's year is from September to August, wherever the schools were.
RECKONED_AS_IN = Nation.ENG
# Hours are told by the half.
STEP = 30
# The question by which a teacher counts the pupils.
PUPILS = "TF3"


@dataclass(frozen=True)
class Given:
    """What somebody gave in one school year, or in all of them together."""

    # Of which the year is that began in this one; None where it is all of them.
    year: int | None
    is_over: bool
    visits: int
    minutes: int
    # As many as teachers counted, and in how many of the visits they did.
    young_people: int
    counted: int
    schools: int
    subjects: tuple[str, ...]
    activities: tuple[str, ...]

    @property
    def name(self) -> str:
        """Which year, as people write it."""
        return "" if self.year is None else year_in_words(self.year)

    @property
    def hours(self) -> str:
        """How long they were with schools, by the half hour: "1 hour", "12½ hours"."""
        halves = max(1, round(self.minutes / STEP))
        number = f"{halves // 2 or ''}{'½' if halves % 2 else ''}"
        return ngettext("%(number)s hour", "%(number)s hours", 1 if halves <= 2 else 2) % {"number": number}

    @property
    def young_people_in_public(self) -> str:
        """How many young people, as others read it: by fives, for one visit more may be of three pupils (rule N-05)."""
        return in_words(rounded(self.young_people))

    @property
    def how_counted(self) -> str:
        """Who counted the young people, and in how many of the visits."""
        if self.counted == self.visits:
            return _("as their teachers counted them")
        words = _("as teachers counted them in %(counted)d of %(visits)d visits")
        return words % {"counted": self.counted, "visits": self.visits}


@dataclass(frozen=True)
class Record:
    """What somebody gave, in each school year in which a visit of theirs took place, the latest first; and in all."""

    years: list[Given]
    # None where no visit has taken place.
    in_all: Given | None

    def of(self, year: int) -> Given | None:
        """What they gave in one school year; None where no visit of theirs took place in it."""
        return next((each for each in self.years if each.year == year), None)


def record_of(ambassador: Ambassador, *, at: datetime) -> Record:
    """What this person has given so far, in two queries.

    Whoever came along to watch gave nothing yet. What a teacher has counted is known once both sides may know of the
    form (G-02).
    """
    visits = _visits_of(ambassador)
    counts, latest = _counted(visits, at=at), year_of(at)
    by_year: dict[int, list[Visit]] = {}
    for visit in visits:
        assert visit.starts_at is not None
        by_year.setdefault(year_of(visit.starts_at), []).append(visit)
    latest_first = sorted(by_year.items(), reverse=True)
    years = [_given(those, counts, year=year, is_over=year < latest) for year, those in latest_first]
    return Record(years, _given(visits, counts, year=None, is_over=False) if visits else None)


def year_of(moment: datetime) -> int:
    """The certificate's year that a moment is in, by the calendar year in which it began."""
    return school_year(day_of(moment), RECKONED_AS_IN)


def _visits_of(ambassador: Ambassador) -> list[Visit]:
    """The visits that they made and that took place, the first one first."""
    seats = Seat.objects.leads().filter(ambassador=ambassador, status=SeatStatus.TAKEN)
    delivered = Visit.objects.filter(pk__in=seats.values("visit"), status=VisitStatus.DELIVERED)
    return list(delivered.select_related("request").order_by("starts_at", "pk"))


def _counted(visits: Iterable[Visit], *, at: datetime) -> dict[int, int]:
    """How many pupils the teacher of each visit has counted, by the visit's key, where anybody has."""
    forms = Feedback.objects.revealed(at).filter(visit__in=visits, side=FeedbackSide.TEACHER)
    counts = {form.visit_id: _number(form.answers) for form in forms}
    return {visit: count for visit, count in counts.items() if count is not None}


def _number(answers: Mapping[str, Any]) -> int | None:
    said = str(answers.get(PUPILS, ""))
    return int(said) if said.isdecimal() else None


def _given(visits: list[Visit], counts: Mapping[int, int], *, year: int | None, is_over: bool) -> Given:
    requests = [visit.request for visit in visits]
    subjects = [SUBJECTS[each.subject].name for each in requests if each.subject in SUBJECTS]
    activities = [ACTIVITIES[each.activity].name for each in requests if each.activity in ACTIVITIES]
    return Given(
        year=year,
        is_over=is_over,
        visits=len(visits),
        minutes=sum(_minutes(visit) for visit in visits),
        young_people=_reached(visits, counts),
        counted=sum(visit.pk in counts for visit in visits),
        schools=len({each.school_id for each in requests}),
        subjects=tuple(dict.fromkeys(map(str, subjects))),
        activities=tuple(dict.fromkeys(map(str, activities))),
    )


def _reached(visits: Iterable[Visit], counts: Mapping[int, int]) -> int:
    """How many pupils there were: of a series, whose meetings are with the same ones, as many as came at most."""
    most: dict[int, int] = {}
    for visit in visits:
        # A visit that is no meeting of a series stands for itself: no key of a request is below nought.
        whose = visit.request_id if visit.request.is_series else -visit.pk
        most[whose] = max(most.get(whose, 0), counts.get(visit.pk, 0))
    return sum(most.values())


def _minutes(visit: Visit) -> int:
    assert visit.starts_at is not None
    assert visit.ends_at is not None
    return int((visit.ends_at - visit.starts_at).total_seconds() // 60)
