"""What was said of somebody's visits, one after another, as the triggers see it (rules S-01, 2.5)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import OfferEvent, Seat, Visit
from quality.enums import CaseRule, FeedbackSide
from quality.models import CaseMix, Conflict, Feedback
from quality.models.case_mix import Kind
from quality.settling import went_ahead
from quality.statistics import COUNTED_PER_SCHOOL, Usual, adjusted, school_year
from quality.triggers import YEAR, Fired, Told, fired, school_is_called
from schools.models import School
from stem.moments import day_of
from stem.nations import Nation
from stem.workdays import working_days_between

# So far back ratings count (rule S-01), and a promise given back in fewer working days than these was late (rule R4).
WINDOW = timedelta(days=730)
LATE_DAYS = 5
# The answers by which each rule goes: what its evidence keeps.
ASKED_BY: Mapping[CaseRule, tuple[tuple[FeedbackSide, str], ...]] = {
    CaseRule.R1: ((FeedbackSide.TEACHER, "T9"), (FeedbackSide.TEACHER, "T10")),
    CaseRule.R2: ((FeedbackSide.TEACHER, "T9"),),
    CaseRule.R2B: ((FeedbackSide.TEACHER, "T9"),),
    CaseRule.R3: ((FeedbackSide.TEACHER, "T9"),),
    CaseRule.R4: (),
    CaseRule.WORDS: (),
    CaseRule.R5: ((FeedbackSide.TEACHER, "T5"),),
    CaseRule.R6: ((FeedbackSide.TEACHER, "T6"),),
    CaseRule.R7: ((FeedbackSide.TEACHER, "T2"),),
    CaseRule.R8: ((FeedbackSide.TEACHER, "T3"), (FeedbackSide.AMBASSADOR, "A6")),
    CaseRule.R9: ((FeedbackSide.AMBASSADOR, "A1"), (FeedbackSide.AMBASSADOR, "A3"), (FeedbackSide.AMBASSADOR, "A5")),
}


@dataclass(frozen=True)
class History:
    """Visits in the order of their days with what both sides said, and the forms themselves."""

    told: Sequence[Told]
    forms: Mapping[tuple[int, str], Feedback]
    # What is usual among all ratings (rule S-03).
    usual: Usual = field(default_factory=Usual)

    def fired_since(self, visit: int) -> list[Fired]:
        """What this visit gives reason for, and each later one, with all before it: a form may come in late."""
        return [each for told in self._up_to_each(visit) for each in fired(told, self.usual)]

    def school_called_since(self, visit: int) -> list[Fired]:
        """The same of a school that receives visitors."""
        called = (school_is_called(told) for told in self._up_to_each(visit))
        return [Fired(CaseRule.R9, visits) for visits in called if visits]

    def _up_to_each(self, visit: int) -> Iterator[Sequence[Told]]:
        first = next((at for at, each in enumerate(self.told) if each.visit == visit), len(self.told))
        return (self.told[: end + 1] for end in range(first, len(self.told)))

    def evidence(self, found: Fired) -> list[dict[str, Any]]:
        """What the rule saw: each visit's form, and its answers to the questions that the rule goes by.

        Of R3 also as what a rating counts, once what its kind of visit makes of ratings is taken out.
        """
        kept = [each for visit in found.visits for each in self._evidence_of(visit, found.rule)]
        if found.rule == CaseRule.R3:
            ratings = {told.visit: told.rating for told in self.told}
            return [{**each, "score": round(ratings[each["visit"]], 2)} for each in kept]
        return kept

    def _evidence_of(self, visit: int, rule: CaseRule) -> Iterator[dict[str, Any]]:
        sides: dict[FeedbackSide, list[str]] = {}
        for side, code in ASKED_BY[rule]:
            sides.setdefault(side, []).append(code)
        for side, codes in sides.items():
            form = self.forms.get((visit, side))
            if form is not None:
                said = {code: form.answers[code] for code in codes if code in form.answers}
                yield {"visit": visit, "form": form.pk, "said": said}
            else:
                yield {"visit": visit, "form": None, "said": {}}


def history_of_person(person: Ambassador, *, at: datetime) -> History:
    """What was said of the visits of 24 months that this person led: of each school two a school year count (S-01).

    Each overall rating with what its kind of visit makes of ratings taken out, as it was last reckoned (S-02).
    """
    mine = Seat.objects.leads().filter(ambassador=person, status=SeatStatus.TAKEN).values("visit")
    mix = CaseMix.objects.in_force()
    history = _history(Visit.objects.filter(pk__in=mine), at, mix)
    return replace(history, told=list(_counted(history.told)), usual=mix.usual if mix else Usual())


def history_of_school(school: School, *, at: datetime) -> History:
    """What was said of the visits of 24 months to this school."""
    return _history(Visit.objects.filter(request__school=school), at)


def _history(visits: "QuerySet[Visit]", at: datetime, mix: CaseMix | None = None) -> History:
    rows = visits.filter(starts_at__gt=at - WINDOW, starts_at__lte=at).order_by("starts_at", "pk")
    columns = ("pk", "request__school", "starts_at", "status", "request__activity", "request__stage")
    found = list(rows.values_list(*columns))
    forms = {
        (form.visit_id, form.side): form
        for form in Feedback.objects.submitted().filter(visit__in=[pk for pk, *_rest in found])
    }
    # Whoever is too close to the other side rates nothing, and the visit itself stays (rule G-04).
    for close in Conflict.objects.of_visits([pk for pk, *_rest in found]):
        for side in FeedbackSide:
            forms.pop((close, side), None)
    told = [
        Told(
            pk,
            school,
            day_of(starts_at),
            teacher=_rating(_answers(forms, pk, FeedbackSide.TEACHER)),
            score=_score(_answers(forms, pk, FeedbackSide.TEACHER), Kind(activity, stage), mix),
            ambassador=_answers(forms, pk, FeedbackSide.AMBASSADOR),
            school_missed=status == VisitStatus.NO_SHOW_BY_SCHOOL
            or (_answers(forms, pk, FeedbackSide.AMBASSADOR) or {}).get("A1") == "school_not_ready",
        )
        for pk, school, starts_at, status, activity, stage in found
        if starts_at is not None
    ]
    return History(told, forms)


def _answers(forms: Mapping[tuple[int, str], Feedback], visit: int, side: FeedbackSide) -> dict[str, Any] | None:
    form = forms.get((visit, side))
    return None if form is None else form.answers


def _rating(teacher: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a teacher said of a visit, where there was one."""
    return teacher if teacher is not None and went_ahead(teacher) else None


def _score(teacher: dict[str, Any] | None, kind: Kind, mix: CaseMix | None) -> float | None:
    """The overall rating without what its kind of visit makes of ratings (rule S-02)."""
    rated = str((teacher or {}).get("T9", ""))
    if mix is None or rated not in ("1", "2", "3", "4", "5"):
        return None
    return adjusted(float(rated), kind, mix.mu, mix.means)


def _counted(told: Iterable[Told]) -> Iterator[Told]:
    """The same, without what a school said of a third visit in a school year and those after it (rule S-01)."""
    rated: Counter[tuple[int, int]] = Counter()
    for each in told:
        key = each.school, school_year(each.on)
        rated[key] += each.teacher is not None
        yield replace(each, teacher=None) if rated[key] > COUNTED_PER_SCHOOL else each


@dataclass(frozen=True)
class Missed:
    """The visits of twelve months to which somebody did not come, and those they gave back late, by day (rule R4)."""

    no_shows: Mapping[int, date]
    late: Mapping[int, date]


def missed_by(person: Ambassador, *, at: datetime) -> Missed:
    """What this person missed in twelve months, whatever the reason: somebody speaks with them, and hears it."""
    since = at - YEAR
    seats = Seat.objects.leads().filter(ambassador=person, visit__status=VisitStatus.NO_SHOW_BY_AMBASSADOR)
    stood_up = seats.filter(visit__starts_at__gt=since, visit__starts_at__lte=at)
    given_back = OfferEvent.objects.filter(offer__ambassador=person, kind="release", at__gt=since).select_related(
        "offer__visit__request__school"
    )
    late = {}
    for event in given_back:
        visit, day = event.offer.visit, day_of(event.at)
        is_theirs = event.on_behalf_of == str(person) or (event.by_id is not None and event.by_id == person.user_id)
        if visit.starts_at is None or not is_theirs:
            continue
        if working_days_between(day, day_of(visit.starts_at), Nation(visit.request.school.nation)) < LATE_DAYS:
            late[visit.pk] = day
    days = stood_up.values_list("visit", "visit__starts_at")
    return Missed({pk: day_of(starts_at) for pk, starts_at in days if starts_at is not None}, late)
