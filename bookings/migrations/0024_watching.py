from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0023_risk_assessments'),
    ]

    operations = [
        migrations.AlterField(
            model_name='seat',
            name='kind',
            field=models.CharField(choices=[('lead', 'Lead'), ('shadow', 'Comes along to watch')], default='lead', max_length=10, verbose_name='part'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=Q(('kind', 'shadow')), fields=('visit',), name='one_shadow_place_in_a_visit'),
        ),
    ]
