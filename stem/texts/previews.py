"""A text as the scheme's staff may see it: without its code, if it carries one."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from stem.audit.record import record
from stem.texts.models import Text
from stem.texts.sending import word_text

if TYPE_CHECKING:
    from stem.accounts.models import User

logger = logging.getLogger(__name__)


def preview_text(text: Text, *, by: "User", at: datetime) -> str:
    """What this text would say if it left now, "" where it would not; that `by` has read it is recorded."""
    try:
        told = word_text(text, at=at, preview=True)
    except Exception as error:
        logger.debug("Why text %s has no preview: %s", text.pk, type(error).__name__)
        return ""
    if told is None:
        return ""
    record("text.read", text, by=by, at=at)
    return told.words
