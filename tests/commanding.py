"""Run a command as a script does, and read what it says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import settings

# For properties of which each example runs a command or two.
few_examples = settings(max_examples=settings().max_examples // 3)


def told(*words: object) -> dict[str, Any]:
    """What a command with `--json` says on standard output: one object on one line, and nothing else."""
    out = StringIO()
    call_command(*map(str, words), "--json", stdout=out, stderr=StringIO())
    [line] = out.getvalue().splitlines()
    return dict(json.loads(line))


def refusal_of(*words: object) -> str:
    """The sentence with which a command refuses: the same as JSON and on standard error, with exit status 1."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command(*map(str, words), "--json", stdout=out, stderr=err)
    sentence = str(json.loads(out.getvalue())["refused"])
    assert (stopped.value.code, err.getvalue()) == (1, sentence + "\n")
    return sentence


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """What is written within is not there afterwards: each example of a property begins with the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
