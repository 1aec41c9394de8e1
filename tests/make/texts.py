"""People who have asked to be texted."""

from datetime import datetime

from stem.accounts.models import User
from stem.texts.models import TextNumber
from tests.make.bookings import NOW


def texted(user: User, *, number: str = "+447700900123", since: datetime = NOW) -> User:
    """This person, with a number that they have shown to be theirs."""
    TextNumber.objects.create(user=user, number=number, proven_at=since)
    return user
