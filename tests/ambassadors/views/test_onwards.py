"""Where a page of the way in leads once it is saved."""

import pytest
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

STAGES = {"stages": ["ks3"]}


def led_to(person) -> str:
    return client_of(person.user).post(reverse("my_stages"), STAGES)["Location"]


def someone(status: AmbassadorStatus, **columns):
    """Nothing stands against them but what the columns leave out."""
    person = make.ambassador(status=status, **{"phone": "07700 900123", **columns})
    make.clear(person)
    make.photo(person)
    return person


@pytest.mark.parametrize("status", [AmbassadorStatus.DRAFT, AmbassadorStatus.VETTING])
@pytest.mark.parametrize(
    ("columns", "page"),
    [
        ({"activities": ()}, "my_activities"),
        ({"subjects": ()}, "my_subjects"),
        ({"phone": "", "activities": ()}, "my_activities"),
        ({"phone": "", "subjects": ()}, "about_me"),
        ({}, "join_as_ambassador"),
    ],
    ids=["the next", "round to one before", "the next first", "the first of those before", "none left"],
)
def test_who_is_joining_goes_on_to_the_next_task_and_then_round(status, columns, page):
    assert led_to(someone(status, **columns)) == reverse(page)


@pytest.mark.parametrize("status", [AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED])
def test_who_takes_part_goes_back_to_their_profile(status):
    assert led_to(someone(status, phone="")) == reverse("edit_profile")
