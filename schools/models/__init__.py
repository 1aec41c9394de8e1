"""Schools and the people who act for them."""

from schools.models.contact import Contact, ContactEvent
from schools.models.domain import SchoolDomain
from schools.models.person import SchoolPerson
from schools.models.school import School

__all__ = ["Contact", "ContactEvent", "School", "SchoolDomain", "SchoolPerson"]
