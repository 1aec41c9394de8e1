"""A worry, kept apart from every rating, and encrypted."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.models import Visit
from quality.enums import ConcernLevel, ConcernOutcome, ConcernStatus, HandedTo, Referral
from quality.keeping import kept_until
from quality.querysets import ConcernQuerySet, GlassQuerySet
from stem.encryption import decrypted, encrypted
from stem.history import Event
from stem.moments import day_of


@dataclass(frozen=True)
class Told:
    """What someone tells the safeguarding lead, in their own words, and how to reach them (rule C-01)."""

    told_by: str
    told_by_role: str
    contact: str
    words: str
    happened: str = ""
    place: str = ""
    adult: str = ""
    school_reference: str = ""
    witnesses: str = ""
    done: str = ""

    def sealed(self) -> bytes:
        """The same, encrypted: whoever has only the database reads nothing of it."""
        return encrypted(json.dumps(asdict(self)))


class Concern(models.Model):
    """What someone told the scheme's safeguarding leads, and what became of it (rule 2.9). No pupil is named."""

    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=20, choices=ConcernStatus, default=ConcernStatus.RAISED)

    # told
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    account = models.BinaryField()  # encrypted
    school_told = models.BooleanField(_("the school's safeguarding lead knows"), default=False)

    # what it is
    level = models.CharField(_("taken to be"), max_length=20, choices=ConcernLevel, blank=True)
    # Whom of the register it is about, once a lead has said so.
    ambassador = models.ForeignKey(Ambassador, null=True, on_delete=models.PROTECT, related_name="+")
    triaged_at = models.DateTimeField(null=True)
    # Since when it is taken to be possible harm: the designated officer hears within a working day.
    harm_at = models.DateTimeField(null=True)
    handed_to = models.CharField(_("who goes on"), max_length=10, choices=HandedTo, blank=True)

    # who was told
    passed_at = models.DateTimeField(_("the school's lead was rung"), null=True)
    officer_told_at = models.DateTimeField(_("the designated officer was told"), null=True)
    officer_reference = models.CharField(_("the officer's reference"), max_length=60, blank=True)
    head_told_at = models.DateTimeField(_("the headteacher was told"), null=True)

    # what may have been a sexual offence against a child, and who was told of it (rule C-05)
    is_reportable = models.BooleanField(default=False)
    police_told_at = models.DateTimeField(_("the police were told"), null=True)
    authority_told_at = models.DateTimeField(_("the local authority was told"), null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    delayed_because = models.BinaryField(null=True)  # encrypted

    # whether they are referred to the body that bars people (rule C-04)
    referral = models.CharField(_("referral"), max_length=10, choices=Referral, blank=True)
    referred_on = models.DateField(_("referred on"), null=True)
    referral_reference = models.CharField(_("its reference"), max_length=60, blank=True)
    referral_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    referral_second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    # how it ended
    # Not `outcome`: so is called what the audit record says of a move.
    finding = models.CharField(_("outcome"), max_length=20, choices=ConcernOutcome, blank=True)
    close_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    # What the audit record says of it is kept as long as it is (rule 3.4).
    outlives_audit = True

    when_merged = Joins()
    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ConcernStatus.RAISED, level="", triaged_at__isnull=True)
                | ~Q(status=ConcernStatus.RAISED) & ~Q(level="") & Q(triaged_at__isnull=False),
                name="worry_looked_at_has_its_level",
            ),
            # Nothing of possible harm goes on before the designated officer has it, under a reference of theirs.
            models.CheckConstraint(
                condition=~Q(level=ConcernLevel.HARM_THRESHOLD)
                | Q(status=ConcernStatus.HARM_THRESHOLD)
                | Q(officer_told_at__isnull=False) & ~Q(officer_reference=""),
                name="worry_of_harm_has_its_reference",
            ),
            models.CheckConstraint(
                condition=Q(status=ConcernStatus.CLOSED, closed_by__isnull=False, closed_at__isnull=False)
                & Q(close_proposed_by__isnull=False)
                & ~Q(closed_by=F("close_proposed_by"))
                | ~Q(status=ConcernStatus.CLOSED) & Q(closed_by__isnull=True, closed_at__isnull=True),
                name="worry_is_closed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(referral="", referral_by__isnull=True, referral_second__isnull=True)
                | Q(referral=Referral.REFERRED, referred_on__isnull=False) & ~Q(referral_reference="")
                | Q(referral=Referral.NOT_MET, referral_by__isnull=False)
                & (Q(referral_second__isnull=True) | ~Q(referral_second=F("referral_by"))),
                name="worry_is_referred_or_two_say_why_not",
            ),
        ]
        indexes = [models.Index(fields=["ambassador", "level"], name="worry_about_whom")]

    def __str__(self) -> str:
        return f"Concern {self.pk}"

    @property
    def reference(self) -> str:
        """What people quote on the telephone; it tells nothing."""
        return f"C{self.pk:05d}"

    @property
    def is_referral_settled(self) -> bool:
        """Whether it has been said that they are referred, or by two people that the duty is not met."""
        return self.referral == Referral.REFERRED or self.referral_second_id is not None

    @property
    def owes_referral(self) -> bool:
        """Whether that is still to be said of an ambassador who may have harmed a child."""
        is_harm = self.level == ConcernLevel.HARM_THRESHOLD and self.ambassador_id is not None
        return is_harm and not self.is_referral_settled

    @property
    def kept_until(self) -> date | None:
        """Until when it is kept at least, once it is closed (C-06); None while that is not known."""
        if self.closed_at is None:
            return None
        return kept_until(self.level, on=day_of(self.closed_at), is_reportable=self.is_reportable)

    @cached_property
    def told(self) -> Told:
        """What was told, as it was told."""
        return Told(**json.loads(decrypted(bytes(self.account))))


class ConcernEvent(Event):
    """What was done about a worry; in what words is encrypted."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="events")
    sealed_note = models.BinaryField(null=True)  # encrypted

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.note:
            self.sealed_note, self.note = encrypted(self.note), ""
        super().save(*args, **kwargs)

    @property
    def words(self) -> str:
        """What was written down."""
        return decrypted(bytes(self.sealed_note)) if self.sealed_note is not None else ""


class Glass(models.Model):
    """That a second deputy broke the glass over one worry: why, and until when they may read it (rule C-02)."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="broken_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField()  # encrypted
    at = models.DateTimeField()
    until = models.DateTimeField()

    outlives_audit = True
    objects = GlassQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Glass {self.pk}"

    @property
    def words(self) -> str:
        """Why."""
        return decrypted(bytes(self.reason))
