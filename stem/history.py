"""What happened, in the order it happened: rows that are added and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that happened to a row: what, by whom, when, and why if a reason was given.

    Each app subclasses this with a foreign key to its own row, `related_name="events"`.
    """

    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=30, help_text=_("The status that this led to."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # A coordinator may act for someone who telephones; the record says so for ever.
    on_behalf_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("History is added to, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("History is added to, never deleted.")


@dataclass(frozen=True)
class Happening:
    """An event in words, for a timeline."""

    title: str
    at: datetime
    by: str
    note: str


def tell(
    events: Iterable[Event], words: Mapping[str, str | Promise], reasons: Mapping[str, str | Promise] | None = None
) -> list[Happening]:
    """These events in an app's own words for their kinds and reasons; who acted, and on whose behalf."""
    return [
        happening(
            words.get(event.kind, event.kind),
            at=event.at,
            by=str(event.by) if event.by else "",
            on_behalf_of=event.on_behalf_of,
            notes=((reasons or {}).get(event.reason, event.reason), event.note),
        )
        for event in events
    ]


def happening(
    title: str | Promise, *, at: datetime, by: str, on_behalf_of: str, notes: Iterable[str | Promise]
) -> Happening:
    """One event in words; without a name it was a rule that acted."""
    by = by or gettext("the scheme’s rules")
    if on_behalf_of:
        by = gettext("%(by)s, on behalf of %(other)s") % {"by": by, "other": on_behalf_of}
    return Happening(str(title), at, by, "\n".join(str(note) for note in notes if note))
