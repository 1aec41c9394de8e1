"""The pages on which administrators read and change the scheme's numbers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stem.accounts.roles import Role
from stem.moments import day_of
from stem.policy.keys import KEYS
from stem.policy.models import PolicyValue
from stem.policy.operations import confirm_value, set_value
from stem.policy.values import value
from tests.stem.administrators import administrator, browser_of

pytestmark = pytest.mark.django_db


def day_parts(day):
    return {"policy_day_0": str(day.day), "policy_day_1": str(day.month), "policy_day_2": str(day.year)}


@pytest.fixture
def ada():
    return administrator()


@pytest.fixture
def client(ada):
    return browser_of(ada)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_was_decided(rows, ada, client, django_assert_num_queries):
    at = timezone.now()
    bea = administrator("bea@scheme.example", "Bea Admin")
    for days in range(rows):
        set_value("offer_hours", 40 + days, from_day=day_of(at) + timedelta(days=days), by=ada, at=at)
        set_value("pvg_months", 40 + days, from_day=day_of(at), by=bea, at=at)
        decided = set_value("crc_months", 30 + days, from_day=day_of(at), by=ada, at=at)
        confirm_value(decided=decided, by=bea, at=at)
    client.get(reverse("staff_policy"))
    # the session and its person, their roles and where they hold, the decisions
    with django_assert_num_queries(5):
        page = client.get(reverse("staff_policy"))
    assert page.status_code == 200


def test_the_page_says_what_holds_since_when_and_by_whose_decision(ada, client):
    at = timezone.now()
    bea = administrator("bea@scheme.example", "Bea Admin")
    set_value("offer_hours", 48, from_day=day_of(at), by=bea, at=at)
    set_value("offer_hours", 96, from_day=day_of(at) + timedelta(days=30), by=bea, at=at)
    page = client.get(reverse("staff_policy")).content.decode()
    row = page.split("How long an offer waits for an answer")[1].split("</tr>")[0]
    assert "48 hours" in row and "96 hours" in row and "Set by Bea Admin." in row and "72 hours" not in row
    assert page.count("The start") == len(KEYS) - 1


def test_a_number_is_set_from_a_day(client):
    today = day_of(timezone.now())
    later = today + timedelta(days=10)
    form = client.get(reverse("set_policy_value", args=["offer_hours"])).content.decode()
    assert "Today: 72 hours." in form and "Enter a whole number of hours from 1 to 336." in form
    answer = client.post(reverse("set_policy_value", args=["offer_hours"]), {"policy_value": "48", **day_parts(later)})
    assert (answer.status_code, answer["Location"]) == (302, reverse("staff_policy"))
    assert (value("offer_hours", on=today), value("offer_hours", on=later)) == (72, 48)


@pytest.mark.parametrize(
    ("number", "days", "sentence"),
    [
        ("0", 1, "Enter a whole number of hours from 1 to 336."),
        ("48", -1, "A new number cannot begin in the past: choose today or a later day."),
        ("many", 1, "Enter a whole number of hours from 1 to 336."),
        ("", 1, "Enter a whole number of hours from 1 to 336."),
    ],
)
def test_a_number_that_does_not_fit_is_explained_and_changes_nothing(number, days, sentence, client):
    day = day_of(timezone.now()) + timedelta(days=days)
    page = client.post(reverse("set_policy_value", args=["offer_hours"]), {"policy_value": number, **day_parts(day)})
    assert page.status_code == 200
    assert f'">{sentence}</a>' in page.content.decode()
    assert not PolicyValue.objects.exists()


def test_no_such_number(client):
    assert client.get(reverse("set_policy_value", args=["offer_hors"])).status_code == 404


def test_a_safeguarding_number_is_confirmed_by_somebody_else(ada, client):
    today = day_of(timezone.now())
    client.post(reverse("set_policy_value", args=["crc_months"]), {"policy_value": "24", **day_parts(today)})
    decided = PolicyValue.objects.get()
    address = reverse("confirm_policy_value", args=[decided.pk])
    assert address not in client.get(reverse("staff_policy")).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "Ask someone else to confirm it: a second person has to agree." in page
    assert value("crc_months", on=today) == 36

    bea = browser_of(administrator("bea@scheme.example", "Bea Admin"))
    assert address in bea.get(reverse("staff_policy")).content.decode()
    assert bea.get(address).status_code == 405
    assert "Confirmed: the number holds from its day." in bea.post(address, follow=True).content.decode()
    assert value("crc_months", on=today) == 24


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_or_changes_the_numbers(role, ada):
    at = timezone.now()
    decided = set_value("crc_months", 24, from_day=day_of(at), by=ada, at=at)
    client = browser_of(administrator("cat@scheme.example", "Cat", role=role))
    assert client.get(reverse("staff_policy")).status_code == 403
    assert client.post(reverse("set_policy_value", args=["offer_hours"]), {"policy_value": "1"}).status_code == 403
    assert client.post(reverse("confirm_policy_value", args=[decided.pk])).status_code == 403
    assert PolicyValue.objects.filter(confirmed_by=None).count() == PolicyValue.objects.count() == 1
