"""How many could come to a school in a postcode district: for anybody, who may ask about any district."""

from dataclasses import dataclass, replace
from datetime import datetime

from bookings.enums import Mode
from bookings.matching.counting import HowMany, held_on, how_many_are_cleared, rounded_for_anyone
from bookings.matching.wanted import Wanted
from bookings.notice import earliest_day
from schools.terms.school_time import usual_time
from stem.geography.districts import DistrictPlace, place_of_district
from stem.geography.postcodes import District
from stem.moments import day_of
from stem.policy.values import values


@dataclass(frozen=True)
class Nearby:
    """How many could come, and how many could be met online; `wanted` and `found` are for the record of searches."""

    place: DistrictPlace
    in_person: HowMany
    online: HowMany
    wanted: Wanted
    found: int


def people_near(district: District, *, subject: str, stage: str, at: datetime) -> Nearby:
    """How many could come to a school in the middle of this district on the first day that is promised (T-10).

    Told by fives, and below five no more than that: whoever asks about one district after another comes to nobody's
    home. Refuses with `district` where it is not known. At most six statements.
    """
    place = place_of_district(district)
    today = day_of(at)
    first_day = earliest_day(
        today=today,
        mode=Mode.IN_PERSON,
        activity="",
        time=usual_time(place.nation),
        policy=values(on=today),
    )
    wanted = Wanted(
        point=place.point, nation=place.nation, subject=subject, stage=stage, activity="", online=False, times=()
    )
    held = held_on(first_day)
    found = how_many_are_cleared(wanted, on=first_day, held=held)
    online = how_many_are_cleared(replace(wanted, online=True), on=first_day, held=held)
    return Nearby(place, rounded_for_anyone(found), rounded_for_anyone(online), wanted, found)
