"""Reads our own templates, so that a statement about them can be a test."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import allauth

from tests.architecture.source import PACKAGES, ROOT, modules

SIGN_IN_LETTERS = Path(allauth.__file__).parent / "templates" / "account" / "email"
QUOTED = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")


@dataclass(frozen=True)
class Template:
    """One template: the name that a view calls it by, where it is, and what it says."""

    name: str
    path: str
    text: str


@functools.cache
def templates() -> tuple[Template, ...]:
    """Every template of ours, the demonstration's included."""
    folders = [ROOT / "templates", *(ROOT / package / "templates" for package in PACKAGES)]
    paths = [
        (folder, path) for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".txt")
    ]
    return tuple(
        Template(str(path.relative_to(folder)), str(path.relative_to(ROOT)), path.read_text()) for folder, path in paths
    )


def named_in(text: str) -> set[str]:
    """The templates that this source or template names in quotes."""
    return set(QUOTED.findall(text))


@functools.cache
def reachable() -> frozenset[str]:
    """The templates that a view, a letter, a library or another reachable template names."""
    by_name = {template.name: template for template in templates()}
    waiting = {name for module in modules(*PACKAGES) for name in named_in(module.text)} & set(by_name)
    waiting |= {name for name in by_name if is_called_by_its_place(name)}
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= (named_in(by_name[name].text) & set(by_name)) - found
    return frozenset(found)


def is_called_by_its_place(name: str) -> bool:
    """Whether a library, or the outbox, finds this template by where it lies rather than by a name in our source."""
    parts = Path(name).parts
    if parts[:2] == ("emails", "accounts") and (SIGN_IN_LETTERS / f"{parts[2]}_subject.txt").exists():
        return True  # the sign-in library's letters with codes, which our adapter words
    if parts[0] == "emails" and len(parts) == 4:  # emails/<app>/<fact>/: the fact is a function in notifications.py
        rooms = (each for each in modules(*PACKAGES) if parts[1] in each.parts and each.is_in("notifications"))
        return any(f"def {parts[2]}(" in room.text for room in rooms)
    libraries = {"account", "mfa", "allauth", "django", "admin", "usersessions", "socialaccount"}
    return parts[0] in libraries or name in {
        "400.html",
        "403.html",
        "403_csrf.html",
        "404.html",
        "429.html",
        "500.html",
    }
