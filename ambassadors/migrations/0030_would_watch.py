from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0029_asked_by_hand_alone'),
    ]

    operations = [
        migrations.AddField(
            model_name='ambassador',
            name='would_watch',
            field=models.BooleanField(default=False, verbose_name='would like to watch a visit first'),
        ),
    ]
