"""One of everything, and one of everybody: the people and rows with which docs/access.md is tried."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, CheckStatus, RequirementKind
from ambassadors.models import (
    Ambassador,
    Check,
    CourseDraft,
    CourseEdition,
    Hold,
    LikelyPair,
    Merge,
    OwnCalendar,
    QuizAttempt,
    Referee,
    RenewalNotice,
    Requirement,
    SavedSearch,
    Upload,
)
from ambassadors.operations.merging import merge_people
from bookings import notifications
from bookings.enums import RequestStatus, Speaker, VisitStatus
from bookings.models import OwnVisit, Request, Visit, Willing
from quality.enums import CaseRule, CaseStatus, FeedbackSide, FeedbackStatus, PollStatus
from quality.models import Case, Comment, Feedback, FollowUp, Oddity, Poll, Release, Suspension
from schools.enums import PersonKind
from schools.models import Contact, SchoolDomain, SchoolPerson, SchoolYear, Stretch
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.letters.links import mint_link
from stem.letters.models import Letter
from stem.letters.post import post
from stem.loads.enums import LoadStatus
from stem.loads.models import Load
from stem.moments import day_of
from stem.nations import Nation
from stem.policy.models import PolicyValue
from stem.scheme.models import Logo
from tests import make
from tests.architecture.addresses import ARGUMENTS
from tests.architecture.complaining import Complaining
from tests.architecture.employing import Employing
from tests.architecture.worrying import Worrying
from tests.clients import client_of

# The columns of the policy, in their order.
STAFF = {each.value: each for each in (Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)}
PEOPLE = ("anonymous", "teacher", "stranger", "ambassador", "another", *STAFF)


class World(Employing, Complaining, Worrying):
    """A school with its teacher, an ambassador, and what is between them; strangers to both; and the scheme's staff."""

    def __init__(self) -> None:
        self.weeks = 0

    def client_of(self, person: str) -> Client:
        """This person's browser; the scheme's staff have used their second factor."""
        return client_of(self.user(person), second_factor=person in STAFF)

    def address(self, name: str) -> str:
        """The address of this page, with a row of this teacher and this ambassador where it takes an id."""
        return reverse(name, kwargs=ARGUMENTS[name](self) if name in ARGUMENTS else None)

    def user(self, person: str) -> User | None:
        """Who this is."""
        if person == "anonymous":
            return None
        if person in STAFF:
            return make.staff(STAFF[person])
        user = {
            "teacher": lambda: self.contact.user,
            "stranger": lambda: make.contact().user,
            "ambassador": lambda: self.ambassador.user,
            "another": lambda: make.ambassador(cleared=True).user,
        }[person]()
        assert user is not None
        return user

    def known_and_no_argument(self) -> dict[str, Any]:
        """The teacher is known from another scheme; the address of a page about that carries nothing."""
        assert self.known.user is None
        return {}

    def fill(self, rows: int) -> None:
        """So many more of everything that a page may list, each at an hour of its own."""
        for _ in range(rows):
            self.weeks += 1
            later = timedelta(weeks=self.weeks)
            time = (make.FIRST_TIME[0] + later, make.FIRST_TIME[1] + later)
            make.request(contact=self.contact, times=(time,))
            make.priority(make.request(contact=self.contact, times=(time,), status=RequestStatus.SUBMITTED))
            make.offer(visit=make.visit(contact=self.contact), ambassador=self.ambassador)
            make.visit(contact=self.contact, ambassador=self.ambassador, time=time)
            make.contact(school=self.contact.school)
            make.contact(school=self.contact.school, approved=False)
            for kind in PersonKind:
                make.person(school=self.contact.school, kind=kind, name=f"Sam Staff {self.weeks}")
            make.domain(school=self.contact.school, domain=f"beck{self.weeks}.sch.example")
            earlier = (time[0] - timedelta(weeks=120), time[1] - timedelta(weeks=120))
            self.fill_quality(earlier)
            self.fill_employers(self.weeks)
            make.closure(self.contact.school, day=time[0].date(), name=f"Closed {self.weeks}")
            make.period(self.contact.school, name=f"Period {self.weeks}")
            make.school_year(authority=f"Authority {self.weeks}")
            self.fill_reaching(self.weeks)
            make.request(contact=self.contact, times=(time,), status=RequestStatus.UNFILLED)
            make.succession(new=self.contact.school)
            make.version(self.contact.school, load=make.load(status=LoadStatus.REPLACED))
            self.fill_register()
            make.own_visit(self.ambassador, day=earlier[0].date())
            make.own_calendar(self.ambassador, busy=[time])
            make.search(district=f"LS{self.weeks}", day=day_of(timezone.now()))
            make.willing(self.ambassador, request=make.visit(contact=self.contact).request)
            make.kept_apart(make.ambassador(cleared=True), school=self.contact.school)
            make.message(self.written.visit, by=self.written.by, side=Speaker.SCHEME)
            # On the day of the visit above: days with pupils are counted.
            self.moving(later + timedelta(hours=2), by_school=True)
            self.moving(later + timedelta(hours=5), by_school=False)

    def fill_quality(self, time: tuple[datetime, datetime]) -> None:
        """One more of what was said of a visit."""
        columns = {"request": self.of_another_class(), "time": time, "status": VisitStatus.DELIVERED}
        came = make.visit(ambassador=self.ambassador, **columns)
        said = make.feedback(visit=came, answers=make.TEACHER_SAYS)
        make.case(self.ambassador, visit=came, form=said)
        make.oddity(said)
        make.comment(said)
        make.case(self.ambassador, visit=came, rule=CaseRule.R7, status=CaseStatus.ASKED)
        asked = make.poll(came, status=PollStatus.CLOSED, counts={"P12": {"5": 12}}, handed_in=12)
        asked.remarks.create(text="That bridges breathe")
        self.fill_complaints(came)

    def fill_register(self) -> None:
        """One more of what pages of the register may list."""
        found = make.ambassador(name=f"Ada Engineer {self.weeks}")
        LikelyPair.objects.create(
            one=found, other=make.imported(), likely=97, odds=self.weeks, because=[], found_at=timezone.now()
        )
        make.upload(scheme=f"Scheme {self.weeks}")
        make.edition(number=100 + self.weeks)
        make.referee(self.ambassador, email=f"referee{self.weeks}@work.example")
        of_scheme = make.old_scheme(f"Scheme {self.weeks}")
        make.brought(from_scheme=of_scheme, told_on=make.FIRST_DAY)
        make.brought(name=f"Una Unreached {self.weeks}", email="", from_scheme=of_scheme)

    @cached_property
    def contact(self) -> Contact:
        """The teacher, who leads at their school."""
        return make.contact(lead=True)

    @cached_property
    def brought(self) -> Ambassador:
        """Somebody whom another scheme brought, and who has been told."""
        return make.brought(told_on=make.FIRST_DAY)

    @cached_property
    def known(self) -> Ambassador:
        """The teacher as another scheme knew them."""
        return make.brought(name="Tess Teacher", email=self.contact.user.email, told_on=make.FIRST_DAY)

    @cached_property
    def missing_by_stage(self) -> Ambassador:
        """Somebody who fits every request but for the pupils' age."""
        return make.ambassador(name="Sixth Former’s Friend", cleared=True, stages=("ks5",))

    @cached_property
    def unreached(self) -> Ambassador:
        """Somebody whom another scheme brought without an address."""
        return make.brought(name="Una Unreached", email="")

    @cached_property
    def colleague(self) -> Contact:
        """Someone who acts for the same school."""
        return make.contact(school=self.contact.school)

    @cached_property
    def person(self) -> SchoolPerson:
        """Whom the school's requests name."""
        return make.person(school=self.contact.school)

    @cached_property
    def closure(self) -> Stretch:
        """A day on which the teacher's school is closed."""
        return make.closure(self.contact.school)

    @cached_property
    def authority_year(self) -> SchoolYear:
        """The dates of an authority, by which a school goes."""
        make.school(authority="Leeds")
        return make.school_year(authority="Leeds")

    @cached_property
    def domain(self) -> SchoolDomain:
        """What lets people in at the teacher's school."""
        return make.domain(school=self.contact.school)

    @cached_property
    def came(self) -> Visit:
        """A visit of the ambassador's that took place."""
        time = (make.FIRST_TIME[0] - timedelta(weeks=70), make.FIRST_TIME[1] - timedelta(weeks=70))
        asked = self.of_another_class()
        return make.visit(request=asked, ambassador=self.ambassador, time=time, status=VisitStatus.DELIVERED)

    def of_another_class(self) -> Request:
        """A request that was met, of a class for which nobody is sought: who came to one does not come next."""
        return make.request(contact=self.contact, status=RequestStatus.FULFILLED, year_groups="Year 9")

    @cached_property
    def ambassador(self) -> Ambassador:
        """The ambassador, with a photo, a check for as many days as there are (rule V-15), and a newer one weighed."""
        person = make.ambassador(status=AmbassadorStatus.ACTIVE)
        make.clear(person, barred_list=True)
        make.check(person, status=CheckStatus.ASSESSING)
        make.photo(person)
        return person

    @cached_property
    def renewal_notice(self) -> RenewalNotice:
        """That the ambassador was told what runs out."""
        row = self.ambassador.requirements.get(kind=RequirementKind.SAFEG)
        return RenewalNotice.objects.create(requirement=row, days_before=90, told_on=make.NOW.date())

    @cached_property
    def at_risk(self) -> Visit:
        """A visit on whose day whoever comes will not be in date any more."""
        person, now = make.ambassador(name="Rosa Runsout", status=AmbassadorStatus.ACTIVE), timezone.now()
        make.clear(person, until=day_of(now) + timedelta(days=20))
        time = (now + timedelta(days=40), now + timedelta(days=40, hours=1))
        return make.visit(contact=self.contact, ambassador=person, time=time, status=VisitStatus.CONFIRMED)

    @cached_property
    def quiz(self) -> QuizAttempt:
        """The quiz that the ambassador is in the middle of."""
        return make.quiz(self.ambassador, answered=3)

    @cached_property
    def failed_quiz(self) -> QuizAttempt:
        """A quiz that the ambassador has handed in and not passed."""
        return make.failed_quiz(self.ambassador)

    @cached_property
    def course_draft(self) -> CourseDraft:
        """The next version of a course, as an administrator has written it so far."""
        return make.course_draft()

    @cached_property
    def edition(self) -> CourseEdition:
        """A version of a course that the scheme has published."""
        return make.edition()

    @cached_property
    def pair(self) -> LikelyPair:
        """The ambassador, whom another scheme has brought as well."""
        one, other = sorted((self.ambassador, make.imported()), key=lambda person: person.pk)
        because = [["surname", "the same", 7.5], ["postcode", "a slip apart", 4.0], ["any two records", "", -3.0]]
        return LikelyPair.objects.create(
            one=one, other=other, likely=97, odds=8.5, because=because, found_at=timezone.now()
        )

    @cached_property
    def merge(self) -> Merge:
        """A record that became part of the ambassador's today."""
        by = make.staff(Role.VETTING_OFFICER)
        return merge_people(
            one=self.ambassador, other=make.imported(scheme="Elsewhere"), choices={}, by=by, at=timezone.now()
        )

    @cached_property
    def applicant(self) -> Ambassador:
        """Someone in the middle of vetting, whose check waits for a second pair of eyes."""
        person = make.ambassador()
        make.requirement(person, kind=RequirementKind.ID, recorded_by=make.user())
        make.check(person)
        return person

    @cached_property
    def relied_on(self) -> Check:
        """A certificate of the ambassador's that counts, about which the update service may be asked."""
        row = self.ambassador.requirements.get(kind=RequirementKind.CRC)
        check = make.decided_check(self.ambassador, requirement=row)
        check.consents.create(given_at=make.NOW)
        return check

    @cached_property
    def kept_search(self) -> SavedSearch:
        """A search of the register that another member of staff keeps."""
        return SavedSearch.objects.create(user=make.user(), name="Leeds", query="q=leeds", saved_at=make.NOW)

    @cached_property
    def membership(self) -> Requirement:
        """A membership of Scotland's scheme for life, of somebody else."""
        people = {"recorded_by": make.user(), "confirmed_by": make.user()}
        return make.requirement(make.ambassador(), kind=RequirementKind.CRC, body="pvg", **people)

    @cached_property
    def weighed(self) -> Check:
        """A check on which two assessors differ: a lead decides."""
        return make.check(make.ambassador(name="Wanda Weighed"), status=CheckStatus.ESCALATED)

    @cached_property
    def referee(self) -> Referee:
        """Someone whom the ambassador has named, and who was asked."""
        return make.referee(self.ambassador)

    @cached_property
    def doubtful(self) -> Referee:
        """A referee who knows of a reason against, about which nobody has decided."""
        return make.answered(make.ambassador(name="Dora Doubted"), doubts=True)

    @cached_property
    def own_visit(self) -> OwnVisit:
        """A day on which the ambassador visits a school that they found themselves."""
        return make.own_visit(self.ambassador)

    @cached_property
    def willing(self) -> Willing:
        """That the ambassador could do an open request of the teacher's."""
        return make.willing(self.ambassador, request=make.visit(contact=self.contact).request)

    @cached_property
    def own_calendar(self) -> OwnCalendar:
        """A calendar of the ambassador's own, of which the last reading failed."""
        return make.own_calendar(self.ambassador, failed="The calendar’s server did not answer: try again later.")

    @cached_property
    def hold(self) -> Hold:
        """A reason not to book the ambassador for a while."""
        return make.hold(self.ambassador, starts_on=date(2027, 3, 1), ends_on=date(2027, 4, 1))

    @cached_property
    def absence(self) -> Hold:
        """That somebody else is away, and nobody knows until when."""
        return make.hold(make.ambassador(cleared=True), starts_on=date(2027, 3, 1))

    @cached_property
    def letter(self) -> Letter:
        """A letter that waits to leave."""
        with transaction.atomic():
            return post(notifications.offer_made, to=self.ambassador.user, due_at=make.NOW, offer_id=self.offer.pk)

    @cached_property
    def load(self) -> Load:
        """The register that is in force, with a row that was left out."""
        return make.load(rejected=[{"line": 2, "reason": "It has no name."}])

    @cached_property
    def sent_people(self) -> Upload:
        """A file of another scheme's people that was checked, with a cell that was left out."""
        return make.upload(rejected=[{"line": 2, "column": "Phone", "value": "1", "reason": "It is too short."}])

    @cached_property
    def refused_load(self) -> Load:
        """A file that was refused because too many schools would have closed."""
        return make.load(status=LoadStatus.REFUSED, refusal="Too many would close.", losses=1234)

    @cached_property
    def logo(self) -> Logo:
        """The scheme's own picture."""
        return Logo.objects.create(digest="0" * 64, picture=b"a picture", width=40, height=40)

    @cached_property
    def region(self) -> Region:
        """A region of the scheme."""
        return Region.objects.create(name="Yorkshire", slug="yorkshire", nation=Nation.ENG)

    @cached_property
    def number(self) -> PolicyValue:
        """A number of safeguarding that someone proposed, and a second person has yet to confirm."""
        return PolicyValue.objects.create(
            key="crc_months", value=24, effective_from=date(2027, 9, 1), set_by=make.user(), set_at=make.NOW
        )

    @cached_property
    def grant(self) -> RoleGrant:
        """A part that someone else has in running the scheme."""
        return make.staff(Role.COORDINATOR).grants.get()

    def token(self, purpose: str, pk: int) -> str:
        """What a link in a letter carries."""
        return mint_link(purpose, pk, expires_at=timezone.now() + timedelta(days=3))

    @cached_property
    def past(self) -> Visit:
        """A visit that is over and whose end nobody has put on record."""
        time = (make.FIRST_TIME[0] - timedelta(weeks=60), make.FIRST_TIME[1] - timedelta(weeks=60))
        return make.visit(contact=self.contact, ambassador=self.ambassador, time=time, status=VisitStatus.CONFIRMED)

    @cached_property
    def asked(self) -> Feedback:
        """A form that the teacher has been asked to fill in, by whoever found out that the address is the school's."""
        now = timezone.now()
        return Feedback.objects.create(
            visit=self.past,
            side=FeedbackSide.TEACHER,
            instrument="teacher_v1",
            invited_at=now,
            closes_at=now + timedelta(days=28),
        )

    @cached_property
    def told(self) -> Feedback:
        """A form that the ambassador has sent back."""
        now = timezone.now()
        return Feedback.objects.create(
            visit=self.past,
            side=FeedbackSide.AMBASSADOR,
            instrument="ambassador_v1",
            status=FeedbackStatus.SUBMITTED,
            invited_at=now,
            submitted_at=now,
            closes_at=now + timedelta(days=28),
            answers={"A10": "A longer lesson"},
        )

    @cached_property
    def passed_on(self) -> Feedback:
        """What the teacher wrote of a visit that took place, of which the ambassador reads a part."""
        form = make.feedback(visit=self.came, answers={**make.TEACHER_SAYS, "T12": "They held their breath"})
        form.shared_words, form.shared_at = {"T12": "They held their breath"}, make.NOW
        form.save()
        return form

    @cached_property
    def comment(self) -> Comment:
        """Something that the ambassador wrote and nobody has read."""
        return make.comment(self.told, "A10")

    @cached_property
    def oddity(self) -> Oddity:
        """Something odd about a form; another that the same teacher sent is not counted."""
        make.conflict(self.passed_on.visit)
        return make.oddity(self.passed_on)

    @cached_property
    def case(self) -> Case:
        """A reason to look at how the ambassador's visit went; others have been heard, and decided."""
        heard, decided = (CaseRule.R5, CaseStatus.HEARD), (CaseRule.R6, CaseStatus.DECIDED)
        for rule, status in (heard, decided):
            make.case(self.ambassador, visit=self.came, rule=rule, status=status)
        return make.case(self.ambassador, visit=self.came)

    @cached_property
    def review(self) -> Case:
        """One about which the ambassador was asked."""
        return make.case(self.ambassador, visit=self.came, rule=CaseRule.R7, status=CaseStatus.ASKED)

    @cached_property
    def release(self) -> Release:
        """A term of which was told."""
        return make.release(self.region)

    @cached_property
    def follow_up(self) -> FollowUp:
        """That the teacher was asked once more about a visit of long ago."""
        return make.follow_up(self.came, invited_at=timezone.now())

    @cached_property
    def poll(self) -> Poll:
        """The class of today's visit, which is being asked."""
        return make.poll(self.today, opens_at=timezone.now() - timedelta(hours=1), handed_in=3)

    @cached_property
    def by_hands(self) -> Poll:
        """A class whose hands the teacher counts."""
        now = timezone.now() - timedelta(hours=30)
        visit = make.visit(
            contact=self.contact, ambassador=self.ambassador, time=(now, now + timedelta(hours=1)), status="delivered"
        )
        return make.poll(visit, by_hands=True)

    @cached_property
    def stopped_poll(self) -> Poll:
        """A class of which more have answered than there were pupils; somebody wrote something."""
        poll = make.poll(self.came, status=PollStatus.VOID, counts={"P12": {"5": 31}}, handed_in=31)
        poll.remarks.create(text="That bridges breathe")
        return poll

    @cached_property
    def suspension(self) -> Suspension:
        """What keeps somebody else out of schools."""
        return make.suspension(make.ambassador(cleared=True))
