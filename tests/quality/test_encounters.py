"""A school's encounters of a year: the page, and the file for its own careers record."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import EmployerSize
from bookings.enums import RequestStatus, VisitStatus
from quality.encounters import encounters_of
from quality.enums import FeedbackSide
from schools.enums import SuccessionStatus
from schools.models import School
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

WELL = {**make.TEACHER_SAYS, "T1": "5", "T2": "4", "T3": "4", "T11": "already", "TF3": 28}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def contact():
    contact = make.contact()
    School.objects.filter(pk=contact.school_id).update(low_age=11, high_age=14)
    contact.school.refresh_from_db()
    return contact


def had(contact, day: date, *, said=None, says=None, status=VisitStatus.DELIVERED, person=None, **columns):
    """A visit on this day, with what the forms say of it."""
    asked = {"contact": contact, "status": RequestStatus.FULFILLED, "year_groups": "Year 8", "pupils": 30, **columns}
    starts_at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    visit = make.visit(
        request=make.request(**asked),
        ambassador=make.ambassador(**(person or {"organisation": "Bridges Ltd", "employer_size": EmployerSize.SMALL})),
        status=status,
        time=(starts_at, starts_at + timedelta(hours=1)),
    )
    if said is not None:
        make.feedback(visit=visit, answers=said)
    if says is not None:
        make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR, answers=says)
    return visit


def page(contact, **query):
    return client_of(contact.user).get(reverse("school_encounters"), query)


def rows(contact, **query) -> list[dict[str, str]]:
    answer = client_of(contact.user).get(reverse("export_encounters"), query)
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_what_took_place_in_the_year_is_there_with_what_the_forms_say(contact):
    well = had(contact, date(2026, 11, 4), said=WELL, purpose="Meet an engineer")
    unknown = had(contact, date(2026, 9, 1), purpose="No form yet")
    badly = had(contact, date(2026, 12, 1), said={**WELL, "T3": "2"})
    had(contact, date(2026, 12, 2), status=VisitStatus.CANCELLED_BY_SCHOOL)
    had(contact, date(2026, 8, 31))
    had(make.contact(), date(2026, 11, 4))

    found = encounters_of(contact.school, year=2026, at=make.NOW)

    assert [(each.visit, each.meaningful.value, each.pupils) for each in found.encounters] == [
        (unknown, "unknown", 30),
        (well, "yes", 28),
        (badly, "no", 28),
    ]
    assert [(group.name, group.encounters, group.meaningful) for group in found.groups] == [
        ("Year 7", 0, 0),
        ("Year 8", 3, 1),
        ("Year 9", 0, 0),
    ]
    text = page(contact).text
    assert "2 year groups have met nobody in this school year: Year 7, Year 9." in text
    assert "Not known: no form yet" in text


def test_another_year_is_one_press_away_and_none_is_after_the_present_one(contact):
    before = had(contact, date(2026, 8, 31))

    assert [each.visit for each in page(contact, year="2025").context["had"].encounters] == [before]
    for year in ("2999", "", "x", "20260", "-1", "２０２６"):
        shown = page(contact, year=year).context
        assert (shown["had"].year, shown["after"]) == (2026, None)
    assert "No encounter in this school year yet" in page(contact, year="0001").text


def test_the_file_names_what_a_careers_record_asks_for_and_no_pupil(contact):
    person = {"organisation": "=Leeds College", "employer_size": EmployerSize.COLLEGE, "speaks_of_work": False}
    had(contact, date(2026, 11, 4), said=WELL, says={**make.AMBASSADOR_SAYS, "A12": "all"})
    had(contact, date(2026, 11, 5), said=WELL, says={**make.AMBASSADOR_SAYS, "A12": "all"}, person=person)

    alone = {"organisation": "Own", "employer_size": EmployerSize.SELF_EMPLOYED}
    had(contact, date(2026, 11, 6), person=alone)

    first, second, third = rows(contact)

    assert first == {
        "Date": "2026-11-04",
        "Title": "Meet someone who builds bridges",
        "Gatsby Benchmark": "5",
        "Type of activity": "Careers talk",
        "Year groups": "Year 8",
        "Pupils": "28",
        "Employer or organisation": "Bridges Ltd",
        "Sector": "Engineering",
        "Size of employer": "10 to 49 people",
        "In person or online": "At the school",
        "Meaningful": "yes",
        "May count for provider access": "no",
    }
    assert (third["Size of employer"], third["Meaningful"]) == ("Self-employed", "unknown")
    assert second["Employer or organisation"] == "'=Leeds College"
    assert (second["Gatsby Benchmark"], second["May count for provider access"]) == ("7", "yes")


def test_another_school_s_encounters_are_nobody_s_and_a_predecessor_s_are_ours(contact):
    old = make.contact()
    theirs = had(old, date(2026, 11, 4))
    assert page(contact).context["had"].encounters == []

    make.succession(old=old.school, new=contact.school, status=SuccessionStatus.CONFIRMED)

    assert [each.visit for each in page(contact).context["had"].encounters] == [theirs]


@pytest.mark.parametrize("number", [1, 3])
def test_a_year_costs_the_same_however_much_there_was(number, contact, django_assert_num_queries):
    for day in range(number):
        had(contact, date(2026, 11, 4 + day), said=WELL)
    client = client_of(contact.user)
    client.get(reverse("school_encounters"))
    with django_assert_num_queries(7):
        client.get(reverse("school_encounters"))
