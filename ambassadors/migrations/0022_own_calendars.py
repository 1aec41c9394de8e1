import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0021_short_notice'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.BinaryField(null=True)),
                ('host', models.CharField(blank=True, max_length=255, verbose_name='server')),
                ('digest', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('due_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('until', models.DateField(null=True)),
                ('etag', models.CharField(blank=True, max_length=1000)),
                ('last_modified', models.CharField(blank=True, max_length=1000)),
                ('events', models.PositiveIntegerField(default=0)),
                ('problems', models.JSONField(default=list)),
                ('failed', models.TextField(blank=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendars', to='ambassadors.ambassador')),
            ],
            options={
                'verbose_name': 'own calendar',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BusyTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('calendar', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='busy', to='ambassadors.owncalendar')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='owncalendar',
            index=models.Index(fields=['due_at'], name='own_calendar_by_due'),
        ),
        migrations.AddConstraint(
            model_name='owncalendar',
            constraint=models.UniqueConstraint(fields=('ambassador', 'digest'), name='own_calendar_once'),
        ),
        migrations.AddConstraint(
            model_name='owncalendar',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address__isnull', True), ('due_at__isnull', True), ('host', '')), models.Q(('address__isnull', False), ('due_at__isnull', False), models.Q(('host', ''), _negated=True)), _connector='OR'), name='own_calendar_address_or_file'),
        ),
        migrations.AddIndex(
            model_name='busytime',
            index=models.Index(fields=['day', 'starts_at', 'ends_at', 'calendar'], name='busy_by_day'),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='busy_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.UniqueConstraint(fields=('calendar', 'starts_at'), name='busy_once_at_a_time'),
        ),
    ]
