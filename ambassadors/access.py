"""The mark of pages that belong to ambassadors."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from stem.access import SignedInRequest, View, signed_in
from stem.audit.origin import acting


class AmbassadorRequest(SignedInRequest):
    """A request that has passed `@ambassadors_only`."""

    ambassador: Ambassador


def ambassadors_only(view: View) -> View:
    """Open to people of the register, who find their record as `request.ambassador`; others go and join."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ambassador = Ambassador.objects.filter(user=request.user.pk).first()
        if ambassador is None:
            return redirect("join_as_ambassador")
        if ambassador.status == AmbassadorStatus.MERGED:
            # Somebody with two accounts, whose two records are one by now. Under which it goes on is not said here:
            # whoever was merged by mistake must not read somebody else's address.
            return render(request, "ambassadors/goes_on_elsewhere.html")
        request.ambassador = ambassador  # type: ignore[attr-defined]
        with acting(part="ambassador"):
            return view(request, *args, **kwargs)

    marked = signed_in(guarded)
    marked.access_mark = "ambassador"  # type: ignore[attr-defined]
    return marked
