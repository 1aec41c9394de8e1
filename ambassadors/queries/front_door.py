"""Whether whoever registers is in the register already: asked where they cannot hear the answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from ambassadors.enums import AmbassadorStatus
from ambassadors.linkage.knowing import most_like
from ambassadors.linkage.records import Person
from ambassadors.models import Ambassador, Check, Membership
from stem.accounts.addresses import verified_address_of
from stem.accounts.models import User
from stem.letters.models import OneTimeLink

# Compared with so many of one surname, telephone number or postcode at most.
MOST_COMPARED = 500
COLUMNS = ("full_name", "known_as", "email", "phone", "postcode", "lat", "lon", "organisation")


def record_at_own_address(user: User) -> Ambassador | None:
    """A record without a sign-in on which an address stands that this person has proved; the first that came."""
    # For most there is none: then nothing more is asked.
    person = Ambassador.objects.claimable().at_address(user.email).order_by("registered_at", "pk").first()
    return person if person is not None and verified_address_of(user) else None


def record_like(user: User, *, above: float) -> Ambassador | None:
    """Somebody of the register who is probably this person, under another address, as the linkage model judges.

    A record that became part of another is compared as well, and who is meant is the one that goes on.
    Whoever was turned down, barred or sealed is nobody here: no applicant hears anything of it (V-60, P-21).
    """
    mine = Ambassador.objects.filter(user=user).first()
    me = _as_compared("", mine) if mine is not None else Person("", "", user.full_name, phone=user.phone)
    if not me.full_name.strip():
        return None
    barred = Check.objects.barring().filter(ambassador=OuterRef("pk"))
    nobody = (AmbassadorStatus.DECLINED, AmbassadorStatus.SEALED)
    people = Ambassador.objects.exclude(status__in=nobody).exclude(Exists(barred)).exclude(user=user)
    # A record that is part of another stands for that one.
    others = people.filter(Q(merged_into=None) | Q(merged_into__in=people.unmerged())).filter(_worth_comparing(me))
    rows = list(others.select_related("user", "merged_into__user").order_by("pk")[:MOST_COMPARED])
    size = Ambassador.objects.count() if rows else 0
    place = most_like(me, [_as_compared("register", row) for row in rows], size=size, above=above)
    return None if place is None else rows[place].merged_into or rows[place]


def _worth_comparing(me: Person) -> Q:
    wanted = Q(full_name__iendswith=me.full_name.split()[-1])
    if me.phone:
        wanted |= Q(phone=me.phone)
    if me.postcode:
        wanted |= Q(postcode=me.postcode)
    return wanted


def _as_compared(scheme: str, row: Ambassador) -> Person:
    return Person(scheme, str(row.pk), *(getattr(row, name) for name in COLUMNS))


@dataclass(frozen=True)
class Offered:
    """A record that somebody is asked about, and the link by which they came to it, if they did."""

    person: Ambassador
    schemes: tuple[str, ...]
    link: OneTimeLink | None = None


def offered_by(link: OneTimeLink) -> Offered | None:
    """What a link from our letter is about; None where it is there no more."""
    person = Ambassador.objects.behind(link.object_id).first()
    return None if person is None else _offered(person, link)


def offered_to(user: User, *, link_id: int | None, at: datetime) -> Offered | None:
    """The record that this person may say is theirs: that of the link they came by, else one at their own address."""
    link = OneTimeLink.objects.filter(pk=link_id, used_at=None, expires_at__gt=at).first() if link_id else None
    offered = offered_by(link) if link is not None else None
    if offered is not None and offered.person.user_id is None:
        return offered
    person = record_at_own_address(user)
    return None if person is None else _offered(person, None)


def _offered(person: Ambassador, link: OneTimeLink | None) -> Offered:
    rows = Membership.objects.filter(ambassador=person).order_by("scheme__name")
    return Offered(person, tuple(dict.fromkeys(rows.values_list("scheme__name", flat=True))), link)
