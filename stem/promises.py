"""Promises that the database itself keeps, the same on SQLite and PostgreSQL, and how a broken one is put in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint

from stem.rules import Reason, Refusal


class NoOverlap(BaseConstraint):
    """No two rows with the same `same` may have intervals [`starts`, `ends`) that overlap.

    PostgreSQL keeps it with an exclusion constraint (btree_gist), SQLite with triggers. Half-open: what ends at 10:00
    does not clash with what starts at 10:00. Django asks for `constraint_sql` at every creation *and every remake* of
    an SQLite table, which is why the triggers, added there, survive remakes where a plain RunSQL would lose them.
    """

    # What two rows may not both hold, on PostgreSQL; and when two of them do, on SQLite.
    held = 'tstzrange("{starts}", "{ends}")'
    clash = 'other."{starts}" < NEW."{ends}" AND NEW."{starts}" < other."{ends}"'

    def __init__(self, *, name: str, same: str, starts: str, ends: str) -> None:
        super().__init__(name=name)
        self.same, self.starts, self.ends = same, starts, ends

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """How a migration writes this down."""
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), {**kwargs, "same": self.same, "starts": self.starts, "ends": self.ends}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NoOverlap):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    __hash__ = BaseConstraint.__hash__

    def _columns(self, model: type[models.Model]) -> dict[str, str]:
        column = {key: _column(model, getattr(self, key)) for key in ("starts", "ends")}
        same = [_column(model, name) for name in self._same()]
        return {
            **column,
            "name": self.name,
            "same_with": ", ".join(f'"{each}" WITH =' for each in same),
            "same_as": " AND ".join(f'other."{each}" = NEW."{each}"' for each in same),
        }

    def _same(self) -> tuple[str, ...]:
        return (self.same,)

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """What stands inside CREATE TABLE; on SQLite nothing does, and the triggers follow it."""
        assert model is not None and schema_editor is not None
        columns = self._columns(model)
        if schema_editor.connection.vendor == "postgresql":
            held = self.held.format(**columns)
            return 'CONSTRAINT "{name}" EXCLUDE USING gist ({same_with}, {held} WITH &&)'.format(held=held, **columns)
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor, columns))
        return ""

    def _triggers(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, columns: dict[str, str]
    ) -> list[Statement]:
        # A Statement with a Table, not plain text: a remade table is renamed, and its references must follow.
        template = (
            'CREATE TRIGGER "{name}_{event}" BEFORE {when} ON %(table)s '
            "WHEN EXISTS (SELECT 1 FROM %(table)s AS other WHERE {same_as} "
            'AND other."id" IS NOT NEW."id" AND {clash}) '
            "BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        clash = self.clash.format(**columns)
        table = Table(model._meta.db_table, schema_editor.quote_name)
        moments = {"insert": "INSERT", "update": "UPDATE"}
        return [
            Statement(template.format(**columns, clash=clash, event=event, when=when), table=table)
            for event, when in moments.items()
        ]

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """How PostgreSQL adds it to a table that stands; SQLite remakes the table instead."""
        assert model is not None and schema_editor is not None
        return f'ALTER TABLE "{model._meta.db_table}" ADD {self.constraint_sql(model, schema_editor)}'

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """How PostgreSQL takes it away; SQLite remakes the table instead."""
        assert model is not None
        return f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"'

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database: only it sees what others are writing at this moment."""


class NoSharedDay(NoOverlap):
    """No two rows with the same `same` and the same `of` may hold the same day, from `starts` to `ends` inclusive."""

    held = 'daterange("{starts}", "{ends}", \'[]\')'
    clash = 'other."{starts}" <= NEW."{ends}" AND NEW."{starts}" <= other."{ends}"'

    def __init__(self, *, name: str, same: str, of: str, starts: str, ends: str) -> None:
        super().__init__(name=name, same=same, starts=starts, ends=ends)
        self.of = of

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """How a migration writes this down."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "of": self.of}

    __hash__ = BaseConstraint.__hash__

    def _same(self) -> tuple[str, ...]:
        return (self.same, self.of)


class AppendOnly(BaseConstraint):
    """Rows are added, and never changed, replaced, deleted or emptied out afterwards (rule L-01).

    Triggers keep it on both databases, and stand in the same place as those of `NoOverlap` for the same reason. SQLite
    has one more: its INSERT OR REPLACE takes the old row away without a word to the trigger on deleting.
    """

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AppendOnly):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    __hash__ = BaseConstraint.__hash__

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Nothing stands inside CREATE TABLE; the triggers follow it."""
        assert model is not None and schema_editor is not None
        templates = _REFUSING[schema_editor.connection.vendor]
        table = Table(model._meta.db_table, schema_editor.quote_name)
        assert model._meta.pk is not None
        key = model._meta.pk.column
        schema_editor.deferred_sql.extend(
            Statement(template.format(name=self.name, key=key), table=table) for template in templates
        )
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """How PostgreSQL adds it to a table that stands; SQLite remakes the table instead."""
        return self.constraint_sql(model, schema_editor)

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """How PostgreSQL takes it away; SQLite remakes the table instead."""
        assert model is not None
        table = model._meta.db_table
        return "; ".join(f'DROP TRIGGER "{self.name}_{event}" ON "{table}"' for event in ("change", "truncate"))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database: what is added is always allowed."""


@contextmanager
def deleting_allowed(model: type[models.Model]) -> Iterator[None]:
    """Within this, rows of an append-only table may be deleted by whoever owns it; the database refuses anybody else.

    What is lifted is the transaction's: others read on meanwhile, nobody else writes, and whatever ends it early leaves
    the refusal where it was.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Lift what refuses within one transaction, which restores it whatever happens.")
    [name] = [each.name for each in model._meta.constraints if isinstance(each, AppendOnly)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table is not altered while what refers to its rows has yet to be looked at.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER "{name}_change"')
            again = f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER "{name}_change"'
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{name}_delete"])
            [again] = cursor.fetchone()
            cursor.execute(f'DROP TRIGGER "{name}_delete"')
        yield
        cursor.execute(again)


# The function stays when a table goes: it refuses, for whichever table asks it to.
_REFUSING = {
    "postgresql": (
        """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION
        USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0]; END $$""",
        """CREATE TRIGGER "{name}_change" BEFORE UPDATE OR DELETE ON %(table)s
        FOR EACH ROW EXECUTE FUNCTION refuse_change('{name}')""",
        """CREATE TRIGGER "{name}_truncate" BEFORE TRUNCATE ON %(table)s
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{name}')""",
    ),
    "sqlite": (
        """CREATE TRIGGER "{name}_update" BEFORE UPDATE ON %(table)s BEGIN SELECT RAISE(ABORT, '{name}'); END""",
        """CREATE TRIGGER "{name}_delete" BEFORE DELETE ON %(table)s BEGIN SELECT RAISE(ABORT, '{name}'); END""",
        """CREATE TRIGGER "{name}_replace" BEFORE INSERT ON %(table)s
        WHEN EXISTS (SELECT 1 FROM %(table)s WHERE "{key}" = NEW."{key}")
        BEGIN SELECT RAISE(ABORT, '{name}'); END""",
    ),
}


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def broken_promise(error: IntegrityError, model: type[models.Model]) -> str | None:
    """The name of this model's constraint that the database says was violated, or None when it was another.

    PostgreSQL names it; SQLite names checks and our triggers, but for a unique index it only lists the columns.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name)
    text = str(error)
    for constraint in model._meta.constraints:
        table = model._meta.db_table
        fields = getattr(constraint, "fields", ())
        columns = ", ".join(f"{table}.{_column(model, field)}" for field in fields)
        if constraint.name in text or (columns and text.endswith(f": {columns}")):
            return constraint.name
    return None


@contextmanager
def kept(model: type[models.Model], **refusals: Reason) -> Iterator[None]:
    """Write within a savepoint; a violated constraint named in `refusals` comes back as that refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        reason = refusals.get(broken_promise(error, model) or "")
        if reason is None:
            raise
        raise Refusal(reason) from error
