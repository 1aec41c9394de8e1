"""The door to the register of ambassadors."""

from ambassadors.querysets.ambassador import AmbassadorQuerySet, OfPeopleQuerySet
from ambassadors.querysets.check import AssessmentQuerySet, CheckQuerySet, DisclosureNoteQuerySet, OfChecksQuerySet
from ambassadors.querysets.joining import ApplicationQuerySet, PhotoQuerySet, RefereeQuerySet
from ambassadors.querysets.learning import CourseDraftQuerySet, CourseEditionQuerySet, QuizAttemptQuerySet
from ambassadors.querysets.merging import ApartQuerySet, LikelyPairQuerySet, MergeQuerySet
from ambassadors.querysets.schemes import QUIET, SchemeQuerySet, UploadQuerySet
from ambassadors.querysets.search import SavedSearchQuerySet
from ambassadors.querysets.standing import HoldQuerySet, RequirementQuerySet
from ambassadors.querysets.time import BusyTimeQuerySet, OwnCalendarQuerySet

__all__ = [
    "QUIET",
    "AmbassadorQuerySet",
    "ApartQuerySet",
    "ApplicationQuerySet",
    "AssessmentQuerySet",
    "BusyTimeQuerySet",
    "CheckQuerySet",
    "CourseDraftQuerySet",
    "CourseEditionQuerySet",
    "DisclosureNoteQuerySet",
    "HoldQuerySet",
    "LikelyPairQuerySet",
    "MergeQuerySet",
    "OfChecksQuerySet",
    "OfPeopleQuerySet",
    "OwnCalendarQuerySet",
    "PhotoQuerySet",
    "QuizAttemptQuerySet",
    "RefereeQuerySet",
    "RequirementQuerySet",
    "SavedSearchQuerySet",
    "SchemeQuerySet",
    "UploadQuerySet",
]
