"""What people of the register are found by, made by `ambassadors.search.index` and never by hand; and searches kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Stays
from ambassadors.models.ambassador import Ambassador
from ambassadors.querysets import SavedSearchQuerySet

LONGEST_WORD, LONGEST_TERM = 80, 40


class SearchWord(models.Model):
    """One word that leads to one person, and what of them it is a word of; a person may have several names."""

    pk = models.CompositePrimaryKey("ambassador", "word", "found_by")
    # The key above begins with it, so that one of its own would be a second.
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="search_words", db_index=False)
    word = models.CharField(max_length=LONGEST_WORD)
    # `ambassadors.enums.FoundBy`
    found_by = models.CharField(max_length=2)

    # Found anew from what the record says that goes on.
    when_merged = Stays()

    class Meta:
        indexes = [
            # All three, so that the table itself is not read; PostgreSQL finds beginnings by these classes alone.
            models.Index(
                fields=["word", "found_by", "ambassador"],
                opclasses=["varchar_pattern_ops", "text_ops", "int8_ops"],
                name="search_word_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.ambassador_id}"


class SearchTerm(models.Model):
    """A word of somebody's name or employer by the marks that a slip leaves as they were (`stem.vocabulary`)."""

    text = models.CharField(primary_key=True, max_length=LONGEST_TERM)
    length = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=3)
    end = models.CharField(max_length=3)
    sound = models.CharField(max_length=LONGEST_TERM)

    class Meta:
        indexes = [
            models.Index(fields=["start", "length"], name="search_term_start"),
            models.Index(fields=["end", "length"], name="search_term_end"),
            models.Index(fields=["sound"], name="search_term_sound"),
        ]

    def __str__(self) -> str:
        return self.text


class SavedSearch(models.Model):
    """A search of the register that a member of staff keeps under a name of their own; nobody else sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    # As in the address of the list.
    query = models.CharField(max_length=500)
    saved_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_search_once_a_name")]

    def __str__(self) -> str:
        return self.name
