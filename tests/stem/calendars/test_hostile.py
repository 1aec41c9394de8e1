"""Files that nobody wrote to be read: each is answered, within 8 seconds and 200 MB."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from stem.calendars import bounded
from stem.calendars.bounded import read_busy
from stem.rules import Refusal
from tests.stem.calendars.hostile import FILES, HOUR, REFUSED
from tests.stem.calendars.making import calendar

ROOT = Path(__file__).parents[3]
HOUR_OF_ALL = ["2027-01-12T10:00:00Z", "2027-01-12T11:00:00Z"]
FIRST, AFTER = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
# One of each kind, for every day.
EVERYDAY = ("every other second for ever", "a thousand hourly rules", "100,000 events", "a zone's name of 5 MB")


# What a process takes is told from one that is small itself: a new process begins with the size of who began it.
LAUNCHER = """
import json, os, subprocess, sys
with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
    said, complaint = running.stdout.read(), running.stderr.read()
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
seconds = used.ru_utime + used.ru_stime
print(json.dumps([running.returncode, json.loads(said), complaint, seconds, used.ru_maxrss / 1024]))
"""


@dataclass
class Ran:
    status: int
    answer: dict[str, Any]
    complaint: str
    seconds: float
    megabytes: float


def command(path: Path, first: str = "2027-01-01", after: str = "2027-02-01") -> Ran:
    """The command as a program runs it, and what it took with the process that it began.

    Seconds are the processor's: what else a machine does while it is tried is nothing of ours. By the clock the
    process that reads is ended after `bounded.SECONDS`.
    """
    words = [sys.executable, "manage.py", "read_calendar", str(path), "--from", first, "--to", after, "--json"]
    launcher = [sys.executable, "-c", LAUNCHER]
    done = subprocess.run([*launcher, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return Ran(*json.loads(done.stdout))


def check(ran: Ran, name: str) -> None:
    if name in REFUSED:
        assert (ran.status, ran.answer, ran.complaint) == (1, {"refused": ran.complaint.strip()}, ran.complaint)
        return
    assert (ran.status, ran.complaint) == (0, "")
    assert any(begins <= HOUR_OF_ALL[0] and HOUR_OF_ALL[1] <= ends for begins, ends in ran.answer["busy"])
    assert ran.answer["busy"] == sorted(ran.answer["busy"])


@pytest.mark.parametrize("name", EVERYDAY)
def test_a_file_of_each_kind_is_answered(name):
    data = FILES[name]()
    begun = monotonic()
    read = read_busy(data, FIRST, AFTER)
    assert monotonic() - begun < 8
    hour = datetime(2027, 1, 12, 10, tzinfo=UTC)
    assert any(begins <= hour and hour + timedelta(minutes=1) <= ends for begins, ends in read.busy)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_any_file_is_answered_within_8_seconds_and_200_mb(name, tmp_path):
    path = tmp_path / "hostile.ics"
    path.write_bytes(FILES[name]())
    ran = command(path)
    check(ran, name)
    assert ran.seconds < 8 and bounded.SECONDS < 8
    assert ran.megabytes < 200


def test_a_process_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS", 0.01)
    with pytest.raises(Refusal) as refused:
        read_busy(calendar(HOUR), FIRST, AFTER)
    assert refused.value.codes == ["calendar_too_intricate"]


def test_the_process_knows_nothing_of_this_one(monkeypatch, tmp_path):
    """No secret of the environment, and no module that a folder of somebody's would put before ours."""
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "zoneinfo.py").write_text("raise SystemExit(1)")
    assert read_busy(calendar(HOUR), FIRST, AFTER).events == 1
