"""PostgreSQL needs btree_gist for `NoOverlap`; elsewhere this does nothing."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [BtreeGistExtension()]
