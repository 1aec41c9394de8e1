"""What the scheme's staff see of letters, and do to those that have not gone; and how a reader stops a kind of them."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role
from stem.acts import press, went_through
from stem.letters import choices, handling
from stem.letters.forms import LetterFilter, LetterForm
from stem.letters.models import Letter, looks_after_letters
from stem.letters.previews import acts_on, preview_letter

for_letter_staff = open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
LETTERS_A_PAGE = 50
# A letter's styles are inline, because mail programs read no others; nothing else may load, run or lead away.
PREVIEW_POLICY = {
    "default-src": [NONE],
    "img-src": [SELF, "data:"],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "sandbox": True,
}


def _letter(request: SignedInRequest, pk: int) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(request.user).select_related("recipient"), pk=pk)


def _press(request: SignedInRequest, pk: int, operation: Callable[..., None], said: str) -> HttpResponse:
    press(request, operation, said=said, letter=_letter(request, pk), by=request.user, at=timezone.now())
    return redirect("staff_letter", pk)


@public
@csrf_exempt  # a mail program presses for its reader and brings no cookie; the key is the proof
@never_cache
def stop_letters(request: HttpRequest, key: str) -> HttpResponse:
    """Stop letters of one kind by the link in one of them, or by the button of a mail program; or have them again."""
    found = choices.read_stop_key(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        act = choices.resume_letters if "again" in request.POST else choices.stop_letters
        act(user=found.user, kind=found.kind, at=timezone.now())
        # A mail program follows no redirect (RFC 8058); a person's browser would send the form again without one.
        if "List-Unsubscribe" not in request.POST:
            return redirect("stop_letters", key)
    is_stopped = found.kind in choices.unwanted_by(found.user)
    return render(request, "stem/stop_letters.html", {"kind": found.kind, "is_stopped": is_stopped})


@for_letter_staff
def staff_letters(request: SignedInRequest) -> HttpResponse:
    """What went, what waits and what failed."""
    form = LetterFilter(request.GET)
    letters = Letter.objects.visible_to(request.user).select_related("recipient")
    if form.is_valid():
        letters = letters.narrowed(status=form.cleaned_data["status"], address=form.cleaned_data["q"])
    page = Paginator(letters, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_see_letters": looks_after_letters(request.user)}
    return render(request, "stem/staff_letters.html", context)


@for_letter_staff
def staff_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """One letter: where it stands, what it says, and what may be done to it."""
    letter = _letter(request, pk)
    context = {
        "letter": letter,
        "acts": acts_on(letter),
        "preview": preview_letter(letter, by=request.user, at=timezone.now()),
        "events": letter.events.select_related("by"),
    }
    return render(request, "stem/staff_letter.html", context)


@for_letter_staff
@xframe_options_sameorigin
@csp(PREVIEW_POLICY)  # type: ignore[arg-type]  # its types know no address arguments
def letter_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The HTML of a letter, for the frame on its page."""
    preview = preview_letter(_letter(request, pk), by=request.user, at=timezone.now())
    return HttpResponse(preview.wording.html if preview.wording else preview.problem)


@for_letter_staff
@require_POST
def hold_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a letter back."""
    return _press(request, pk, handling.hold_letter, _("The letter is held. It goes when you release it."))


@for_letter_staff
@require_POST
def release_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a held letter go."""
    return _press(request, pk, handling.release_letter, _("The letter goes when it is due."))


@for_letter_staff
@require_POST
def retry_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try a failed letter again."""
    words = _("The letter is tried again: within a minute, or, where it is gathered, with the next of its reader’s.")
    return _press(request, pk, handling.retry_letter, words)


@for_letter_staff
def cancel_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first, then stop a letter for good."""
    if request.method == "POST":
        return _press(request, pk, handling.cancel_letter, _("The letter is cancelled. It will not be sent."))
    return render(request, "stem/cancel_letter.html", {"letter": _letter(request, pk)})


@for_letter_staff
def edit_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put other words in a letter that has not gone."""
    letter, at = _letter(request, pk), timezone.now()
    preview = preview_letter(letter, by=request.user, at=at)
    if preview.wording is None or "edit" not in acts_on(letter):
        messages.error(request, preview.problem or _("This letter can no longer be edited."))
        return redirect("staff_letter", pk)
    words = {"subject": preview.wording.subject, "body": preview.wording.text}
    form = LetterForm(request.POST or None, initial=words)
    if form.is_valid() and went_through(
        form, handling.edit_letter, letter=letter, by=request.user, at=at, **form.cleaned_data
    ):
        messages.success(request, _("The letter has your words now."))
        return redirect("staff_letter", pk)
    return render(request, "stem/edit_letter.html", {"letter": letter, "form": form})
