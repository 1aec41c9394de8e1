"""Every letter says what it is about, so that its readers can be told which they may do without."""

from importlib import import_module

from stem.letters.kinds import WITHOUT_IT, kind_of
from tests.architecture.source import PACKAGES, modules


def facts():
    for module in modules(*PACKAGES):
        if module.is_in("notifications"):
            loaded = import_module(module.name)
            for function in module.functions:
                if not function.name.startswith("_"):
                    yield f"{module.name}.{function.name}", kind_of(getattr(loaded, function.name))


def test_every_fact_is_marked_with_its_kind():
    assert [path for path, kind in facts() if kind is None] == []


def test_every_kind_that_one_may_do_without_has_a_letter():
    assert set(WITHOUT_IT) - {kind for _, kind in facts()} == set()
