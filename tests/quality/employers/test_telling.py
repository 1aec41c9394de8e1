"""An employer is told of a term once, of five people who agreed at least; and no two readings tell of one person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ambassadors.enums import AmbassadorStatus
from bookings.enums import SeatKind, VisitStatus
from quality.models import Employer, EmployerAgreement, EmployerRelease, EmployerSpelling, Feedback
from quality.operations.telling_employers import tell_employers
from quality.terms import closes_at
from stem.geography.models import Region, RegionArea
from stem.terms import Term
from tests import make
from tests.make.employers import TOLD

pytestmark = pytest.mark.django_db

# 10 February 2027, on which visits are made, is in the term from January to April, which closes on 5 June.
TERM = Term(date(2027, 1, 1))
CLOSED = datetime(2027, 6, 6, 3, 40, tzinfo=UTC)


def told(of: Employer, *, at: datetime = CLOSED) -> dict:
    """What this employer is told of the term, once the scheme was told of it."""
    make.release(term=TERM)
    tell_employers(at=at)
    return EmployerRelease.objects.get(employer=of, begins_on=TERM.first).told


def people(n: int, **columns) -> list:
    """So many people who agreed, each with a visit of an hour for 27 pupils at a school of its own."""
    return [make.counted_visit(**columns) for _ in range(n)]


def person_of(visit):
    """Who came."""
    return visit.seats.get().ambassador


def test_five_people_who_agreed_are_told_of_in_round_numbers():
    northern = make.employer()
    people(6)
    assert told(northern) == {
        "visits": 5,
        "hours": 5,
        "pupils": 160,
        "schools": 5,
        "regions": [],
        "fields": ["engineering"],
        "words": [],
    }


def test_of_four_nothing_is_told():
    northern = make.employer()
    for visit in people(4):
        make.counted_visit(person_of(visit))
    assert told(northern) == {}


def test_of_five_visits_of_five_people_nothing_is_told_or_each_would_be_known_to_have_made_one():
    northern = make.employer()
    visits = people(5)
    assert told(northern) == {}
    EmployerRelease.objects.all().delete()
    make.counted_visit(person_of(visits[0]))
    tell_employers(at=CLOSED)
    assert EmployerRelease.objects.get().told["visits"] == 5


def test_whoever_did_not_agree_is_counted_nowhere():
    northern = make.employer()
    people(6)
    people(7, agreed=False)
    assert told(northern)["visits"] == 5


def test_four_who_agreed_beside_many_who_did_not_are_told_nothing_of():
    northern = make.employer()
    people(4)
    people(9, agreed=False)
    assert told(northern) == {}


def test_nothing_is_told_where_one_of_them_did_more_than_half():
    northern = make.employer()
    busy = person_of(people(5)[0])
    for _ in range(4):
        make.counted_visit(busy)
    assert told(northern) == {}
    EmployerRelease.objects.all().delete()
    people(1)
    tell_employers(at=CLOSED)
    assert EmployerRelease.objects.get().told["visits"] == 10


def test_whoever_reads_the_page_is_none_of_the_five():
    northern = make.employer()
    reader = person_of(people(5)[0])
    make.employer_lead(northern, user=reader.user)
    assert told(northern) == {}


def test_a_reader_s_own_visits_are_told_of_with_those_of_five_others():
    northern = make.employer()
    reader = person_of(people(7)[0])
    make.employer_lead(northern, user=reader.user)
    for _ in range(3):
        make.counted_visit(reader)
    assert told(northern)["visits"] == 10


def test_visits_count_from_the_day_on_which_somebody_agreed():
    northern = make.employer()
    visits = people(6)
    late = EmployerAgreement.objects.filter(ambassador__in=[person_of(visit) for visit in visits[:2]])
    late.update(agreed_at=make.FIRST_TIME[0] + timedelta(days=40))
    assert told(northern) == {}


def test_an_agreement_that_was_withdrawn_is_in_nothing_that_is_told_next():
    northern = make.employer()
    visits = people(5)
    EmployerAgreement.objects.filter(ambassador=person_of(visits[0])).delete()
    assert told(northern) == {}


@pytest.mark.parametrize("status", [AmbassadorStatus.LEFT, AmbassadorStatus.DECLINED, AmbassadorStatus.SEALED])
def test_whoever_takes_no_part_any_more_is_not_counted(status):
    northern = make.employer()
    person = person_of(people(5)[0])
    type(person).objects.filter(pk=person.pk).update(status=status)
    assert told(northern) == {}


def test_whoever_works_elsewhere_by_now_is_counted_for_neither_until_they_agree_anew():
    northern, southern = make.employer(), make.employer("Southern Tunnels")
    moved = person_of(people(5)[0])
    people(6, works_for="Southern Tunnels")
    type(moved).objects.filter(pk=moved.pk).update(organisation="Southern Tunnels")
    assert told(northern) == {}
    assert EmployerRelease.objects.get(employer=southern).told["pupils"] == 160


def test_another_way_to_write_the_same_employer_keeps_the_agreement():
    northern = make.employer(spellings=("NBL",))
    person = person_of(people(6)[0])
    type(person).objects.filter(pk=person.pk).update(organisation="N.B.L. plc")
    assert told(northern)["visits"] == 5


@pytest.mark.parametrize("status", [VisitStatus.NOT_DELIVERED, VisitStatus.CANCELLED_BY_SCHOOL, VisitStatus.CONFIRMED])
def test_visits_that_did_not_take_place_are_not_counted(status):
    northern = make.employer()
    visit = people(5)[0]
    type(visit).objects.filter(pk=visit.pk).update(status=status)
    assert told(northern) == {}


def test_whoever_came_to_watch_is_not_counted():
    northern = make.employer()
    visits = people(5)
    visits[0].seats.update(kind=SeatKind.SHADOW)
    assert told(northern) == {}


def test_pupils_are_as_many_as_the_teacher_counted_and_hours_those_of_the_lessons():
    northern = make.employer()
    visits = people(6)
    for visit in visits:
        make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "TF3": "60"})
        visit.sessions.all().delete()
        for part in (0, 1):
            begins = visit.starts_at + timedelta(minutes=60 * part)
            visit.sessions.create(starts_at=begins, ends_at=begins + timedelta(hours=1))
    figures = told(northern)
    assert (figures["pupils"], figures["hours"]) == (360, 10)


def test_two_who_come_together_make_one_visit_and_give_two_hours():
    northern = make.employer()
    visits = people(5)
    for visit in visits:
        person = make.ambassador(organisation="Northern Bridges")
        make.employer_agreement(person)
        visit.seats.create(status="taken", ambassador=person)
    figures = told(northern)
    assert (figures["visits"], figures["hours"], figures["pupils"]) == (5, 10, 135)


# --- where


def regions() -> None:
    """Leeds in the north, Truro in the south."""
    for name, area in (("North", "LS"), ("South", "TR")):
        RegionArea.objects.create(region=Region.objects.create(name=name, slug=area), area=area)


def test_regions_are_named_where_five_people_were_in_each():
    regions()
    northern = make.employer()
    people(6)
    for _ in range(6):
        make.counted_visit(school=make.school(postcode="TR1 2QQ"))
    assert told(northern)["regions"] == [[["North"], 5], [["South"], 5]]


def test_a_small_region_is_not_told_of():
    regions()
    northern = make.employer()
    people(6)
    make.counted_visit(school=make.school(postcode="TR1 2QQ"))
    figures = told(northern)
    assert (figures["visits"], figures["regions"]) == (5, [])


def test_a_subject_of_fewer_than_five_people_is_not_named():
    northern = make.employer()
    people(6)
    for _ in range(4):
        make.counted_visit(subject="statistics")
    assert told(northern)["fields"] == ["engineering"]


# --- once


def test_it_is_told_once_whoever_agrees_or_leaves_afterwards():
    northern = make.employer()
    visits = people(6)
    before = told(northern)
    people(5)
    EmployerAgreement.objects.filter(ambassador__in=[person_of(visit) for visit in visits[:3]]).delete()
    assert tell_employers(at=CLOSED + timedelta(days=1)) == 0
    assert EmployerRelease.objects.get().told == before


def test_too_few_is_told_once_as_well():
    northern = make.employer()
    people(4)
    assert told(northern) == {}
    people(1)
    tell_employers(at=CLOSED + timedelta(days=1))
    assert EmployerRelease.objects.get().told == {}


def test_it_waits_until_the_scheme_was_told_of_the_term():
    make.employer()
    people(5)
    assert tell_employers(at=CLOSED) == 0
    assert not EmployerRelease.objects.exists()


def test_an_employer_set_up_after_the_term_had_closed_hears_of_the_next():
    make.employer(at=closes_at(TERM))
    people(5)
    make.release(term=TERM)
    assert tell_employers(at=CLOSED) == 0


def test_nobody_is_told_of_again_under_another_employer_to_which_their_way_of_writing_has_moved():
    northern = make.employer(spellings=("Bridge Works",))
    make.employer("Bridges Holding")
    people(3)
    people(5, works_for="Bridge Works")
    assert told(northern)["pupils"] == 215
    EmployerSpelling.objects.filter(words="Bridge Works").delete()
    holding = Employer.objects.get(name="Bridges Holding")
    holding.spellings.create(words="Bridge Works", key="bridgeworks", added_at=closes_at(TERM))
    EmployerRelease.objects.filter(employer=holding).delete()
    tell_employers(at=CLOSED + timedelta(days=1))
    assert EmployerRelease.objects.get(employer=holding).told == {}


# --- a school year


def a_small_year(*, told_of: int | None = None) -> Employer:
    """An employer of which four people made visits each term, but in the spring five where it could be told of."""
    northern = make.employer(at=datetime(2026, 8, 1, tzinfo=UTC))
    for term in (TERM.before, TERM):
        make.employer_release(northern, begins_on=term.first, told={} if term.year != told_of else TOLD)
    summer = TERM.after
    make.release(term=summer)
    visits = [*people(4), *people(4), *people(4)]
    for visit in visits[:4]:
        visit.starts_at, visit.ends_at = (each - timedelta(weeks=13) for each in (visit.starts_at, visit.ends_at))
        visit.save()
    for visit in visits[8:]:
        visit.starts_at, visit.ends_at = (each + timedelta(weeks=16) for each in (visit.starts_at, visit.ends_at))
        visit.save()
    return northern


def test_a_year_of_terms_that_were_each_too_few_is_told_of_as_a_whole():
    northern = a_small_year()
    tell_employers(at=closes_at(TERM.after) + timedelta(days=2))
    year = EmployerRelease.objects.get(employer=northern, is_year=True)
    assert (year.begins_on, year.told["visits"], year.told["pupils"]) == (TERM.before.first, 10, 325)


def test_a_year_of_which_a_term_was_told_is_not_or_the_rest_could_be_found_by_subtraction():
    northern = a_small_year(told_of=2027)
    tell_employers(at=closes_at(TERM.after) + timedelta(days=2))
    assert not EmployerRelease.objects.filter(employer=northern, is_year=True).exists()


# --- what schools said


def test_words_are_told_where_they_are_of_five_people_and_of_none_of_fewer():
    northern = make.employer()
    visits = people(5)
    for visit in visits[:4]:
        make.employer_quote(visit, f"Words of {visit.pk}")
    make.employer_quote(make.counted_visit(person_of(visits[0])), "More of the same")
    assert told(northern)["words"] == []


def test_words_of_five_people_are_told_with_numbers_that_name_nobody():
    northern = make.employer()
    visits = people(5)
    make.counted_visit(person_of(visits[0]))
    quotes = [make.employer_quote(visit, f"Words of {visit.pk}") for visit in visits]
    figures = told(northern)
    assert sorted(pk for pk, _person in figures["words"]) == sorted(quote.comment_id for quote in quotes)
    assert sorted(person for _pk, person in figures["words"]) == [0, 1, 2, 3, 4]
    assert Feedback.objects.count() == 5
