"""A worry: told by anyone, read by safeguarding leads alone."""

import re

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bookings.models import Visit
from quality.enums import ConcernLevel, ConcernStatus
from quality.forms import CloseForm, ConcernForm, TriageForm
from quality.models import Concern
from quality.operations import concerns as operations
from quality.queries import people_of
from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role
from stem.acts import went_through
from stem.audit.record import record

for_safeguarding = open_to(Role.SAFEGUARDING_LEAD)
SALT = "concern"
KEY_DAYS = 30
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


def concern_key(visit_id: int) -> str:
    """Part of an address that says which visit a worry is about, and that it came from that visit's form."""
    return signing.dumps(visit_id, salt=SALT)


@public
@never_cache
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Tell the safeguarding lead of a worry that belongs to no visit, or to one of the teller's own, by its key."""
    said = request.GET.get("visit", "")
    if not request.user.is_authenticated or not WHOLE_NUMBER.fullmatch(said):
        return _take(request, visit=None)
    mine = Visit.objects.visible_to(request.user).select_related("request__school")
    return _take(request, visit=mine.filter(pk=said).first())


@public
@never_cache
def raise_concern_about(request: HttpRequest, key: str) -> HttpResponse:
    """Tell the safeguarding lead of a worry about one visit."""
    try:
        visit_id = signing.loads(key, salt=SALT, max_age=KEY_DAYS * 86400)
    except signing.BadSignature:
        raise Http404 from None
    return _take(request, visit=get_object_or_404(Visit.objects.behind(visit_id)))


def _take(request: HttpRequest, *, visit: Visit | None) -> HttpResponse:
    by = request.user if request.user.is_authenticated else None
    known = {"told_by": str(by), "contact": by.phone} if by else {}
    form = ConcernForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        operations.raise_concern(told=form.told, visit=visit, by=by, at=timezone.now())
        return redirect("concern_raised")
    return render(request, "quality/raise_concern.html", {"form": form, "visit": visit})


@public
def concern_raised(request: HttpRequest) -> HttpResponse:
    """What happens now, and what to do if it cannot wait."""
    return render(request, "quality/concern_raised.html")


@for_safeguarding
@never_cache
def concerns(request: SignedInRequest) -> HttpResponse:
    """Worries that need someone, the oldest first; what each says is on its own page."""
    mine = Concern.objects.visible_to(request.user).select_related("visit__request__school")
    context = {"waiting": mine.not_closed(), "closed": mine.closed().order_by("-raised_at")[:20]}
    return render(request, "quality/concerns.html", context)


@for_safeguarding
@never_cache
def concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """One worry, in the words it was told. Every reading is on record."""
    shown = _concern(request, pk)
    record("concern.read", shown, by=request.user, at=timezone.now())
    return _show(request, shown, TriageForm(), CloseForm())


@for_safeguarding
@require_POST
def triage_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide what it is."""
    shown, form = _concern(request, pk), TriageForm(request.POST)
    if form.is_valid() and went_through(
        form,
        operations.triage_concern,
        concern=shown,
        level=ConcernLevel(form.cleaned_data["level"]),
        note=form.cleaned_data["note"],
        by=request.user,
        at=timezone.now(),
    ):
        return redirect("concern", pk)
    return _show(request, shown, form, CloseForm())


@for_safeguarding
@require_POST
def close_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how it ended."""
    shown, form = _concern(request, pk), CloseForm(request.POST)
    if form.is_valid() and went_through(
        form, operations.close_concern, concern=shown, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        return redirect("concern", pk)
    return _show(request, shown, TriageForm(), form)


def _concern(request: SignedInRequest, pk: int) -> Concern:
    return get_object_or_404(Concern.objects.visible_to(request.user).select_related("visit__request__school"), pk=pk)


def _show(request: SignedInRequest, shown: Concern, triage: TriageForm, close: CloseForm) -> HttpResponse:
    form = triage if triage.is_bound else close
    context = {
        "concern": shown,
        "triage": triage,
        "close": close,
        "form": form,
        "events": shown.events.select_related("by"),
        "people": people_of(shown, request.user) if shown.status != ConcernStatus.CLOSED else [],
    }
    return render(request, "quality/concern.html", context)
