"""The demonstration: made people, web and worker together, mail on a page."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.views import PERSONAS
from stem.accounts.models import User
from stem.management.commands.serve import check_port_is_free

READY_WITHIN_SECONDS = 60


class Command(BaseCommand):
    """Loads the scheme once, then runs web and worker until it is stopped; run again, it keeps the data."""

    help = "Run the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start, say where, and wait for Ctrl-C."""
        port: int = options["port"]
        check_port_is_free("127.0.0.1", port)
        os.environ["BASE_URL"] = f"http://localhost:{port}"
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("sync_schedule", stdout=sys.stderr)
        if not User.objects.exists():
            self._load()
        # Ctrl-C, `kill` and a closed terminal all end both.
        for each in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, _stop)
        self._run(port)

    def _load(self) -> None:
        self.stderr.write("Making the people of the demonstration …")
        # In a process of its own, because addresses in letters take the port from its environment.
        subprocess.run([sys.executable, "manage.py", "load_demo"], check=True)

    def _run(self, port: int) -> None:
        web = [sys.executable, "-m", "gunicorn", "stem.wsgi", "--bind", f"127.0.0.1:{port}"]
        web += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
        worker = [sys.executable, "manage.py", "qcluster"]
        # Each in a session of its own: a signal to the whole group would end the worker's parts in no order, and
        # the worker would wait for them for ever.
        processes = [subprocess.Popen(command, start_new_session=True) for command in (web, worker)]
        try:
            _wait_until_ready(port, processes[0])
            self._say_where(port)
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stderr.write("Stopping.")
        finally:
            # A second press must not cut this short: a worker would be left behind.
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(each, signal.SIG_IGN)
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=20)

    def _say_where(self, port: int) -> None:
        lines = [f"Rolemodel demonstration: http://localhost:{port}/", ""]
        lines.append(f"Sign in with one press at http://localhost:{port}/demo/ as")
        lines += [f"  {part:<26} {email}" for email, part, _does in PERSONAS]
        lines += ["", f"Mail is kept at http://localhost:{port}/demo/mail/. Ctrl-C stops."]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _wait_until_ready(port: int, web: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise CommandError("The web server stopped as it started: its words are above.")
        try:
            with urlopen(f"http://localhost:{port}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise CommandError("The web server did not answer within a minute.")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
