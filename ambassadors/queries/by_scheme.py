"""What became of the people whom each scheme brought, and who of them has yet to be told (rules V-94, V-95)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q

from ambassadors.enums import AmbassadorStatus, NoBecause
from ambassadors.importing.grace import TELL_WITHIN, days_left
from ambassadors.models import Ambassador, Membership, Notice, Scheme, Suppression
from ambassadors.querysets import AmbassadorQuerySet

# Of a membership: whom its scheme brought and who has yet to answer.
_UNCLAIMED = Q(ambassador__status=AmbassadorStatus.IMPORTED, ambassador__user=None)
_TOLD = Q(first__pk__isnull=False, first__is_returned=False)
# Where what must be known of where people's data came from is not all on record.
_INCOMPLETE = Q(owner="") | Q(legal_basis_note="") | Q(transfer_date=None)


def tellable() -> AmbassadorQuerySet:
    """Those who can be written to now: nobody has, an address is on record, and all of where it came from is."""
    incomplete = Membership.objects.filter(ambassador=OuterRef("pk"), scheme__in=Scheme.objects.filter(_INCOMPLETE))
    notices = Notice.objects.filter(ambassador=OuterRef("pk"), days=0)
    brought = Membership.objects.filter(ambassador=OuterRef("pk"))
    people = Ambassador.objects.unclaimed().exclude(email="")
    return people.filter(Exists(brought), ~Exists(incomplete), ~Exists(notices))


def to_tell_by_post(people: AmbassadorQuerySet) -> AmbassadorQuerySet:
    """Those of these people who have yet to hear of it and have no e-mail address that works, the first come first."""
    returned = Notice.objects.filter(ambassador=OuterRef("pk"), days=0, is_returned=True)
    unreached = people.untold().filter(Q(email="") | Exists(returned))
    return unreached.prefetch_related("memberships__scheme").order_by("registered_at", "pk")


def late_schemes(*, on: date) -> list[tuple[int, date]]:
    """Each scheme some of whose people were not told in time, with the day on which the first of them came."""
    rows = Membership.objects.filter(imported_on__lte=on - timedelta(days=TELL_WITHIN))
    late = rows.filter(ambassador__in=Ambassador.objects.untold()).order_by("scheme")
    return list(late.values("scheme").annotate(came=Min("imported_on")).values_list("scheme", "came"))


@dataclass(frozen=True)
class Conversion:
    """Of one scheme's people how many came, were told, and answered what."""

    scheme: Scheme
    imported: int
    told: int
    claimed: int
    vetting: int
    active: int
    said_no: int
    silent: int
    unanswered: int
    untold: int
    # Whoever was not told within the month; and until when whoever was told first may answer.
    late: int
    days_left: int | None

    @property
    def here(self) -> int:
        """How many of them are in the register."""
        return self.imported - self.said_no - self.silent


def conversions(*, on: date, grace: int) -> list[Conversion]:
    """What became of each scheme's people, by the schemes' names, in three queries whatever their number."""
    gone = _gone()
    counted = {row["scheme"]: row for row in _counts(on)}
    return [
        _conversion(scheme, counted.get(scheme.pk, {}), gone, on=on, grace=grace)
        for scheme in Scheme.objects.order_by("name")
        if scheme.pk in counted or any(key == scheme.pk for key, _because in gone)
    ]


def _gone() -> Counter[tuple[int, str]]:
    """Of each scheme how many records are not brought in again, by why."""
    rows = Suppression.objects.order_by().values_list("scheme", "because").annotate(n=Count("pk"))
    return Counter({(scheme, because): n for scheme, because, n in rows})


def _counts(on: date) -> Iterator[Mapping[str, Any]]:
    first = FilteredRelation("ambassador__notices", condition=Q(ambassador__notices__days=0))
    # Who is sealed said no, or never answered, and is counted among those (`_gone`).
    here = Membership.objects.exclude(ambassador__status=AmbassadorStatus.SEALED)
    rows = here.filter(imported_on__isnull=False).annotate(first=first)
    claimed = Q(ambassador__user__isnull=False)
    takes_part = Q(ambassador__status__in=[AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED])
    late = Q(imported_on__lte=on - timedelta(days=TELL_WITHIN))
    yield from (
        rows.order_by()
        .values("scheme")
        .annotate(
            here=Count("pk"),
            told=Count("pk", filter=_TOLD),
            claimed=Count("pk", filter=claimed),
            vetting=Count("pk", filter=Q(ambassador__status=AmbassadorStatus.VETTING)),
            active=Count("pk", filter=takes_part),
            unanswered=Count("pk", filter=_UNCLAIMED & _TOLD),
            untold=Count("pk", filter=_UNCLAIMED & ~_TOLD),
            late=Count("pk", filter=_UNCLAIMED & ~_TOLD & late),
            first_told=Min(F("first__told_on"), filter=_UNCLAIMED & _TOLD),
        )
    )


def _conversion(
    scheme: Scheme, row: Mapping[str, Any], gone: Counter[tuple[int, str]], *, on: date, grace: int
) -> Conversion:
    said_no, silent = (gone[scheme.pk, because.value] for because in (NoBecause.NO, NoBecause.SILENT))
    told_on = row.get("first_told")
    n = {name: row.get(name, 0) for name in _COUNTED}
    return Conversion(
        scheme=scheme,
        imported=n.pop("here") + said_no + silent,
        # Whoever said no, or was silent, had been told.
        told=n.pop("told") + said_no + silent,
        said_no=said_no,
        silent=silent,
        days_left=days_left(told_on, on=on, grace=grace) if told_on else None,
        **n,
    )


_COUNTED = ("here", "told", "claimed", "vetting", "active", "unanswered", "untold", "late")
