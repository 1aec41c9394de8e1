"""Green, amber, red: how long a worry has waited, in working time (rule 2.9)."""

from datetime import date, time, timedelta

import pytest

from quality.clocks import clock_of
from quality.enums import ConcernStatus
from quality.jurisdictions import JURISDICTIONS, jurisdiction
from quality.queries import worry_listed
from stem.moments import moment
from stem.nations import Nation
from tests import make

TUESDAY, WEDNESDAY = date(2027, 1, 12), date(2027, 1, 13)


@pytest.mark.parametrize(
    ("now", "tone"),
    [
        (moment(TUESDAY, time(14)), "good"),
        (moment(TUESDAY, time(14, 0, 1)), "warning"),
        (moment(WEDNESDAY, time(10)), "warning"),
        (moment(WEDNESDAY, time(10, 0, 1)), "bad"),
    ],
)
def test_four_working_hours_are_meant_and_a_working_day_is_the_limit(now, tone):
    assert clock_of(moment(TUESDAY, time(10)), now, Nation.ENG).tone == tone


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "tone"),
    [
        (ConcernStatus.RAISED, "bad"),
        (ConcernStatus.HARM_THRESHOLD, "bad"),
        (ConcernStatus.LOW_LEVEL, None),
        (ConcernStatus.CLOSED, None),
    ],
)
def test_a_clock_runs_until_somebody_has_looked_and_until_the_officer_knows(status, tone):
    listed = worry_listed(make.concern(status=status), at=make.AFTER + timedelta(days=5))
    assert (listed.clock and listed.clock.tone) == tone


def test_each_nation_has_its_own_whom_to_tell():
    assert set(JURISDICTIONS) == set(Nation)
    officers = {str(jurisdiction(nation).officer) for nation in Nation}
    assert len(officers) == len(Nation)
    assert "LADO" in str(jurisdiction(Nation.ENG).officer)
    assert str(jurisdiction(Nation.SCO).barring) == "Disclosure Scotland"
