"""Retire what has been kept for as long as it has to be: the entries of old batches, whole, and never their seals."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from stem.audit.models import Entry, Seal
from stem.audit.sealing import next_seal, set_seal
from stem.audit.verification import RETIRE, Checkpoint, Verdict, is_past_keeping, verify
from stem.promises import deleting_allowed
from stem.rules import Kind, Refusal, refuse

# How long to wait for those who are writing; while we wait, whoever would write next waits behind us.
PATIENCE = "5s"
# PostgreSQL's words for somebody who does not own the table, and for a lock not had in time.
NOT_OWNER, NOT_IN_TIME = "42501", "55P03"


@dataclass(frozen=True)
class Retired:
    """What was retired: how many batches and entries; how many batches stay for a case; and the seal to note down."""

    batches: int
    entries: int
    kept: int
    checkpoint: Checkpoint


def retire(*, until: int, at: datetime) -> Retired:
    """Delete the entries of every batch up to and with this seal, and say so in the record itself, under a seal.

    A batch stays whole that has an entry about a row of safeguarding which is still there: such reads are kept as the
    case is (rule 3.4). Doing it again does nothing more. Refuses with `audit_seal` a number that no seal has, with
    `audit_kept` what has not been kept for seven years, with `audit_broken` a record that does not stand as it was
    sealed, with `audit_owner` whoever does not own the tables, and with `audit_busy` when others go on writing.
    """
    last = Seal.objects.filter(number=until).first()
    if last is None:
        raise refuse("audit_seal", Kind.INPUT, _("There is no seal with that number."))
    # Seals are set in the order of their time, unless the clock was put back.
    youngest = Seal.objects.filter(number__lte=until).order_by("at").last() or last
    if not is_past_keeping(youngest, at=at):
        raise refuse("audit_kept", Kind.STATE, _("Entries are kept for seven years, and not all of these are so old."))
    _check_stands(verify())
    with transaction.atomic():
        return _retire(until, at)


def _check_stands(verdict: Verdict) -> None:
    """What is broken is evidence. Refuses with `audit_broken`."""
    if verdict.broken_at is not None:
        words = _(
            "The record is broken at entry %(number)s: nothing is retired from it. Keep all of it and find out why."
        )
        raise refuse("audit_broken", Kind.STATE, words % {"number": verdict.broken_at})


def _retire(until: int, at: datetime) -> Retired:
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        with deleting_allowed(Entry):
            # Read only now: whoever retires at the same moment was waited for.
            seals = list(Seal.objects.filter(number__lte=until).defer("marks").order_by("number"))
            kept = _kept_as_cases(seals)
            batches = _standing(until).count() - len(kept)
            # Those retired before among them: what said so of them may be going now.
            runs = _runs(seal for seal in seals if seal.number not in kept) if batches else []
            gone = [Entry.objects.filter(pk__gte=one.first, pk__lte=two.last).delete()[0] for one, two in runs]
    except DatabaseError as error:
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise refusal from error
    _say(runs, at)
    newest = Seal.objects.defer("marks").latest("number")
    return Retired(
        batches=batches,
        entries=sum(gone),
        kept=len(kept),
        checkpoint=Checkpoint(newest.number, newest.digest),
    )


def _standing(until: int) -> QuerySet[Seal]:
    """The seals up to this one whose entries are still there."""
    covered = Entry.objects.filter(pk__gte=OuterRef("first"), pk__lte=OuterRef("last"))
    return Seal.objects.filter(Exists(covered), number__lte=until)


def _say(runs: list[tuple[Seal, Seal]], at: datetime) -> None:
    """An entry for each run of batches, sealed before anybody can find them gone and nothing to say why.

    No one is waited for, as the sealing job does: since the table was altered nobody else has written in it.
    """
    for one, two in runs:
        said = Entry.objects.create(
            at=at, action=RETIRE, object_type=Seal._meta.label_lower, object_id=f"{one.number}-{two.number}"
        )
        while (seal := next_seal(up_to=said.pk, at=at)) is not None:
            set_seal(seal)


def _runs(seals: Iterable[Seal]) -> list[tuple[Seal, Seal]]:
    """The first and the last of each run of seals whose numbers follow one another."""
    runs: list[tuple[Seal, Seal]] = []
    for seal in seals:
        if runs and runs[-1][1].number + 1 == seal.number:
            runs[-1] = (runs[-1][0], seal)
        else:
            runs.append((seal, seal))
    return runs


def _kept_as_cases(seals: list[Seal]) -> set[int]:
    """The numbers of those of these seals that cover an entry about a row which outlives the record and is there."""
    about = Entry.objects.filter(pk__gte=seals[0].first, pk__lte=seals[-1].last)
    ends, kept = [seal.last for seal in seals], set[int]()
    for model in apps.get_models():
        if getattr(model, "outlives_audit", False):
            there = {str(key) for key in model._default_manager.values_list("pk", flat=True)}
            rows = about.filter(object_type=model._meta.label_lower).values_list("pk", "object_id")
            kept |= {seals[bisect_left(ends, number)].number for number, key in rows if key in there}
    return kept


def _refusal(error: DatabaseError) -> Refusal | None:
    """Why the database would not: it was not the owner who asked, or others went on writing; None for anything else."""
    state = getattr(error.__cause__, "sqlstate", None)
    if state == NOT_OWNER:
        words = _("Only the role that owns the tables can retire entries: run this as that role.")
        return refuse("audit_owner", Kind.PERMISSION, words)
    if state == NOT_IN_TIME:
        return refuse("audit_busy", Kind.STATE, _("Others are writing in the record. Try again at a quieter time."))
    return None
