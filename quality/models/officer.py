"""Whom a safeguarding lead rings in an area when an adult may have harmed a child."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quality.querysets import OfficerQuerySet
from stem.nations import Nation


class Officer(models.Model):
    """How the designated officer of one authority, or of a whole nation, is reached (rule C-03).

    A team's number, not a person's own: it is read out at any hour by whoever has to ring it.
    """

    nation = models.CharField(_("nation"), max_length=20, choices=Nation)
    authority = models.CharField(_("local authority"), max_length=80, blank=True)  # empty: the whole nation's
    name = models.CharField(_("name of the officer or team"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=40)
    phone_out_of_hours = models.CharField(_("phone out of hours"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    checked_on = models.DateField(_("last checked"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfficerQuerySet.as_manager()

    class Meta:
        ordering = ["nation", "authority", "pk"]
        constraints = [models.UniqueConstraint(fields=["nation", "authority"], name="one_officer_per_authority")]

    def __str__(self) -> str:
        return self.area

    @property
    def area(self) -> str:
        """For where they are rung."""
        return self.authority or str(_("All of %(nation)s")) % {"nation": self.get_nation_display()}

    @property
    def whose(self) -> str:
        """The same, as a form names it."""
        return f"{self.nation}/{self.authority}"

    @property
    def change_url(self) -> str:
        """Where it is written down anew."""
        return f"{reverse('keep_officer')}?{urlencode({'whose': self.whose})}"
