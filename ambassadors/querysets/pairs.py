"""Rows about two people of the register."""

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

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
        theirs, guarded = people.vetted_by(user).order_by(), people.protected_by(user).order_by()
        matter = Exists(people.matter_of_lead().filter(Q(pk=OuterRef(first)) | Q(pk=OuterRef(second))))
        return self.filter(
            Q(**{f"{first}__in": theirs, f"{second}__in": theirs}) & ~Q(matter)
            | Q(**{f"{first}__in": guarded, f"{second}__in": guarded}) & Q(matter)
        )
