"""Where a person of the register came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambassadors.models.ambassador import Ambassador


class Scheme(models.Model):
    """One of the schemes whose people make up the register (rule V-90)."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in one scheme, under that scheme's own id."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="memberships")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="memberships")
    legacy_id = models.CharField(_("id in that scheme"), max_length=60)
    joined_on = models.DateField(_("joined"), null=True, blank=True)

    class Meta:
        ordering = ["scheme", "legacy_id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "legacy_id"], name="membership_once_per_scheme_id"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}/{self.legacy_id}"
