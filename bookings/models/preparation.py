"""What is prepared for one visit besides who is there: small, and apart from the visit that others change."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.visit import SeatEvent, Visit
from bookings.querysets import VisitQuerySet
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User

LONGEST_OUTLINE = 1000


# Whether somebody has taken a seat in a visit since its outline was written, as `with_preparation` reads it.
OUTLINE_OF_OTHERS = "is_outline_of_others"


def _taken_since(visit: OuterRef, column: str) -> Exists:
    """That somebody took a seat in this visit after the moment in that column."""
    return Exists(SeatEvent.objects.filter(seat__visit=visit, kind="take", at__gt=OuterRef(column)))


def with_preparation(visits: VisitQuerySet) -> VisitQuerySet:
    """Each visit with what is prepared for it, for `Preparation.objects.for_visit`."""
    of_others = _taken_since(OuterRef("pk"), "preparation__outline_at")
    return visits.select_related("preparation").annotate(**{OUTLINE_OF_OTHERS: of_others})


class PreparationQuerySet(HouseQuerySet["Preparation"]):
    """What is prepared for visits."""

    def visible_to(self, user: "User") -> Self:
        """Those of the visits that this person may see."""
        visits = self.related("visit")
        return self.filter(visit__in=visits.visible_to(user))

    def for_visit(self, visit: Visit) -> "Preparation":
        """What is prepared for this visit so far; new, and not stored, where nothing is.

        An outline ends with whoever wrote it: when somebody else has taken a seat since, it is what was asked again.
        In one query, and in none where the visit was read `with_preparation`.
        """
        if OUTLINE_OF_OTHERS in vars(visit):
            found, is_of_others = getattr(visit, "preparation", None), vars(visit)[OUTLINE_OF_OTHERS]
        else:
            rows = self.filter(visit=visit).annotate(is_of_others=_taken_since(OuterRef("visit"), "outline_at"))
            found = rows.first()
            is_of_others = found is not None and vars(found)["is_of_others"]
        if found is None:
            return Preparation(visit=visit)
        if is_of_others:
            found.outline, found.outline_at, found.outline_by, found.school_agreed_at = "", None, None, None
        return found

    def awaiting_school(self) -> Self:
        """Those with an outline, by whoever still comes, to which the school has not agreed."""
        return self.exclude(outline="").filter(~_taken_since(OuterRef("visit"), "outline_at"), school_agreed_at=None)


class Preparation(models.Model):
    """What the school says of the group and the place, and what both agree to do (rules V-80, V-82, V-83).

    While nobody who comes has written an outline of their own, it is what the school asked pupils to gain: with that
    they said yes. A new one waits for the school's word again.
    """

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="preparation")

    # by the school
    access_needs = models.CharField(_("access needs of the group"), max_length=300, blank=True)
    open_space_confirmed = models.BooleanField(_("in an open space, in sight and hearing of staff"), default=False)
    joining_link = models.URLField(_("joining link"), max_length=500, blank=True)
    staff_host_confirmed = models.BooleanField(_("school staff host and stay in view"), default=False)

    # content
    outline = models.TextField(_("outline"), max_length=LONGEST_OUTLINE, blank=True)
    outline_at = models.DateTimeField(null=True)
    outline_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    school_agreed_at = models.DateTimeField(null=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outline="", outline_at__isnull=True) | ~Q(outline="") & Q(outline_at__isnull=False),
                name="outline_has_words_and_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"for visit {self.visit_id}"

    @property
    def outline_in_words(self) -> str:
        """What is to happen: the outline, or what the school asked pupils to gain."""
        return self.outline or "\n".join(self.visit.request.outcomes)

    @property
    def outline_version(self) -> str:
        """Which outline it is, for whoever agrees to what they have read."""
        return self.outline_at.isoformat() if self.outline_at else ""
