"""A command in a process of its own that is killed in the middle of its work, over a database that this test has
filled."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
POLL = 0.002
NAME = "killed"
JOB = "import django; django.setup(); import {0}, json; print(json.dumps({0}.{1}()))"


@dataclass
class Killing:
    """Starts the command, watches the database, and kills with SIGKILL."""

    folder: Path

    def __post_init__(self) -> None:
        if connection.vendor == "sqlite":
            # The tests' own database lives in their memory; the command has a copy on disk.
            for left in self.folder.glob("killed.sqlite3*"):
                left.unlink()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.folder / "killed.sqlite3")])
            self.url = f"sqlite:///{self.folder / 'killed.sqlite3'}"
        else:
            at = connection.settings_dict
            self.url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the command's database holds now."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.folder / "killed.sqlite3", timeout=PATIENCE)) as watching:
                return watching.execute(sql).fetchall()
        with psycopg.connect(self.url.replace("postgres://", "postgresql://"), autocommit=True) as watching:
            return watching.execute(sql.encode()).fetchall()

    def tell(self, sql: str) -> None:
        """Let something stand in the command's database."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.folder / "killed.sqlite3", timeout=PATIENCE)) as telling:
                telling.execute(sql)
                telling.commit()
            return
        with psycopg.connect(self.url.replace("postgres://", "postgresql://"), autocommit=True) as telling:
            telling.execute(sql.encode())

    def start(self, *words: object) -> "subprocess.Popen[str]":
        """The command, begun; "job" and a function's module and name for a job of the worker's."""
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.races.server_settings",
            "DATABASE_URL": self.url,
            "PGAPPNAME": NAME,
        }
        command = [str(ROOT / "manage.py"), *map(str, words), "--json"]
        if words[0] == "job":
            command = ["-c", JOB.format(*words[1:])]
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, *words: object) -> tuple[int, Any]:
        """The command, left to itself: its exit status, and what it says."""
        with self.start(*words) as process:
            out, _err = process.communicate(timeout=PATIENCE)
        return process.returncode, json.loads(out)

    def kill_when(self, has_come: Callable[[], bool], *words: object) -> bool:
        """Kill the command in this moment; whether it had not come to its end before."""
        with self.start(*words) as process:
            give_up_at = time.monotonic() + PATIENCE
            while process.poll() is None and not has_come():
                assert time.monotonic() < give_up_at, "the moment does not come"
                time.sleep(POLL)
            process.kill()
            process.communicate()
        self.wait_for_the_server()
        return process.returncode < 0

    def wait_for_the_server(self) -> None:
        """PostgreSQL goes on for a moment with what a client that is dead had asked of it."""
        while connection.vendor == "postgresql" and self.rows(
            f"SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = '{NAME}'"
        ):
            time.sleep(POLL)
