"""The outbox: each letter is the fact it tells, and what became of it; and the single-use links that letters carry."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stem.accounts.roles import Role, has_role, regions_of
from stem.history import Event
from stem.letters.enums import LetterStatus
from stem.letters.kinds import LetterKind
from stem.letters.workflow import LETTER
from stem.moments import day_of, moment
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


TONES = {
    LetterStatus.WAITING: "waiting",
    LetterStatus.SENDING: "waiting",
    LetterStatus.SENT: "good",
    LetterStatus.HELD: "warning",
    LetterStatus.CANCELLED: "neutral",
    LetterStatus.NOT_NEEDED: "neutral",
    LetterStatus.NOT_WANTED: "neutral",
    LetterStatus.FAILED: "bad",
}


class LetterQuerySet(HouseQuerySet["Letter"]):
    """Letters, as the worker and the scheme's staff ask for them."""

    def ready(self, at: datetime) -> "LetterQuerySet":
        """Those to be sent now: due and waiting, or left behind by a worker that was killed."""
        due = Q(status=LetterStatus.WAITING, next_try_at__lte=at)
        left_behind = Q(status=LetterStatus.SENDING, claimed_until__lte=at)
        return self.filter(due | left_behind)

    def advance(self, name: str, **columns: Any) -> int:
        """Make a worker's move on these rows in one statement; how many moved, none where another process was first."""
        return LETTER.move_rows(self, name, **columns)

    def told_today(self, at: datetime) -> "LetterQuerySet":
        """Those among them that are on their way in a letter that gathers them, or left in one on the day of `at`."""
        on_the_way = Q(status__in=(LetterStatus.WAITING, LetterStatus.SENDING)) & ~Q(gathered_in="")
        return self.filter(on_the_way | Q(status=LetterStatus.SENT, sent_at__gte=moment(day_of(at), time.min)))

    def narrowed(self, *, status: str, address: str) -> "LetterQuerySet":
        """Those in this state, to an address that begins so; an empty word narrows nothing."""
        letters = self.filter(status=status) if status else self
        beginning = address.strip().lower()
        if beginning:
            letters = letters.filter(Q(to_email__startswith=beginning) | Q(recipient__email__startswith=beginning))
        return letters

    def trials_of(self, user: "User", *, since: datetime | None = None) -> "LetterQuerySet":
        """The letters by which this person tried the post, the latest first; those asked for since then, if it says."""
        tried = self.filter(is_trial=True, recipient=user).order_by("-pk")
        return tried.filter(posted_at__gte=since) if since else tried

    def visible_to(self, user: "User") -> "LetterQuerySet":
        """All but the confidential ones, for those who answer when a letter did not come."""
        return self.filter(is_confidential=False) if looks_after_letters(user) else self.none()


def looks_after_letters(user: "User") -> bool:
    """Whether this person has a part in the whole scheme's post: a letter belongs to no region."""
    return has_role(user, Role.ADMINISTRATOR) or regions_of(user, Role.COORDINATOR) is None


class Letter(models.Model):
    """One message that someone is owed, told by a function in an app's `notifications.py`."""

    Status = LetterStatus

    # fact
    fact = models.CharField(max_length=200, help_text="Dotted path of the function that tells it.")
    ids = models.JSONField(default=dict)
    key = models.CharField(max_length=64, unique=True)
    # Even that there is such a letter is for its reader alone: a worry must not show in a list.
    is_confidential = models.BooleanField(default=False)
    is_trial = models.BooleanField(default=False)
    # It leaves with others of its reader, in one letter a working day.
    is_gathered = models.BooleanField(default=False)
    posted_at = models.DateTimeField()
    # reader; the address itself is decided as the letter leaves
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    to_name = models.CharField(max_length=200, blank=True)
    to_email = models.EmailField(blank=True, db_index=True)
    # journey
    status = models.CharField(max_length=12, choices=LetterStatus.choices, default=LETTER.start)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    # The Message-ID of the one letter in which it leaves, or left, with others: kept from when they are taken in hand,
    # so that a repeat after a kill holds the same ones under the same Message-ID.
    gathered_in = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The class of the error and no more: an error's text may quote an address.
    last_error = models.CharField(max_length=100, blank=True)
    # All that the mail server said, kept for a trial alone: whoever sent it to themselves is there to read it.
    server_said = models.TextField(blank=True)
    # wording, once staff have edited it
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], name="letter_waiting", condition=Q(status="waiting")),
            models.Index(fields=["claimed_until"], name="letter_sending", condition=Q(status="sending")),
            models.Index(fields=["status", "-due_at", "-id"], name="letter_by_status"),
            models.Index(fields=["-due_at", "-id"], name="letter_by_due"),
            models.Index(fields=["recipient"], name="letter_trials", condition=Q(is_trial=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="letter_sent_has_moment_and_address",
                condition=~Q(status="sent") | (Q(sent_at__isnull=False) & ~Q(to_email="")),
            ),
            models.CheckConstraint(
                name="letter_sending_has_lease",
                condition=~Q(status="sending") | Q(claimed_until__isnull=False),
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
        """The fact in words: "Visit confirmed"."""
        return self.fact_name.replace("_", " ").capitalize()

    @property
    def leaves_under(self) -> str:
        """The Message-ID of the message in which it leaves or left: its own, or that of the letter that gathers it."""
        return self.gathered_in or self.message_id

    @property
    def address(self) -> str:
        """Where it went, or would go as far as that is known; fetch it with its recipient."""
        return self.to_email or (self.recipient.email if self.recipient else "")

    @property
    def tone(self) -> str:
        """The colour of its tag: whose turn it is, and how it went."""
        return TONES[LetterStatus(self.status)]

    @property
    def is_edited(self) -> bool:
        """Whether staff have put their own words in place of the template's."""
        return bool(self.body)


class LetterEvent(Event):
    """What a member of staff did to a letter."""

    TITLES = {
        "hold": _("Held"),
        "release": _("Released"),
        "retry": _("Tried again"),
        "cancel": _("Cancelled"),
        "edit": _("Edited"),
    }

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="events")

    @property
    def title(self) -> str:
        """What was done, in a word."""
        return str(self.TITLES[self.kind])


class UnwantedKind(models.Model):
    """A kind of letter that someone has said they can do without."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=LetterKind)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="letter_kind_unwanted_once")]

    def __str__(self) -> str:
        return f"{self.kind} not to {self.user_id}"


class OneTimeLink(models.Model):
    """A link in a letter that acts once; only its hash is kept, so nobody but the reader can follow it."""

    purpose = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "object_id"], name="one_time_link_object")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_id}"
