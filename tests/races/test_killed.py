"""A load that is ended by SIGKILL at any moment leaves all or nothing, and can be run again at once."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.commanding import told
from tests.make.postcodes import code_point, code_point_row
from tests.make.registers import as_csv, gias_rows, written
from tests.races.killing import Killing

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = 10


@dataclass
class Register:
    """Two files of one register, and how to see which of them is in force."""

    files: tuple[Path, Path]
    words: tuple[str, ...]
    in_force: str
    staged: str

    def load(self, which: int) -> tuple[object, ...]:
        """The command that loads one of the two."""
        return self.words[0], self.files[which], *self.words[1:]


def schools(folder: Path, count: int) -> Register:
    """The register of England, and the same a year later: every school has another name and a few are new."""
    files = []
    for year in range(2):
        cells = [
            {"urn": str(100001 + number), "name": f"School {number} of year {year}", "status": "Open"}
            for number in range(count + 5 * year)
        ]
        files.append(written(folder / f"gias{year}.csv", as_csv(gias_rows(*cells))))
    return Register(
        (files[0], files[1]),
        ("import_schools", "--register", "gias", "--allow-closures", "5"),
        "SELECT name, status FROM schools_school ORDER BY register_number",
        "SELECT count(*) FROM schools_schoolversion WHERE load_id = (SELECT max(id) FROM loads_load)",
    )


def postcodes(folder: Path, count: int) -> Register:
    """A directory of postcodes, and the next edition: every one has moved by ten metres and a few are new."""
    every = [f"LS{district} {sector}A{b}" for district in range(1, 99) for sector in range(10) for b in "ABDEFGHJ"]
    files = []
    for year in range(2):
        rows = [code_point_row(each, 429_500 + 10 * year) for each in every[: count + 5 * year]]
        files.append(code_point(folder / f"codepo{year}.zip", rows))
    return Register(
        (files[0], files[1]),
        ("import_postcodes",),
        "SELECT code, units FROM geography_sector s JOIN loads_load l ON l.id = s.load_id "
        "WHERE l.status = 'loaded' ORDER BY code",
        "SELECT count(*) FROM geography_sector WHERE load_id = (SELECT max(id) FROM loads_load)",
    )


class Trial:
    """One register, loaded again and again: now the one file, now the other."""

    def __init__(self, folder: Path, register: Register) -> None:
        self.register = register
        self.states = []
        for which in (1, 0):
            told(*register.load(which))
            self.killing = Killing(folder)
            self.states.insert(0, self.state())
        self.current = 0

    def state(self) -> list[tuple[Any, ...]]:
        """What is in force."""
        return self.killing.rows(self.register.in_force)

    def loads(self) -> int:
        """How many loads have been begun."""
        return int(self.killing.rows("SELECT count(*) FROM loads_load")[0][0])

    def staged(self) -> int:
        """How many rows the last load has staged."""
        return int(self.killing.rows(self.register.staged)[0][0])

    def kill(self, has_come: Any) -> bool:
        """Kill the loading of the other file, and look that all or nothing of it is there."""
        other = 1 - self.current
        begun = self.loads()
        killed = self.killing.kill_when(lambda: self.loads() > begun and has_come(), *self.register.load(other))
        found = self.state()
        assert found in self.states, "half of it is there"
        statuses = [row[0] for row in self.killing.rows("SELECT status FROM loads_load ORDER BY id")]
        assert statuses.count("loaded") == 1
        assert (statuses[-1] == "loaded") == (found == self.states[other]), "what is in force is not what the load says"
        self.current = self.states.index(found)
        return killed

    def run_again(self) -> None:
        """Load the other file, and nobody kills it this time."""
        other = 1 - self.current
        status, answer = self.killing.finish(*self.register.load(other))
        assert (status, answer["rejected"]) == (0, [])
        assert self.state() == self.states[other]
        self.current = other


@pytest.mark.slow
def test_a_load_killed_at_its_beginning_leaves_nothing_of_itself_and_can_be_run_again(tmp_path):
    trial = Trial(tmp_path, schools(tmp_path, 2_000))
    assert trial.kill(lambda: trial.staged() > 0)
    assert trial.current == 0
    trial.run_again()


@pytest.mark.slow
def test_a_load_killed_at_its_end_leaves_all_or_nothing_and_can_be_run_again(tmp_path):
    trial = Trial(tmp_path, postcodes(tmp_path, 600))
    trial.kill(lambda: trial.staged() == len(trial.states[1]))
    trial.run_again()


@pytest.mark.slow
@pytest.mark.parametrize("register", [schools, postcodes])
def test_of_two_first_loads_at_once_one_is_in_force_and_the_other_is_told(register, tmp_path):
    two = register(tmp_path, 600)
    killing = Killing(tmp_path)
    started = [killing.start(*two.load(which)) for which in (0, 1)]
    ended = [process.communicate(timeout=120) for process in started]
    assert all(told for told, _ in ended), [errors for _, errors in ended]
    said = [json.loads(told) for told, _ in ended]
    sentence = "Another file of this register was loaded meanwhile. Load this one again if it is the later one."
    refused = [each for each in said if "refused" in each]
    # A machine that starts one long before the other has no race to show: then both are loaded, one after the other.
    assert refused in ([], [{"refused": sentence}])
    assert sorted(process.returncode for process in started) == [0, len(refused)]
    statuses = sorted(row[0] for row in killing.rows("SELECT status FROM loads_load"))
    assert statuses == (["loaded", "refused"] if refused else ["loaded", "replaced"])


@pytest.mark.slow
@pytest.mark.parametrize("register", [schools, postcodes])
def test_whenever_it_is_killed(register, tmp_path):
    trial = Trial(tmp_path, register(tmp_path, 6000))
    began = time.monotonic()
    trial.run_again()
    whole = time.monotonic() - began
    killed = 0
    for moment in range(MOMENTS):
        until = time.monotonic() + whole * moment / MOMENTS
        killed += trial.kill(lambda until=until: time.monotonic() >= until)
        if moment % 5 == 4:
            trial.run_again()
    assert killed >= MOMENTS // 2, "most of them came to their end before they could be killed"
