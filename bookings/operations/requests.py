"""From a teacher's first thought to a request that someone works on."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import eligibility, notifications, permissions
from bookings.enums import RequestStatus, SeatStatus, Side, VisitStatus
from bookings.models import Commitment, KeptApart, PossibleTime, Request, Seat, Visit
from bookings.operations.asking import withdraw_live_offers
from bookings.operations.priorities import reckon_priorities
from bookings.operations.searches import keep_search_of
from bookings.operations.texting import text_called_off
from bookings.workflow import REQUEST, VISIT
from schools.enums import PersonKind
from schools.models import Contact, School, SchoolPerson
from schools.operations.people import remember_people
from schools.queries.people import people_named_before
from schools.queries.school_time import school_time
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, Reason, refuse, refuse_if_any
from stem.wording import day_in_words, interval_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

Interval = tuple[datetime, datetime]
MOST_TIMES = 5

# What a request says of the people at school, and of the day as a whole: its visit begins with the same.
PEOPLE_AT_SCHOOL = ("supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone")
THE_DAY = (*PEOPLE_AT_SCHOOL, "arrival")
ASKED_AGAIN = (
    *(
        "arrival",
        "purpose",
        "outcome_1",
        "outcome_2",
        "outcome_3",
        "subject",
        "topic",
        "stage",
        "year_groups",
        "pupils",
    ),
    *("access_needs", "activity", "mode", "people", "language", "aims", "meetings", "weeks_apart"),
)


@transaction.atomic
def start_request(*, contact: Contact, at: datetime) -> Request:
    """Begin a draft for the contact's school, with the people it named last, whichever colleague asked (rule A-02).

    A draft that nothing has been written in is taken up again: a second press makes no second one.
    """
    school = School.objects.locked(contact.school)
    empty = Request.objects.filter(contact=contact, status=RequestStatus.DRAFT, purpose="").first()
    if empty is not None:
        return empty
    last = Request.objects.filter(school=contact.school_id).exclude(arrival="").first()
    people = _people_at_school(school)
    arrival = last.arrival if last else ""
    return Request.objects.create(school=school, contact=contact, started_at=at, arrival=arrival, **people)


def _people_at_school(school: School, *, as_in: Request | None = None) -> dict[str, str]:
    """Whom the next request names: those of an earlier one who are still on the school's list, else those named last.

    Whoever was taken off the list is named by no new request, and how the others are reached is read from the list.
    """
    named = people_named_before(school)
    adult = _still_there(named[PersonKind.SUPERVISING], as_in.supervising_adult if as_in else "")
    lead = _still_there(named[PersonKind.SAFEGUARDING], as_in.safeguarding_lead if as_in else "")
    return {
        "supervising_adult": adult.name if adult else "",
        "supervising_email": adult.email if adult else "",
        "safeguarding_lead": lead.name if lead else "",
        "safeguarding_phone": lead.phone if lead else "",
    }


def _still_there(people: list[SchoolPerson], name: str) -> SchoolPerson | None:
    """The person of this name, or else the one named last; None on an empty list."""
    same = (person for person in people if person.name.casefold() == name.casefold())
    return next(same, people[0] if people else None)


@transaction.atomic
def ask_again(*, request: Request, contact: Contact, at: datetime) -> Request:
    """Begin a draft with every answer of an earlier request but its times. Refuses with `not_for_school`."""
    permissions.check_may_edit_request(contact.user, request)
    return _begin_again(request, contact, at=at)


@transaction.atomic
def ask_person_again(*, seat: Seat, contact: Contact, at: datetime) -> Request:
    """Begin the request of a visit that took place once more, for the very person who had this seat.

    Whether they can come is not looked at here: a school that learnt it now might guess why someone is held (V-71).
    Refuses with `not_for_school`, `not_delivered` when the visit has not taken place or nobody had the seat, or
    `kept_apart` while the school itself has asked for somebody else; of the person's own word it never learns.
    """
    earlier = seat.visit.request
    permissions.check_may_edit_request(contact.user, earlier)
    if seat.visit.status != VisitStatus.DELIVERED or seat.ambassador is None:
        words = _("Only someone who has visited you can be asked for again. Ask for a visit, and we find someone.")
        raise refuse("not_delivered", Kind.STATE, words)
    theirs = KeptApart.objects.filter(school=earlier.school_id, ambassador=seat.ambassador, side=Side.SCHOOL)
    if theirs.exists():
        words = _("Your school asked us to send somebody else next time. Take that back on this page, and ask again.")
        raise refuse("kept_apart", Kind.STATE, words)
    return _begin_again(earlier, contact, at=at, wanted_again=seat.ambassador)


def _begin_again(
    request: Request, contact: Contact, *, at: datetime, wanted_again: Ambassador | None = None
) -> Request:
    """A draft with an earlier request's answers, and with its people as far as they are still on the school's list.

    One that says the very same and has no times yet is taken up again: a second press makes no second one.
    """
    answers = {column: getattr(request, column) for column in ASKED_AGAIN}
    answers |= _people_at_school(School.objects.locked(contact.school), as_in=request)
    begun = {"school": contact.school, "contact": contact, "wanted_again": wanted_again, **answers}
    # A second press finds what the first one began, to which nothing has been added.
    untouched = Request.objects.filter(status=RequestStatus.DRAFT, possible_times__isnull=True, **begun).first()
    return untouched or Request.objects.create(started_at=at, **begun)


@transaction.atomic
def ask_for_anyone(*, request: Request, by: "User") -> None:
    """Ask no longer for one person, but for anyone who fits. Refuses with `not_for_school` or `sent_in`."""
    request = _editable(request, by)
    request.wanted_again = None
    request.save(update_fields=["wanted_again"])


@transaction.atomic
def answer_questions(*, request: Request, answers: Mapping[str, Any], by: "User") -> None:
    """Keep some of a draft's answers, by column. Refuses with `not_for_school`, or `sent_in` when it is no draft."""
    request = _editable(request, by)
    for column, answer in answers.items():
        setattr(request, column, answer)
    request.save(update_fields=[*answers])


@transaction.atomic
def offer_times(*, request: Request, times: Iterable[Interval], by: "User", all_the_same: str = "") -> None:
    """Replace a draft's possible times; `all_the_same` is why one may be on a day when the school has no visitors.

    Refuses with `not_for_school`, `sent_in`, `number_of_times` (one to five), `time_order`, `time_twice`, or without
    such a reason with `all_the_same` for each day that rule T-11 keeps free.
    """
    request = _editable(request, by)
    times = sorted(times)
    _check_times(times)
    possible = [PossibleTime(request=request, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in times]
    _mark_closed_days(request, possible, all_the_same.strip())
    request.possible_times.all().delete()
    PossibleTime.objects.bulk_create(possible)


@transaction.atomic
def add_times(*, request: Request, times: Iterable[Interval], by: "User", at: datetime, all_the_same: str = "") -> None:
    """Say that a visit for which somebody is looked for could also be at these times; whoever is asked sees them.

    Refuses with `not_for_school`, `state` where nobody is looked for or a time has been agreed, `number_of_times` (five
    at most that are still to come), `time_order`, `time_twice`, `too_soon` for what is sooner than we promise now
    (T-10), or `all_the_same` as `offer_times`.
    """
    request, searches = _locked_with_searches(request)
    permissions.check_may_edit_request(by, request)
    if request.status != RequestStatus.OPEN or not any(visit.starts_at is None for visit in searches):
        raise refuse("state", Kind.STATE, _("Nobody is being looked for here any more, or a time has been agreed."))
    there = [(each.starts_at, each.ends_at) for each in request.possible_times.all() if each.starts_at > at]
    added = sorted({*times} - {*there})
    _check_times([*there, *added])
    earliest = eligibility.earliest_promised(request, at)
    if any(day_of(starts_at) < earliest for starts_at, _ends_at in added):
        words = _("The earliest day that can be added now is %(day)s.") % {"day": day_in_words(earliest)}
        raise refuse("too_soon", Kind.INPUT, words)
    possible = [PossibleTime(request=request, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in added]
    _mark_closed_days(request, possible, all_the_same.strip())
    PossibleTime.objects.bulk_create(possible)
    if possible:
        note = "\n".join(interval_in_words(*interval) for interval in added)
        REQUEST.note(request, "add_times", by=by, at=at, note=note)


def _check_times(times: list[Interval]) -> None:
    """These can be the possible times. Refuses with `number_of_times` (one to five), `time_order` or `time_twice`."""
    if not 1 <= len(times) <= MOST_TIMES:
        raise refuse("number_of_times", Kind.INPUT, _("Give between one and five times."))
    if any(ends_at <= starts_at for starts_at, ends_at in times):
        raise refuse("time_order", Kind.INPUT, _("Each time has to end after it starts."))
    if len({starts_at for starts_at, _ends_at in times}) < len(times):
        raise refuse("time_twice", Kind.INPUT, _("Two of the times start at the same moment. Change or remove one."))


def _mark_closed_days(request: Request, times: Iterable[PossibleTime], because: str) -> None:
    """Note on each time when the school has no visitors why it is wanted then. Refuses with `all_the_same` without."""
    school = school_time(request.school)
    against = [(time, eligibility.reasons_closed(request, time, school)) for time in times]
    if not because:
        refuse_if_any(Reason("all_the_same", Kind.INPUT, why.truth) for _time, found in against for why in found)
    for time, found in against:
        time.all_the_same = because if found else ""


@transaction.atomic
def submit_request(*, request: Request, by: "User", at: datetime) -> None:
    """Send a request in. A rule opens it at once when nothing about it needs a coordinator's look (rule 5.6).

    Refuses with `not_for_school`, `state`, or the column of each missing answer.
    """
    # The school before its requests, as everyone locks who needs both.
    School.objects.locked(request.school)
    request = Request.objects.locked(request)
    permissions.check_may_edit_request(by, request)
    REQUEST.check(request, "submit")
    eligibility.check_complete(request, at)
    request.promised_from = eligibility.earliest_promised(request, at)
    note = _unusual_times(request)
    REQUEST.move(request, "submit", by=by, at=at, note=note, submitted_at=at, promised_from=request.promised_from)
    people = {column: getattr(request, column) for column in PEOPLE_AT_SCHOOL}
    remember_people(school=request.school, **people, at=at)
    post(notifications.request_received, to=request.contact.user, due_at=at, request_id=request.pk)
    if not eligibility.needs_a_look(request, at):
        _open(request, by=None, at=at)
    reckon_priorities([request], at=at)
    keep_search_of(request, at=at)


def _unusual_times(request: Request) -> str:
    """For the history: times that the school wants although it has no visitors then, and those at short notice."""
    times = list(request.possible_times.all())
    soon = [time for time in times if eligibility.is_at_short_notice(request, time.starts_at)]
    lines = [time.in_words for time in times if time.all_the_same and time not in soon]
    lines += [_("At short notice: %(time)s") % {"time": time.in_words} for time in soon]
    return "\n".join(lines)


@transaction.atomic
def open_request(*, request: Request, by: "User", at: datetime) -> None:
    """Start to find someone for a request that needed a look. Refuses with `not_coordinator` or `state`."""
    request = Request.objects.locked(request)
    permissions.check_may_match(by, request)
    _open(request, by=by, at=at)


def _open(request: Request, *, by: "User | None", at: datetime) -> None:
    """Open the request and make its visit, or one for each meeting of a series. Refuses with `state`."""
    REQUEST.move(request, "open", by=by, at=at)
    for number in range(1, request.meetings + 1):
        make_visit(request, number=number, at=at)


def make_visit(request: Request, *, at: datetime, number: int = 1) -> Visit:
    """A visit that a request asks for, with an open seat for each person wanted and no time yet."""
    day = {column: getattr(request, column) for column in THE_DAY}
    visit = Visit.objects.create(request=request, number=number, changed_at=at, **day)
    Seat.objects.bulk_create(Seat(visit=visit) for _number in range(request.people))
    return visit


@transaction.atomic
def withdraw_request(*, request: Request, by: "User", at: datetime, because: str = "") -> None:
    """Take a request back; whoever was asked is told. A visit that someone accepted is cancelled by its own page.

    Refuses with `not_for_school`, `state`, or `visit_agreed` when someone has accepted.
    """
    request, searches = _locked_with_searches(request)
    permissions.check_may_edit_request(by, request)
    if request.visits.upcoming().filter(seats__ambassador__isnull=False).exists():
        raise refuse(
            "visit_agreed", Kind.STATE, _("Someone has accepted. Cancel the visit itself, so that they are told.")
        )
    REQUEST.move(request, "withdraw", by=by, at=at, note=because)
    end_searches(searches, "cancel_by_school", by=by, at=at)


@transaction.atomic
def give_up_request(*, request: Request, by: "User | None", at: datetime) -> None:
    """Say that nobody can be found; the school is told what would help. `by` is None when its last time has gone by.

    Refuses with `not_coordinator` or `state`.
    """
    request, searches = _locked_with_searches(request)
    if by is not None:
        permissions.check_may_match(by, request)
    REQUEST.move(request, "give_up", by=by, at=at)
    end_searches(searches, "give_up", by=by, at=at)
    post(notifications.request_unfilled, to=request.contact.user, due_at=at, request_id=request.pk)


def _locked_with_searches(request: Request) -> tuple[Request, list[Visit]]:
    """The request, and its visits for which someone is sought; visits are held first, as everywhere."""
    visits = list(Visit.objects.select_for_update(no_key=True).filter(request=request).order_by("pk"))
    return Request.objects.locked(request), [visit for visit in visits if visit.status == VISIT.start]


def end_searches(searches: Iterable[Visit], name: str, *, by: "User | None", at: datetime) -> None:
    """End visits before everyone needed was found: whoever was asked, or had said yes, is told and free again."""
    for visit in searches:
        withdraw_live_offers(visit, by=by, at=at)
        VISIT.move(visit, name, by=by, at=at, changed_at=at, sequence=visit.sequence + 1)
        Commitment.objects.filter(seat__visit=visit).delete()
        was_confirmed = visit.events.filter(kind="confirm").exists()
        text_called_off(visit, by=by, at=at, to_school=was_confirmed)
        if was_confirmed:
            # It stands in the school's calendar.
            post(
                notifications.visit_cancelled,
                to=visit.request.contact.user,
                due_at=at,
                visit_id=visit.pk,
                seat_id=0,
                sequence=visit.sequence,
            )
        for seat in visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user"):
            assert seat.ambassador is not None
            post(
                notifications.visit_cancelled,
                to=seat.ambassador.user,
                due_at=at,
                visit_id=visit.pk,
                seat_id=seat.pk,
                sequence=visit.sequence,
            )


@transaction.atomic
def discard_draft(*, draft: Request, by: "User") -> None:
    """Throw a draft away, answers and all. Refuses with `not_for_school` or `sent_in`."""
    _editable(draft, by).delete()


def _editable(request: Request, by: "User") -> Request:
    """The draft, held, if this person may change it. Refuses with `not_for_school` or `sent_in`."""
    request = Request.objects.locked(request)
    permissions.check_may_edit_request(by, request)
    if request.status != RequestStatus.DRAFT:
        raise refuse("sent_in", Kind.STATE, _("This request has been sent in and can no longer be changed here."))
    return request
