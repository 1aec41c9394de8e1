"""Texts beside the letters about a near visit, for those who asked for them; posted with the fact, as its letters are.

Only what cannot wait: it is called off or moved, or somebody cannot come, with fewer than five working days left (T-40,
T-42). Whoever did it knows it, and is not told. Where no texts are sent, nothing is asked of the database.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from ambassadors.enums import TAKES_NO_PART
from ambassadors.models import Ambassador
from bookings import texts
from bookings.enums import SeatStatus
from bookings.models import Seat, Visit
from bookings.notice import is_late
from schools.models import Contact
from stem.accounts.models import User
from stem.moments import day_of
from stem.nations import Nation
from stem.texts.models import NumberProof, TextNumber
from stem.texts.port import are_texts_on
from stem.texts.post import post_text
from stem.texts.proving import stop_texts

if TYPE_CHECKING:
    from stem.texts.drafts import TextFact


def text_called_off(visit: Visit, *, by: User | None, at: datetime, to_school: bool = True) -> None:
    """It is off: to everyone with a seat, and to the school where it had been agreed with it."""
    if _is_urgent(visit, visit.starts_at, at=at):
        who = _with_seats(visit) | _at_school(visit) if to_school else _with_seats(visit)
        _post(texts.visit_called_off, visit, who, until=visit.starts_at, by=by, at=at)


def text_moved(visit: Visit, *, was: datetime, by: User | None, at: datetime) -> None:
    """It is at another time: urgent where either of the two is near, and of use until the earlier."""
    first = min(was, visit.starts_at) if visit.starts_at else was
    if _is_urgent(visit, first, at=at):
        _post(texts.visit_moved, visit, _with_seats(visit) | _at_school(visit), until=first, by=by, at=at)


def text_person_withdrew(visit: Visit, *, by: User | None, at: datetime) -> None:
    """Somebody cannot come and another is looked for: to the school, where the visit keeps its time."""
    if _is_urgent(visit, visit.starts_at, at=at):
        _post(texts.person_withdrew, visit, _at_school(visit), until=visit.starts_at, by=by, at=at)


def text_no_longer_expected(
    visit: Visit, person: Ambassador, *, starts_at: datetime | None, by: User | None, at: datetime
) -> None:
    """To whoever had a seat that a rule has taken back; who gave it up themselves, or by telephone, knows."""
    if by is None and starts_at is not None and _is_urgent(visit, starts_at, at=at):
        who = User.objects.filter(pk__in=Ambassador.objects.filter(pk=person.pk).values("user"))
        began = {"starts_at": starts_at.isoformat()}
        _post(texts.no_longer_expected, visit, who, until=starts_at, by=by, at=at, **began)


def forget_numbers(*, at: datetime, of: User | None = None) -> int:
    """Forget the numbers of those who have no part any more of which a text could tell; how many people.

    Of one person as they leave, or as a sweep of all of them for whoever else ended a part: it may run twice, or late.
    """
    proven, waiting = TextNumber.objects.values("user"), NumberProof.objects.values("user")
    ambassadors = Ambassador.objects.exclude(status__in=TAKES_NO_PART).filter(user__isnull=False)
    contacts = Contact.objects.approved()
    people = User.objects.filter(Q(pk__in=proven) | Q(pk__in=waiting))
    people = people.exclude(pk__in=ambassadors.values("user")).exclude(pk__in=contacts.values("user"))
    found = list(people.filter(pk=of.pk) if of is not None else people.order_by("pk"))
    for user in found:
        with transaction.atomic():
            stop_texts(user=user, by=of, at=at)
    return len(found)


def _is_urgent(visit: Visit, starts_at: datetime | None, *, at: datetime) -> bool:
    """Whether texts are sent at all, and what begins then is so near that a letter may be read too late."""
    if not are_texts_on() or starts_at is None or starts_at <= at:
        return False
    return is_late(day_of(at), day_of(starts_at), Nation(visit.request.school.nation))


def _at_school(visit: Visit) -> "QuerySet[User]":
    """Whoever asks for the school."""
    return User.objects.filter(pk__in=Contact.objects.filter(pk=visit.request.contact_id).values("user"))


def _with_seats(visit: Visit) -> "QuerySet[User]":
    """Whoever has a seat, and an account."""
    seats = Seat.objects.filter(visit=visit, status=SeatStatus.TAKEN, ambassador__user__isnull=False)
    return User.objects.filter(pk__in=seats.values("ambassador__user"))


def _post(
    fact: "TextFact",
    visit: Visit,
    who: "QuerySet[User]",
    *,
    until: datetime | None,
    by: User | None,
    at: datetime,
    **ids: str,
) -> None:
    """One text to each of them who has asked for texts, but for whoever did it."""
    assert until is not None
    readers = who.filter(pk__in=TextNumber.objects.values("user"))
    for reader in readers.order_by("pk"):
        told: dict[str, int | str] = {"visit_id": visit.pk, "sequence": visit.sequence, "user_id": reader.pk, **ids}
        if reader != by:
            post_text(fact, told, to=reader, until=until, at=at)
