"""The vetting board: who waits for whom, and what an officer can do about it from there."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.forms.vetting import BoardFilter
from ambassadors.operations.asking import remind_draft as remind
from ambassadors.queries import board
from ambassadors.views.vetting import PER_PAGE, people_vetted_by
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Audience


@open_to(Role.VETTING_OFFICER)
def vetting_board(request: SignedInRequest) -> HttpResponse:
    """Everybody who is being vetted, by whose turn it is; and beside them those before and after vetting."""
    at = timezone.now()
    today = day_of(at)
    show = request.GET.get("show", "")
    form = BoardFilter(request.GET)
    people = form.narrowed(people_vetted_by(request))
    days = value("vetting_days", on=today)
    shown = board.vetting_board(people, reader=request.user.pk, on=today, vetting_days=days)
    context: dict[str, Any] = {"filters": form, "counts": shown.counts, "lists": board.Beside, "vetting_days": days}
    if show in board.Beside.values:
        kind = board.Beside(show)
        listed = Paginator(board.beside(kind, people, at=at), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"show": kind, "page": listed, "rows": board.beside_rows(kind, listed.object_list)}
        return render(request, "ambassadors/vetting_beside.html", context)
    tab = board.Tab(show) if show in board.Tab.values else board.Tab.OURS
    page = Paginator(shown.of(tab), PER_PAGE).get_page(request.GET.get("page"))
    context |= {"show": tab, "page": page, "rows": shown.rows(list(page.object_list))}
    return render(request, "ambassadors/vetting_board.html", context)


@open_to(Role.VETTING_OFFICER)
@require_POST
def remind_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write, once, to someone whose registration lies still."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    said = _("%(name)s has been reminded.") % {"name": person}
    at = timezone.now()
    press(request, remind, said=said, told_to=Audience.ENTITLED, ambassador=person, by=request.user, at=at)
    return redirect(f"{reverse('vetting_board')}?show={board.Beside.STILL}")
