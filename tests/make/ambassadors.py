"""People of the register."""

from datetime import UTC, date, datetime
from itertools import count

from ambassadors.enums import AmbassadorStatus, CheckBody, HoldKind, OfferingKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Offering, Requirement
from stem.accounts.models import User
from stem.curriculum import Route
from tests.make.accounts import user as make_user

LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


def ambassador(
    *,
    name: str = "Ada Engineer",
    user: User | None = None,
    cleared: bool = False,
    postcode: str = "LS1 4AP",
    subjects: tuple[str, ...] = ("civil_engineering",),
    stages: tuple[str, ...] = ("ks3",),
    activities: tuple[str, ...] = ("careers_talk",),
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
    for kind, codes in (
        (OfferingKind.SUBJECT, subjects),
        (OfferingKind.STAGE, stages),
        (OfferingKind.ACTIVITY, activities),
    ):
        Offering.objects.bulk_create(Offering(ambassador=made, kind=kind, code=code) for code in codes)
    if cleared:
        clear(made)
    return made


def clear(person: Ambassador, *, until: date = date(2029, 8, 31), body: CheckBody = CheckBody.DBS) -> None:
    """Every requirement in date until this day."""
    officer, second = (make_user(email=f"officer{next(_numbers)}@scheme.example") for _ in range(2))
    for kind in RequirementKind:
        requirement(
            person,
            kind=kind,
            valid_until=until,
            body=body if kind is RequirementKind.CRC else "",
            recorded_by=officer,
            confirmed_by=second if kind is RequirementKind.CRC else None,
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
) -> Requirement:
    """One fact about a person."""
    return Requirement.objects.create(
        ambassador=person,
        kind=kind,
        body=body,
        started_on=started_on,
        valid_until=valid_until,
        recorded_by=recorded_by,
        recorded_at=LONG_AGO,
        confirmed_by=confirmed_by,
        confirmed_at=LONG_AGO if confirmed_by else None,
    )


def hold(
    person: Ambassador, *, kind: HoldKind = HoldKind.AWAY, starts_on: date, ends_on: date | None = None, truth: str = ""
) -> Hold:
    """A reason not to book someone."""
    return Hold.objects.create(
        ambassador=person,
        kind=kind,
        truth=truth,
        starts_on=starts_on,
        ends_on=ends_on,
        set_by=make_user(email=f"holder{next(_numbers)}@scheme.example"),
        set_at=LONG_AGO,
    )
