"""What teachers say weeks later is told of a term with all else: of enough of them, once, and of nobody too close."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bookings.enums import VisitStatus
from quality.models import FollowUp, Release
from quality.operations.releases import release_term
from quality.reports.facts import facts_of
from quality.reports.pages import Section, report_of
from quality.suppression import Cell
from stem.geography.models import Region, RegionArea
from stem.terms import Term
from tests import make

pytestmark = pytest.mark.django_db

TERM = Term(date(2027, 1, 1))
ASKED = datetime(2027, 4, 12, 10, 0, tzinfo=UTC)
CLOSED = datetime(2027, 6, 6, 3, 0, tzinfo=UTC)


@pytest.fixture
def yorkshire() -> Region:
    region = Region.objects.create(name="Yorkshire", slug="yorkshire", nation="england")
    RegionArea.objects.create(region=region, area="LS")
    return region


def asked_later(number: int, *, at: datetime = ASKED, **answers: str) -> FollowUp:
    """A teacher who was asked weeks after a visit, and what they answered, if they did."""
    start, end = (each + timedelta(hours=2 * number) for each in make.FIRST_TIME)
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED, time=(start, end))
    asked = make.follow_up(visit, invited_at=at)
    asked.answers, asked.submitted_at = answers, at + timedelta(days=2) if answers else None
    asked.save()
    return asked


def later_in(release: Release | None) -> Section:
    assert release is not None
    report = report_of(release)
    assert report is not None
    return next(section for section in report.sections if section.code == "later")


def figure(release: Release | None) -> str:
    """What is told of all together; "" where nothing is."""
    rows = later_in(release).rows
    return rows[-1][1][0].text if rows else ""


def test_who_was_asked_in_the_term_is_counted_and_who_answered_with_what(yorkshire):
    asked_later(0, L1="5", L2="na", L3="2")
    asked_later(1, L1="4")
    asked_later(2)
    close = asked_later(3, L1="5")
    make.conflict(close.visit)
    asked_later(4, at=datetime(2027, 5, 1, 10, 0, tzinfo=UTC), L1="1")

    told = facts_of(TERM)["later"]
    sums = {"L1": (2, 9.0), "L3": (1, 2.0)}
    assert told == {(str(yorkshire.pk), "all"): Cell({"all": 2}, sums, public={"asked": 3})}


@pytest.mark.parametrize(("answered", "said"), [(9, ""), (10, "4.0")])
def test_nothing_is_told_of_fewer_than_ten(answered, said, yorkshire):
    for number in range(answered):
        asked_later(number, L1="5", L2="3", L3="4")
    assert figure(release_term(at=CLOSED)) == said


def test_where_less_than_half_have_answered_it_says_so(yorkshire):
    for number in range(10):
        asked_later(number, L1="5", L2="5", L3="5")
    for number in range(10, 21):
        asked_later(number)
    assert figure(release_term(at=CLOSED)) == "Response too low to report"


def test_that_everybody_gave_the_best_answer_is_not_told(yorkshire):
    for number in range(12):
        asked_later(number, L1="5", L2="5", L3="5")
    assert figure(release_term(at=CLOSED)) == "4.9"


def test_while_one_may_still_be_answered_nothing_is_told_and_one_more_changes_nothing(yorkshire):
    for number in range(12):
        asked_later(number, L1="4", L2="4", L3="4")
    late = asked_later(12)
    late.closes_at = CLOSED + timedelta(days=1)
    late.save()
    assert release_term(at=CLOSED) is None

    release = release_term(at=CLOSED + timedelta(days=2))
    before = figure(release)
    late.answers, late.submitted_at = {"L1": "1", "L2": "1", "L3": "1"}, CLOSED
    late.save()
    assert release_term(at=CLOSED + timedelta(days=3)) is None
    assert figure(Release.objects.get()) == before == "4.0"


def test_of_a_term_told_of_before_there_was_such_a_table_the_rest_stands(yorkshire):
    release = make.release(yorkshire)
    release.tables.filter(code="later").delete()
    report = report_of(release)
    assert report is not None and "later" not in {section.code for section in report.sections}
