"""Numbers that people have shown to be theirs, and the outbox of texts: each a fact to tell, and what became of it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stem.history import Event
from stem.letters.models import looks_after_letters
from stem.querysets import HouseQuerySet
from stem.texts.enums import TextStatus
from stem.texts.hours import is_sensible, next_morning
from stem.texts.numbers import mobile_in_words
from stem.texts.workflow import TEXT

if TYPE_CHECKING:
    from stem.accounts.models import User

TONES = {
    TextStatus.WAITING: "waiting",
    TextStatus.SENDING: "waiting",
    TextStatus.SENT: "good",
    TextStatus.HELD: "warning",
    TextStatus.CANCELLED: "neutral",
    TextStatus.NOT_NEEDED: "neutral",
    TextStatus.NOT_WANTED: "neutral",
    TextStatus.TOO_LATE: "bad",
    TextStatus.FAILED: "bad",
}
CODE_GOOD_FOR = timedelta(minutes=15)
TRIES = 3


class TextNumber(models.Model):
    """The mobile number to which someone has asked to be texted, once they have shown that it is theirs."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16)
    proven_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"The number of {self.user_id}"

    @property
    def in_words(self) -> str:
        """The number as its owner writes it."""
        return mobile_in_words(self.number)


class NumberProof(models.Model):
    """A number that someone says is theirs, while they look for the code that was sent to it.

    The code itself is nowhere: this has a seed, which the server's key turns into it (`stem/texts/codes.py`).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16)
    seed = models.CharField(max_length=32)
    asked_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="number_proof_few_tries", condition=Q(tries__lte=TRIES))]

    def __str__(self) -> str:
        return f"What {self.user_id} has yet to show"

    @property
    def in_words(self) -> str:
        """The number as its owner writes it."""
        return mobile_in_words(self.number)

    @property
    def runs_out_at(self) -> datetime:
        """From when on the code opens nothing."""
        return self.asked_at + CODE_GOOD_FOR


class TextQuerySet(HouseQuerySet["Text"]):
    """Texts, as the worker and the scheme's staff ask for them."""

    def ready(self, at: datetime) -> "TextQuerySet":
        """Those to be sent now: due and waiting, or left behind by a worker that was killed, and still of use.

        At night only what nobody can wait for: what its reader has just asked for, and what morning would be too late
        for.
        """
        due = Q(status=TextStatus.WAITING, next_try_at__lte=at)
        left_behind = Q(status=TextStatus.SENDING, claimed_until__lte=at)
        ready = self.filter(due | left_behind, until__gt=at)
        if is_sensible(at):
            return ready
        return ready.filter(Q(at_any_hour=True) | Q(until__lte=next_morning(at)))

    def of_no_use(self, at: datetime) -> "TextQuerySet":
        """Those that have not gone, and whose time is over; what a worker has in hand at present is left to it."""
        waits = Q(status__in=[TextStatus.WAITING, TextStatus.HELD])
        left_behind = Q(status=TextStatus.SENDING, claimed_until__lte=at)
        return self.filter(waits | left_behind, until__lte=at)

    def advance(self, name: str, **columns: Any) -> int:
        """Make a worker's move on these rows in one statement; how many moved: none where another was there first."""
        return TEXT.move_rows(self, name, **columns)

    def in_state(self, status: str) -> "TextQuerySet":
        """Those in this state; an empty word narrows nothing."""
        return self.filter(status=status) if status else self

    def visible_to(self, user: "User") -> "TextQuerySet":
        """All of them, for those who answer when one did not come: who looks after letters looks after these."""
        return self if looks_after_letters(user) else self.none()


class Text(models.Model):
    """One text that someone is owed beside a letter, told by a function of an app's `texts.py`."""

    Status = TextStatus

    # fact
    fact = models.CharField(max_length=200, help_text=_("Dotted path of the function that tells it."))
    ids = models.JSONField(default=dict)
    key = models.CharField(max_length=64, unique=True)
    posted_at = models.DateTimeField()
    # reader; the number itself is decided as the text leaves, and only its end is kept
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    number_ends = models.CharField(max_length=3, blank=True)
    # journey
    status = models.CharField(max_length=12, choices=TextStatus.choices, default=TEXT.start)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    # From when on it is of no use to anybody: it is tried no longer.
    until = models.DateTimeField()
    at_any_hour = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often a worker was killed with it in hand: it may be what kills them.
    kills = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    # The same for each try, so that a gateway can tell a repeat.
    reference = models.CharField(max_length=32, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The class of the error and no more: an error's text may quote a number.
    last_error = models.CharField(max_length=100, blank=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], name="text_waiting", condition=Q(status="waiting")),
            models.Index(fields=["claimed_until"], name="text_sending", condition=Q(status="sending")),
            models.Index(fields=["-due_at", "-id"], name="text_by_due"),
            models.Index(fields=["status", "-due_at", "-id"], name="text_by_status"),
        ]
        constraints = [
            models.CheckConstraint(name="text_sent_has_moment", condition=~Q(status="sent") | Q(sent_at__isnull=False)),
            models.CheckConstraint(
                name="text_sending_has_lease", condition=~Q(status="sending") | Q(claimed_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact_name} ({self.key[:8]})"

    @property
    def fact_name(self) -> str:
        """The name of the fact, as its function is called."""
        return self.fact.rpartition(".")[2]

    @property
    def title(self) -> str:
        """The fact in words: "Visit called off"."""
        return self.fact_name.replace("_", " ").capitalize()

    @property
    def tone(self) -> str:
        """The colour of its tag: whose turn it is, and how it went."""
        return TONES[TextStatus(self.status)]


class TextEvent(Event):
    """What a member of staff did to a text."""

    TITLES = {"hold": _("Held"), "release": _("Released"), "retry": _("Tried again"), "cancel": _("Cancelled")}

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="events")

    @property
    def title(self) -> str:
        """What was done, in a word."""
        return str(self.TITLES[self.kind])
