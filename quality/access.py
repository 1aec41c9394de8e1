"""The mark of pages that belong to those who read for an employer."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from quality.models import EmployerLead
from stem.access import SignedInRequest, View, signed_in
from stem.audit.origin import acting


class EmployerRequest(SignedInRequest):
    """A request that has passed `@employer_leads_only`."""

    employer_lead: EmployerLead


def employer_leads_only(view: View) -> View:
    """Open to who reads for an employer, who find that as `request.employer_lead`; others go to their own page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        lead = EmployerLead.objects.live().filter(user=request.user.pk).select_related("employer").first()
        if lead is None:
            return redirect("home")
        request.employer_lead = lead  # type: ignore[attr-defined]
        with acting(part="employer_lead"):
            return view(request, *args, **kwargs)

    marked = signed_in(guarded)
    marked.access_mark = "employer_lead"  # type: ignore[attr-defined]
    return marked
