"""Did it go well, and is it safe."""

from quality.models.address import ConfirmedAddress
from quality.models.case import Case, CaseEvent
from quality.models.comment import Comment, CommentEvent
from quality.models.concern import Concern, ConcernEvent
from quality.models.doubt import Arrival, Conflict, Oddity
from quality.models.feedback import Feedback, FeedbackEvent
from quality.models.suspension import Suspension, SuspensionEvent

__all__ = [
    "Arrival",
    "Case",
    "CaseEvent",
    "Comment",
    "CommentEvent",
    "Concern",
    "ConcernEvent",
    "ConfirmedAddress",
    "Conflict",
    "Feedback",
    "FeedbackEvent",
    "Oddity",
    "Suspension",
    "SuspensionEvent",
]
