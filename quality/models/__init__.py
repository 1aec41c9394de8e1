"""Did it go well, and is it safe."""

from quality.models.case import Case, CaseEvent
from quality.models.concern import Concern, ConcernEvent, Glass, Told
from quality.models.feedback import Feedback, FeedbackEvent
from quality.models.suspension import Suspension, SuspensionEvent

__all__ = [
    "Case",
    "CaseEvent",
    "Concern",
    "ConcernEvent",
    "Feedback",
    "FeedbackEvent",
    "Glass",
    "Suspension",
    "SuspensionEvent",
    "Told",
]
