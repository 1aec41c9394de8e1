"""A member of a school's staff whom its requests name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.enums import PersonKind
from schools.models.school import School
from schools.querysets import SchoolPersonQuerySet


class SchoolPerson(models.Model):
    """Someone who is with the pupils during visits, or looks after safeguarding: kept so that nobody is asked twice.

    Kept for the school, whichever colleague asks next. Never a pupil. Whoever is taken off the list is deleted;
    requests and visits that name them keep their own words.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="people")
    kind = models.CharField(_("part"), max_length=12, choices=PersonKind)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    last_named_at = models.DateTimeField()

    objects = SchoolPersonQuerySet.as_manager()

    class Meta:
        ordering = ["-last_named_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "name"], name="person_once_per_school_and_part"),
            models.CheckConstraint(
                condition=Q(kind=PersonKind.SUPERVISING, phone="") & ~Q(email="")
                | Q(kind=PersonKind.SAFEGUARDING, email="") & ~Q(phone=""),
                name="person_is_reached_as_their_part_asks",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reached_at(self) -> str:
        """The e-mail address, or the phone."""
        return self.email or self.phone
