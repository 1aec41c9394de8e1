"""A reason to look at how somebody's visits go, or at how a school receives them, until a person has decided."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.models import Visit
from quality.enums import CaseOutcome, CaseRule, CaseStatus
from quality.querysets import CaseQuerySet
from schools.models import School
from stem.history import Event


class Case(models.Model):
    """What gave reason for it, and what became of it (rule 2.5). It changes nothing by itself.

    It is about one ambassador or, by R9 alone, about one school. `evidence` is what the rule saw when it saw it: of
    each visit the form, and its answers to the questions that the rule goes by. Forms never change, nor does it.
    """

    rule = models.CharField(_("reason"), max_length=4, choices=CaseRule)
    ambassador = models.ForeignKey(Ambassador, null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    # The visit that was one too many.
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=list)
    status = models.CharField(_("status"), max_length=10, choices=CaseStatus, default=CaseStatus.OPEN)
    opened_at = models.DateTimeField()
    act_by = models.DateField(_("to be acted on by"))
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    # their side
    asked = models.TextField(_("what we asked"), max_length=2000, blank=True)
    reply_by = models.DateField(_("to be answered by"), null=True)
    reply = models.TextField(_("their side"), max_length=4000, blank=True)

    # the decision
    decision = models.CharField(_("decision"), max_length=10, choices=CaseOutcome, blank=True)
    told = models.TextField(_("what we told them"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["act_by", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "rule", "visit"], name="one_case_of_a_rule_per_visit"),
            models.UniqueConstraint(fields=["school", "rule", "visit"], name="one_case_about_a_school_per_visit"),
            models.CheckConstraint(
                condition=Q(ambassador__isnull=False, school__isnull=True)
                | Q(ambassador__isnull=True, school__isnull=False, rule=CaseRule.R9),
                name="case_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.DECIDED, decided_at__isnull=False) & ~Q(decision="")
                | ~Q(status=CaseStatus.DECIDED) & Q(decided_at__isnull=True, decision=""),
                name="decided_case_has_its_decision",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.ASKED) | Q(reply_by__isnull=False), name="asked_case_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["status", "act_by"], name="case_by_status_and_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people quote on the telephone; it tells nothing."""
        return f"Q{self.pk:05d}"

    @property
    def about(self) -> Any:
        """Whom it is about: an ambassador, or a school."""
        return self.ambassador or self.school

    @property
    def forms(self) -> list[int]:
        """The forms that its rule saw, by their keys."""
        return [each["form"] for each in self.evidence if each.get("form")]


class CaseEvent(Event):
    """What was done about a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
