"""What is measured, each beside its floor: the same rows touched by bare SQL, in the same run."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection, transaction
from django.test import Client

from ambassadors.enums import RequirementKind
from ambassadors.models import Ambassador
from bookings.enums import OfferStatus, RequestStatus
from bookings.models import Offer, PossibleTime, Request, Seat, Visit
from bookings.operations.offers import accept_offer
from demo.audit_bench import bench_audit
from demo.board_bench import bench_board
from demo.bookable_bench import bench_bookable
from demo.diary_bench import bench_diary
from demo.drawing_bench import bench_drawing
from demo.feed_bench import bench_feed
from demo.free_bench import bench_free
from demo.ladder_bench import bench_ladder
from demo.linkage_bench import bench_linkage
from demo.map_bench import bench_map
from demo.match_bench import bench_match
from demo.measuring import Row, beside
from demo.nation_bench import bench_casemix, bench_reports
from demo.people_bench import bench_register
from demo.register_benches import bench_registers
from demo.scheme import load_scheme
from demo.search_bench import bench_search
from schools.models import Contact
from stem.accounts.models import User
from stem.moments import day_of

NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
_hours = count(1)


def prepare() -> None:
    """The demonstration scheme, in an empty database of its own."""
    load_scheme(at=NOW)


def bench_accept() -> list[Row]:
    """One acceptance; floor: the two rows it cannot do without."""
    ambassador = Ambassador.objects.active()[0]
    # Their days grow too many for any other check (rule V-15).
    ambassador.requirements.filter(kind=RequirementKind.CRC).update(barred_list=True)
    return [beside("accept an offer", lambda: _accept(ambassador), lambda: _bare_accept(ambassador))]


def _accept(ambassador: Ambassador) -> None:
    offer, starts_at = _new_offer(ambassador)
    accept_offer(offer=offer, starts_at=starts_at, by=ambassador.user, at=NOW)


def _new_offer(ambassador: Ambassador) -> tuple[Offer, datetime]:
    """An offer for an hour of its own; making it is part of both sides, and the same in both."""
    starts_at = NOW + timedelta(days=2, hours=2 * next(_hours))
    request = Request.objects.filter(status=RequestStatus.OPEN).select_related("school", "contact__user")[0]
    request.pk = None
    request.save()
    PossibleTime.objects.create(request=request, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    visit = Visit.objects.create(request=request, changed_at=NOW, supervising_adult="Sam")
    seat = Seat.objects.create(visit=visit)
    offer = Offer.objects.create(
        seat=seat,
        visit=visit,
        ambassador=ambassador,
        status=OfferStatus.SENT,
        made_at=NOW,
        lapses_at=NOW + timedelta(days=1),
    )
    return offer, starts_at


def _bare_accept(ambassador: Ambassador) -> None:
    offer, starts_at = _new_offer(ambassador)
    ends_at = starts_at + timedelta(hours=1)
    moments = [connection.ops.adapt_datetimefield_value(each) for each in (starts_at, ends_at)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bookings_seat SET status = 'taken', ambassador_id = %s WHERE id = %s",
            [ambassador.pk, offer.seat_id],
        )
        cursor.execute(
            "INSERT INTO bookings_commitment (seat_id, ambassador_id, starts_at, ends_at) VALUES (%s, %s, %s, %s)",
            [offer.seat_id, ambassador.pk, *moments],
        )


def bench_pages() -> list[Row]:
    """Server time of the pages people open most; floor: the contact page, which asks the database nothing."""
    client = Client()
    homes = {"t": ("/school/", Contact.objects.approved().order_by("pk")[0].user)}
    ambassador = Ambassador.objects.active().order_by("pk")[0]
    assert ambassador.user is not None
    homes["a"] = ("/ambassador/", ambassador.user)
    return [_page(client, path, user) for path, user in homes.values()]


def _page(client: Client, path: str, user: User) -> Row:
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code} on {day_of(NOW)}"
    return beside(f"page {path}", lambda: client.get(path), lambda: client.get("/contact/"), rounds=30)


BENCHES: dict[str, Callable[[], list[Row]]] = {
    "accept": bench_accept,
    "audit": bench_audit,
    "board": bench_board,
    "bookable": bench_bookable,
    "casemix": bench_casemix,
    "diary": bench_diary,
    "drawing": bench_drawing,
    "free": bench_free,
    "ladder": bench_ladder,
    "linkage": bench_linkage,
    "map": bench_map,
    "match": bench_match,
    "feed": bench_feed,
    "pages": bench_pages,
    "register": bench_register,
    "registers": bench_registers,
    "reports": bench_reports,
    "search": bench_search,
}


def as_plain(rows: list[Row]) -> list[dict[str, object]]:
    """Rows as plain values."""
    return [asdict(row) for row in rows]
