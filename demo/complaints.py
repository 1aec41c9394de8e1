"""Made-up complaints: one that nobody has seen to, one that is late, one answered, and one that waits for a worry."""

from datetime import datetime, timedelta

from bookings.models import Visit
from quality.enums import ComplaintOutcome
from quality.models import Complained, Complaint
from quality.operations.complaints import (
    acknowledge_complaint,
    appeal_complaint,
    assign_complaint,
    complain,
    investigate_complaint,
    note_on_complaint,
    respond_to_complaint,
)
from stem.accounts.models import User

UNANSWERED = Complained(
    name="Dilys Harker",
    email="d.harker@home.example",
    about="Letters that nobody answered",
    words="I offered to visit schools in spring, wrote three times, and heard nothing until September.",
    wants="That somebody tells me what went wrong, and that others are answered sooner.",
)
LATE_VISITOR = Complained(
    name="Frances Wade",
    phone="01632 960123",
    about="The visit on coding",
    words="The visitor came 40 minutes late and left early. Two classes sat in the hall and waited.",
    wants="Another visit this term, and a word with the visitor.",
)
OWN_DATA = Complained(
    name="Gwen Astley",
    email="gwen.astley@home.example",
    about="My old address",
    words="I asked you in June to delete my old address. Last week a letter named it again.",
    wants="Delete it, and tell me who has seen it.",
)
A_CHILD = Complained(
    name="Rafi Noor",
    email="rafi.noor@home.example",
    about="Something at a careers fair",
    words="An adult at your stand would not let a pupil leave a conversation that she plainly did not want.",
    wants="I want to know what you do about it.",
)


def tell_of_complaints(visit: Visit, *, at: datetime) -> None:
    """Complaints on their way, each brought there by the operations that real people use."""
    mina = User.objects.get(email="mina.okoro@scheme.example")
    theo = User.objects.get(email="theo.lamb@scheme.example")
    _complain(UNANSWERED, at=at - timedelta(days=7))
    _complain(A_CHILD, is_welfare=True, at=at - timedelta(hours=3))
    late = _complain(LATE_VISITOR, visit=visit, at=at - timedelta(days=26))
    _look_into(late, handler=theo, by=mina, at=at - timedelta(days=24))
    note = "Rang Frances Wade: she would like another visit before Easter."
    note_on_complaint(complaint=late, note=note, by=theo, at=at - timedelta(days=12))
    data = _complain(OWN_DATA, is_about_data=True, at=at - timedelta(days=24))
    _look_into(data, handler=theo, by=mina, at=at - timedelta(days=22))
    respond_to_complaint(
        complaint=data,
        finding=ComplaintOutcome.UPHELD,
        words="You are right. Your address was left in a list of letters. It is gone, and nobody else saw it.",
        note="Read the list with Alex Moss; one copy found and deleted.",
        by=theo,
        at=at - timedelta(days=9),
    )
    words = "You do not say why it was left there. I would like somebody else to look."
    appeal_complaint(complaint=data, words=words, by=None, at=at - timedelta(days=2))


def _complain(
    said: Complained, *, at: datetime, visit: Visit | None = None, is_welfare: bool = False, is_about_data: bool = False
) -> Complaint:
    return complain(said=said, visit=visit, is_welfare=is_welfare, is_about_data=is_about_data, by=None, at=at)


def _look_into(complaint: Complaint, *, handler: User, by: User, at: datetime) -> None:
    acknowledge_complaint(complaint=complaint, by=by, at=at)
    assign_complaint(complaint=complaint, handler=handler, by=by, at=at + timedelta(hours=1))
    investigate_complaint(complaint=complaint, by=handler, at=at + timedelta(days=1))
