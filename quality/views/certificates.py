"""An ambassador's certificates: one for each school year in which a visit of theirs took place."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ambassadors.access import AmbassadorRequest, ambassadors_only
from quality.given import record_of, year_of
from schools.terms.years import year_in_words

# No scheme of ours is older.
EARLIEST = 2000


@ambassadors_only
def certificates(request: AmbassadorRequest) -> HttpResponse:
    """The years for which there is one, and the way to the page for others."""
    given = record_of(request.ambassador, at=timezone.now())
    return render(request, "quality/certificates.html", {"given": given})


@ambassadors_only
def certificate(request: AmbassadorRequest, year: int) -> HttpResponse:
    """One school year on a sheet to print; a year without a visit says so."""
    at = timezone.now()
    if not EARLIEST <= year <= year_of(at):
        raise Http404
    given = record_of(request.ambassador, at=at).of(year)
    context = {"given": given, "person": request.ambassador, "year": year_in_words(year), "at": at}
    return render(request, "quality/certificate.html", context)
