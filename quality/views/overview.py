"""The page of quality: what waits, and the way to all else that tells how visits go."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quality.models import Feedback, Release
from quality.overview import piles_for
from quality.queries import responses
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role


@open_to(Role.COORDINATOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR)
def quality_home(request: SignedInRequest) -> HttpResponse:
    """What waits to be read or looked into, how many answer, and where reports and employers are found."""
    at, user = timezone.now(), request.user
    reads_forms = has_role(user, Role.COORDINATOR) or has_role(user, Role.QUALITY_MANAGER)
    context = {
        "piles": piles_for(user, at=at) if reads_forms else [],
        "responses": responses(Feedback.objects.visible_to(user), at=at) if reads_forms else [],
        "reads_forms": reads_forms,
        "latest": Release.objects.visible_to(user).latest_first().first(),
        "sees_employers": has_role(user, Role.COORDINATOR) or has_role(user, Role.ADMINISTRATOR),
    }
    return render(request, "quality/quality_home.html", context)
