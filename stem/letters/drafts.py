"""What a fact function is given, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from stem.letters.kinds import LetterKind
from stem.letters.links import mint_link

STOP = "[[stop_letters]]"
Fact = Callable[..., "Envelope | None"]
AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class CalendarFile:
    """A calendar that goes with a letter, as `stem.calendars.writing.write_calendar` writes it."""

    content: bytes
    method: Literal["REQUEST", "CANCEL", "PUBLISH"]


@dataclass(frozen=True)
class Envelope:
    """To whom a letter goes, what its templates are told, and what is enclosed."""

    to_name: str
    to_email: str
    context: dict[str, Any]
    attachments: tuple[Attachment, ...] = ()
    calendar: CalendarFile | None = None


@dataclass
class Draft:
    """A letter about to leave, or a preview of one, as its fact function sees it."""

    at: datetime
    preview: bool = False
    # What stands for each link in a preview, and in wording that staff have edited, with the link itself.
    links: dict[str, str] = field(default_factory=dict)

    def link(self, purpose: str, object_id: int, *, days: float) -> str:
        """The address of a single-use link. `purpose` is the name of the page it opens, whose route takes `token`.

        A preview shows a placeholder instead: staff never see a link that would act.
        """
        placeholder = f"[[{purpose} {object_id}]]"
        if self.preview:
            return placeholder
        token = mint_link(purpose, object_id, expires_at=self.at + timedelta(days=days))
        self.links[placeholder] = address = absolute(reverse(purpose, kwargs={"token": token}))
        return address

    def stop(self, key: str) -> str:
        """The address that stops letters of a kind; in a preview, and in staff's wording, its placeholder."""
        if self.preview:
            return STOP
        self.links[STOP] = address = absolute(reverse("stop_letters", args=[key]))
        return address

    def page(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The address of an ordinary page, which asks its reader to sign in where it must."""
        return absolute(reverse(name, args=args, kwargs=kwargs))


def confidential(fact: AnyFact) -> AnyFact:
    """Mark a fact that only its reader may know of: such a letter is in no list of the scheme's staff."""
    fact.is_confidential = True  # type: ignore[attr-defined]
    return fact


def about(kind: LetterKind, *, because: str | Promise | None = None) -> Callable[[AnyFact], AnyFact]:
    """Mark what a fact's letter is about: one of an optional kind stays away from whoever does not want it.

    `because` is why its reader gets it, where it is for another reason than letters of its kind.
    """

    def mark(fact: AnyFact) -> AnyFact:
        fact.kind = kind  # type: ignore[attr-defined]
        fact.because = because or kind.because  # type: ignore[attr-defined]
        return fact

    return mark


def gathered(fact: AnyFact) -> AnyFact:
    """Mark news that asks nothing of anybody today: it leaves with other such news of its reader, once a working day.

    It encloses nothing, and nobody waits for it.
    """
    fact.is_gathered = True  # type: ignore[attr-defined]
    return fact


def by_day(fact: AnyFact) -> AnyFact:
    """Mark a fact that can wait for its reader's working hours, and is a letter of its own."""
    fact.is_by_day = True  # type: ignore[attr-defined]
    return fact


def trial(fact: AnyFact) -> AnyFact:
    """Mark a fact that tries the post itself: its reader is who asked for it, and may see what the mail server says."""
    fact.is_trial = True  # type: ignore[attr-defined]
    return fact


def absolute(path: str) -> str:
    """A path of ours as an address that works from a letter."""
    return settings.BASE_URL.rstrip("/") + path
