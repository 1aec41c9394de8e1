"""Which school follows which, for an administrator to say where the register does not."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.models import Succession
from schools.operations import succession as operations
from schools.querysets import SuccessionQuerySet
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press

PER_PAGE = 20
LATEST_DECLINED = 20


def _successions(request: SignedInRequest) -> SuccessionQuerySet:
    return Succession.objects.visible_to(request.user).select_related("predecessor", "successor")


@open_to(Role.ADMINISTRATOR)
def successions(request: SignedInRequest) -> HttpResponse:
    """Pairs of schools that may be one school under two numbers, and those that somebody said are two."""
    rows = _successions(request)
    page = Paginator(rows.proposed().order_by("successor__name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    declined = rows.declined().order_by("-pk")[:LATEST_DECLINED]
    return render(request, "schools/successions.html", {"page": page, "declined": declined})


@open_to(Role.ADMINISTRATOR)
def confirm_succession(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one school follows the other, after asking: people go on with their school."""
    pair = get_object_or_404(_successions(request), pk=pk)
    if request.method == "POST":
        said = _("%(new)s follows %(old)s now.") % {"new": pair.successor, "old": pair.predecessor}
        press(request, operations.confirm_succession, said=said, succession=pair, by=request.user, at=timezone.now())
        return redirect("successions")
    return ask_first(
        request,
        None,
        title=_("Is this one school under a new number?"),
        caption=f"{pair.predecessor.reference} → {pair.successor.reference}",
        lead=_(
            "Whoever acts for %(old)s will act for %(new)s and is told so. Its requests and visits are shown with the "
            "new school’s."
        )
        % {"old": pair.predecessor, "new": pair.successor},
        submit=_("Yes, it is one school"),
        back_url=reverse("successions"),
    )


@open_to(Role.ADMINISTRATOR)
@require_POST
def decline_succession(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that they are two schools."""
    pair = get_object_or_404(_successions(request), pk=pk)
    said = _("%(old)s and %(new)s stay two schools.") % {"old": pair.predecessor, "new": pair.successor}
    press(request, operations.decline_succession, said=said, succession=pair, by=request.user, at=timezone.now())
    return redirect("successions")


@open_to(Role.ADMINISTRATOR)
@require_POST
def reopen_succession(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look again at a pair that somebody said are two schools."""
    pair = get_object_or_404(_successions(request), pk=pk)
    said = _("The pair is on the list again.")
    press(request, operations.reopen_succession, said=said, succession=pair, by=request.user, at=timezone.now())
    return redirect("successions")
