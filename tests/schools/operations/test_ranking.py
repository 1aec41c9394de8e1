"""Schools by how disadvantaged their pupils are, each among its kind (rules E-02, E-03)."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schools.enums import Phase, SchoolStatus
from schools.models import Disadvantage, School
from schools.operations.copying import take_away_new_schools
from schools.operations.loading import GIAS
from schools.operations.ranking import FEWEST, rank_by_disadvantage
from stem.nations import Nation
from tests import make

pytestmark = pytest.mark.django_db


def schools(percents: list[float | None], *, year: int | None = 2026, **columns) -> list[School]:
    """Schools of one kind, with these shares of pupils entitled to free school meals."""
    plain = {"register": "gias", "phase": Phase.SECONDARY, "nation": Nation.ENG, "fsm_year": year, **columns}
    start = School.objects.count()
    return School.objects.bulk_create(
        School(register_number=str(500_000 + start + place), name=f"School {place}", fsm_percent=percent, **plain)
        for place, percent in enumerate(percents)
    )


def ranked(some: list[School]) -> list[float | None]:
    """The percentiles of these schools, in their order."""
    kept = dict(Disadvantage.objects.values_list("school", "percentile"))
    return [kept.get(each.pk) for each in some]


def test_the_most_disadvantaged_school_of_its_kind_stands_at_one():
    some = schools([float(percent) for percent in range(21)])
    assert rank_by_disadvantage() == 21
    assert ranked(some) == [round(place / 20, 4) for place in range(21)]
    assert set(Disadvantage.objects.values_list("measure", "vintage", "among")) == {("fsm", 2026, 21)}


def test_schools_that_are_alike_share_the_middle_of_their_places():
    alike = schools([12.5] * 20)
    rank_by_disadvantage()
    assert ranked(alike) == [0.5] * 20


def test_half_of_the_schools_with_nobody_entitled_share_the_middle_of_the_lower_half():
    some = schools([0.0] * 11 + [float(percent) for percent in range(1, 11)])
    rank_by_disadvantage()
    assert ranked(some)[:12] == [0.25] * 11 + [0.55]
    assert ranked(some)[-1] == 1.0


@pytest.mark.parametrize(
    "other", [{"year": 2025}, {"phase": Phase.PRIMARY}, {"nation": Nation.WLS}], ids=["census", "phase", "nation"]
)
def test_only_schools_of_one_nation_phase_and_census_are_compared(other):
    rich, poor = schools([float(place) for place in range(20)]), schools([50.0 + place for place in range(20)], **other)
    rank_by_disadvantage()
    assert ranked(rich) == ranked(poor)


def test_among_too_few_a_place_says_nothing():
    schools([float(place) for place in range(FEWEST - 1)])
    assert rank_by_disadvantage() == 0
    assert not Disadvantage.objects.exists()


@pytest.mark.parametrize("columns", [{"year": None}, {"status": SchoolStatus.CLOSED}, {"nation": ""}], ids=str)
def test_a_measure_of_no_year_and_a_school_that_is_not_there_are_not_ranked(columns):
    unranked = schools([float(place) for place in range(20)], **columns)
    rank_by_disadvantage()
    assert ranked(unranked) == [None] * 20


def test_ranked_again_nothing_is_written_and_what_changed_is():
    some = schools([float(place) for place in range(20)] + [None])
    assert (rank_by_disadvantage(), rank_by_disadvantage()) == (20, 0)
    School.objects.filter(pk=some[0].pk).update(fsm_percent=None)
    School.objects.filter(pk=some[20].pk).update(fsm_percent=99.0)
    assert rank_by_disadvantage() == 21  # everyone moved down a place, one left and one came
    assert ranked(some)[0] is None and ranked(some)[20] == 1.0
    School.objects.filter(pk__in=[each.pk for each in some[1:5]]).update(status=SchoolStatus.CLOSED)
    rank_by_disadvantage()
    assert not Disadvantage.objects.exists()


def test_it_takes_as_many_queries_for_many_schools_as_for_few(django_assert_num_queries):
    schools([float(place) for place in range(40)])
    rank_by_disadvantage()
    with django_assert_num_queries(2):
        rank_by_disadvantage()
    schools([float(place) for place in range(100)], phase=Phase.PRIMARY)
    # what is kept, what is so; and the new in one transaction: its savepoint, whether they are there, and their rows
    with django_assert_num_queries(6):
        assert rank_by_disadvantage() == 100


def test_a_register_that_is_followed_up_ranks_its_schools(now):
    some = schools([float(place) for place in range(20)])
    GIAS.follow_up(at=now)
    assert ranked(some)[-1] == 1.0


class TestAnyShares(TestCase):
    """Whatever the shares are."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.floats(0, 100).map(lambda percent: round(percent, 1)), min_size=FEWEST, max_size=40))
    def test_a_higher_share_never_stands_lower(self, percents):
        Disadvantage.objects.all().delete()
        School.objects.all().delete()
        some = schools(percents)
        rank_by_disadvantage()
        places = dict(zip([each.pk for each in some], ranked(some), strict=True))
        in_order = sorted(some, key=lambda each: each.fsm_percent)
        for one, next_one in pairwise(in_order):
            assert 0 <= places[one.pk] <= places[next_one.pk] <= 1
            assert (one.fsm_percent == next_one.fsm_percent) is (places[one.pk] == places[next_one.pk])


def test_a_school_that_an_undo_takes_away_takes_its_place_along():
    school, load = make.school(), make.load()
    make.version(school, load=load, is_new=True)
    make.disadvantage(school)
    take_away_new_schools(load)
    assert not School.objects.exists() and not Disadvantage.objects.exists()
