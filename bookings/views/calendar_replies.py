"""Saying whether it is so, what one's own calendar program has answered about a visit."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.models import CalendarReply
from bookings.operations import calendar_replies as operations
from stem.acts import press
from stem.rules import Audience


def _own_reply(request: AmbassadorRequest, pk: int) -> CalendarReply:
    mine = CalendarReply.objects.visible_to(request.user)
    return get_object_or_404(mine.select_related("ambassador", "visit__request__school"), pk=pk)


@ambassadors_only
@require_POST
def confirm(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """It is so: do what the calendar said."""
    reply, said = _own_reply(request, pk), _("Thank you. It is noted, and whoever needs to know is told.")
    act = operations.confirm_calendar_reply
    press(request, act, said=said, told_to=Audience.PERSON, reply=reply, by=request.user, at=timezone.now())
    return redirect("ambassador_home")


@ambassadors_only
@require_POST
def dismiss(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """It is not so: what was agreed stands."""
    reply, said = _own_reply(request, pk), _("Thank you. What you said here counts, and not what your calendar says.")
    act = operations.dismiss_calendar_reply
    press(request, act, said=said, reply=reply, by=request.user, at=timezone.now())
    return redirect("ambassador_home")
