"""What the scheme has decided, and from which day."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stem.accounts.roles import Role, has_role
from stem.policy.keys import KEYS, Key
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User

# A safeguarding number that one person alone has set is a proposal.
PROPOSED = models.Q(key__in=[key.code for key in KEYS.values() if key.safeguarding], confirmed_by=None)


class PolicyValueQuerySet(HouseQuerySet["PolicyValue"]):
    """Which decisions."""

    def visible_to(self, user: "User") -> Self:
        """All of them, for administrators."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def holding_on(self, day: date) -> Self:
        """Decisions that have begun by this day; the last of its key is the one that holds."""
        return self.filter(effective_from__lte=day).exclude(PROPOSED).by_day()

    def by_day(self) -> Self:
        """In the order in which they begin; of two from the same day, the one taken later comes last."""
        return self.order_by("effective_from", "pk")

    def with_people(self) -> Self:
        """With those who set and confirmed them."""
        return self.select_related("set_by", "confirmed_by")


class PolicyValue(models.Model):
    """One number, from one day until another takes its place. Rows are added and never changed, save to confirm one."""

    key = models.CharField(max_length=40)
    value = models.JSONField()
    effective_from = models.DateField(_("from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = PolicyValueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "effective_from"], name="policy_value_by_key")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="policy_value_confirmed_by_and_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("set_by")), name="policy_value_confirmed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.effective_from}"

    @property
    def meaning(self) -> Key:
        """What this number is about."""
        return KEYS[self.key]

    @property
    def is_proposed(self) -> bool:
        """Whether it still needs a second person."""
        return self.meaning.safeguarding and self.confirmed_by_id is None

    @property
    def in_words(self) -> str:
        """The number with its unit."""
        return self.meaning.in_words(self.value)
