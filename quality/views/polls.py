"""What a pupil meets: the door with its code, the sheet, and thanks. No account, no cookie, nothing of a device."""

import re
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from quality.eligibility import reasons_not_open
from quality.forms import FeedbackForm
from quality.instruments import load_instrument
from quality.models import Poll
from quality.models.poll import LONGEST_CODE
from quality.operations import polls as operations
from stem.access import public
from stem.acts import went_through
from stem.limits import is_within_limit, was_within_limit

# What is no letter is read over: people type a code with a space, or a dash, in its middle.
_BETWEEN = re.compile(r"[\s\-–.]+")
WRONG_CODE = "poll_code"


@public
@require_safe
def poll_door(request: HttpRequest) -> HttpResponse:
    """Where the code on the board is typed."""
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "quality/poll_door.html")
    code = _read_code(typed)
    if code:
        return redirect("answer_poll", code)
    return _at_door(request, _("A code has eight letters. Type the one on the board."), status=404)


@public
@csrf_exempt  # a pupil's device is given no cookie, and here nobody is anybody: the code is all the proof there is
@require_http_methods(["GET", "HEAD", "POST"])
def answer_poll(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of the class with this code; handed in, it is counted once."""
    at = timezone.now()
    if not was_within_limit(request, WRONG_CODE):
        return _at_door(request, _("Too many wrong codes came from your school. Wait a minute, then try."), status=429)
    poll = Poll.objects.behind(_read_code(code))
    if poll is None or poll.is_by_hands:
        is_within_limit(request, WRONG_CODE)
        return _at_door(request, _("There is no such code. Look at the board, and type it again."), status=404)
    if reasons := reasons_not_open(poll, at):
        return _at_door(request, reasons[0].truth, status=410 if reasons[0].code == "closed" else 403)
    instrument = load_instrument(poll.instrument)
    form = FeedbackForm(request.POST if request.method == "POST" else None, instrument=instrument)
    if form.is_valid() and went_through(
        form, operations.hand_in, poll=poll, answers=form.answers, slip=_slip(request), at=at
    ):
        return redirect("poll_thanks")
    context = {"form": form, "instrument": instrument, "slip": request.POST.get("slip") or uuid4()}
    return render(request, "quality/answer_poll.html", context)


@public
@require_safe
def poll_thanks(request: HttpRequest) -> HttpResponse:
    """Thank you; and the next pupil may use the same device."""
    return render(request, "quality/poll_thanks.html")


def _at_door(request: HttpRequest, problem: str, *, status: int) -> HttpResponse:
    return render(request, "quality/poll_door.html", {"problem": problem}, status=status)


def _read_code(typed: str) -> str:
    """The code that was typed; nothing where it could be none."""
    code = _BETWEEN.sub("", typed[:50]).upper()
    return code if len(code) == LONGEST_CODE and code.isascii() and code.isalpha() else ""


def _slip(request: HttpRequest) -> UUID:
    """The number of the sheet that was handed in; a new one where it came without, or with something else."""
    try:
        return UUID(request.POST.get("slip", ""))
    except ValueError:
        return uuid4()
