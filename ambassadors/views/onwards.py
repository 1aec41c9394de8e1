"""Where a page of the way in leads once it is saved: to the next task, or back to where a change began."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.journey import is_joining, journey_of, next_task
from ambassadors.models import Ambassador
from stem.moments import day_of

# The pages from which one part is changed, by what stands in the address meanwhile.
CHANGED_FROM = {"profile": "edit_profile", "check": "send_application"}


def ways_of(ambassador: Ambassador) -> dict[str, object]:
    """What a page of the way in says of where it leads: back to the list of tasks or to the profile, and onwards."""
    joining = is_joining(ambassador)
    return {
        "is_joining": joining,
        "back_url": reverse("join_as_ambassador" if joining else "edit_profile"),
        "back_text": _("All tasks") if joining else _("Your profile"),
        "submit": _("Save and continue") if joining else _("Save"),
    }


def go_on(request: HttpRequest, ambassador: Ambassador, after: str) -> HttpResponse:
    """Lead on from the task with this code: whoever changed something back to where they chose to, told that it is
    saved; someone who is joining to their next task, or to the list of all when none is left.
    """
    came_from = request.GET.get("back", "") if is_joining(ambassador) else "profile"
    if came_from in CHANGED_FROM:
        messages.success(request, _("Your profile has been saved."))
        return redirect(CHANGED_FROM[came_from])
    task = next_task(journey_of(ambassador, on=day_of(timezone.now())).tasks, after=after)
    # Round the whole list and here again: only this one is left, put off till later.
    if task is None or task.kind.code == after:
        return redirect("join_as_ambassador")
    return redirect(task.kind.address)
