"""The page that an ambassador shows to somebody outside, such as an employer: for themselves, and behind its link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.views.cards import opened_by_key
from quality.endorsement_forms import PickForm
from quality.endorsements import own_endorsement, shown_by
from quality.operations import endorsing as operations
from stem.access import public
from stem.acts import press, went_through
from stem.letters.drafts import absolute
from stem.limits import is_within_limit
from stem.rules import Refusal


@ambassadors_only
def endorsement(request: AmbassadorRequest) -> HttpResponse:
    """One's own page as others would see it, the words to choose from, and the link."""
    at, person = timezone.now(), request.ambassador
    own = own_endorsement(person, at=at)
    # To pick none is a choice too.
    said = request.POST if request.method == "POST" else None
    form = PickForm(said, praise=own.page.praise if own.page else [])
    if form.is_valid():
        forms = form.picked
        if went_through(form, operations.pick_words, ambassador=person, forms=forms, by=request.user, at=at):
            messages.success(request, _("Saved. This is how your page reads now."))
            return redirect("endorsement")
    return render(request, "quality/endorsement.html", {"own": own, "form": form})


@ambassadors_only
@require_POST
def make_endorsement(request: AmbassadorRequest) -> HttpResponse:
    """Make the link, and show it: on this page alone, as we keep no more of it than its hash."""
    at, person = timezone.now(), request.ambassador
    try:
        token = operations.make_endorsement(ambassador=person, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, refusal.told_to())
        return redirect("endorsement")
    address = absolute(reverse("shown_endorsement", args=[token]))
    shown = {"address": address, "own": own_endorsement(person, at=at)}
    return render(request, "quality/endorsement_made.html", shown)


@ambassadors_only
@require_POST
def end_endorsement(request: AmbassadorRequest) -> HttpResponse:
    """Let it open nothing any more."""
    said = _("The link has ended. Whoever opens it reads nothing of you.")
    press(
        request,
        operations.end_endorsement,
        said=said,
        ambassador=request.ambassador,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("endorsement")


@public
@opened_by_key
@require_safe
def shown_endorsement(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows to whoever has it, without an account and without a cookie.

    Ended, run out, made up or of somebody for whom we do not speak: the answer is the same one sentence.
    """
    if not is_within_limit(request, "endorsement"):
        return render(request, "quality/endorsement_later.html", status=429)
    page = shown_by(token, at=timezone.now())
    if page is None:
        return render(request, "quality/endorsement_closed.html", status=404)
    return render(request, "quality/shown_endorsement.html", {"page": page})
