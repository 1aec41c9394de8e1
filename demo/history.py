"""Five years of visits before the story begins, so that the map of who is reached is alive: rows alone.

Of most schools somebody has been to some; who came then stands in no register of ours.
"""

import random
from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from bookings.enums import Channel, InvitationStatus, RequestStatus, VisitStatus
from bookings.models import Invitation, Listed, Request, Visit
from bookings.operations.inviting import follow_up, note_call, write_to_school
from bookings.operations.listing import list_schools
from demo.asked import BATTERIES, BRIDGES, CHEMISTRY, CODING, ENERGY, RAILWAYS, SPACE, STATISTICS
from schools.enums import ContactStatus, Phase
from schools.models import Contact, School
from stem.accounts.models import User
from stem.curriculum import Stage, year_groups
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.workdays import is_working_day

SEED = 27
# Of how many of a hundred schools the last visit was how many days ago, at least and at most; of the others never.
LAST = ((22, 110, 360), (24, 370, 1080), (16, 1110, 1800))
BEGAN_DAYS = 1800
MOST_VISITS = 6
TEACHERS = ("Ruth", "Imran", "Carys", "Owen", "Leila", "Martin", "Joan", "Kofi", "Eilidh", "Dev")
SURNAMES = ("Ashworth", "Begum", "Carver", "Drummond", "Ellwood", "Farrow", "Gill", "Hartley", "Ismail", "Kershaw")
JOBS = ("Science lead", "Careers lead", "Head of mathematics", "Design and technology teacher")
ASKED = (BRIDGES, RAILWAYS, CODING, CHEMISTRY, STATISTICS, SPACE, ENERGY, BATTERIES)
STAGES = {
    Phase.PRIMARY: (Stage.KS1, Stage.KS2),
    Phase.SECONDARY: (Stage.KS3, Stage.KS3, Stage.KS4, Stage.KS5),
    Phase.SPECIAL: (Stage.KS2, Stage.KS3, Stage.KS4),
}


def tell_of_visits_before(*, at: datetime) -> None:
    """Visits to most of the schools that nobody acts for in the story, each school with who leads there."""
    chance = random.Random(SEED)
    acted_for = Contact.objects.values("school")
    schools = School.objects.open().filter(phase__in=STAGES).exclude(pk__in=acted_for).order_by("register_number")
    days = {school: _days(chance) for school in schools}
    contacts = _leads(chance, [school for school, came in days.items() if came], at=at)
    held = [(contact, day) for contact in contacts for day in days[contact.school]]
    requests = Request.objects.bulk_create(_request(chance, contact, at - timedelta(days=day)) for contact, day in held)
    Visit.objects.bulk_create(
        _visit(chance, request, at - timedelta(days=day))
        for request, (_contact, day) in zip(requests, held, strict=True)
    )


def _days(chance: random.Random) -> list[int]:
    """How many days ago somebody was at a school, the last time first."""
    drawn = chance.randrange(100)
    for share, least, most in LAST:
        if drawn < share:
            last = chance.randrange(least, most)
            earlier = [chance.randrange(last, BEGAN_DAYS + 30) for _visit in range(chance.randrange(MOST_VISITS))]
            return sorted({last, *earlier})
        drawn -= share
    return []


def _leads(chance: random.Random, schools: list[School], *, at: datetime) -> list[Contact]:
    """Somebody who leads at each of these schools."""
    users = User.objects.bulk_create(
        User(
            email=f"teacher{school.register_number}@schools.example",
            full_name=f"{chance.choice(TEACHERS)} {chance.choice(SURNAMES)}",
            password=make_password(None),
        )
        for school in schools
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    began = at - timedelta(days=BEGAN_DAYS + 60)
    return Contact.objects.bulk_create(
        Contact(
            school=school,
            user=user,
            job_title=chance.choice(JOBS),
            phone="01632 960199",
            status=ContactStatus.APPROVED,
            asked_at=began,
            is_lead=True,
        )
        for school, user in zip(schools, users, strict=True)
    )


def _request(
    chance: random.Random, contact: Contact, then: datetime, status: RequestStatus = RequestStatus.FULFILLED
) -> Request:
    answers: dict[str, Any] = {**chance.choice(ASKED)}
    stage = chance.choice(STAGES[Phase(contact.school.phase)])
    years = year_groups(contact.school.nation, stage)
    return Request(
        **{**answers, "stage": stage, "year_groups": chance.choice(years), "meetings": 1},
        school=contact.school,
        contact=contact,
        status=status,
        started_at=then - timedelta(days=50),
        submitted_at=then - timedelta(days=49),
    )


def _visit(chance: random.Random, request: Request, then: datetime) -> Visit:
    day = day_of(then)
    while not is_working_day(day, Nation(request.school.nation)):
        day -= timedelta(days=1)
    starts_at = moment(day, time(chance.randrange(9, 14)))
    return Visit(
        request=request,
        status=VisitStatus.DELIVERED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        supervising_adult=request.contact.user.full_name,
        changed_at=starts_at,
    )


def tell_of_invitations(*, at: datetime, coordinator: User) -> None:
    """The lists of the last two months, and what came of inviting some of the schools on the first of them."""
    first = (at.replace(day=1) - timedelta(days=1)).replace(day=28)
    list_schools(at=first)
    led = Contact.objects.leading().values("school")
    listed = Listed.objects.order_by("place", "region").select_related("school")
    written = [each.school for each in listed.filter(school__in=led)[:5]]
    rung = [each.school for each in listed.exclude(school__in=led)[:4]]
    long_ago = at - timedelta(days=70)
    for number, school in enumerate(written):
        then = long_ago + timedelta(days=11 * number)
        write_to_school(school=school, words="We would come to you in your own science week.", by=coordinator, at=then)
    for school, said in zip(
        rung, (InvitationStatus.NOT_NOW, InvitationStatus.NEVER, InvitationStatus.WAITING), strict=False
    ):
        note_call(school=school, said=said, by=coordinator, at=at - timedelta(days=9))
    for invitation in Invitation.objects.filter(channel=Channel.LETTER).order_by("made_at")[1:2]:
        _asked_in_vain(invitation)
    follow_up(at=at)
    list_schools(at=at)


def _asked_in_vain(invitation: Invitation) -> None:
    """The school asked a week later, and nobody could be found."""
    assert invitation.contact is not None
    then = invitation.made_at + timedelta(days=56)
    request = _request(random.Random(SEED), invitation.contact, then, RequestStatus.UNFILLED)
    request.save()
