"""What must never be, tried by raw SQL after all migrations: the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ambassadors.models import Requirement
from bookings.enums import OfferStatus, ProposalStatus, VisitStatus
from bookings.models import Agreement, Commitment, Offer, Proposal, Seat, Visit
from stem.promises import broken_promise
from tests import make

pytestmark = pytest.mark.django_db


def refused(model, sql: str, *values) -> str | None:
    """The name of the promise that this write breaks; None when the database lets it through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError as error:
        # Raw SQL has no `__cause__` chain of ours on SQLite; the message carries the name there.
        return broken_promise(error, model)
    return None


def adapted(moment):
    """A moment as this database takes it in raw SQL."""
    return connection.ops.adapt_datetimefield_value(moment)


def commit_hours(seat: Seat, starts_at, ends_at) -> str | None:
    return refused(
        Commitment,
        "INSERT INTO bookings_commitment (seat_id, ambassador_id, starts_at, ends_at) VALUES (%s, %s, %s, %s)",
        seat.pk,
        seat.ambassador_id,
        adapted(starts_at),
        adapted(ends_at),
    )


@pytest.mark.parametrize(
    ("from_minutes", "to_minutes", "expected"),
    [
        (0, 60, "one_place_at_a_time"),
        (-30, 1, "one_place_at_a_time"),
        (59, 90, "one_place_at_a_time"),
        (15, 45, "one_place_at_a_time"),
        (-60, 120, "one_place_at_a_time"),
        (60, 120, None),
        (-60, 0, None),
        (90, 120, None),
    ],
)
def test_one_person_is_never_in_two_seats_at_once(from_minutes, to_minutes, expected):
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    second = make.visit()
    seat = second.seats.get()
    Seat.objects.filter(pk=seat.pk).update(status="taken", ambassador=ambassador)
    seat.refresh_from_db()
    start = make.FIRST_TIME[0]

    broken = commit_hours(seat, start + timedelta(minutes=from_minutes), start + timedelta(minutes=to_minutes))

    assert broken == expected


def test_moving_hours_onto_others_is_refused_as_well():
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador)
    later = make.visit(ambassador=ambassador, time=make.SECOND_TIME)

    broken = refused(
        Commitment,
        "UPDATE bookings_commitment SET starts_at = %s WHERE seat_id = %s",
        adapted(make.FIRST_TIME[0]),
        later.seats.get().pk,
    )

    assert broken == "one_place_at_a_time"


def test_a_person_takes_their_own_hours_again_after_letting_them_go():
    ambassador = make.ambassador(cleared=True)
    seat = make.visit(ambassador=ambassador).seats.get()
    Commitment.objects.all().delete()

    assert commit_hours(seat, *make.FIRST_TIME) is None


def test_a_seat_never_has_two_accepted_offers():
    visit = make.visit(ambassador=make.ambassador(cleared=True))
    second = make.offer(visit=visit)

    broken = refused(Offer, "UPDATE bookings_offer SET status = %s WHERE id = %s", OfferStatus.ACCEPTED, second.pk)

    assert broken == "one_accepted_offer_per_seat"


@pytest.mark.parametrize("status", ["queued", "sent", "countered", "accepted"])
def test_a_person_never_has_two_live_offers_for_one_visit(status):
    first = make.offer()
    again = make.offer(visit=first.visit, ambassador=first.ambassador, status=OfferStatus.DECLINED)

    broken = refused(Offer, "UPDATE bookings_offer SET status = %s WHERE id = %s", status, again.pk)

    assert broken == "one_live_offer_per_person_in_a_visit"


@pytest.mark.parametrize("status", ["confirmed", "delivered"])
def test_a_confirmed_visit_always_names_its_supervising_adult(status):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED, supervising_adult="")

    broken = refused(Visit, "UPDATE bookings_visit SET status = %s WHERE id = %s", status, visit.pk)

    assert broken == "confirmed_visit_names_its_supervising_adult"


def test_one_person_is_never_both_assessors_of_a_check():
    person = make.ambassador(cleared=True)
    check = person.requirements.get(kind="CRC")

    broken = refused(
        Requirement,
        "UPDATE ambassadors_requirement SET confirmed_by_id = %s WHERE id = %s",
        check.recorded_by_id,
        check.pk,
    )

    assert broken == "check_assessed_by_two_people"


def test_a_visit_ends_after_it_starts():
    visit = make.visit(ambassador=make.ambassador(cleared=True))

    broken = refused(Visit, "UPDATE bookings_visit SET ends_at = starts_at WHERE id = %s", visit.pk)

    assert broken == "visit_ends_after_it_starts"


@pytest.mark.parametrize(("status", "person"), [("taken", None), ("open", "someone")])
def test_a_seat_is_taken_exactly_when_it_has_its_ambassador(status, person):
    seat = make.visit().seats.get()
    ambassador_id = make.ambassador(cleared=True).pk if person else None

    broken = refused(
        Seat, "UPDATE bookings_seat SET status = %s, ambassador_id = %s WHERE id = %s", status, ambassador_id, seat.pk
    )

    assert broken == "taken_seat_has_its_ambassador"


def test_a_visit_never_has_two_open_proposals():
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    make.proposal(visit)
    second = make.proposal(visit, status=ProposalStatus.REFUSED)

    broken = refused(Proposal, "UPDATE bookings_proposal SET status = %s WHERE id = %s", "proposed", second.pk)

    assert broken == "one_open_proposal_per_visit"


@pytest.mark.parametrize("of_seat", [True, False])
def test_nobody_agrees_twice_to_one_proposal(of_seat):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    seat = visit.seats.get()
    proposal = make.proposal(visit, seat=None if of_seat else seat)
    Agreement.objects.create(proposal=proposal, seat=seat if of_seat else None, agreed_at=make.NOW)

    columns = "proposal_id, seat_id, agreed_at, manages_journey"
    sql = f"INSERT INTO bookings_agreement ({columns}) VALUES (%s, %s, %s, %s)"
    broken = refused(Agreement, sql, proposal.pk, seat.pk if of_seat else None, adapted(make.NOW), False)

    assert broken == ("a_seat_agrees_once" if of_seat else "the_school_agrees_once")


def test_no_visit_has_room_for_two_who_watch():
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    sql = "INSERT INTO bookings_seat (visit_id, kind, status) VALUES (%s, %s, %s)"

    assert refused(Seat, sql, visit.pk, "shadow", "open") is None
    assert refused(Seat, sql, visit.pk, "lead", "open") is None
    assert refused(Seat, sql, visit.pk, "shadow", "open") == "one_shadow_place_in_a_visit"
