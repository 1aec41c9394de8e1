"""The lessons of a visit: its school's to say, or its coordinator's for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.eligibility import is_open_for_messages
from bookings.forms.lessons import LessonsForm
from bookings.models import Visit
from bookings.operations import lessons
from bookings.queries.proposals import THE_SCHOOL
from bookings.views.changes import for_whoever_opens, visit_of
from stem.access import SignedInRequest, signed_in
from stem.acts import went_through


@signed_in
def set_lessons(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say when which group is taught, and who of the staff is with them."""
    return for_whoever_opens(request, visit_of(request, pk), _set)


def _set(request: SignedInRequest, visit: Visit, *, own: int | None) -> HttpResponse:
    at = timezone.now()
    if not is_open_for_messages(visit, at) or own not in (THE_SCHOOL, None):
        return redirect("visit", visit.pk)
    form = LessonsForm(request.POST or None, visit=visit)
    if form.is_valid() and went_through(
        form,
        lessons.set_lessons,
        visit=visit,
        lessons=form.lessons,
        by=request.user,
        at=at,
        on_behalf_of=str(visit.request.contact.user) if own is None else "",
    ):
        messages.success(request, _("Kept. Whoever comes will be told what is new."))
        return redirect("visit", visit.pk)
    return render(request, "bookings/lessons.html", {"form": form, "visit": visit})
