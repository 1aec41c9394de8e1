"""Risk assessments of what ambassadors do with pupils, and what schools say to them (rule T-13)."""

from datetime import date, time
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from ambassadors.validity import add_months
from bookings.enums import Risk
from bookings.models.visit import Visit
from stem.curriculum import ACTIVITY_CHOICES
from stem.moments import day_of, moment
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User

# So long one may be used again for the same activity (rule T-13).
VALID_MONTHS = 24


class RiskAssessmentQuerySet(HouseQuerySet["RiskAssessment"]):
    """What people wrote of their activities."""

    def visible_to(self, user: "User") -> Self:
        """One's own, and those that schools were asked to accept for visits that this person may see."""
        asked = self.related("acceptances").visible_to(user)
        return self.filter(Q(ambassador__user=user) | Q(pk__in=asked.values("assessment")))

    def written_by(self, user: "User") -> Self:
        """Those of what this person does, or written by them for somebody who telephoned."""
        return self.filter(Q(ambassador__user=user) | Q(written_by=user))

    def usable(self, ambassador: Ambassador, activity: str, day: date) -> Self:
        """This person's own of this activity, each as it was changed last, that hold on this day."""
        since = moment(add_months(day, -VALID_MONTHS), time.min)
        mine = self.filter(ambassador=ambassador, activity=activity, written_at__gte=since)
        return mine.filter(replaced_by=None).order_by("name", "-pk")


class RiskAssessment(models.Model):
    """One version of what an ambassador says of an activity of theirs: never changed, a change is another version.

    It is theirs, and may be used for that activity again for 24 months (rule T-13). It speaks of groups: no pupil is
    ever named.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(_("activity"), max_length=30, choices=ACTIVITY_CHOICES)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    # what is done, and what could go wrong
    name = models.CharField(_("what it is called"), max_length=100)
    done = models.TextField(_("what is done"), max_length=1000)
    hazards = models.TextField(_("hazards"), max_length=1000)
    who_harmed = models.CharField(_("who could be harmed, and how"), max_length=300)
    controls = models.TextField(_("what is done about it"), max_length=1000)
    residual = models.CharField(_("risk that is left"), max_length=10, choices=Risk)

    # what is brought
    equipment = models.TextField(_("equipment"), max_length=500, blank=True)
    brings_mains = models.BooleanField(_("mains equipment is brought"), default=False)
    tested_on = models.DateField(_("last electrical test"), null=True)
    substances = models.TextField(_("substances"), max_length=500, blank=True)
    guidance_checked = models.BooleanField(_("school science guidance was checked"), default=False)
    allergies = models.CharField(_("allergies in the group to look out for"), max_length=300, blank=True)
    first_aid = models.CharField(_("first aid"), max_length=300)

    when_merged = Joins()
    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="assessment_replaced_once"),
            models.CheckConstraint(
                condition=Q(brings_mains=False) | Q(tested_on__isnull=False), name="mains_equipment_has_its_test"
            ),
            models.CheckConstraint(
                condition=Q(substances="") | Q(guidance_checked=True), name="substances_are_checked_in_guidance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def holds_until(self) -> date:
        """The first day on which it is too old."""
        return add_months(day_of(self.written_at), VALID_MONTHS)

    @property
    def is_medium(self) -> bool:
        """Whether a head of department has a word in it."""
        return self.residual == Risk.MEDIUM

    @property
    def is_high(self) -> bool:
        """Whether the school's lead and a coordinator have a word in it."""
        return self.residual == Risk.HIGH


class RiskAcceptanceQuerySet(HouseQuerySet["RiskAcceptance"]):
    """Which schools were asked to accept which assessments."""

    def visible_to(self, user: "User") -> Self:
        """Those of the visits that this person may see."""
        visits = self.related("visit")
        return self.filter(visit__in=visits.visible_to(user))

    def decided_by(self, user: "User") -> Self:
        """Those to which this person gave a school's word, or the scheme's."""
        return self.filter(Q(accepted_by=user) | Q(scheme_agreed_by=user))

    def standing(self) -> Self:
        """Those that count: of somebody who has a place in the visit, and what they offered last for it."""
        whose = OuterRef("assessment__ambassador")
        seat = Visit.objects.filter(pk=OuterRef("visit"), seats__ambassador=whose)
        theirs = self.model.objects.filter(visit=OuterRef("visit"), assessment__ambassador=whose)
        is_later = Q(offered_at__gt=OuterRef("offered_at")) | Q(
            offered_at=OuterRef("offered_at"), pk__gt=OuterRef("pk")
        )
        return self.filter(Exists(seat), ~Exists(theirs.filter(is_later)))

    def awaiting_school(self) -> Self:
        """Those to which the school has said neither yes nor "not yet"."""
        return self.filter(accepted_at=None, sent_back_at=None)

    def with_all(self) -> Self:
        """With what pages and letters say of it."""
        return self.select_related(
            *("assessment__ambassador__user", "visit__request__school", "visit__request__contact__user"),
            *("accepted_by", "scheme_agreed_by"),
        )


class RiskAcceptance(models.Model):
    """That a school was asked to accept one version of an assessment for one visit, and what has been said to it.

    Accepted stays accepted: whoever comes may offer another version, and the school's word is asked for that.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="risk_acceptances")
    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="acceptances")
    offered_at = models.DateTimeField()

    # the school's word
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=150, blank=True)
    position = models.CharField(_("position of who accepts"), max_length=100, blank=True)
    head_of_department = models.CharField(_("head of department who agrees"), max_length=150, blank=True)

    # a coordinator's, where the risk is high
    scheme_agreed_at = models.DateTimeField(null=True)
    scheme_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    # not yet
    sent_back_at = models.DateTimeField(null=True)
    sent_back_because = models.CharField(_("why not yet"), max_length=500, blank=True)

    objects = RiskAcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "assessment"], name="assessment_offered_once_for_a_visit"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False) & ~Q(position=""),
                name="accepted_by_somebody_in_some_position",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True) | ~Q(sent_back_because=""), name="sent_back_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} for visit {self.visit_id}"

    @property
    def waits_for_school(self) -> bool:
        """Whether the school has still to say something to it."""
        return self.accepted_at is None and self.sent_back_at is None

    @property
    def is_sent_back(self) -> bool:
        """Whether the school has said "not yet", and has not thought again."""
        return self.accepted_at is None and self.sent_back_at is not None

    @property
    def waits_for_scheme(self) -> bool:
        """Whether a coordinator has still to agree to it."""
        return self.assessment.is_high and self.scheme_agreed_at is None

    @property
    def is_accepted(self) -> bool:
        """Whether everybody has accepted it whose word it takes (rule T-13)."""
        return self.accepted_at is not None and not self.waits_for_scheme

    @property
    def who_accepted(self) -> str:
        """Who said yes for the school, in which position."""
        return f"{self.on_behalf_of or self.accepted_by}, {self.position}" if self.accepted_at else ""
