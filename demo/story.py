"""A made term: requests and visits in every state, each brought there by the operations that real people use."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from ambassadors.models import Ambassador
from bookings.enums import CancelReason, RequestStatus, VisitStatus
from bookings.matching.newcomers import newcomers_near
from bookings.matching.ranking import Match, rank, wanted_for
from bookings.models import Offer, Request, Visit
from bookings.open_days import reasons_against
from bookings.operations.offers import accept_offer, decline_offer, invite_ambassador, lapse_offers
from bookings.operations.proposals import Wish, propose_time
from bookings.operations.requests import (
    answer_questions,
    ask_person_again,
    give_up_request,
    offer_times,
    open_request,
    start_request,
    submit_request,
    withdraw_request,
)
from bookings.operations.risk import Answers, say_not_practical, write_assessment
from bookings.operations.shadowing import add_shadow_place, invite_shadow
from bookings.operations.sharing import ask_all_the_same
from bookings.operations.visits import Arrangements, ask_for_someone_else, cancel_visit, confirm_visit, give_up_seat
from bookings.operations.willing import offer_oneself
from demo.asked import (
    AIRCRAFT,
    BATTERIES,
    BRIDGES,
    CHEMISTRY,
    CODING,
    DATA_PROJECT,
    ENERGY,
    GAMES,
    GEOLOGY,
    INDICATORS,
    OCEANS,
    PLEASED_AMBASSADOR,
    PLEASED_TEACHER,
    RAILWAYS,
    SAFEGUARDING,
    SPACE,
    STATISTICS,
)
from demo.classes import ask_class
from demo.complaints import tell_of_complaints
from quality.enums import FeedbackSide
from quality.models import Feedback, Told
from quality.operations.cases import open_missed_cases
from quality.operations.concerns import raise_concern
from quality.operations.feedback import invite_feedback, read_feedback, settle_silent_visits, submit_feedback
from quality.operations.officers import Reached, keep_officer
from quality.operations.suspensions import suspend
from schools.models import Contact
from schools.queries.school_time import school_time
from stem.accounts.models import RoleGrant, User
from stem.accounts.roles import Role
from stem.curriculum import ACTIVITIES
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.policy.values import value
from stem.rules import Refusal
from stem.workdays import add_working_days


@dataclass
class Teller:
    """Who tells the story, and when it is told."""

    now: datetime
    coordinator: User

    def at(self, days: float) -> datetime:
        """The moment so many days from now; earlier when negative."""
        return self.now + timedelta(days=days)

    def lesson(self, request: Request, days: int, hour: int = 10) -> tuple[datetime, datetime]:
        """An hour's lesson so many school days ahead, on the first day that the class may have a visitor.

        What is past was so many working days ago, whenever the demonstration is loaded: in August too.
        """
        today, school = day_of(self.now), school_time(request.school)
        if days < 0:
            day = add_working_days(today, days, Nation(school.nation))
        else:
            day = school.add_school_days(today, days)
            while reasons_against(day, time=school, stage=request.stage, year_groups=request.year_groups):
                day = school.add_school_days(day, 1)
        starts_at = moment(day, time(hour))
        return starts_at, starts_at + timedelta(hours=1)

    def ask(
        self,
        contact: Contact,
        answers: dict[str, Any],
        *,
        days: float,
        lessons: list[int],
        send: bool = True,
        read: bool = True,
    ) -> Request:
        """A teacher fills in a request so many days from now, for lessons that many school days from now.

        Where it is at short notice a coordinator has read it, unless `read` says not yet.
        """
        request = start_request(contact=contact, at=self.at(days))
        people = {
            "supervising_adult": contact.user.full_name,
            "supervising_email": contact.user.email,
            **SAFEGUARDING[lessons[0] % 2],
            "arrival": "Sign in at main reception with photo ID. There is parking behind the sports hall.",
        }
        answer_questions(request=request, answers={**answers, **people}, by=contact.user)
        request.refresh_from_db()
        times = [self.lesson(request, each, 9 + 2 * n) for n, each in enumerate(lessons)]
        because = "It is our science week." if lessons[0] < 0 else ""
        offer_times(request=request, times=times, by=contact.user, all_the_same=because)
        if send:
            submit_request(request=request, by=contact.user, at=self.at(days))
            request.refresh_from_db()
        if read and request.status == RequestStatus.SUBMITTED:
            open_request(request=request, by=self.coordinator, at=self.at(days))
            request.refresh_from_db()
        return request

    def invite(self, request: Request, *, days: float, most: int = 2) -> list[Offer]:
        """The coordinator asks the best few."""
        visit = request.visits.order_by("number")[0]
        matches = rank(wanted_for(visit, at=self.at(days)), at=self.at(days))[:most]
        return [self.invite_person(request, match, days=days) for match in matches]

    def invite_person(self, request: Request, match: Match, *, days: float) -> Offer:
        """The coordinator asks this one."""
        with suppress(Refusal):  # mostly it is this school's turn, and nothing is to be set aside
            because = "Their first visit: we promised it on the telephone."
            ask_all_the_same(request=request, because=because, by=self.coordinator, at=self.at(days))
        seat = request.visits.order_by("number")[0].seats.all()[0]
        return invite_ambassador(seat=seat, match=match, by=self.coordinator, at=self.at(days))

    def agree(self, request: Request, *, days: float) -> Visit:
        """The best person says yes to the first time."""
        offer = self.invite(request, days=days)[0]
        starts_at = request.possible_times.all()[0].starts_at
        accept_offer(offer=offer, starts_at=starts_at, by=offer.ambassador.user, at=self.at(days + 1))
        return Visit.objects.filter(request=request).order_by("number")[0]

    def assess(self, visit: Visit, *, days: float) -> None:
        """Whoever comes for part of a lesson says that pupils do nothing practical."""
        seat = visit.seats.all()[0]
        assert seat.ambassador is not None and seat.ambassador.user is not None
        if ACTIVITIES[visit.request.activity].may_be_practical:
            say_not_practical(seat=seat, by=seat.ambassador.user, at=self.at(days))

    def confirm(self, visit: Visit, *, days: float) -> Visit:
        """The school says yes too."""
        visit.refresh_from_db()
        self.assess(visit, days=days)
        arrangements = Arrangements(
            visit.supervising_adult,
            visit.supervising_email,
            visit.safeguarding_lead,
            visit.safeguarding_phone,
            visit.arrival,
            access_needs=visit.request.access_needs or "None that we know of.",
            open_space_confirmed=True,
            joining_link="https://meet.school.example/stem" if visit.request.is_online else "",
            staff_host_confirmed=True,
            outline_agreed=True,
        )
        confirm_visit(visit=visit, arrangements=arrangements, by=visit.request.contact.user, at=self.at(days))
        visit.refresh_from_db()
        return visit


def tell_story(*, at: datetime, coordinator: User) -> None:
    """Bring a request into each state there is."""
    teller = Teller(at, coordinator)
    contacts = {contact.school.register_number: contact for contact in Contact.objects.leading()}
    calder = contacts["900001"]
    tell_of_visits_past(teller, calder, contacts)
    tell_of_visits_to_come(teller, calder, contacts)
    tell_of_searches(teller, calder, contacts)
    tell_of_endings(teller, contacts)
    tell_of_the_same_person_again(teller, calder)
    tell_of_a_series(teller, calder)
    tell_of_a_suspension(teller, contacts["900007"])
    tell_of_somebody_new(teller, calder)


def tell_of_visits_past(teller: Teller, calder: Contact, contacts: dict[str, Contact]) -> None:
    """Visits that took place: read, waiting to be read, waiting for feedback, and one on which the sides disagree."""
    read = _held(teller, calder, CODING, lesson=-28)
    fresh = _held(teller, contacts["900003"], BRIDGES, lesson=-6)
    disputed = _held(teller, contacts["900007"], BATTERIES, lesson=-9)
    asked = _held(teller, calder, STATISTICS, lesson=-1)
    missed = _held(teller, contacts["900007"], CODING, lesson=-13)
    unready = _held(teller, contacts["S90001"], SPACE, lesson=-20)
    fell_through = _held(teller, contacts["N90001"], AIRCRAFT, lesson=-8)
    invite_feedback(at=teller.at(-0.2))
    _answer(read, PLEASED_TEACHER, PLEASED_AMBASSADOR, at=teller.at(-0.1))
    _answer(fresh, {**PLEASED_TEACHER, "T2": "2", "T9": "3", "T10": "with_changes"}, PLEASED_AMBASSADOR, at=teller.now)
    nobody_came = {"TF1": "no_ambassador", "TF2": "yes", "T9": "1", "T10": "no", "T14": "no"}
    _answer(disputed, nobody_came, PLEASED_AMBASSADOR, at=teller.now)
    _answer(missed, nobody_came, {"A1": "i_could_not", "A3": "yes", "A11": "no"}, at=teller.now)
    called_off = {"TF1": "we_cancelled", "TF2": "yes", "T9": "3", "T10": "yes", "T14": "no"}
    _answer(fell_through, called_off, {"A1": "other", "A3": "yes", "A11": "no"}, at=teller.now)
    # The school has been silent for a fortnight, so the ambassador's word settles it.
    _say(unready, FeedbackSide.AMBASSADOR, {"A1": "school_not_ready", "A3": "yes", "A11": "no"}, at=teller.now)
    for form in Feedback.objects.filter(visit=read):
        read_feedback(feedback=form, by=teller.coordinator, at=teller.now)
    settle_silent_visits(at=teller.now)
    open_missed_cases(at=teller.now)
    ask_class(read, calder, sheets=24, is_over=True)
    ask_class(asked, calder, sheets=5, is_over=False)
    told = Told(
        told_by="Martin Holt",
        told_by_role="Teacher in the room",
        contact="01632 960123, free until 4pm",
        words="The visitor offered two pupils their own e-mail address for homework help. I stepped in at once.",
    )
    raise_concern(told=told, school_told=True, visit=fresh, by=contacts["900003"].user, at=teller.now)
    tell_of_complaints(read, at=teller.now)


def _held(teller: Teller, contact: Contact, answers: dict[str, Any], *, lesson: int) -> Visit:
    """A visit that was asked for, agreed and confirmed before its day, which has passed."""
    asked = -70.0
    request = teller.ask(contact, answers, days=asked, lessons=[lesson])
    visit = teller.agree(request, days=asked + 2)
    return teller.confirm(visit, days=asked + 5)


def _answer(visit: Visit, teacher: dict[str, str], ambassador: dict[str, str], *, at: datetime) -> None:
    _say(visit, FeedbackSide.TEACHER, teacher, at=at)
    _say(visit, FeedbackSide.AMBASSADOR, ambassador, at=at)


def _say(visit: Visit, side: FeedbackSide, answers: dict[str, str], *, at: datetime) -> None:
    submit_feedback(feedback=Feedback.objects.get(visit=visit, side=side), answers=answers, by=None, at=at)


def tell_of_visits_to_come(teller: Teller, calder: Contact, contacts: dict[str, Contact]) -> None:
    """Confirmed visits, and people whom a school has yet to accept."""
    bridges = teller.ask(calder, BRIDGES, days=-20, lessons=[12, 14])
    asked_to_move(teller, teller.confirm(teller.agree(bridges, days=-18), days=-15))
    space = teller.ask(contacts["S90001"], SPACE, days=-16, lessons=[15])
    teller.confirm(teller.agree(space, days=-14), days=-12)
    aircraft = teller.ask(contacts["N90001"], AIRCRAFT, days=-9, lessons=[16, 17, 18])
    teller.agree(aircraft, days=-6)
    chemistry = teller.ask(calder, CHEMISTRY, days=-6, lessons=[18, 19])
    assessed(teller, teller.agree(chemistry, days=-3))


def assessed(teller: Teller, visit: Visit) -> None:
    """Whoever brings a workshop has written what could go wrong, and the school has yet to accept it."""
    seat = visit.seats.all()[0]
    assert seat.ambassador is not None and seat.ambassador.user is not None
    write_assessment(seat=seat, answers=Answers(**INDICATORS), by=seat.ambassador.user, at=teller.at(-0.4))


def asked_to_move(teller: Teller, visit: Visit) -> None:
    """Whoever comes would like a day two school days later, and the school has yet to say whether it suits."""
    seat = visit.seats.all()[0]
    assert seat.ambassador is not None and seat.ambassador.user is not None
    starts_at, ends_at = teller.lesson(visit.request, 14, 11)
    wish = Wish(starts_at, ends_at, "I am called to a site that morning. Would two days later do?", CancelReason.WORK)
    with suppress(Refusal):  # they may have a visit then
        propose_time(visit=visit, seat=seat, wish=wish, by=seat.ambassador.user, at=teller.at(-0.5))


def tell_of_searches(teller: Teller, calder: Contact, contacts: dict[str, Contact]) -> None:
    """Drafts, requests to be read, requests nobody was asked for, and offers that wait for an answer."""
    teller.ask(calder, {**STATISTICS, "outcome_1": "", "pupils": None}, days=-1, lessons=[25], send=False)
    teller.ask(contacts["900003"], CODING, days=-0.5, lessons=[4], read=False)
    teller.ask(contacts["W90001"], GEOLOGY, days=-4, lessons=[20, 22])
    older = {"year_groups": "Year 9", "purpose": "Show Year 9 that bridges are built by people like them"}
    asked = teller.ask(calder, {**BRIDGES, **older}, days=-2, lessons=[21, 23, 24])
    teller.invite(asked, days=-1, most=3)
    # Tom, who plans roads and lines, finds it; Amina has said that she could do it.
    railways = teller.ask(calder, RAILWAYS, days=-2, lessons=[26, 27])
    amina = Ambassador.objects.get(full_name="Amina Yusuf")
    assert amina.user is not None
    offer_oneself(ambassador=amina, pk=railways.pk, by=amina.user, at=teller.at(-1))
    declined = teller.ask(contacts["900011"], OCEANS, days=-5, lessons=[20])
    offers = teller.invite(declined, days=-4)
    decline_offer(offer=offers[0], by=offers[0].ambassador.user, at=teller.at(-3), reason="date")


def tell_of_endings(teller: Teller, contacts: dict[str, Contact]) -> None:
    """Requests and visits that came to nothing, each in its own way."""
    cancelled = teller.ask(contacts["900007"], CODING, days=-40, lessons=[10])
    visit = teller.confirm(teller.agree(cancelled, days=-38), days=-36)
    teacher = contacts["900007"].user
    cancel_visit(visit=visit, reason=CancelReason.SCHOOL_EVENT, by=teacher, at=teller.at(-5))

    flooded = _held(teller, contacts["900011"], OCEANS, lesson=3)
    cancel_visit(visit=flooded, reason=CancelReason.WEATHER, by=teller.coordinator, at=teller.at(-0.5), for_scheme=True)

    ill = _held(teller, contacts["W90001"], GEOLOGY, lesson=-16)
    assert ill.starts_at is not None
    seat = ill.seats.all()[0]
    assert seat.ambassador is not None and seat.ambassador.user is not None
    morning = ill.starts_at - timedelta(hours=2)
    give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=seat.ambassador.user, at=morning)

    swapped = teller.ask(contacts["900003"], ENERGY, days=-30, lessons=[11])
    visit = teller.confirm(teller.agree(swapped, days=-28), days=-26)
    seat = visit.seats.all()[0]
    assert seat.ambassador is not None and seat.ambassador.user is not None
    give_up_seat(seat=seat, reason=CancelReason.WORK, by=seat.ambassador.user, at=teller.at(-2))

    refused = teller.ask(contacts["900011"], {**OCEANS, "year_groups": "Year 8"}, days=-12, lessons=[19])
    visit = teller.agree(refused, days=-10)
    ask_for_someone_else(
        visit=visit, by=contacts["900011"].user, at=teller.at(-8), because="Someone who can bring samples"
    )

    nobody = teller.ask(contacts["W90001"], {**SPACE, "year_groups": "Year 8"}, days=-25, lessons=[6])
    give_up_request(request=nobody, by=teller.coordinator, at=teller.at(-7))

    thought_again = teller.ask(contacts["900007"], BATTERIES, days=-15, lessons=[14])
    withdraw_request(request=thought_again, by=teacher, at=teller.at(-14), because="We found a local visitor")
    lapse_offers(at=teller.now)


def tell_of_the_same_person_again(teller: Teller, calder: Contact) -> None:
    """A colleague of the lead's has sent in one request for the very person who came; her own is a draft still."""
    visit = Visit.objects.filter(request__contact=calder, status=VisitStatus.DELIVERED).latest("ends_at")
    seat = visit.seats.all()[0]
    colleague = Contact.objects.approved().colleagues_of(calder).get()
    for contact, days in ((colleague, 26), (calder, 28)):
        again = ask_person_again(seat=seat, contact=contact, at=teller.now)
        offer_times(request=again, times=[teller.lesson(again, days, 11)], by=contact.user)
        if contact is colleague:
            submit_request(request=again, by=contact.user, at=teller.now)


def tell_of_a_series(teller: Teller, contact: Contact) -> None:
    """Somebody comes to the same class every second week, and has had to give one of the meetings back."""
    request = teller.ask(contact, DATA_PROJECT, days=-34, lessons=[13])
    visit = teller.confirm(teller.agree(request, days=-32), days=-30)
    third = request.visits.get(number=3)
    seat = third.seats.all()[0]
    assert visit.number == 1 and seat.ambassador is not None and seat.ambassador.user is not None
    give_up_seat(seat=seat, reason=CancelReason.WORK, by=seat.ambassador.user, at=teller.at(-0.3))


def tell_of_a_suspension(teller: Teller, contact: Contact) -> None:
    """Somebody who had promised a visit is kept out of schools, and today it is to be looked at again.

    Nobody is asked to visit afterwards, so the rest of the term is as it would have been.
    """
    visit = teller.confirm(teller.agree(teller.ask(contact, GAMES, days=-45, lessons=[9]), days=-43), days=-40)
    person = visit.seats.all()[0].ambassador
    assert person is not None
    lead = RoleGrant.objects.filter(role=Role.SAFEGUARDING_LEAD)[0].user
    reached = Reached("LADO service", "01632 960130", "01632 960131", "lado@council.example", day_of(teller.now))
    keep_officer(nation=Nation.ENG, authority="", reached=reached, by=lead, at=teller.now)
    reviewed_every = int(value("suspension_review_days", on=day_of(teller.now)))
    day = add_working_days(day_of(teller.now), -reviewed_every, Nation.ENG)
    because = "We were told of messages to a pupil, and wait for the local authority's advice."
    suspend(ambassador=person, because=because, tell=True, by=lead, at=moment(day, time(9, 30)))


def tell_of_somebody_new(teller: Teller, calder: Contact) -> None:
    """Somebody new comes along to watch the visit that waits for the school's yes."""
    visit = Visit.objects.filter(request__contact=calder, status=VisitStatus.MATCHED).latest("starts_at")
    seat = add_shadow_place(visit=visit, by=teller.coordinator, at=teller.at(-0.3))
    for match in newcomers_near(visit, at=teller.at(-0.3), limit=1):
        person = match.ambassador
        offer = invite_shadow(seat=seat, person=person.pk, by=teller.coordinator, at=teller.at(-0.3))
        assert visit.starts_at is not None and person.user is not None
        accept_offer(offer=offer, starts_at=visit.starts_at, by=person.user, at=teller.at(-0.1))
