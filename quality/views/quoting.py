"""Words of schools, for somebody who lets employers read some of them."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.employers.people import people_counted
from quality.employers.words import candidates, listed
from quality.models import Comment
from quality.operations import quoting as operations
from quality.views.feedback import for_quality
from stem.access import SignedInRequest
from stem.acts import press

WORDS_A_PAGE = 25


@for_quality
@never_cache
def words_for_employers(request: SignedInRequest) -> HttpResponse:
    """What was passed on about people who are counted, of terms that are yet to be told of."""
    at = timezone.now()
    people = people_counted(written_by=at)
    rows = candidates(request.user, people=people, at=at)
    page: Page[Any] = Paginator(rows, WORDS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = listed(list(page.object_list), people=people)
    return render(request, "quality/words_for_employers.html", {"page": page})


@for_quality
@require_POST
def let_employer_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the employer read it."""
    said = _("The employer may read it, without any name, once it is told of this term.")
    press(request, operations.let_employer_read, said=said, comment=_comment(request, pk), **_by(request))
    return redirect("words_for_employers")


@for_quality
@require_POST
def keep_from_employer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let it be read by no employer."""
    said = _("No employer reads it.")
    press(request, operations.keep_from_employer, said=said, comment=_comment(request, pk), **_by(request))
    return redirect("words_for_employers")


def _comment(request: SignedInRequest, pk: int) -> Comment:
    return get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)


def _by(request: SignedInRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}
