"""Every kind of row that belongs to a person of the register, whichever app it is in: read from the models."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import ForeignObjectRel, Model, QuerySet

from ambassadors.following import Follow
from ambassadors.models import Ambassador


@dataclass(frozen=True)
class Relation:
    """One column of one table that points at people, and what becomes of its rows when records are merged."""

    model: type[Model]
    column: str
    follow: Follow

    @property
    def name(self) -> str:
        """What it is called where its rows are written down."""
        return f"{self.model._meta.label}.{self.column}"

    def rows(self, person: Ambassador) -> QuerySet[Model]:
        """This person's rows."""
        return self.model._base_manager.filter(**{self.column: person.pk}).order_by("pk")


def relations() -> Iterator[Relation]:
    """All of them. A model that does not say what becomes of its rows raises `AttributeError`: see `following`."""
    for each in Ambassador._meta.get_fields(include_hidden=True):
        if isinstance(each, ForeignObjectRel):
            model: type[Model] = each.related_model
            yield Relation(model, each.field.name, model.when_merged)  # type: ignore[attr-defined]
