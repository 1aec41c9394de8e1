"""How a directory of postcodes comes into force, and goes out again."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from stem.geography.gathering import Gathered, Gathering
from stem.geography.models import Sector
from stem.geography.postcode_files import open_postcodes
from stem.geography.replacing import place_again
from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.loader import Progress, Report, TooManyLost
from stem.loads.models import Load
from stem.loads.workflow import LOAD
from stem.rules import Kind, Refusal, refuse

# Rows written in one short transaction: on SQLite others wait for so long, some hundredths of a second.
BATCH = 500
# A national directory is not to be replaced by a sample or a damaged one: so many postcodes make it national, and so
# large a part of them may go without a word.
NATIONAL, MAY_GO = 100_000, 0.10


class PostcodeLoader:
    """The directory of postcodes: each load is an edition of its own, and one of them is in force."""

    def stage(self, load: Load, path: Path, progress: Progress) -> Report:
        """Gather the file's postcodes into sectors and keep them beside the edition in force.

        Refuses with `file_cut`, `columns_missing` and the other reasons of `open_postcodes`; with `no_postcodes` a file
        that has none, and with `too_few` one that would do away with more than a tenth of a national directory.
        """
        base = Load.objects.in_force(LoadKind.POSTCODES).first()
        if base is not None and _is_very_same(load, base):
            return _report_again(base, progress)
        source = open_postcodes(path)
        progress.begin(source.total)
        gathering = Gathering()
        for taken in gathering.take_all(source.rows()):
            progress.advance(taken)
        if not gathering.stored:
            raise _no_postcodes(gathering)
        if base is not None:
            _check_not_too_few(gathering.stored, int(base.report["stored"]), load.allow_losses)
        is_new = _write(gathering.sectors(), load, base, progress)
        counts = {"read": gathering.read, "stored": gathering.stored, "without_place": gathering.without_place}
        return Report(counts, gathering.rejected, is_new)

    def put_in_force(self, load: Load, report: Report, *, at: datetime) -> None:
        """Nothing is left to do: the edition in force is that of the load which is."""

    def undo(self, load: Load, *, at: datetime) -> None:
        """Nothing: the edition before comes into force again with its load. Places found meanwhile stay found."""

    def clear(self, load: Load) -> None:
        """Do away with the postcodes of an edition, in short transactions."""
        while keys := list(Sector.objects.filter(load=load).values_list("pk", flat=True)[:BATCH]):
            Sector.objects.filter(pk__in=keys).delete()

    def settle(self) -> None:
        """Nothing: a postcode is looked up in the edition in force."""

    def follow_up(self, *, at: datetime) -> None:
        """Place again whatever rested on an approximate place, and do away with editions nobody can go back to."""
        place_again()
        older = Load.objects.of(LoadKind.POSTCODES).filter(status=LoadStatus.REPLACED).order_by("-finished_at", "-pk")
        for load in older[1:]:
            _forget(load, at)
        ended = [LoadStatus.PAST, LoadStatus.UNDONE, LoadStatus.REFUSED, LoadStatus.STOPPED, LoadStatus.UNCHANGED]
        for load in Load.objects.filter(pk__in=Sector.objects.values("load"), status__in=ended):
            self.clear(load)


@transaction.atomic
def _forget(load: Load, at: datetime) -> None:
    """Note that nobody can go back to this edition, unless somebody just has."""
    load = Load.objects.locked(load)
    if LOAD.can(load, "forget"):
        LOAD.move(load, "forget", by=None, at=at)


def _no_postcodes(gathering: Gathering) -> Refusal:
    said = _("No postcode could be read in this file.")
    if gathering.rejected:
        said += " " + _("Line %(line)d: %(reason)s") % gathering.rejected[0]
    return refuse("no_postcodes", Kind.INPUT, said)


def _is_very_same(load: Load, base: Load) -> bool:
    """Whether this is the file that is in force, and all that was said of it is kept to be said again."""
    return load.digest == base.digest != "" and base.report["rejected"] == len(base.rejected)


def _report_again(base: Load, progress: Progress) -> Report:
    """What was read in this file the last time."""
    progress.begin(base.total)
    progress.advance(base.total)
    counts = {name: count for name, count in base.report.items() if name != "rejected"}
    return Report(counts, base.rejected, is_new=False)


def _check_not_too_few(stored: int, before: int, allowed: int | None) -> None:
    lost = before - stored
    if before < NATIONAL or lost <= before * MAY_GO or (allowed is not None and lost <= allowed):
        return
    raise TooManyLost(
        "too_few",
        _("This file has %(lost)s postcodes fewer than the one in force: it looks like a part of a directory.")
        % {"lost": f"{lost:,}"},
        losses=lost,
    )


def _write(sectors: Iterable[Gathered], load: Load, base: Load | None, progress: Progress) -> bool:
    """Keep the sectors under this load; whether any differs from the edition in force."""
    known = _fingerprints(base)
    is_new = base is None
    for batch in _batches(sectors, BATCH):
        is_new = is_new or any(known.get(each.code) != hash((each.units, _joined(each.codes))) for each in batch)
        for each in batch:
            known.pop(each.code, None)
        Sector.objects.bulk_create(
            Sector(
                load=load,
                code=each.code,
                lat=each.middle.lat if each.middle else None,
                lon=each.middle.lon if each.middle else None,
                authorities=_joined(each.codes),
                units=each.units,
            )
            for each in batch
        )
        progress.advance(0)  # no row more, but whoever listens hears that we are at it
    return is_new or bool(known)


def _joined(codes: list[str]) -> str:
    return " ".join(code or "-" for code in codes)


def _fingerprints(base: Load | None) -> dict[str, int]:
    """The sectors in force, by a hash of their content: a hundred bytes each instead of two thousand."""
    if base is None:
        return {}
    rows = Sector.objects.filter(load=base).values_list("code", "units", "authorities")
    return {code: hash((bytes(units), authorities)) for code, units, authorities in rows.iterator(chunk_size=BATCH)}


def _batches(sectors: Iterable[Gathered], size: int) -> Iterator[list[Gathered]]:
    source = iter(sectors)
    while batch := list(islice(source, size)):
        yield batch


POSTCODES = PostcodeLoader()
