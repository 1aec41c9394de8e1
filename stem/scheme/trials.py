"""What became of a letter by which someone tries the scheme's post, in the words of the page that shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stem.letters.enums import LetterStatus
from stem.letters.models import Letter

# The worker looks every minute: a letter that nobody has taken up after two has nobody to take it up.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Trial:
    """The last test letter, and how it went so far."""

    letter: Letter
    # Nothing is final yet: the page looks again by itself.
    is_under_way: bool
    # The mail server was asked and did not take it, which `letter.server_said` explains.
    was_refused: bool
    # Nobody has asked the mail server at all.
    is_left_lying: bool

    @property
    def is_sent(self) -> bool:
        """Whether the mail server has taken it."""
        return self.letter.status == LetterStatus.SENT


def trial_of(letter: Letter | None, *, at: datetime) -> Trial | None:
    """How this letter stands at this moment; None when there is no letter."""
    if letter is None:
        return None
    is_under_way = letter.status in (LetterStatus.WAITING, LetterStatus.SENDING)
    return Trial(
        letter=letter,
        is_under_way=is_under_way,
        was_refused=bool(letter.server_said) and letter.status != LetterStatus.SENT,
        is_left_lying=is_under_way and not letter.server_said and at - letter.posted_at > PATIENCE,
    )
