import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ambassadors.search.index import term_of
from ambassadors.search.words import MISSPELT, OF_FIELD, person_words

BATCH = 500
COLUMNS = ("pk", *OF_FIELD, "known_as", "scheme_number", "said")


def write_words(apps, schema_editor):
    Ambassador = apps.get_model("ambassadors", "Ambassador")
    last = 0
    while portion := list(Ambassador.objects.filter(pk__gt=last).order_by("pk").values(*COLUMNS)[:BATCH]):
        _write(apps, portion)
        last = portion[-1]["pk"]


def _write(apps, portion):
    Membership = apps.get_model("ambassadors", "Membership")
    SearchTerm, SearchWord = (apps.get_model("ambassadors", name) for name in ("SearchTerm", "SearchWord"))
    people = {row["pk"]: (row, [row["said"] or {}], {row["scheme_number"]}) for row in portion}
    for each in Membership.objects.filter(ambassador__in=people):
        _row, said, numbers = people[each.ambassador_id]
        said.append(each.said)
        numbers.add(each.legacy_id)
    rows = [(pk, *each) for pk, of_one in people.items() for each in sorted(person_words(*of_one))]
    SearchWord.objects.bulk_create(SearchWord(ambassador_id=pk, word=word, found_by=by.value) for pk, word, by in rows)
    names = ("text", "length", "start", "end", "sound")
    words = sorted({word for _pk, word, by in rows if by in MISSPELT})
    SearchTerm.objects.bulk_create(
        (SearchTerm(**dict(zip(names, term_of(word)))) for word in words), ignore_conflicts=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0015_uploads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=500)),
                ('saved_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='saved_search_once_a_name')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('text', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('length', models.PositiveSmallIntegerField()),
                ('start', models.CharField(max_length=3)),
                ('end', models.CharField(max_length=3)),
                ('sound', models.CharField(max_length=40)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['start', 'length'], name='search_term_start'),
                    models.Index(fields=['end', 'length'], name='search_term_end'),
                    models.Index(fields=['sound'], name='search_term_sound'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('pk', models.CompositePrimaryKey('ambassador', 'word', 'found_by', blank=True, editable=False, primary_key=True, serialize=False)),
                ('ambassador', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='search_words', to='ambassadors.ambassador')),
                ('word', models.CharField(max_length=80)),
                ('found_by', models.CharField(max_length=2)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['word', 'found_by', 'ambassador'], name='search_word_first', opclasses=['varchar_pattern_ops', 'text_ops', 'int8_ops']),
                ],
            },
        ),
        migrations.AddIndex(
            model_name='ambassador',
            index=models.Index(fields=['full_name', 'id'], name='ambassador_by_name'),
        ),
        migrations.RunPython(write_words, migrations.RunPython.noop, elidable=True),
    ]
