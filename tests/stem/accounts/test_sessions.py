"""How long a sign-in lasts (rule 4.4)."""

import pytest
from django.contrib.auth import get_user

from stem.accounts.roles import Role
from stem.accounts.session_store import SEEN, STARTED
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
MINUTE = 60


@pytest.mark.parametrize(
    ("is_staff", "idle_minutes", "since_minutes", "stays"),
    [
        (True, 29, 29, True),
        (True, 31, 31, False),
        (True, 1, 12 * 60 + 1, False),
        (False, 119, 119, True),
        (False, 121, 121, False),
        (False, 1, 24 * 60 + 1, False),
    ],
)
def test_a_sign_in_ends_when_idle_and_in_any_case_after_its_time(is_staff, idle_minutes, since_minutes, stays):
    user = make.staff(Role.COORDINATOR) if is_staff else make.user()
    client = client_of(user)
    session = client.session
    session[SEEN] -= idle_minutes * MINUTE
    session[STARTED] -= since_minutes * MINUTE
    session.save()

    client.get("/account/")

    assert get_user(client).is_authenticated is stays
