"""Diaries, as a month, a week or a list: an ambassador's own, and that of a coordinator's region."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.journey import is_joining
from bookings.diaries.shown import Show, Shown, read_shown
from bookings.queries.my_diary import my_diary
from stem.moments import day_of

PER_PAGE = 25


@ambassadors_only
def diary(request: AmbassadorRequest) -> HttpResponse:
    """What is promised and asked, when one is away, and when free. On the way in there is nothing to show yet."""
    if is_joining(request.ambassador):
        return redirect("join_as_ambassador")
    at = timezone.now()
    shown = _shown(request, day_of(at))
    theirs = my_diary(request.ambassador, request.user, shown, at=at)
    context: dict[str, Any] = {"diary": theirs, "shown": shown}
    if shown.show == Show.LIST:
        context["page"] = Paginator(theirs.lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/diary.html", context)


def _shown(request: HttpRequest, today: date) -> Shown:
    """What the address asks for."""
    return read_shown(request.GET.get("show", ""), request.GET.get("on", ""), today=today)
