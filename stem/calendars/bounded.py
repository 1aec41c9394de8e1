"""The busy time in any calendar file: an answer within seconds, or a sentence that says why there is none."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from stem.calendars.moments import instant_of, moment_at
from stem.calendars.notes import Problem
from stem.calendars.problems import refuse_file, say
from stem.calendars.text import MOST_BYTES

ROOT = Path(__file__).resolve().parents[2]
# The child keeps to six seconds by itself; these end it should it not.
SECONDS = 6.5
Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class BusyRead:
    """What a calendar file says of somebody's time between two moments.

    `busy` is sorted, in UTC, half-open, and nothing in it overlaps or touches. `events` counts the events (VEVENT) and
    published busy times (VFREEBUSY) of the whole file, those that could not be read among them. `ignored` counts those
    of them that could be read and make nobody busy, whatever the days: free, cancelled, declined, replaced by a newer
    version, without length, or a message about an event; and to-dos and journal entries, which are no events.
    `problems` says in words what could not be read as it stands.
    """

    busy: tuple[Interval, ...]
    events: int
    ignored: int
    problems: tuple[str, ...]


def read_busy(data: bytes, starts_at: datetime, ends_at: datetime) -> BusyRead:
    """The busy time in a calendar file from one moment to before another.

    Takes at most 8 seconds and 200 MB whatever is in the file: what could not be read in that is named in `problems`.
    Refuses with `no_calendar` what is none, with `calendar_too_large` more than 32 MB, and with
    `calendar_too_intricate` what breaks these limits nevertheless.
    """
    if len(data) > MOST_BYTES:
        raise refuse_file("too_large")
    answer = ask_child("stem.calendars.child", b"%d %d\n" % (instant_of(starts_at), instant_of(ends_at)) + data)
    if "no_calendar" in answer:
        raise refuse_file(answer["no_calendar"])
    return BusyRead(
        busy=tuple((moment_at(begins), moment_at(ends)) for begins, ends in answer["busy"]),
        events=answer["events"],
        ignored=answer["ignored"],
        problems=tuple(say((Problem(*problem) for problem in answer["problems"]), answer["more"])),
    )


def ask_child(module: str, question: bytes) -> dict[str, Any]:
    """The answer of a child process that runs this module. Refuses with `calendar_too_intricate` when it gives none."""
    # Neither settings nor secrets: it knows of nothing but the file.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONTZPATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            timeout=SECONDS,
            check=True,
        )
        return dict(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError) as error:
        raise refuse_file("too_intricate") from error
