"""The demonstration's post office: what would have been e-mail, kept to be read on a page."""

from typing import ClassVar

from django.db import models


class Message(models.Model):
    """One e-mail that left."""

    sent_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=300, db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Message"]] = models.Manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
