"""The parts of an ambassador's profile that show schools: how far they go, and how a school sees them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.models import Ambassador
from ambassadors.operations.profile import change_profile
from ambassadors.views.onwards import go_on, ways_of
from bookings.forms.reach import ReachForm
from bookings.queries.reach import Reach, reach_from, reach_of
from bookings.queries.seen import preview_of
from stem.acts import went_through


@ambassadors_only
def my_reach(request: AmbassadorRequest) -> HttpResponse:
    """Say from where one sets out and how far one goes, with a map of the schools there; to look saves nothing."""
    person = request.ambassador
    form = ReachForm(request.POST or None, ambassador=person)
    is_look = request.POST.get("then") == "show"
    if (
        form.is_valid()
        and not is_look
        and went_through(
            form, change_profile, ambassador=person, answers=form.answers(), by=request.user, at=timezone.now()
        )
    ):
        return go_on(request, person, "reach")
    part = is_look and "HX-Request" in request.headers
    shown = {"form": form, "reach": _reach(form, person), **ways_of(person)}
    return render(request, "bookings/_reach.html" if part else "bookings/my_reach.html", shown)


def _reach(form: ReachForm, person: Ambassador) -> Reach | None:
    """What to draw: where the form says, as far as it says it, else where the person said before."""
    if not form.is_bound:
        return reach_of(person, person.max_minutes) if person.postcode and person.in_person else None
    postcode, minutes = form.cleaned_data.get("postcode"), form.minutes_said()
    if not postcode or minutes is None or not form.cleaned_data.get("in_person"):
        return None
    return reach_from(postcode, minutes)


@ambassadors_only
def as_schools_see_me(request: AmbassadorRequest) -> HttpResponse:
    """Oneself as a school sees one, before and after it has been settled that one comes."""
    shown = {"preview": preview_of(request.ambassador), **ways_of(request.ambassador)}
    return render(request, "bookings/as_schools_see_me.html", shown)
