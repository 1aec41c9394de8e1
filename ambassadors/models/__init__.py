"""The register of ambassadors."""

from ambassadors.models.aim import OwnAim
from ambassadors.models.ambassador import Ambassador, AmbassadorEvent, Offering
from ambassadors.models.check import Assessment, Check, CheckEvent, DisclosureNote, Tombstone
from ambassadors.models.claiming import Notice, Suppression, SuppressionKey
from ambassadors.models.joining import Application, ClauseAcceptance, Photo, Referee, RefereeEvent
from ambassadors.models.learning import CourseDraft, CourseEdition, LessonRead, QuizAnswer, QuizAttempt
from ambassadors.models.merging import Apart, LikelyPair, Merge
from ambassadors.models.own_calendar import BusyTime, OwnCalendar
from ambassadors.models.reach import Reach
from ambassadors.models.scheme import Membership, Pin, Scheme
from ambassadors.models.search import SavedSearch, SearchTerm, SearchWord
from ambassadors.models.standing import Hold, RenewalNotice, Requirement
from ambassadors.models.time import FreeHours, Limits
from ambassadors.models.updates import StatusCheck, UpdateConsent
from ambassadors.models.upload import Upload, UploadEvent

__all__ = [
    "Ambassador",
    "AmbassadorEvent",
    "Apart",
    "Application",
    "Assessment",
    "BusyTime",
    "Check",
    "CheckEvent",
    "ClauseAcceptance",
    "CourseDraft",
    "CourseEdition",
    "DisclosureNote",
    "FreeHours",
    "Hold",
    "LessonRead",
    "LikelyPair",
    "Limits",
    "Membership",
    "Merge",
    "Notice",
    "Offering",
    "OwnAim",
    "OwnCalendar",
    "Photo",
    "Pin",
    "QuizAnswer",
    "QuizAttempt",
    "Reach",
    "Referee",
    "RefereeEvent",
    "RenewalNotice",
    "Requirement",
    "SavedSearch",
    "Scheme",
    "SearchTerm",
    "SearchWord",
    "StatusCheck",
    "Suppression",
    "SuppressionKey",
    "Tombstone",
    "UpdateConsent",
    "Upload",
    "UploadEvent",
]
