"""An address at which somebody of a school may be asked, because somebody rang the school."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from quality.querysets import ConfirmedAddressQuerySet
from schools.models import School


class ConfirmedAddress(models.Model):
    """That a school has said by telephone that this address is one of its staff's (rule G-01)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail"), max_length=254)
    # Whom they spoke with, on which of the school's numbers.
    note = models.CharField(_("how it was confirmed"), max_length=300)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ConfirmedAddressQuerySet.as_manager()

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "email"], name="address_confirmed_once_per_school"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="confirmed_address_in_lower_case"),
        ]

    def __str__(self) -> str:
        return f"{self.email} of school {self.school_id}"
