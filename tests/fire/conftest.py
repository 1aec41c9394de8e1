"""What every trial may ask for."""

import pytest

from tests.architecture.world import World
from tests.fire.crowd import Crowd


@pytest.fixture
def crowd(db: None) -> Crowd:
    """Everybody, signed in, in a world with one of everything."""
    return Crowd(World())
