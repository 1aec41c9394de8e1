"""What is known of people on their way in, read for thousands at once; one person's is the same reading of one."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import add
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from ambassadors.conduct import CLAUSES, CURRENT_VERSION
from ambassadors.enums import CheckBody, CheckStatus, Course, OfferingKind, Party, RefereeStatus, RequirementKind
from ambassadors.models import Ambassador, Check, ClauseAcceptance, LessonRead, Offering, Photo, Referee, Requirement


@dataclass(frozen=True)
class Facts:
    """All that the list of tasks is reckoned from, as it stands on a day.

    Plain values and no rows: equal facts make one list, which is then reckoned once.
    """

    is_named: bool = False
    has_work: bool = False
    has_place: bool = False
    has_time: bool = False
    has_photo: bool = False
    offered: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()
    # Who a check under way waits for; "" when there is none.
    check_waits: str = ""
    clauses: int = 0
    # References on their way or here, and how many of these are here.
    referees: int = 0
    referees_answered: int = 0
    identity_chosen: bool = False
    check_agreed: bool = False

    # The courses in which some lesson has been read.
    courses_begun: frozenset[str] = frozenset()

    def has(self, kind: RequirementKind) -> bool:
        """Whether this requirement is in force."""
        return kind.value in self.counting


class Applicant(NamedTuple):
    """Someone on their way in: who they are, the facts, and what an officer has to look at."""

    pk: int
    full_name: str
    nation: str
    facts: Facts
    has_pvg: bool = False
    is_asked: bool = False
    has_answered: bool = False
    wants_to_talk: bool = False
    has_unread: bool = False
    # A referee knows of a reason against, and two officers have yet to decide.
    has_doubt: bool = False
    paid_or_credited: bool = False
    expects_frequent: bool = False
    # Assessors or a lead decide about a check: no officer does.
    check_is_weighed: bool = False
    # Nobody has said yet that their photo is them.
    photo_waits: bool = False
    # The first of two officers has said what they make of a reference, and a second has not.
    has_first_word: bool = False
    # Whoever was the first of two people: to see a certificate, to say a first word, to propose a decline.
    check_seen_by: int | None = None
    first_word_by: int | None = None
    decline_proposed_by: int | None = None
    decline_proposed_at: datetime | None = None


# One bit a kind: the kinds that someone has, added up, come back as one number.
REQUIREMENT_BITS = {kind.value: 1 << place for place, kind in enumerate(RequirementKind)}
COURSE_BITS = {course.value: 1 << place for place, course in enumerate(Course)}
OFFERING_BITS = {kind.value: 1 << place for place, kind in enumerate(OfferingKind)}
# Who is waited for with a check under way: a person has at most one, so one number tells.
CHECK_WAITS = ("", Party.US.value, Party.PERSON.value, Party.SECOND.value)
CHECK_PARTS = {
    status: CHECK_WAITS.index(status.waits_for.value) for status in map(CheckStatus, CheckStatus.under_way())
}
# References in one number too: ones for those on their way or here, and so many of these for those that are here.
HERE = 100
REFERENCE_PARTS = {
    RefereeStatus.NAMED: 1,
    RefereeStatus.ASKED: 1,
    RefereeStatus.ANSWERED: 1 + HERE,
    RefereeStatus.ACCEPTED: 1 + HERE,
}
# References that are on their way, or here.
ALIVE = frozenset(REFERENCE_PARTS)


def facts_of(ambassador: Ambassador, *, on: date) -> Facts:
    """What is known of this person's way into the scheme on a day, in one query."""
    return read_applicants(Ambassador.objects.filter(pk=ambassador.pk), on=on)[0].facts


def read_applicants(people: QuerySet[Ambassador], *, on: date) -> list[Applicant]:
    """These people with their facts, whoever was sent in first first, in one query."""
    return [_applicant(_Row._make(row)) for row in with_facts(people, on=on).values_list(*_Row._fields)]


def with_facts(people: QuerySet[Ambassador], *, on: date) -> QuerySet[Ambassador]:
    """These people, whoever was sent in first first, each with what `applicant_of` needs.

    All that is known of someone comes back as one number: few of thousands differ, and each number is read once.
    """
    counting = Requirement.objects.counting_on(on).filter(**MINE)
    under_way = Check.objects.under_way().filter(**MINE)
    first_words = Referee.objects.doubted().filter(**MINE, decided_by__isnull=False)
    last_check = Check.objects.filter(**MINE).order_by("-began_at", "-pk")
    clauses = ClauseAcceptance.objects.filter(version=CURRENT_VERSION, code__in=[each.code for each in CLAUSES])
    conditions = {
        **SAID,
        "has_photo": Exists(Photo.objects.filter(**MINE)),
        "has_pvg": Exists(counting.filter(body=CheckBody.PVG)),
        "check_is_weighed": Exists(under_way.filter(status__in=CheckStatus.weighed())),
        "photo_waits": Exists(Photo.objects.waiting().filter(**MINE)),
        # A reference that has come and of which nobody has said what they make of it, whatever else is on record.
        "has_unread": Exists(Referee.objects.filter(**MINE, status=RefereeStatus.ANSWERED, decided_by=None)),
        "has_first_word": Exists(first_words),
        "has_doubt": Exists(Referee.objects.doubted().filter(**MINE)),
    }
    numbers = {
        "offered": bits_of(Offering.objects.filter(**MINE), OFFERING_BITS),
        "counting": bits_of(counting, REQUIREMENT_BITS),
        "clauses": _one_of_each(clauses.filter(**MINE), Count("pk")),
        "learning": bits_of(LessonRead.objects.filter(**MINE), COURSE_BITS, "course"),
        "check": _one_of_each(under_way, _sum_of(CHECK_PARTS, "status")),
        "references": _one_of_each(Referee.objects.filter(**MINE), _sum_of(REFERENCE_PARTS, "status")),
    }
    parts = [_if(conditions[name], 1 << place) for place, name in enumerate(FLAGS)]
    parts += [_whole(numbers[name]) * _whole(Value(1 << shift)) for name, (shift, _bits) in NUMBERS.items()]
    return people.annotate(
        began_at=BEGAN,
        known=reduce(add, parts),
        **{f"check_{name}": Subquery(last_check.values(name)[:1]) for name in ("id", "status", "moved_at")},
        check_seen_by=Subquery(under_way.order_by("pk").values("seen_by")[:1]),
        first_word_by=Subquery(first_words.order_by("pk").values("decided_by")[:1]),
        decline_proposed_by=F("application__decline_proposed_by"),
        decline_proposed_at=F("application__decline_proposed_at"),
    ).order_by("began_at", "pk")


@dataclass(frozen=True)
class LastCheck:
    """The check of someone that was begun last: which, how far it has come, and since when."""

    pk: int
    status: CheckStatus
    moved_at: datetime

    @property
    def is_under_way(self) -> bool:
        """Whether it waits for somebody."""
        return self.status in CheckStatus.under_way()


def last_check_of(person: Ambassador) -> LastCheck | None:
    """The last check of someone who was read `with_facts`; None when there is none."""
    if person.check_id is None:  # type: ignore[attr-defined]
        return None
    return LastCheck(person.check_id, CheckStatus(person.check_status), person.check_moved_at)  # type: ignore[attr-defined]


def applicant_of(person: Ambassador) -> Applicant:
    """The facts about someone who was read `with_facts`."""
    return _applicant(_Row._make(getattr(person, name) for name in _Row._fields))


MINE = {"ambassador": OuterRef("pk")}
BEGAN = Coalesce("application__sent_at", "application__started_at", "registered_at")
# What can be read off the rows of a person and their application.
SAID: dict[str, Any] = {
    "is_named": ~Q(full_name="") & ~Q(phone=""),
    "has_work": ~Q(job_title="") & ~Q(route=""),
    "has_place": ~Q(postcode=""),
    "has_time": Q(limits__isnull=False),
    "identity_chosen": Q(application__identity_method__gt=""),
    "check_agreed": Q(application__check_agreed_at__isnull=False),
    "is_asked": Q(application__asked_at__isnull=False, application__answered_at__isnull=True),
    "has_answered": Q(application__answered_at__isnull=False),
    "wants_to_talk": Q(application__wants_to_talk=True),
    "paid_or_credited": Q(application__paid_or_credited=True),
    "expects_frequent": Q(application__expects_frequent=True),
}
# How the one number is made up: a bit for each of these; from a place on, so many bits for each of those.
FLAGS = (*SAID, "has_photo", "has_pvg", "has_unread", "check_is_weighed", "photo_waits", "has_doubt", "has_first_word")
NUMBERS = {
    "offered": (18, 6),
    "counting": (24, 12),
    "clauses": (36, 8),
    "references": (44, 14),
    "learning": (58, 3),
    "check": (61, 2),
}


class _Row(NamedTuple):
    """What is read of each person, column by column."""

    pk: int
    full_name: str
    nation: str
    known: int
    check_seen_by: int | None
    first_word_by: int | None
    decline_proposed_by: int | None
    decline_proposed_at: datetime | None


def _applicant(row: _Row) -> Applicant:
    flags, facts = _read(row.known)
    return Applicant(
        pk=row.pk,
        full_name=row.full_name,
        nation=row.nation,
        facts=facts,
        **flags,
        check_seen_by=row.check_seen_by,
        first_word_by=row.first_word_by,
        decline_proposed_by=row.decline_proposed_by,
        decline_proposed_at=row.decline_proposed_at,
    )


@cache
def _read(known: int) -> tuple[dict[str, bool], Facts]:
    """What one number says, and of an applicant what an officer has to look at."""
    flags = {name: bool(known >> place & 1) for place, name in enumerate(FLAGS)}
    numbers = {name: known >> shift & ((1 << bits) - 1) for name, (shift, bits) in NUMBERS.items()}
    facts = Facts(
        **{name: flags[name] for name in OF_THE_LIST},
        offered=frozenset(kind for kind, bit in OFFERING_BITS.items() if numbers["offered"] & bit),
        counting=kinds_of(numbers["counting"]),
        check_waits=CHECK_WAITS[numbers["check"]],
        clauses=numbers["clauses"],
        referees=numbers["references"] % HERE,
        referees_answered=numbers["references"] // HERE,
        courses_begun=frozenset(course for course, bit in COURSE_BITS.items() if numbers["learning"] & bit),
    )
    return {name: flags[name] for name in OF_THE_OFFICER}, facts


OF_THE_LIST = ("is_named", "has_work", "has_place", "has_time", "has_photo", "identity_chosen", "check_agreed")
OF_THE_OFFICER = tuple(name for name in FLAGS if name not in OF_THE_LIST)


def _if(condition: Any, part: int) -> Case:
    return Case(When(condition, then=Value(part)), default=Value(0), output_field=BigIntegerField())


def _whole(number: Any) -> Any:
    return Coalesce(Cast(number, BigIntegerField()), Value(0), output_field=BigIntegerField())


def bits_of(rows: QuerySet[Any], bits: dict[str, int], column: str = "kind") -> Any:
    """The kinds among one person's rows as one number, by a subquery."""
    return _one_of_each(rows, _sum_of(bits, column, distinct=True))


def _one_of_each(rows: QuerySet[Any], number: Any) -> Any:
    """A number reckoned from one person's rows, by a subquery."""
    return rows.order_by().values("ambassador").annotate(number=number).values("number")


def _sum_of(parts: dict[Any, int], column: str, *, distinct: bool = False) -> Sum:
    whens = [When(**{column: word}, then=Value(part)) for word, part in parts.items()]
    return Sum(Case(*whens, output_field=IntegerField()), distinct=distinct)


@cache
def kinds_of(number: int) -> frozenset[str]:
    """The requirements whose bits make this number."""
    return frozenset(kind for kind, bit in REQUIREMENT_BITS.items() if number & bit)
