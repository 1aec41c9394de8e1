"""Criminal record checks, and what is weighed of them."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q

from ambassadors.enums import CheckBody, CheckStatus
from ambassadors.querysets.ambassador import AmbassadorQuerySet
from stem.querysets import HouseQuerySet, Row

if TYPE_CHECKING:
    from ambassadors.models import Assessment, Check, DisclosureNote
    from stem.accounts.models import User


class CheckQuerySet(HouseQuerySet["Check"]):
    """Criminal record checks."""

    def visible_to(self, user: "User") -> Self:
        """Those of the people whom this person vets, assesses or protects; nobody's own (rule V-31)."""
        people = self.related_people()
        theirs = (people.vetted_by(user), people.assessed_by(user), people.protected_by(user))
        return self.filter(reduce(or_, (Q(ambassador__in=each) for each in theirs)))

    def of_those_vetted_by(self, user: "User") -> Self:
        """Those of the people whom this person vets."""
        return self.filter(ambassador__in=self.related_people().vetted_by(user))

    def of_those_protected_by(self, user: "User") -> Self:
        """Those of the people whose safeguarding lead this person is."""
        return self.filter(ambassador__in=self.related_people().protected_by(user))

    def of_somebody_called(self, text: str) -> Self:
        """Those of people whose name, address or scheme number holds this text."""
        return self.filter(ambassador__in=self.related_people().matching_text(text))

    def related_people(self) -> AmbassadorQuerySet:
        """Everyone of the register, as the start of a subquery."""
        people: AmbassadorQuerySet = self.related("ambassador")
        return people

    def under_way(self) -> Self:
        """Those that wait for somebody."""
        return self.filter(status__in=CheckStatus.under_way())

    def beyond_asking(self) -> Self:
        """Those of which an original was seen, or after which there is no other: their record is kept."""
        return self.filter(Q(seen_on__isnull=False) | Q(status=CheckStatus.BARRED))

    def barring(self) -> Self:
        """Those after which there is no other."""
        return self.filter(status=CheckStatus.BARRED)

    def whose_notes_may_have_to_go(self, day: date) -> Self:
        """Those over by this day of which notes or views are still kept, the oldest decision first (V-22).

        What was never decided is over as well once nobody weighs it any more, as with somebody who is barred meanwhile.
        """
        kept = Q(Exists(self.related("notes").filter(check_of=OuterRef("pk"))))
        kept |= Q(Exists(self.related("assessments").filter(check_of=OuterRef("pk"))))
        is_left = Q(decided_on__isnull=True) & ~Q(status__in=CheckStatus.weighed())
        return self.filter(kept, Q(decided_on__lte=day) | is_left).order_by("decided_on", "pk")

    def relied_on(self) -> Self:
        """Those that are decided and stand, and of which the update service can be asked (V-40)."""
        return self.filter(
            status__in=(CheckStatus.OK, CheckStatus.CONDITIONS),
            body=CheckBody.DBS,
            requirement__isnull=False,
            requirement__withdrawn_at__isnull=True,
        )


class OfChecksQuerySet(HouseQuerySet[Row]):
    """Rows that belong to checks."""

    def visible_to(self, user: "User") -> Self:
        """Those of the checks that this person may see."""
        return self.filter(check_of__in=self.related("check_of").visible_to(user))


class AssessmentQuerySet(HouseQuerySet["Assessment"]):
    """What assessors came to."""

    def readable_by(self, user: "User") -> Self:
        """One's own, and the other's once one's own is recorded: the second is blind to the first till then (V-31)."""
        own = self.model.objects.filter(check_of=OuterRef("check_of"), assessor=user)
        return self.filter(Exists(own))


class DisclosureNoteQuerySet(HouseQuerySet["DisclosureNote"]):
    """Notes that are kept until their day."""

    def readable_by(self, user: "User") -> Self:
        """What the person says; one's own, and once one has recorded a view both assessors' (V-31, V-33)."""
        views = self.model._meta.get_field("check_of").related_model._meta.get_field("assessments").related_model
        own = views.objects.filter(check_of=OuterRef("check_of"), assessor=user)  # type: ignore[union-attr]
        is_theirs = Q(written_by=F("check_of__ambassador__user"))
        return self.filter(is_theirs | Q(written_by=user) | Exists(own))
