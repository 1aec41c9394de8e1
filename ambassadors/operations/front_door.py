"""Someone who registers asks whether we know them already, under another address."""

from datetime import datetime

from django.db import transaction

from ambassadors import notifications
from stem.accounts.models import User
from stem.letters.post import post
from stem.moments import day_of


@transaction.atomic
def ask_for_record(*, user: User, at: datetime) -> None:
    """Have a letter go to the address on the record of whoever is probably this person, if there is one; once a day.

    Whether there is one is found out as the letter leaves, so that neither the page nor its time can tell.
    """
    post(notifications.record_found, due_at=at, user_id=user.pk, when=day_of(at).isoformat())
