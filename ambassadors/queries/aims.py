"""What people have opted in to: asked about themselves, and by matching."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from ambassadors.models import Ambassador, OwnAim
from stem.curriculum import Aim, aims_open_to
from stem.gathering import Gathered

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from stem.accounts.models import User


def own_aims(user: "User") -> "QuerySet[OwnAim]":
    """What this person has opted in to; nobody else has a door to it (rule E-41)."""
    return OwnAim.objects.filter(ambassador__user=user)


def aims_given(user: "User") -> list[Aim]:
    """The same as the person reads it, in the order of the list."""
    given = set(own_aims(user).values_list("aim", flat=True))
    return [aim for aim in Aim if aim in given]


def aims_beside() -> Subquery:
    """The codes of what somebody has opted in to in one text, for a query of themselves that is to ask no more."""
    theirs = OwnAim.objects.filter(ambassador=OuterRef("pk")).order_by().values("ambassador")
    return Subquery(theirs.annotate(codes=Gathered("aim")).values("codes"))


def aims_in_words(codes: str | None) -> str:
    """The same as people read it, in the order of the list."""
    given = (codes or "").split()
    return ", ".join(str(aim.label) for aim in Aim if aim in given)


def aims_that_count(people: Iterable[int]) -> dict[int, list[str]]:
    """What each of these people, by their keys, has opted in to and still may, by the route that they name now."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = OwnAim.objects.filter(ambassador__in=people)
    for pk, aim, route in rows.values_list("ambassador_id", "aim", "ambassador__route"):
        if aim in aims_open_to(route):
            found[pk].append(aim)
    return found


def aims_of(person: Ambassador) -> frozenset[str]:
    """The same of one person, for matching alone."""
    return frozenset(aims_that_count([person.pk]).get(person.pk, ()))
