"""Did it go well, and is it safe."""

from quality.models.address import ConfirmedAddress
from quality.models.case import Case, CaseEvent
from quality.models.case_mix import CaseMix
from quality.models.comment import Comment, CommentEvent
from quality.models.complaint import Complained, Complaint, ComplaintEvent
from quality.models.concern import Concern, ConcernEvent, Glass, Told
from quality.models.doubt import Arrival, Conflict, Oddity
from quality.models.employer import (
    Employer,
    EmployerAgreement,
    EmployerLead,
    EmployerQuote,
    EmployerRelease,
    EmployerSpelling,
)
from quality.models.endorsement import Endorsement
from quality.models.feedback import Feedback, FeedbackEvent
from quality.models.follow_up import FollowUp
from quality.models.officer import Officer
from quality.models.poll import Poll, PollEvent, Remark, Slip
from quality.models.release import Release, ReleasedTable
from quality.models.suspension import Suspension, SuspensionEvent

__all__ = [
    "Arrival",
    "Case",
    "CaseEvent",
    "CaseMix",
    "Comment",
    "CommentEvent",
    "Complained",
    "Complaint",
    "ComplaintEvent",
    "Concern",
    "ConcernEvent",
    "ConfirmedAddress",
    "Conflict",
    "Employer",
    "EmployerAgreement",
    "EmployerLead",
    "EmployerQuote",
    "EmployerRelease",
    "EmployerSpelling",
    "Endorsement",
    "Feedback",
    "FeedbackEvent",
    "FollowUp",
    "Glass",
    "Oddity",
    "Officer",
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
