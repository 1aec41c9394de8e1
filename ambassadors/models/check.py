"""A criminal record check, from the need for one to its end; of what it says nothing is kept (rules 1.4, 1.5)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.assessing import Suitability
from ambassadors.enums import CheckBody, CheckStatus, EligibilityBasis, Weight
from ambassadors.following import Moves
from ambassadors.models.ambassador import Ambassador
from ambassadors.models.standing import Requirement
from ambassadors.querysets import AssessmentQuerySet, CheckQuerySet, DisclosureNoteQuerySet
from stem.history import Event


def _person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Check(models.Model):
    """One check of one person: exactly what rule V-20 lets us keep, and how far it has come.

    There is no column for a document, an offence, or whether a certificate was blank (V-21).
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="checks")
    status = models.CharField(_("state"), max_length=20, choices=CheckStatus, default=CheckStatus.REQUIRED)
    began_at = models.DateTimeField()
    # since when it stands where it does: whoever is waited for has been waited for since
    moved_at = models.DateTimeField()

    # what is asked for, and by what right (V-13, V-14)
    body = models.CharField(_("made by"), max_length=10, choices=CheckBody, blank=True)
    barred_list = models.BooleanField(_("with the children's barred list"), default=False)
    eligibility_basis = models.CharField(_("by what right"), max_length=20, choices=EligibilityBasis, blank=True)
    eligibility_note = models.CharField(_("why, in your words"), max_length=300, blank=True)
    eligibility_by = _person()
    volunteer_free = models.BooleanField(_("free, as for a volunteer"), default=False)

    # the certificate, as it was seen in person (V-20, V-26)
    number = models.BinaryField(null=True)  # encrypted
    number_ends = models.CharField(_("last four of its number"), max_length=4, blank=True)
    issued_on = models.DateField(_("issued on"), null=True)
    seen_by = _person()
    seen_on = models.DateField(_("seen on"), null=True)
    seen_place = models.CharField(_("where it was seen"), max_length=100, blank=True)
    # of Scotland's scheme alone: membership begins, or is renewed, and is linked to each organisation anew (V-12)
    joined_on = models.DateField(_("joined or last renewed on"), null=True)
    linked_on = models.DateField(_("linked to this scheme on"), null=True)

    # what was decided, and by whom: by two, but for a lead to whom two could not agree (V-31, V-34)
    decided_on = models.DateField(_("decided on"), null=True)
    first_decider = _person()
    second_decider = _person()
    # what it puts on record; conditions stand there
    requirement = models.OneToOneField(Requirement, null=True, on_delete=models.PROTECT, related_name="check_made")

    when_merged = Moves(_("Both have a criminal record check under way: withdraw one of the two first."))
    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambassador"], condition=Q(status__in=CheckStatus.under_way()), name="one_check_under_way"
            ),
            models.CheckConstraint(
                condition=Q(second_decider__isnull=True) | ~Q(second_decider=F("first_decider")),
                name="check_decided_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=CheckStatus.after_seeing())
                | Q(seen_by__isnull=False, seen_on__isnull=False, issued_on__isnull=False) & ~Q(seen_place=""),
                name="check_seen_in_person_before_it_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=CheckStatus.after_eligibility())
                | Q(eligibility_by__isnull=False) & ~Q(eligibility_basis="") & ~Q(body=""),
                name="check_asked_for_by_right",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True, linked_on__isnull=True)
                | Q(
                    joined_on__isnull=False, linked_on__isnull=False, linked_on__gte=F("joined_on"), body=CheckBody.PVG
                ),
                name="membership_linked_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"Check {self.pk}"


class CheckEvent(Event):
    """What happened to a check. No event carries a word about what it says."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="events")


class Assessment(models.Model):
    """One assessor's view, recorded before they can read the other's (V-31); gone with the notes (V-22)."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="assessments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    suitability = models.CharField(_("what you come to"), max_length=20, choices=Suitability)
    conditions = models.CharField(_("on what conditions"), max_length=60, blank=True)  # codes, a space between

    # no points, and no sum of them
    relevance = models.CharField(_("relevance to the role"), max_length=10, choices=Weight)
    seriousness = models.CharField(_("seriousness"), max_length=10, choices=Weight)
    time_since = models.CharField(_("how recent it is"), max_length=10, choices=Weight)
    pattern = models.CharField(_("a pattern"), max_length=10, choices=Weight)
    changed = models.CharField(_("how much has changed since"), max_length=10, choices=Weight)
    openness = models.CharField(_("openness in their declaration"), max_length=10, choices=Weight)
    supervision = models.CharField(_("supervision in the role"), max_length=10, choices=Weight)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["check_of", "assessor"], name="one_view_for_each_assessor")]

    def __str__(self) -> str:
        return f"View on {self.check_of_id}"


class DisclosureNote(models.Model):
    """What assessors need to remember until they have decided: encrypted, and hard-deleted on its day (V-22)."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="notes")
    words = models.BinaryField()  # encrypted
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = DisclosureNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"Note on {self.check_of_id}"


class Tombstone(models.Model):
    """That notes about a check were deleted, when and how many; nothing of what they said (V-22)."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="tombstones")
    deleted_on = models.DateField()
    count = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.count} notes on {self.check_of_id}"
