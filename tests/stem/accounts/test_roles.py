"""Who has which part in running the scheme, and who gives it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from stem.accounts.grants import end_role, grant_role, grant_role_by_email
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role, has_role, regions_of, roles_of
from stem.geography.models import Region
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def yorkshire() -> Region:
    return Region.objects.create(name="Yorkshire", slug="yorkshire", nation="england")


def test_a_coordinator_vets_and_reads_feedback_in_the_same_regions(yorkshire):
    user = make.staff(Role.COORDINATOR, regions=(yorkshire,))

    assert roles_of(user) == {Role.COORDINATOR, Role.VETTING_OFFICER, Role.QUALITY_MANAGER}
    assert regions_of(user, Role.VETTING_OFFICER) == {yorkshire.pk}
    assert regions_of(user, Role.SAFEGUARDING_LEAD) == set()


def test_a_quality_manager_handles_complaints_and_a_coordinator_does_not_by_being_one(yorkshire):
    manager = make.staff(Role.QUALITY_MANAGER, regions=(yorkshire,))

    assert regions_of(manager, Role.COMPLAINT_HANDLER) == {yorkshire.pk}
    assert Role.COMPLAINT_HANDLER in roles_of(make.staff(Role.ADMINISTRATOR))
    assert Role.COMPLAINT_HANDLER not in roles_of(make.staff(Role.COORDINATOR))


def test_a_role_everywhere_is_wider_than_one_in_a_region(yorkshire):
    user = make.staff(Role.COORDINATOR, regions=(yorkshire,))
    RoleGrant.objects.create(user=user, role=Role.VETTING_OFFICER, granted_at=make.NOW)

    assert regions_of(user, Role.VETTING_OFFICER) is None


def test_roles_are_read_once(django_assert_num_queries):
    user = make.staff(Role.COORDINATOR)

    with django_assert_num_queries(2):
        assert [has_role(user, Role.COORDINATOR) for _ in range(3)] == [True, True, True]


def test_only_an_administrator_gives_and_ends_roles(now):
    coordinator, someone = make.staff(Role.COORDINATOR), make.user()

    for act in (
        lambda: grant_role(user=someone, role=Role.COORDINATOR, regions=[], by=coordinator, at=now),
        lambda: end_role(grant=coordinator.grants.get(), by=coordinator, at=now),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.codes == ["not_administrator"]


def test_a_role_is_held_once_and_ends_once(now):
    administrator, someone = make.staff(Role.ADMINISTRATOR), make.user(email="sam@people.example")
    grant = grant_role_by_email(
        email=" Sam@People.example", role=Role.COORDINATOR, regions=[], by=administrator, at=now
    )

    with pytest.raises(Refusal) as twice:
        grant_role(user=someone, role=Role.COORDINATOR, regions=[], by=administrator, at=now)
    end_role(grant=grant, by=administrator, at=now + timedelta(days=1))
    with pytest.raises(Refusal) as ended:
        end_role(grant=grant, by=administrator, at=now + timedelta(days=1))

    assert (twice.value.codes, ended.value.codes) == (["role_held"], ["ended_before"])
    assert roles_of(User.objects.get(pk=someone.pk)) == frozenset()


def test_a_scheme_is_never_left_without_an_administrator(now):
    administrator = make.staff(Role.ADMINISTRATOR)

    with pytest.raises(Refusal) as refusal:
        end_role(grant=administrator.grants.get(), by=administrator, at=now)

    assert refusal.value.codes == ["last_administrator"]


def test_the_first_administrator_is_named_by_a_command_once():
    call_command("make_administrator", "Alex@Scheme.example", "--name", "Alex Moss")

    user = User.objects.get(email="alex@scheme.example")
    assert roles_of(user) == {Role.ADMINISTRATOR, Role.COMPLAINT_HANDLER}
    assert not user.has_usable_password()
    with pytest.raises(SystemExit):
        call_command("make_administrator", "alex@scheme.example")


def test_a_role_is_given_and_ended_on_pages(yorkshire):
    client = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    make.user(email="sam@people.example")

    unknown = client.post(reverse("grant_role"), {"email": "nobody@people.example", "role": "coordinator"})
    assert "Nobody with this address has an account." in unknown.content.decode()

    client.post(
        reverse("grant_role"), {"email": "sam@people.example", "role": "coordinator", "regions": [yorkshire.pk]}
    )
    grant = RoleGrant.objects.get(user__email="sam@people.example")
    assert list(grant.regions.all()) == [yorkshire]

    assert client.get(reverse("end_role", args=[grant.pk])).status_code == 200
    grant.refresh_from_db()
    assert grant.ended_at is None
    client.post(reverse("end_role", args=[grant.pk]))
    grant.refresh_from_db()
    assert grant.ended_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_takes_as_many_queries_for_one_as_for_three(rows, django_assert_num_queries):
    client = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    for _number in range(rows - 1):
        make.staff(Role.COORDINATOR)

    with django_assert_num_queries(7):
        page = client.get(reverse("staff_people"))

    assert page.content.decode().count(">End<span") == rows
