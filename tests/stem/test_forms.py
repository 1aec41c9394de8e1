"""How people write days and times, and what a form says when it cannot read them."""

import re
from datetime import date, time

import pytest
from django import forms
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as any_

from stem.forms import ClockField, CountField, DayField, HouseForm, read_clock
from stem.wording import clock_in_words


class Visit(HouseForm):
    on = DayField(label="Day of the visit")
    starts = ClockField(label="Start")
    pupils = CountField(label="How many pupils?", min_value=1)
    way = forms.ChoiceField(label="Way", choices=[("online", "Online")], widget=forms.RadioSelect)
    notes = forms.CharField(label="Notes", required=False, help_text="Do not name pupils.")
    stays = forms.BooleanField(label="Staff stay")


def filled(**changes: str) -> Visit:
    good = {
        "on_0": "12",
        "on_1": "1",
        "on_2": "2027",
        "starts": "9:15am",
        "pupils": "28",
        "way": "online",
        "stays": "on",
    }
    return Visit({**good, **changes})


@pytest.mark.parametrize("month", ["1", "01", "jan", "January", "JANUARY"])
def test_a_month_may_be_a_number_or_a_name(month: str):
    form = filled(on_1=month)
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2027, 1, 12)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on_0": "", "on_1": "", "on_2": ""}, "Enter day of the visit."),
        ({"on_0": ""}, "A date needs a day, a month and a year."),
        ({"on_2": "27"}, "Enter the year in full, such as 2027."),
        ({"on_0": "31", "on_1": "2"}, "Enter a real date, such as 12 1 2027."),
        ({"on_1": "Janury"}, "Enter a real date, such as 12 1 2027."),
    ],
)
def test_a_day_that_cannot_be_read_says_what_to_do(changes: dict[str, str], words: str):
    assert filled(**changes).errors["on"] == [words]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:15am", time(9, 15)),
        ("9.15", time(9, 15)),
        ("0915", time(9, 15)),
        ("930", time(9, 30)),
        ("2 pm", time(14)),
        ("2.30 p.m.", time(14, 30)),
        ("14:00", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("Midday", time(12)),
        ("02:15", time(2, 15)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, read: time):
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["2:15", "25:00", "13pm", "0am", "9:75", "after lunch", "9:1", "-9"])
def test_a_time_that_could_be_another_is_refused_with_an_example(typed: str):
    assert filled(starts=typed).errors["starts"] == ["Enter a time with am or pm, such as 9:15am or 2pm."]


@given(any_.times())
def test_a_time_we_write_is_a_time_we_read(clock: time):
    whole = clock.replace(second=0, microsecond=0)
    if whole != time(0):  # "midnight" is for reading only: no lesson starts then
        assert read_clock(clock_in_words(whole)) == whole


def test_an_empty_field_says_what_to_enter():
    assert Visit({}).errors == {
        "on": ["Enter day of the visit."],
        "starts": ["Enter start."],
        "pupils": ["Answer “How many pupils?”."],
        "way": ["Choose way."],
        "stays": ["Tick the box to go on: “Staff stay”."],
    }


def test_what_was_typed_is_still_there_after_a_mistake():
    page = str(filled(on_1="Janury", starts="2:15"))
    assert 'value="Janury"' in page
    assert 'value="2:15"' in page


def test_hints_and_errors_are_tied_to_their_fields():
    page = str(Visit({"notes": ""}))
    assert 'aria-describedby="id_notes_helptext"' in page and 'id="id_notes_helptext"' in page
    assert 'aria-describedby="id_on_error"' in page and 'id="id_on_error"' in page
    assert page.count("<fieldset") == 2  # a day and a choice are groups
    assert "(optional)" in page and page.count("(optional)") == 1


@pytest.mark.parametrize(
    ("context", "starts"),
    [
        ({}, "Help and contact"),
        ({"form": filled()}, "Help and contact"),
        ({"form": filled(starts="late")}, "Error: Help and contact"),
        ({"problem": "This visit has been cancelled."}, "Error: Help and contact"),
    ],
)
def test_the_title_of_a_page_with_a_mistake_says_so_first(context: dict[str, object], starts: str):
    title = re.search(r"<title>(.*)</title>", get_template("stem/contact.html").render(context))
    assert title and title[1] == f"{starts} – Rolemodel"
