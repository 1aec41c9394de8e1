"""Plain makers of rows: each sets what it is told and plain defaults for the rest. `from tests import make`."""

from tests.make.accounts import staff, user
from tests.make.ambassadors import (
    ambassador,
    answered,
    applicant,
    check,
    clear,
    decided_check,
    hold,
    imported,
    photo,
    referee,
    requirement,
)
from tests.make.bookings import FIRST_DAY, FIRST_TIME, NOW, SECOND_TIME, offer, own_visit, request, visit
from tests.make.brought import brought, old_scheme
from tests.make.courses import course_draft, course_text, edition, failed_quiz, passed_quiz, quiz, read_all
from tests.make.quality import AFTER, AMBASSADOR_SAYS, TEACHER_SAYS, concern, feedback, held_visit, suspension
from tests.make.scheme import end_roles, load, set_up_scheme, upload
from tests.make.schools import contact, domain, person, school, succession, version

__all__ = [
    "AFTER",
    "AMBASSADOR_SAYS",
    "FIRST_DAY",
    "FIRST_TIME",
    "NOW",
    "SECOND_TIME",
    "TEACHER_SAYS",
    "ambassador",
    "answered",
    "applicant",
    "brought",
    "check",
    "clear",
    "concern",
    "contact",
    "course_draft",
    "course_text",
    "decided_check",
    "domain",
    "edition",
    "end_roles",
    "failed_quiz",
    "feedback",
    "held_visit",
    "hold",
    "imported",
    "load",
    "offer",
    "old_scheme",
    "own_visit",
    "passed_quiz",
    "person",
    "photo",
    "quiz",
    "read_all",
    "referee",
    "request",
    "requirement",
    "school",
    "set_up_scheme",
    "staff",
    "succession",
    "suspension",
    "upload",
    "user",
    "version",
    "visit",
]
