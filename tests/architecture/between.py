"""What is between a school and an ambassador: what was asked for, offered, agreed, written and moved."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from ambassadors.enums import HoldKind
from ambassadors.models import (
    Ambassador,
    Hold,
)
from bookings.enums import OfferStatus, RequestStatus, Risk, Speaker, VisitStatus
from bookings.models import (
    CalendarReply,
    Coverage,
    Invitation,
    Message,
    Offer,
    Preparation,
    Proposal,
    Reconfirmation,
    Request,
    RiskAcceptance,
    Visit,
)
from quality.models import Feedback
from quality.operations.endorsing import make_endorsement, pick_words
from schools.models import Contact, Succession
from stem.accounts.roles import Role
from stem.geography.models import Region
from tests import make


class Between:
    """One of each, of the school and the ambassador of the world that it is part of."""

    contact: Contact
    ambassador: Ambassador

    @cached_property
    def covered(self) -> Coverage:
        """How the teacher's school is reached."""
        return make.coverage(self.contact.school)

    @cached_property
    def uninvited(self) -> Coverage:
        """How a school with a lead is reached that has not been invited yet."""
        return make.coverage(make.contact(lead=True).school)

    @cached_property
    def invited(self) -> Invitation:
        """That somebody wrote to a school that had not asked."""
        return make.invitation(made_at=timezone.now())

    def fill_reaching(self, number: int) -> None:
        """One more school that is not reached, which is on the list of a month and has been invited."""
        contact = make.contact(school=make.school(authority=f"Authority {number}"), lead=True)
        make.coverage(contact.school)
        region, _is_new = Region.objects.get_or_create(slug="leeds", defaults={"name": "Leeds", "nation": "england"})
        make.listed(contact.school, region, place=number)
        make.invitation(contact, made_at=timezone.now())

    @cached_property
    def asked_again(self) -> Reconfirmation:
        """That the ambassador was asked whether all is as agreed, of a visit of tomorrow's."""
        noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
        time = (noon, noon + timedelta(hours=1))
        columns = {"contact": self.contact, "ambassador": self.ambassador, "status": VisitStatus.CONFIRMED}
        visit = make.visit(**columns, time=time, changed_at=noon - timedelta(days=30))
        return make.reconfirmation(visit.seats.all()[0], asked_at=noon - timedelta(days=6))

    @cached_property
    def praised(self) -> Feedback:
        """What the teacher wrote of a visit that took place, and lets others read: the ambassador has picked it."""
        time = (make.FIRST_TIME[0] - timedelta(weeks=74), make.FIRST_TIME[1] - timedelta(weeks=74))
        asked = make.request(contact=self.contact, status=RequestStatus.FULFILLED, year_groups="Year 9")
        visit = make.visit(request=asked, ambassador=self.ambassador, time=time, status=VisitStatus.DELIVERED)
        words = {"T12": "They held their breath"}
        form = make.feedback(visit=visit, answers={**make.TEACHER_SAYS, **words, "TF3": "28", "T17": "yes"})
        form.shared_words, form.shared_at = words, make.NOW
        form.save()
        by, at = self.ambassador.user, timezone.now()
        assert by is not None
        pick_words(ambassador=self.ambassador, forms=[form.pk], by=by, at=at)
        return form

    @cached_property
    def endorsement_token(self) -> str:
        """What opens the ambassador's page for others."""
        assert self.praised and self.ambassador.user
        return make_endorsement(ambassador=self.ambassador, by=self.ambassador.user, at=timezone.now())

    def praised_and_no_argument(self) -> dict[str, Any]:
        """The ambassador has visited, and may show it; the address of a page about that carries nothing."""
        assert self.praised
        return {}

    @cached_property
    def prepared(self) -> Preparation:
        """What the ambassador would do, to which the school has still to agree."""
        return make.preparation(self.written.visit, outline="We build a bridge", outline_at=make.NOW)

    @cached_property
    def risky(self) -> RiskAcceptance:
        """The high risk of a workshop, to which the teacher, who leads, and a coordinator have still to say yes."""
        # Offered today: what is written instead is later.
        visit, today = self.practical("workshop", weeks=42), timezone.now()
        return make.risk_acceptance(visit, residual=Risk.HIGH, offered_at=today)

    @cached_property
    def sent_back(self) -> RiskAcceptance:
        """What the ambassador wrote of another workshop, to which the teacher has said "not yet"."""
        visit, today = self.practical("workshop", weeks=43), timezone.now()
        said = {"sent_back_at": today, "sent_back_because": "Who sweeps up?"}
        return make.risk_acceptance(visit, offered_at=today, **said)

    @cached_property
    def maybe_practical(self) -> Visit:
        """Part of a lesson, of which the ambassador has still to say whether pupils do anything practical."""
        return self.practical("lesson_link", weeks=44)

    def practical(self, activity: str, *, weeks: int) -> Visit:
        """A visit of this activity that waits for the teacher's yes, so many weeks after the first time."""
        time = (make.FIRST_TIME[0] + timedelta(weeks=weeks), make.FIRST_TIME[1] + timedelta(weeks=weeks))
        asked = make.request(contact=self.contact, status=RequestStatus.FULFILLED, activity=activity)
        return make.visit(request=asked, ambassador=self.ambassador, status=VisitStatus.MATCHED, time=time)

    @cached_property
    def written(self) -> Message:
        """What a coordinator wrote to both sides of a visit, which is far from all others."""
        time = (make.FIRST_TIME[0] + timedelta(weeks=40), make.FIRST_TIME[1] + timedelta(weeks=40))
        columns = {"contact": self.contact, "ambassador": self.ambassador, "status": VisitStatus.MATCHED}
        return make.message(make.visit(**columns, time=time), by=make.staff(Role.COORDINATOR), side=Speaker.SCHEME)

    @cached_property
    def watched(self) -> Visit:
        """A visit of the ambassador's that somebody new comes along to watch, which is far from all others."""
        return make.watched(self._visit_in(weeks=52)).visit

    @cached_property
    def with_room_to_watch(self) -> Visit:
        """The same, for which nobody has been asked to come along yet."""
        return make.place_to_watch(self._visit_in(weeks=54)).visit

    @cached_property
    def no_more_watched(self) -> Offer:
        """That somebody new was to come along to another visit of the ambassador's, and does not."""
        place = make.place_to_watch(self._visit_in(weeks=56))
        return make.offer(seat=place, ambassador=make.ambassador(cleared=True), status=OfferStatus.RELEASED)

    def _visit_in(self, *, weeks: int) -> Visit:
        time = (make.FIRST_TIME[0] + timedelta(weeks=weeks), make.FIRST_TIME[1] + timedelta(weeks=weeks))
        return make.visit(contact=self.contact, ambassador=self.ambassador, status=VisitStatus.CONFIRMED, time=time)

    @cached_property
    def draft(self) -> Request:
        """What the teacher has begun to ask for."""
        return make.request(contact=self.contact)

    @cached_property
    def passing_others(self) -> Visit:
        """Somebody is sought for it, while nobody is asked for a school of which it is the turn."""
        others = make.visit(contact=make.contact())
        make.priority(others.request, school_days=15)
        visit = make.visit(contact=self.contact)
        make.priority(visit.request, percentiles=(0.1,))
        return visit

    @cached_property
    def succession(self) -> Succession:
        """Two schools that may be one."""
        return make.succession(new=self.contact.school)

    @cached_property
    def visit(self) -> Visit:
        """The visit for which the ambassador is sought."""
        visit = make.visit(contact=self.contact)
        make.priority(visit.request)
        return visit

    @cached_property
    def offer(self) -> Offer:
        """What the ambassador is asked."""
        return make.offer(visit=self.visit, ambassador=self.ambassador)

    @cached_property
    def declined(self) -> Offer:
        """What the ambassador has said no to, and may think about once more."""
        return make.offer(visit=make.visit(contact=self.contact), ambassador=self.ambassador, status="declined")

    @cached_property
    def superseded(self) -> Offer:
        """What somebody else was quicker to accept."""
        return make.offer(visit=make.visit(contact=self.contact), ambassador=self.ambassador, status="superseded")

    @cached_property
    def countered(self) -> Offer:
        """What the ambassador could do at another time."""
        return make.countered(visit=make.visit(contact=self.contact), ambassador=self.ambassador)

    @cached_property
    def calendar_reply(self) -> CalendarReply:
        """What the ambassador's calendar program has answered about a visit."""
        return make.calendar_reply(self.ambassador, visit=self.agreed)

    @cached_property
    def days_away(self) -> Hold:
        """Days away of which the ambassador has told us."""
        days = {"starts_on": date(2027, 4, 5), "ends_on": date(2027, 4, 9)}
        return make.hold(self.ambassador, kind=HoldKind.AWAY, set_by=self.ambassador.user, **days)

    @cached_property
    def agreed(self) -> Visit:
        """The visit that the ambassador has accepted."""
        return make.visit(contact=self.contact, ambassador=self.ambassador)

    @cached_property
    def proposal(self) -> Proposal:
        """Another time that the ambassador has proposed for a confirmed visit, and the teacher has yet to answer."""
        return self.moving(timedelta(days=1), by_school=False)

    @cached_property
    def schools_proposal(self) -> Proposal:
        """Another time that the teacher has proposed, and the ambassador has yet to answer."""
        return self.moving(timedelta(days=1, hours=-1), by_school=True)

    def moving(self, later: timedelta, *, by_school: bool) -> Proposal:
        """One side would like a confirmed visit, so much later than the first time, to be two hours later still."""
        starts_at, ends_at = (moment + later for moment in make.FIRST_TIME)
        visit = make.visit(
            contact=self.contact, ambassador=self.ambassador, time=(starts_at, ends_at), status=VisitStatus.CONFIRMED
        )
        return make.proposal(
            visit,
            seat=None if by_school else visit.seats.all()[0],
            time=(starts_at + timedelta(hours=2), ends_at + timedelta(hours=2)),
            lapses_at=timezone.now() + timedelta(days=3),
        )

    @cached_property
    def today(self) -> Visit:
        """The visit of today, to which the ambassador brings their card."""
        noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
        time = (noon, noon + timedelta(hours=1))
        return make.visit(contact=self.contact, ambassador=self.ambassador, time=time, status=VisitStatus.CONFIRMED)

    @cached_property
    def matched(self) -> Visit:
        """The visit that waits for the teacher's yes."""
        return make.visit(
            contact=self.contact, ambassador=self.ambassador, status=VisitStatus.MATCHED, time=make.SECOND_TIME
        )
