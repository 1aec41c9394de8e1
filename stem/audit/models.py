"""The record that an investigation reads: who did or saw what, and when. Never content (L-03)."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from stem.promises import AppendOnly


class Entry(models.Model):
    """One act or one reading of restricted data."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40, default="done")
    # From where it came (L-03), as `stem.audit.origin` knows it. A program of before, in an update, says nothing of it.
    page = models.CharField(max_length=80, db_default="")
    part = models.CharField(max_length=120, db_default="")
    request = models.CharField(max_length=16, db_default="")
    address = models.CharField(max_length=39, db_default="")

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_entry_object")]
        constraints = [AppendOnly(name="audit_entry_is_only_added_to")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}/{self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The audit record is added to, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit record is added to, never deleted.")


class Seal(models.Model):
    """One link of the chain: every entry above the seal before, up to `last`, stood so when it was made (L-01).

    Entries are told by their numbers and not by a key, so that a batch can be retired whole and its seal remain.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    version = models.PositiveSmallIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField()
    # The digests, in hexadecimal: of the seal before, of the batch's entries, and of this seal with both of them.
    previous = models.CharField(max_length=64)
    contents = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    # The beginning of each entry's own digest, in their order: they prove nothing, and say which entry was touched.
    marks = models.BinaryField()

    class Meta:
        constraints = [AppendOnly(name="audit_seal_is_only_added_to")]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A seal is set once, never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A seal is set once, never deleted.")
