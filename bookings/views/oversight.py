"""Lists of a region: its requests, its visits and its schools."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.forms.coordination import ListFilter, RequestFilter, VisitFilter
from bookings.models import KeptApart, Request, Seat, Visit
from schools.models import Contact, School, SchoolDomain
from schools.queries.records import brought_by_loads, compare
from schools.queries.register import predecessors_of
from schools.search import SchoolsFound
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role

PER_PAGE = 25
LATEST = 20


@open_to(Role.COORDINATOR)
def requests(request: SignedInRequest) -> HttpResponse:
    """The region's requests, searched and filtered by the address: those that wait by priority, all else the latest
    first."""
    form = RequestFilter(request.GET)
    rows = form.narrowed(Request.objects.visible_to(request.user).looked_after_by(request.user))
    rows = rows.first_first() if form.is_queue else rows.order_by("-submitted_at", "-pk")
    page = Paginator(rows.select_related("school", "priority"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/requests.html", {"filters": form, "page": page, "is_queue": form.is_queue})


@open_to(Role.COORDINATOR)
def visits(request: SignedInRequest) -> HttpResponse:
    """The region's visits, those to come before those that are over, searched and filtered by the address."""
    form, at = VisitFilter(request.GET), timezone.now()
    rows = Visit.objects.visible_to(request.user).looked_after_by(request.user).select_related("request__school")
    rows = form.narrowed(rows, at=at).coming_first(at).prefetch_related(_people(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/visits.html", {"filters": form, "page": page})


@open_to(Role.COORDINATOR)
def schools(request: SignedInRequest) -> HttpResponse:
    """The region's schools by name, or those that the words in the address may mean, the likeliest first."""
    text = ListFilter(request.GET).asked().get("q", "")
    rows = School.objects.visible_to(request.user).looked_after_by(request.user)
    found = SchoolsFound(text, rows) if text else rows.open_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/schools.html", {"q": text, "page": page})


@open_to(Role.COORDINATOR)
def school(request: SignedInRequest, pk: int) -> HttpResponse:
    """One school: its register's words, who acts for it, what it asked for, and its visits; its predecessors' too."""
    theirs = School.objects.visible_to(request.user).looked_after_by(request.user)
    found = get_object_or_404(theirs, pk=pk)
    history = School.objects.visible_to(request.user).with_history_of(found).order_by().values("pk")
    asked = Request.objects.visible_to(request.user).looked_after_by(request.user).filter(school__in=history)
    agreed = (
        Visit.objects.visible_to(request.user).filter(request__school__in=history).select_related("request__school")
    )
    contacts = Contact.objects.visible_to(request.user).filter(school=found).select_related("user").at_the_top()
    domains = SchoolDomain.objects.visible_to(request.user).filter(school=found).select_related("verified_by")
    return render(
        request,
        "bookings/school.html",
        {
            "school": found,
            "contacts": contacts,
            "domains": domains,
            "predecessors": predecessors_of(found),
            "compared": compare(found),
            "loads": brought_by_loads(found),
            "requests": asked.order_by("-submitted_at", "-pk")[:LATEST],
            "visits": agreed.order_by("-starts_at", "-pk").prefetch_related(_people(request))[:LATEST],
        },
    )


@open_to(Role.COORDINATOR)
def school_kept_apart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is not asked to come to one school, by whose word and since when; of why nobody was asked."""
    found = get_object_or_404(School.objects.visible_to(request.user).looked_after_by(request.user), pk=pk)
    history = School.objects.visible_to(request.user).with_history_of(found).order_by().values("pk")
    rows = KeptApart.objects.visible_to(request.user).filter(school__in=history).select_related("ambassador")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bookings/school_kept_apart.html", {"school": found, "page": page})


def _people(request: SignedInRequest) -> Prefetch:
    """Each visit's seats with the names of those who have them."""
    return Prefetch("seats", queryset=Seat.objects.visible_to(request.user).select_related("ambassador"))
