"""Say when somebody is busy by a calendar file."""

from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from stem.calendars.bounded import read_busy
from stem.calendars.problems import refuse_file
from stem.calendars.text import MOST_BYTES
from stem.commands import HouseCommand
from stem.rules import Kind, refuse

LONDON = ZoneInfo("Europe/London")
YEARS = range(1900, 2201)


def day(said: str) -> date:
    """A day such as 2027-01-12, as a command's argument."""
    try:
        found = date.fromisoformat(said)
    except ValueError as error:
        raise ArgumentTypeError(_("“%s” is no day: write it as 2027-01-12.") % said) from error
    if found.year not in YEARS:
        raise ArgumentTypeError(_("“%s” is too far from today.") % said)
    return found


class Command(HouseCommand):
    help = "Say when somebody is busy by an .ics file: by London's days, with nothing of what they do."
    # It touches no row, and people and programs wait for it.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the days, the second of which is not among them."""
        super().add_arguments(parser)
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--from", dest="first", type=day, required=True, metavar="DAY")
        parser.add_argument("--to", dest="after", type=day, required=True, metavar="DAY", help="the day after the last")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The busy time, and the counts. Refuses what is no calendar, or is not there."""
        first, after = options["first"], options["after"]
        if after <= first:
            raise CommandError(_("The second day has to come after the first."), returncode=2)
        found = read_busy(_read(options["path"]), _midnight(first), _midnight(after))
        return {
            "busy": [[_written(begins), _written(ends)] for begins, ends in found.busy],
            "events": found.events,
            "ignored": found.ignored,
            "problems": list(found.problems),
        }

    def words(self, answer: dict[str, Any]) -> str:
        """Each busy time in a line, then the counts and the problems."""
        lines = [_("%(begins)s to %(ends)s") % {"begins": begins, "ends": ends} for begins, ends in answer["busy"]]
        lines += [f"{name}: {answer[name]}" for name in ("events", "ignored")]
        return "\n".join([*lines, *answer["problems"]])


def _read(path: Path) -> bytes:
    """The file, one byte more than may be read at most. Refuses with `file` what is none."""
    try:
        if not path.is_file():
            raise refuse("file", Kind.INPUT, _("There is no file “%s”.") % path)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise refuse("file", Kind.INPUT, _("The file “%s” cannot be read.") % path) from error
    if len(data) > MOST_BYTES:
        raise refuse_file("too_large")
    return data


def _midnight(at: date) -> datetime:
    return datetime.combine(at, time(), tzinfo=LONDON)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
