"""A complaint: made by anyone, followed by whoever made it, and seen to by somebody unconnected."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bookings.models import Visit
from quality.complaint_book import complaint_listed, complaints_listed, is_senior_to
from quality.complaint_forms import AppealForm, ComplainForm
from quality.models import Complaint
from quality.operations import complaints as operations
from quality.views.concerns import WHOLE_NUMBER
from quality.workflow import COMPLAINT
from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role
from stem.acts import ask_first, went_through
from stem.audit.record import record
from stem.limits import is_within_limit
from stem.moments import day_of
from stem.policy.values import values

for_complaints = open_to(Role.COMPLAINT_HANDLER)
COMPLAINTS_A_PAGE = 25
CLOSED_SHOWN = 20


@public
@never_cache
def complain(request: HttpRequest) -> HttpResponse:
    """Complain, about anything, or about a visit that one may see."""
    visit, by = _visit_of(request), request.user if request.user.is_authenticated else None
    known = {"name": str(by), "email": by.email, "phone": by.phone} if by else {}
    form = ComplainForm(request.POST or None, initial=known)
    status = 200
    if request.method == "POST" and form.is_valid():
        if is_within_limit(request, "complain"):
            complaint = operations.complain(visit=visit, by=by, at=timezone.now(), **form.said)
            return redirect("my_complaint", complaint.key)
        form.add_error(None, _("Many complaints came from where you are. Wait an hour, or ring us."))
        status = 429
    context = {"form": form, "visit": visit, "days": values(on=day_of(timezone.now()))}
    return render(request, "quality/complain.html", context, status=status)


def _visit_of(request: HttpRequest) -> Visit | None:
    said = request.GET.get("visit", "")
    if not request.user.is_authenticated or not WHOLE_NUMBER.fullmatch(said):
        return None
    mine = Visit.objects.visible_to(request.user).select_related("request__school")
    return mine.filter(pk=said).first()


@public
@never_cache
def my_complaint(request: HttpRequest, key: str) -> HttpResponse:
    """Where one's complaint stands, and the answer, by its private address."""
    shown = _behind(key)
    may_appeal = COMPLAINT.can(shown, "appeal") and shown.due_on is not None and day_of(timezone.now()) <= shown.due_on
    return render(request, "quality/my_complaint.html", {"complaint": shown, "may_appeal": may_appeal})


@public
@never_cache
def appeal_complaint(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for somebody more senior to look again."""
    shown, form = _behind(key), AppealForm(request.POST or None)
    by = request.user if request.user.is_authenticated else None
    if form.is_valid() and went_through(
        form, operations.appeal_complaint, complaint=shown, by=by, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("Somebody who had no part in the first answer looks at it again."))
        return redirect("my_complaint", key)
    return ask_first(
        request,
        form,
        title=_("Ask for another look"),
        caption=shown.reference,
        lead=_("Somebody more senior reads all of it, and writes to you."),
        submit=_("Send it"),
        back_url=reverse("my_complaint", args=[key]),
    )


def _behind(key: str) -> Complaint:
    """The complaint that this address opens."""
    complaint = Complaint.objects.behind(key, at=timezone.now())
    if complaint is None:
        raise Http404
    return complaint


@for_complaints
@never_cache
def complaints(request: SignedInRequest) -> HttpResponse:
    """Complaints that are not over, what is due first, and the last that are."""
    at, mine = timezone.now(), complaints_listed(Complaint.objects.visible_to(request.user))
    page: Page[Any] = Paginator(mine.not_closed(), COMPLAINTS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [complaint_listed(each, at=at) for each in page.object_list]
    closed = [complaint_listed(each, at=at) for each in mine.closed()[:CLOSED_SHOWN]]
    return render(request, "quality/complaints.html", {"page": page, "closed": closed})


@for_complaints
@never_cache
def complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """One complaint: what was said, what was done, and what comes next. Every reading is on record."""
    shown, at = complaint_of(request, pk), timezone.now()
    record("complaint.read", shown, by=request.user, at=at)
    context = {
        "complaint": shown,
        "listed": complaint_listed(shown, at=at),
        "may": {name: COMPLAINT.can(shown, name) for name in COMPLAINT.moves},
        "is_mine": shown.handler_id == request.user.pk,
        "is_first": shown.repeat_by_id == request.user.pk,
        "may_look_again": is_senior_to(request.user, shown),
        "events": shown.events.select_related("by"),
    }
    return render(request, "quality/complaint.html", context)


def complaint_of(request: SignedInRequest, pk: int) -> Complaint:
    """The complaint of this number, for whoever may see to it."""
    rows = complaints_listed(Complaint.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("raised_by", "complained_of", "answered_by", "repeat_by"), pk=pk)


def complaint_act(
    request: SignedInRequest,
    shown: Complaint,
    form: BaseForm,
    act: Callable[..., Any],
    *,
    said: str,
    title: str,
    submit: str,
    decided: dict[str, Any] | None = None,
    lead: str = "",
) -> HttpResponse:
    """Do what a form about a complaint asks for, or show it."""
    if form.is_valid():
        words = form.cleaned_data if decided is None else decided
        if went_through(form, act, complaint=shown, by=request.user, at=timezone.now(), **words):
            messages.success(request, said)
            return redirect("complaint", shown.pk)
    back = reverse("complaint", args=[shown.pk])
    return ask_first(request, form, title=title, caption=shown.reference, lead=lead, submit=submit, back_url=back)
