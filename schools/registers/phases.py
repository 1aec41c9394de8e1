"""Which ages a school teaches, read from whatever a register says of it: its phase, type, ages, number and name."""

import re
from collections.abc import Sequence

from schools.enums import Phase

# What the register for England calls the phases.
NAMED = {
    "nursery": Phase.NURSERY,
    "primary": Phase.PRIMARY,
    "middle deemed primary": Phase.MIDDLE,
    "middle deemed secondary": Phase.MIDDLE,
    "secondary": Phase.SECONDARY,
    "all-through": Phase.ALL_THROUGH,
    "all through": Phase.ALL_THROUGH,
    "16 plus": Phase.SIXTEEN_PLUS,
}

# Words in a type, the first that is found deciding whatever the ages are.
_TYPES = [
    (re.compile(r"post.16|16.to.19|16-19|sixth form|further education|higher education"), Phase.SIXTEEN_PLUS),
    (re.compile(r"special"), Phase.SPECIAL),
    (re.compile(r"nursery"), Phase.NURSERY),
    (re.compile(r"secure unit"), Phase.SECONDARY),
]
# Types of which ages and names tell more; and what they mostly are where neither does: units for pupils out of school
# teach mostly from 11 to 16. Of schools that charge fees nothing can be said: nothing is kept from them.
_TYPES_BY_DEFAULT = [
    (re.compile(r"referral|alternative provision|technology college|technical|studio"), Phase.SECONDARY),
    (re.compile(r"miscellaneous"), Phase.SIXTEEN_PLUS),
]
_NUMBERED = re.compile(r"welsh|offshore|service children")
_FEE_PAYING = re.compile(r"independent|overseas")

# Words in a name, in small letters, in the order asked; Welsh words beside the English. A "c.p." is a county primary
# school, a "y.g.g." a Welsh one.
_WHOLE = re.compile(r"\ball.(through|age)|\b3\s?(-|to)\s?1[689]\b|\bprimary and secondary\b|\bjunior and senior\b")
_SPECIAL = re.compile(r"\b(special|arbennig)\b")
_PRIMARY = re.compile(
    r"\b(primary|gynradd|infants?|juniors?|babanod|iau|(pre-?)?prep|preparatory|lower school|first school|montessori|"
    r"school.*\bnursery|v?\.?c\.?p\.?(?=\s|$)|y\.?g(\.?g)?\.?d?\.?(?=\s|$))(?!\w)"
)
_SECONDARY = re.compile(r"\b(secondary|uwchradd|comprehensive|gyfun|upper school|senior)\b")
# A school of that name which charges fees teaches younger pupils too, more often than not.
_HIGH = re.compile(r"\b(high school|grammar)\b")
_SIXTH_FORM = re.compile(r"\b(sixth form|tertiary|further education)\b")
_NURSERY = re.compile(r"\b(nursery(?! nurse)|nurseries|meithrin|feithrin|kindergarten|early years|children's centre)\b")
_COLLEGE = re.compile(r"\b(coleg|college)\b")
_UNIT = re.compile(r"\b(prus?|referral|tuition|pupil support|behaviour|teaching and learning|learning centre)\b")

# The number that an authority gives a school keeps to ranges, in Wales and in what is numbered as England is.
_RANGES = [
    ((1000, 1099), Phase.NURSERY),
    ((1100, 1199), Phase.SECONDARY),
    ((2000, 3999), Phase.PRIMARY),
    ((4000, 4999), Phase.SECONDARY),
    ((5200, 5299), Phase.PRIMARY),
    ((5400, 5499), Phase.SECONDARY),
    ((5500, 5949), Phase.ALL_THROUGH),
    ((7000, 7999), Phase.SPECIAL),
]


def read_phase(
    *, phase_said: str, type_said: str, ages: tuple[int | None, int | None], name: str, number: str = ""
) -> Phase:
    """The phase of a school: as the register says, or else what its type, ages, number and name tell, in that order.

    Where none of them tells, it is all-through, so that it is kept from nothing.
    """
    if phase := NAMED.get(phase_said.casefold()):
        return phase
    kind = type_said.casefold()
    return (
        _by_words(_TYPES, kind)
        or phase_of_ages(*ages)
        or phase_of_name(name.casefold(), kind, number)
        or _by_words(_TYPES_BY_DEFAULT, kind)
        or Phase.ALL_THROUGH
    )


def _by_words(table: Sequence[tuple[re.Pattern[str], Phase]], words: str) -> Phase | None:
    return next((phase for pattern, phase in table if pattern.search(words)), None)


def phase_of_ages(low: int | None, high: int | None) -> Phase | None:
    """What schools that teach these ages are called; None unless both are known."""
    if low is None or high is None:
        return None
    if low >= 15:
        return Phase.SIXTEEN_PLUS
    if high <= 5:
        return Phase.NURSERY
    if low >= 9 and high >= 15:
        return Phase.SECONDARY
    if high >= 15:
        return Phase.ALL_THROUGH
    # A preparatory school keeps its pupils to 13: it is a primary school with two years more.
    if low <= 6 or high <= 11:
        return Phase.PRIMARY
    return Phase.SECONDARY if low >= 11 else Phase.MIDDLE


def phase_of_name(name: str, kind: str, number: str) -> Phase | None:
    """What a name tells, in small letters, or the number that an authority has given this kind of school."""
    if _WHOLE.search(name) or (_PRIMARY.search(name) and _SECONDARY.search(name)):
        return Phase.ALL_THROUGH
    clear = [(_SPECIAL, Phase.SPECIAL), (_PRIMARY, Phase.PRIMARY), (_SECONDARY, Phase.SECONDARY)]
    if not _FEE_PAYING.search(kind):
        clear.append((_HIGH, Phase.SECONDARY))
    return (
        _by_words([*clear, (_SIXTH_FORM, Phase.SIXTEEN_PLUS)], name)
        or (_by_number(number, name) if _NUMBERED.search(kind) else None)
        or _by_words([(_NURSERY, Phase.NURSERY), (_UNIT, Phase.SECONDARY)], name)
        or (Phase.PRIMARY if kind.startswith("welsh") and name.startswith("ysgol ") else None)
    )


def _by_number(number: str, name: str) -> Phase | None:
    digits = int(number) if number.isdecimal() else 0
    found = next((phase for (first, last), phase in _RANGES if first <= digits <= last), None)
    # Wales numbers a sixth form college among its nurseries.
    return Phase.SIXTEEN_PLUS if found is Phase.NURSERY and _COLLEGE.search(name) else found
