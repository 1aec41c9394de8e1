"""What was asked for is kept, about no one, to see where people are missing."""

from datetime import datetime

from django.db import transaction

from bookings.enums import SearchKind
from bookings.matching.counting import how_many_for
from bookings.matching.ranking import wanted_by
from bookings.matching.wanted import Wanted
from bookings.models import Request, Search
from stem.geography.postcodes import read_district
from stem.moments import day_of
from stem.rules import Refusal


@transaction.atomic
def keep_search(*, kind: SearchKind, area: str, district: str, wanted: Wanted, found: int, at: datetime) -> None:
    """Keep that this was asked for, and how many could come; once a day, so that asking again adds nothing."""
    search = Search(
        kind=kind,
        day=day_of(at),
        nation=wanted.nation,
        area=area,
        district=district,
        subject=wanted.subject,
        stage=wanted.stage,
        online=wanted.online,
        found=found,
    )
    Search.objects.bulk_create([search], ignore_conflicts=True)


def keep_search_of(request: Request, *, at: datetime) -> None:
    """Keep what a request that is sent in asks for, by the postcode district of its school."""
    times = [(each.starts_at, each.ends_at) for each in request.possible_times.all()]
    found = how_many_for(request, times, at=at)
    if found is None:
        return
    school = request.school
    keep_search(
        kind=SearchKind.TEACHER,
        area=school.area,
        district=_district_of(school.postcode),
        wanted=wanted_by(request, times),
        found=found,
        at=at,
    )


def _district_of(postcode: str) -> str:
    """The outward half of a postcode; blank where it is none."""
    try:
        return read_district(postcode).code
    except Refusal:
        return ""
