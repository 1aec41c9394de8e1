"""Bring another scheme's people into the register, or say what would come of it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.importing.columns import read_map
from ambassadors.operations.importing import Report, commit_import, stage_import
from stem.commands import HouseCommand
from stem.loads.commands import draw_progress


class Command(HouseCommand):
    help = "Read another scheme's people from a CSV file or an Excel workbook. Without --commit it only reports."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whose people they are, which column is which, and whether to take them in."""
        super().add_arguments(parser)
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--scheme", required=True, metavar="NAME")
        parser.add_argument(
            "--columns", default="", metavar="MAP", help="which column is which: legacy_id=Volunteer ID,full_name=Name"
        )
        parser.add_argument("--commit", action="store_true", help="take these people in; an import never merges")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The counts, and what was rejected with its reason. Refuses as the reader does."""
        said = {
            "path": options["path"],
            "scheme": options["scheme"],
            "columns": read_map(options["columns"]),
            "at": timezone.now(),
            "tell": lambda done, total: draw_progress(self.stderr, done, total),
        }
        report = commit_import(by=None, **said) if options["commit"] else stage_import(**said)
        self._tell_columns(report)
        return {
            "read": report.read,
            "new": report.new,
            "known": report.known,
            "changed": report.changed,
            "likely_duplicates": report.likely_duplicates,
            "rejected": report.rejected,
        }

    def _tell_columns(self, report: Report) -> None:
        """Show on standard error which column was taken for what."""
        for name, heading in report.columns.items():
            self.stderr.write(_("%(field)s: column “%(heading)s”") % {"field": name, "heading": heading})
        if report.repeated_headings:
            words = _("The heading is repeated %(count)d times; those rows were left out.")
            self.stderr.write(words % {"count": report.repeated_headings})

    def words(self, answer: dict[str, Any]) -> str:
        """The counts, and each cell that was left out with its reason."""
        lines = [f"{name}: {count}" for name, count in answer.items() if name != "rejected"]
        lines.append(f"rejected: {len(answer['rejected'])}")
        lines += ["  " + _("line %(line)s, %(column)s, “%(value)s”: %(reason)s") % row for row in answer["rejected"]]
        return "\n".join(lines)
