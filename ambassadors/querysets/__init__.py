"""The door to the register of ambassadors."""

from ambassadors.querysets.ambassador import AmbassadorQuerySet, OfPeopleQuerySet
from ambassadors.querysets.check import AssessmentQuerySet, CheckQuerySet, DisclosureNoteQuerySet, OfChecksQuerySet
from ambassadors.querysets.joining import ApplicationQuerySet, PhotoQuerySet, RefereeQuerySet
from ambassadors.querysets.learning import CourseDraftQuerySet, CourseEditionQuerySet, QuizAttemptQuerySet
from ambassadors.querysets.merging import ApartQuerySet, LikelyPairQuerySet, MergeQuerySet
from ambassadors.querysets.standing import HoldQuerySet, RequirementQuerySet

__all__ = [
    "AmbassadorQuerySet",
    "ApartQuerySet",
    "ApplicationQuerySet",
    "AssessmentQuerySet",
    "CheckQuerySet",
    "CourseDraftQuerySet",
    "CourseEditionQuerySet",
    "DisclosureNoteQuerySet",
    "HoldQuerySet",
    "LikelyPairQuerySet",
    "MergeQuerySet",
    "OfChecksQuerySet",
    "OfPeopleQuerySet",
    "PhotoQuerySet",
    "QuizAttemptQuerySet",
    "RefereeQuerySet",
    "RequirementQuerySet",
]
