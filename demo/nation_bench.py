"""What a nation's visits and forms take: to reckon what is usual, to tell of a term, and to read of it."""

import random
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.enums import RequestStatus, SeatStatus, VisitStatus
from bookings.models import Request, Seat, Visit
from demo import cast
from demo.board_bench import use_a_second_factor
from demo.measuring import Row, beside, timed
from quality.enums import FeedbackSide, FeedbackStatus
from quality.instruments import CURRENT
from quality.models import CaseMix, Feedback, Release
from quality.operations.case_mix import reckon_case_mix
from quality.operations.releases import release_term
from quality.terms import closed_by
from schools.models import School
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.curriculum import ACTIVITIES, Stage
from stem.terms import Term

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
VISITS, OF_A_REQUEST, SCHOOLS, PEOPLE, SEED = 150_000, 10, 3_000, 10_000, 7
DAYS = 700
# How likely each rating from 1 to 5 is, of the people of a nation together.
RATINGS = (0.02, 0.04, 0.11, 0.36, 0.47)
BATCH = 1_000


def bench_casemix() -> list[Row]:
    """What is usual among the ratings of 24 months; floor: the same rows, read by bare SQL and summed."""
    fill_nation()
    ours, floor = timed(lambda: reckon_case_mix(at=AT)), timed(_bare_sums)
    mix = CaseMix.objects.in_force()
    assert mix is not None and mix.ratings > VISITS / 4, mix
    what = f"reckon what is usual among {Feedback.objects.count()} forms"
    took = round(ours, 3)
    return [Row(what, 1, connection.vendor, took, took, round(floor, 3), round(ours / floor, 2))]


def bench_reports() -> list[Row]:
    """Telling of a term; floor: its forms read by bare SQL. Its pages; floor: one that asks the database nothing."""
    fill_nation()
    term = closed_by(AT)
    # The demonstration has told of it with figures of its own.
    Release.objects.filter(begins_on=term.first).delete()
    ours, floor = timed(lambda: release_term(at=AT)), timed(lambda: _bare_forms(term))
    release = Release.objects.get(begins_on=term.first)
    forms = Feedback.objects.filter(visit__starts_at__gte=term.begins_at, visit__starts_at__lt=term.ends_at)
    what = f"tell of {term}: {forms.count()} forms of {Feedback.objects.count()}"
    took = round(ours, 3)
    told = Row(what, 1, connection.vendor, took, took, round(floor, 3), round(ours / floor, 2))
    address = {"year": term.year, "season": term.season}
    region = {**address, "pk": next(iter(release.regions))}
    paths = [reverse("reports"), reverse("scheme_report", kwargs=address), reverse("region_report", kwargs=region)]
    return [told, *(_page(path) for path in [*paths, reverse("export_scheme_report", kwargs=address)])]


def _bare_forms(term: Term) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.side, f.status, f.answers, r.school_id, r.stage, v.starts_at FROM quality_feedback f"
            " JOIN bookings_visit v ON v.id = f.visit_id JOIN bookings_request r ON r.id = v.request_id"
            " WHERE v.status = 'delivered' AND v.starts_at >= %s AND v.starts_at < %s",
            [connection.ops.adapt_datetimefield_value(each) for each in (term.begins_at, term.ends_at)],
        )
        return sum(1 for _row in cursor)


def _page(path: str) -> Row:
    manager = User.objects.get(email=next(each.email for each in cast.STAFF if Role.ADMINISTRATOR in each.roles))
    client = Client()
    client.force_login(manager)
    use_a_second_factor(client, manager)
    assert client.get(path).status_code == 200, path
    return beside(f"page {path}", lambda: client.get(path), lambda: client.get(reverse("contact")), rounds=30)


def _bare_sums() -> dict[object, float]:
    answer = "json_extract(f.answers, '$.T9')" if connection.vendor == "sqlite" else "f.answers ->> 'T9'"
    sums: dict[object, float] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.ambassador_id, r.school_id, r.activity, r.stage, v.starts_at, {answer}"  # noqa: S608  no input
            " FROM quality_feedback f JOIN bookings_visit v ON v.id = f.visit_id"
            " JOIN bookings_request r ON r.id = v.request_id JOIN bookings_seat s ON s.visit_id = v.id"
            " WHERE f.side = 'teacher' AND f.status <> 'invited' ORDER BY v.starts_at"
        )
        for person, *_rest, rated in cursor:
            sums[person] = sums.get(person, 0.0) + float(rated)
    return sums


def fill_nation() -> None:
    """A nation's visits of two years, each with a form from both sides."""
    chance = random.Random(SEED)
    schools, people = _schools(chance), _people()
    pattern = Request.objects.filter(status=RequestStatus.OPEN).order_by("pk")[0]
    columns = {field.attname: getattr(pattern, field.attname) for field in Request._meta.concrete_fields}
    asked = Request.objects.bulk_create(
        (
            Request(
                **{
                    **columns,
                    "id": None,
                    "school_id": chance.choice(schools),
                    "activity": chance.choice(list(ACTIVITIES)),
                    "stage": chance.choice(Stage.values),
                    "status": RequestStatus.FULFILLED,
                }
            )
            for _number in range(VISITS // OF_A_REQUEST)
        ),
        batch_size=BATCH,
    )
    for first in range(0, len(asked), BATCH):
        _fill_visits(asked[first : first + BATCH], people, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _schools(chance: random.Random) -> list[int]:
    pattern = School.objects.order_by("pk")[0]
    columns = {field.attname: getattr(pattern, field.attname) for field in School._meta.concrete_fields}
    areas = list(School.objects.order_by("area").values_list("area", flat=True).distinct())
    made = School.objects.bulk_create(
        School(**{**columns, "id": None, "register_number": f"9{number:06}", "area": chance.choice(areas)})
        for number in range(SCHOOLS)
    )
    return [each.pk for each in made]


def _own(number: int) -> dict[str, object]:
    return {"user_id": None, "scheme_number": None, "email": f"person{number}@people.example"}


def _people() -> list[int]:
    pattern = Ambassador.objects.active().order_by("pk")[0]
    columns = {field.attname: getattr(pattern, field.attname) for field in Ambassador._meta.concrete_fields}
    made = Ambassador.objects.bulk_create(
        (Ambassador(**{**columns, "id": None, **_own(number)}) for number in range(PEOPLE)),
        batch_size=BATCH,
    )
    return [each.pk for each in made]


def _fill_visits(requests: list[Request], people: list[int], chance: random.Random) -> None:
    visits = Visit.objects.bulk_create(
        (_visit(request, number, chance) for request in requests for number in range(1, OF_A_REQUEST + 1)),
        batch_size=BATCH,
    )
    Seat.objects.bulk_create(
        (Seat(visit=visit, status=SeatStatus.TAKEN, ambassador_id=chance.choice(people)) for visit in visits),
        batch_size=BATCH,
    )
    Feedback.objects.bulk_create(
        (_form(visit, side, chance) for visit in visits for side in FeedbackSide), batch_size=BATCH
    )


def _visit(request: Request, number: int, chance: random.Random) -> Visit:
    start = AT - timedelta(days=chance.randrange(1, DAYS), hours=chance.randrange(5))
    return Visit(
        request=request,
        number=number,
        status=VisitStatus.DELIVERED,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        supervising_adult="Sam Supervisor",
        changed_at=AT,
    )


def _form(visit: Visit, side: FeedbackSide, chance: random.Random) -> Feedback:
    assert visit.starts_at is not None
    rated = {f"T{number}": str(chance.choices((1, 2, 3, 4, 5), RATINGS)[0]) for number in range(1, 10)}
    teacher = {"TF1": "as_planned", "TF2": "yes", **rated, "T10": "yes" if rated["T9"] > "2" else "no", "T14": "no"}
    return Feedback(
        visit=visit,
        side=side,
        instrument=CURRENT[side],
        status=FeedbackStatus.READ,
        invited_at=visit.starts_at,
        closes_at=visit.starts_at + timedelta(days=28),
        submitted_at=visit.starts_at + timedelta(days=2),
        answers=teacher if side == FeedbackSide.TEACHER else {"A1": "as_planned", "A3": "yes", "A11": "no"},
    )
