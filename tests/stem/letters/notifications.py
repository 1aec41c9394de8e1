"""Facts that only tests tell."""

from dataclasses import replace

from stem.accounts.models import User
from stem.letters.drafts import Attachment, CalendarFile, Draft, Envelope, about, by_day, confidential, gathered
from stem.letters.kinds import LetterKind

ADDRESS = "ada@people.example"


def greeting(draft: Draft, *, number: int, email: str = ADDRESS) -> Envelope:
    link = draft.link("answer_test", number, days=3)
    return Envelope("Ada O'Neill", email, {"number": number, "link": link})


def plain(draft: Draft, *, number: int) -> Envelope:
    return Envelope(f"Reader {number}", f"reader{number}@people.example", {"number": number})


def enclosing(draft: Draft, *, number: int) -> Envelope:
    calendar = CalendarFile(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", "REQUEST")
    pack = Attachment("pack.pdf", b"%PDF-1.4 made", "application/pdf")
    return Envelope("Ada", ADDRESS, {"number": number}, attachments=(pack,), calendar=calendar)


def no_longer_true(draft: Draft, *, number: int) -> None:
    return None


def untellable(draft: Draft, *, number: int) -> Envelope:
    draft.link("answer_test", number, days=3)
    raise LookupError(f"no row {number} for {ADDRESS}")


def broken(draft: Draft, *, number: int) -> Envelope:
    return Envelope("Ada", ADDRESS, {"number": number})


@confidential
def private(draft: Draft, *, number: int) -> Envelope:
    return Envelope("Ada", ADDRESS, {"number": number})


@about(LetterKind.RECEIPTS)
def thanks(draft: Draft, *, number: int) -> Envelope:
    return Envelope(f"Reader {number}", f"reader{number}@people.example", {"number": number})


@about(LetterKind.OFFER_NEWS)
def news(draft: Draft, *, number: int) -> Envelope:
    return thanks(draft, number=number)


@about(LetterKind.VISITS)
def agreed(draft: Draft, *, number: int) -> Envelope:
    return thanks(draft, number=number)


# What is no longer so, of what the facts below tell.
OVER: set[int] = set()


def _news(number: int, user_id: int) -> Envelope | None:
    reader = User.objects.filter(pk=user_id).first()
    return Envelope(str(reader), reader.email, {"number": number}) if reader and number not in OVER else None


@about(LetterKind.OFFER_NEWS)
@gathered
def elsewhere(draft: Draft, *, number: int, user_id: int) -> Envelope | None:
    return _news(number, user_id)


@about(LetterKind.SCHOOL_NEWS)
@gathered
def joined(draft: Draft, *, number: int, user_id: int) -> Envelope | None:
    return _news(number, user_id)


@about(LetterKind.VETTING)
@confidential
@gathered
def ending(draft: Draft, *, number: int, user_id: int) -> Envelope | None:
    envelope = _news(number, user_id)
    if envelope:
        envelope.context["link"] = draft.link("answer_test", number, days=3)
    return envelope


@about(LetterKind.VETTING)
@gathered
def unwritable(draft: Draft, *, number: int, user_id: int) -> Envelope | None:
    raise LookupError


@about(LetterKind.VETTING)
@gathered
def enclosing_news(draft: Draft, *, number: int, user_id: int) -> Envelope | None:
    envelope = _news(number, user_id)
    pack = Attachment("pack.pdf", b"%PDF-1.4 made", "application/pdf")
    return replace(envelope, attachments=(pack,)) if envelope else None


@about(LetterKind.SCHOOL_NEWS)
def not_gathered(draft: Draft, *, number: int, user_id: int) -> Envelope | None:
    return _news(number, user_id)


@about(LetterKind.VETTING)
@by_day
def patient(draft: Draft, *, number: int) -> Envelope:
    return thanks(draft, number=number)
