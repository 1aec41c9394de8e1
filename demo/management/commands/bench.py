"""Measure something, in a throwaway database of its own beside the one that is configured."""

import resource
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection
from django.test.utils import setup_test_environment

from demo.benches import BENCHES, as_plain, prepare
from stem.commands import HouseCommand


class Command(HouseCommand):
    """Prints each figure beside its floor, both measured in the same run."""

    help = "Measure: " + ", ".join(BENCHES)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to measure."""
        super().add_arguments(parser)
        parser.add_argument("name", choices=sorted(BENCHES))

    def answer(self, **options: Any) -> dict[str, Any]:
        """Make the database, measure, and take it away again."""
        setup_test_environment()
        kept = connection.settings_dict["NAME"]
        with TemporaryDirectory() as folder:
            if connection.vendor == "sqlite":
                # A file, as in real life; the default would be in memory, where nothing else can look in.
                connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
            return self._measure(options["name"], kept)

    def _measure(self, name: str, kept: str) -> dict[str, Any]:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            prepare()
            rows = BENCHES[name]()
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"rows": as_plain(rows), "peak_mb": round(peak, 1)}

    def words(self, answer: dict[str, Any]) -> str:
        """The figures as lines."""
        lines = [
            f"{row['what']} ({row['engine']}): median {row['median']} {row['unit']}, p95 {row['p95']}, "
            f"floor {row['floor']}, ratio {row['ratio']}"
            for row in answer["rows"]
        ]
        return "\n".join([*lines, f"peak memory {answer['peak_mb']} MB"])
