"""An import that is ended by SIGKILL leaves nothing or all of each batch, and the same file again finishes the rest."""

import json
import time
from pathlib import Path

import pytest

from ambassadors.enums import UploadStatus
from ambassadors.models import Ambassador, Membership
from ambassadors.operations.importing import BATCH
from tests import make
from tests.commanding import told
from tests.make.registers import as_csv, written
from tests.races.killing import Killing

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = 6

PEOPLE = "SELECT count(*) FROM ambassadors_ambassador"
WHOLE = (
    # Each with their membership, and with the event of their coming.
    "SELECT count(*) FROM ambassadors_ambassador a JOIN ambassadors_membership m ON m.ambassador_id = a.id "
    "JOIN ambassadors_ambassadorevent e ON e.ambassador_id = a.id"
)
EMPLOYERS = "SELECT organisation, count(*) FROM ambassadors_ambassador GROUP BY organisation ORDER BY organisation"


def people(folder, count, employer="Bridges"):
    """A file of so many people."""
    rows = [[f"V{number}", f"Person {number}", f"p{number}@x.example", employer] for number in range(count)]
    return written(folder / f"{employer}.csv", as_csv([["ID", "Name", "E-mail", "Employer"], *rows]))


def count(killing, sql):
    return int(killing.rows(sql)[0][0])


def finished(killing, path):
    status, answer = killing.finish("import_ambassadors", path, "--scheme", "Alpha", "--commit")
    assert (status, answer["rejected"]) == (0, [])
    return answer


def check_batches(killing, total):
    """Batches are there whole or not at all; how many people that makes."""
    standing = count(killing, PEOPLE)
    assert standing % BATCH == 0 or standing == total
    assert count(killing, WHOLE) == standing
    return standing


@pytest.mark.slow
def test_an_import_killed_between_its_batches_is_finished_by_the_same_file(tmp_path):
    # So many that nobody who looks in between comes too late.
    total = 16 * BATCH
    path, killing = people(tmp_path, total), Killing(tmp_path)
    killed = killing.kill_when(
        lambda: count(killing, PEOPLE) > 0, "import_ambassadors", path, "--scheme", "Alpha", "--commit"
    )
    standing = check_batches(killing, total)
    assert killed and 0 < standing < total
    answer = finished(killing, path)
    assert (answer["new"], answer["known"]) == (total - standing, standing)
    assert check_batches(killing, total) == total


def test_a_change_killed_on_its_way_is_finished_by_the_same_file(tmp_path):
    total = 4 * BATCH
    told("import_ambassadors", people(tmp_path, total), "--scheme", "Alpha", "--commit")
    assert Ambassador.objects.count() == Membership.objects.count() == total
    path, killing = people(tmp_path, total, "Tunnels"), Killing(tmp_path)
    killing.kill_when(
        lambda: len(killing.rows(EMPLOYERS)) > 1, "import_ambassadors", path, "--scheme", "Alpha", "--commit"
    )
    standing = dict(killing.rows(EMPLOYERS))
    assert standing.get("Tunnels", 0) % BATCH == 0 and sum(standing.values()) == total
    assert finished(killing, path)["changed"] == standing.get("Bridges", 0)
    assert killing.rows(EMPLOYERS) == [("Tunnels", total)]


@pytest.mark.slow
def test_two_imports_of_one_file_at_once_bring_everybody_once(tmp_path):
    total = 4 * BATCH
    path, killing = people(tmp_path, total), Killing(tmp_path)
    words = ("import_ambassadors", path, "--scheme", "Alpha", "--commit")
    started = [killing.start(*words) for _each in range(2)]
    said = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert check_batches(killing, total) == total


@pytest.mark.slow
def test_whenever_an_import_is_killed(tmp_path):
    total = 4 * BATCH
    path, killing = people(tmp_path, total), Killing(tmp_path)
    began = time.monotonic()
    finished(killing, path)
    whole = time.monotonic() - began
    killed = 0
    for moment in range(MOMENTS):
        # Each time as another scheme, to which everybody is new.
        words = ("import_ambassadors", path, "--scheme", f"Scheme {moment}", "--commit")
        until = time.monotonic() + whole * moment / MOMENTS
        killed += killing.kill_when(lambda until=until: time.monotonic() >= until, *words)
        assert count(killing, WHOLE) == count(killing, PEOPLE)
        _status, answer = killing.finish(*words)
        assert answer["new"] % BATCH == 0 and answer["new"] + answer["known"] == total
    assert killed, "each of them came to its end before it could be killed"


@pytest.mark.slow
def test_a_worker_killed_while_people_come_in_is_followed_by_one_that_finishes_and_deletes_the_file(
    tmp_path, settings, monkeypatch
):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    monkeypatch.setenv("MEDIA_ROOT", settings.MEDIA_ROOT)
    total = 16 * BATCH
    sent = make.upload(
        status=UploadStatus.TAKING_IN,
        content=people(tmp_path, total).read_bytes(),
        report={"new": total},
    )
    killing, job = Killing(tmp_path), ("job", "ambassadors.tasks", "read_waiting_uploads")
    killed = killing.kill_when(lambda: count(killing, PEOPLE) > 0, *job)
    standing = check_batches(killing, total)
    assert killed and 0 < standing < total and Path(sent.file.path).exists()
    # Heard of a moment ago, it is left to whoever has it; long unheard of, it is begun again.
    assert killing.finish(*job) == (0, 0)
    killing.tell("UPDATE ambassadors_upload SET heard_at = '2020-01-01 00:00:00'")
    assert killing.finish(*job) == (0, 1)
    assert check_batches(killing, total) == total
    [(status, report)] = killing.rows("SELECT status, report FROM ambassadors_upload")
    assert status == "done" and f'"new": {total}' in (report if isinstance(report, str) else json.dumps(report))
    assert not Path(sent.file.path).exists()
