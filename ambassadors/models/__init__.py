"""The register of ambassadors."""

from ambassadors.models.ambassador import Ambassador, AmbassadorEvent, Offering
from ambassadors.models.joining import Application, ClauseAcceptance, Photo, Referee, RefereeEvent
from ambassadors.models.learning import CourseDraft, CourseEdition, LessonRead, QuizAnswer, QuizAttempt
from ambassadors.models.scheme import Membership, Scheme
from ambassadors.models.standing import Hold, RenewalNotice, Requirement

__all__ = [
    "Ambassador",
    "AmbassadorEvent",
    "Application",
    "ClauseAcceptance",
    "CourseDraft",
    "CourseEdition",
    "Hold",
    "LessonRead",
    "Membership",
    "Offering",
    "Photo",
    "QuizAnswer",
    "QuizAttempt",
    "Referee",
    "RefereeEvent",
    "RenewalNotice",
    "Requirement",
    "Scheme",
]
