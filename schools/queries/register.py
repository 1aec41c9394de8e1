"""The register as anyone may read it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from schools.enums import Register, SchoolStatus, SuccessionStatus
from schools.models import Contact, School, SchoolVersion, Succession
from schools.querysets import SchoolQuerySet


def schools_to_choose_from() -> SchoolQuerySet:
    """Open schools, for anyone to find theirs among: the register is public knowledge."""
    return School.objects.open()


def schools_that_may_go_on_elsewhere() -> SchoolQuerySet:
    """Schools of whose end we were there, or that were entered by hand, and of which no successor is known or proposed.

    A school that was closed before we ever knew it has no history here to lose.
    """
    acted_for = Contact.objects.filter(school=OuterRef("pk"))
    seen_closing = SchoolVersion.objects.that_came_into_force().filter(
        school=OuterRef("pk"), is_new=False, status=SchoolStatus.CLOSED
    )
    named = Succession.objects.filter(predecessor=OuterRef("pk")).exclude(status=SuccessionStatus.DECLINED)
    closed = Q(status=SchoolStatus.CLOSED) & (Q(Exists(acted_for)) | Q(Exists(seen_closing)))
    by_hand = Q(register=Register.HAND, status=SchoolStatus.OPEN)
    return School.objects.filter(closed | by_hand).exclude(Exists(named)).exclude(postcode="")


def predecessors_of(school: School) -> list[School]:
    """The schools that this one follows, the latest first."""
    return list(School.objects.with_history_of(school).exclude(pk=school.pk).order_by("-closed_on", "-pk"))


def histories_of(schools: Iterable[int]) -> dict[int, set[int]]:
    """For each of these schools its key and those of the schools that it follows, as `with_history_of`; two queries."""
    histories = {key: {key} for key in schools}
    confirmed = Succession.objects.confirmed().order_by()
    latest = confirmed.filter(successor__in=histories).values_list("successor_id", "predecessor_id")
    before = {(successor, predecessor) for successor, predecessor in latest}
    earlier: dict[int, set[int]] = {predecessor: set() for _successor, predecessor in before}
    followed = confirmed.filter(successor__in=earlier).values_list("successor_id", "predecessor_id")
    for successor, predecessor in followed:
        earlier[successor].add(predecessor)
    for successor, predecessor in before:
        histories[successor] |= {predecessor, *earlier[predecessor]}
    return histories
