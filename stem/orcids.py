"""ORCID identifiers, by which researchers are told apart: sixteen signs, the last of which checks the others."""

import re

from django.utils.translation import gettext as _

from stem.rules import Kind, refuse

LENGTH = 16
# What a spreadsheet leaves of one that it took for a number: without the zeros with which every one begins.
_FEWEST = 9


def read_orcid(text: str) -> str:
    """An ORCID as it is written, 0000-0002-1825-0097, from its address, in any spacing, or as a spreadsheet left it.

    Refuses with `orcid` what is none, or does not check (ISO 7064, 11-2).
    """
    signs = re.sub(r"[\s–-]", "", text.rstrip("/ ").rpartition("/")[2]).upper()
    if _FEWEST <= len(signs) < LENGTH:
        signs = signs.zfill(LENGTH)
    if not re.fullmatch(r"[0-9]{15}[0-9X]", signs) or signs[-1] != _check_of(signs[:-1]):
        raise refuse("orcid", Kind.INPUT, _("This is not an ORCID, like 0000-0002-1825-0097: a sign is wrong."))
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def _check_of(digits: str) -> str:
    """The last sign of an ORCID, from those before it."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
