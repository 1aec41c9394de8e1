"""Rows about two people of the register."""

from typing import TYPE_CHECKING, Self

from ambassadors.querysets.ambassador import looks_after
from stem.accounts.roles import Role
from stem.querysets import HouseQuerySet, Row

if TYPE_CHECKING:
    from ambassadors.querysets.ambassador import AmbassadorQuerySet
    from stem.accounts.models import User


class OfTwoQuerySet(HouseQuerySet[Row]):
    """Rows about two people of the register: whoever may not decide about both sees none of it."""

    ends = ("one", "other")

    def visible_to(self, user: "User") -> Self:
        """The pairs about which this person decides (rule V-92).

        A vetting officer of both, unless one of the two is a safeguarding lead's matter; a lead of both only then.
        Both are told apart here, so that no page says why a pair is missing.
        """
        first, second = self.ends
        people: AmbassadorQuerySet = self.related(first)
        matter = people.is_matter_of_lead(first) | people.is_matter_of_lead(second)
        officer, lead = Role.VETTING_OFFICER, Role.SAFEGUARDING_LEAD
        theirs = looks_after(user, officer, first) & looks_after(user, officer, second)
        guarded = looks_after(user, lead, first) & looks_after(user, lead, second)
        return self.filter(theirs & ~matter | guarded & matter)
