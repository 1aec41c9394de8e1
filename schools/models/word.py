"""The words that schools are found by: made from the rows of schools by `schools.search.index`, never by hand."""

from django.db import models

from schools.models.school import School

LONGEST = 40


class Word(models.Model):
    """A word of the names and towns of schools, by the marks that a slip leaves as they were."""

    text = models.CharField(primary_key=True, max_length=LONGEST)
    length = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=3)
    end = models.CharField(max_length=3)
    sound = models.CharField(max_length=LONGEST)
    # How many schools have it: a rare word says more than a common one, and is quicker to follow.
    schools = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["start", "length"], name="word_start"),
            models.Index(fields=["end", "length"], name="word_end"),
            models.Index(fields=["sound"], name="word_sound"),
        ]

    def __str__(self) -> str:
        return self.text


class SchoolWord(models.Model):
    """One school under one of its words, with all of them beside it, so that one reading is enough to compare."""

    pk = models.CompositePrimaryKey("word", "school")
    word = models.CharField(max_length=LONGEST)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="words")
    # The words of the name, a bar, and the words of the town.
    text = models.CharField(max_length=400)

    def __str__(self) -> str:
        return f"{self.word}: {self.text}"
