"""The worker's sweep: every file is read once, whoever was killed over it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from stem.loads.enums import LoadKind
from stem.loads.models import QUIET, Load
from stem.loads.operations import load_file
from stem.loads.tasks import follow_up_all, look_for_waiting_files, read_waiting_files
from stem.rules import refuse

pytestmark = pytest.mark.django_db


def uploaded(status="waiting", *, heard=None, words=b"a\nb"):
    now = timezone.now()
    return Load.objects.create(
        kind=LoadKind.GIAS,
        status=status,
        file=ContentFile(words, name="register.csv") if words else "",
        file_name="register.csv",
        asked_at=now - timedelta(hours=1),
        heard_at=None if heard is None else now - heard,
    )


def on_disk(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def again(load):
    load.refresh_from_db()
    return load.status


def test_a_file_that_waits_is_read_and_gone_afterwards(plain, settings):
    load = uploaded()
    assert read_waiting_files() == 1
    assert (again(load), load.file.name, on_disk(settings), plain.in_force) == ("loaded", "", [], ["a", "b"])


@pytest.mark.parametrize("trouble", [refuse("file_cut", "input", "Fetch it again."), ZeroDivisionError()])
def test_so_it_is_when_it_is_refused_or_the_reader_breaks(plain, settings, trouble):
    def fail(*_):
        raise trouble

    load, other = uploaded(), uploaded(words=b"c")
    plain.half_way = lambda which, _path: fail() if which.pk == load.pk else None
    assert read_waiting_files() == 2
    assert again(load) == ("stopped" if isinstance(trouble, ZeroDivisionError) else "refused")
    assert (again(other), plain.staged, on_disk(settings)) == ("loaded", {}, [])


def test_a_file_whose_worker_was_killed_is_begun_again(plain):
    load = uploaded("reading", heard=QUIET * 2)
    plain.staged[load.pk] = ["half of it"]
    assert read_waiting_files() == 1
    assert (again(load), plain.in_force) == ("loaded", ["a", "b"])


def test_one_that_was_heard_of_lately_is_left_to_its_worker(plain):
    load = uploaded("reading", heard=QUIET / 2)
    assert (read_waiting_files(), again(load), plain.read) == (0, "reading", [])


def test_a_command_that_was_killed_is_stopped_and_what_it_staged_thrown_away(plain):
    load = uploaded("reading", heard=QUIET * 2, words=b"")
    plain.staged[load.pk] = ["half of it"]
    assert (read_waiting_files(), again(load)) == (0, "stopped")
    assert (plain.staged, plain.in_force) == ({}, [])


def test_a_command_that_has_only_just_begun_is_not_taken_for_a_dead_one(plain):
    load = uploaded(heard=timedelta(0), words=b"")
    assert (read_waiting_files(), again(load)) == (0, "waiting")


def test_nor_is_any_command_in_the_middle_of_its_work(plain, lines):
    swept = []
    plain.half_way = lambda *_: swept.append(read_waiting_files())
    load_file(kind=LoadKind.GIAS, path=lines("a", "b"), at=timezone.now())
    assert (swept, plain.in_force, Load.objects.get().status) == ([0], ["a", "b"], "loaded")


def test_two_workers_never_read_one_file_twice(plain):
    load = uploaded()
    inner = []
    plain.half_way = lambda *_: inner.append(read_waiting_files())
    assert (read_waiting_files(), inner, plain.read) == (1, [0], [load.pk])


def test_a_worker_that_slept_leaves_the_file_to_whoever_took_it_over(plain, settings):
    load = uploaded()

    def sleep(*_):
        plain.half_way = lambda *_: None
        Load.objects.update(heard_at=timezone.now() - QUIET * 2)
        assert read_waiting_files() == 1

    plain.half_way = sleep
    assert read_waiting_files() == 0
    assert (again(load), plain.in_force, on_disk(settings)) == ("loaded", ["a", "b"], [])


def test_files_are_read_in_the_order_in_which_they_came(plain):
    later, earlier = uploaded(words=b"later"), uploaded(words=b"earlier")
    Load.objects.filter(pk=earlier.pk).update(asked_at=later.asked_at - timedelta(hours=1))
    read_waiting_files()
    assert plain.read == [earlier.pk, later.pk]


def test_an_upload_that_is_lost_is_stopped(plain, settings):
    load = uploaded()
    on_disk(settings)[0].unlink()
    read_waiting_files()
    assert (again(load), load.file.name, plain.read) == ("stopped", "", [])


def test_a_file_left_by_a_worker_killed_at_the_very_end_is_done_away_with(settings):
    load = uploaded("loaded")
    assert (read_waiting_files(), again(load), load.file.name, on_disk(settings)) == (0, "loaded", "", [])


def test_every_minute_somebody_looks_and_calls_for_a_reader_who_has_time(plain, monkeypatch):
    called = []
    monkeypatch.setattr("stem.loads.operations.async_task", lambda path, **words: called.append((path, words)))
    look_for_waiting_files()
    assert called == []
    uploaded()
    look_for_waiting_files()
    job = {"group": "loads", "q_options": {"timeout": 3600}}
    assert called == [("stem.loads.tasks.read_waiting_files", job)]


def test_what_follows_is_done_for_every_register_at_night(plain):
    follow_up_all()
    assert plain.followed_up == len(LoadKind)
