"""What the two sides of a visit write to each other, on one page for all who read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bookings.enums import Speaker
from bookings.forms.messages import MessageForm
from bookings.models import Visit
from bookings.operations.messages import write_message
from bookings.queries.threads import Reader, thread_of
from bookings.views.visits import opened_by_its_people
from stem.access import SignedInRequest, signed_in
from stem.acts import went_through


@signed_in
@never_cache
def visit_messages(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Read what was written about a visit, and write: its school, whoever comes, and their coordinators."""
    rows = Visit.objects.visible_to(request.user).select_related("request__school", "request__contact__user")
    return opened_by_its_people(request, get_object_or_404(rows, pk=pk), _show_messages)


def _show_messages(request: SignedInRequest, visit: Visit, speaker: Speaker) -> HttpResponse:
    at = timezone.now()
    form = MessageForm(request.POST or None)
    if form.is_valid() and went_through(form, write_message, visit=visit, by=request.user, at=at, **form.written):
        messages.success(request, _("Sent. They get it by e-mail within a quarter of an hour."))
        return redirect("visit_messages", visit.pk)
    reader = Reader(speaker, request.user.pk)
    thread = thread_of(visit, reader, at=at, page=request.GET.get("page"))
    return render(request, "bookings/visit_messages.html", {"visit": visit, "thread": thread, "form": form})
