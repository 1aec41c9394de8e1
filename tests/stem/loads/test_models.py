"""What can be told of a load."""

import pytest

from stem.accounts.roles import Role
from stem.loads.models import Load
from tests import make

pytestmark = pytest.mark.django_db


def test_only_administrators_see_loads():
    load = Load.objects.create(kind="gias", file_name="register.csv", asked_at=make.NOW)
    assert [role for role in Role if Load.objects.visible_to(make.staff(role)).exists()] == [Role.ADMINISTRATOR]
    assert str(load) == "Schools in England: register.csv"


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (3, 3, 100), (4, 3, 100)])
def test_how_far_it_is(done, total, percent):
    assert Load(done=done, total=total).percent == percent


@pytest.mark.parametrize("status", ["waiting", "reading"])
def test_it_is_over_once_the_worker_is_through(status):
    assert not Load(status=status).is_over
    assert Load(status="refused").is_over
