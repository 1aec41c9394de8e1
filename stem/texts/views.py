"""What the scheme's staff see of texts, and do to those that have not gone."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stem.access import SignedInRequest
from stem.acts import press
from stem.letters.views import LETTERS_A_PAGE, for_letter_staff
from stem.texts import handling
from stem.texts.access import with_texts
from stem.texts.forms import TextFilter
from stem.texts.models import Text
from stem.texts.previews import preview_text
from stem.texts.workflow import TEXT


def _text(request: SignedInRequest, pk: int) -> Text:
    return get_object_or_404(Text.objects.visible_to(request.user).select_related("recipient"), pk=pk)


def _press(request: SignedInRequest, pk: int, operation: Callable[..., None], said: str) -> HttpResponse:
    press(request, operation, said=said, text=_text(request, pk), by=request.user, at=timezone.now())
    return redirect("staff_text", pk)


@for_letter_staff
@with_texts
def staff_texts(request: SignedInRequest) -> HttpResponse:
    """What went, what waits and what failed."""
    form = TextFilter(request.GET)
    texts = Text.objects.visible_to(request.user).select_related("recipient")
    if form.is_valid():
        texts = texts.in_state(form.cleaned_data["status"])
    page = Paginator(texts, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stem/staff_texts.html", {"form": form, "page": page})


@for_letter_staff
@with_texts
def staff_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """One text: where it stands, what it says, and what may be done to it."""
    text = _text(request, pk)
    context = {
        "text": text,
        "acts": TEXT.available(text, "staff"),
        "words": preview_text(text, by=request.user, at=timezone.now()),
        "events": text.events.select_related("by"),
    }
    return render(request, "stem/staff_text.html", context)


@for_letter_staff
@with_texts
@require_POST
def hold_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a text back."""
    return _press(request, pk, handling.hold_text, _("The text is held. It goes when you release it."))


@for_letter_staff
@with_texts
@require_POST
def release_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a held text go."""
    return _press(request, pk, handling.release_text, _("The text goes when it is due."))


@for_letter_staff
@with_texts
@require_POST
def retry_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try a failed text again."""
    return _press(request, pk, handling.retry_text, _("The text is tried again within a minute."))


@for_letter_staff
@with_texts
def cancel_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first, then stop a text for good."""
    if request.method == "POST":
        return _press(request, pk, handling.cancel_text, _("The text is cancelled. It will not be sent."))
    return render(request, "stem/cancel_text.html", {"text": _text(request, pk)})
