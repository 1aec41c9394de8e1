"""People of the register."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import count
from urllib.parse import urlsplit

from PIL import Image

from ambassadors.enums import (
    AmbassadorStatus,
    CheckBody,
    CheckStatus,
    EligibilityBasis,
    HoldKind,
    RefereeCapacity,
    RefereeStatus,
    RequirementKind,
)
from ambassadors.hours import by_day
from ambassadors.models import (
    Ambassador,
    Application,
    BusyTime,
    Check,
    FreeHours,
    Hold,
    Limits,
    Membership,
    Offering,
    OwnAim,
    OwnCalendar,
    Photo,
    Referee,
    Requirement,
    Scheme,
)
from ambassadors.reach.keeping import keep_reach
from ambassadors.search.index import index_people
from stem.accounts.models import User
from stem.curriculum import Route
from stem.encryption import encrypted
from tests.make.accounts import user as make_user

LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)
_calendars = count(1)


def ambassador(
    *,
    name: str = "Ada Engineer",
    user: User | None = None,
    cleared: bool = False,
    postcode: str = "LS1 4AP",
    subjects: tuple[str, ...] = ("civil_engineering",),
    stages: tuple[str, ...] = ("ks3",),
    activities: tuple[str, ...] = ("careers_talk",),
    languages: tuple[str, ...] = (),
    aims: tuple[str, ...] = (),
    **columns,
) -> Ambassador:
    """A civil engineer in Leeds; `cleared` makes them active with every requirement in date for years."""
    person = user or make_user(email=f"ambassador{next(_numbers)}@work.example", name=name)
    made = Ambassador(
        **{
            "user": person,
            "full_name": name,
            "email": person.email,
            "job_title": "Bridge engineer",
            "organisation": "Northern Bridges",
            "route": Route.APPRENTICESHIP,
            "registered_at": LONG_AGO,
            "status": AmbassadorStatus.ACTIVE if cleared else AmbassadorStatus.VETTING,
            **columns,
        }
    )
    made.set_place(postcode)
    made.save()
    index_people([made.pk])
    _offer(made, subject=subjects, stage=stages, activity=activities, language=languages)
    OwnAim.objects.bulk_create(OwnAim(ambassador=made, aim=aim, given_at=LONG_AGO) for aim in aims)
    if cleared:
        clear(made)
    keep_reach([made.pk])
    return made


def _offer(person: Ambassador, **offered: tuple[str, ...]) -> None:
    """Let them offer these, by their kind."""
    rows = [Offering(ambassador=person, kind=kind, code=code) for kind, codes in offered.items() for code in codes]
    Offering.objects.bulk_create(rows)


def hours(person: Ambassador, *, days: Iterable[int] = range(7), starts: time = time(7), ends: time = time(22)) -> None:
    """Let them keep these hours on these weekdays, and none on the others."""
    free = set(days)
    FreeHours.objects.bulk_create(
        FreeHours(
            ambassador=person,
            weekday=day,
            starts=starts if day in free else None,
            ends=ends if day in free else None,
        )
        for day in range(7)
    )


def limits(person: Ambassador, **said) -> None:
    """Let them say how often and how soon they want to be asked."""
    Limits.objects.create(ambassador=person, **said)
    keep_reach([person.pk])


def imported(*, name: str = "Ada Ingenieur", scheme: str = "Engineers for Schools", **columns) -> Ambassador:
    """Somebody whom another scheme brought, and who has not answered yet."""
    told = {"status": "imported", "email": "ada@home.example", "phone": "01632 960777", "said": {}, **columns}
    made = Ambassador(full_name=name, registered_at=LONG_AGO, **told)
    made.set_place("LS1 4AP")
    made.save()
    said = {"full_name": [name, "2026-03-01"], "phone": ["01632 960777", "2026-03-01"]}
    whose, _is_new = Scheme.objects.get_or_create(name=scheme)
    Membership.objects.create(ambassador=made, scheme=whose, legacy_id=f"E{made.pk}", said=said)
    index_people([made.pk])
    return made


def clear(
    person: Ambassador, *, until: date = date(2029, 8, 31), body: CheckBody = CheckBody.DBS, **of_the_check
) -> None:
    """Every requirement in date until this day; what is said besides is said of the check."""
    officer, second = (make_user(email=f"officer{next(_numbers)}@scheme.example") for _ in range(2))
    for kind in RequirementKind:
        requirement(
            person,
            kind=kind,
            valid_until=until,
            body=body if kind is RequirementKind.CRC else "",
            recorded_by=officer,
            confirmed_by=second if kind is RequirementKind.CRC else None,
            **(of_the_check if kind is RequirementKind.CRC else {}),
        )


def requirement(
    person: Ambassador,
    *,
    kind: RequirementKind,
    recorded_by: User,
    confirmed_by: User | None = None,
    started_on: date = date(2026, 9, 1),
    valid_until: date | None = None,
    body: str = "",
    **columns,
) -> Requirement:
    """One fact about a person."""
    made = Requirement.objects.create(
        ambassador=person,
        kind=kind,
        body=body,
        started_on=started_on,
        valid_until=valid_until,
        recorded_by=recorded_by,
        recorded_at=LONG_AGO,
        confirmed_by=confirmed_by,
        confirmed_at=LONG_AGO if confirmed_by else None,
        **columns,
    )
    keep_reach([person.pk])
    return made


def check(person: Ambassador, *, status: CheckStatus = CheckStatus.SEEN, **columns) -> Check:
    """A criminal record check that has come so far, with what it must have had on its way."""
    told: dict[str, object] = {}
    if status in CheckStatus.after_eligibility():
        told |= {
            "body": CheckBody.DBS,
            "eligibility_basis": EligibilityBasis.INFREQUENT,
            "eligibility_by": make_user(email=f"officer{next(_numbers)}@scheme.example"),
        }
    if status in CheckStatus.after_seeing():
        told |= {
            "seen_by": make_user(email=f"officer{next(_numbers)}@scheme.example"),
            "seen_on": date(2026, 11, 2),
            "seen_place": "Our office",
            "issued_on": date(2026, 10, 20),
            "number": encrypted("001234567890"),
            "number_ends": "7890",
        }
    columns = {"began_at": LONG_AGO, "moved_at": LONG_AGO, **told, **columns}
    return Check.objects.create(ambassador=person, status=status, **columns)


def decided_check(
    person: Ambassador, *, requirement: Requirement | None = None, issued_on: date = date(2026, 10, 20), **columns
) -> Check:
    """A criminal record check that two people have decided, and what it put on record (three years, less a day)."""
    first, second = (make_user(email=f"officer{next(_numbers)}@scheme.example") for _ in range(2))
    row = requirement or Requirement.objects.create(
        ambassador=person,
        kind=RequirementKind.CRC,
        body=columns.get("body", CheckBody.DBS),
        barred_list=columns.get("barred_list", False),
        conditions=columns.pop("conditions", ""),
        started_on=issued_on,
        valid_until=date(issued_on.year + 3, issued_on.month, issued_on.day) - timedelta(days=1),
        recorded_by=first,
        recorded_at=LONG_AGO,
        confirmed_by=second,
        confirmed_at=LONG_AGO,
    )
    decided = {"decided_on": LONG_AGO.date(), "first_decider": row.recorded_by, "second_decider": row.confirmed_by}
    made = {"status": CheckStatus.OK, "requirement": row, "issued_on": issued_on, **decided, **columns}
    return check(person, **made)


def hold(
    person: Ambassador,
    *,
    kind: HoldKind = HoldKind.AWAY,
    starts_on: date,
    ends_on: date | None = None,
    truth: str = "",
    set_by: User | None = None,
) -> Hold:
    """A reason not to book someone, of which an officer said unless told otherwise."""
    return Hold.objects.create(
        ambassador=person,
        kind=kind,
        truth=truth,
        starts_on=starts_on,
        ends_on=ends_on,
        set_by=set_by or make_user(email=f"holder{next(_numbers)}@scheme.example"),
        set_at=LONG_AGO,
    )


def applicant(**columns) -> Ambassador:
    """Someone on their way in who has said all about themselves, and has yet to be trusted."""
    person = ambassador(**{"name": "Amina Applicant", "phone": "07700 900123", **columns})
    Application.objects.create(ambassador=person, started_at=LONG_AGO)
    Photo.objects.create(ambassador=person, picture=b"a face", digest="0" * 64, width=40, height=40, added_at=LONG_AGO)
    return person


def referee(
    person: Ambassador,
    *,
    name: str = "Rhea Referee",
    email: str = "rhea@northern.example",
    capacity: RefereeCapacity = RefereeCapacity.EMPLOYER,
    **columns,
) -> Referee:
    """Someone whom a person has named and who was asked."""
    told = {"status": RefereeStatus.ASKED, "named_at": LONG_AGO, "asked_at": LONG_AGO, **columns}
    return Referee.objects.create(ambassador=person, full_name=name, email=email, capacity=capacity, **told)


def answered(person: Ambassador, *, doubts: bool = False, **columns) -> Referee:
    """Someone who has answered, and whom no officer has decided about."""
    said = {
        "known_for": "Four years, as her manager.",
        "seen_with_children": "At our open days, patient and clear.",
        "reliability": "Always there before me.",
    }
    told = {"status": RefereeStatus.ANSWERED, "answered_at": LONG_AGO, "has_doubts": doubts, **said, **columns}
    return referee(person, **told)


def photo(person: Ambassador, *, colour: str = "#8c1d5b", confirmed: bool = True) -> Photo:
    """A picture of one colour, of which an officer has said that it is them."""
    officer = make_user(email=f"officer{next(_numbers)}@scheme.example") if confirmed else None
    written = BytesIO()
    Image.new("RGB", (48, 48), colour).save(written, "JPEG")
    return Photo.objects.create(
        ambassador=person,
        picture=written.getvalue(),
        digest=sha256(written.getvalue()).hexdigest(),
        width=48,
        height=48,
        added_at=LONG_AGO,
        confirmed_by=officer,
        confirmed_at=LONG_AGO if confirmed else None,
    )


def own_calendar(
    person: Ambassador, *, url: str = "", busy: Iterable[tuple[datetime, datetime]] = (), **columns
) -> OwnCalendar:
    """A calendar of their own at an address, a new one each time, that was read and said that they are busy then.

    At an address that is given there is one.
    """
    url = url or f"https://calendar.example/{next(_calendars)}.ics"
    given = {"added_at": LONG_AGO, "due_at": LONG_AGO, "read_at": LONG_AGO, "until": date(2028, 1, 1), **columns}
    calendar, _is_new = OwnCalendar.objects.get_or_create(
        ambassador=person,
        digest=sha256(url.encode()).hexdigest(),
        defaults={"address": encrypted(url), "host": urlsplit(url).hostname, **given},
    )
    BusyTime.objects.bulk_create(BusyTime(calendar=calendar, **part._asdict()) for part in by_day(busy))
    return calendar
