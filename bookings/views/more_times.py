"""More times for a request for which somebody is looked for."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.eligibility import Interval, earliest_promised
from bookings.forms.times import MoreTimesForm
from bookings.matching.relaxing import Relaxation, what_helps
from bookings.models import Request
from bookings.operations.requests import add_times
from bookings.queries.school_desk import can_have_more_times
from schools.access import ContactRequest, contacts_only
from schools.queries.school_time import periods_of, school_time
from schools.terms.school_time import SchoolTime
from stem.acts import went_through


@contacts_only
def more_times(request: ContactRequest, pk: int) -> HttpResponse:
    """When else it could be, beside what would let more people come."""
    at = timezone.now()
    mine = Request.objects.visible_to(request.user).of_schools_of(request.user)
    wanted = get_object_or_404(mine.select_related("school", "contact__user").prefetch_related("possible_times"), pk=pk)
    if not can_have_more_times(wanted):
        return redirect("request", pk)
    school = school_time(wanted.school)
    form = MoreTimesForm(request.POST or None, instance=wanted, at=at, school=school, lessons=periods_of(wanted.school))
    if form.is_valid() and went_through(
        form,
        add_times,
        request=wanted,
        times=form.times,
        by=request.user,
        at=at,
        all_the_same=form.cleaned_data["all_the_same"],
    ):
        messages.success(request, _("Added. Whoever is asked sees these times as well."))
        return redirect("request", pk)
    times = [(each.starts_at, each.ends_at) for each in wanted.possible_times.all() if each.starts_at > at]
    earliest = earliest_promised(wanted, at, school=school)
    helps = _other_times(wanted, times, at, school) if times and not form.is_bound else []
    context = {"wanted": wanted, "form": form, "earliest": earliest, "helps": helps}
    return render(request, "bookings/more_times.html", context)


def _other_times(wanted: Request, times: list[Interval], at: datetime, school: SchoolTime) -> list[Relaxation]:
    """Other times for which more people could come than for these."""
    return what_helps(wanted, times, at=at, school=school, times_alone=True).relaxations
