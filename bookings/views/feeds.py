"""A person's visits for their own calendar program: a private feed, and one visit as a file."""

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bookings.calendar import visit_event, visits_in_feed
from bookings.models import Visit
from stem.access import SignedInRequest, public, signed_in
from stem.accounts.feeds import feed_key, owner_of_feed, replace_feed_key
from stem.accounts.models import User
from stem.calendars.writing import write_calendar
from stem.letters.drafts import absolute

CALENDAR = "text/calendar; charset=utf-8"


@signed_in
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """The private address of one's feed, how to use it, and a way to replace it."""
    if request.method == "POST":
        replace_feed_key(user=request.user, at=timezone.now())
        messages.success(request, _("Your calendar has a new address. The old one has stopped working."))
        return redirect("my_account" if "from_account" in request.POST else "my_calendar")
    return render(request, "bookings/my_calendar.html", feed_addresses(request.user))


def feed_addresses(user: User) -> dict[str, str]:
    """Where this person's feed is: as an `address` to copy, and to `subscribe` with one press."""
    address = absolute(reverse("calendar_feed", args=[feed_key(user)]))
    return {"address": address, "subscribe": "webcal://" + address.partition("://")[2]}


@public
@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """The feed itself, for a calendar program that asks every hour whether anything is new."""
    owner = owner_of_feed(key)
    if owner is None:
        raise Http404
    body = _written(owner)
    # Only the content tells: a visit that leaves the feed is news that no visit's own date would show.
    etag = f'"{sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type=CALENDAR)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response) or response


def _written(owner: User) -> bytes:
    """This person's visits in their own language."""
    with override(owner.language):
        visits = visits_in_feed(owner, at=timezone.now())
        events = [visit_event(visit, url=absolute(reverse("visit", args=[visit.pk]))) for visit in visits]
        return write_calendar(events, name=_("STEM visits"), method="PUBLISH")


@signed_in
@require_safe
def visit_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """One visit as a file that any calendar program opens."""
    timed = Visit.objects.visible_to(request.user).filter(starts_at__isnull=False)
    visit = get_object_or_404(timed.select_related("request__school").prefetch_related("seats__ambassador"), pk=pk)
    event = visit_event(visit, url=absolute(reverse("visit", args=[pk])))
    body = write_calendar([event], name=str(visit), method="PUBLISH")
    headers = {"Content-Disposition": f'attachment; filename="visit-{pk}.ics"'}
    return HttpResponse(body, content_type=CALENDAR, headers=headers)
