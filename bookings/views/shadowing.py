"""Somebody new who comes along to watch: making room, choosing whom to ask, and the school's no (decision 0045)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.coming import visitors_of
from bookings.eligibility import can_be_moved
from bookings.forms.shadowing import ShadowForm
from bookings.matching.newcomers import newcomers_near
from bookings.matching.ranking import Match
from bookings.models import Seat, Visit
from bookings.operations import shadowing
from bookings.queries.school_desk import expected
from bookings.queries.shadowing import watching_of, with_schools_word
from bookings.views.coordination import visit_looked_after
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.rules import Audience

MOST = 8


@open_to(Role.COORDINATOR)
@require_POST
def add_shadow_place(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make room for one who watches, and go on to choose whom to ask."""
    visit = visit_looked_after(request, pk)
    said = _("There is room for somebody new. Choose whom to ask.")
    if press(request, shadowing.add_shadow_place, said=said, visit=visit, by=request.user, at=timezone.now()):
        return redirect("invite_shadow", visit.pk)
    return redirect("visit", pk)


@open_to(Role.COORDINATOR)
def invite_shadow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whoever is new and could come along, nearest first; ask one of them."""
    at = timezone.now()
    visit = visit_looked_after(request, pk)
    rows = Seat.objects.visible_to(request.user).filter(visit=visit).select_related("ambassador")
    seats = list(with_schools_word(rows))
    watching = watching_of(seats, can_be_watched=can_be_moved(visit, at))
    if watching.seat is None or not watching.can_ask:
        return redirect("visit", pk)
    matches = newcomers_near(visit, at=at, limit=MOST)
    people = [(each.ambassador.pk, _in_words(each)) for each in matches]
    form = ShadowForm(request.POST or None, people=people)
    if form.is_valid() and went_through(
        form,
        shadowing.invite_shadow,
        told_to=Audience.COORDINATOR,
        seat=watching.seat,
        by=request.user,
        at=at,
        **form.cleaned_data,
    ):
        messages.success(request, _("Asked to come along. With their yes the school and whoever visits it are told."))
        return redirect("visit", pk)
    context = {"form": form, "visit": visit, "people": people, "visitors": visitors_of(seats)}
    return render(request, "bookings/invite_shadow.html", context)


def _in_words(match: Match) -> str:
    """A new person as one of those to choose from: how far they come, and whether they have asked to watch."""
    wish = _("Would like to watch one first") if match.ambassador.would_watch else ""
    return ": ".join([match.ambassador.full_name, " · ".join(filter(None, [wish, *match.reasons]))])


@open_to(Role.COORDINATOR)
@require_POST
def refuse_shadow_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a school that telephones would rather that nobody watches."""
    visit = visit_looked_after(request, pk)
    press(
        request,
        shadowing.refuse_shadow,
        said=_("Noted: nobody comes along. The visit itself stays as it is."),
        visit=visit,
        by=request.user,
        at=timezone.now(),
        on_behalf_of=str(visit.request.contact.user),
    )
    return redirect("visit", pk)


@contacts_only
def refuse_shadow(request: ContactRequest, pk: int) -> HttpResponse:
    """Say that nobody should watch this time, after saying what follows."""
    own = Visit.objects.visible_to(request.user).to_schools_of(request.user)
    at = timezone.now()
    theirs = expected(get_object_or_404(own.select_related("request__school"), pk=pk), at=at)
    if theirs.watcher is None or not theirs.can_refuse_watcher:
        return redirect("visit", pk)
    name = theirs.watcher.full_name
    if request.method == "POST":
        said = _("Thank you for saying so. %(name)s does not come along; your visit stays as it is.") % {"name": name}
        press(request, shadowing.refuse_shadow, said=said, visit=theirs.visit, by=request.user, at=at)
        return redirect("visit", pk)
    return ask_first(
        request,
        None,
        title=_("Nobody to watch, this time?"),
        caption=theirs.visit.request,
        lead=_("%(watcher)s is told that plans have changed, and does not come along. %(names)s comes as agreed.")
        % {"watcher": name, "names": theirs.names},
        submit=_("Not this time"),
        back_url=reverse("visit", args=[pk]),
        cancel=_("They are welcome"),
    )
