"""Where candidates stand on a map: about where they live, and no nearer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.matching.on_map import draw_map, neighbourhood
from bookings.matching.shortlist import Card, shortlist
from bookings.models import Request
from stem.geography.points import Point, km_between
from stem.geography.travel import KM_PER_MILE, minutes_between
from tests import make

BRITAIN = st.builds(Point, st.floats(49.8, 60.9), st.floats(-8.2, 1.8))


def cards_of(visit) -> list[Card]:
    visit.request = Request.objects.with_willing().select_related("school").get(pk=visit.request_id)
    return shortlist(visit, without=[], at=make.NOW, limit=12)


@given(BRITAIN)
def test_a_mark_is_within_a_mile_of_the_point_that_we_keep(home):
    assert km_between(home, neighbourhood(home)) < KM_PER_MILE


@given(BRITAIN, st.floats(-0.002, 0.002), st.floats(-0.002, 0.002))
def test_everybody_of_a_square_has_one_mark(home, north, east):
    corner = neighbourhood(home)

    assert neighbourhood(Point(corner.lat + north, corner.lon + east)) == corner == neighbourhood(corner)


@pytest.mark.django_db
class TestAMap:
    """Of a request in Leeds."""

    def test_numbers_its_marks_as_the_list_does(self):
        make.ambassador(name="Nia Near", cleared=True)
        make.ambassador(name="Finn Further", cleared=True, postcode="YO1 7HH", max_minutes=90)
        visit = make.visit()
        drawn = draw_map(visit.request, cards_of(visit))

        assert [(pin.card.place, str(pin.card.match.ambassador)) for pin in drawn.pins] == [
            (1, "Nia Near"),
            (2, "Finn Further"),
        ]
        assert drawn.school == visit.request.school.point

    def test_its_circles_are_journeys_by_the_one_rule(self):
        make.ambassador(cleared=True)
        visit = make.visit()
        drawn = draw_map(visit.request, cards_of(visit))

        for ring in drawn.rings:
            north = Point(drawn.school.lat + ring.metres / 111_195, drawn.school.lon)
            assert minutes_between(drawn.school, north) == ring.minutes
        assert [ring.minutes for ring in drawn.rings] == [15, 30, 60]

    def test_there_is_none_where_nobody_travels_or_nothing_is_known(self):
        make.ambassador(cleared=True)
        visit = make.visit()
        cards = cards_of(visit)
        online = Request(school=visit.request.school, mode="online")
        visit.request.school.point = None

        assert draw_map(online, cards) is None
        assert draw_map(visit.request, cards) is None
        assert draw_map(make.visit().request, []) is None
