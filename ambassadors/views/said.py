"""Who said what of a person, and whose word counts (rule V-90): seen, and chosen, by vetting officers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.importing.golden import THEMSELVES
from ambassadors.models import Membership
from ambassadors.operations import reckoning
from ambassadors.queries.said import said_of
from ambassadors.views.vetting import people_vetted_by
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press
from stem.audit.record import record
from stem.rules import Audience


@open_to(Role.VETTING_OFFICER)
def who_said_what(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each field of somebody's record with all that was said of it. Looking is itself put on record."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    record("ambassador.read", person, by=request.user, at=timezone.now())
    return render(request, "ambassadors/who_said_what.html", {"ambassador": person, "fields": said_of(person)})


@open_to(Role.VETTING_OFFICER)
@require_POST
def choose_word(request: SignedInRequest, pk: int, field: str) -> HttpResponse:
    """Let one's word count for this field, or leave it to the rule again."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    whose = request.POST.get("whose", "")
    if whose == "rule":
        said = _("The rule decides again.")
        _press(request, reckoning.leave_to_rule, said=said, ambassador=person, field=field)
        return redirect("who_said_what", pk)
    chosen, said = None, _("The person’s own word counts.")
    if whose != str(THEMSELVES):
        rows = Membership.objects.visible_to(request.user).filter(ambassador=person)
        chosen = rows.filter(pk=whose).first() if whose.isascii() and whose.isdigit() else None
        if chosen is None:
            messages.error(request, _("Choose one of those who said something of it. Nothing has changed."))
            return redirect("who_said_what", pk)
        said = _("The word of %(scheme)s counts.") % {"scheme": chosen.scheme}
    _press(request, reckoning.choose_word, said=said, ambassador=person, field=field, membership=chosen)
    return redirect("who_said_what", pk)


def _press(request: SignedInRequest, operation: Callable[..., None], *, said: str, **arguments: Any) -> None:
    """Press a button for this officer."""
    at = timezone.now()
    press(request, operation, said=said, told_to=Audience.ENTITLED, **arguments, by=request.user, at=at)
