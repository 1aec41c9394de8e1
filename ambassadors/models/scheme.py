"""Where a person of the register came from, and whose word counts about them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Copied, Joins
from ambassadors.models.ambassador import Ambassador
from ambassadors.querysets import OfPeopleQuerySet


class Scheme(models.Model):
    """One of the schemes whose people make up the register (rule V-90)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    owner = models.CharField(_("who answered for its data"), max_length=150, blank=True)
    legal_basis_note = models.TextField(_("by what right its data came to us"), max_length=2000, blank=True)
    # What a scheme says without a day of its own, it knew on this one.
    transfer_date = models.DateField(_("when it handed its people over"), null=True, blank=True)
    # Our field -> the heading of its column, as it was last committed; "" for a column that is not to be read.
    columns = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_complete(self) -> bool:
        """Whether all is on record that must be known of where people's data came from."""
        return bool(self.owner and self.legal_basis_note and self.transfer_date)


class Membership(models.Model):
    """A person in one scheme, under that scheme's own id."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="memberships")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="memberships")
    legacy_id = models.CharField(_("id in that scheme"), max_length=60)
    joined_on = models.DateField(_("joined"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)
    legacy_status = models.CharField(_("status in that scheme"), max_length=60, blank=True)
    imported_on = models.DateField(_("brought here"), null=True, blank=True)
    # What this scheme says of the person, `ambassadors.importing.golden.Said`.
    said = models.JSONField(default=dict, editable=False)

    when_merged = Joins()
    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "legacy_id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "legacy_id"], name="membership_once_per_scheme_id"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}/{self.legacy_id}"


class Pin(models.Model):
    """Whose word counts for one field of one person, as staff chose; without one the rule decides (decision 22)."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="pins")
    field = models.CharField(max_length=20)
    # None: the person's own word.
    membership = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    when_merged = Copied()
    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ambassador", "field"], name="pin_once_per_field")]

    def __str__(self) -> str:
        return f"{self.field} of {self.ambassador_id}"
