"""Reports: what is told of a term, of the scheme and of each region, and as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from quality import permissions
from quality.models import Release
from quality.reports.pages import Report, header, lines_of, report_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.spreadsheets import written_table
from stem.terms import term_named

for_reports = open_to(Role.COORDINATOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR)


@for_reports
def reports(request: SignedInRequest) -> HttpResponse:
    """The terms of which was told, the latest first, with the regions that one may read of."""
    mine = permissions.regions_reported_to(request.user)
    terms = [
        (release, sorted(each for each in release.regions.items() if mine is None or int(each[0]) in mine))
        for release in Release.objects.visible_to(request.user).latest_first()
    ]
    context = {"terms": terms, "reads_all": permissions.may_read_whole_scheme(request.user)}
    return render(request, "quality/reports.html", context)


@for_reports
def scheme_report(request: SignedInRequest, year: int, season: str) -> HttpResponse:
    """What is told of the whole scheme."""
    return render(request, "quality/report.html", {"report": _of_scheme(request, year, season)})


@for_reports
def export_scheme_report(request: SignedInRequest, year: int, season: str) -> HttpResponse:
    """The same cells as a file."""
    return _file(_of_scheme(request, year, season))


@for_reports
def region_report(request: SignedInRequest, year: int, season: str, pk: int) -> HttpResponse:
    """What is told of one region."""
    return render(request, "quality/report.html", {"report": _of_region(request, year, season, pk), "region": pk})


@for_reports
def export_region_report(request: SignedInRequest, year: int, season: str, pk: int) -> HttpResponse:
    """The same cells as a file."""
    return _file(_of_region(request, year, season, pk))


def _of_scheme(request: SignedInRequest, year: int, season: str) -> Report:
    if not permissions.may_read_whole_scheme(request.user):
        raise Http404
    return _found(report_of(_release(request, year, season)))


def _of_region(request: SignedInRequest, year: int, season: str, pk: int) -> Report:
    mine = permissions.regions_reported_to(request.user)
    if mine is not None and pk not in mine:
        raise Http404
    return _found(report_of(_release(request, year, season), region=str(pk)))


def _release(request: SignedInRequest, year: int, season: str) -> Release:
    term = term_named(year, season)
    if term is None:
        raise Http404
    return get_object_or_404(Release.objects.visible_to(request.user), begins_on=term.first)


def _found(report: Report | None) -> Report:
    if report is None:
        raise Http404
    return report


def _file(report: Report) -> HttpResponse:
    term = report.release.term
    name = f"report-{term.year}-{term.season}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(
        written_table(header(), lines_of(report)), content_type="text/csv; charset=utf-8", headers=headers
    )
