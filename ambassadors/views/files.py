"""No file is taken anywhere near a check (rule V-21)."""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from stem.access import SignedInRequest, View
from stem.audit.record import record


def refuse_files(view: View) -> View:
    """Answer 400 to whatever brings a file, and put on record who tried; the file is not looked at."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.FILES:
            return view(request, *args, **kwargs)
        record("check.upload", request.user, by=request.user, at=timezone.now(), outcome="refused")
        return _refused(request)

    return guarded


def _refused(request: SignedInRequest) -> HttpResponse:
    return render(request, "ambassadors/no_files.html", status=400)
