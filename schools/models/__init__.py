"""Schools, what the registers said of them, and the people who act for them."""

from schools.models.contact import Contact, ContactEvent
from schools.models.disadvantage import Disadvantage
from schools.models.domain import SchoolDomain
from schools.models.person import SchoolPerson
from schools.models.register import SchoolVersion, Succession, SuccessionEvent
from schools.models.school import School
from schools.models.time import Period, SchoolYear, Stretch
from schools.models.word import SchoolWord, Word

__all__ = [
    "Contact",
    "ContactEvent",
    "Disadvantage",
    "Period",
    "School",
    "SchoolDomain",
    "SchoolPerson",
    "SchoolVersion",
    "SchoolWord",
    "SchoolYear",
    "Stretch",
    "Succession",
    "SuccessionEvent",
    "Word",
]
