"""Reading what was written on forms: one text after another, and one decision about each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.enums import CommentStatus, Escalation
from quality.forms import EscalateForm, HoldCommentForm, StrikeForm
from quality.models import Comment
from quality.operations import reading as operations
from quality.queries import comment_listed, comments_to_read, question_of
from quality.redacting import words_in
from quality.settling import PRAISE, may_be_shown
from quality.views.feedback import for_quality
from quality.workflow import COMMENT
from stem.access import SignedInRequest
from stem.acts import press, went_through
from stem.audit.record import record

COMMENTS_A_PAGE = 25


@for_quality
@never_cache
def comments(request: SignedInRequest) -> HttpResponse:
    """What waits to be read, whatever is urgent first, then what is due first."""
    at = timezone.now()
    rows = comments_to_read(request.user, at=at)
    page: Page[Any] = Paginator(rows, COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [comment_listed(each, at=at) for each in page.object_list]
    return render(request, "quality/comments.html", {"page": page, "last": _last(request)})


@for_quality
@never_cache
def comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """One text, and what may be decided about it. To read what was left out for others is on record."""
    at, shown = timezone.now(), _comment(request, pk)
    if shown.status == CommentStatus.REDACTED:
        record("comment.read", shown, by=request.user, at=at)
    following = comments_to_read(request.user, at=at).exclude(pk=pk).first()
    context = {
        "shown": comment_listed(shown, at=at),
        "passed": shown.feedback.shared_words.get(shown.code, ""),
        "for_others": shown.code == PRAISE and may_be_shown(shown.feedback.answers),
        "may": {name: COMMENT.can(shown, name) for name in COMMENT.moves},
        "following": following,
        "last": _last(request),
        "events": shown.events.select_related("by"),
    }
    return render(request, "quality/comment.html", context)


@for_quality
@require_POST
def release_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pass it on as it was written."""
    return _pressed(request, pk, operations.release_comment, _("Passed on."))


@for_quality
@require_POST
def keep_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pass nothing of it on."""
    return _pressed(request, pk, operations.keep_comment, _("Read. It stays with us."))


@for_quality
@require_POST
def take_back_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo what was decided; it is read again."""
    said = _("Taken back. It waits to be read.")
    press(request, operations.take_back_comment, said=said, comment=_comment(request, pk), **_who(request))
    return redirect("comment", pk)


@for_quality
@never_cache
def redact_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pass it on without some of its words."""
    shown = _comment(request, pk)
    form = StrikeForm(request.POST or None, words=words_in(shown.words))
    return _asked(
        request,
        shown,
        form,
        operations.redact_comment,
        lambda: {"struck": form.struck},
        said=_("Passed on, with something left out."),
        title=_("Leave words out"),
        lead=_("The other side reads the rest, with […] where something was left out. Nobody can add a word."),
        submit=_("Pass on the rest"),
    )


@for_quality
@never_cache
def hold_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it off until a day, with a reason."""
    form = HoldCommentForm(request.POST or None)
    return _asked(
        request,
        _comment(request, pk),
        form,
        operations.hold_comment,
        lambda: {"because": form.cleaned_data["no_note"], "until": form.cleaned_data["until"]},
        said=_("Held. It comes back on that day."),
        title=_("Hold it"),
        lead=_("For example until you have spoken with whoever wrote it. Nobody of the other side reads it meanwhile."),
        submit=_("Hold it"),
    )


@for_quality
@never_cache
def escalate_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand it on to somebody who acts."""
    form = EscalateForm(request.POST or None)
    return _asked(
        request,
        _comment(request, pk),
        form,
        operations.escalate_comment,
        lambda: {"to": Escalation(form.cleaned_data["to"]), "note": form.cleaned_data["note"]},
        said=_("Handed on."),
        title=_("Hand it on"),
        lead=_("If a child may be in danger now, ring first. Nothing of it is passed on to the other side."),
        submit=_("Hand it on"),
    )


def _comment(request: SignedInRequest, pk: int) -> Comment:
    rows = Comment.objects.visible_to(request.user).select_related("feedback__visit__request__school")
    return get_object_or_404(rows, pk=pk)


def _who(request: SignedInRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _last(request: SignedInRequest) -> Comment | None:
    """What this reader has just decided, so that one button undoes it."""
    said = request.GET.get("after", "")
    rows = Comment.objects.visible_to(request.user).select_related("feedback__visit__request__school")
    found = rows.filter(pk=said).first() if said.isascii() and said.isdigit() and len(said) < 10 else None
    return found if found is not None and COMMENT.can(found, "take_back") else None


def _pressed(request: SignedInRequest, pk: int, operation: Callable[..., Any], said: str) -> HttpResponse:
    if press(request, operation, said=said, comment=_comment(request, pk), **_who(request)):
        return _go_on(request, pk)
    return redirect("comment", pk)


def _asked(
    request: SignedInRequest,
    shown: Comment,
    form: BaseForm,
    operation: Callable[..., Any],
    given: Callable[[], dict[str, Any]],
    *,
    said: str,
    **words: Any,
) -> HttpResponse:
    """Ask before it is done, with the text above; then go on to what waits next."""
    if form.is_valid() and went_through(form, operation, comment=shown, **given(), **_who(request)):
        messages.success(request, said)
        return _go_on(request, shown.pk)
    about = {"caption": question_of(shown), "back_url": reverse("comment", args=[shown.pk])}
    # To strike words out they stand in the form itself, one by one.
    about["quoted"] = "" if "struck" in form.fields else shown.words
    return render(request, "quality/decide_comment.html", {"form": form, **about, **words})


def _go_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """What waits next, or the empty list; with a way back to what was just decided."""
    following = comments_to_read(request.user, at=timezone.now()).first()
    address = reverse("comment", args=[following.pk]) if following is not None else reverse("comments")
    return redirect(f"{address}?after={pk}")
