"""A visit as its school sees it: who would come, saying yes, asking for someone else, calling it off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.views.photos import answer_with_photo
from bookings.eligibility import reasons_closed_since
from bookings.enums import VisitStatus
from bookings.forms.visits import CancelForm, ConfirmForm, SomeoneElseForm
from bookings.models import Preparation, Seat, Visit
from bookings.operations import series, visits
from bookings.queries.school_desk import Expected, expected
from bookings.queries.school_visit import expected_in_full
from bookings.queries.seen import photo_in
from bookings.queries.series import to_come_with, waiting_with
from bookings.risk import reasons_not_assessed
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest
from stem.acts import ask_first, went_through
from stem.wording import interval_in_words


def show_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Who comes and what is assured of them, as far as it has come, and what the school may do."""
    return render(request, "bookings/visit_of_school.html", {"expected": expected_in_full(visit, at=timezone.now())})


def _expected(request: ContactRequest, pk: int) -> Expected:
    own = Visit.objects.visible_to(request.user).to_schools_of(request.user)
    return expected(get_object_or_404(own.select_related("request__school"), pk=pk), at=timezone.now())


@contacts_only
def visitor_photo(request: ContactRequest, pk: int) -> HttpResponseBase:
    """The photo of someone who is to come, for the people of the school that they come to."""
    seats = Seat.objects.visible_to(request.user).at_schools_of(request.user).known_to_schools()
    found = photo_in(get_object_or_404(seats, pk=pk))
    if found is None:
        raise Http404
    return answer_with_photo(request, found)


@contacts_only
def confirm(request: ContactRequest, pk: int) -> HttpResponse:
    """Say yes to whoever was found, with all they need to know for the day."""
    theirs = _expected(request, pk)
    if not theirs.is_waiting_for_us:
        return redirect("visit", pk)
    visit = theirs.visit
    prepared = Preparation.objects.visible_to(request.user).for_visit(visit)
    prepared.visit = visit
    form = ConfirmForm(request.POST or None, visit=visit, prepared=prepared, closed=reasons_closed_since(visit))
    if form.is_valid() and went_through(
        form,
        visits.confirm_visit,
        visit=visit,
        arrangements=form.arrangements,
        by=request.user,
        at=timezone.now(),
        all_the_same=form.because,
    ):
        messages.success(request, _("Confirmed. Both of you will get an e-mail with the visit for your calendars."))
        return redirect("visit", pk)
    others = [interval_in_words(*each) for each in waiting_with(visit)]
    # Said before anybody fills in the form, and not once more beside what was refused.
    not_assessed = [] if form.is_bound else [why.truth for why in reasons_not_assessed(visit)]
    context = {"form": form, "expected": theirs, "others": others, "not_assessed": not_assessed}
    return render(request, "bookings/confirm_visit.html", context)


@contacts_only
def someone_else(request: ContactRequest, pk: int) -> HttpResponse:
    """Ask for someone else, with what would suit better."""
    theirs = _expected(request, pk)
    if theirs.visit.status != VisitStatus.MATCHED:
        return redirect("visit", pk)
    form = SomeoneElseForm(request.POST or None)
    if form.is_valid() and went_through(
        form, visits.ask_for_someone_else, visit=theirs.visit, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("Thank you for saying so. We look for someone else."))
        return redirect("visit", pk)
    return ask_first(
        request,
        form,
        title=_("Ask for someone else?"),
        caption=theirs.visit.request,
        lead=_("%(names)s will be thanked and told that they are not needed. We look again.") % {"names": theirs.names},
        submit=_("Ask for someone else"),
        back_url=reverse("visit", args=[pk]),
    )


@contacts_only
def cancel(request: ContactRequest, pk: int) -> HttpResponse:
    """Call a visit off, after saying who will be told."""
    theirs = _expected(request, pk)
    if not theirs.can_cancel:
        return redirect("visit", pk)
    at = timezone.now()
    form = CancelForm(request.POST or None, following=len(to_come_with(theirs.visit, at=at)[1:]))
    if form.is_valid() and went_through(
        form,
        series.cancel_rest if form.is_of_all else visits.cancel_visit,
        visit=theirs.visit,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=at,
    ):
        messages.success(request, _("Cancelled. Everyone concerned will be told."))
        return redirect("visit", pk)
    told = theirs.names or _("anyone who was asked")
    return ask_first(
        request,
        form,
        title=_("Cancel this visit?"),
        caption=theirs.visit.request,
        lead=_("We tell %(names)s at once, and both calendars let it go. It cannot be undone, but you can ask again.")
        % {"names": told},
        submit=_("Cancel this visit"),
        kind="danger",
        back_url=reverse("visit", args=[pk]),
        cancel=_("Keep it"),
    )
