"""How long the vetting board takes with as many people in vetting as a nation has at its busiest."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import connection
from django.test import Client
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, CheckBody, OfferingKind, RefereeCapacity, RefereeStatus, RequirementKind
from ambassadors.facts import read_applicants
from ambassadors.models import Ambassador, Application, Offering, Referee, Requirement
from ambassadors.queries.board import Tab, vetting_board
from demo import cast
from demo.measuring import Row, beside
from stem.accounts.models import User
from stem.accounts.session_store import SEEN, STARTED
from stem.moments import day_of

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
IN_VETTING = 2000
SHOWN = 25
# What a person gives to be sent in; how many of the rest are there differs from one to the next.
GIVEN = (RequirementKind.ELIG, RequirementKind.SELF, RequirementKind.CODE, RequirementKind.DECL)
LATER = (RequirementKind.ID, RequirementKind.REF, RequirementKind.INDUCT, RequirementKind.SAFEG, RequirementKind.CRC)
OFFERED = (
    (OfferingKind.SUBJECT, "physics"),
    (OfferingKind.SUBJECT, "chemistry"),
    (OfferingKind.STAGE, "ks2"),
    (OfferingKind.STAGE, "ks3"),
    (OfferingKind.ACTIVITY, "careers_talk"),
    (OfferingKind.ACTIVITY, "workshop"),
)


def bench_board() -> list[Row]:
    """The board of everybody in vetting; floor: reading their rows, without a fact about them."""
    fill_the_board()
    people = Ambassador.objects.filter(status=AmbassadorStatus.VETTING)
    total, officer = people.count(), User.objects.get(email=cast.STAFF[1].email)

    def board() -> object:
        found = vetting_board(people, reader=officer.pk, on=day_of(AT), vetting_days=42)
        return found.counts, found.rows(found.of(Tab.OURS)[:SHOWN])

    return [
        beside(f"whose turn it is with {total} people", board, _bare_rows, rounds=30),
        beside(f"their facts, of {total}", lambda: read_applicants(people, on=day_of(AT)), _bare_rows, rounds=30),
        _page(officer, total),
    ]


def _bare_rows() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ambassadors_ambassador WHERE status = 'vetting'")
        return cursor.fetchall()


def _page(officer: User, total: int) -> Row:
    client = Client()
    client.force_login(officer)
    use_a_second_factor(client, officer)
    path = reverse("vetting_board")
    assert client.get(path).status_code == 200
    return beside(f"page {path} with {total} people", lambda: client.get(path), _contact(client), rounds=30)


def _contact(client: Client) -> Callable[[], object]:
    return lambda: client.get(reverse("contact"))


def use_a_second_factor(client: Client, officer: User) -> None:
    """What a sign-in with an authenticator app leaves in the session."""
    session, now = client.session, time.time()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": now}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(officer.pk)
    session[STARTED] = session[SEEN] = int(now)
    session.save()


def fill_the_board() -> None:
    """People at every step of vetting, sent in over ten weeks."""
    officer, second = User.objects.filter(email__in=[each.email for each in cast.STAFF[:2]])
    pattern = Ambassador.objects.order_by("pk")[0]
    people = Ambassador.objects.bulk_create(_person(pattern, number) for number in range(IN_VETTING))
    Application.objects.bulk_create(_application(each, number) for number, each in enumerate(people))
    Offering.objects.bulk_create(
        Offering(ambassador=each, kind=kind, code=code) for each in people for kind, code in OFFERED
    )
    Requirement.objects.bulk_create(
        _requirement(each, kind, officer, None if number % 3 else second)
        for number, each in enumerate(people)
        for kind in (*GIVEN, *LATER[: number % (len(LATER) + 1)])
    )
    statuses = [RefereeStatus.ASKED, RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED, RefereeStatus.NOT_ACCEPTED]
    Referee.objects.bulk_create(
        _referee(each, statuses[(number + place * (number % 3)) % len(statuses)], place)
        for number, each in enumerate(people)
        for place in range(2)
    )


def _person(pattern: Ambassador, number: int) -> Ambassador:
    return Ambassador(
        full_name=f"Person {number:04}",
        email=f"person{number}@people.example",
        phone="07700 900000",
        job_title=pattern.job_title,
        route=pattern.route,
        postcode=pattern.postcode,
        area=pattern.area,
        nation=pattern.nation,
        registered_at=AT - timedelta(days=80),
        status=AmbassadorStatus.VETTING,
    )


def _application(person: Ambassador, number: int) -> Application:
    sent_at = AT - timedelta(days=number % 70, hours=1)
    return Application(
        ambassador=person,
        started_at=sent_at - timedelta(days=3),
        sent_at=sent_at,
        identity_method="in_person" if number % 2 else "",
        check_agreed_at=sent_at if number % 5 else None,
        wants_to_talk=number % 50 == 0,
    )


def _requirement(person: Ambassador, kind: RequirementKind, by: User, second: User | None) -> Requirement:
    is_check = kind is RequirementKind.CRC
    return Requirement(
        ambassador=person,
        kind=kind,
        body=CheckBody.DBS if is_check else "",
        started_on=day_of(AT) - timedelta(days=20),
        valid_until=None,
        recorded_by=by,
        recorded_at=AT - timedelta(days=20),
        confirmed_by=second if is_check else None,
        confirmed_at=AT if is_check and second else None,
    )


def _referee(person: Ambassador, status: RefereeStatus, place: int) -> Referee:
    return Referee(
        ambassador=person,
        status=status,
        full_name=f"Referee {place}",
        email=f"referee{place}@elsewhere.example",
        capacity=RefereeCapacity.EMPLOYER,
        named_at=AT - timedelta(days=30),
        asked_at=AT - timedelta(days=29),
        answered_at=AT - timedelta(days=9),
    )
