"""Visits by whose day something will have run out: who is told of them, when, and how often (rule V-04)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.eligibility import missing_requirements
from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Requirement
from ambassadors.operations.declarations import declare_no_change
from bookings.enums import UPCOMING, VisitStatus
from bookings.models import Seat
from bookings.notice import replacement_begins_on
from bookings.operations.reminding import remind_at_risk
from bookings.operations.standing import give_back_lapsed
from bookings.queries.at_risk import renewals_of
from bookings.queries.inbox import inbox
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.nations import Nation
from stem.workdays import add_working_days
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator", email="cora@scheme.example")


def runs_out(kind: RequirementKind = RequirementKind.DECL, last: date = date(2027, 2, 9), **columns):
    """Someone cleared of whom this ends on this day: the day before `make.FIRST_TIME`, unless another is named."""
    person = make.ambassador(**{"name": "Rosa Runsout", "cleared": True, **columns})
    person.requirements.filter(kind=kind).update(valid_until=last)
    return person


def promised(person, status=VisitStatus.CONFIRMED, **columns):
    return make.visit(ambassador=person, status=status, **columns)


def pile(user, at=make.NOW):
    return next((each for each in inbox(user, at=at).piles if each.code == "visits_at_risk"), None)


def test_a_coordinator_reads_which_visit_who_by_when_and_no_more_of_why_than_its_class(coordinator):
    visit = promised(runs_out())

    (item,) = pile(coordinator).items

    assert item.title == "Meet someone who builds bridges"
    assert item.detail == (
        "Beckside Academy. Rosa Runsout: Vetting is not complete for that day, 15 days until we look for someone else"
    )
    assert (item.since, item.url) == (visit.starts_at, reverse("visit", args=[visit.pk]))
    page = client_of(coordinator, second_factor=True).get(reverse("coordinator_home")).text
    assert "Rosa Runsout" in page
    assert not any(word in page for word in ("eclaration", "afeguarding training", "DECL"))


@pytest.mark.parametrize(
    ("last", "is_at_risk"), [(date(2027, 2, 9), True), (date(2027, 2, 10), False), (date(2027, 1, 1), True)]
)
def test_what_is_in_date_on_the_very_day_is_not_at_risk(last, is_at_risk, coordinator):
    promised(runs_out(last=last))
    assert (pile(coordinator) is not None) is is_at_risk


@pytest.mark.parametrize(("days", "is_at_risk"), [(60, True), (61, False)])
def test_a_visit_is_at_risk_from_sixty_days_before_it_on(days, is_at_risk, coordinator):
    promised(runs_out())
    assert (pile(coordinator, at=make.FIRST_TIME[0] - days * DAY) is not None) is is_at_risk


@pytest.mark.parametrize("status", VisitStatus)
def test_only_what_is_promised_and_to_come_is_at_risk(status, coordinator):
    promised(runs_out(), status)
    assert (pile(coordinator) is not None) is (status in UPCOMING)


def test_a_visit_that_two_put_at_risk_names_one_and_counts_the_other(coordinator):
    visit = promised(runs_out(), seats=2)
    visit.seats.filter(ambassador=None).update(ambassador=runs_out(name="Otto Other"), status="taken")

    (item,) = pile(coordinator).items

    assert "Rosa Runsout and 1 other: Vetting" in item.detail


def test_a_visit_in_scotland_is_at_risk_when_the_pvg_membership_ends_and_another_check_does_not(coordinator):
    person = make.ambassador(name="Rosa Runsout", cleared=True)
    person.requirements.filter(kind="CRC").update(body=CheckBody.PVG, valid_until=date(2027, 2, 9))
    make.requirement(
        person, kind=RequirementKind.CRC, body=CheckBody.DBS, recorded_by=make.user(), confirmed_by=make.user()
    )
    scottish = make.contact(school=make.school(name="Kelvin Academy", nation=Nation.SCO))
    promised(person, contact=scottish)
    promised(person, time=make.SECOND_TIME)

    assert [item.detail.partition(".")[0] for item in pile(coordinator).items] == ["Kelvin Academy"]
    (renewal,) = renewals_of(person, at=make.NOW)
    assert renewal.words == (
        "Renew “PVG membership linked to this scheme” before Wednesday 27 January 2027 so that your visit at "
        "Kelvin Academy on Wednesday 10 February 2027 can go ahead."
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_all_that_is_at_risk_is_found_in_one_query(rows, django_assert_num_queries):
    for number in range(rows):
        promised(runs_out(name=f"Rosa {number}"))
        promised(make.ambassador(cleared=True))
    with django_assert_num_queries(1):
        assert len(Seat.objects.at_risk(make.NOW)) == rows


def test_a_school_is_not_chased_about_a_visit_that_may_not_go_ahead(coordinator):
    promised(runs_out(), VisitStatus.MATCHED)
    promised(make.ambassador(name="Ida Indate", cleared=True), VisitStatus.MATCHED)
    found = {each.code: each.total for each in inbox(coordinator, at=make.NOW).piles}
    assert found == {"visits_at_risk": 1, "visits_to_chase": 1}


def test_another_region_s_visits_are_another_coordinator_s():
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    promised(runs_out())
    of_kent = make.staff(Role.COORDINATOR, regions=(region,))
    assert pile(of_kent) is None
    assert remind_at_risk(by=of_kent, at=make.NOW) == 0


def test_the_list_of_visits_shows_all_that_are_at_risk(coordinator):
    promised(runs_out())
    promised(make.ambassador(name="Ida Indate", cleared=True))
    page = client_of(coordinator, second_factor=True).get(reverse("visits"), {"status": "at_risk"}).text
    assert "Rosa Runsout" in page and "Ida Indate" not in page


@given(day=st.dates(date(2026, 9, 1), date(2029, 1, 1)), nation=st.sampled_from(Nation))
def test_the_search_begins_on_the_first_day_that_is_no_more_than_ten_working_days_before(day, nation):
    begins = replacement_begins_on(day, nation)
    assert add_working_days(begins, 10, nation) >= day > add_working_days(begins - DAY, 10, nation)


def test_the_day_that_is_told_is_the_day_on_which_it_is_given_back(coordinator):
    visit = promised(runs_out())
    begins = replacement_begins_on(day_of(visit.starts_at), Nation.ENG)
    assert (begins - day_of(make.NOW)).days == 15
    for number, given_back in ((14, 0), (15, 1)):
        assert give_back_lapsed(at=make.NOW + number * DAY) == given_back
    assert pile(coordinator) is None


# The bulk press


def press(coordinator) -> str:
    client = client_of(coordinator, second_factor=True)
    return client.post(reverse("remind_at_risk"), follow=True).text


def test_one_press_writes_one_letter_to_each_and_says_to_how_many(coordinator, outbox):
    person = runs_out()
    promised(person)
    promised(person, time=make.SECOND_TIME)
    promised(runs_out(name="Otto Other"))

    assert "2 people have been written to." in press(coordinator)

    send_due(at=make.NOW)
    first, second = outbox
    assert [letter.to[0].partition(" <")[0] for letter in (first, second)] == ["Rosa Runsout", "Otto Other"]
    told = "* Renew “Annual declaration” before %s so that your visit at Beckside Academy on %s can go ahead."
    assert [line for line in first.body.splitlines() if line.startswith("* ")] == [
        told % ("Wednesday 27 January 2027", "Wednesday 10 February 2027"),
        told % ("Thursday 28 January 2027", "Thursday 11 February 2027"),
    ]
    assert "http://localhost:8000/ambassador/declaration/" in first.body


def test_pressed_again_nobody_is_written_to_before_a_week_is_over(coordinator):
    promised(runs_out())
    assert "1 person has been written to." in press(coordinator)
    assert "Nobody was written to" in press(coordinator)
    another = make.staff(Role.COORDINATOR)
    for days, told in ((6.9, 0), (7, 1), (7, 0), (13, 0), (14, 1)):
        assert remind_at_risk(by=another, at=make.NOW + days * DAY) == told
    assert Letter.objects.count() == 3


def test_whoever_renews_before_the_letter_leaves_gets_none(coordinator, outbox):
    person = runs_out()
    promised(person)
    remind_at_risk(by=coordinator, at=make.NOW)
    declare_no_change(ambassador=person, by=person.user, at=make.NOW)
    send_due(at=make.NOW)
    assert outbox == []
    assert pile(coordinator) is None


def test_with_nothing_at_risk_nobody_is_written_to(coordinator):
    promised(make.ambassador(cleared=True))
    assert "Nobody was written to" in press(coordinator)


def test_their_own_page_says_by_when_and_leads_to_where_it_is_renewed():
    person = runs_out(RequirementKind.SAFEG)
    promised(person)
    page = client_of(person.user).get(reverse("ambassador_home")).text
    words = "Renew “Safeguarding training” before Wednesday 27 January 2027 so that your visit at Beckside Academy on "
    assert words + "Wednesday 10 February 2027 can go ahead." in page
    assert reverse("course", args=["keeping-children-safe"]) in page


def test_on_the_last_day_it_says_today():
    person = runs_out()
    promised(person)
    [renewal] = renewals_of(person, at=datetime(2027, 1, 27, 4, 0, tzinfo=UTC))
    assert renewal.words.startswith("Renew “Annual declaration” today so that")


LAST_DAYS = st.one_of(st.none(), st.dates(make.NOW.date() - 5 * DAY, make.NOW.date() + 70 * DAY))


class TestTwins(TestCase):
    """However long what is on record holds: the set, the rows in Python and the rule of one day say the same."""

    @given(
        ends=st.dictionaries(st.sampled_from(RequirementKind), LAST_DAYS, max_size=3),
        more=st.lists(st.tuples(st.sampled_from(RequirementKind), LAST_DAYS, st.booleans(), st.booleans()), max_size=3),
        body=st.sampled_from(CheckBody),
        nation=st.sampled_from([Nation.ENG, Nation.SCO]),
        days=st.integers(0, 65),
        hour=st.integers(0, 22),
    )
    def test_a_seat_is_at_risk_when_something_is_missing_on_its_day(self, ends, more, body, nation, days, hour):
        person = make.ambassador(cleared=True)
        person.requirements.filter(kind="CRC").update(body=body)
        for kind, last in ends.items():
            person.requirements.filter(kind=kind).update(valid_until=last)
        officer, second = make.user(), make.user()
        for kind, last, is_confirmed, is_withdrawn in more:
            row = make.requirement(
                person,
                kind=kind,
                body=CheckBody.PVG if kind is RequirementKind.CRC else "",
                valid_until=last,
                recorded_by=officer,
                confirmed_by=second if kind is RequirementKind.CRC and is_confirmed else None,
            )
            if is_withdrawn:
                Requirement.objects.filter(pk=row.pk).update(withdrawn_by=officer, withdrawn_at=make.NOW)
        starts_at = datetime(2027, 1, 12, hour, 30, tzinfo=UTC) + days * DAY
        contact = make.contact(school=make.school(nation=nation))
        visit = promised(person, contact=contact, time=(starts_at, starts_at + timedelta(hours=1)))

        day = day_of(visit.starts_at)
        missing = missing_requirements(person.requirements.counting_on(day), nation)
        is_soon = starts_at > make.NOW and day <= make.NOW.date() + 60 * DAY

        assert Seat.objects.at_risk(make.NOW).exists() == (is_soon and bool(missing))
        assert len(renewals_of(person, at=make.NOW)) == (len(missing) if is_soon else 0)
