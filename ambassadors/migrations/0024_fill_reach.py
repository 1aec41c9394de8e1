from collections import defaultdict

from django.db import migrations

from ambassadors import conduct
from ambassadors.enums import AmbassadorStatus, RequirementKind
from ambassadors.reach.rows import Traveller, rows_of
from ambassadors.reach.spans import FOR_EVER, Fact

BATCH = 500


def fill_reach(apps, schema_editor):
    Ambassador = apps.get_model("ambassadors", "Ambassador")
    people = Ambassador.objects.filter(status=AmbassadorStatus.ACTIVE).order_by("pk").values_list(*Traveller._fields)
    last = 0
    while portion := [Traveller(*row) for row in people.filter(pk__gt=last)[:BATCH]]:
        _fill(apps, portion)
        last = portion[-1].pk


def _fill(apps, people):
    Offering, Limits, Reach = (apps.get_model("ambassadors", name) for name in ("Offering", "Limits", "Reach"))
    keys = [each.pk for each in people]
    offered = defaultdict(lambda: defaultdict(list))
    for pk, kind, code in Offering.objects.filter(ambassador__in=keys).values_list("ambassador", "kind", "code"):
        offered[pk][kind].append(code)
    soon = set(Limits.objects.filter(ambassador__in=keys, at_short_notice=True).values_list("ambassador", flat=True))
    facts = _facts_about(apps, keys)
    # What later columns say is filled in where they are made.
    columns = {field.attname for field in Reach._meta.concrete_fields}
    Reach.objects.bulk_create(
        Reach(**{name: told for name, told in row._asdict().items() if name in columns})
        for each in people
        for row in rows_of(each, offered[each.pk], facts[each.pk], at_short_notice=each.pk in soon)
    )


def _facts_about(apps, keys):
    rows = apps.get_model("ambassadors", "Requirement").objects.filter(ambassador__in=keys, withdrawn_at=None)
    rows = rows.exclude(kind=RequirementKind.CRC, confirmed_by=None)
    facts = defaultdict(list)
    names = ("ambassador", "pk", "kind", "body", "started_on", "valid_until", "barred_list", "conditions")
    for pk, key, kind, body, first, until, barred_list, conditions in rows.values_list(*names):
        last = conduct.last_day(first, until) if kind == RequirementKind.CODE else until
        facts[pk].append(Fact(key, kind, body, first, last or FOR_EVER, barred_list, conditions))
    return facts


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0023_reach'),
    ]

    operations = [
        migrations.RunPython(fill_reach, migrations.RunPython.noop, elidable=True),
    ]
