"""A site whose database can be put back as it was between two trials, in a fraction of a second."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection

from tests.fire.rows import tables
from tests.races.site import Site

# What each press adds of itself: that it was made.
ADDED_BY_ANY = frozenset({"accounts_browsersession"})


class RestorableSite(Site):
    """Server processes over what this test has filled, which can be put back."""

    def lay_out(self) -> None:
        """Remember what there is."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self._pristine)])
        else:
            self._in_turn("DROP SCHEMA IF EXISTS pristine CASCADE", "CREATE SCHEMA pristine")
            self._in_turn(*(f'CREATE TABLE pristine."{name}" AS SELECT * FROM public."{name}"' for name in tables()))
        self.restore()

    def close(self) -> None:
        """Stop what was started, and forget."""
        super().close()
        if connection.vendor == "postgresql":
            self._in_turn("DROP SCHEMA IF EXISTS pristine CASCADE")

    def restore(self) -> None:
        """Let the servers hold again what this test has filled."""
        if connection.vendor == "sqlite":
            served = self.folder / "site.sqlite3"
            with closing(sqlite3.connect(self._pristine)) as source, closing(sqlite3.connect(served)) as target:
                source.backup(target)
            return
        # As a replica would: no trigger asks which row comes first.
        orders = ["SET session_replication_role = replica"]
        for name in tables():
            orders += [f'DELETE FROM public."{name}"', f'INSERT INTO public."{name}" SELECT * FROM pristine."{name}"']
        self._in_turn(*orders)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        asked = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables())
        return {name: count for name, count in self.rows(asked) if name not in ADDED_BY_ANY}

    @property
    def _pristine(self) -> Path:
        return self.folder / "pristine.sqlite3"

    def _in_turn(self, *orders: str) -> None:
        """Carry these out in one transaction."""
        with psycopg.connect(self.database_url.replace("postgres://", "postgresql://")) as line:
            for order in orders:
                line.execute(order.encode())
