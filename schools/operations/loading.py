"""How a register of schools comes into force from its file, and goes out again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from schools.enums import Register
from schools.models import SchoolVersion
from schools.operations.carrying_over import carry_people_over
from schools.operations.copying import (
    copy_into_schools,
    restore_from_versions,
    stage_versions,
    take_away_new_schools,
)
from schools.operations.ranking import rank_by_disadvantage
from schools.operations.reconciling import Known, Reconciling
from schools.operations.succession import propose_successions
from schools.registers.gias import read_gias
from schools.registers.records import RegisterFile, Rejected, SchoolRecord
from schools.registers.scotland import read_scotland
from schools.search.index import write_words_of_changed_schools
from stem.geography.replacing import place_again
from stem.loads.loader import Progress, Report, TooManyLost
from stem.loads.models import Load
from stem.rules import Kind, Refusal, refuse

# Rows written in one short transaction: on SQLite others wait for so long.
BATCH = 500
# More of the open schools than this do not close from one file to the next, unless somebody has looked into it.
MAY_CLOSE = 0.05
# So many schools missing, all of them beyond the file's last number: a file that was cut between two rows.
LOOKS_CUT = 10


@dataclass(frozen=True)
class SchoolLoader:
    """One register of schools: a load reconciles the whole register with what we keep."""

    register: Register
    read: Callable[[Path], RegisterFile]

    def stage(self, load: Load, path: Path, progress: Progress) -> Report:
        """Compare the file with the schools we keep, and stage what is new or different.

        Refuses as the reader does; with `no_schools` a file in which none could be read, and with `too_many_close` or
        `file_cut` one that would close more open schools than is likely.
        """
        file = self.read(path)
        progress.begin(file.total)
        work = Reconciling(self.register, Known.of(self.register), file.absent)
        for batch in _batches(iter(file)):
            records = [each for each in batch if isinstance(each, SchoolRecord)]
            work.reject(each for each in batch if isinstance(each, Rejected))
            stage_versions(load, work.versions_of(records))
            progress.advance(len(batch))
        if not work.read:
            raise _no_schools(work)
        missing = work.missing()
        _check_closures(work, missing, load.allow_losses)
        for start in range(0, len(missing), BATCH):
            stage_versions(load, work.closures(missing[start : start + BATCH]))
        counts = {
            "read": work.read + len(work.rejected),
            "created": work.created,
            "updated": work.updated,
            "unchanged": work.unchanged,
            "closed": work.closed_in_file + len(missing),
        }
        return Report(counts, work.rejected, is_new=bool(work.created or work.updated or missing))

    def put_in_force(self, load: Load, report: Report, *, at: datetime) -> None:
        """Change the schools as staged: a few statements, whatever their number."""
        copy_into_schools(load)

    def undo(self, load: Load, *, at: datetime) -> None:
        """Make the schools again what they were before this load, and take away those that it brought."""
        restore_from_versions(load)
        take_away_new_schools(load)

    def clear(self, load: Load) -> None:
        """Throw away what a load staged that never came into force."""
        staged = SchoolVersion.objects.filter(load=load)
        while keys := list(staged.values_list("pk", flat=True)[:BATCH]):
            SchoolVersion.objects.filter(pk__in=keys).delete()

    def settle(self) -> None:
        """Let the schools be found by the names they have now."""
        write_words_of_changed_schools()

    def follow_up(self, *, at: datetime) -> None:
        """Place what was staged, or went back, by a poorer directory than the one in force; rank schools by how
        disadvantaged their pupils are; and find which new schools may be old ones under another number, for a person to
        say."""
        self.settle()
        place_again()
        rank_by_disadvantage()
        propose_successions()
        carry_people_over(at=at)


def _batches(rows: Iterator[SchoolRecord | Rejected]) -> Iterator[list[SchoolRecord | Rejected]]:
    """The rows in portions that are written in one short transaction each."""
    while batch := list(islice(rows, BATCH)):
        yield batch


def _no_schools(work: Reconciling) -> Refusal:
    """Nothing could be read; why not, as the first row tells."""
    said = _("No school could be read in this file.")
    if work.rejected:
        said += " " + _("Line %(line)d: %(reason)s") % work.rejected[0]
    return refuse("no_schools", Kind.INPUT, said)


def _check_closures(work: Reconciling, missing: list[str], allowed: int | None) -> None:
    """Refuses with `file_cut` or `too_many_close` what looks like a damaged file rather than like schools closing."""
    closing = work.closed_in_file + len(missing)
    if allowed is not None and closing <= allowed:
        return
    words = {"closing": f"{closing:,}", "open": f"{work.known.open_count:,}"}
    if closing > work.known.open_count * MAY_CLOSE:
        raise TooManyLost(
            "too_many_close",
            _(
                "With this file %(closing)s of %(open)s open schools would close, which is more than 5 in 100. "
                "Fetch it again, or allow so many closures if you know that they are right."
            )
            % words,
            losses=closing,
        )
    beyond = [number for number in missing if work.is_beyond_the_end(number)]
    if len(beyond) == len(missing) >= LOOKS_CUT:
        raise refuse(
            "file_cut",
            Kind.INPUT,
            _("The file ends before the last %(closing)d schools that we know: it looks cut short. Fetch it again.")
            % {"closing": len(missing)},
        )


GIAS = SchoolLoader(Register.GIAS, read_gias)
SCOTLAND = SchoolLoader(Register.SCOTLAND, read_scotland)
