"""What a class is asked about a visit, as its school has it: the code for the board, hands to count, what it said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.models import Visit
from bookings.qr_codes import draw_qr_code
from quality.eligibility import may_answer, reasons_cannot_begin
from quality.forms import BeginPollForm, HandsForm
from quality.instruments import BY_HANDS, for_class, load_instrument
from quality.models import Poll
from quality.operations import polls as operations
from quality.voices import poll_of, voice_of, voices_for
from quality.workflow import POLL
from schools.access import ContactRequest, contacts_only
from stem.acts import press, went_through
from stem.letters.drafts import absolute


def _visit(request: ContactRequest, pk: int) -> Visit:
    own = Visit.objects.visible_to(request.user).to_schools_of(request.user)
    return get_object_or_404(own.select_related("request__school"), pk=pk)


def _poll(request: ContactRequest, pk: int) -> Poll:
    poll = poll_of(_visit(request, pk))
    if poll is None:
        raise Http404
    return poll


@contacts_only
def class_poll(request: ContactRequest, pk: int) -> HttpResponse:
    """How pupils are asked about this visit: the code, how many have answered, and, once it is over, what they said."""
    visit, at = _visit(request, pk), timezone.now()
    poll = poll_of(visit)
    if poll is None:
        return _begin(request, visit)
    context = {
        "visit": visit,
        "poll": poll,
        "is_open": poll.is_open(at),
        "is_early": at < poll.opens_at,
        "most": may_answer(poll),
        "voice": voice_of(poll, at=at),
    }
    return render(request, "quality/class_poll.html", context)


def _begin(request: ContactRequest, visit: Visit) -> HttpResponse:
    """The page before there is a code, and the making of it."""
    at = timezone.now()
    form = BeginPollForm(request.POST or None, may_choose=for_class(visit.request.stage) != BY_HANDS)
    if form.is_valid() and went_through(
        form, operations.begin_poll, visit=visit, by_hands=form.is_by_hands, by=request.user, at=at
    ):
        return redirect("class_poll", visit.pk)
    against = reasons_cannot_begin(visit, closes_at=operations.closing_of(visit), at=at)
    context = {"visit": visit, "form": form, "why_not": against[0].truth if against else ""}
    return render(request, "quality/begin_poll.html", context)


@contacts_only
@require_safe
def poll_board(request: ContactRequest, pk: int) -> HttpResponse:
    """The code for the board, or for paper: huge, with its address, and for a camera."""
    poll = _poll(request, pk)
    if poll.is_by_hands:
        return redirect("class_poll", pk)
    context = {
        "poll": poll,
        "drawing": draw_qr_code(absolute(reverse("answer_poll", args=[poll.code]))),
        "door": absolute(reverse("poll_door")).partition("://")[2],
    }
    return render(request, "quality/poll_board.html", context)


@contacts_only
@require_POST
def open_poll_now(request: ContactRequest, pk: int) -> HttpResponse:
    """Take answers from now on, before the visit was to start."""
    return _pressed(request, pk, operations.open_poll_now, _("Pupils can answer now."))


@contacts_only
@require_POST
def end_poll(request: ContactRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    return _pressed(request, pk, operations.end_poll, _("Closed. Thank your pupils from us."))


def _pressed(request: ContactRequest, pk: int, act: Callable[..., Any], said: str) -> HttpResponse:
    press(request, act, said=said, poll=_poll(request, pk), by=request.user, at=timezone.now())
    return redirect("class_poll", pk)


@contacts_only
def count_hands(request: ContactRequest, pk: int) -> HttpResponse:
    """How many hands there were for each sentence."""
    poll = _poll(request, pk)
    if not poll.is_by_hands or not POLL.can(poll, "close"):
        return redirect("class_poll", pk)
    instrument = load_instrument(poll.instrument)
    form = HandsForm(request.POST or None, instrument=instrument)
    if form.is_valid() and went_through(
        form, operations.count_hands, poll=poll, counts=form.counts, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Thank you. Your class has been heard."))
        return redirect("class_poll", pk)
    context = {"form": form, "instrument": instrument, "visit": poll.visit, "most": may_answer(poll)}
    return render(request, "quality/count_hands.html", context)


@ambassadors_only
@require_safe
def pupils_said(request: AmbassadorRequest) -> HttpResponse:
    """What classes said of one's visits, as far as it may be told."""
    return render(request, "quality/pupils_said.html", {"voices": voices_for(request.user, at=timezone.now())})
