"""The colours of the map of schools: seen on its ground, and told apart by whoever sees fewer colours."""

import re
from itertools import combinations
from math import dist

import pytest

from tests.architecture.source import ROOT

STYLES = (ROOT / "stem" / "static" / "stem" / "coverage.css").read_text()
LIGHT, DARK = STYLES.split("@media screen", 1)
GROUND = {"light": "#f3efec", "dark": "#2a252f"}
# How much each primary light adds to what somebody sees, by Machado, Oliveira and Fernandes (2009), complete.
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# What is 2.3 apart can just be told apart side by side; on a map the colours lie among one another.
APART, CONTRAST = 15, 3


def colours(theme: str, name: str) -> list[str]:
    found = dict(
        re.findall(rf"--{name}-(\d): (#[0-9a-f]{{6}})", LIGHT if theme == "light" else DARK.split("\n}", 1)[0])
    )
    return [found[str(number)] for number in range(len(found))]


def light(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted(
        (sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), light(each), strict=True)) for each in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (dim + 0.05)


def as_seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """Where this colour lies for these eyes in CIE's space of what looks alike (L*a*b*)."""
    r, g, b = (min(1, max(0, sum(w * part for w, part in zip(row, light(colour), strict=True)))) for row in EYES[eyes])
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("name", ["seen", "shade"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_is_seen_on_its_ground_and_told_from_every_other_by_all_eyes(theme, name):
    every = colours(theme, name)
    assert len(every) == {"seen": 4, "shade": 5}[name]
    faint = [each for each in every if contrast(each, GROUND[theme]) < CONTRAST]
    alike = [
        (one, other, eyes)
        for eyes in EYES
        for one, other in combinations(every, 2)
        if dist(as_seen(one, eyes), as_seen(other, eyes)) < APART
    ]
    assert (faint, alike) == ([], [])
