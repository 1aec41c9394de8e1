"""A school's encounters, for its own careers record."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from quality.encounters import Encounters, encounters_of, in_parts
from schools.access import ContactRequest, contacts_only
from schools.terms.years import year_in_words

# The school's year before the first of ours is of no use to anybody.
EARLIEST = 2000


def _year(request: HttpRequest) -> int | None:
    """The school year that the address names; none where it names none that could be."""
    text = request.GET.get("year", "")
    is_year = text.isascii() and text.isdigit() and len(text) == len(str(EARLIEST))
    return max(int(text), EARLIEST) if is_year else None


def _encounters(request: ContactRequest) -> Encounters:
    return encounters_of(request.contact.school, year=_year(request), at=timezone.now())


@contacts_only
def school_encounters(request: ContactRequest) -> HttpResponse:
    """What the school had in a year, which year groups met nobody, and the file to download."""
    had = _encounters(request)
    context = {
        "had": had,
        "year": year_in_words(had.year),
        "before": had.year - 1,
        "after": had.year + 1 if had.year < had.latest else None,
    }
    return render(request, "quality/school_encounters.html", context)


@contacts_only
def export_encounters(request: ContactRequest) -> HttpResponseBase:
    """The same as a table for spreadsheet programs."""
    had = _encounters(request)
    name = f"encounters-{had.year}-{had.year + 1}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(in_parts(had), content_type="text/csv; charset=utf-8", headers=headers)
