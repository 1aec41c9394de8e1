"""The list of each month: when it is made, which schools are on it, and in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bookings.enums import InvitationStatus, RequestStatus
from bookings.models import Listed
from bookings.operations import listing
from bookings.operations.listing import list_schools
from stem.geography.models import Region, RegionArea
from tests import make

pytestmark = pytest.mark.django_db
# 1 January 2027 is a bank holiday, a Friday; the first working day is Monday the 4th.
MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def leeds():
    return in_region("Leeds", "LS")


def in_region(name: str, area: str) -> Region:
    region = Region.objects.create(name=name, slug=name.lower(), nation="england")
    RegionArea.objects.create(region=region, area=area)
    return region


def cold(name: str, score: float, **columns):
    return make.coverage(make.school(name=name, **columns), score=score).school


def names(region) -> list[str]:
    return [each.school.name for each in Listed.objects.filter(region=region).order_by("place")]


def test_a_list_is_made_on_the_first_working_day_once_a_month(leeds):
    cold("First", 0.9)
    assert [list_schools(at=MONDAY - days * DAY) for days in (3, 2, 1)] == [0, 0, 0]
    assert [list_schools(at=MONDAY), list_schools(at=MONDAY), list_schools(at=MONDAY + 20 * DAY)] == [1, 0, 0]
    assert list_schools(at=datetime(2027, 2, 1, 9, tzinfo=UTC)) == 1
    assert sorted(Listed.objects.values_list("month", flat=True)) == [
        MONDAY.date().replace(day=1),
        date(2027, 2, 1),
    ]


def test_in_the_order_that_is_reckoned_and_no_more_than_fit(leeds, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 2)
    for name, score in (("Third", 0.2), ("First", 0.9), ("Second", 0.5)):
        cold(name, score)
    list_schools(at=MONDAY)
    assert names(leeds) == ["First", "Second"]


def test_each_school_in_its_own_region_and_those_of_none_in_no_list(leeds):
    cornwall = in_region("Cornwall", "TR")
    cold("Leeds", 0.9), cold("Truro", 0.8, postcode="TR1 2SJ"), cold("York", 0.7, postcode="YO1 7HH")
    list_schools(at=MONDAY)
    assert (names(leeds), names(cornwall)) == (["Leeds"], ["Truro"])


def test_not_those_that_were_visited_that_ask_or_that_want_no_invitations(leeds, now):
    cold("Never asked", 0.5)
    make.coverage(make.school(name="Visited"), visits=1, score=0.9)
    asking, withdrew, unwilling = (make.contact(school=cold(name, 0.9)) for name in ("Asks", "Withdrew", "Unwilling"))
    make.request(contact=asking, status=RequestStatus.SUBMITTED, submitted_at=MONDAY - 60 * DAY)
    make.request(contact=withdrew, status=RequestStatus.WITHDRAWN, submitted_at=MONDAY - 60 * DAY)
    said = {"status": InvitationStatus.NEVER, "answered_at": MONDAY - 60 * DAY, "made_at": MONDAY - 61 * DAY}
    make.invitation(unwilling, **said)
    list_schools(at=MONDAY)
    assert names(leeds) == ["Withdrew", "Never asked"]


def test_a_never_of_a_year_ago_keeps_nobody_off(leeds):
    contact = make.contact(school=cold("Unwilling", 0.9))
    long_ago = MONDAY - 400 * DAY
    make.invitation(contact, status=InvitationStatus.NEVER, answered_at=long_ago, made_at=long_ago)
    list_schools(at=MONDAY)
    assert names(leeds) == ["Unwilling"]


def test_lists_of_more_than_three_years_ago_are_forgotten(leeds):
    school = cold("First", 0.9)
    for year in (2023, 2024):
        make.listed(school, leeds, month=date(year, 1, 1))
    list_schools(at=MONDAY)
    assert sorted(month.year for month in Listed.objects.values_list("month", flat=True)) == [2024, 2027]
