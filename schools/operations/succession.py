"""Which school follows which: as the register's links tell, as we find, and as a person decides."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import permissions
from schools.enums import Register, SuccessionStatus
from schools.models import School, Succession
from schools.operations.carrying_over import carry_people_over
from schools.queries.register import schools_that_may_go_on_elsewhere
from schools.registers.links import read_links
from schools.resemblance import why_alike
from schools.workflow import SUCCESSION
from stem.loads.loader import Progress, Report
from stem.loads.models import Load
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def confirm_succession(*, succession: Succession, by: "User", at: datetime) -> None:
    """Say that one school follows the other: its requests, visits and people are this school's too.

    Refuses with `not_administrator` or `state`.
    """
    permissions.check_may_settle_successions(by)
    SUCCESSION.move(Succession.objects.locked(succession), "confirm", by=by, at=at)
    carry_people_over(at=at)


@transaction.atomic
def decline_succession(*, succession: Succession, by: "User", at: datetime) -> None:
    """Say that they are two schools; the pair is not proposed again. Refuses with `not_administrator` or `state`."""
    permissions.check_may_settle_successions(by)
    SUCCESSION.move(Succession.objects.locked(succession), "decline", by=by, at=at)


@transaction.atomic
def reopen_succession(*, succession: Succession, by: "User", at: datetime) -> None:
    """Put a pair that was decided back on the list. Refuses with `not_administrator` or `state`."""
    permissions.check_may_settle_successions(by)
    SUCCESSION.move(Succession.objects.locked(succession), "reopen", by=by, at=at)


def propose_successions() -> int:
    """Find open schools that may follow one which has closed, or which was entered by hand; how many were new.

    A sweep: it may run twice. A pair that somebody has looked at does not come back.
    """
    proposed = 0
    for old in schools_that_may_go_on_elsewhere():
        for new in (
            School.objects.open().filter(postcode=old.postcode).exclude(pk=old.pk).exclude(register=Register.HAND)
        ):
            because = why_alike(old, new)
            if because:
                proposed += Succession.objects.get_or_create(
                    predecessor=old, successor=new, defaults={"because": because[:200], "on": new.opened_on}
                )[1]
    return proposed


class LinkLoader:
    """The register's file of links: each load adds what it tells to what is known."""

    def stage(self, load: Load, path: Path, progress: Progress) -> Report:
        """Read the links between schools that we keep. Refuses as the reader does, and with `no_links`."""
        links = read_links(path)
        if not links:
            raise refuse("no_links", Kind.INPUT, _("This file tells of no school that follows another."))
        progress.begin(len(links))
        keys = dict(School.objects.known_as(Register.GIAS).values_list("register_number", "pk"))
        known = set(Succession.objects.confirmed().values_list("predecessor", "successor"))
        pairs = {(keys.get(link.predecessor), keys.get(link.successor)): link for link in links}
        staged = [
            Succession(
                predecessor_id=old,
                successor_id=new,
                status=SuccessionStatus.CONFIRMED,
                on=link.on,
                because=link.kind,
                load=load,
            )
            for (old, new), link in pairs.items()
            if old is not None and new is not None and (old, new) not in known
        ]
        progress.advance(len(links))
        met = sum(old is not None and new is not None for old, new in pairs)
        counts = {
            "read": len(links),
            "created": len(staged),
            "unchanged": met - len(staged),
            "unknown": len(links) - met,
        }
        return Report(counts, [], is_new=bool(staged), staged=staged)

    def put_in_force(self, load: Load, report: Report, *, at: datetime) -> None:
        """Keep what was read; what had been proposed, or declined, the register now says itself."""
        stood = {(each.predecessor_id, each.successor_id): each for each in Succession.objects.all()}
        fresh = []
        for succession in report.staged:
            before = stood.get((succession.predecessor_id, succession.successor_id))
            if before is None:
                fresh.append(succession)
            else:
                SUCCESSION.move(before, "confirm", by=load.by, at=at, load=load)
        Succession.objects.bulk_create(fresh, batch_size=500)

    def undo(self, load: Load, *, at: datetime) -> None:
        """Forget what this load told, and ask a person again about what had been asked before."""
        told = Succession.objects.filter(load=load)
        for succession in told.filter(events__isnull=False).distinct():
            SUCCESSION.move(succession, "reopen", by=load.by, at=at, load=None)
        told.filter(events__isnull=True).delete()

    def clear(self, load: Load) -> None:
        """Nothing is staged in the database."""

    def settle(self) -> None:
        """Nothing: what follows what is read from these rows."""

    def follow_up(self, *, at: datetime) -> None:
        """Let people go on with their school."""
        carry_people_over(at=at)


LINKS = LinkLoader()
