"""The rows by which matching finds one person, from what is on record of them: pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ambassadors.enums import OfferingKind
from ambassadors.reach.masks import ACTIVITY_TYPES, AIMS, CONDITIONS, LANGUAGES_ASKED_FOR, STAGES
from ambassadors.reach.spans import Fact, spans_of
from stem.geography.points import Point, bounding_box
from stem.geography.travel import km_for_minutes


class Traveller(NamedTuple):
    """What a person's own row says of their reach."""

    pk: int
    lat: float | None
    lon: float | None
    max_minutes: int
    in_person: bool
    online: bool


class Place(NamedTuple):
    """The box within which every place lies that somebody goes to, and where they live."""

    south: float | None = None
    north: float | None = None
    west: float | None = None
    east: float | None = None
    lat: float | None = None
    lon: float | None = None


class Row(NamedTuple):
    """The columns of `Reach`, in their order."""

    ambassador_id: int
    subject: str
    south: float | None
    north: float | None
    west: float | None
    east: float | None
    lat: float | None
    lon: float | None
    max_minutes: int
    in_person: bool
    online: bool
    stages: int
    activities: int
    languages: int
    cleared_from: date
    cleared_until: date
    in_scotland: bool
    barred_list: bool
    conditions: int
    at_short_notice: bool
    aims: int


def rows_of(
    person: Traveller,
    offered: Mapping[str, Iterable[str]],
    facts: Iterable[Fact],
    *,
    at_short_notice: bool,
    aims: Iterable[str] = (),
) -> Iterator[Row]:
    """One for each subject and each span of days on which they are cleared; none for who can go nowhere."""
    place = _place_of(person)
    in_person = person.in_person and place.lat is not None
    if not (in_person or person.online):
        return
    spans = spans_of(facts)
    stages = STAGES.of(offered.get(OfferingKind.STAGE, ()))
    activities = ACTIVITY_TYPES.of(offered.get(OfferingKind.ACTIVITY, ()))
    languages = LANGUAGES_ASKED_FOR.of(offered.get(OfferingKind.LANGUAGE, ()))
    opted_in = AIMS.of(aims)
    for subject in offered.get(OfferingKind.SUBJECT, ()):
        for span in spans:
            yield Row(
                person.pk,
                subject,
                **place._asdict(),
                max_minutes=person.max_minutes,
                in_person=in_person,
                online=person.online,
                stages=stages,
                activities=activities,
                languages=languages,
                cleared_from=span.first,
                cleared_until=span.last,
                in_scotland=span.in_scotland,
                barred_list=span.barred_list,
                conditions=CONDITIONS.of(span.conditions),
                at_short_notice=at_short_notice,
                aims=opted_in,
            )


def _place_of(person: Traveller) -> Place:
    if person.lat is None or person.lon is None:
        return Place()
    box = bounding_box(Point(person.lat, person.lon), km_for_minutes(person.max_minutes))
    return Place(box.south, box.north, box.west, box.east, person.lat, person.lon)
