"""What a function that tells a text gives back."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class TextWords:
    """A text as its reader will read it; `number` only where it goes to one that is not proven yet."""

    words: str = field(repr=False)
    number: str = field(default="", repr=False)


# Given a `stem.letters.drafts.Draft` and the ids; None where it is true no longer.
TextFact = Callable[..., TextWords | None]
