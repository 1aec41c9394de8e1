"""How long the map of a nation's schools takes: its page, its file, its list by authority, and reckoning it anew."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Coverage, Request, Visit
from bookings.operations.coverage import reckon_coverage
from demo import cast
from demo.board_bench import use_a_second_factor
from demo.free_bench import made_person
from demo.made_ground import Ground
from demo.measuring import Row, beside, timed
from schools.enums import Phase, Register
from schools.models import School
from schools.operations.ranking import rank_by_disadvantage
from stem.accounts.models import User
from stem.geography.areas import AREAS
from stem.nations import Nation

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
SCHOOLS, VISITS, PEOPLE, SEED = 32_000, 150_000, 50_000, 11
PHASES = (Phase.PRIMARY, Phase.PRIMARY, Phase.PRIMARY, Phase.SECONDARY)
BATCH, DAYS = 5_000, 1_500


def bench_map() -> list[Row]:
    """The pages and the file; floors: a page that asks nothing, and the same columns by bare SQL."""
    fill_schools()
    took = round(timed(lambda: reckon_coverage(at=AT)))
    bare = round(timed(_bare_visits))
    rows = [Row(f"reckon {SCHOOLS:,} schools anew", 1, connection.vendor, took, took, bare, round(took / bare, 2))]
    coordinator = User.objects.get(email=cast.STAFF[0].email)
    client = Client()
    client.force_login(coordinator)
    use_a_second_factor(client, coordinator)
    contact = reverse("contact")
    answer = client.get(reverse("coverage_map"))
    etag = {"if-none-match": answer["ETag"]}
    size = round(len(answer.content) / 1000)
    school = reverse("coverage_school", args=[Coverage.objects.order_by("-score")[0].school_id])
    among = f"{SCHOOLS:,} schools and {VISITS:,} visits"
    for what, path in (
        (f"page of {among}", reverse("coverage")),
        (f"its 600th page of all {among}", f"{reverse('coverage')}?show=all&page=600"),
        (f"by authority, of {among}", reverse("coverage_authorities")),
        (f"one school of {among}", school),
    ):
        rows.append(_asked(what, client, path, lambda: client.get(contact)))
    path = reverse("coverage_map")
    rows.append(_asked(f"file of {among}, {size} kB", client, path, _bare_columns))
    assert client.get(path, headers=etag).status_code == 304
    rows.append(
        beside(
            "the file, not modified",
            lambda: client.get(path, headers=etag),
            lambda: client.get(contact),
            rounds=20,
        )
    )
    return rows


def _asked(what: str, client: Client, path: str, floor: Callable[[], object]) -> Row:
    assert client.get(path).status_code == 200, path
    return beside(what, lambda: client.get(path), floor, rounds=20)


def _bare_columns() -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.lat, s.lon, s.roll, c.visits, c.last_on FROM bookings_coverage c"
            " JOIN schools_school s ON s.id = c.school_id WHERE s.lat IS NOT NULL"
        )
        return cursor.fetchall()


def _bare_visits() -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.school_id, MAX(v.starts_at), COUNT(*) FROM bookings_visit v"
            " JOIN bookings_request r ON r.id = v.request_id WHERE v.status = 'delivered' GROUP BY r.school_id"
        )
        return cursor.fetchall()


def fill_schools() -> None:
    """A nation's schools where people live, half of them visited, some often; and people round them."""
    chance, ground = random.Random(SEED), Ground()
    contact = Request.objects.order_by("pk")[0].contact_id
    schools = School.objects.bulk_create(
        (_school(number, chance, ground) for number in range(SCHOOLS)), batch_size=BATCH
    )
    rank_by_disadvantage()
    visited = schools[: SCHOOLS // 2]
    requests = Request.objects.bulk_create(
        (
            Request(
                school=chance.choice(visited),
                contact_id=contact,
                status=RequestStatus.FULFILLED,
                started_at=AT,
                submitted_at=AT,
            )
            for _number in range(VISITS)
        ),
        batch_size=BATCH,
    )
    Visit.objects.bulk_create((_visit(request, chance) for request in requests), batch_size=BATCH)
    Ambassador.objects.bulk_create(
        (
            made_person(number, lat=lat, lon=lon)
            for number in range(PEOPLE)
            for _postcode, lat, lon in [ground.home(chance)]
        ),
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        # PostgreSQL does so by itself within minutes of so many new rows.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _school(number: int, chance: random.Random, ground: Ground) -> School:
    postcode, lat, lon = ground.home(chance)
    area = postcode[:2].rstrip("0123456789")
    return School(
        register=Register.GIAS,
        register_number=f"7{number:06}",
        name=f"School {number:05}",
        town=AREAS[area].town,
        phase=chance.choice(PHASES),
        nation=Nation.ENG,
        authority=f"{AREAS[area].town} {number % 2 + 1}",
        postcode=postcode,
        area=area,
        lat=lat + chance.gauss(0, 0.02),
        lon=lon + chance.gauss(0, 0.03),
        roll=chance.randrange(40, 1600),
        fsm_percent=round(chance.uniform(2, 60), 1),
        fsm_year=2026,
    )


def _visit(request: Request, chance: random.Random) -> Visit:
    start = AT - timedelta(days=chance.randrange(DAYS), hours=3)
    return Visit(
        request=request,
        status=VisitStatus.DELIVERED,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        supervising_adult="Sam Supervisor",
        changed_at=start,
    )
