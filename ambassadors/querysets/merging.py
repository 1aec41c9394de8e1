"""Pairs of records, and merges of them."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from ambassadors.querysets.ambassador import looks_after
from ambassadors.querysets.pairs import OfTwoQuerySet
from stem.accounts.roles import Role
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, Apart, LikelyPair, Merge
    from ambassadors.querysets.ambassador import AmbassadorQuerySet
    from stem.accounts.models import User


class LikelyPairQuerySet(OfTwoQuerySet["LikelyPair"]):
    """Pairs that may be one person."""

    def of(self, person: "Ambassador") -> Self:
        """Those with this record at either end."""
        return self.filter(Q(one=person) | Q(other=person))


class ApartQuerySet(OfTwoQuerySet["Apart"]):
    """Pairs that are two people."""

    def between(self, one: int, other: int) -> Self:
        """What was said of these two, or of records that have become part of them."""
        for_one, for_other = Q(one=one) | Q(one__merged_into=one), Q(other=other) | Q(other__merged_into=other)
        turned = (Q(one=other) | Q(one__merged_into=other)) & (Q(other=one) | Q(other__merged_into=one))
        return self.filter(for_one & for_other | turned)


class MergeQuerySet(HouseQuerySet["Merge"]):
    """Merges of two records."""

    def visible_to(self, user: "User") -> Self:
        """Those of the records about which this person may decide now (rule V-92)."""
        people: AmbassadorQuerySet = self.related("kept")
        matter = people.is_matter_of_lead("kept")
        guarded = looks_after(user, Role.SAFEGUARDING_LEAD, "kept") & matter
        return self.filter(looks_after(user, Role.VETTING_OFFICER, "kept") & ~matter | guarded)

    def standing(self) -> Self:
        """Those that nobody has undone."""
        return self.filter(undone_at__isnull=True)

    def forgotten_at(self, before: datetime) -> Self:
        """Those from before this moment that still hold what an undo would need."""
        return self.filter(at__lt=before).exclude(before={})

    def forget_undo(self) -> int:
        """Delete what an undo of these would need, which is a second copy of somebody's data; of how many."""
        return self.update(before={}, after={}, moved={}, had={})
