"""Keep the table of reach in step with the people."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from ambassadors import conduct
from ambassadors.enums import RequirementKind
from ambassadors.models import Ambassador, Limits, Offering, Reach, Requirement
from ambassadors.queries.aims import aims_that_count
from ambassadors.reach.rows import Row, Traveller, rows_of
from ambassadors.reach.spans import FOR_EVER, Fact

BATCH = 500
# After so many changes the database takes stock of the table: until it has, PostgreSQL reads it from end to end.
MANY = 2_000


@transaction.atomic(savepoint=False)
def keep_reach(keys: Iterable[int]) -> int:
    """Let matching find these people by what is on record of them now; how many had changed.

    Call it in the transaction that wrote a person's status, place, journey or ways to visit, what they offer or
    have opted in to, their route, a requirement of theirs, or whether they are asked at short notice.
    """
    every = list(dict.fromkeys(keys))
    return sum(_keep_batch(every[at : at + BATCH]) for at in range(0, len(every), BATCH))


def keep_everyone() -> int:
    """The same for everybody, a portion in one short transaction; how many had to be put right.

    A sweep: it may run twice, or be cut short and run again.
    """
    changed = sum(keep_reach(portion) for portion in Ambassador.objects.keys_in_portions(BATCH))
    if changed > MANY:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(Reach._meta.db_table)}")
    return changed


def reach_of(keys: Iterable[int]) -> dict[int, set[Row]]:
    """The rows that each of these people should have; none for who takes no part. Five queries for however many."""
    columns = Ambassador.objects.active().filter(pk__in=list(keys)).values_list(*Traveller._fields)
    people = {row[0]: Traveller(*row) for row in columns}
    offered: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pk, kind, code in Offering.objects.filter(ambassador__in=people).values_list("ambassador_id", "kind", "code"):
        offered[pk][kind].append(code)
    limits = Limits.objects.filter(ambassador__in=people, at_short_notice=True)
    soon = set(limits.values_list("ambassador_id", flat=True))
    facts, aims = _facts_about(people), aims_that_count(people)
    return {
        pk: set(rows_of(person, offered[pk], facts[pk], at_short_notice=pk in soon, aims=aims.get(pk, ())))
        for pk, person in people.items()
    }


def _facts_about(people: Iterable[int]) -> dict[int, list[Fact]]:
    """The requirements of each of these people that count on some day."""
    rows = Requirement.objects.filter(ambassador__in=people, withdrawn_at__isnull=True)
    rows = rows.exclude(kind=RequirementKind.CRC, confirmed_by__isnull=True)
    found: dict[int, list[Fact]] = defaultdict(list)
    names = ("ambassador_id", "pk", "kind", "body", "started_on", "valid_until", "barred_list", "conditions")
    for pk, key, kind, body, first, until, barred_list, conditions in rows.values_list(*names):
        last = conduct.last_day(first, until) if kind == RequirementKind.CODE else until
        found[pk].append(Fact(key, kind, body, first, last or FOR_EVER, barred_list, conditions))
    return found


def _keep_batch(keys: list[int]) -> int:
    """Write what differs; whoever's rows differ is written anew.

    Each person is held until then, so that the sweep and whoever changes them write one after the other.
    """
    list(Ambassador.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    kept: dict[int, set[Row]] = defaultdict(set)
    for row in Reach.objects.filter(ambassador__in=keys).values_list(*Row._fields):
        kept[row[0]].add(Row(*row))
    wanted = reach_of(keys)
    changed = [pk for pk in keys if kept[pk] != wanted.get(pk, set())]
    if lost := [pk for pk in changed if kept[pk]]:
        Reach.objects.filter(ambassador__in=lost).delete()
    rows = (Reach(**row._asdict()) for pk in changed for row in wanted.get(pk, ()))
    Reach.objects.bulk_create(rows, batch_size=BATCH)
    return len(changed)
