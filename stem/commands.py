"""What every command of ours keeps: one JSON object when asked for, one sentence when refused."""

import json
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from stem.audit.origin import acting
from stem.rules import Audience, Refusal


class HouseCommand(BaseCommand):
    """A command with `--json`: exit status 0 when done, 1 when refused with nothing changed, 2 for wrong usage.

    A subclass gives its result in `answer`, and in `words` says it to people. Progress goes to standard error.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--json`; a subclass that takes more calls this as well."""
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Do the work and say what came of it, in plain values; or raise a `Refusal`."""
        raise NotImplementedError

    def words(self, answer: dict[str, Any]) -> str:
        """The answer for people."""
        return "\n".join(f"{name}: {value}" for name, value in answer.items())

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or the refusal with exit status 1."""
        try:
            with acting(page=type(self).__module__.rpartition(".")[2]):
                answer = self.answer(**options)
        except Refusal as refusal:
            self._refuse(refusal.told_to(Audience.ENTITLED), in_json=options["json"])
        except DatabaseError:
            # Only now, for it takes a while: a program newer than its database meets tables that are not there.
            if not _is_behind():
                raise
            sentence = _("The database is not up to date with this program. Run “manage.py migrate”, then this again.")
            self._refuse(sentence, in_json=options["json"])
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else self.words(answer))

    def _refuse(self, sentence: str, *, in_json: bool) -> NoReturn:
        """Say no, and stop with exit status 1."""
        if in_json:
            self.stdout.write(json.dumps({"refused": sentence}, ensure_ascii=False))
        self.stderr.write(sentence)
        sys.exit(1)


def _is_behind() -> bool:
    """Whether the database lacks a migration that this program has; not when it does not answer at all."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False
