"""Forms that are worth a second look: a list that whoever looks after quality empties."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality.models import Oddity
from quality.operations import doubts
from quality.queries import oddities_listed
from quality.views.feedback import for_quality
from stem.access import SignedInRequest
from stem.acts import press

ODDITIES_A_PAGE = 25


@for_quality
def oddities(request: SignedInRequest) -> HttpResponse:
    """What was odd about forms and nobody has looked at, the oldest first."""
    rows = oddities_listed(Oddity.objects.visible_to(request.user))
    page: Page[Any] = Paginator(rows, ODDITIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "quality/oddities.html", {"page": page})


@for_quality
@require_POST
def look_at_oddity(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one off the list."""
    oddity = get_object_or_404(Oddity.objects.visible_to(request.user).select_related("feedback"), pk=pk)
    said = _("Looked at. The form counts as any other.")
    press(request, doubts.look_at_oddity, said=said, oddity=oddity, by=request.user, at=timezone.now())
    return redirect("oddities")
