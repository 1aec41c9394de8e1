"""How administrators read and change the scheme's numbers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press, went_through
from stem.moments import day_of
from stem.policy import operations
from stem.policy.forms import PolicyValueForm
from stem.policy.keys import KEYS
from stem.policy.models import PolicyValue
from stem.policy.queries import policy_board
from stem.policy.values import value


@open_to(Role.ADMINISTRATOR)
def policy(request: SignedInRequest) -> HttpResponse:
    """Every number that holds today, since when and by whom."""
    decisions = PolicyValue.objects.visible_to(request.user).by_day().with_people()
    return render(request, "stem/staff_policy.html", {"lines": policy_board(decisions, on=day_of(timezone.now()))})


@open_to(Role.ADMINISTRATOR)
def set_value(request: SignedInRequest, key: str) -> HttpResponse:
    """Decide a number from a day on."""
    if key not in KEYS:
        raise Http404
    form = PolicyValueForm(request.POST or None, key=KEYS[key])
    if form.is_valid() and went_through(
        form, operations.set_value, key=key, **form.plan(), by=request.user, at=timezone.now()
    ):
        messages.success(request, _said(KEYS[key].safeguarding))
        return redirect("staff_policy")
    holds = KEYS[key].in_words(value(key, on=day_of(timezone.now())))
    return render(request, "stem/policy_value.html", {"form": form, "key": KEYS[key], "holds": holds})


@open_to(Role.ADMINISTRATOR)
@require_POST
def confirm_value(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree, as a second person, to a safeguarding number."""
    decided = get_object_or_404(PolicyValue.objects.visible_to(request.user), pk=pk)
    said = _("Confirmed: the number holds from its day.")
    press(request, operations.confirm_value, said=said, decided=decided, by=request.user, at=timezone.now())
    return redirect("staff_policy")


def _said(safeguarding: bool) -> str:
    if safeguarding:
        return _("Noted. The number holds once a second administrator has confirmed it.")
    return _("The number has been set.")
