"""A place where visits happen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.enums import Phase, Register, SchoolStatus
from schools.querysets import SchoolQuerySet
from stem.geography.located import Located
from stem.nations import Nation


class School(Located):
    """A school or college, as its national register knows it."""

    # identity
    register = models.CharField(_("register"), max_length=10, choices=Register, default=Register.HAND)
    register_number = models.CharField(_("register number"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase)
    status = models.CharField(_("status"), max_length=10, choices=SchoolStatus, default=SchoolStatus.OPEN)

    # place (the postcode and the point are in Located)
    street = models.CharField(_("street"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation)

    # size
    roll = models.PositiveIntegerField(_("pupils on roll"), null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta(Located.Meta):
        abstract = False
        ordering = ["name", "town", "pk"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["register", "register_number"], name="school_once_in_its_register"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Street, town and postcode on one line."""
        return ", ".join(part for part in (self.street, self.town, self.postcode) if part)

    @property
    def reference(self) -> str:
        """Register and number, as commands name a school: gias/100000."""
        return f"{self.register}/{self.register_number}"
