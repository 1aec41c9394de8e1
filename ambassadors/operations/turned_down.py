"""Whoever was turned down and registers anew is known again: vetting officers hear of it, they do not (V-60)."""

from datetime import datetime

from ambassadors import notifications
from ambassadors.models import Ambassador
from ambassadors.queries.records import known_before
from ambassadors.queries.staff import vetting_officers_of
from stem.letters.post import post


def tell_of_turned_down(ambassador: Ambassador, *, at: datetime) -> None:
    """Write once to each vetting officer of this applicant's region if they are somebody who was turned down before.

    By an address or a telephone number: a name alone is on the record for officers to see, and no reason for a letter.
    """
    if not known_before(ambassador, surely=True):
        return
    for officer in vetting_officers_of(ambassador):
        fact = notifications.turned_down_before
        post(fact, to=officer, due_at=at, ambassador_id=ambassador.pk, user_id=officer.pk)
