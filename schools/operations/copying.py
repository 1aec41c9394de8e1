"""Carry what was staged over to the schools, and back again: set by set, in statements that both databases know.

Row by row a first load would hold SQLite's one pen for ten seconds; these hold it for less than one.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q

from schools.models import Disadvantage, School, SchoolVersion, Succession
from schools.operations.reconciling import COPIED, Staged
from schools.search.index import remove_words
from stem.loads.models import Load

_SCHOOL, _VERSION = School._meta.db_table, SchoolVersion._meta.db_table
_COLUMNS = ", ".join(f'"{name}"' for name in COPIED)
AT_ONCE = 5_000  # keys in one statement: SQLite takes 32,766
_SET = ", ".join(f'"{name}" = v."{name}"' for name in COPIED)


def stage_versions(load: Load, rows: Iterable[Staged]) -> None:
    """Keep what a load brings until it comes into force, in one short transaction."""
    values = [(load.pk, school, line, is_new, *columns) for school, line, is_new, columns in rows]
    names = f'"load_id", "school_id", "line", "is_new", {_COLUMNS}'
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # As INSERTs these take three times as long.
            with cursor.copy(f'COPY "{_VERSION}" ({names}) FROM STDIN') as copy:
                for row in values:
                    copy.write_row(row)
            return
        days = [4 + at for at, name in enumerate(COPIED) if name in ("opened_on", "closed_on")]
        for at, row in enumerate(values):
            values[at] = tuple(str(cell) if cell and place in days else cell for place, cell in enumerate(row))
        marks = ", ".join(["%s"] * (4 + len(COPIED)))
        cursor.executemany(f'INSERT INTO "{_VERSION}" ({names}) VALUES ({marks})', values)  # noqa: S608  our own names


def copy_into_schools(load: Load) -> None:
    """Change the schools that this load staged, and add the new ones, within the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{_SCHOOL}" SET {_SET} FROM "{_VERSION}" v '  # noqa: S608  names of our own columns
            f'WHERE v."load_id" = %s AND v."school_id" = "{_SCHOOL}"."id"',
            [load.pk],
        )
        cursor.execute(
            f'INSERT INTO "{_SCHOOL}" ({_COLUMNS}) SELECT {_COLUMNS} FROM "{_VERSION}" '  # noqa: S608
            'WHERE "load_id" = %s AND "school_id" IS NULL ORDER BY "id"',
            [load.pk],
        )
        cursor.execute(
            f'UPDATE "{_VERSION}" SET "school_id" = s."id" FROM "{_SCHOOL}" s '  # noqa: S608
            f'WHERE "{_VERSION}"."load_id" = %s AND "{_VERSION}"."school_id" IS NULL '
            f'AND s."register" = "{_VERSION}"."register" AND s."register_number" = "{_VERSION}"."register_number"',
            [load.pk],
        )


def restore_from_versions(load: Load) -> None:
    """Make the schools that this load changed what the loads before it made them."""
    before = (
        SchoolVersion.objects.that_came_into_force()
        .filter(school__in=SchoolVersion.objects.filter(load=load, is_new=False).values("school"))
        .exclude(load=load)
        .order_by()
    )
    latest = sorted({school: version for version, school in before.order_by("pk").values_list("pk", "school")}.values())
    with connection.cursor() as cursor:
        for start in range(0, len(latest), AT_ONCE):
            keys = latest[start : start + AT_ONCE]
            cursor.execute(
                f'UPDATE "{_SCHOOL}" SET {_SET} FROM "{_VERSION}" v '  # noqa: S608  names of our own columns
                f'WHERE v."id" IN ({", ".join(["%s"] * len(keys))}) AND v."school_id" = "{_SCHOOL}"."id"',
                keys,
            )


def take_away_new_schools(load: Load) -> None:
    """Take away the schools that this load brought, but for those that somebody has asked to act for."""
    brought = SchoolVersion.objects.filter(load=load, is_new=True).values("school")
    unused = School.objects.filter(pk__in=brought, contacts__isnull=True, domains__isnull=True)
    keys = list(unused.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        Succession.objects.filter(Q(predecessor__in=some) | Q(successor__in=some)).delete()
        Disadvantage.objects.filter(school__in=some).delete()
        remove_words(some)
        SchoolVersion.objects.filter(school__in=some).update(school=None)
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(some))
            # What else could point here has a contact before it: the databases themselves would refuse the rest.
            cursor.execute(f'DELETE FROM "{_SCHOOL}" WHERE "id" IN ({marks})', some)  # noqa: S608  our own table
