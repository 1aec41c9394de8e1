"""What the statements about pages may ask for."""

import pytest

from tests.architecture.world import World


@pytest.fixture
def world(db: None) -> World:
    """One of everybody, made as they are asked for."""
    return World()
