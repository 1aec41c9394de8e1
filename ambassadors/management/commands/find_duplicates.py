"""Find people in the register who may be one person, for somebody to look at."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser

from ambassadors.linkage.finding import PROPOSE
from ambassadors.queries.duplicates import possible_duplicates
from stem.commands import HouseCommand


def _probability(text: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ArgumentTypeError("give a probability from 0 to 1, such as 0.3")
    return number


class Command(HouseCommand):
    """Changes nothing: it says which pairs, how probable each is, and why, field by field."""

    help = "Find pairs of people in the register who may be one person. Merges nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take from which probability on, and whether to look within schemes too."""
        super().add_arguments(parser)
        parser.add_argument(
            "--above",
            type=_probability,
            default=PROPOSE,
            metavar="P",
            help=f"pairs at least as probable as P, from 0 to 1; without it those to propose for merging ({PROPOSE})",
        )
        parser.add_argument("--within", action="store_true", help="also pairs of one scheme")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The pairs, the likeliest first."""
        found = possible_duplicates(above=options["above"], within=options["within"])
        return {
            "pairs": [
                {
                    "a": pair.a.key,
                    "b": pair.b.key,
                    "probability": round(pair.probability, 4),
                    "because": [
                        {"field": reason.field, "words": reason.words, "weight": round(reason.weight, 2)}
                        for reason in pair.because
                    ],
                }
                for pair in found.pairs
            ],
            "compared": found.compared,
        }

    def words(self, answer: dict[str, Any]) -> str:
        """A line for each pair, and one for each field under it."""
        lines = []
        for pair in answer["pairs"]:
            lines.append(f"{pair['a']} and {pair['b']}: {pair['probability']:.2%}")
            lines += [f"    {each['weight']:+6.1f}  {each['field']}: {each['words']}" for each in pair["because"]]
        return "\n".join([*lines, f"{len(answer['pairs'])} pairs of {answer['compared']} compared"])
