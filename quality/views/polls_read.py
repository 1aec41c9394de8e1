"""What classes said, for those who look after quality: what was written to be read, and polls with too many answers."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.eligibility import may_answer
from quality.forms import PollFilter
from quality.models import Poll
from quality.operations import polls as operations
from quality.views.feedback import for_quality, opens_visits
from quality.voices import asked, polls_shown, voice_told_with
from quality.workflow import POLL
from stem.access import SignedInRequest
from stem.acts import press

POLLS_A_PAGE = 25


@for_quality
@never_cache
def polls(request: SignedInRequest) -> HttpResponse:
    """What waits to be read or looked at, or all of it; and of how many visits pupils have said something."""
    choice = PollFilter(request.GET)
    show = choice.cleaned_data["show"] if choice.is_valid() else ""
    rows = polls_shown(Poll.objects.visible_to(request.user), show)
    page: Page[Any] = Paginator(rows, POLLS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": choice, "page": page, "asked": asked(request.user, at=timezone.now())}
    return render(request, "quality/polls.html", context)


@for_quality
@never_cache
def poll(request: SignedInRequest, pk: int) -> HttpResponse:
    """One class: what it said, as far as it may be told, what was written, and what was done."""
    shown = _poll(request, pk)
    remarks = list(shown.remarks.all())
    context = {
        "poll": shown,
        "most": may_answer(shown),
        "voice": voice_told_with(shown, at=timezone.now()),
        "remarks": remarks,
        "has_unread": any(each.read_at is None for each in remarks),
        "may_count": POLL.can(shown, "count"),
        "events": shown.events.select_related("by"),
        "opens_visits": opens_visits(request.user),
    }
    return render(request, "quality/poll.html", context)


@for_quality
@require_POST
def count_poll(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let it count: more pupils were there than was known."""
    return _pressed(request, pk, operations.count_poll, _("It counts."))


@for_quality
@require_POST
def leave_out_poll(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave it out."""
    return _pressed(request, pk, operations.leave_out_poll, _("It is left out, and the answers are gone."))


@for_quality
@require_POST
def read_remarks(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that what was written has been read."""
    return _pressed(request, pk, operations.read_remarks, _("Marked as read."))


def _poll(request: SignedInRequest, pk: int) -> Poll:
    return get_object_or_404(Poll.objects.visible_to(request.user).select_related("visit__request__school"), pk=pk)


def _pressed(request: SignedInRequest, pk: int, act: Callable[..., Any], said: str) -> HttpResponse:
    press(request, act, said=said, poll=_poll(request, pk), by=request.user, at=timezone.now())
    return redirect("poll", pk)
