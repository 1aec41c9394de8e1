"""Facts that only tests tell."""

from stem.letters.drafts import Draft
from stem.texts.drafts import TextWords


def plain(draft: Draft, *, number: int) -> TextWords:
    return TextWords(f"Text {number}")


def to_stranger(draft: Draft, *, number: int) -> TextWords:
    return TextWords(f"Text {number}", f"+4477009{number:05}")


def no_longer_true(draft: Draft, *, number: int) -> None:
    return None


def untellable(draft: Draft, *, number: int) -> TextWords:
    raise LookupError(f"no row {number} for +447700900123")
