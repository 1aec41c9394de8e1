"""What scripts may rely on: JSON on standard output, sentences on standard error, and the exit status."""

import json

import pytest
from django.core.management import call_command

from stem.curriculum import ACTIVITIES, SUBJECTS, Route, Stage

pytestmark = pytest.mark.django_db


def refused(capsys, *words):
    with pytest.raises(SystemExit) as stopped:
        call_command(*words)
    out, err = capsys.readouterr()
    return stopped.value.code, out, err


@pytest.mark.django_db
def test_a_place_is_one_json_object(capsys):
    call_command("locate", "ls2", "9jt", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "postcode": "LS2 9JT",
        "lat": 53.822,
        "lon": -1.552,
        "approximate": True,
        "nation": "england",
        "region": "Yorkshire and the Humber",
        "authority": "",
    }


@pytest.mark.django_db
def test_a_place_is_said_to_people_too(capsys):
    call_command("locate", "LS29JT")
    assert capsys.readouterr().out.splitlines()[0] == "postcode: LS2 9JT"


def test_a_refusal_is_a_sentence_and_exit_status_1(capsys):
    sentence = "Enter a full UK postcode, like LS2 9JT."
    assert refused(capsys, "locate", "nowhere") == (1, "", sentence + "\n")


def test_a_refusal_with_json_is_an_object_as_well(capsys):
    status, out, err = refused(capsys, "locate", "JE2 3AB", "--json")
    sentence = "Jersey is outside the United Kingdom. Give a postcode in one of its four nations."
    assert (status, json.loads(out), err) == (1, {"refused": sentence}, sentence + "\n")


def test_the_curriculum_is_the_one_list(capsys):
    call_command("curriculum", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert {each["code"]: each["field"] for each in answer["subjects"]} == {
        code: subject.field for code, subject in SUBJECTS.items()
    }
    assert [each["code"] for each in answer["stages"]] == list(Stage)
    assert [each["code"] for each in answer["activities"]] == list(ACTIVITIES)
    assert [each["code"] for each in answer["routes"]] == list(Route)
    assert answer["stages"][2]["year_groups"]["northern_ireland"] == ["Year 8", "Year 9", "Year 10"]


def test_the_curriculum_is_a_list_for_people_too(capsys):
    call_command("curriculum")
    assert "  physics                   Physics" in capsys.readouterr().out.splitlines()
