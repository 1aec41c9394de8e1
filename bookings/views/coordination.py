"""A visit as its coordinator sees it, and what they do about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.eligibility import can_be_moved, is_open_for_messages, reasons_closed_since
from bookings.enums import Speaker, VisitStatus
from bookings.forms.coordination import ArrangementsByTelephoneForm, CancelForm, CannotComeForm, OutcomeForm
from bookings.models import Preparation, Seat, Visit
from bookings.operations import series, visits
from bookings.queries import boards
from bookings.queries.checklist import checklist_of
from bookings.queries.proposals import proposed_for
from bookings.queries.readiness import readiness_of
from bookings.queries.school_visit import can_change
from bookings.queries.series import going, to_come_with
from bookings.queries.shadowing import watching_of, with_schools_word
from bookings.risk import may_need_assessment
from bookings.workflow import VISIT
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, went_through
from stem.rules import Audience


def visit_looked_after(request: SignedInRequest, pk: int) -> Visit:
    """The visit of this number, for a coordinator of its region."""
    rows = Visit.objects.visible_to(request.user).looked_after_by(request.user)
    return get_object_or_404(rows.select_related("request__school", "request__contact__user"), pk=pk)


@open_to(Role.COORDINATOR)
def show_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """All that both sides see of a visit, who did what, and what a coordinator may do about it."""
    at = timezone.now()
    over = visit.ends_at is not None and visit.ends_at <= at
    rows = Seat.objects.visible_to(request.user).filter(visit=visit).select_related("ambassador__user")
    seats = list(with_schools_word(rows))
    watching = watching_of(seats, can_be_watched=can_be_moved(visit, at))
    return render(
        request,
        "bookings/visit_of_coordinator.html",
        {
            "visit": visit,
            "wanted": visit.request,
            "seats": [seat for seat in seats if seat is not watching.seat],
            "watching": watching,
            "readiness": readiness_of(visit, seats, at=at),
            "checklist": checklist_of(visit, Speaker.SCHEME, at=at),
            "may_need_assessment": may_need_assessment(visit.request.activity),
            "proposed": proposed_for(visit, seats, mine=None, at=at),
            "can_move": can_be_moved(visit, at),
            "can_change": can_change(visit, at),
            "can_set_lessons": is_open_for_messages(visit, at),
            "sessions": visit.sessions.all(),
            "series": going(visit),
            "history": boards.history_of_visit(visit),
            "can_confirm": VISIT.can(visit, "confirm"),
            "can_cancel": VISIT.can(visit, "cancel_by_scheme") and not over,
            "can_settle": VISIT.can(visit, "deliver") and over,
            "is_over": over,
            "is_upcoming": visit.status in (VisitStatus.FINDING, VisitStatus.MATCHED, VisitStatus.CONFIRMED),
        },
    )


@open_to(Role.COORDINATOR)
def confirm_visit_for_school(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say the school's yes for a contact who telephones, with what they tell about the day."""
    visit = visit_looked_after(request, pk)
    prepared = Preparation.objects.visible_to(request.user).for_visit(visit)
    closed = reasons_closed_since(visit)
    form = ArrangementsByTelephoneForm(request.POST or None, visit=visit, prepared=prepared, closed=closed)
    if form.is_valid() and went_through(
        form,
        visits.confirm_visit,
        told_to=Audience.COORDINATOR,
        visit=visit,
        arrangements=form.arrangements,
        by=request.user,
        at=timezone.now(),
        on_behalf_of=str(visit.request.contact.user),
        all_the_same=form.because,
    ):
        messages.success(request, _("Confirmed. Both sides will get an e-mail with their calendar entry."))
        return redirect("visit", pk)
    return ask_first(
        request,
        form,
        title=_("Confirm for the school"),
        caption=visit.request,
        lead=_("For a school that telephones. The record will say that you acted for %(name)s.")
        % {"name": visit.request.contact.user},
        submit=_("Confirm this visit"),
        back_url=reverse("visit", args=[pk]),
    )


@open_to(Role.COORDINATOR)
def cancel_visit_for_scheme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call a visit off, for the scheme or for a school that telephones."""
    visit = visit_looked_after(request, pk)
    at = timezone.now()
    form = CancelForm(request.POST or None, following=len(to_come_with(visit, at=at)[1:]))
    if form.is_valid() and went_through(
        form,
        series.cancel_rest if form.is_of_all else visits.cancel_visit,
        visit=visit,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=at,
        for_scheme=form.for_scheme,
        on_behalf_of="" if form.for_scheme else str(visit.request.contact.user),
    ):
        messages.success(request, _("Cancelled. Everyone concerned will be told."))
        return redirect("visit", pk)
    return ask_first(
        request,
        form,
        title=_("Cancel this visit?"),
        caption=visit.request,
        lead=_("Everyone concerned is told, and both diaries let it go. It cannot be undone: the school asks again."),
        submit=_("Cancel this visit"),
        kind="danger",
        back_url=reverse("visit", args=[pk]),
        cancel=_("Keep it"),
    )


@open_to(Role.COORDINATOR)
def settle_visit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record how a visit ended."""
    visit = visit_looked_after(request, pk)
    form = OutcomeForm(request.POST or None)
    if form.is_valid() and went_through(
        form, visits.settle_visit, visit=visit, outcome=form.cleaned_data["outcome"], by=request.user, at=timezone.now()
    ):
        outcome = visit_looked_after(request, pk).get_status_display()
        messages.success(request, _("On record: %(outcome)s.") % {"outcome": outcome})
        return redirect("visit", pk)
    return ask_first(
        request,
        form,
        title=_("How did this visit end?"),
        caption=visit.request,
        lead=_("Decide when the two sides differ, or when nobody said. It cannot be changed afterwards."),
        submit=_("Put it on record"),
        back_url=reverse("visit", args=[pk]),
    )


@open_to(Role.COORDINATOR)
def give_up_seat_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that an ambassador who telephones cannot come; the search goes on where there is time."""
    rows = Seat.objects.visible_to(request.user).filter(ambassador__isnull=False).select_related("ambassador")
    seat = get_object_or_404(rows, pk=pk)
    visit = visit_looked_after(request, seat.visit_id)
    at = timezone.now()
    form = CannotComeForm(request.POST or None, following=len(to_come_with(visit, at=at)[1:]))
    if form.is_valid() and went_through(
        form,
        series.give_up_rest if form.is_of_all else visits.give_up_seat,
        seat=seat,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=at,
        on_behalf_of=str(seat.ambassador),
    ):
        messages.success(
            request, _("Noted: %(name)s cannot come. The school will be told.") % {"name": seat.ambassador}
        )
        return redirect("visit", visit.pk)
    return ask_first(
        request,
        form,
        title=_("%(name)s cannot come?") % {"name": seat.ambassador},
        caption=visit.request,
        lead=_("The visit goes on without them: they were only to watch.")
        if seat.is_shadow
        else _("With a working day left someone else is looked for. With less, the visit is cancelled."),
        submit=_("Note that they cannot come"),
        kind="danger",
        back_url=reverse("visit", args=[visit.pk]),
    )
