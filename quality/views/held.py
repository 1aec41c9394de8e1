"""What the scheme holds about whoever asks, in plain words and subject by subject."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from quality.held import subject_for, subjects_for
from stem.access import SignedInRequest, freshly_confirmed, signed_in


@signed_in
@freshly_confirmed
@never_cache
def what_we_hold(request: SignedInRequest) -> HttpResponse:
    """The subjects, the same for everyone: that one is here does not say that anything is held."""
    return render(request, "quality/what_we_hold.html", {"subjects": subjects_for(request.user)})


@signed_in
@freshly_confirmed
@never_cache
def what_we_hold_about(request: SignedInRequest, subject: str) -> HttpResponse:
    """One subject: every section of it, with how long it is kept."""
    found = subject_for(request.user, subject)
    if found is None:
        raise Http404
    at = timezone.now()
    sections = [told(request.user, at) for told in found.sections]
    return render(request, "quality/what_we_hold_about.html", {"subject": found, "sections": sections})
