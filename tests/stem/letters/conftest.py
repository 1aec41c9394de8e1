"""What the tests of letters share: their own templates and one page for their links."""

from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def letters_of_tests(settings):
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], TEMPLATES]}]
    settings.ROOT_URLCONF = "tests.stem.letters.urls"
    settings.BASE_URL = "https://scheme.example"
