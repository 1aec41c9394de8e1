"""What was written on forms before each text had its own reading."""

from datetime import timedelta

from django.db import migrations

WRITTEN = ("T12", "T13", "A10")


def put_before_readers(apps, schema_editor):
    """Each text as it stands: passed on, read and not passed on, or still to be read."""
    Comment = apps.get_model("quality", "Comment")
    forms = apps.get_model("quality", "Feedback").objects.exclude(status="invited").order_by("pk")
    for form in forms.iterator(chunk_size=500):
        Comment.objects.bulk_create(
            Comment(
                feedback=form,
                code=code,
                status=_status(form, code),
                read_by=form.submitted_at.date() + timedelta(days=1),
            )
            for code in WRITTEN
            if form.answers.get(code)
        )


def _status(form, code):
    if code not in form.shared_words:
        return "waiting" if form.status == "submitted" else "kept"
    return "released" if form.shared_words[code].split() == form.answers[code].split() else "redacted"


class Migration(migrations.Migration):

    dependencies = [("quality", "0014_comments")]

    operations = [migrations.RunPython(put_before_readers, migrations.RunPython.noop)]
