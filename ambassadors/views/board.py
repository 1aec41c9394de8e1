"""The vetting board: who waits for whom, and what an officer can do about it from there."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ambassadors.forms.vetting import BoardFilter
from ambassadors.operations.asking import remind_draft as remind
from ambassadors.operations.reminding import Reminded
from ambassadors.operations.reminding import remind_waiting as remind_those
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
        found = board.beside(kind, people, reader=request.user.pk, at=at)
        listed = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"show": kind, "page": listed, "rows": board.beside_rows(kind, listed.object_list)}
        return render(request, "ambassadors/vetting_beside.html", context)
    tab = board.Tab(show) if show in board.Tab.values else board.Tab.OURS
    page = Paginator(shown.of(tab), PER_PAGE).get_page(request.GET.get("page"))
    context |= {"show": tab, "page": page, "rows": shown.rows(list(page.object_list))}
    context["can_remind"] = tab in board.REMINDED
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


@open_to(Role.VETTING_OFFICER)
@require_POST
def remind_waiting(request: SignedInRequest, show: str) -> HttpResponse:
    """Write to everybody on a tab, as the address narrows it, and say to how many."""
    if show not in board.REMINDED:
        raise Http404
    at = timezone.now()
    tab, today = board.Tab(show), day_of(at)
    people = BoardFilter(request.GET).narrowed(people_vetted_by(request))
    days = value("vetting_days", on=today)
    shown = board.vetting_board(people, reader=request.user.pk, on=today, vetting_days=days)
    keys = [place.applicant.pk for place in shown.of(tab)]
    reminded = remind_those(people=keys, party=board.REMINDED[tab], by=request.user, at=at)
    messages.info(request, " ".join(_told(reminded)))
    query = request.GET.copy()
    query["show"] = show
    return redirect(f"{reverse('vetting_board')}?{query.urlencode()}")


def _told(reminded: Reminded) -> Iterator[str]:
    """What is said of a press: how many letters, and whether there are more."""
    if not reminded.told:
        yield _("Nobody was written to: whoever is waited for here has had a letter in the last seven days.")
    else:
        words = ngettext("%(n)d person has been written to.", "%(n)d people have been written to.", reminded.told)
        yield words % {"n": reminded.told}
    if reminded.left:
        yield _("%(n)d more are to be written to: press again.") % {"n": reminded.left}
