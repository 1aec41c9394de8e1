"""Seals leave the system: by a letter each day, and as lines for whoever copies them elsewhere (L-01)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.audit import notifications
from stem.audit.chain import digest_of_seal
from stem.audit.models import Seal
from stem.audit.reading import seals_between
from stem.letters.post import post
from stem.moments import day_of, moment
from stem.rules import Kind, refuse


@dataclass(frozen=True)
class Comparison:
    """How many exported seals the database has as they were exported, and the number of the first that it has not."""

    seals: int
    differs_at: int | None


@transaction.atomic
def post_newest_seal(*, at: datetime) -> int:
    """Owe every administrator a letter with the last seal that was set before today; to how many.

    A sweep: nobody is written to twice about a seal, so after a day on which none was set there is no letter.
    """
    midnight = moment(day_of(at), time())
    seal = Seal.objects.filter(at__lt=midnight).defer("marks").order_by("number").last()
    if seal is None:
        return 0
    readers = _administrators(at)
    for reader in readers:
        post(notifications.newest_seal, to=reader, due_at=at, seal_id=seal.pk, user_id=reader.pk)
    return len(readers)


def _administrators(at: datetime) -> list[User]:
    grants = RoleGrant.objects.live(at).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return list(User.objects.filter(pk__in=grants.values("user_id")).order_by("pk"))


def exported_seals(*, since: int = 0) -> Iterator[str]:
    """Every seal above this number, in order: a line of JSON each, with its digest and what helps to read it."""
    newest = Seal.objects.order_by("number").values_list("number", flat=True).last() or 0
    for seal in seals_between(since, newest):
        yield json.dumps(_told(seal))


def compare_seals(lines: Iterable[str]) -> Comparison:
    """Look for each exported seal in the database, up to the first that does not stand there as it was exported.

    Refuses with `no_seals` what holds no seals, or a line that is none.
    """
    seals = [_read(place, line) for place, line in enumerate(lines, start=1) if line.strip()]
    if not seals:
        raise refuse("no_seals", Kind.INPUT, _("There are no seals in that file."))
    for place, told in enumerate(seals):
        seal = Seal.objects.filter(number=told["number"]).first()
        if seal is None or _told(seal) != told or digest_of_seal(seal) != told["digest"]:
            return Comparison(place, told["number"])
    return Comparison(len(seals), None)


def _told(seal: Seal) -> dict[str, Any]:
    return {
        "number": seal.number,
        "digest": seal.digest,
        "first": seal.first,
        "last": seal.last,
        "count": seal.count,
        "at": seal.at.isoformat(),
    }


def _read(place: int, line: str) -> dict[str, Any]:
    """What a line says. Refuses with `no_seals`."""
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict) or type(told.get("number")) is not int or not 0 < told["number"] < 2**63:
        raise refuse("no_seals", Kind.INPUT, _("Line %(number)s of that file is no seal.") % {"number": place})
    return {**told, "digest": told.get("digest")}
