"""Telling employers of a term that is over, once and for all."""

from datetime import datetime

from django.db import transaction

from quality.employers.figures import Given, given_in, told_of
from quality.employers.people import people_counted
from quality.models import Employer, EmployerRelease, Release
from quality.terms import closed_by, closes_at
from stem.audit.record import record
from stem.terms import Term

LAST_SEASON = "summer"


@transaction.atomic
def tell_employers(*, at: datetime) -> int:
    """Tell each employer of the last term that the scheme has told of, all at one moment; how many. A sweep.

    Once told it stays as it is: who agrees later, or no longer, changes what is told next (rule N-02). Whoever was set
    up after the term had closed hears of the next. A school year of which no term could be told is told as a whole.
    """
    term = closed_by(at)
    if not Release.objects.filter(begins_on=term.first).exists():
        return 0
    done = EmployerRelease.objects.filter(begins_on=term.first, is_year=False).values("employer")
    waiting = list(Employer.objects.filter(set_up_at__lt=closes_at(term)).exclude(pk__in=done).order_by("pk"))
    if not waiting:
        return 0
    given = given_in([term], people_counted(written_by=closes_at(term)))
    told = sum(_keep(each, term, given.get(each.pk, Given()), at=at) for each in waiting)
    if term.season == LAST_SEASON:
        _tell_of_year(term, waiting, at=at)
    return told


def _keep(employer: Employer, term: Term, given: Given, *, at: datetime, is_year: bool = False) -> bool:
    """Keep what is told of this; whether it was told by us, and not by another at the same time."""
    release, is_new = EmployerRelease.objects.get_or_create(
        employer=employer,
        begins_on=term.first,
        is_year=is_year,
        defaults={"released_at": at, "told": told_of(given, several=is_year)},
    )
    if is_new:
        record("employer.tell", release, by=None, at=at)
    return is_new


def _tell_of_year(last: Term, employers: list[Employer], *, at: datetime) -> None:
    """Tell those of the whole year who could be told of none of its terms: no two that are told overlap.

    From the first of its terms that they were to be told of; with the ways to write a name of that time, so that nobody
    is counted whom another employer was told of meanwhile.
    """
    year = [last.before.before, last.before, last]
    rows = EmployerRelease.objects.filter(begins_on__in=[term.first for term in year], is_year=False)
    by_employer: dict[int, list[EmployerRelease]] = {}
    for each in rows.order_by("begins_on"):
        by_employer.setdefault(each.employer_id, []).append(each)
    for employer in employers:
        untold = [each for each in by_employer[employer.pk] if not each.told]
        if len(untold) == len(by_employer[employer.pk]) > 1:
            terms = [each.term for each in untold]
            people = people_counted(written_by=closes_at(terms[0]))
            _keep(employer, terms[0], given_in(terms, people).get(employer.pk, Given()), at=at, is_year=True)
