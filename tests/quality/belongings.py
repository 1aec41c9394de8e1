"""One of every kind of row that may belong to a person of the register."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

from ambassadors.enums import CheckBody, CheckStatus, HoldKind, OfferingKind, RequirementKind
from ambassadors.models import (
    Ambassador,
    Application,
    ClauseAcceptance,
    LessonRead,
    Limits,
    Membership,
    Notice,
    Offering,
    OwnAim,
    Pin,
    Requirement,
    Scheme,
)
from ambassadors.queries.words import offered_by, own_words
from quality.enums import ConcernStatus
from quality.models import EmployerAgreement, Endorsement
from stem.curriculum import Aim
from tests.make.accounts import user
from tests.make.ambassadors import LONG_AGO, answered, check, hold, hours, own_calendar, photo, requirement
from tests.make.bookings import (
    calendar_reply,
    kept_apart,
    offer,
    own_visit,
    request,
    reserve,
    risk_assessment,
    visit,
    willing,
)
from tests.make.courses import failed_quiz
from tests.make.quality import case, concern, suspension

_numbers = count(1)
# Every visit on a day of its own, or two records could not become one.
FIRST = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def membership(person: Ambassador, *, said: dict | None = None) -> Membership:
    """A scheme that has brought this person, and what it says of them."""
    number = next(_numbers)
    scheme, _is_new = Scheme.objects.get_or_create(name=f"Scheme {number % 3}")
    told = said or {"full_name": [f"Ada {number}", f"202{number % 5}-03-01"], "phone": [f"0163296{number:04}", ""]}
    if person.said is None:
        person.said = own_words(person, offered_by([person])[person.pk])
        person.save(update_fields=["said"])
    return Membership.objects.create(ambassador=person, scheme=scheme, legacy_id=f"L{number}", said=told)


def _pin(person: Ambassador) -> None:
    member = membership(person)
    Pin.objects.create(ambassador=person, field="phone", membership=member, set_by=user(), set_at=LONG_AGO)


def _visit(person: Ambassador) -> None:
    start = FIRST + timedelta(days=next(_numbers))
    visit(ambassador=person, time=(start, start + timedelta(hours=2)))


def _reply(person: Ambassador) -> None:
    start = FIRST + timedelta(days=next(_numbers))
    calendar_reply(person, visit=visit(ambassador=person, time=(start, start + timedelta(hours=2))))


def _identity(person: Ambassador) -> Requirement:
    return requirement(person, kind=RequirementKind.ID, recorded_by=user())


def _check_requirement(person: Ambassador) -> Requirement:
    return requirement(person, kind=RequirementKind.CRC, body=CheckBody.DBS, recorded_by=user(), confirmed_by=user())


def _offer(person: Ambassador) -> None:
    code = ["physics", "chemistry", "biology"][next(_numbers) % 3]
    Offering.objects.get_or_create(ambassador=person, kind=OfferingKind.SUBJECT, code=code)
    if person.said is not None:
        person.said["subjects"] = [offered_by([person])[person.pk]["subjects"], "2026-09-01"]
        person.save(update_fields=["said"])


def _requirement(person: Ambassador) -> None:
    make = (_identity, _check_requirement)[next(_numbers) % 2]
    make(person)


def _referee(person: Ambassador) -> None:
    number = next(_numbers)
    # The first of anybody's is the same person: two records may both have named them.
    email = f"rhea{number}@northern.example" if person.referees.exists() else "rhea@northern.example"
    answered(person, name=f"Rhea {number}", email=email)


def _alias(person: Ambassador) -> None:
    Ambassador.objects.create(
        full_name="Ada Before", email="before@work.example", registered_at=LONG_AGO, status="merged", merged_into=person
    )


# By the name of the relation. Two records that both have one of a kind can still become one.
MAKERS: dict[str, Callable[[Ambassador], object]] = {
    "ambassadors.Ambassador.merged_into": _alias,
    "ambassadors.Offering.ambassador": _offer,
    "ambassadors.Requirement.ambassador": _requirement,
    "ambassadors.Hold.ambassador": lambda person: hold(person, kind=HoldKind.QUALITY, starts_on=date(2027, 1, 4)),
    "ambassadors.Check.ambassador": lambda person: check(person, status=CheckStatus.WITHDRAWN),
    "ambassadors.Application.ambassador": lambda person: Application.objects.get_or_create(
        ambassador=person, defaults={"started_at": LONG_AGO}
    ),
    "ambassadors.ClauseAcceptance.ambassador": lambda person: ClauseAcceptance.objects.get_or_create(
        ambassador=person, version=1, code=["unpaid", "alone"][next(_numbers) % 2], defaults={"accepted_at": LONG_AGO}
    ),
    "ambassadors.Photo.ambassador": lambda person: hasattr(person, "photo") or photo(person),
    "ambassadors.Referee.ambassador": _referee,
    "ambassadors.LessonRead.ambassador": lambda person: LessonRead.objects.get_or_create(
        ambassador=person, course="induction", lesson=["one", "two"][next(_numbers) % 2], edition=1
    ),
    "ambassadors.QuizAttempt.ambassador": failed_quiz,
    "ambassadors.Membership.ambassador": membership,
    "ambassadors.Pin.ambassador": lambda person: person.pins.exists() or _pin(person),
    "ambassadors.Notice.ambassador": lambda person: Notice.objects.get_or_create(
        ambassador=person, days=[0, 14, 60][next(_numbers) % 3], defaults={"told_on": LONG_AGO.date()}
    ),
    "ambassadors.Limits.ambassador": lambda person: Limits.objects.get_or_create(
        ambassador=person, defaults={"visits_a_term": 1 + next(_numbers) % 3}
    ),
    "ambassadors.OwnAim.ambassador": lambda person: OwnAim.objects.get_or_create(
        ambassador=person, aim=Aim.values[next(_numbers) % 3], defaults={"given_at": LONG_AGO}
    ),
    # Two records may both have the calendar of one address.
    "ambassadors.OwnCalendar.ambassador": lambda person: own_calendar(
        person, url=f"https://calendar.example/{next(_numbers) % 3}.ics"
    ),
    "ambassadors.FreeHours.ambassador": lambda person: person.hours.exists() or hours(person),
    "bookings.Request.wanted_again": lambda person: request(wanted_again=person),
    "bookings.Seat.ambassador": _visit,
    "bookings.Commitment.ambassador": _visit,
    "bookings.Offer.ambassador": lambda person: offer(ambassador=person),
    "bookings.OwnVisit.ambassador": lambda person: own_visit(person, place=f"Guides {next(_numbers)}"),
    "bookings.Willing.ambassador": willing,
    "bookings.Reserve.ambassador": reserve,
    "bookings.CalendarReply.ambassador": _reply,
    "bookings.KeptApart.ambassador": kept_apart,
    "bookings.RiskAssessment.ambassador": risk_assessment,
    "quality.EmployerAgreement.ambassador": lambda person: EmployerAgreement.objects.get_or_create(
        ambassador=person, defaults={"key": "northernbridges", "agreed_at": LONG_AGO}
    ),
    "quality.Case.ambassador": case,
    "quality.Concern.ambassador": lambda person: concern(about=person, status=ConcernStatus.LOW_LEVEL),
    # Two records may both have one: that of the record that goes on stands.
    "quality.Endorsement.ambassador": lambda person: Endorsement.objects.get_or_create(ambassador=person),
    "quality.Suspension.ambassador": suspension,
}
