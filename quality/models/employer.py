"""Employers whose volunteers visit schools, who reads for them, who lets themselves be counted, and what was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from quality.employer_querysets import (
    EmployerAgreementQuerySet,
    EmployerLeadQuerySet,
    EmployerQuerySet,
    EmployerQuoteQuerySet,
    EmployerReleaseQuerySet,
    EmployerSpellingQuerySet,
)
from quality.models.comment import Comment
from stem.terms import Term


class Employer(models.Model):
    """An employer that is told, term by term, what its volunteers have given: never who they are."""

    name = models.CharField(_("name"), max_length=150)
    set_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_up_at = models.DateTimeField()

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="employer_named_once")]

    def __str__(self) -> str:
        return self.name


class EmployerSpelling(models.Model):
    """One way in which people of the register write an employer's name; no two employers share one.

    It counts for the terms that close after it was written down: nobody is told of again under another employer.
    """

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="spellings")
    words = models.CharField(_("as people write it"), max_length=150)
    # What is left of it when case, spaces, punctuation and the kind of firm are (`quality.employers.names`).
    key = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    objects = EmployerSpellingQuerySet.as_manager()

    class Meta:
        ordering = ["words", "pk"]
        constraints = [models.UniqueConstraint(fields=["key"], name="spelling_of_one_employer")]

    def __str__(self) -> str:
        return self.words


class EmployerLead(models.Model):
    """Somebody whom we asked to read an employer's page, and who may until somebody ends it."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="leads")
    # Where they were asked; gone once they have answered, or the invitation was taken back.
    email = models.EmailField(_("work e-mail address"), max_length=254, blank=True)
    # The account that they sign in with, once they have said yes.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = EmployerLeadQuerySet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(ended_at=None) & ~Q(email=""), name="asked_for_one_employer"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="reads_for_one_employer"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, user=None) | Q(accepted_at__isnull=False, user__isnull=False),
                name="lead_who_said_yes_has_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"Lead {self.pk} of employer {self.employer_id}"

    @property
    def address(self) -> str:
        """Where they are reached. Fetch them with their account."""
        return self.user.email if self.user is not None else self.email


class EmployerAgreement(models.Model):
    """That somebody lets the visits that they make from now on be counted for their employer; gone when they do not."""

    ambassador = models.OneToOneField(Ambassador, on_delete=models.CASCADE, related_name="+")
    # The employer they agreed for, as `quality.employers.names` has it: of another they are asked anew.
    key = models.CharField(max_length=300)
    agreed_at = models.DateTimeField()

    when_merged = Joins()
    objects = EmployerAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Agreement of person {self.ambassador_id}"


class EmployerRelease(models.Model):
    """What an employer was told of a term, or of a school year of which no term could be told: once, and unchanged.

    What it holds has passed the door of `quality.suppression`; of people, schools and single visits it holds nothing.
    """

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="releases")
    begins_on = models.DateField()
    is_year = models.BooleanField(default=False)
    released_at = models.DateTimeField()
    told = models.JSONField(default=dict)

    objects = EmployerReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_on", "is_year"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "begins_on", "is_year"], name="employer_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.term} of employer {self.employer_id}"

    @property
    def term(self) -> Term:
        """Which term it is, or with which a year began that is told of as a whole."""
        return Term(self.begins_on)


class EmployerQuote(models.Model):
    """That somebody has read words of a school once more, and found nobody in them: the employer may read them."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="+")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects = EmployerQuoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Comment {self.comment_id}"
