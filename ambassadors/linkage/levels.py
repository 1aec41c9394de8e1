"""How alike two records are in one field: a few levels, and how often each is met.

`same` is how often true pairs reach the level (m), `strangers` how often any two records do (u). Where the level is
about one value, u is that value's own share of the register instead: to agree on "Okonkwo" says more than on "Smith".
Two people of one household, and two at one employer, are alike for reasons of their own: their columns say how often.
None: as strangers.

The figures are judgement, checked on made registers (demo/made_people.py) and re-estimated by `estimating`.
"""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MISSING = -1


class Field(IntEnum):
    """What is compared."""

    FIRST_NAME = 0
    SURNAME = 1
    EMAIL = 2
    PHONE = 3
    HOME = 4
    EMPLOYER = 5
    ORCID = 6

    @property
    def words(self) -> Promise:
        """The field's name on a page."""
        return _FIELD_WORDS[self]


_FIELD_WORDS = {
    Field.FIRST_NAME: _("first name"),
    Field.SURNAME: _("surname"),
    Field.EMAIL: _("e-mail"),
    Field.PHONE: _("phone"),
    Field.HOME: _("postcode"),
    Field.EMPLOYER: _("employer"),
    Field.ORCID: _("ORCID"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One step of likeness; the lowest of a field is its last."""

    words: Promise
    same: float
    strangers: float
    household: float | None = None
    colleagues: float | None = None


class First(IntEnum):
    """First names."""

    EXACT, CALLED, NEAR, ANOTHER, INITIAL, DIFFER = range(6)


class Surname(IntEnum):
    """Surnames."""

    EXACT, PART, NEAR, FORMER, DIFFER = range(5)


class Email(IntEnum):
    """E-mail addresses."""

    EXACT, OFFICE, NEAR, LOCAL_FIGURES, LOCAL, DIFFER = range(6)


class Phone(IntEnum):
    """Telephone numbers."""

    EXACT, NEAR, DIFFER = range(3)


class Home(IntEnum):
    """Where they live."""

    EXACT, NEAR, SECTOR, TOWN, REGION, DIFFER = range(6)


class Employer(IntEnum):
    """Employers."""

    EXACT, NEAR, DIFFER = range(3)


class Orcid(IntEnum):
    """ORCIDs."""

    EXACT, NEAR, DIFFER = range(3)


LEVELS: dict[Field, tuple[Level, ...]] = {
    Field.FIRST_NAME: (
        Level(_("the same"), 0.68, 0.008, household=0.04),
        Level(_("one is short for the other, or another form of it"), 0.13, 0.004, household=0.005),
        Level(_("a slip or another spelling apart"), 0.10, 0.004, household=0.008),
        Level(_("one is the other's second first name"), 0.01, 0.003),
        Level(_("an initial that fits"), 0.06, 0.08),
        Level(_("different"), 0.02, 0.90),
    ),
    Field.SURNAME: (
        Level(_("the same"), 0.77, 0.003, household=0.77),
        Level(_("one is a part of the other"), 0.03, 0.002, household=0.03),
        Level(_("a slip or another spelling apart"), 0.13, 0.003, household=0.01),
        Level(_("one is in the other's e-mail address"), 0.02, 0.002, household=0.005),
        Level(_("different"), 0.05, 0.99, household=0.145),
    ),
    Field.EMAIL: (
        Level(_("the same"), 0.64, 0.00003, household=0.10, colleagues=0.001),
        Level(_("the same, of an office"), 0.02, 0.0001, household=0.005, colleagues=0.3),
        Level(_("a slip apart"), 0.06, 0.0001, household=0.005),
        Level(_("the same before the @, with figures in it"), 0.02, 0.0002, household=0.01),
        Level(_("the same before the @"), 0.04, 0.003, household=0.005),
        Level(_("different"), 0.22, 0.99, household=0.88),
    ),
    Field.PHONE: (
        Level(_("the same"), 0.74, 0.00003, household=0.45, colleagues=0.4),
        Level(_("a slip apart"), 0.05, 0.0001, household=0.002),
        Level(_("different"), 0.21, 0.9998, household=0.55),
    ),
    Field.HOME: (
        Level(_("the same"), 0.72, 0.00001, household=0.72),
        Level(_("a slip apart"), 0.06, 0.00003, household=0.05),
        Level(_("the same sector"), 0.02, 0.0003),
        Level(_("within 5 km"), 0.04, 0.003),
        Level(_("within 40 km"), 0.09, 0.03),
        Level(_("farther apart"), 0.07, 0.965, household=0.05),
    ),
    Field.EMPLOYER: (
        Level(_("the same"), 0.74, 0.002, household=0.04),
        Level(_("nearly the same"), 0.06, 0.002),
        Level(_("different"), 0.20, 0.997, colleagues=0.0001),
    ),
    Field.ORCID: (
        Level(_("the same"), 0.97, 0.000001),
        Level(_("a slip apart"), 0.02, 0.000001),
        Level(_("different"), 0.01, 0.999998),
    ),
}
NEAR_KM, REGION_KM = 5, 40
