"""A person who may act for a school."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.enums import ContactStatus
from schools.models.school import School
from schools.querysets import ContactQuerySet
from stem.history import Event


class Contact(models.Model):
    """A teacher, careers leader or technician who may, once approved, ask for visits in the school's name.

    One of those who act for a school leads: colleagues who want to join are theirs to let in.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="school_contacts")
    job_title = models.CharField(_("job title"), max_length=100)
    phone = models.CharField(_("phone at school"), max_length=40)
    status = models.CharField(_("status"), max_length=10, choices=ContactStatus, default=ContactStatus.AWAITING)
    asked_at = models.DateTimeField(_("asked at"))
    is_lead = models.BooleanField(_("leads at the school"), default=False)
    # Set while someone waits for a coordinator to find who takes over from them.
    wants_to_leave_at = models.DateTimeField(_("wants to leave since"), null=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="contact_once_per_school"),
            models.UniqueConstraint(fields=["school"], condition=Q(is_lead=True), name="one_lead_per_school"),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(status=ContactStatus.APPROVED), name="only_who_acts_for_a_school_leads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.school}"


class ContactEvent(Event):
    """What happened to a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="events")
