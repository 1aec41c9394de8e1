"""What one process at a time may do: the others wait, and a turn ends however its block does."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from django.db import connection

from stem.one_at_a_time import one_at_a_time

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE, A_MOMENT = 20.0, 0.1


@pytest.fixture(autouse=True)
def on_disk(tmp_path: Path, monkeypatch) -> Path:
    """The tests' own SQLite lives in memory; what workers share is a file."""
    database = tmp_path / "shared.sqlite3"
    database.touch()
    if connection.vendor == "sqlite":
        monkeypatch.setattr("stem.one_at_a_time.connection", named(database))
    return database


def named(database: Path) -> SimpleNamespace:
    return SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(database)})


@pytest.fixture
def somebody_else():
    """Another session of the same database, which takes a turn and says that it has it."""
    others: list[Thread] = []

    def begin(what: str) -> Event:
        has_it = Event()

        def take() -> None:
            with one_at_a_time(what):
                has_it.set()
            connection.close()

        others.append(Thread(target=take, daemon=True))
        others[-1].start()
        return has_it

    yield begin
    for other in others:
        other.join(PATIENCE)


def test_whoever_comes_second_waits_until_the_first_has_done(somebody_else: Callable[[str], Event]):
    with one_at_a_time("letters"):
        second = somebody_else("letters")
        assert not second.wait(A_MOMENT)
    assert second.wait(PATIENCE)


def test_two_different_things_wait_for_each_other_never(somebody_else: Callable[[str], Event]):
    with one_at_a_time("letters"):
        assert somebody_else("texts").wait(PATIENCE)


def test_an_error_ends_the_turn_as_well(somebody_else: Callable[[str], Event]):
    with pytest.raises(RuntimeError), one_at_a_time("letters"):
        raise RuntimeError("The mail server took nothing.")
    assert somebody_else("letters").wait(PATIENCE)


def test_a_database_in_memory_has_nobody_to_wait_for(on_disk: Path, monkeypatch):
    on_disk.unlink()
    monkeypatch.setattr("stem.one_at_a_time.connection", named(on_disk))
    with one_at_a_time("letters"), one_at_a_time("letters"):
        pass
