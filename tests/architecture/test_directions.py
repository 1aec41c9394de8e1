"""Imports fall one way. The contracts in pyproject.toml say the same of the rooms inside each app."""

import graphlib

import pytest
from django.apps import apps
from django.db.models import Field, ForeignObject, ManyToManyField

from tests.architecture.source import APPS, PACKAGES, ROOT, STAIR, Module, imports, modules


def upward_imports(module: Module) -> list[str]:
    """What this module imports from its own step of the stair or from a higher one."""
    step = next(number for number, packages in enumerate(STAIR) if module.parts[0] in packages)
    out_of_reach = {package for packages in STAIR[: step + 1] for package in packages} - {module.parts[0]}
    found = [name for name, _ in imports(module) if name.partition(".")[0] in out_of_reach]
    return [f"{module.path} imports {name}" for name in found]


def test_imports_between_packages_fall_down_the_stair():
    assert [offence for module in modules(*PACKAGES) for offence in upward_imports(module)] == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("stem/letters/post.py", "import bookings"),
        ("schools/models/school.py", "from ambassadors.models import Ambassador"),
        ("bookings/queries.py", "from quality import models"),
    ],
)
def test_an_import_up_or_across_the_stair_is_seen(path: str, line: str):
    assert upward_imports(Module(path, line)) != []


def test_nothing_imports_the_tests():
    assert [
        module.path
        for module in modules(*PACKAGES)
        if "tests" in {name.partition(".")[0] for name, _ in imports(module)}
    ] == []


def test_no_two_modules_need_each_other():
    ours = {module.name: module for module in modules(*PACKAGES)}
    graph = {
        name: {part for target, _ in imports(module) for part in (target, target.rpartition(".")[0]) if part in ours}
        - {name}
        for name, module in ours.items()
    }
    assert circle_in(graph) == []


def test_a_circle_is_seen():
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """One circle of the graph, or nothing."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


# A reverse accessor is an upward path that no import shows: a lower row would know who points at it.
NAMED_EXCEPTIONS = {"ambassador", "school_contacts"}


def speaking_keys() -> list[str]:
    """Keys between apps that leave a reverse accessor on the lower row."""
    models = [model for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]
    fields = [field for model in models for field in (*model._meta.local_fields, *model._meta.local_many_to_many)]
    return [str(field) for field in fields if crosses_apps(field) and speaks(field)]


def crosses_apps(field: Field) -> bool:
    """Whether this is a key from one app of ours to a row of another."""
    target = field.related_model if isinstance(field, ForeignObject | ManyToManyField) else None
    if target is None or target.__module__.partition(".")[0] not in PACKAGES:
        return False
    return target._meta.app_label != field.model._meta.app_label


def speaks(field: Field) -> bool:
    """Whether the row at the other end gets an accessor that is not a named exception."""
    return not field.remote_field.hidden and field.remote_field.get_accessor_name() not in NAMED_EXCEPTIONS


def test_keys_between_apps_are_silent():
    assert speaking_keys() == []


def test_each_app_keeps_a_page_about_itself():
    assert [app for app in APPS if not (ROOT / app / "README.md").exists()] == []
