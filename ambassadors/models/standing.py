"""What makes a person bookable on a day, and what stops it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors import conduct
from ambassadors.enums import CheckBody, HoldKind, IdentityDocument, RequirementKind
from ambassadors.following import Joins, Moves
from ambassadors.models.ambassador import Ambassador
from ambassadors.querysets import HoldQuerySet, RequirementQuerySet
from stem.wording import day_in_words


class Requirement(models.Model):
    """A dated fact that makes a person bookable: what, from when, until when, and who says so.

    Facts are added and withdrawn, never overwritten. No certificate content is kept, only that it was decided (V-20).
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="requirements")
    kind = models.CharField(_("requirement"), max_length=10, choices=RequirementKind)
    body = models.CharField(_("issued by"), max_length=10, choices=CheckBody, blank=True)
    # of a check alone: what it was a check for (V-13), and what its holder may be booked for (V-34)
    barred_list = models.BooleanField(_("with the children's barred list"), default=False)
    conditions = models.CharField(_("conditions"), max_length=60, blank=True)  # codes of `Condition`, a space between
    started_on = models.DateField(_("from"))
    valid_until = models.DateField(_("until and including"), null=True, blank=True)
    # of identity, the kinds of document seen, a space between (V-50); of anything else, where its evidence is
    evidence = models.CharField(_("evidence"), max_length=100, blank=True)

    # who says so; a criminal record check takes two people
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="check_assessed_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="requirement_confirmed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="requirement_withdrawn_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("started_on")),
                name="requirement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind=RequirementKind.CRC) & ~Q(body="") | ~Q(kind=RequirementKind.CRC) & Q(body=""),
                name="check_names_its_body",
            ),
        ]
        indexes = [models.Index(fields=["ambassador", "kind", "valid_until"], name="requirement_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} from {self.started_on}"

    @property
    def evidence_in_words(self) -> str:
        """What it rests on, as an officer reads it."""
        if self.kind != RequirementKind.ID:
            return self.evidence
        return ", ".join(str(IdentityDocument(code).label) for code in self.evidence.split())

    @property
    def is_lifetime_membership(self) -> bool:
        """Whether it is a PVG membership whose last day only Disclosure Scotland can tell (V-12)."""
        return self.kind == RequirementKind.CRC and self.body == CheckBody.PVG and self.valid_until is None

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, or None; a newer code of conduct ends an acceptance early."""
        if self.kind != RequirementKind.CODE:
            return self.valid_until
        return conduct.last_day(self.started_on, self.valid_until)

    def counts_on(self, day: date) -> bool:
        """Whether it is in force on this day: what `counting_on` asks the database, for a row that has been read."""
        is_over = self.last_day is not None and self.last_day < day
        is_decided = self.kind != RequirementKind.CRC or self.confirmed_by_id is not None
        return self.started_on <= day and not is_over and self.withdrawn_at is None and is_decided

    def is_soon_over(self, on: date, soon: timedelta) -> bool:
        """Whether its last day is no further away than this."""
        return self.last_day is not None and self.last_day - on <= soon


class RenewalNotice(models.Model):
    """That someone was written to, so many days before a requirement of theirs runs out: once for each (rule V-04)."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="notices")
    days_before = models.PositiveSmallIntegerField()
    told_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "days_before"], name="renewal_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.days_before} days before, told {self.told_on}"


class Hold(models.Model):
    """A reason not to book someone for a time. Its truth is for those entitled; everyone else hears neutral words."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(_("kind"), max_length=20, choices=HoldKind)
    truth = models.TextField(_("reason (seen by those entitled)"), max_length=500, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"), null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    # Somebody has yet to say whether they are referred (rule C-04): until then their part is not ended.
    referral_owed = models.BooleanField(default=False)

    when_merged = Moves(_("Both have a hold that excludes the other’s: lift one of them first."))
    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="hold_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="hold_lifted_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        # Neutral: it is read wherever rows are listed, by people who must not learn of which kind it is (V-71).
        return str(_("Unavailable from %(day)s") % {"day": day_in_words(self.starts_on)})

    @property
    def is_open_absence(self) -> bool:
        """Whether it says that someone is away, and not until when: a safeguarding hold has to look like it (V-71)."""
        return self.kind == HoldKind.AWAY and self.ends_on is None

    @property
    def is_own_absence(self) -> bool:
        """Whether it is days away, with a last one, that the person has told us of themselves."""
        return self.kind == HoldKind.AWAY and self.ends_on is not None and self.set_by_id == self.ambassador.user_id

    def is_sealed_from(self, reader: int, *, knows_safeguarding: bool) -> bool:
        """Whether this reader learns only from when it is. A safeguarding hold, and whatever could tell it apart."""
        if knows_safeguarding:
            return False
        return self.kind == HoldKind.SAFEGUARDING or (self.is_open_absence and self.set_by_id != reader)

    def covers(self, day: date) -> bool:
        """Whether this day is among those on which it keeps someone from being booked, as long as it stands."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
