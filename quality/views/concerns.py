"""A worry: told by anyone, read by safeguarding leads alone."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core import signing
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bookings.models import Visit
from quality.complaint_book import complaint_of_worry
from quality.jurisdictions import jurisdiction
from quality.models import Concern
from quality.officers import officer_for
from quality.operations import concerns as operations
from quality.queries import (
    WorryListed,
    nation_of_concern,
    not_suspended,
    people_of,
    person_protected_by,
    suspension_after,
    worries_readable_by,
    worry_listed,
)
from quality.workflow import CONCERN
from quality.worry_forms import ConcernForm, ConcernNoteForm, TriageForm
from stem.access import SignedInRequest, freshly_confirmed, open_to, public
from stem.accounts.roles import Role, has_role
from stem.acts import ask_first, went_through
from stem.audit.record import record

for_safeguarding = open_to(Role.SAFEGUARDING_LEAD)
# A second deputy opens those alone over which they have broken the glass.
for_reading = open_to(Role.SAFEGUARDING_LEAD, Role.SECOND_DEPUTY)
CLOSED_SHOWN = 20
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
        school_told = form.cleaned_data["school_told"]
        operations.raise_concern(told=form.told, school_told=school_told, visit=visit, by=by, at=timezone.now())
        return redirect("concern_raised")
    return render(request, "quality/raise_concern.html", {"form": form, "visit": visit})


@public
def concern_raised(request: HttpRequest) -> HttpResponse:
    """What happens now, and what to do if it cannot wait."""
    return render(request, "quality/concern_raised.html")


@for_safeguarding
@never_cache
def concerns(request: SignedInRequest) -> HttpResponse:
    """Worries that need someone, the oldest first, each with its clock; what each says is on its own page."""
    at = timezone.now()
    mine = Concern.objects.visible_to(request.user).select_related("visit__request__school", "ambassador")
    context = {
        "waiting": [worry_listed(each, at=at) for each in mine.not_closed()],
        "closed": [WorryListed(each) for each in mine.closed().order_by("-raised_at")[:CLOSED_SHOWN]],
    }
    return render(request, "quality/concerns.html", context)


@freshly_confirmed
@for_reading
@never_cache
def concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """One worry, in the words it was told. Every reading is on record."""
    at = timezone.now()
    rows = worries_readable_by(request.user, at).select_related(
        "visit__request__school", "ambassador", "close_proposed_by"
    )
    shown = get_object_or_404(rows, pk=pk)
    record("concern.read", shown, by=request.user, at=at)
    is_lead = has_role(request.user, Role.SAFEGUARDING_LEAD)
    nation = nation_of_concern(shown)
    context = {
        "concern": shown,
        "listed": worry_listed(shown, at=at),
        "who": jurisdiction(nation),
        "officer": officer_for(shown, request.user),
        "nation": nation.label,
        "complaint": complaint_of_worry(shown),
        "is_lead": is_lead,
        "may": {name: is_lead and CONCERN.can(shown, name) for name in CONCERN.moves},
        "has_answered": shown.referral_by_id == request.user.pk,
        "is_first": shown.close_proposed_by_id == request.user.pk,
        "events": shown.events.select_related("by"),
        "people": not_suspended(people_of(shown, request.user)) if is_lead and shown.closed_at is None else [],
        "suspension": suspension_after(shown, request.user) if is_lead else None,
    }
    return render(request, "quality/concern.html", context)


@for_safeguarding
@never_cache
def triage_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what it is."""
    shown = concern_of(request, pk)
    form = TriageForm(
        request.POST or None,
        people=people_of(shown, request.user),
        find=lambda said: person_protected_by(request.user, said),
    )
    return concern_act(
        request,
        shown,
        form,
        operations.triage_concern,
        said=_("It is on record."),
        title=_("What is it?"),
        lead=_(
            "Possible harm suspends the ambassador at once. Do not interview them first: ring the designated officer,"
            " who says what may be asked and what they may be told."
        ),
        submit=_("Put it on record"),
        decided=form.decided if form.is_valid() else {},
    )


@for_reading
@never_cache
def note_on_concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    rows = worries_readable_by(request.user, timezone.now())
    shown, form = get_object_or_404(rows, pk=pk), ConcernNoteForm(request.POST or None)
    return concern_act(
        request,
        shown,
        form,
        operations.note_on_concern,
        said=_("Written down."),
        title=_("What was done"),
        submit=_("Write it down"),
        decided=form.cleaned_data if form.is_valid() else {},
    )


def concern_of(request: SignedInRequest, pk: int) -> Concern:
    """The worry of this number, for a lead."""
    rows = Concern.objects.visible_to(request.user).select_related("visit__request__school", "ambassador")
    return get_object_or_404(rows, pk=pk)


def concern_act(
    request: SignedInRequest,
    shown: Concern,
    form: BaseForm,
    act: Callable[..., Any],
    *,
    said: str,
    title: str,
    submit: str,
    decided: dict[str, Any],
    lead: str = "",
) -> HttpResponse:
    """Do what a form about a worry asks for, or show it."""
    if form.is_valid() and went_through(form, act, concern=shown, by=request.user, at=timezone.now(), **decided):
        messages.success(request, said)
        return redirect("concern", shown.pk)
    back = reverse("concern", args=[shown.pk])
    return ask_first(request, form, title=title, caption=shown.reference, lead=lead, submit=submit, back_url=back)
