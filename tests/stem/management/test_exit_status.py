"""What the shell sees of a command that was used wrongly, or before there is a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stem.loads.commands import how_many

ROOT = Path(__file__).resolve().parents[3]


def run(folder, *words):
    """The exit status, standard output and standard error of a real process, whose database was never migrated."""
    environment = {"DATABASE_URL": f"sqlite:///{folder}/new.sqlite3", "DJANGO_SETTINGS_MODULE": "stem.settings.testing"}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


WRONG = [
    ["import_schools", "--register", "gias"],
    ["import_schools", "gias.csv", "--register", "wales"],
    ["import_schools", "gias.csv", "--register", "gias", "--allow-closures=-1"],
    ["import_postcodes"],
    ["import_postcodes", "codepo_gb.zip", "--allow-fewer", "many"],
    ["locate"],
]


@pytest.mark.parametrize(
    "words", [["import_schools", "gias.csv"], *(pytest.param(words, marks=pytest.mark.slow) for words in WRONG)]
)
def test_wrong_usage_is_exit_status_2(tmp_path, words):
    status, out, err = run(tmp_path, *words, "--json")
    assert (status, out) == (2, "")
    assert f"manage.py {words[0]}: error:" in err


@pytest.mark.parametrize(
    "words",
    [
        ["--register", "wales"],
        ["--register", "gias", "--allow-closures", "-1"],
        ["--register", "gias", "--allow-closures", "1.5"],
        [],
    ],
)
def test_so_it_is_for_a_program_that_calls_it(words):
    with pytest.raises(CommandError):
        call_command("import_schools", "gias.csv", *words)


def test_a_number_beyond_all_is_as_many_as_there_are():
    assert (how_many("0"), how_many("7"), how_many("99999999999")) == (0, 7, 2**31 - 1)


IMPORT = ["import_schools", __file__, "--register", "gias"]


@pytest.mark.parametrize("words", [["locate", "LS2 9JT"], pytest.param(IMPORT, marks=pytest.mark.slow)])
def test_a_database_that_was_never_migrated_is_told_in_one_sentence(tmp_path, words):
    sentence = "The database is not up to date with this program. Run “manage.py migrate”, then this again."
    status, out, err = run(tmp_path, *words, "--json")
    assert (status, json.loads(out), err) == (1, {"refused": sentence}, sentence + "\n")
