"""Two administrators who give the same role to the same person in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from stem.accounts.grants import grant_role
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]
CROWD = 4


def test_a_role_given_by_several_at_once_is_held_once(now):
    administrator, someone = make.staff(Role.ADMINISTRATOR), make.user()
    together = Barrier(CROWD)

    def give(_number: int) -> str:
        together.wait()
        try:
            grant_role(user=someone, role=Role.COORDINATOR, regions=[], by=administrator, at=now)
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(CROWD) as pool:
        answers = sorted(pool.map(give, range(CROWD)))

    assert answers == ["given"] + ["role_held"] * (CROWD - 1)
    assert RoleGrant.objects.filter(user=someone).count() == 1
