"""Find people in the register who may be one person, for somebody to look at."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from ambassadors.linkage.finding import band_of
from ambassadors.queries.duplicates import possible_duplicates
from stem.commands import HouseCommand
from stem.policy.values import values


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
            metavar="P",
            help="pairs at least as probable as P, from 0 to 1; without it those that policy proposes as one",
        )
        parser.add_argument("--within", action="store_true", help="also pairs of one scheme")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The pairs, the likeliest first."""
        policy = values(on=timezone.localdate())
        propose, review = policy["duplicate_propose"] / 100, policy["duplicate_review"] / 100
        above = propose if options["above"] is None else options["above"]
        found = possible_duplicates(above=above, within=options["within"])
        return {
            "pairs": [
                {
                    "a": pair.a.key,
                    "b": pair.b.key,
                    "probability": round(pair.probability, 4),
                    "band": band_of(pair.probability, propose=propose, review=review).value,
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
