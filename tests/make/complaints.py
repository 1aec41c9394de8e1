"""Complaints, as far as they have come."""

from datetime import date, datetime, timedelta
from typing import Any

from quality.enums import ComplaintOutcome, ComplaintStatus
from quality.models import Complained, Complaint, Concern
from stem.accounts.models import User
from stem.encryption import encrypted
from tests.make.accounts import user
from tests.make.quality import AFTER

SEEN_TO = (ComplaintStatus.ASSIGNED, ComplaintStatus.INVESTIGATING, ComplaintStatus.REPEAT)
ANSWERED = (ComplaintStatus.RESPONDED, ComplaintStatus.APPEALED, ComplaintStatus.CLOSED)


def complained(**said: str) -> Complained:
    """What somebody complains of."""
    usual = {
        "name": "Cal Complainer",
        "email": "cal@home.example",
        "about": "A letter",
        "words": "Nobody answered me for a month",
        "wants": "An apology",
    }
    return Complained(**{**usual, **said})


def complaint(
    *,
    status: ComplaintStatus = ComplaintStatus.RECEIVED,
    concern: Concern | None = None,
    handler: User | None = None,
    repeat_by: User | None = None,
    is_twice: bool = False,
    received_at: datetime = AFTER,
    due_on: date | None = date(2027, 3, 1),
    said: Complained | None = None,
    **columns: Any,
) -> Complaint:
    """A complaint; `is_twice` where another look was asked for, and given if it is closed."""
    status, was_answered = ComplaintStatus(status), status in ANSWERED
    is_over, is_repeat = status == ComplaintStatus.CLOSED, status == ComplaintStatus.REPEAT
    handler = handler or (user() if status in (*SEEN_TO, *ANSWERED) else None)
    is_again = is_twice or status == ComplaintStatus.APPEALED
    return Complaint.objects.create(
        **{
            "status": status,
            "concern": concern,
            "received_at": received_at,
            "account": (said or complained()).sealed(),
            "due_on": None if is_over or status == ComplaintStatus.WAITING else due_on,
            "answer_by": date(2027, 3, 1),
            "handler": handler,
            "repeat_by": repeat_by or (handler if is_repeat else None),
            "finding": ComplaintOutcome.PARTLY if was_answered else "",
            "answer": encrypted("We were too slow, and are sorry.") if was_answered or is_repeat else None,
            "answered_by": handler if was_answered else None,
            "answered_at": received_at + timedelta(days=3) if was_answered else None,
            "appeal": encrypted("You asked nobody but yourselves.") if is_again else None,
            "appealed_at": received_at + timedelta(days=4) if is_again else None,
            "second_finding": ComplaintOutcome.UPHELD if is_twice and is_over else "",
            "second_answer": encrypted("You are right.") if is_twice and is_over else None,
            "second_by": user() if is_twice and is_over else None,
            "closed_at": received_at + timedelta(days=9) if is_over else None,
            **columns,
        }
    )
