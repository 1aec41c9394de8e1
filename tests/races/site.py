"""A site of several real processes on this machine, and a crowd that presses its buttons in the same instant."""

import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4
PATIENCE = 60.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answered:
    """What one press of a button met."""

    status: int
    words: str


@dataclass(frozen=True)
class Press:
    """A form as it is sent: where to, what it says, and the cookies of whoever sends it."""

    address: str
    words: dict[str, list[str]]
    cookies: str


@dataclass
class Site:
    """Server processes over one database that this test has filled."""

    folder: Path

    def open(self) -> None:
        """Start serving what has been committed so far."""
        self.lay_out()
        self.choose_port()
        command = [sys.executable, "-m", "gunicorn", "stem.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(PROCESSES), "--threads", "8", "--log-level", "error", "--timeout", "90"]
        environment = {"DJANGO_SETTINGS_MODULE": "tests.races.server_settings", "DATABASE_URL": self.database_url}
        self.server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
        give_up_at = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.server.poll() is None, "the site stopped as it started"
            assert time.monotonic() < give_up_at, "the site does not answer"
            time.sleep(0.05)

    def choose_port(self) -> None:
        """Take one where nobody listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def lay_out(self) -> None:
        """Make ready what is served: the tests' own SQLite lives in memory, and the servers have a copy on disk."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.folder / "site.sqlite3")])

    def close(self) -> None:
        """Stop what was started."""
        if server := getattr(self, "server", None):
            server.terminate()
            server.wait(PATIENCE)

    @property
    def database_url(self) -> str:
        """Where the servers find their database."""
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.folder / 'site.sqlite3'}"
        at = connection.settings_dict
        return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"

    def answers(self) -> bool:
        """Whether somebody is there."""
        try:
            return self._ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def press_at_once(self, presses: list[tuple[str, dict[str, str]]]) -> list[Answered]:
        """Open each of these pages, then send each form in the same instant; what each met, in their order."""
        together = Barrier(len(presses))

        def press(path: str, words: dict[str, str]) -> Answered:
            page, cookie = self._open(path)
            token = TOKEN.search(page)
            assert token, page[:500]
            together.wait(PATIENCE)
            body = urlencode({**words, "csrfmiddlewaretoken": token[1]})
            return self._ask(
                "POST", path, body, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            )

        with ThreadPoolExecutor(len(presses)) as crowd:
            return list(crowd.map(lambda one: press(*one), presses))

    def send_at_once(self, presses: list[Press]) -> list[Answered]:
        """Send these forms, which have been opened before, in the same instant; what each met."""
        together = Barrier(len(presses))

        def wait_and_send(press: Press) -> Answered:
            together.wait(PATIENCE)
            return self.send(press)

        with ThreadPoolExecutor(len(presses)) as crowd:
            return list(crowd.map(wait_and_send, presses))

    def send(self, press: Press) -> Answered:
        """Send one form; what it met."""
        headers = {"Cookie": press.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", press.address, urlencode(press.words, doseq=True), headers)

    def token(self) -> tuple[str, str]:
        """What forms carry against forgery, and the cookie that goes with it."""
        page, cookie = self._open(reverse("account_login"))
        token = TOKEN.search(page)
        assert token, page[:500]
        return token[1], cookie

    def rows(self, query: str) -> list[tuple]:
        """What the servers' database holds now."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.folder / "site.sqlite3")) as copy:
                return copy.execute(query).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def _open(self, path: str) -> tuple[str, str]:
        """A page, and the cookie that its form needs."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            line.request("GET", path)
            answer = line.getresponse()
            page = answer.read().decode()
            assert answer.status == 200, page
            return page, (answer.headers["Set-Cookie"] or "").partition(";")[0]

    def _ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Answered:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            line.request(method, path, body or None, headers or {})
            answer = line.getresponse()
            return Answered(answer.status, answer.read().decode())
