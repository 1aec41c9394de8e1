"""What every command of ours keeps: one JSON object when asked for, one sentence when refused."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

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
            answer = self.answer(**options)
        except Refusal as refusal:
            sentence = refusal.told_to(Audience.ENTITLED)
            if options["json"]:
                self.stdout.write(json.dumps({"refused": sentence}, ensure_ascii=False))
            self.stderr.write(sentence)
            sys.exit(1)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else self.words(answer))
