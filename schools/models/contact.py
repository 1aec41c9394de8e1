"""A person who may act for a school."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.enums import ContactStatus
from schools.models.school import School
from schools.querysets import ContactQuerySet
from stem.history import Event


class Contact(models.Model):
    """A teacher, careers leader or technician who may, once approved, ask for visits in the school's name."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="school_contacts")
    job_title = models.CharField(_("job title"), max_length=100)
    phone = models.CharField(_("phone at school"), max_length=40)
    status = models.CharField(_("status"), max_length=10, choices=ContactStatus, default=ContactStatus.AWAITING)
    asked_at = models.DateTimeField(_("asked at"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="contact_once_per_school"),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.school}"


class ContactEvent(Event):
    """What happened to a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="events")
