"""A domain whose addresses prove that someone works at a school."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from schools.models.school import School
from schools.querysets import SchoolDomainQuerySet


class SchoolDomain(models.Model):
    """An e-mail domain that a coordinator has verified for a school.

    A trust or an authority has one for many schools, so the same domain may stand for several.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="domains")
    domain = models.CharField(_("domain"), max_length=253)
    verified_at = models.DateTimeField()
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SchoolDomainQuerySet.as_manager()

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["school", "domain"], name="domain_once_per_school"),
            models.CheckConstraint(condition=models.Q(domain=Lower("domain")), name="domain_in_lower_case"),
        ]

    def __str__(self) -> str:
        return f"@{self.domain}"
