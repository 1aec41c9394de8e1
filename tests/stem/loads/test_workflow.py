"""The table of a load's moves."""

import pytest

from stem.loads.enums import LoadStatus
from stem.loads.models import Load
from stem.loads.workflow import LOAD
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", LOAD.moves)
@pytest.mark.parametrize("status", LoadStatus.values)
def test_every_move_starts_where_the_table_says_and_nowhere_else(name, status):
    load = Load.objects.create(kind="gias", status=status, file_name="register.csv", asked_at=make.NOW)
    move = LOAD.moves[name]
    if status in move.sources:
        LOAD.move(load, name, by=None, at=make.NOW)
        load.refresh_from_db()
        assert (load.status, [event.kind for event in load.events.all()]) == (move.target, [name])
    else:
        with pytest.raises(Refusal):
            LOAD.move(load, name, by=None, at=make.NOW)
        load.refresh_from_db()
        assert (load.status, load.events.count()) == (status, 0)


def test_the_table_has_every_status():
    assert set(LOAD.statuses) == set(LoadStatus.values)
