"""What somebody would speak of where a school hopes for it: theirs to give and withdraw, and shown to no one else."""

import pytest
from django.urls import reverse

from ambassadors.models import OwnAim, Reach
from ambassadors.operations.aims import opt_in_to_aims
from stem.accounts.roles import Role
from stem.curriculum import Aim
from stem.rules import Refusal
from tests import make
from tests.ambassadors.reach.true import assert_reach_is_true
from tests.clients import client_of

pytestmark = pytest.mark.django_db
JOBS = "Jobs near where I live"


def post(person, *aims):
    return client_of(person.user).post(reverse("my_aims"), {"aims": aims})


def given(person) -> list[str]:
    return sorted(OwnAim.objects.filter(ambassador=person).values_list("aim", flat=True))


def test_somebody_opts_in_and_out_again():
    person = make.ambassador(cleared=True)

    assert post(person, "local_jobs", "technical_routes")["Location"] == reverse("edit_profile")
    assert given(person) == ["local_jobs", "technical_routes"]
    post(person, "local_jobs", "small_firms")
    assert given(person) == ["local_jobs", "small_firms"]
    assert_reach_is_true()
    post(person)
    assert given(person) == []
    assert set(Reach.objects.values_list("aims", flat=True)) == {0}


def test_saying_the_same_again_changes_nothing():
    person = make.ambassador(cleared=True)
    post(person, "local_jobs")
    before = list(OwnAim.objects.values())

    post(person, "local_jobs", "local_jobs")

    assert list(OwnAim.objects.values()) == before


@pytest.mark.parametrize("aims", [("women",), ("technical_routes",), ("local_jobs", "\x00"), ("",)])
def test_what_is_not_open_to_them_is_refused_in_one_sentence(aims):
    person = make.ambassador(cleared=True, route="degree", aims=("small_firms",))

    page = post(person, *aims)

    assert page.status_code == 200
    assert len(page.context["form"].errors["aims"]) == 1
    assert given(person) == ["small_firms"]


def test_technical_routes_are_offered_to_whoever_took_one():
    words = "My technical route"
    pages = {
        route: words in client_of(make.ambassador(route=route).user).get(reverse("my_aims")).text
        for route in ("apprenticeship", "technical", "degree_apprenticeship", "degree", "other", "")
    }

    assert pages == {
        **dict.fromkeys(["apprenticeship", "technical", "degree_apprenticeship"], True),
        **dict.fromkeys(["degree", "other", ""], False),
    }


def test_nobody_opts_in_for_somebody_else():
    person = make.ambassador(cleared=True)

    with pytest.raises(Refusal) as refused:
        opt_in_to_aims(ambassador=person, aims=[Aim.LOCAL_JOBS], by=make.staff(Role.VETTING_OFFICER), at=make.NOW)

    assert [reason.code for reason in refused.value.reasons] == ["not_yours"]
    assert given(person) == []


def test_of_technical_routes_nobody_else_speaks_by_whatever_way():
    person = make.ambassador(cleared=True, route="degree")

    with pytest.raises(Refusal) as refused:
        opt_in_to_aims(ambassador=person, aims=[Aim.TECHNICAL_ROUTES], by=person.user, at=make.NOW)

    assert [reason.code for reason in refused.value.reasons] == ["technical_route"]


def test_the_person_reads_it_in_their_profile_and_in_what_we_hold():
    person = make.ambassador(cleared=True, aims=("local_jobs",))
    client = client_of(person.user)

    assert JOBS in client.get(reverse("edit_profile")).text
    assert str(Aim.LOCAL_JOBS.label) in client.get(reverse("what_we_hold_about", args=["profile"])).text


def test_an_officer_reads_it_nowhere():
    person = make.ambassador(cleared=True, aims=("local_jobs", "first_in_family"))
    officer = client_of(make.staff(Role.VETTING_OFFICER, Role.COORDINATOR, Role.ADMINISTRATOR), second_factor=True)

    pages = [officer.get(reverse("ambassador", args=[person.pk])), officer.get(reverse("ambassadors"))]

    assert [page.status_code for page in pages] == [200, 200]
    for page in pages:
        for aim in (Aim.LOCAL_JOBS, Aim.FIRST_IN_FAMILY):
            assert str(aim.label) not in page.text and aim.value not in page.text
