"""What an installation can never be, whatever its environment says."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.source import ROOT
from tests.checks import PRODUCTION

SHOW = "from django.conf import settings; print(({}))"


def in_production(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read a setting in a fresh process that has production's settings and this environment."""
    command = [sys.executable, "-c", SHOW.format(expression)]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **PRODUCTION, **environment}, capture_output=True, text=True, check=False
    )


def test_the_demonstration_is_no_part_of_production():
    read = in_production("settings.INSTALLED_APPS, settings.ROOT_URLCONF, settings.EMAIL_BACKEND, settings.MIDDLEWARE")
    assert read.returncode == 0, read.stderr
    assert "stem.urls" in read.stdout
    assert "demo" not in read.stdout


@pytest.mark.parametrize("name", ["DEBUG", "DEMO", "INSTALLED_APPS", "ROOT_URLCONF"])
def test_no_environment_brings_the_demonstration_or_debugging_into_production(name: str):
    read = in_production("settings.DEBUG, 'demo' in settings.INSTALLED_APPS", **{name: "demo"})
    assert read.stdout == "(False, False)\n", read.stderr


def test_production_will_not_start_without_a_secret():
    read = in_production("settings.DEBUG", SECRET_KEY="short")
    assert read.returncode != 0
    assert "SECRET_KEY" in read.stderr


@pytest.mark.django_db
def test_every_change_to_a_model_has_its_migration():
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"
