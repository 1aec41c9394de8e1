"""Rows that came to a record after another had become part of it, those that belong together as one (rule V-92).

A seat, the hours it takes and the offer it was taken by are one promise: they are never two people's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet, Value

from ambassadors.following import Joins, Moves
from ambassadors.models import Ambassador, Merge
from ambassadors.queries.relations import Relation, relations

KEPT, LOST = "kept", "lost"
# A row by the name of its relation and its key.
Key = tuple[str, Any]


@dataclass
class NewRows:
    """One new row, and those that hang on it."""

    relation: Relation
    row: Model
    # Whose it is where what it hangs on, or was made from, was there before; None where somebody has to say.
    owner: str | None = None
    others: list[tuple[Relation, Model]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called in a form."""
        return f"row.{self.relation.name}.{self.row.pk}"

    @property
    def words(self) -> str:
        """What kind of thing it is."""
        label = str(self.relation.model._meta.verbose_name)
        return label[:1].upper() + label[1:]

    @property
    def now(self) -> str:
        """Which one."""
        return str(self.row)

    @property
    def rows(self) -> list[tuple[Relation, Model]]:
        """All that goes the same way."""
        return [(self.relation, self.row), *self.others]


def new_rows(merge: Merge) -> list[NewRows]:
    """What belongs to the record that goes on, and was neither its own before nor came with the other.

    One query tells which kinds there are; one more for each of them, and one for each kind that may hang on it.
    """
    kinds = {each.name: each for each in relations() if isinstance(each.follow, Moves | Joins)}
    newer = {name: _newer(merge, relation) for name, relation in kinds.items()}
    told = [
        rows.order_by().annotate(which_kind=Value(name)).values_list("which_kind", flat=True)
        for name, rows in newer.items()
    ]
    found: dict[Key, NewRows] = {
        (name, row.pk): NewRows(kinds[name], row)
        for name in sorted(set(told[0].union(*told[1:])))
        for row in newer[name].select_related()
    }
    hanging = dict(_hanging(found, kinds))
    for key, parent in hanging.items():
        if parent in found:
            found[parent].others.append((found[key].relation, found[key].row))
        else:
            found[key].owner = _owner(merge, parent)
    tops = {key: each for key, each in found.items() if hanging.get(key) not in found}
    _settle_by_what_was_there(merge, tops, kinds)
    return list(tops.values())


def _newer(merge: Merge, relation: Relation) -> QuerySet[Model]:
    """The rows of this kind that came after the merge."""
    known = {*merge.had.get(relation.name, ()), *merge.moved.get(relation.name, ())}
    rows = relation.rows(merge.kept).exclude(pk__in=known)
    return rows.exclude(pk=merge.lost_id) if relation.model is Ambassador else rows


def _links(kinds: dict[str, Relation]) -> Iterator[tuple[Relation, str, Relation]]:
    """Which kind of row hangs on which other, by which column."""
    by_model = {each.model: each for each in kinds.values()}
    for relation in kinds.values():
        for column in relation.model._meta.concrete_fields:
            parent = by_model.get(column.related_model) if column.is_relation else None  # type: ignore[arg-type]
            if parent is not None and parent.model is not relation.model and parent.model is not Ambassador:
                yield relation, column.attname, parent


def _hanging(found: dict[Key, NewRows], kinds: dict[str, Relation]) -> Iterator[tuple[Key, Key]]:
    """Each new row that hangs on another of a person's rows, and on which; not what hangs on nobody's."""
    for relation, column, parent in _links(kinds):
        for (name, pk), each in found.items():
            on = getattr(each.row, column) if name == relation.name else None
            if on is not None and _is_theirs(parent, on, found, each):
                yield (name, pk), (parent.name, on)


def _is_theirs(parent: Relation, pk: Any, found: dict[Key, NewRows], each: NewRows) -> bool:
    """Whether the row that this one hangs on is the same person's: an offer may be of a seat that is nobody's."""
    if (parent.name, pk) in found:
        return True
    mine = getattr(each.row, each.relation.model._meta.get_field(each.relation.column).attname)  # type: ignore[union-attr]
    return parent.model._base_manager.filter(pk=pk, **{parent.column: mine}).exists()


def _owner(merge: Merge, key: Key) -> str:
    """Whose a row was before the merge."""
    name, pk = key
    return LOST if pk in merge.moved.get(name, ()) else KEPT


def _settle_by_what_was_there(merge: Merge, tops: dict[Key, NewRows], kinds: dict[str, Relation]) -> None:
    """What came of a row that was there before is its owner's: a seat taken by an offer that had been made to them."""
    for child, column, parent in _links(kinds):
        mine = {pk: each for (name, pk), each in tops.items() if name == parent.name}
        without = [pk for pk, each in mine.items() if all(relation != child for relation, _row in each.others)]
        rows = child.model._base_manager.filter(**{f"{column}__in": without, child.column: merge.kept_id})
        for pk, on in rows.values_list("pk", column) if without else ():
            mine[on].owner = _owner(merge, (child.name, pk))
