"""What someone gives while they join, beyond what they say about themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import IdentityMethod, RefereeCapacity, RefereeStatus
from ambassadors.following import Joins
from ambassadors.models.ambassador import Ambassador
from ambassadors.querysets import ApplicationQuerySet, OfPeopleQuerySet, PhotoQuerySet, RefereeQuerySet
from stem.history import Event


class Application(models.Model):
    """One person's way into the scheme: what they answered for vetting, and whose turn it is."""

    ambassador = models.OneToOneField(Ambassador, on_delete=models.PROTECT, related_name="application")
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    # vetting: unanswered until they answer
    identity_method = models.CharField(_("how identity is shown"), max_length=20, choices=IdentityMethod, blank=True)
    paid_or_credited = models.BooleanField(_("paid, on placement or credited for visits"), null=True)  # rule V-14
    expects_frequent = models.BooleanField(_("expects more than three days in some months"), null=True)  # rule V-15
    check_agreed_at = models.DateTimeField(null=True)
    # Only that they would like to talk; what about is for that talk, and is kept nowhere (rule V-21).
    wants_to_talk = models.BooleanField(_("wants to talk before the check"), default=False)

    # what an officer asked for since, and whether it has been answered
    asked_for = models.TextField(_("what we asked for"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    # A "no" because of what a check disclosed takes two people (rule 1.8): who proposed it, and nothing of what it was.
    decline_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decline_proposed_at = models.DateTimeField(null=True)

    # A draft that lies still is asked about once.
    reminded_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decline_proposed_by__isnull=True, decline_proposed_at__isnull=True)
                | Q(decline_proposed_by__isnull=False, decline_proposed_at__isnull=False),
                name="application_decline_proposed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, asked_at__isnull=True)
                | Q(asked_by__isnull=False, asked_at__isnull=False),
                name="application_asked_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"Application of {self.ambassador_id}"


class ClauseAcceptance(models.Model):
    """One clause of one version of the code of conduct that someone has accepted (rule V-53)."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="clauses")
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    accepted_at = models.DateTimeField()

    when_merged = Joins()
    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "version", "code"], name="clause_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of version {self.version}"


class Photo(models.Model):
    """A picture of someone that we drew anew from the file they chose, for the card that a school sees (V-25, V-50)."""

    ambassador = models.OneToOneField(Ambassador, on_delete=models.CASCADE, related_name="photo")
    picture = models.BinaryField()
    digest = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    # An officer who has seen the person says that it is them.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="photo_confirmed_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Referee(models.Model):
    """Someone who knows an applicant, and what they told us in confidence (rule V-51)."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="referees")
    status = models.CharField(max_length=20, choices=RefereeStatus, default=RefereeStatus.NAMED)

    # who they are, as the applicant says
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    organisation = models.CharField(_("employer or organisation"), max_length=150, blank=True)
    capacity = models.CharField(_("how they know them"), max_length=20, choices=RefereeCapacity)
    named_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    # what they answered; seen by vetting officers alone, and left out of what the applicant may see of their record
    known_for = models.TextField(_("how long, and in what capacity"), max_length=1000, blank=True)
    seen_with_children = models.TextField(_("seen with children or young people"), max_length=1000, blank=True)
    has_doubts = models.BooleanField(_("knows a reason against"), null=True)
    reliability = models.TextField(_("how reliable"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    # how an officer made sure that it came from them: by the domain of their address, or by telephone
    verified_how = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = RefereeQuerySet.as_manager()

    class Meta:
        ordering = ["ambassador", "named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambassador", "email"], condition=~Q(status=RefereeStatus.WITHDRAWN), name="referee_named_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="referee_decided_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    # A reason against takes two officers, whichever way: the first one's word stands here until a second agrees.
    @property
    def is_first_accepted(self) -> bool:
        """Whether a first officer would accept it, and has said how they made sure."""
        return self.status == RefereeStatus.ANSWERED and self.decided_by_id is not None and bool(self.verified_how)

    @property
    def is_first_left_out(self) -> bool:
        """Whether a first officer would leave it out."""
        return self.status == RefereeStatus.ANSWERED and self.decided_by_id is not None and not self.verified_how


class RefereeEvent(Event):
    """What happened to a reference."""

    referee = models.ForeignKey(Referee, on_delete=models.PROTECT, related_name="events")
