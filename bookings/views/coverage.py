"""Where visits go and where they do not, for whoever looks after a region, or the scheme: school by school."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bookings.forms.coverage import CoverageFilter
from bookings.matching.counting import how_many_go_so_far, rounded
from bookings.models import Coverage
from bookings.queries.coverage import (
    TABLE,
    asked_in_vain,
    authorities_among,
    coldest_first,
    help_needed,
    lines_of,
    map_of,
    sought_near,
    state_of,
    table_of,
)
from bookings.queries.inviting import invitations_of
from bookings.querysets import CoverageQuerySet
from bookings.reaching_out.columns import EAST, NORTH, SOUTH, WEST
from bookings.reaching_out.reckoning import Seen
from schools.queries.register import predecessors_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role
from stem.moments import day_of
from stem.spreadsheets import table_in_parts

PER_PAGE = 25
# So many schools under one press of the map are named; whoever wants more enlarges it.
MOST_HERE = 12
# What a hexagon's shade says: visits for each thousand pupils in three years.
SHADES = (_("None"), _("Fewer than 2"), _("2 to 4"), _("4 to 6"), _("6 or more"))
for_staff = open_to(Role.COORDINATOR, Role.ADMINISTRATOR)


def _covered(request: SignedInRequest) -> CoverageQuerySet:
    return Coverage.objects.visible_to(request.user)


@for_staff
def coverage(request: SignedInRequest) -> HttpResponse:
    """Every school as a dot by when somebody was there last, and as a list, those to be asked first before others."""
    on = day_of(timezone.now())
    form = CoverageFilter(request.GET)
    covered = _covered(request)
    page = Paginator(coldest_first(form.narrowed(covered)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": form,
        "state": state_of(covered, on=on),
        "page": page,
        "lines": lines_of(page.object_list, on=on),
        "seen": Seen,
        "shades": SHADES,
        "frame": f"{SOUTH} {NORTH} {WEST} {EAST}",
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT,
    }
    return render(request, "bookings/coverage.html", context)


@for_staff
@require_safe
def coverage_map(request: SignedInRequest) -> HttpResponseBase:
    """What the map is drawn from: kept by the reader's own browser, which asks each time whether it still holds."""
    on = day_of(timezone.now())
    covered = _covered(request)
    etag = f'"{state_of(covered, on=on).version}"'
    known = get_conditional_response(request, etag=etag)
    response = known or HttpResponse(map_of(covered, on=on), content_type="application/octet-stream")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@for_staff
@require_safe
def coverage_table(request: SignedInRequest) -> HttpResponseBase:
    """The list, all of it, for spreadsheet programs."""
    covered = CoverageFilter(request.GET).narrowed(_covered(request))
    headers = {"Content-Disposition": 'attachment; filename="schools-not-reached.csv"', "Cache-Control": "no-store"}
    parts = table_in_parts(TABLE, table_of(covered))
    return StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8", headers=headers)


@for_staff
@require_safe
def coverage_here(request: SignedInRequest) -> HttpResponse:
    """The schools under a press of the map, by name; without its script there is the list."""
    if "HX-Request" not in request.headers:
        return redirect("coverage")
    keys = [int(key) for key in request.GET.getlist("school")[:MOST_HERE] if key.isascii() and key.isdigit()]
    here = coldest_first(_covered(request).filter(school__in=[key for key in keys if key < 2**63]))
    lines = lines_of(here, on=day_of(timezone.now()))
    return render(request, "bookings/_coverage_here.html", {"lines": lines, "most": MOST_HERE})


@for_staff
def coverage_authorities(request: SignedInRequest) -> HttpResponse:
    """Authorities by visits for each thousand pupils in three terms, and which of them are cold spots."""
    return render(request, "bookings/coverage_authorities.html", {"compared": authorities_among(_covered(request))})


@for_staff
def coverage_school(request: SignedInRequest, pk: int) -> HttpResponse:
    """One school: when somebody was there, who asked in vain there and near there, and how many could go."""
    on = day_of(timezone.now())
    [line] = lines_of([get_object_or_404(_covered(request).select_related("school"), school=pk)], on=on)
    could_go = how_many_go_so_far(line.school, on=on)
    context = {
        "line": line,
        "predecessors": predecessors_of(line.school),
        "help_needed": help_needed(line.school),
        "in_vain": asked_in_vain(line.school),
        "spots": sought_near(line.school, on=on),
        "could_go": None if could_go is None else rounded(could_go),
        "invitations": invitations_of(line.school),
        "may_coordinate": has_role(request.user, Role.COORDINATOR),
    }
    return render(request, "bookings/coverage_school.html", context)
