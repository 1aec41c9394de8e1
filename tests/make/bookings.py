"""Requests and what becomes of them. Times are counted from Tuesday 12 January 2027, noon: `conftest.now`."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from ambassadors.models import Ambassador
from bookings.enums import (
    CancelReason,
    Channel,
    Mode,
    OfferStatus,
    RequestStatus,
    Risk,
    Said,
    SearchKind,
    SeatKind,
    SeatStatus,
    Side,
    Speaker,
    VisitStatus,
)
from bookings.models import (
    CalendarReply,
    Commitment,
    Coverage,
    Invitation,
    KeptApart,
    Listed,
    Message,
    Offer,
    OfferTime,
    OwnVisit,
    PossibleTime,
    Preparation,
    Priority,
    Proposal,
    Reconfirmation,
    Request,
    Reserve,
    RiskAcceptance,
    RiskAssessment,
    Search,
    Seat,
    Session,
    Visit,
    Willing,
)
from bookings.operations.visits import Arrangements
from bookings.priority.reckoning import Figures
from schools.models import Contact, School
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.moments import day_of
from tests.make.accounts import staff, user
from tests.make.ambassadors import ambassador
from tests.make.schools import contact as make_contact
from tests.make.schools import school as make_school

NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
# Wednesday 10 February 2027, 10:00 to 11:00 in London.
FIRST_TIME = (datetime(2027, 2, 10, 10, 0, tzinfo=UTC), datetime(2027, 2, 10, 11, 0, tzinfo=UTC))
FIRST_DAY = date(2027, 2, 10)
# Friday of that week, in the morning: no time of a request's own.
OTHER_TIME = (datetime(2027, 2, 12, 9, 0, tzinfo=UTC), datetime(2027, 2, 12, 10, 0, tzinfo=UTC))
SECOND_TIME = (datetime(2027, 2, 11, 14, 0, tzinfo=UTC), datetime(2027, 2, 11, 15, 0, tzinfo=UTC))


def request(
    *,
    contact: Contact | None = None,
    status: RequestStatus = RequestStatus.DRAFT,
    times: tuple[tuple[datetime, datetime], ...] = (FIRST_TIME, SECOND_TIME),
    **columns,
) -> Request:
    """A complete request for a careers talk on civil engineering, as a draft unless told otherwise."""
    contact = contact or make_contact()
    made = Request.objects.create(
        **{
            "school": contact.school,
            "contact": contact,
            "status": status,
            "started_at": NOW,
            "submitted_at": None if status == RequestStatus.DRAFT else NOW,
            "purpose": "Meet someone who builds bridges",
            "outcome_1": "Name three jobs in civil engineering",
            "subject": "civil_engineering",
            "stage": "ks3",
            "year_groups": "Year 8",
            "pupils": 28,
            "activity": "careers_talk",
            "mode": Mode.IN_PERSON,
            "supervising_adult": "Sam Supervisor",
            "supervising_email": "s.supervisor@school.example",
            "safeguarding_lead": "Dee Lead",
            "safeguarding_phone": "01632 960002",
            **columns,
        }
    )
    for starts_at, ends_at in times:
        PossibleTime.objects.create(request=made, starts_at=starts_at, ends_at=ends_at)
    return made


def visit(
    *,
    request: Request | None = None,
    contact: Contact | None = None,
    status: VisitStatus = VisitStatus.FINDING,
    ambassador: Ambassador | None = None,
    time: tuple[datetime, datetime] = FIRST_TIME,
    seats: int = 1,
    **columns,
) -> Visit:
    """A visit of an open request. With an ambassador its first seat is taken, at `time`; without, it has none yet."""
    found = ambassador is not None
    wanted = request or globals()["request"](
        contact=contact, status=RequestStatus.FULFILLED if found else RequestStatus.OPEN
    )
    starts_at, ends_at = time if found else (None, None)
    made = Visit.objects.create(
        **{
            "request": wanted,
            "status": status,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "supervising_adult": wanted.supervising_adult,
            "supervising_email": wanted.supervising_email,
            "safeguarding_lead": wanted.safeguarding_lead,
            "safeguarding_phone": wanted.safeguarding_phone,
            "changed_at": NOW,
            **columns,
        }
    )
    for number in range(seats):
        taken = found and number == 0
        seat = Seat.objects.create(
            visit=made, status=SeatStatus.TAKEN if taken else SeatStatus.OPEN, ambassador=ambassador if taken else None
        )
        if taken:
            _hold_hours(seat, made)
    return made


def _hold_hours(seat: Seat, visit: Visit) -> None:
    Commitment.objects.create(seat=seat, ambassador=seat.ambassador, starts_at=visit.starts_at, ends_at=visit.ends_at)
    Session.objects.create(visit=visit, starts_at=visit.starts_at, ends_at=visit.ends_at, group="Year 8")
    offer(seat=seat, ambassador=seat.ambassador, status=OfferStatus.ACCEPTED)


def offer(
    *,
    visit: Visit | None = None,
    seat: Seat | None = None,
    ambassador: Ambassador | None = None,
    status: OfferStatus = OfferStatus.SENT,
    **columns,
) -> Offer:
    """Someone cleared, asked three days before `lapses_at`, for the first seat of the visit."""
    seat = seat or (visit or globals()["visit"]()).seats.all()[0]
    return Offer.objects.create(
        **{
            "seat": seat,
            "visit": seat.visit,
            "ambassador": ambassador or _someone_cleared(),
            "status": status,
            "made_at": NOW,
            "lapses_at": NOW + timedelta(hours=72),
            "score": 0.85,
            "parts": {"topic": 1.0, "stage": 1.0, "activity": 1.0, "route_aim": 0.0, "nearness": 0.9, "load": 1.0},
            "reasons": ["Offers exactly this: Civil and structural engineering", "8 minutes away"],
            "minutes": 8,
            **columns,
        }
    )


def place_to_watch(visit: Visit) -> Seat:
    """Room for somebody new beside whoever visits."""
    return Seat.objects.create(visit=visit, kind=SeatKind.SHADOW)


def watched(visit: Visit, *, ambassador: Ambassador | None = None) -> Seat:
    """The place of somebody new, Nia Newcomer unless told otherwise, who comes along to watch this visit."""
    person = ambassador or globals()["ambassador"](name="Nia Newcomer", cleared=True)
    seat = place_to_watch(visit)
    seat.status, seat.ambassador = SeatStatus.TAKEN, person
    seat.save()
    Commitment.objects.create(seat=seat, ambassador=person, starts_at=visit.starts_at, ends_at=visit.ends_at)
    offer(seat=seat, ambassador=person, status=OfferStatus.ACCEPTED)
    return seat


def priority(request: Request, *, on: date | None = None, census: int | None = 2026, **figures) -> Priority:
    """The request's priority: of a most disadvantaged school, far from everyone, without a visit, for Key Stage 3."""
    plain = {
        "percentiles": (0.9,),
        "visits": 0,
        "roll": 1200,
        "minutes": (40, 41, 42, 43, 44),
        "stage": request.stage,
        "school_days": 5,
        "fell_through": False,
    }
    made = Priority.of(request, Figures(**{**plain, **figures}), census=census, on=on or day_of(NOW))
    Priority.objects.filter(request=request).delete()
    made.save()
    return made


def proposal(
    visit: Visit, *, seat: Seat | None = None, time: tuple[datetime, datetime] | None = None, **columns
) -> Proposal:
    """That the school, or whoever has this seat, would like the visit a day later; three days are left to answer."""
    assert visit.starts_at is not None and visit.ends_at is not None
    starts_at, ends_at = time or (visit.starts_at + timedelta(days=1), visit.ends_at + timedelta(days=1))
    return Proposal.objects.create(
        **{
            "visit": visit,
            "side": Side.SCHOOL if seat is None else Side.AMBASSADOR,
            "seat": seat,
            "made_at": NOW,
            "lapses_at": NOW + timedelta(hours=72),
            "was_starts_at": visit.starts_at,
            "was_ends_at": visit.ends_at,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "words": "The hall is taken that day.",
            "reason": CancelReason.OTHER,
            **columns,
        }
    )


def search(**columns) -> Search:
    """Somebody asked for civil engineering in LS2 and could be told of nobody, unless told otherwise."""
    about = {"kind": SearchKind.VISITOR, "day": FIRST_DAY, "nation": "england", "area": "LS", "district": "LS2"}
    what = {"subject": "civil_engineering", "stage": "ks3", "online": False, "found": 0}
    return Search.objects.create(**{**about, **what, **columns})


def own_visit(ambassador: Ambassador, *, day: date = FIRST_DAY, **columns) -> OwnVisit:
    """A day in person with under-18s, at a school in England that the ambassador found themselves."""
    return OwnVisit.objects.create(
        **{
            "ambassador": ambassador,
            "day": day,
            "place": "Beckside Guides",
            "nation": "england",
            "mode": Mode.IN_PERSON,
            "with_under_18s": True,
            "added_at": NOW,
            **columns,
        }
    )


def willing(ambassador: Ambassador, *, request: Request | None = None, **columns) -> Willing:
    """That the ambassador could do an open request, for which somebody is looked for."""
    request = request or visit().request
    return Willing.objects.create(request=request, ambassador=ambassador, **{"said_at": NOW, **columns})


def reserve(ambassador: Ambassador, *, visit: Visit | None = None, **columns) -> Reserve:
    """That the ambassador would still come to a visit to which somebody else goes."""
    visit = visit or offer(ambassador=ambassador, status=OfferStatus.SUPERSEDED).visit
    return Reserve.objects.create(visit=visit, ambassador=ambassador, **{"said_at": NOW, **columns})


def countered(*, times: tuple[tuple[datetime, datetime], ...] = (OTHER_TIME,), **columns) -> Offer:
    """An offer to which somebody has said that they could come at another time."""
    made = offer(status=OfferStatus.COUNTERED, **columns)
    for starts_at, ends_at in times:
        OfferTime.objects.create(offer=made, starts_at=starts_at, ends_at=ends_at)
    return made


def calendar_reply(
    ambassador: Ambassador, *, visit: Visit | None = None, said: Said = Said.DECLINED, **columns
) -> CalendarReply:
    """That the ambassador's own calendar program answered the invitation to a confirmed visit."""
    visit = visit or globals()["visit"](ambassador=ambassador, status=VisitStatus.CONFIRMED)
    told = {"said": said, "sequence": visit.sequence, "stamp": NOW, "received_at": NOW, **columns}
    return CalendarReply.objects.create(visit=visit, ambassador=ambassador, **told)


def kept_apart(
    ambassador: Ambassador, *, school: School | None = None, side: Side = Side.AMBASSADOR, **columns
) -> KeptApart:
    """That a school and an ambassador would rather not meet again, by the ambassador's word unless told otherwise."""
    school = school or make_school()
    told = {"said_at": NOW, "by": ambassador.user or user(), **columns}
    return KeptApart.objects.create(school=school, ambassador=ambassador, side=side, **told)


def message(visit: Visit, *, by: User | None = None, side: Speaker = Speaker.SCHOOL, **columns) -> Message:
    """What somebody wrote about a visit, for its school unless told otherwise."""
    told = {"text": "Is there a projector?", "slip": uuid4(), "written_at": NOW, "told_at": NOW, **columns}
    return Message.objects.create(visit=visit, by=by or visit.request.contact.user, side=side, **told)


def preparation(visit: Visit, **columns) -> Preparation:
    """What is prepared for a visit; the school has still to say that it agrees."""
    return Preparation.objects.create(visit=visit, **columns)


def risk_assessment(ambassador: Ambassador, **columns) -> RiskAssessment:
    """What the ambassador says of a workshop of theirs that leaves little risk, written a week ago."""
    return RiskAssessment.objects.create(
        **{
            "ambassador": ambassador,
            "activity": "workshop",
            "written_at": NOW - timedelta(days=7),
            "written_by": ambassador.user or user(),
            "name": "Paper bridges",
            "done": "We fold bridges of paper and load them until they fall.",
            "hazards": "Cuts from scissors\nWeights that fall",
            "who_harmed": "Pupils and staff: fingers and toes",
            "controls": "Round scissors\nThe weights hang over a box of sand",
            "residual": Risk.LOW,
            "first_aid": "Plasters are at hand; the school’s first aider is called.",
            **columns,
        }
    )


def risk_acceptance(visit: Visit, *, accepted: bool = False, residual: str = Risk.LOW, **columns) -> RiskAcceptance:
    """That the school of a visit is asked to accept what whoever comes wrote of it, or has accepted it."""
    person = visit.seats.filter(ambassador__isnull=False)[0].ambassador
    assert person is not None
    if "assessment" not in columns:
        columns["assessment"] = risk_assessment(person, activity=visit.request.activity, residual=residual)
    said = {"accepted_at": NOW, "accepted_by": visit.request.contact.user, "position": "Head of science"}
    return RiskAcceptance.objects.create(visit=visit, **{"offered_at": NOW, **(said if accepted else {}), **columns})


def arrangements(**answers) -> Arrangements:
    """All that a school says with its yes to a visit in person."""
    return Arrangements(
        **{
            "supervising_adult": "Sam Supervisor",
            "supervising_email": "s@school.example",
            "safeguarding_lead": "Dee Lead",
            "safeguarding_phone": "01632 960002",
            "arrival": "Ask at reception",
            "access_needs": "None",
            "outline_agreed": True,
            **answers,
        }
    )


def reconfirmation(seat: Seat, *, side: Side = Side.AMBASSADOR, **columns) -> Reconfirmation:
    """That whoever has this seat was asked whether all is as agreed, or with the other side its visit's school."""
    visit = seat.visit
    told = {"seat": seat if side == Side.AMBASSADOR else None, "sequence": visit.sequence, "asked_at": NOW}
    return Reconfirmation.objects.create(visit=visit, side=side, **{**told, **columns})


def _someone_cleared() -> Ambassador:
    return ambassador(cleared=True)


def coverage(school: School | None = None, **columns) -> Coverage:
    """How a school is reached: never visited, most disadvantaged, far from everyone, unless told otherwise."""
    plain = {"last_on": None, "visits": 0, "year_visits": 0, "disadvantage": 0.9, "minutes": 42, "score": 0.8}
    return Coverage.objects.create(school=school or make_school(), reckoned_at=NOW, **{**plain, **columns})


def invitation(contact: Contact | None = None, **columns) -> Invitation:
    """That a coordinator wrote to whoever leads at a school that had not asked, and nobody has answered yet."""
    contact = contact or make_contact(lead=True)
    by = columns.pop("by", None) or staff(Role.COORDINATOR)
    plain = {"channel": Channel.LETTER, "made_at": NOW, "contact": contact, "school": contact.school}
    return Invitation.objects.create(by=by, **{**plain, **columns})


def listed(school: School, region: Region, **columns) -> Listed:
    """That a school is first on the list of January 2027."""
    return Listed.objects.create(school=school, region=region, **{"month": date(2027, 1, 1), "place": 1, **columns})
