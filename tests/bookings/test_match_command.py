"""Who could go to a school, from the command line."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, CheckBody, HoldKind
from ambassadors.models import Ambassador
from bookings.models import Request
from schools.models import School
from tests import make

pytestmark = pytest.mark.django_db

PARTS = {"topic", "stage", "activity", "route_aim", "nearness", "load"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def school():
    return make.school(register_number="100000")


def numbered(number: str, **columns) -> Ambassador:
    """Someone cleared with this scheme number."""
    return make.ambassador(**{"name": f"Person {number}", "cleared": True, "scheme_number": number, **columns})


def match(*extra: str, **changed: str) -> dict:
    """What the command answers about a careers talk in February."""
    wanted = {
        "school": "gias/100000",
        "subject": "civil_engineering",
        "stage": "ks3",
        "activity": "careers_talk",
        "date": "2027-02-10",
        "from": "10:00",
        "to": "11:00",
        **changed,
    }
    out = StringIO()
    arguments = [part for name, value in wanted.items() for part in (f"--{name}", value)]
    call_command("match", *arguments, *extra, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_candidates_come_best_first_with_their_working(school):
    numbered("A1", postcode="YO1 7HH", max_minutes=90)
    numbered("A2")
    answer = match()
    assert [each["ambassador"] for each in answer["candidates"]] == ["A2", "A1"]
    best = answer["candidates"][0]
    assert set(best) == {"ambassador", "score", "parts", "reasons", "miles", "minutes"}
    assert set(best["parts"]) == PARTS and 0 < best["score"] <= 1
    assert best["minutes"] == 0 and best["miles"] == 0.0
    assert "Offers exactly this: Civil and structural engineering" in best["reasons"]
    assert set(answer) == {"candidates", "near_misses", "considered", "elapsed_ms"}
    assert answer["considered"] == 2 and answer["near_misses"] == []
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("columns", "why_not"),
    [
        ({"status": AmbassadorStatus.PAUSED}, "Unavailable."),
        (
            {"subjects": ("physics",)},
            "Does not offer Civil and structural engineering or another subject of Engineering.",
        ),
        ({"stages": ("ks5",)}, "Does not offer Key Stage 3 (ages 11 to 14)."),
        ({"activities": ("workshop",)}, "Does not offer this activity: Careers talk."),
        ({"in_person": False}, "Only visits online."),
        ({"postcode": "YO1 7HH", "max_minutes": 20}, "minutes away, and travels at most 20."),
    ],
)
def test_whoever_misses_by_one_thing_is_named_with_it(columns, why_not, school):
    numbered("A1", **columns)
    (miss,) = match()["near_misses"]
    assert miss["ambassador"] == "A1" and miss["why_not"].endswith(why_not)
    assert match()["candidates"] == []


def test_vetting_and_holds_are_told_by_their_class_only(school):
    numbered("A1", cleared=False, status=AmbassadorStatus.ACTIVE)
    held = numbered("A2")
    make.hold(held, kind=HoldKind.SAFEGUARDING, truth="An allegation", starts_on=date(2027, 1, 1))
    assert match()["near_misses"] == [
        {"ambassador": "A1", "why_not": "Vetting is not complete for that day."},
        {"ambassador": "A2", "why_not": "Unavailable."},
    ]


def test_someone_promised_elsewhere_is_a_near_miss(school):
    make.visit(ambassador=numbered("A1"))
    assert match()["near_misses"] == [{"ambassador": "A1", "why_not": "Has a visit at that time."}]
    assert [each["ambassador"] for each in match(**{"from": "11:00", "to": "12:00"})["candidates"]] == ["A1"]


def test_whoever_misses_by_two_things_is_not_named(school):
    numbered("A1", stages=("ks5",), status=AmbassadorStatus.PAUSED)
    numbered("A2", stages=("ks5",), postcode="YO1 7HH", max_minutes=20)
    assert match()["near_misses"] == []


def test_online_needs_no_journey(school):
    numbered("A1", postcode="TR1 2HE")
    numbered("A2", postcode="TR1 2HE", online=False)
    answer = match("--online")
    assert [(each["ambassador"], each["minutes"], each["miles"]) for each in answer["candidates"]] == [("A1", 0, 0.0)]
    assert answer["near_misses"] == [{"ambassador": "A2", "why_not": "Does not visit online."}]


def test_a_visit_in_scotland_needs_a_scottish_check():
    make.school(register_number="100000", postcode="EH1 1YZ")
    numbered("A1", postcode="EH1 1YZ")
    scottish = numbered("A2", postcode="EH1 1YZ", cleared=False, status=AmbassadorStatus.ACTIVE)
    make.clear(scottish, body=CheckBody.PVG)
    answer = match()
    assert [each["ambassador"] for each in answer["candidates"]] == ["A2"]
    assert answer["near_misses"] == [{"ambassador": "A1", "why_not": "Vetting is not complete for that day."}]


def test_both_lists_stop_at_the_limit(school):
    for number in range(3):
        numbered(f"A{number}")
        numbered(f"B{number}", stages=("ks5",))
    answer = match("--limit", "2")
    assert (len(answer["candidates"]), len(answer["near_misses"]), answer["considered"]) == (2, 2, 6)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"school": "gias/999999"}, "No school is called gias/999999: give it as gias/100000."),
        ({"school": "nonsense"}, "No school is called nonsense: give it as gias/100000."),
        ({"to": "10:00"}, "The time has to end after it starts."),
        ({"date": "2026-02-10"}, "That time has passed: give one that is still to come."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(changed, sentence, school, capsys):
    out, err = StringIO(), StringIO()
    wanted = {
        "school": "gias/100000",
        "subject": "physics",
        "stage": "ks3",
        "activity": "careers_talk",
        "date": "2027-02-10",
        "from": "10:00",
        "to": "11:00",
        **changed,
    }
    arguments = [part for name, value in wanted.items() for part in (f"--{name}", value)]
    with pytest.raises(SystemExit) as stopped:
        call_command("match", *arguments, "--json", stdout=out, stderr=err)
    assert stopped.value.code == 1
    assert json.loads(out.getvalue()) == {"refused": sentence}
    assert err.getvalue().strip() == sentence


def test_a_school_of_which_nobody_knows_where_it_is_has_visitors_online_alone(school):
    School.objects.update(lat=None, lon=None)

    with pytest.raises(SystemExit):
        match()
    assert match("--online")["candidates"] == []


@pytest.mark.parametrize(
    "changed", [{"subject": "alchemy"}, {"stage": "ks9"}, {"date": "tomorrow"}, {"from": "25:00"}, {"limit": "0"}]
)
def test_what_no_one_can_understand_is_wrong_usage(changed, school):
    with pytest.raises(CommandError):
        match(**changed)


def test_without_json_it_speaks_to_people(school):
    numbered("A1")
    out = StringIO()
    call_command(
        "match",
        *("--school", "gias/100000", "--subject", "civil_engineering", "--stage", "ks3"),
        *("--activity", "careers_talk", "--date", "2027-02-10", "--from", "10:00", "--to", "11:00"),
        stdout=out,
    )
    assert out.getvalue().startswith("A1        ")


def test_the_day_is_london_s(school):
    numbered("A1")
    visit_time = (datetime(2027, 7, 1, 9, 0, tzinfo=UTC), datetime(2027, 7, 1, 10, 0, tzinfo=UTC))
    make.visit(ambassador=Ambassador.objects.get(), time=visit_time)
    summer = {"date": "2027-07-01", "from": "10:00", "to": "11:00"}
    assert match(**summer)["near_misses"] == [{"ambassador": "A1", "why_not": "Has a visit at that time."}]
