"""Hand the audit record's seals over, to be kept where nobody who can write in the database can reach them."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from stem.audit.exporting import exported_seals
from stem.commands import HouseCommand
from stem.rules import Kind, refuse


class Command(HouseCommand):
    """A line of JSON for each seal: on standard output with nothing else, or in a file that is whole or absent."""

    help = "Export the seals of the audit record, a line of JSON each; `verify_audit --seals` takes them back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to begin, and a file."""
        super().add_arguments(parser)
        parser.add_argument("--since", type=int, default=0, metavar="NUMBER", help="only the seals above this one")
        parser.add_argument("--to", type=Path, metavar="FILE", help="write them there, in place of what it held")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Write the file; how many seals it holds. Refuses with `no_file` where none can be written."""
        file: Path = options["to"]
        half = file.with_name(f"{file.name}.part")
        count = 0
        try:
            with half.open("w", encoding="utf-8") as lines:
                for line in exported_seals(since=options["since"]):
                    lines.write(f"{line}\n")
                    count += 1
            half.replace(file)
        except OSError as error:
            raise refuse("no_file", Kind.INPUT, _("That file cannot be written.")) from error
        return {"seals": count, "file": str(file)}

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the lines themselves where no file is named."""
        if options["to"] is not None:
            super().handle(*args, **options)
            return
        for line in exported_seals(since=options["since"]):
            self.stdout.write(line)
