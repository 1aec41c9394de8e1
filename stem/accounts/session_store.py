"""Where sessions are kept: in the database, each with whose it is, so that people can see theirs and end them."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from stem.accounts.models import BrowserSession

STARTED, SEEN, DEVICE = "signed_in_at", "seen_at", "device"


class SessionStore(DatabaseSessionStore):
    """Django's own store, with columns for what a person is shown of a sign-in."""

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        """Our rows instead of Django's."""
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        """The row of this session: whose it is, in what, since when, and when it was last used."""
        row = super().create_model_instance(data)
        assert isinstance(row, BrowserSession)
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.device = data.get(DEVICE, "")
        row.began_at = moment(data.get(STARTED))
        row.seen_at = moment(data.get(SEEN))
        return row


def moment(seconds: int | None) -> datetime | None:
    """A second of the clock as a moment."""
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
