"""What the record says of one thing: who did what about it or read it, and when. Never content (L-03)."""

from typing import Any

from django.db.models import QuerySet

from stem.audit.models import Entry


def entries_about(thing: Any) -> QuerySet[Entry]:
    """Every entry about this row, the latest first."""
    return Entry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk)).order_by("-at", "-pk")
