"""Did it go well, and is it safe."""

from quality.models.case import Case, CaseEvent
from quality.models.case_mix import CaseMix
from quality.models.concern import Concern, ConcernEvent, Glass, Told
from quality.models.feedback import Feedback, FeedbackEvent
from quality.models.follow_up import FollowUp
from quality.models.poll import Poll, PollEvent, Remark, Slip
from quality.models.release import Release, ReleasedTable
from quality.models.suspension import Suspension, SuspensionEvent

__all__ = [
    "Case",
    "CaseEvent",
    "CaseMix",
    "Concern",
    "ConcernEvent",
    "Feedback",
    "FeedbackEvent",
    "FollowUp",
    "Glass",
    "Poll",
    "PollEvent",
    "Release",
    "ReleasedTable",
    "Remark",
    "Slip",
    "Suspension",
    "SuspensionEvent",
    "Told",
]
