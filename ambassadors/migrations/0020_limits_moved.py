from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0019_time'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='ambassador',
            name='max_visits_term',
        ),
    ]
