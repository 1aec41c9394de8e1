"""What is changed of a visit that stands: another time, who is there, and whose it is at the school."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import ambassadors_only
from bookings.eligibility import can_be_moved, reasons_closed_on
from bookings.enums import CancelReason
from bookings.forms.handing_over import HandOverForm
from bookings.forms.offers import REASONS_NOT_TO_COME
from bookings.forms.proposals import AnswerProposalForm, ProposeTimeForm
from bookings.forms.visits import REASONS_TO_CANCEL, ArrangementsForm
from bookings.models import Preparation, Proposal, Request, Seat, Visit
from bookings.operations import arrangements, leaving, proposals
from bookings.queries.proposals import THE_SCHOOL, Proposed, names_of, proposed, tight_for
from bookings.queries.school_visit import can_change
from schools.access import contacts_only
from schools.models import Contact
from stem.access import SignedInRequest, open_to, signed_in
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.moments import day_of
from stem.rules import Audience

View = Callable[..., HttpResponseBase]


def for_whoever_opens(request: SignedInRequest, visit: Visit, view: View, **more: Any) -> HttpResponseBase:
    """The page as the school sees it, as whoever has a seat, or as their coordinator, who speaks for either.

    `own` is whose word the reader gives: the school's, that of their seat, or None for a coordinator.
    """
    if Visit.objects.visible_to(request.user).to_schools_of(request.user).filter(pk=visit.pk).exists():
        return contacts_only(view)(request, visit, own=THE_SCHOOL, **more)
    seat = Seat.objects.visible_to(request.user).held_by(request.user).leads().filter(visit=visit).first()
    if seat is not None:
        return ambassadors_only(view)(request, visit, own=seat.pk, **more)
    return open_to(Role.COORDINATOR)(view)(request, visit, own=None, **more)


def visit_of(request: SignedInRequest, pk: int) -> Visit:
    """The visit of this key, if this person may see it."""
    rows = Visit.objects.visible_to(request.user).select_related("request__school", "request__contact__user")
    return get_object_or_404(rows, pk=pk)


def _taken(visit: Visit) -> dict[int, Seat]:
    seats = visit.seats.leads().filter(ambassador__isnull=False).select_related("ambassador")
    return {seat.pk: seat for seat in seats}


def _mine(request: SignedInRequest, own: int | None, seats: dict[int, Seat]) -> tuple[int, ...] | None:
    """Whose words the reader gives: a teacher who comes to their own school gives two. None for a coordinator."""
    if own != THE_SCHOOL:
        return None if own is None else (own,)
    theirs = [pk for pk, seat in seats.items() if seat.ambassador and seat.ambassador.user_id == request.user.pk]
    return (THE_SCHOOL, *theirs)


def _to_choose_from(names: dict[int, str], mine: tuple[int, ...] | None) -> dict[int, str] | None:
    """For whom one can speak, where that is a question."""
    theirs = names if mine is None else {key: name for key, name in names.items() if key in mine}
    return None if mine is not None and len(theirs) < 2 else theirs


def _told_to(own: int | None) -> Audience:
    """How a "no" is worded: to a school neutrally, to a person with what helps them, to a coordinator by its kind."""
    if own is None:
        return Audience.COORDINATOR
    return Audience.EVERYONE if own == THE_SCHOOL else Audience.PERSON


@signed_in
def propose_time(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Propose another time, for oneself or by the coordinator for who telephones."""
    return for_whoever_opens(request, visit_of(request, pk), _propose)


def _propose(request: SignedInRequest, visit: Visit, *, own: int | None) -> HttpResponse:
    at = timezone.now()
    if not can_be_moved(visit, at):
        return redirect("visit", visit.pk)
    waiting = visit.proposals.open().filter(lapses_at__gt=at).first()
    if waiting is not None:
        return redirect("proposal", waiting.pk)
    seats = _taken(visit)
    mine = _mine(request, own, seats)
    reasons = {THE_SCHOOL: REASONS_TO_CANCEL, None: tuple(CancelReason)}.get(own, REASONS_NOT_TO_COME)
    form = ProposeTimeForm(
        request.POST or None,
        visit=visit,
        reasons=reasons,
        for_school=own in (THE_SCHOOL, None),
        for_people=mine != (THE_SCHOOL,),
        at=at,
        whose=_to_choose_from(names_of(visit, seats.values()), mine),
    )
    if form.is_valid() and went_through(
        form,
        proposals.propose_time,
        told_to=_told_to(own),
        visit=visit,
        seat=seats.get(form.key(own)),
        wish=form.wish,
        by=request.user,
        at=at,
    ):
        messages.success(request, _("We ask everyone concerned. Until all have agreed, the visit stays where it is."))
        return redirect("visit", visit.pk)
    return render(request, "bookings/propose_time.html", {"form": form, "visit": visit})


@signed_in
def proposal(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Another time that was proposed, what came of it, and the answer of whoever still has to give one."""
    rows = Proposal.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("visit__request__school", "visit__request__contact__user"), pk=pk)
    return for_whoever_opens(request, found.visit, _answer, found=found)


def _answer(request: SignedInRequest, visit: Visit, *, own: int | None, found: Proposal) -> HttpResponse:
    at, seats = timezone.now(), _taken(visit)
    mine = _mine(request, own, seats)
    seen = proposed(found, seats.values(), mine=mine, at=at)
    form = _answer_form(request, seen, seats, mine) if seen.to_answer else None
    if form is not None and form.is_valid():
        answer: Callable[..., Any] = proposals.agree_proposal if form.says_yes else proposals.refuse_proposal
        if went_through(
            form,
            answer,
            told_to=_told_to(own),
            proposal=found,
            seat=seats.get(form.key(seen.to_answer[0])),
            by=request.user,
            at=at,
            **form.said,
        ):
            messages.success(request, _("Thank you. Everyone concerned will be told."))
            return redirect("visit", visit.pk)
    return render(request, "bookings/proposal.html", {"form": form, "visit": visit, "proposed": seen})


def _answer_form(
    request: SignedInRequest, seen: Proposed, seats: dict[int, Seat], mine: tuple[int, ...] | None
) -> AnswerProposalForm:
    """What is asked of whoever has to answer: of a school on whose closed day it would be, also why then.

    And of whoever would come from another visit, whether they can manage that; the word of one is asked for at a time.
    """
    asks_why = THE_SCHOOL in seen.to_answer and not seen.proposal.all_the_same
    closed = reasons_closed_on(seen.proposal.visit, day_of(seen.proposal.starts_at)) if asks_why else []
    whose = _to_choose_from({key: seen.names[key] for key in seen.to_answer}, mine)
    people = [seats[key] for key in seen.to_answer if key in seats]
    tight = tight_for(people, seen.proposal, at=timezone.now(), by_name=mine is None)
    return AnswerProposalForm(request.POST or None, closed=closed, tight=tight, whose=whose)


@signed_in
@require_POST
def withdraw_proposal(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Take back another time that one has proposed."""
    rows = Proposal.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("visit__request__school", "visit__request__contact__user"), pk=pk)
    return for_whoever_opens(request, found.visit, _withdraw, found=found)


def _withdraw(request: SignedInRequest, visit: Visit, *, own: int | None, found: Proposal) -> HttpResponse:
    said = _("Taken back: the visit stays where it is.")
    press(request, proposals.withdraw_proposal, said=said, proposal=found, by=request.user, at=timezone.now())
    return redirect("visit", visit.pk)


@signed_in
def change_arrangements(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Change who is there on the day, or where to go: the school's to say, or its coordinator's for it."""
    return for_whoever_opens(request, visit_of(request, pk), _arrange)


def _arrange(request: SignedInRequest, visit: Visit, *, own: int | None) -> HttpResponse:
    at = timezone.now()
    if not can_change(visit, at) or own not in (THE_SCHOOL, None):
        return redirect("visit", visit.pk)
    prepared = Preparation.objects.visible_to(request.user).for_visit(visit)
    form = ArrangementsForm(request.POST or None, visit=visit, prepared=prepared)
    if form.is_valid() and went_through(
        form,
        arrangements.change_arrangements,
        visit=visit,
        arrangements=form.arrangements,
        by=request.user,
        at=at,
        on_behalf_of=str(visit.request.contact.user) if own is None else "",
    ):
        messages.success(request, _("Kept. Whoever comes will be told what is new."))
        return redirect("visit", visit.pk)
    return ask_first(
        request,
        form,
        title=_("Change the room or who is there"),
        caption=visit.request,
        lead=_("Whoever comes gets a letter with all of it. Nobody has to agree."),
        submit=_("Keep these changes"),
        back_url=reverse("visit", args=[visit.pk]),
    )


@signed_in
def hand_over_request(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand a request, and with it its visits, to a colleague; or by the coordinator for who asks them to."""
    rows = Request.objects.visible_to(request.user).select_related("school", "contact__user")
    wanted = get_object_or_404(rows, pk=pk)
    if Request.objects.visible_to(request.user).of_schools_of(request.user).filter(pk=pk).exists():
        return contacts_only(_hand_over)(request, wanted, back=reverse("request", args=[pk]))
    page = reverse("coordinate_request", args=[pk])
    return open_to(Role.COORDINATOR)(_hand_over)(request, wanted, back=page, on_behalf_of=str(wanted.contact.user))


def _hand_over(request: SignedInRequest, wanted: Request, *, back: str, on_behalf_of: str = "") -> HttpResponse:
    rows = Contact.objects.visible_to(request.user).approved().colleagues_of(wanted.contact)
    form = HandOverForm(request.POST or None, colleagues=list(rows.select_related("user")))
    if form.is_valid() and went_through(
        form,
        leaving.hand_over_request,
        request=wanted,
        successor=form.chosen,
        by=request.user,
        at=timezone.now(),
        on_behalf_of=on_behalf_of,
    ):
        said = _("%(name)s goes on with it. Both of you will be told.") % {"name": form.chosen.user}
        messages.success(request, said)
        return redirect(back)
    return render(request, "bookings/hand_over_request.html", {"form": form, "wanted": wanted, "back": back})
