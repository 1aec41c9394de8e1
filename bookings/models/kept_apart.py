"""Who would rather not meet again."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.enums import Side
from bookings.querysets import schools_of
from schools.models import School
from stem.accounts.roles import Role
from stem.accounts.scope import areas_looked_after_by
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class KeptApartQuerySet(HouseQuerySet["KeptApart"]):
    """Who would rather not meet again."""

    def visible_to(self, user: "User") -> Self:
        """One's own word, that of the schools one acts for, and for a coordinator all of their regions' schools.

        Neither side ever sees the other's.
        """
        areas = areas_looked_after_by(user, Role.COORDINATOR)
        by_oneself = Q(side=Side.AMBASSADOR, ambassador__user=user)
        by_school = Q(side=Side.SCHOOL, school__in=schools_of(user))
        said = by_oneself | by_school
        return self.all() if areas is None else self.filter(said | Q(school__area__in=areas))


class KeptApart(models.Model):
    """That nobody asks an ambassador for a school any more, by the word of one of the two (rule 6.4).

    Why is not asked: a worry has a form of its own. The other side never learns it. Taken back the row is gone.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    said_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    when_merged = Joins()
    objects = KeptApartQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "ambassador", "side"], name="kept_apart_once_by_each_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="kept_apart_by_one_of_both"),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} and school {self.school_id}"
