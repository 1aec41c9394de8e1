"""An ambassador's own diary: a month, a week and a list of what is promised, asked, travelled, away and free."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, HoldKind
from bookings.diaries.entries import Sort
from bookings.enums import Mode, OfferStatus, VisitStatus
from bookings.models import Offer
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

WAYS = ("month", "week", "list")
DAY = timedelta(days=1)


@pytest.fixture
def ambassador():
    return make.ambassador(cleared=True)


def diary(ambassador, show: str = "month", on: date | str = make.FIRST_DAY, **query):
    response = client_of(ambassador.user).get(reverse("my_diary"), {"show": show, "on": str(on), **query})
    assert response.status_code == 200
    return response


def on_day(page, day: date = make.FIRST_DAY):
    return next(each for each in page.context["diary"].days if each.day == day)


def timed(page, day: date = make.FIRST_DAY) -> list[tuple[str, str, str]]:
    return [(each.sort, each.clock, each.status) for each in on_day(page, day).timed]


@pytest.mark.parametrize("show", WAYS)
def test_a_promised_visit_stands_with_its_standing_and_the_way_there_and_back(show, ambassador):
    visit = make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    Offer.objects.filter(visit=visit).update(minutes=25)

    page = diary(ambassador, show)

    assert timed(page) == [
        (Sort.TRAVEL, "9:35am to 10am", ""),
        (Sort.CONFIRMED, "10am to 11am", "Confirmed"),
        (Sort.TRAVEL, "11am to 11:25am", ""),
    ]
    assert reverse("visit", args=[visit.pk]) in page.text


@pytest.mark.parametrize(
    ("status", "sort"),
    [
        (VisitStatus.FINDING, Sort.KEPT),
        (VisitStatus.MATCHED, Sort.KEPT),
        (VisitStatus.DELIVERED, Sort.DONE),
        (VisitStatus.NO_SHOW_BY_SCHOOL, Sort.DONE),
        (VisitStatus.CANCELLED_BY_SCHOOL, None),
        (VisitStatus.CANCELLED_BY_SCHEME, None),
    ],
)
def test_what_was_called_off_stands_in_no_diary(status, sort, ambassador):
    visit = make.visit(ambassador=ambassador, status=status)
    Offer.objects.filter(visit=visit).update(minutes=None)
    assert [each[0] for each in timed(diary(ambassador))] == ([sort] if sort else [])


def test_nobody_travels_to_a_visit_online(ambassador):
    wanted = make.request(mode=Mode.ONLINE, status="fulfilled")
    make.visit(ambassador=ambassador, request=wanted, status=VisitStatus.CONFIRMED)
    assert [each[0] for each in timed(diary(ambassador))] == [Sort.CONFIRMED]


@pytest.mark.parametrize("show", WAYS)
def test_each_time_of_an_offer_leads_to_the_offer(show, ambassador):
    offer = make.offer(ambassador=ambassador)

    page = diary(ambassador, show, on="2027-02-10")

    assert timed(page) == [(Sort.ASKED, "10am to 11am", "Waiting for your answer")]
    assert timed(page, make.FIRST_DAY + DAY) == [(Sort.ASKED, "2pm to 3pm", "Waiting for your answer")]
    assert page.text.count(reverse("offer", args=[offer.pk])) >= 2


@pytest.mark.parametrize(
    "change",
    [{"status": OfferStatus.LAPSED}, {"status": OfferStatus.QUEUED}, {"lapses_at": make.NOW}],
)
def test_what_can_be_answered_no_more_is_not_asked(change, ambassador):
    make.offer(ambassador=ambassador, **change)
    assert timed(diary(ambassador)) == []


def test_once_somebody_has_fixed_the_time_of_a_visit_it_is_asked_at_that_alone(ambassador):
    visit = make.visit(ambassador=make.ambassador(cleared=True), seats=2, time=make.SECOND_TIME)
    make.offer(seat=visit.seats.get(ambassador=None), ambassador=ambassador)
    page = diary(ambassador)
    assert (timed(page), [each[0] for each in timed(page, make.FIRST_DAY + DAY)]) == ([], [Sort.ASKED])


def test_days_away_and_days_arranged_without_us_are_whole_days(ambassador):
    make.hold(ambassador, kind=HoldKind.AWAY, starts_on=date(2027, 2, 9), ends_on=date(2027, 2, 10))
    make.own_visit(ambassador, day=date(2027, 2, 11))

    page = diary(ambassador)

    whole = {each.day.day: [one.sort for one in each.whole] for each in page.context["diary"].days if each.whole}
    assert whole == {9: [Sort.AWAY], 10: [Sort.AWAY], 11: [Sort.OWN]}
    assert on_day(page).state == "away"
    assert "Beckside Guides" in page.text


@pytest.mark.parametrize(
    "hold",
    [
        {"kind": HoldKind.SAFEGUARDING, "ends_on": None},
        {"kind": HoldKind.SAFEGUARDING, "ends_on": date(2027, 6, 1)},
        # It says that nobody knows until when: a safeguarding hold has to look like it (V-71).
        {"kind": HoldKind.AWAY, "ends_on": None},
    ],
)
@pytest.mark.parametrize("show", WAYS)
def test_a_hold_that_others_have_set_changes_nothing_of_it(show, hold, ambassador):
    before = diary(ambassador, show).text.split("<main")[1]
    make.hold(ambassador, starts_on=date(2027, 1, 1), truth="A secret", **hold)
    assert diary(ambassador, show).text.split("<main")[1] == before


def test_the_chosen_day_says_when_they_are_free_and_leads_on_to_being_away(ambassador):
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    page = diary(ambassador)
    assert "Free 8am to 10am, 11am to 6pm" in page.text
    assert f'href="{reverse("go_away")}?on=2027-02-10"' in page.text

    form = client_of(ambassador.user).get(reverse("go_away"), {"on": "2027-02-10"})
    assert [form.context["form"][name].value() for name in ("starts_on", "ends_on")] == [make.FIRST_DAY] * 2


@pytest.mark.parametrize("on", ["", "0000-00-00", "'", "\x00"])
def test_being_away_is_asked_without_a_day_where_the_address_names_none(on, ambassador):
    form = client_of(ambassador.user).get(reverse("go_away"), {"on": on}).context["form"]
    assert form["starts_on"].value() is None


@pytest.mark.parametrize(("on", "offers"), [("2027-01-11", False), ("2027-01-12", True)])
def test_nobody_goes_away_on_a_day_that_is_past(on, offers, ambassador):
    assert ("I am away then" in diary(ambassador, on=on).text) is offers


def test_whoever_has_a_break_has_no_free_time_and_reads_why():
    resting = make.ambassador(cleared=True, status=AmbassadorStatus.PAUSED)
    page = diary(resting)
    assert {each.state for each in page.context["diary"].days} == {""}
    assert "Nobody asks you for visits now" in page.text


def test_another_s_diary_shows_nothing_of_theirs(ambassador):
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    make.offer(ambassador=ambassador)
    make.own_visit(ambassador)
    another = make.ambassador(cleared=True)
    assert all(each.is_empty for each in diary(another).context["diary"].days)


@pytest.mark.parametrize("status", [AmbassadorStatus.DRAFT, AmbassadorStatus.VETTING])
def test_whoever_is_on_their_way_in_goes_on_with_that(status):
    person = make.ambassador(status=status)
    response = client_of(person.user).get(reverse("my_diary"))
    assert response["Location"] == reverse("join_as_ambassador")


@pytest.mark.parametrize(("show", "queries"), [("month", 12), ("week", 12), ("list", 8)])
@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_much_there_is(rows, show, queries, ambassador, django_assert_num_queries):
    for number in range(rows):
        later = tuple(each + timedelta(hours=number) for each in make.FIRST_TIME)
        make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=later)
        make.offer(ambassador=ambassador)
        make.own_visit(ambassador, place=f"Place {number}")
    client, query = client_of(ambassador.user), {"show": show, "on": "2027-02-10"}
    client.get(reverse("my_diary"), query)
    with django_assert_num_queries(queries):
        client.get(reverse("my_diary"), query)


def test_a_list_has_pages_and_keeps_its_place_in_the_address(ambassador):
    for number in range(30):
        make.own_visit(ambassador, day=make.FIRST_DAY + number * DAY)
    page = diary(ambassador, "list", page="2")
    assert len(page.context["page"].object_list) == 5
    assert "?show=list&amp;on=2027-02-10&amp;page=1" in page.text


@pytest.mark.parametrize(
    "query", [{"on": "9999-99-99"}, {"on": "\x00"}, {"show": "<script>"}, {"show": "list", "page": "-1"}]
)
def test_an_address_that_makes_no_sense_shows_what_does(query, ambassador):
    response = client_of(ambassador.user).get(reverse("my_diary"), query)
    assert response.status_code == 200
    assert response.context["shown"].on == make.NOW.date()
    assert "<script>" not in response.text.split("<main")[1]


def test_on_a_day_on_which_the_clocks_change_what_is_promised_stands_at_its_hour(ambassador):
    for day, hour in ((date(2027, 3, 28), 9), (date(2027, 10, 31), 10)):
        start = datetime.combine(day, time(hour), tzinfo=make.NOW.tzinfo)
        make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=(start, start + timedelta(hours=1)))
        grid = diary(ambassador, "week", on=day).context["diary"].grid
        [block] = [each for each in grid.columns[6].placed if each.what.sort == Sort.CONFIRMED]
        assert (block.what.begins, block.start, block.length) == ("10am", 8, 4)
