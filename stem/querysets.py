"""What every queryset of ours can do."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from stem.rules import Kind, refuse

Row = TypeVar("Row", bound=models.Model)


class HouseQuerySet(models.QuerySet[Row]):
    """A queryset that can fetch one row afresh and hold it until the transaction ends."""

    def related(self, name: str) -> Any:
        """All rows that point here under this related name, through their own queryset: the start of a subquery."""
        model: Any = self.model._meta.get_field(name).related_model
        return model.objects.all()

    def keys_in_portions(self, size: int) -> Iterator[list[int]]:
        """The keys of these rows in their order, so many at a time: for a sweep of short transactions.

        Each portion is asked for when the one before it is done with, so that what was written meanwhile is seen.
        """
        last = 0
        while portion := list(self.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
            yield portion
            last = portion[-1]

    def locked(self, row: Row) -> Row:
        """This row as the database has it now, held against other writers.

        PostgreSQL: FOR NO KEY UPDATE, so that rows that merely refer to it need not wait. SQLite holds the whole
        database from the start of every transaction that writes. Refuses with `gone` when it was deleted meanwhile.
        """
        try:
            return self.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
        except ObjectDoesNotExist:
            raise refuse("gone", Kind.STATE, _("This is no longer here: it has just been deleted.")) from None
