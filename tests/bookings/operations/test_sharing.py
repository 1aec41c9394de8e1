"""Whose turn it is when somebody is asked, and how that is set aside (rules E-11, E-12)."""

from datetime import timedelta

import pytest

from bookings.enums import RequestStatus, VisitStatus
from bookings.matching.ranking import rank, wanted_by
from bookings.models import Offer, Visit
from bookings.operations.offers import invite_ambassador
from bookings.operations.sharing import ask_all_the_same
from bookings.queries.sharing import week_of
from stem.accounts.roles import Role
from stem.accounts.scope import areas_looked_after_by
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from stem.policy.operations import set_value
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# Another day of the same term, and one of the next: 1 March and 20 April 2027.
LATER_THAT_TERM = (make.FIRST_TIME[0] + 19 * DAY, make.FIRST_TIME[1] + 19 * DAY)
NEXT_TERM = (make.FIRST_TIME[0] + 69 * DAY, make.FIRST_TIME[1] + 69 * DAY)
WEALTHY, POOR = (0.1,), (0.9,)


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def _no_reserve(coordinator):
    """The week's share is left out of what is tried: none is kept."""
    at = make.NOW - DAY
    set_value("reserve_share", 0, from_day=at.date(), by=coordinator, at=at)


def sought(*, percentiles=WEALTHY, time=make.FIRST_TIME, contact=None, **figures) -> Visit:
    """A visit for which somebody is sought, of a school that has a share of its own."""
    request = make.request(contact=contact, status=RequestStatus.OPEN, times=(time,))
    make.priority(request, percentiles=percentiles, **figures)
    return make.visit(request=request)


def had(visit: Visit, *times, status=VisitStatus.CONFIRMED) -> None:
    """More visits of the same school."""
    for time in times:
        wanted = make.request(contact=visit.request.contact, status=RequestStatus.FULFILLED, times=(time,))
        make.visit(request=wanted, ambassador=make.ambassador(cleared=True), status=status, time=time)


def three(time=LATER_THAT_TERM) -> list:
    """Three times on one day."""
    return [(time[0] + timedelta(hours=hour), time[1] + timedelta(hours=hour)) for hour in range(3)]


def invite(visit: Visit, by) -> Offer:
    """Ask somebody new for this visit."""
    person = make.ambassador(name="Nia Near", cleared=True)
    times = [(each.starts_at, each.ends_at) for each in visit.request.possible_times.all()]
    [match] = [each for each in rank(wanted_by(visit.request, times), at=make.NOW) if each.ambassador == person]
    return invite_ambassador(seat=visit.seats.all()[0], match=match, by=by, at=make.NOW)


def why_not(visit: Visit, by) -> list[str]:
    """Why nobody may be asked for this visit, by the codes of the reasons; nothing where somebody has been."""
    try:
        invite(visit, by)
    except Refusal as refusal:
        return refusal.codes
    return []


@pytest.mark.usefixtures("_no_reserve")
class TestATermIsEnough:
    """Rule E-12."""

    def test_no_fourth_visit_while_a_school_of_high_priority_waits(self, coordinator):
        visit = sought()
        had(visit, *three())
        sought(percentiles=POOR, school_days=11)
        with pytest.raises(Refusal) as refusal:
            invite(visit, coordinator)
        assert refusal.value.codes == ["term_cap", "whose_turn"]
        assert "has 3 visits this term, while Beckside Academy has waited for 11 school days" in refusal.value.told_to()
        assert not Offer.objects.filter(visit=visit).exists()

    def test_a_third_is_no_more_than_its_share(self, coordinator):
        visit = sought()
        had(visit, *three()[:2])
        sought(percentiles=POOR, school_days=11)
        assert why_not(visit, coordinator) == []

    def test_the_scheme_may_decide_another_number(self, coordinator):
        visit = sought()
        had(visit, *three()[:2])
        sought(percentiles=POOR, school_days=11)
        set_value("school_term_cap", 2, from_day=make.NOW.date(), by=coordinator, at=make.NOW)
        assert why_not(visit, coordinator) == ["term_cap", "whose_turn"]

    @pytest.mark.parametrize(
        "waits",
        [
            {"percentiles": POOR, "school_days": 10},
            {"percentiles": WEALTHY, "visits": 6, "school_days": 40},
        ],
        ids=["not for long", "not of high priority"],
    )
    def test_nobody_waits_who_has_a_claim(self, waits, coordinator):
        visit = sought()
        had(visit, *three())
        sought(**waits)
        assert why_not(visit, coordinator) == []

    def test_a_school_for_which_somebody_is_asked_does_not_wait(self, coordinator):
        visit = sought()
        had(visit, *three())
        make.offer(visit=sought(percentiles=POOR, school_days=30))
        assert why_not(visit, coordinator) == []

    def test_a_school_is_not_in_its_own_way(self, coordinator):
        visit = sought(percentiles=POOR, school_days=30)
        had(visit, *three())
        sought(percentiles=POOR, school_days=30, contact=visit.request.contact)
        assert why_not(visit, coordinator) == []

    @pytest.mark.parametrize(
        ("times", "status"),
        [(three(NEXT_TERM), VisitStatus.CONFIRMED), (three(), VisitStatus.CANCELLED_BY_SCHOOL)],
        ids=["of another term", "called off"],
    )
    def test_what_is_no_visit_of_the_term_does_not_count(self, times, status, coordinator):
        visit = sought()
        had(visit, *times, status=status)
        sought(percentiles=POOR, school_days=30)
        assert why_not(visit, coordinator) == []

    def test_those_for_which_somebody_is_asked_count(self, coordinator):
        visit = sought()
        had(visit, *three()[:2])
        make.offer(visit=sought(contact=visit.request.contact, time=LATER_THAT_TERM))
        sought(percentiles=POOR, school_days=30)
        assert why_not(visit, coordinator) == ["term_cap", "whose_turn"]

    def test_visits_to_the_school_that_it_follows_count(self, coordinator):
        before, visit = make.contact(), sought()
        make.succession(old=before.school, new=visit.request.school, status="confirmed")
        earlier = sought(contact=before)
        had(earlier, *three())
        sought(percentiles=POOR, school_days=30)
        assert why_not(visit, coordinator) == ["term_cap", "whose_turn"]

    def test_a_visit_that_has_its_time_is_one_of_them_already(self, coordinator):
        visit = sought()
        had(visit, *three())
        Visit.objects.filter(pk=visit.pk).update(starts_at=make.FIRST_TIME[0], ends_at=make.FIRST_TIME[1])
        visit.refresh_from_db()
        sought(percentiles=POOR, school_days=30)
        assert why_not(visit, coordinator) == []

    def test_who_waits_in_a_region_that_one_does_not_look_after_is_for_others(self):
        region = Region.objects.create(name="West Yorkshire", slug="west-yorkshire", nation=Nation.ENG)
        RegionArea.objects.create(region=region, area="LS")
        visit = sought()
        had(visit, *three())
        sought(percentiles=POOR, school_days=30, contact=make.contact(school=make.school(postcode="CT1 2EH")))
        assert why_not(visit, make.staff(Role.COORDINATOR, regions=(region,))) == []


class TestAWeekIsShared:
    """Rule E-11."""

    def test_at_least_two_in_five_offers_go_to_the_most_disadvantaged(self, coordinator):
        for number in range(5):
            make.offer(visit=sought(percentiles=POOR if number < 2 else WEALTHY))
        visit = sought()
        sought(percentiles=POOR)
        with pytest.raises(Refusal) as refusal:
            invite(visit, coordinator)
        assert refusal.value.codes == ["week_reserve", "whose_turn"]
        assert "Of this week’s 5 offers 2 went to schools of the two most" in refusal.value.told_to()

    def test_while_they_have_their_share_others_are_asked_for(self, coordinator):
        for number in range(4):
            make.offer(visit=sought(percentiles=POOR if number < 2 else WEALTHY))
        sought(percentiles=POOR)
        assert why_not(sought(), coordinator) == []

    def test_they_themselves_are_asked_for_at_any_time(self, coordinator):
        make.offer(visit=sought())
        sought(percentiles=POOR)
        assert why_not(sought(percentiles=POOR), coordinator) == []

    def test_where_none_of_them_waits_nothing_is_kept_back(self, coordinator):
        make.offer(visit=sought(percentiles=POOR))
        make.offer(visit=sought())
        sought(percentiles=())  # nobody knows how disadvantaged its pupils are
        assert why_not(sought(), coordinator) == []

    def test_a_week_begins_on_monday(self, coordinator):
        # It is Tuesday noon: the offer of Sunday was last week's.
        make.offer(visit=sought(percentiles=POOR), made_at=make.NOW - 2 * DAY)
        make.offer(visit=sought(), made_at=make.NOW - 1 * DAY)
        week = week_of(areas_looked_after_by(coordinator), at=make.NOW, share=40)
        assert (week.offers, week.reserved, week.needed) == (1, 0, 1)


class TestAllTheSame:
    """With a reason that stays."""

    def both_in_the_way(self) -> Visit:
        """It has had its term, the week's share is not kept, and another waits."""
        visit = sought()
        had(visit, *three())
        sought(percentiles=POOR, school_days=11)
        return visit

    def test_a_reason_lets_it_pass_and_stays_in_the_history(self, coordinator):
        visit = self.both_in_the_way()
        assert why_not(visit, coordinator) == ["term_cap", "week_reserve", "whose_turn"]
        ask_all_the_same(request=visit.request, because="Their last visitor fell ill.", by=coordinator, at=make.NOW)
        kept = [(event.kind, event.note, event.by) for event in visit.request.events.all()]
        assert kept == [
            ("pass_term_cap", "Their last visitor fell ill.", coordinator),
            ("pass_week_reserve", "Their last visitor fell ill.", coordinator),
        ]
        assert Entry.objects.filter(action="request.pass_term_cap").count() == 1
        assert why_not(visit, coordinator) == []

    def test_it_holds_for_this_request_and_the_week_s_share_for_this_week(self, coordinator):
        visit = self.both_in_the_way()
        ask_all_the_same(request=visit.request, because="Asked for long ago.", by=coordinator, at=make.NOW - 7 * DAY)
        assert why_not(visit, coordinator) == ["week_reserve", "whose_turn"]
        assert "week_reserve" in why_not(sought(), coordinator)

    @pytest.mark.parametrize("because", ["", "  \n "])
    def test_it_takes_a_reason(self, because, coordinator):
        with pytest.raises(Refusal) as refusal:
            ask_all_the_same(request=self.both_in_the_way().request, because=because, by=coordinator, at=make.NOW)
        assert refusal.value.codes == ["because"]

    def test_where_nothing_is_in_the_way_nothing_is_noted(self, coordinator):
        visit = sought()
        for request in (visit.request, make.request(status=RequestStatus.WITHDRAWN)):
            with pytest.raises(Refusal) as refusal:
                ask_all_the_same(request=request, because="Why not?", by=coordinator, at=make.NOW)
            assert refusal.value.codes == ["not_in_the_way"]
            assert not request.events.exists()

    def test_only_a_coordinator_of_the_region_may(self):
        visit = self.both_in_the_way()
        for by in (visit.request.contact.user, make.staff(Role.ADMINISTRATOR)):
            with pytest.raises(Refusal) as refusal:
                ask_all_the_same(request=visit.request, because="Because.", by=by, at=make.NOW)
            assert refusal.value.codes == ["not_coordinator"]
