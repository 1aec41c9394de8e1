"""A person's visits for their own calendar program: private feeds, what they show, and one visit as a file."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings.calendar import visit_event
from bookings.forms.calendars import CalendarForm, ReplaceForm
from bookings.models import Visit
from bookings.operations.calendars import choose_calendar
from bookings.queries.feed import busy_time_of, feed_choice_of, feed_of, is_ambassador, reader_by
from stem.access import SignedInRequest, View, public, signed_in
from stem.accounts.feeds import FeedKind, feed_key, feed_version, owner_of_feed, replace_feed_key
from stem.accounts.models import User
from stem.calendars.free_busy import write_busy_time
from stem.calendars.writing import write_calendar
from stem.letters.drafts import absolute
from stem.limits import is_key_within_limit

CALENDAR = "text/calendar; charset=utf-8"
ADDRESSES = {FeedKind.VISITS: "calendar_feed", FeedKind.BUSY: "busy_feed"}
PLAIN = "text/plain; charset=utf-8"

Owner = TypeVar("Owner")


@signed_in
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """What one's own calendar shows, its private address, how to use it, and the address of one's busy time."""
    travels = is_ambassador(request.user)
    form = CalendarForm(request.POST or None, chosen=feed_choice_of(request.user), travels=travels)
    if form.is_valid():
        choose_calendar(user=request.user, **form.said(), at=timezone.now())
        messages.success(request, _("Saved. Your calendar follows when it next looks for news."))
        return redirect("my_calendar")
    shown = {"form": form, "feed": feed_address(request.user)}
    if travels:
        shown["busy"] = feed_address(request.user, FeedKind.BUSY)
    return render(request, "bookings/my_calendar.html", shown)


@signed_in
@require_POST
def replace_feed(request: SignedInRequest) -> HttpResponse:
    """Give one of one's feeds another address; a page that shows an address replaced already changes nothing."""
    form = ReplaceForm(request.POST)
    if form.is_valid():
        replace_feed_key(user=request.user, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("This calendar has a new address. The old one has stopped working."))
    return redirect("my_account" if "from_account" in request.POST else "my_calendar")


def feed_address(user: User, kind: FeedKind = FeedKind.VISITS) -> dict[str, Any]:
    """Where this person's feed is: as an `address` to copy, and to `subscribe` with one press."""
    address = absolute(reverse(ADDRESSES[kind], args=[feed_key(user, kind)]))
    subscribe = "webcal://" + address.partition("://")[2]
    return {"address": address, "subscribe": subscribe, "kind": kind.value, "version": feed_version(user, kind)}


def for_programs(view: View) -> View:
    """The same view for programs: what it answers may be kept by its reader alone, who asks whether it has changed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        return response

    return answer


@public
@for_programs
@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """One's visits, for a calendar program that asks every hour whether anything is new."""
    feed = feed_of(_found(reader_by(key)), at=timezone.now())
    return _answer(request, key, feed.digest, feed.write)


@public
@for_programs
@require_safe
def busy_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """When one is promised to schools, for somebody who plans with one and should learn no more."""
    owner = _found(owner_of_feed(key, FeedKind.BUSY))
    # No more than its own address tells already; whoever gets a new one is somebody new to every program.
    uid = sha256(key.encode()).hexdigest()[:32]
    body = write_busy_time(busy_time_of(owner, uid=uid, at=timezone.now()))
    return _answer(request, key, sha256(body).hexdigest(), lambda: body)


def _found(owner: Owner | None) -> Owner:
    """Whose feed it is; a key that was made up, replaced or of a closed account meets one and the same answer."""
    if owner is None:
        raise Http404
    return owner


def _answer(request: HttpRequest, key: str, digest: str, write: Callable[[], bytes]) -> HttpResponseBase:
    """The feed, or that it has not changed, which costs next to nothing and may be asked as often as one likes.

    Only the content tells: a visit that leaves the feed is news that no date of a visit would show.
    """
    etag = f'"{digest}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        if not is_key_within_limit(request, "calendar_feed", key):
            return _later()
        response = HttpResponse(write(), content_type=CALENDAR)
    response["ETag"] = etag
    return response


def _later() -> HttpResponse:
    words = _("This calendar was asked for too often. Ask again in a minute.")
    return HttpResponse(words, status=429, content_type=PLAIN, headers={"Retry-After": "60"})


@signed_in
@require_safe
def visit_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """One visit as a file that any calendar program opens."""
    timed = Visit.objects.visible_to(request.user).filter(starts_at__isnull=False)
    visit = get_object_or_404(timed.select_related("request__school").prefetch_related("seats__ambassador"), pk=pk)
    mine = [seat for seat in visit.seats.all() if seat.ambassador and seat.ambassador.user_id == request.user.pk]
    watches = any(seat.is_shadow for seat in mine)
    event = visit_event(visit, url=absolute(reverse("visit", args=[pk])), watches=watches)
    body = write_calendar([event], name=str(visit), method="PUBLISH")
    headers = {"Content-Disposition": f'attachment; filename="visit-{pk}.ics"'}
    return HttpResponse(body, content_type=CALENDAR, headers=headers)
