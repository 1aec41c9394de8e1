"""What was told of a term, as it was told."""

from django.db import models

from quality.querysets import ReleaseQuerySet
from stem.terms import Term


class Release(models.Model):
    """A term that is over, with all that is ever told of it: no form that comes in later changes a figure (N-02).

    What it holds has passed the door of `quality.suppression`; of people, schools and single visits it holds nothing.
    """

    begins_on = models.DateField(unique=True)
    released_at = models.DateTimeField()
    # The regions by the keys that tables name them with, as they were called then.
    regions = models.JSONField(default=dict)
    # What ratings were like: their mean, spread and weight, and of each kind of visit the mean, where it has enough.
    usual = models.JSONField(default=dict)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_on"]

    def __str__(self) -> str:
        return str(self.term)

    @property
    def term(self) -> Term:
        """Which term it is."""
        return Term(self.begins_on)


class ReleasedTable(models.Model):
    """One table of it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="tables")
    code = models.CharField(max_length=20)
    told = models.JSONField()

    class Meta:
        ordering = ["release", "code"]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="released_table_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.release_id}"
