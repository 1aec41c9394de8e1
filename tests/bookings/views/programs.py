"""Calendar programs that others wrote, run on this machine: a server, one that carries, and one that shows."""

import json
import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

PROGRAMS = Path(sys.executable).parent
SHOWN = ("uid", "status", "title", "location", "start-long-full", "end-long-full")
RADICALE = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}/collections
[web]
type = none
"""
KHAL = """\
[calendars]
[[visits]]
path = {folder}
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}.db
"""


def ask(url: str, method: str = "GET") -> bytes:
    """What a server on this machine says, to somebody called me."""
    me = b64encode(b"me:").decode()
    with urlopen(Request(url, method=method, headers={"Authorization": f"Basic {me}"}), timeout=10) as answer:
        return answer.read()


@contextmanager
def radicale(folder: Path, *calendars: str) -> Iterator[dict[str, str]]:
    """A Radicale with these empty calendars, by name the address of each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "radicale.conf"
    settings.write_text(RADICALE.format(port=port, folder=folder))
    command = [sys.executable, "-m", "radicale", "-C", str(settings)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/me/")
        made = {name: f"http://127.0.0.1:{port}/me/{name}/" for name in calendars}
        for url in made.values():
            ask(url, "MKCALENDAR")
        yield made
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    for _attempt in range(200):
        try:
            ask(url, "PROPFIND")
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Radicale does not answer.")


def at_address(url: str) -> dict[str, str]:
    """A feed, as vdirsyncer names it."""
    return {"type": "http", "url": url}


def in_file(path: Path) -> dict[str, str]:
    """A feed that was downloaded."""
    return {"type": "singlefile", "path": str(path)}


def on_server(url: str) -> dict[str, str]:
    """A calendar of Radicale's."""
    return {"type": "caldav", "url": url, "username": "me", "password": "any"}


def in_folder(path: Path) -> dict[str, str]:
    """A folder of one file an event, as khal reads it."""
    path.mkdir(exist_ok=True)
    return {"type": "filesystem", "path": str(path), "fileext": ".ics"}


def carry(folder: Path, *pairs: tuple[dict[str, str], dict[str, str]], status: Path | None = None) -> None:
    """Bring each second calendar to what its first holds, by vdirsyncer, all of them at once.

    Given its `status` of the last time, it goes on from there: what changed is changed, and what is gone is taken out.
    """
    status = status or folder / f"status-{time.monotonic_ns()}"
    lines = ["[general]", f"status_path = {json.dumps(str(status))}"]
    for number, pair in enumerate(pairs):
        lines += [f"[pair p{number}]", f'a = "a{number}"', f'b = "b{number}"', "collections = null"]
        for side, storage in zip("ab", pair, strict=True):
            lines += [
                f"[storage {side}{number}]",
                *(f"{name} = {json.dumps(value)}" for name, value in storage.items()),
            ]
    settings = folder / "vdirsyncer.conf"
    settings.write_text("\n".join(lines))
    for act in ("discover", "sync"):
        _run(folder, "vdirsyncer", "-c", str(settings), act)


def shown_by_khal(events: Path, zone: str, days: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Every event that khal lists in this zone between each two days."""
    settings = events.parent / "khal.conf"
    settings.write_text(KHAL.format(folder=events, zone=zone))
    fields = [part for name in SHOWN for part in ("--json", name)]
    found = []
    for first, last in days:
        told = _run(events.parent, "khal", "-c", str(settings), "list", *fields, first, last, zone=zone)
        found += [event for line in told.splitlines() for event in json.loads(line)]
    return [_in_utc(event, zone) for event in found]


def _in_utc(event: dict[str, str], zone: str) -> dict[str, str]:
    moments = {name: datetime.fromisoformat(event[name]).replace(tzinfo=ZoneInfo(zone)) for name in SHOWN[4:]}
    return {**event, **{name: moment.astimezone(UTC).isoformat() for name, moment in moments.items()}}


def _run(home: Path, program: str, *arguments: str, zone: str = "Europe/London") -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": zone, "LANG": "C.UTF-8"}
    command = [str(PROGRAMS / program), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
