"""One of everything, and one of everybody: the people and rows with which docs/access.md is tried."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.test import Client
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.models import Offer, Request, Visit
from schools.models import Contact
from stem.accounts.models import User
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

# The columns of the policy, in their order.
STAFF = {each.value: each for each in (Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)}
PEOPLE = ("anonymous", "teacher", "stranger", "ambassador", "another", *STAFF)


class World:
    """A school with its teacher, an ambassador, and what is between them; strangers to both; and the scheme's staff."""

    def __init__(self) -> None:
        self.weeks = 0

    def client_of(self, person: str) -> Client:
        """This person's browser; the scheme's staff have used their second factor."""
        return client_of(self.user(person), second_factor=person in STAFF)

    def address(self, name: str) -> str:
        """The address of this page, with a row of this teacher and this ambassador where it takes an id."""
        return reverse(name, kwargs=ARGUMENTS[name](self) if name in ARGUMENTS else None)

    def user(self, person: str) -> User | None:
        """Who this is."""
        if person == "anonymous":
            return None
        if person in STAFF:
            return make.staff(STAFF[person])
        user = {
            "teacher": lambda: self.contact.user,
            "stranger": lambda: make.contact().user,
            "ambassador": lambda: self.ambassador.user,
            "another": lambda: make.ambassador(cleared=True).user,
        }[person]()
        assert user is not None
        return user

    def fill(self, rows: int) -> None:
        """So many more of everything that a page may list, each at an hour of its own."""
        for _ in range(rows):
            self.weeks += 1
            later = timedelta(weeks=self.weeks)
            time = (make.FIRST_TIME[0] + later, make.FIRST_TIME[1] + later)
            make.request(contact=self.contact, times=(time,))
            make.offer(visit=make.visit(contact=self.contact), ambassador=self.ambassador)
            make.visit(contact=self.contact, ambassador=self.ambassador, time=time)
            make.contact(school=self.contact.school)
            make.ambassador(name=f"Ada Engineer {self.weeks}")

    @cached_property
    def contact(self) -> Contact:
        """The teacher."""
        return make.contact()

    @cached_property
    def ambassador(self) -> Ambassador:
        """The ambassador."""
        return make.ambassador(cleared=True)

    @cached_property
    def draft(self) -> Request:
        """What the teacher has begun to ask for."""
        return make.request(contact=self.contact)

    @cached_property
    def visit(self) -> Visit:
        """The visit for which the ambassador is sought."""
        return make.visit(contact=self.contact)

    @cached_property
    def offer(self) -> Offer:
        """What the ambassador is asked."""
        return make.offer(visit=self.visit, ambassador=self.ambassador)

    @cached_property
    def agreed(self) -> Visit:
        """The visit that the ambassador has accepted."""
        return make.visit(contact=self.contact, ambassador=self.ambassador)


# How the addresses that carry something are filled in, by the page's name.
ARGUMENTS: Mapping[str, Callable[[World], dict[str, Any]]] = {}
