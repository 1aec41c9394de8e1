"""A letter as the scheme's staff may see it: no link in it works, and private ones stay shut."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from stem.audit.record import record
from stem.letters.models import Letter
from stem.letters.rendering import Wording, word_letter
from stem.letters.workflow import LETTER

if TYPE_CHECKING:
    from stem.accounts.models import User

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preview:
    """A letter's words as they would leave now, or the reason why there are none to show."""

    wording: Wording | None = None
    problem: str = ""


def preview_letter(letter: Letter, *, by: "User", at: datetime) -> Preview:
    """What this letter would say if it left now; that `by` has read it is recorded."""
    try:
        wording = word_letter(letter, at=at, preview=True)
    except Exception as error:
        logger.debug("Why letter %s has no preview", letter.pk, exc_info=error)
        return Preview(problem=_("This letter cannot be written as things stand. A developer needs to look at it."))
    if wording is None:
        return Preview(problem=_("What this letter says is no longer so: it will not go out again."))
    record("letter.read", letter, by=by, at=at)
    return Preview(wording=wording)


def acts_on(letter: Letter) -> list[str]:
    """What staff may do to it now: the moves that the table allows them, and editing while it can still be stopped."""
    moves = LETTER.available(letter, "staff")
    return [*moves, "edit"] if "cancel" in moves else moves
