"""One of everything, and one of everybody: the people and rows with which docs/access.md is tried."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.test import Client
from django.urls import reverse

from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Ambassador, Hold
from bookings import notifications
from bookings.models import Offer, Request, Visit
from schools.models import Contact
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.letters.models import Letter
from stem.letters.post import post
from stem.nations import Nation
from stem.policy.models import PolicyValue
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
    def applicant(self) -> Ambassador:
        """Someone in the middle of vetting, whose check waits for a second pair of eyes."""
        person = make.ambassador()
        make.requirement(person, kind=RequirementKind.CRC, body=CheckBody.DBS, recorded_by=make.user())
        return person

    @cached_property
    def hold(self) -> Hold:
        """A reason not to book the ambassador for a while."""
        return make.hold(self.ambassador, starts_on=date(2027, 3, 1), ends_on=date(2027, 4, 1))

    @cached_property
    def letter(self) -> Letter:
        """A letter that waits to leave."""
        return post(notifications.offer_made, to=self.ambassador.user, due_at=make.NOW, offer_id=self.offer.pk)

    @cached_property
    def region(self) -> Region:
        """A region of the scheme."""
        return Region.objects.create(name="Yorkshire", slug="yorkshire", nation=Nation.ENG)

    @cached_property
    def number(self) -> PolicyValue:
        """A number of safeguarding that someone proposed, and a second person has yet to confirm."""
        return PolicyValue.objects.create(
            key="crc_months", value=24, effective_from=date(2027, 9, 1), set_by=make.user(), set_at=make.NOW
        )

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
ARGUMENTS: Mapping[str, Callable[[World], dict[str, Any]]] = {
    **dict.fromkeys(
        [
            "staff_letter",
            "letter_preview",
            "edit_letter",
            "hold_letter",
            "release_letter",
            "retry_letter",
            "cancel_letter",
        ],
        lambda world: {"pk": world.letter.pk},
    ),
    "change_region": lambda world: {"slug": world.region.slug},
    "set_policy_value": lambda _: {"key": "offer_hours"},
    "confirm_policy_value": lambda world: {"pk": world.number.pk},
    **dict.fromkeys(
        ["ambassador", "record_requirement", "set_hold"],
        lambda world: {"pk": world.ambassador.pk},
    ),
    **dict.fromkeys(
        ["approve_application", "decline_application"],
        lambda world: {"pk": world.applicant.pk},
    ),
    **dict.fromkeys(
        ["confirm_check", "withdraw_requirement"],
        lambda world: {"pk": world.applicant.requirements.all()[0].pk},
    ),
    "lift_hold": lambda world: {"pk": world.hold.pk},
}
