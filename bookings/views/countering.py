"""The school's answer to another time: signed in, by the single-use link in its letter, or by telephone."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bookings.forms.countering import AgreeForm
from bookings.models import Offer, Visit
from bookings.operations.countering import agree_by_link, agree_to_time, refuse_by_link, refuse_times
from bookings.queries.countering import OtherTime, other_time_behind
from bookings.queries.countering import other_time as read_other_time
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role
from stem.acts import went_through
from stem.forms import HouseForm
from stem.letters.links import find_link
from stem.letters.models import OneTimeLink
from stem.rules import Refusal

REFUSES = "refuse"


def _forms(request: HttpRequest, told: OtherTime) -> tuple[bool, HouseForm, AgreeForm]:
    """Whether it is a no, the form that was sent or is to be, and the one for a yes."""
    says_no = request.POST.get("answer") == REFUSES
    data = request.POST if request.method == "POST" and not says_no else None
    agree = AgreeForm(data, times=told.times, closed=told.closed if told.is_open else {})
    return says_no, HouseForm(request.POST) if says_no else agree, agree


def _show(request: HttpRequest, told: OtherTime, form: HouseForm, agree: AgreeForm, **shown: Any) -> HttpResponse:
    form_shown = form if form.is_bound else None
    return render(request, "bookings/other_time.html", {"told": told, "agree": agree, "form": form_shown, **shown})


def _answered(says_no: bool, agree: AgreeForm) -> dict[str, Any]:
    return {} if says_no else agree.answered


@contacts_only
def other_time(request: ContactRequest, pk: int) -> HttpResponse:
    """When an ambassador could come instead, and yes or no to it."""
    at = timezone.now()
    own = Visit.objects.visible_to(request.user).to_schools_of(request.user)
    told = read_other_time(own, pk, at=at)
    if told is None:
        raise Http404
    says_no, form, agree = _forms(request, told)
    act = refuse_times if says_no else agree_to_time
    if form.is_valid() and went_through(
        form, act, offer=told.offer, by=request.user, at=at, **_answered(says_no, agree)
    ):
        messages.success(request, _said(says_no))
        return redirect("request", told.request.pk)
    if form.is_bound:
        told = read_other_time(own, pk, at=at) or told
    return _show(request, told, form, agree, back_url=reverse("request", args=[told.request.pk]))


def _said(says_no: bool) -> str:
    if says_no:
        return _("Thank you. We tell the ambassador, and go on looking at your own times.")
    return _("Agreed: the visit is at that time. This page shows what comes next.")


@public
@never_cache
def answer_other_time(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the school's letter: it shows, and only its buttons act."""
    at = timezone.now()
    try:
        link = find_link("answer_other_time", token, at=at)
    except Refusal as refusal:
        status = 404 if refusal.codes == ["link_unknown"] else 410
        shown = {"why": refusal.told_to(), "home_url": reverse("school_home"), "home": _("Go to your school’s page")}
        return render(request, "bookings/answer_closed.html", shown, status=status)
    told = other_time_behind(link, at=at)
    if request.user.is_authenticated:
        own = Visit.objects.visible_to(request.user).to_schools_of(request.user)
        if not own.filter(pk=told.offer.visit_id).exists():
            return render(request, "bookings/answer_of_someone_else.html", status=403)
    return _answer_by_link(request, link, told, at)


def _answer_by_link(request: HttpRequest, link: OneTimeLink, told: OtherTime, at: datetime) -> HttpResponse:
    says_no, form, agree = _forms(request, told)
    act = refuse_by_link if says_no else agree_by_link
    if form.is_valid() and went_through(form, act, link=link, at=at, **_answered(says_no, agree)):
        return _show(request, other_time_behind(link, at=at), HouseForm(), agree, by_link=True)
    if form.is_bound:
        told = other_time_behind(link, at=at)
    return _show(request, told, form, agree, by_link=True)


@open_to(Role.COORDINATOR)
def answer_other_time_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note what a school that telephones says to another time; the record says so for ever."""
    at = timezone.now()
    mine = Offer.objects.visible_to(request.user).looked_after_by(request.user)
    offer = get_object_or_404(mine.select_related("visit__request__contact__user"), pk=pk)
    told = read_other_time(Visit.objects.visible_to(request.user).looked_after_by(request.user), pk, at=at)
    if told is None:
        raise Http404
    says_no, form, agree = _forms(request, told)
    act, contact = refuse_times if says_no else agree_to_time, str(offer.visit.request.contact.user)
    answered = _answered(says_no, agree) if form.is_valid() else {}
    if form.is_valid() and went_through(
        form, act, offer=offer, by=request.user, at=at, on_behalf_of=contact, **answered
    ):
        messages.success(request, _("Noted: the answer of %(name)s.") % {"name": contact})
        return redirect("coordinate_request", told.request.pk)
    back = reverse("coordinate_request", args=[told.request.pk])
    return _show(request, told, form, agree, back_url=back, for_contact=contact)
