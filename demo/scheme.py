"""Load the demonstration: staff, regions, schools, people, and a past that the real operations made."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from ambassadors.enums import EmployerSize, IdentityDocument, RequirementKind
from ambassadors.hours import MyTime
from ambassadors.models import Ambassador, Membership, Scheme
from ambassadors.operations.answers import agree_to_check
from ambassadors.operations.applications import approve_application, submit_application
from ambassadors.operations.photos import add_photo
from ambassadors.operations.profile import Answers, register_ambassador
from ambassadors.operations.requirements import fulfil_requirement, record_requirement
from ambassadors.operations.time import say_when
from ambassadors.search.index import index_people
from bookings.operations.coverage import reckon_coverage
from bookings.operations.priorities import reckon_waiting
from demo import cast
from demo.calendars import tell_when_schools_are_open
from demo.checks import have_checked, photo_of
from demo.classroom import begin_induction
from demo.employers import tell_an_employer
from demo.endorsed import tell_of_what_tom_gave
from demo.ground import lay_the_ground, name_the_scheme
from demo.history import tell_of_invitations, tell_of_visits_before
from demo.newcomers import bring_newcomers
from demo.own_calendars import tell_of_own_calendars
from demo.portraits import portrait
from demo.story import Teller, tell_story
from demo.told_terms import tell_of_terms
from demo.vouching import tell_of_people_joining
from schools.enums import Register
from schools.models import Contact, School
from schools.operations.contacts import approve_contact, claim_school
from schools.operations.domains import verify_domain
from schools.operations.ranking import rank_by_disadvantage
from schools.search.index import write_words
from stem.accounts.models import RoleGrant, User
from stem.geography.models import Region, RegionArea

STAGES = ("ks2", "ks3", "ks4", "ks5", "fe")
ACTIVITIES = ("careers_talk", "lesson_link", "workshop", "panel_qa", "virtual_talk", "mock_interview")
SIZES = (EmployerSize.SMALL, EmployerSize.LARGE, EmployerSize.MICRO, EmployerSize.MEDIUM)
# What people do for themselves while they join.
SIGNED = (RequirementKind.ELIG, RequirementKind.SELF, RequirementKind.CODE, RequirementKind.DECL)


@transaction.atomic
def load_scheme(*, at: datetime) -> None:
    """Fill an empty database with the demonstration, as if the scheme had run for a term."""
    began = at - timedelta(days=100)
    add_regions()
    officer, colleague = add_staff(began)
    name_the_scheme(User.objects.get(email=cast.ADMINISTRATOR), at=began)
    lay_the_ground(at=began)
    rank_by_disadvantage()
    schools = add_schools()
    add_contacts(schools, officer, began)
    add_ambassadors(officer, colleague, at=at)
    begin_induction(at=at - timedelta(days=2))
    tell_of_people_joining(officer, colleague, at=at)
    calder = schools["900001"]
    teacher = User.objects.get(email=cast.TEACHER[0])
    tell_when_schools_are_open(calder, teacher=teacher, officer=officer, at=at - timedelta(days=2))
    tell_story(at=at, coordinator=officer)
    tell_of_what_tom_gave(Teller(at, officer), Contact.objects.get(school=calder, user=teacher))
    reckon_waiting(at=at)
    tell_of_own_calendars(at=at)
    tell_of_visits_before(at=at)
    reckon_coverage(at=at)
    tell_of_invitations(at=at, coordinator=officer)
    tell_of_terms(at=at)
    tell_an_employer(officer, at=at)
    bring_newcomers(User.objects.get(email=cast.ADMINISTRATOR), officer, at=at)


def person(email: str, name: str) -> User:
    """Someone with a verified address and no password: the demonstration signs in with one click."""
    user = User.objects.create_user(email, full_name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def add_regions() -> None:
    """The regions of the scheme."""
    for name, (nation, areas) in cast.REGIONS.items():
        region = Region.objects.create(name=name, slug=slugify(name), nation=nation)
        RegionArea.objects.bulk_create(RegionArea(region=region, area=area) for area in areas)


def add_staff(began: datetime) -> list[User]:
    """The scheme's staff; the first two may vet together."""
    people = []
    for part in cast.STAFF:
        user = person(part.email, part.name)
        for role in part.roles:
            grant = RoleGrant.objects.create(user=user, role=role, granted_at=began)
            grant.regions.set(Region.objects.filter(name__in=part.regions))
        people.append(user)
    return people[:2]


def add_schools() -> dict[str, School]:
    """The cast's schools, by their made numbers: England's from the register, the others entered by hand."""
    schools = {school.register_number: school for school in School.objects.known_as(Register.GIAS)}
    for part in cast.SCHOOLS:
        if part.number in schools:
            continue
        school = School(
            register=Register.HAND,
            register_number=part.number,
            name=part.name,
            street=part.street,
            town=part.town,
            phase=part.phase,
            roll=part.roll,
        )
        school.set_place(part.postcode)
        school.save()
        schools[part.number] = school
    write_words(schools.values())
    return schools


def add_contacts(schools: dict[str, School], officer: User, began: datetime) -> None:
    """Teachers who act for their schools, a colleague let in by a domain, and two people who still wait."""
    email, name, job = cast.TEACHER
    approved = [(email, name, "900001", job)]
    approved += [(email, name, number, "Science teacher") for email, name, number in cast.OTHER_TEACHERS]
    for email, name, number, job in approved:
        contact = _claim(email, name, schools[number], job, began)
        approve_contact(contact=contact, by=officer, at=began + timedelta(hours=5))
    calder = schools["900001"]
    verify_domain(school=calder, domain=cast.SCHOOL_DOMAIN, by=officer, at=began + timedelta(hours=6))
    _claim(*cast.COLLEAGUE[:2], calder, cast.COLLEAGUE[2], began + timedelta(days=3))
    _claim(*cast.WAITING_COLLEAGUE[:2], calder, cast.WAITING_COLLEAGUE[2], began + timedelta(days=98))
    email, name, number = cast.WAITING_TEACHER
    _claim(email, name, schools[number], "Class teacher, Year 5", began + timedelta(days=99))


def _claim(email: str, name: str, school: School, job: str, at: datetime) -> Contact:
    return claim_school(school=school, user=person(email, name), job_title=job, phone="01632 960123", at=at)


def add_ambassadors(officer: User, colleague: User, *, at: datetime) -> None:
    """The register: most of them cleared and active, the last few sent in since."""
    scheme = Scheme.objects.create(name="Rolemodel demonstration")
    for number, part in enumerate(cast.AMBASSADORS):
        email = f"{slugify(part.name)}@people.example"
        left = len(cast.AMBASSADORS) - number
        is_joining = left <= cast.IN_VETTING
        began = at - timedelta(days=9 + 4 * left) if is_joining else at - timedelta(days=100)
        ambassador = register_ambassador(
            answers=_answers(part, number), user=person(email, part.name), email=email, at=began
        )
        Membership.objects.create(
            ambassador=ambassador, scheme=scheme, legacy_id=f"D{number + 1:04d}", joined_on=began.date()
        )
        index_people([ambassador.pk])
        for kind in SIGNED:
            fulfil_requirement(ambassador=ambassador, kind=kind, by=_own(ambassador), at=began)
        if number % 3 != 1:
            add_photo(ambassador=ambassador, file=portrait(part.name), by=_own(ambassador), at=began)
        if number % 3 == 0:
            say_when(ambassador=ambassador, said=MyTime(at_short_notice=True), by=_own(ambassador), at=began)
        submit_application(ambassador=ambassador, by=_own(ambassador), at=began)
        if not is_joining:
            _vet(ambassador, officer, colleague, began)
        if email == cast.NEW_PHOTO:
            add_photo(ambassador=ambassador, file=portrait(part.name), by=_own(ambassador), at=at - timedelta(days=2))


def _own(ambassador: Ambassador) -> User:
    assert ambassador.user is not None
    return ambassador.user


def _answers(part: cast.AmbassadorPart, number: int) -> Answers:
    return Answers(
        full_name=part.name,
        known_as="",
        phone=f"07700 900{number:03d}",
        organisation=part.employer,
        employer_size=SIZES[number % len(SIZES)],
        job_title=part.job,
        speaks_of_work=True,
        speaks_of_study=part.route != "apprenticeship",
        route=part.route,
        story=part.story,
        postcode=part.postcode,
        max_minutes=part.minutes,
        in_person=True,
        online=number % 3 != 2,
        subjects=part.subjects,
        stages=STAGES if number % 2 else STAGES[1:],
        activities=ACTIVITIES if number % 4 else ACTIVITIES[:3],
        languages=("Welsh",) if part.postcode.startswith(("CF", "SA")) else (),
    )


def _vet(ambassador: Ambassador, officer: User, colleague: User, began: datetime) -> None:
    """Record all that is left, and approve."""
    for kind in RequirementKind:
        if kind in SIGNED or kind is RequirementKind.CRC:
            continue
        runs_out = kind is RequirementKind.SAFEG and ambassador.email == cast.RUNS_OUT
        done_on = began - timedelta(days=960) if runs_out else began
        seen = [IdentityDocument.DRIVING_LICENCE] if kind is RequirementKind.ID else []
        record_requirement(
            ambassador=ambassador,
            kind=kind,
            started_on=done_on.date(),
            documents=seen,
            photo_seen=photo_of(ambassador) if kind is RequirementKind.ID else "",
            by=officer,
            at=began,
        )
    # Every third of them is in schools so often that the barred list is asked for as well.
    often = ambassador.pk % 3 == 0
    agree_to_check(ambassador=ambassador, paid_or_credited=False, expects_frequent=often, by=_own(ambassador), at=began)
    have_checked(ambassador, by=officer, second=colleague, often=often, at=began)
    approve_application(ambassador=ambassador, by=officer, at=began + timedelta(days=2))
