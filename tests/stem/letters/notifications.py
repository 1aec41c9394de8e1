"""Facts that only tests tell."""

from stem.letters.drafts import Attachment, CalendarFile, Draft, Envelope, about, confidential
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
