"""The web server: brings the database and the static files up to date, then becomes gunicorn."""

import os
import socket
import sys
from argparse import REMAINDER
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Migrate, collect static files and serve. WEB_CONCURRENCY says how many processes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen; a proxy stands in front of it")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("gunicorn", nargs=REMAINDER, help="after --: options passed on to gunicorn")

    def handle(self, *, host: str, port: int, gunicorn: list[str], **options: Any) -> None:
        check_port_is_free(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable")  # does nothing where the cache is not in the database
        call_command("collectstatic", verbosity=0, interactive=False)
        processes = os.environ.get("WEB_CONCURRENCY", "2")
        arguments = [
            "-m",
            "gunicorn",
            "stem.wsgi",
            "--bind",
            f"{host}:{port}",
            "--workers",
            processes,
            "--threads",
            "4",
        ]
        os.execv(sys.executable, [sys.executable, *arguments, *gunicorn[1:]])


def check_port_is_free(host: str, port: int) -> None:
    """Stop with one sentence when something already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sys.exit(f"Something already listens on {host}:{port}: stop it, or choose another port with --port.")
