"""Worries go by the rules: encrypted, each under what it was taken to be, and closed by two."""

import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from stem.encryption import encrypted

TOLD = ("told_by", "told_by_role", "contact", "words")


def seal(apps, schema_editor):
    """Encrypt what was told and written down, and let each worry stand where the rules have it.

    What one person has closed waits for a second one; possible harm waits for the designated officer's reference.
    """
    Concern, Event = (apps.get_model("quality", name) for name in ("Concern", "ConcernEvent"))
    for event in Event.objects.exclude(note=""):
        Event.objects.filter(pk=event.pk).update(sealed_note=encrypted(event.note), note="")
    for concern in Concern.objects.all():
        concern.account = encrypted(json.dumps({name: getattr(concern, name) for name in TOLD}))
        if concern.status != "raised":
            events = Event.objects.filter(concern=concern).order_by("at", "pk")
            looked, closed = events.filter(kind="triage").first(), events.filter(kind="close").last()
            concern.triaged_at = looked.at if looked else concern.raised_at
            if concern.level == "harm_threshold":
                concern.status, concern.harm_at = "harm_threshold", concern.triaged_at
            elif concern.status == "closed":
                concern.status, concern.close_proposed_by_id = "closing", closed.by_id if closed else None
            else:
                concern.status = concern.level
        concern.save()
    if schema_editor.connection.vendor == "postgresql":
        # What checks the keys has to be done with before the table changes.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0030_would_watch'),
        ('bookings', '0025_lessons'),
        ('quality', '0008_releases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Glass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='concern',
            name='account',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='concern',
            name='ambassador',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ambassadors.ambassador'),
        ),
        migrations.AddField(
            model_name='concern',
            name='close_proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='concern',
            name='closed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='concern',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='concern',
            name='handed_to',
            field=models.CharField(blank=True, choices=[('quality', 'Those who look after quality'), ('complaint', 'A complaint')], max_length=10, verbose_name='who goes on'),
        ),
        migrations.AddField(
            model_name='concern',
            name='harm_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='concern',
            name='head_told_at',
            field=models.DateTimeField(null=True, verbose_name='the headteacher was told'),
        ),
        migrations.AddField(
            model_name='concern',
            name='officer_reference',
            field=models.CharField(blank=True, max_length=60, verbose_name="the officer's reference"),
        ),
        migrations.AddField(
            model_name='concern',
            name='officer_told_at',
            field=models.DateTimeField(null=True, verbose_name='the designated officer was told'),
        ),
        migrations.AddField(
            model_name='concern',
            name='finding',
            field=models.CharField(blank=True, choices=[('substantiated', 'Substantiated: enough to prove it'), ('unsubstantiated', 'Unsubstantiated: not enough to prove or disprove it'), ('unfounded', 'Unfounded: nothing supports it'), ('false', 'False: disproved'), ('malicious', 'Malicious: disproved, and meant to deceive')], max_length=20, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='concern',
            name='passed_at',
            field=models.DateTimeField(null=True, verbose_name="the school's lead was rung"),
        ),
        migrations.AddField(
            model_name='concern',
            name='triaged_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='concernevent',
            name='sealed_note',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='concern',
            name='level',
            field=models.CharField(blank=True, choices=[('child_welfare', "About a child's welfare, not about the adult: the school's lead deals with it"), ('harm_threshold', 'An adult may have harmed a child, or may be a risk to children'), ('low_level', 'Low level: any doubt about an adult that is below that'), ('not_safeguarding', 'Not a safeguarding matter')], max_length=20, verbose_name='taken to be'),
        ),
        migrations.AlterField(
            model_name='concern',
            name='status',
            field=models.CharField(choices=[('raised', 'Nobody has looked at it yet'), ('child_welfare', 'About a child: to be passed on'), ('harm_threshold', 'Possible harm: to be referred'), ('low_level', 'Low level'), ('not_safeguarding', 'Not safeguarding'), ('referred', 'Passed on'), ('outcome', 'Outcome known'), ('actions', 'Dealt with'), ('closing', 'Closing it waits for a second person'), ('closed', 'Closed')], default='raised', max_length=20, verbose_name='status'),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='concern',
            name='account',
            field=models.BinaryField(),
        ),
        migrations.RemoveField(
            model_name='concern',
            name='contact',
        ),
        migrations.RemoveField(
            model_name='concern',
            name='told_by',
        ),
        migrations.RemoveField(
            model_name='concern',
            name='told_by_role',
        ),
        migrations.RemoveField(
            model_name='concern',
            name='words',
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['ambassador', 'level'], name='worry_about_whom'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', ''), ('status', 'raised'), ('triaged_at__isnull', True)), models.Q(models.Q(('status', 'raised'), _negated=True), models.Q(('level', ''), _negated=True), ('triaged_at__isnull', False)), _connector='OR'), name='worry_looked_at_has_its_level'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'harm_threshold'), _negated=True), ('status', 'harm_threshold'), models.Q(('officer_told_at__isnull', False), models.Q(('officer_reference', ''), _negated=True)), _connector='OR'), name='worry_of_harm_has_its_reference'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status', 'closed'), ('close_proposed_by__isnull', False), models.Q(('closed_by', models.F('close_proposed_by')), _negated=True)), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True), ('closed_by__isnull', True)), _connector='OR'), name='worry_is_closed_by_two'),
        ),
        migrations.AddField(
            model_name='glass',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='glass',
            name='concern',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='broken_by', to='quality.concern'),
        ),
    ]
