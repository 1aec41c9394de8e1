"""Days with under-18s through the real operations: the fourth within thirty takes another check (rule V-15)."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.matching.near_misses import find_near_misses, why_not_asked
from bookings.matching.ranking import Match, rank, wanted_by
from bookings.models import Visit
from bookings.operations.offers import accept_offer, invite_ambassador
from bookings.operations.standing import give_back_lapsed, take_back_requirement
from bookings.operations.visits import confirm_visit
from stem.accounts.roles import Role
from stem.rules import Audience, Refusal
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ARRANGEMENTS = make.arrangements()
NEUTRAL = "We need to find a different ambassador."
TO_COORDINATOR = (
    "More than 3 days with under-18s within 30. Offer fewer dates, ask somebody else, or start an upgraded check."
)
TO_THEM = (
    "That would be more than 3 days with under-18s within 30, which takes an upgraded check. "
    "Choose fewer dates, or ask us to start the check."
)


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(cleared=True)


def january(day: int, hour: int = 10) -> tuple[datetime, datetime]:
    starts_at = datetime(2027, 1, day, hour, tzinfo=UTC)
    return starts_at, starts_at + HOUR


def accept_at(person: Ambassador, starts_at: datetime, **columns) -> None:
    request = make.request(status="open", times=((starts_at, starts_at + HOUR),), **columns)
    offer = make.offer(visit=make.visit(request=request), ambassador=person)
    accept_offer(offer=offer, starts_at=starts_at, by=person.user, at=AT)


def accept(person: Ambassador, *days: int, **columns) -> None:
    """Yes to a visit on each of these days in January, each to a school of its own unless told otherwise."""
    for day in days:
        accept_at(person, january(day)[0], **columns)


def refusal_of(person: Ambassador, day: int, **columns) -> Refusal:
    with pytest.raises(Refusal) as refused:
        accept(person, day, **columns)
    assert refused.value.codes == ["RA_BARRED_LIST"]
    return refused.value


def held(person: Ambassador, day: int, status: VisitStatus = VisitStatus.CONFIRMED, **columns) -> Visit:
    return make.visit(ambassador=person, status=status, time=january(day), **columns)


@pytest.mark.parametrize("order", [*permutations((1, 10, 20, 30))][::5])
def test_the_fourth_day_within_thirty_is_refused_whichever_is_asked_for_last(person, order):
    accept(person, *order[:3])
    refusal_of(person, order[3])


def test_a_weekly_club_is_refused_at_its_fourth_week(person):
    accept(person, 4, 11, 18)
    refusal_of(person, 25)


def test_the_fourth_day_is_accepted_when_thirty_days_lie_between(person):
    accept(person, 1, 10, 20, 31)
    assert Visit.objects.filter(seats__ambassador=person).count() == 4


def test_four_visits_of_one_day_are_one_day(person):
    for hour in (9, 11, 13, 15):
        accept_at(person, january(12, hour)[0])
    accept(person, 13, 14)
    refusal_of(person, 15)


def test_days_count_across_schools_live_online_and_in_wales(person):
    wales = make.contact(school=make.school(postcode="CF10 1EP", town="Cardiff"))
    accept(person, 1, contact=wales)
    accept(person, 10, mode="online")
    accept(person, 20)
    refusal_of(person, 30, contact=wales)


def test_what_happened_long_before_or_comes_long_after_does_not_bear_on_a_day(person):
    for day in (1, 2, 3, 4):
        make.own_visit(person, day=date(2026, 11, day))
        make.own_visit(person, day=date(2027, 3, day))
    accept(person, 15)


@pytest.mark.parametrize("status", [VisitStatus.FINDING, VisitStatus.MATCHED, VisitStatus.DELIVERED])
def test_a_promised_or_delivered_visit_counts(person, status):
    held(person, 1, status)
    accept(person, 10, 20)
    refusal_of(person, 30)


@pytest.mark.parametrize(
    "status",
    [
        VisitStatus.CANCELLED_BY_SCHOOL,
        VisitStatus.CANCELLED_BY_AMBASSADOR,
        VisitStatus.CANCELLED_BY_SCHEME,
        VisitStatus.NO_SHOW_BY_SCHOOL,
        VisitStatus.NO_SHOW_BY_AMBASSADOR,
        VisitStatus.NOT_DELIVERED,
    ],
)
def test_a_visit_that_was_called_off_or_did_not_take_place_does_not_count(person, status):
    held(person, 1, status)
    accept(person, 10, 20, 30)


def test_an_own_visit_counts_past_or_to_come(person):
    for day in (date(2026, 11, 20), date(2026, 11, 25), date(2026, 12, 10)):
        make.own_visit(person, day=day)
    with pytest.raises(Refusal) as refused:
        accept_at(person, datetime(2026, 12, 19, 10, tzinfo=UTC))
    assert refused.value.codes == ["RA_BARRED_LIST"]
    accept_at(person, datetime(2026, 12, 20, 10, tzinfo=UTC))


@pytest.mark.parametrize("columns", [{"with_under_18s": False}, {"nation": "scotland"}, {"nation": "northern_ireland"}])
def test_an_own_visit_with_adults_or_where_the_rule_does_not_hold_does_not_count(person, columns):
    make.own_visit(person, day=date(2027, 1, 1), **columns)
    accept(person, 10, 20, 30)


def test_two_on_one_day_are_one_whoever_arranged_them(person):
    make.own_visit(person, day=date(2027, 1, 10))
    accept(person, 1, 10, 20)
    refusal_of(person, 30)


def test_others_days_do_not_count(person):
    other = make.ambassador(name="Other", cleared=True)
    for day in (1, 10, 20):
        held(other, day)
    make.own_visit(other, day=date(2027, 1, 25))
    accept(person, 1, 10, 30)


def test_in_summer_a_visit_just_after_midnight_belongs_to_the_day_that_it_is_there(person):
    # 23:30 in UTC on 30 June is half past midnight on 1 July in London.
    night = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(night, night + HOUR))
    for day in (date(2027, 7, 1), date(2027, 7, 2)):
        make.own_visit(person, day=day)
    accept_at(person, datetime(2027, 7, 3, 10, tzinfo=UTC))


def test_with_the_barred_list_there_is_no_limit():
    person = make.ambassador(status="active")
    make.clear(person, barred_list=True)
    accept(person, 1, 10, 20, 30)


def test_the_latest_check_of_an_issuer_speaks_and_only_while_it_counts():
    person = make.ambassador(status="active")
    make.clear(person, barred_list=True)
    second = make.user()
    new = {"kind": RequirementKind.CRC, "body": "dbs", "started_on": date(2026, 10, 1), "confirmed_by": second}
    later = make.requirement(person, recorded_by=make.user(), **new)
    accept(person, 1, 10, 20)
    refusal_of(person, 30)

    later.confirmed_by = later.confirmed_at = None
    later.save()
    accept(person, 30)


def test_scotland_and_northern_ireland_are_outside_the_count():
    person = make.ambassador(status="active", postcode="G2 1DY")
    make.clear(person, body=CheckBody.PVG)
    scotland = make.contact(school=make.school(postcode="G1 1XQ", town="Glasgow"))
    accept(person, 1, 2, 3, 4, 5, contact=scotland)
    accept(person, 6)


def test_each_hears_words_of_their_own(person):
    accept(person, 1, 10, 20)
    refusal = refusal_of(person, 30)
    assert refusal.told_to() == NEUTRAL
    assert refusal.told_to(Audience.COORDINATOR) == TO_COORDINATOR
    assert refusal.told_to(Audience.PERSON) == TO_THEM
    assert "children’s barred list" in refusal.told_to(Audience.ENTITLED)


def test_nobody_is_offered_a_day_too_many_and_a_coordinator_reads_what_would_help(person):
    accept(person, 1, 10, 20)
    friday, monday = january(29), (january(29)[0] + timedelta(days=3), january(29)[1] + timedelta(days=3))
    request = make.request(status="open", times=(friday, monday))
    wanted = wanted_by(request, [friday, monday])

    [match] = rank(wanted, at=AT)

    assert match.times == (monday,)
    only = wanted_by(request, [friday])
    assert rank(only, at=AT) == []
    assert [miss.why_not for miss in find_near_misses(only, friday, limit=5, at=AT)] == [TO_COORDINATOR]
    assert why_not_asked(only, friday, person, at=AT) == [TO_COORDINATOR]


def test_inviting_someone_for_a_day_too_many_is_refused(person):
    accept(person, 1, 10, 20)
    visit = make.visit(request=make.request(status="open", times=(january(30),)))
    match = Match(person, 0.5, {}, (), 10, (january(30),))
    with pytest.raises(Refusal) as refused:
        invite_ambassador(seat=visit.seats.get(), match=match, by=make.staff(Role.COORDINATOR), at=AT)
    assert refused.value.codes == ["RA_BARRED_LIST"]


def test_no_school_confirms_a_day_too_many_and_none_learns_why(person):
    visit = held(person, 30, VisitStatus.MATCHED)
    for day in (10, 12, 20):
        make.own_visit(person, day=date(2027, 1, day))
    with pytest.raises(Refusal) as refused:
        confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=visit.request.contact.user, at=AT)
    assert (refused.value.codes, refused.value.told_to()) == (["RA_BARRED_LIST"], NEUTRAL)


def test_confirming_the_third_day_goes_through(person):
    held(person, 1)
    held(person, 10, VisitStatus.MATCHED)
    visit = held(person, 20, VisitStatus.MATCHED)
    confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=visit.request.contact.user, at=AT)


def is_kept(visit: Visit) -> bool:
    return visit.seats.filter(status=SeatStatus.TAKEN).exists()


def test_of_days_that_have_become_too_many_the_last_is_given_back_when_it_is_near(person):
    visits = [held(person, day) for day in (4, 11, 25)]
    make.own_visit(person, day=date(2027, 1, 18))

    assert give_back_lapsed(at=datetime(2027, 1, 3, tzinfo=UTC)) == 0
    assert give_back_lapsed(at=datetime(2027, 1, 17, tzinfo=UTC)) == 1

    assert [is_kept(visit) for visit in visits] == [True, True, False]


def test_without_the_check_that_allowed_them_days_too_many_are_given_back():
    person = make.ambassador(status="active")
    make.clear(person)
    officer = make.staff(Role.VETTING_OFFICER)
    new = {"kind": RequirementKind.CRC, "body": "dbs", "started_on": date(2026, 10, 1), "confirmed_by": make.user()}
    upgraded = make.requirement(person, recorded_by=officer, barred_list=True, **new)
    visits = [held(person, day) for day in (4, 11, 18, 25)]

    take_back_requirement(requirement=upgraded, by=officer, at=AT)

    assert [is_kept(visit) for visit in visits] == [True, True, True, False]


def test_judging_takes_as_many_queries_for_many_days_as_for_none(django_assert_num_queries):
    person = make.ambassador(status="active")
    make.clear(person, barred_list=True)
    wanted = wanted_by(make.request(), [january(28), january(29)])
    for day in (2, 3, 4, 5):
        with django_assert_num_queries(3):
            assert len(rank(wanted, at=AT)) == 1
        held(person, day)
        make.own_visit(person, day=date(2027, 1, 10 + day))


@pytest.mark.parametrize("activity", ["stem_club", "mentoring"])
class TestSeries:
    """A club meets at least weekly and three times or more, which is frequent on its first day."""

    @pytest.fixture
    def leader(self) -> Ambassador:
        return make.ambassador(cleared=True, activities=("careers_talk", "stem_club", "mentoring"))

    def test_it_takes_the_barred_list(self, leader, activity):
        said = refusal_of(leader, 12, activity=activity).told_to(Audience.PERSON)
        assert said == "A series with the same pupils takes an upgraded check. Ask us to start it."
        accept(leader, 12)

    def test_nobody_without_it_is_on_a_shortlist_for_one(self, leader, activity):
        request = make.request(activity=activity)
        assert rank(wanted_by(request, [make.FIRST_TIME]), at=make.NOW) == []
        said = why_not_asked(wanted_by(request, [make.FIRST_TIME]), make.FIRST_TIME, leader, at=make.NOW)
        assert said == ["A series needs an upgraded check. Ask somebody else, or start one."]

    def test_with_it_they_lead_one(self, leader, activity):
        leader.requirements.filter(kind=RequirementKind.CRC).update(barred_list=True)
        accept(leader, 12, activity=activity)
