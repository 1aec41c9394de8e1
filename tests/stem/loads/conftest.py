"""A register that every test of this folder may load."""

import pytest

from tests.stem.loads.registers import PLAIN, PlainLoader


@pytest.fixture(autouse=True)
def plain(settings, tmp_path) -> PlainLoader:
    """The plain register in the place of all, fresh, and uploads kept in a folder of this test's own."""
    PLAIN.__init__()
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    settings.REGISTER_LOADERS = dict.fromkeys(settings.REGISTER_LOADERS, "tests.stem.loads.registers.PLAIN")
    return PLAIN


@pytest.fixture
def lines(tmp_path):
    """Writes a file of these lines."""

    def write(*words, name="register.txt"):
        path = tmp_path / name
        path.write_text("\n".join(words))
        return path

    return write
