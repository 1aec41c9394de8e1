"""Where one is signed in, and ending that."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from stem.access import SignedInRequest, freshly_confirmed, signed_in
from stem.accounts import sessions


@signed_in
def my_sessions(request: SignedInRequest) -> HttpResponse:
    """Every browser in which one is signed in."""
    found = sessions.open_sessions_of(request.user, at=timezone.now())
    this = request.session.session_key
    here = [each for each in found if each.session_key == this]
    elsewhere = [each for each in found if each.session_key != this]
    return render(request, "account/my_sessions.html", {"here": here, "elsewhere": elsewhere})


@freshly_confirmed
@require_POST
def end_session(request: SignedInRequest, reference: str) -> HttpResponse:
    """Sign out in one other browser."""
    found = sessions.open_sessions_of(request.user, at=timezone.now())
    others = [each for each in found if each.session_key != request.session.session_key]
    session = next((each for each in others if each.reference == reference), None)
    if session is None:
        raise Http404
    sessions.end_session(session=session, by=request.user, at=timezone.now())
    messages.success(request, _("You are signed out there."))
    return redirect("my_sessions")


@freshly_confirmed
@require_POST
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = sessions.end_sessions_of(request.user, by=request.user, at=timezone.now(), but=request.session.session_key)
    said = ngettext("You are signed out in %(n)s other browser.", "You are signed out in %(n)s other browsers.", ended)
    messages.success(request, said % {"n": ended})
    return redirect("my_sessions")
