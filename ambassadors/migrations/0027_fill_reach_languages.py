from django.db import migrations

from ambassadors.enums import OfferingKind
from ambassadors.reach.masks import LANGUAGES_ASKED_FOR

BATCH = 500


def fill_languages(apps, schema_editor):
    Offering, Reach = (apps.get_model("ambassadors", name) for name in ("Offering", "Reach"))
    spoken = Offering.objects.filter(kind=OfferingKind.LANGUAGE).order_by("ambassador", "pk")
    people = {}
    for pk, code in spoken.values_list("ambassador", "code").iterator():
        people.setdefault(pk, set()).add(code)
    alike = {}
    for pk, codes in people.items():
        if mask := LANGUAGES_ASKED_FOR.of(codes):
            alike.setdefault(mask, []).append(pk)
    for mask, keys in alike.items():
        for first in range(0, len(keys), BATCH):
            Reach.objects.filter(ambassador__in=keys[first : first + BATCH]).update(languages=mask)


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0026_languages_and_aims'),
    ]

    operations = [
        migrations.RunPython(fill_languages, migrations.RunPython.noop, elidable=True),
    ]
