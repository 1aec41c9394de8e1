"""Diaries, as a month, a week or a list: an ambassador's own, a school's, and that of a coordinator's region."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.journey import is_joining
from bookings.diaries.shown import Show, Shown, read_shown
from bookings.forms.diaries import DiaryFilter
from bookings.models import Request, Visit
from bookings.queries.my_diary import my_diary
from bookings.queries.region_diary import LEGEND, Rows, list_of_region, month_of_region, week_of_region
from bookings.queries.school_diary import school_diary
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
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


@contacts_only
def school(request: ContactRequest) -> HttpResponse:
    """Who comes to the school, which times it has offered, and when it has no pupils in."""
    at = timezone.now()
    shown = _shown(request, day_of(at))
    diary = school_diary(request.contact.school, shown, at=at)
    context: dict[str, Any] = {"diary": diary, "shown": shown}
    if shown.show == Show.LIST:
        context["page"] = Paginator(diary.lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/school_diary.html", context)


@open_to(Role.COORDINATOR)
def region_diary(request: SignedInRequest) -> HttpResponse:
    """The region's visits and the possible times of its requests, filtered by the address."""
    at = timezone.now()
    shown = _shown(request, day_of(at))
    form = DiaryFilter(request.GET)
    rows = Rows(
        form.visits(Visit.objects.visible_to(request.user).looked_after_by(request.user), at=at),
        form.requests(Request.objects.visible_to(request.user).looked_after_by(request.user)),
    )
    context: dict[str, Any] = {"shown": shown, "filters": form, "legend": LEGEND}
    if shown.show == Show.MONTH:
        context["weeks"] = month_of_region(rows, shown)
    elif shown.show == Show.WEEK:
        context["days"] = week_of_region(rows, shown)
    else:
        context["page"] = list_of_region(rows, shown, request.GET.get("page"))
    return render(request, "bookings/region_diary.html", context)
