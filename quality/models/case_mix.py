"""What ratings are like in the scheme, as they were last reckoned."""

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from quality.querysets import CaseMixQuerySet
from quality.statistics import Usual


class Kind(NamedTuple):
    """A kind of visit: what is done, and with which ages (rule S-02)."""

    activity: str
    stage: str


class CaseMix(models.Model):
    """What is usual among the ratings of 24 months, and what each kind of visit makes of them (rules S-02, S-03).

    The latest is in force, and those before it stay. It is of nobody, and of no school; yet one more form moves it, so
    that nobody reads it before a term's figures are released (rule N-02).
    """

    reckoned_on = models.DateField(_("reckoned on"), unique=True)
    ratings = models.PositiveIntegerField()
    mu = models.FloatField()
    sigma = models.FloatField()
    k = models.FloatField()
    # Of each kind of visit: activity, stage, how many ratings, and their mean as it is drawn towards that of all.
    kinds = models.JSONField(default=list)

    objects = CaseMixQuerySet.as_manager()

    class Meta:
        ordering = ["-reckoned_on"]

    def __str__(self) -> str:
        return f"{self.reckoned_on:%Y-%m-%d}: {self.mu:.2f}"

    @property
    def usual(self) -> Usual:
        """What is usual."""
        return Usual(self.mu, self.sigma, self.k)

    @property
    def means(self) -> dict[Any, float]:
        """The mean of each kind of visit."""
        return {Kind(activity, stage): mean for activity, stage, _n, mean in self.kinds}
