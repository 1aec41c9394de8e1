"""Every fact that a letter tells, so that a statement about all of them can be a test."""

from collections.abc import Iterator
from importlib import import_module

from stem.letters.drafts import Fact
from tests.architecture.source import PACKAGES, modules


def facts() -> Iterator[Fact]:
    """The functions of every app's notifications that a letter may name."""
    for module in modules(*PACKAGES):
        if module.is_in("notifications"):
            loaded = import_module(module.name)
            for function in module.functions:
                if not function.name.startswith("_"):
                    yield getattr(loaded, function.name)


FACTS = tuple(facts())


def is_gathered(fact: Fact) -> bool:
    """Whether it leaves with others of its reader."""
    return getattr(fact, "is_gathered", False)


def is_by_day(fact: Fact) -> bool:
    """Whether it waits for its reader's working hours."""
    return getattr(fact, "is_by_day", False)
