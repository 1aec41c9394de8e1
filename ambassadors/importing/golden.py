"""One record out of what several say of a person: a function of what was said, and of nothing else (decision 22).

Who says something is a scheme or the person; when is the day on which they knew it, never the day on which we read it.
The order in which files are read therefore makes no difference between schemes, nor between files that tell their days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

# Of each field its value and the day on which it was said, as 2026-03-31; "" where nobody knows.
Said: TypeAlias = "Mapping[str, tuple[str, str] | list[str]]"

# The fields of a person that a scheme may speak of.
GOLDEN = ("full_name", "email", "phone", "organisation", "job_title", "postcode")
# What is true of somebody in that scheme alone, and no part of the record.
OF_MEMBERSHIP = ("joined_on", "left_on", "legacy_status")
SAID_WORDS = {
    "full_name": _("Full name"),
    "email": _("E-mail address"),
    "phone": _("Telephone"),
    "organisation": _("Employer or university"),
    "job_title": _("Job title"),
    "postcode": _("Home postcode"),
    "joined_on": _("Joined"),
    "left_on": _("Left"),
    "legacy_status": _("Status there"),
}
THEMSELVES = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says things of a person: which membership it is (or `THEMSELVES`), and what they say."""

    key: int
    said: Said
    # By which name ties are settled: that of the scheme, and the id there, which are the same whoever came first.
    name: tuple[str, str] = ("", "")
    # When a scheme handed its people over: it knew by then what it says of no other day.
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One field of the record: its value, whose word it is, and of which day."""

    value: str
    key: int
    on: str


def add_to_said(before: Said, values: Mapping[str, str], said_on: date | None) -> Said:
    """What a voice has said, with this added: of two values of a field the one of the later day; of one day, this."""
    on = said_on.isoformat() if said_on else ""
    added = {name: list(said) for name, said in before.items()}
    for name, value in values.items():
        if name not in added or added[name][1] <= on:
            added[name] = [value, on]
    return added


def golden(voices: Iterable[Voice], pins: Mapping[str, int]) -> dict[str, Told]:
    """Of each field whose word counts: whom staff chose, else the person themselves, else whoever spoke last.

    What the person has struck out stays blank, whatever a scheme once knew.
    """
    found: dict[str, Told] = {}
    ranks: dict[str, tuple[bool, bool, str, tuple[str, str]]] = {}
    for voice in voices:
        handed_over = voice.on.isoformat() if voice.on else ""
        for name in GOLDEN:
            if name not in voice.said:
                continue
            value, said_on = voice.said[name]
            on = said_on or handed_over
            rank = (pins.get(name) == voice.key, voice.key == THEMSELVES, on, voice.name)
            if name not in ranks or rank > ranks[name]:
                ranks[name], found[name] = rank, Told(value, voice.key, on)
    return found
