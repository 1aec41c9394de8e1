"""What has become of a visit: the short form behind the link in a letter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from quality.forms import FeedbackForm
from quality.instruments import load_instrument
from quality.models import FollowUp
from quality.operations import following_up as operations
from stem.access import public
from stem.acts import went_through
from stem.letters.links import find_link
from stem.rules import Refusal


@public
@never_cache
def give_follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """The three questions; to look at them changes nothing, and the answers are taken once."""
    at = timezone.now()
    try:
        link = find_link("give_follow_up", token, at=at)
    except Refusal as refusal:
        status = 404 if refusal.codes == ["link_unknown"] else 410
        return render(request, "quality/link_closed.html", {"why": refusal.told_to()}, status=status)
    asked = FollowUp.objects.behind(link.object_id)
    instrument = load_instrument(asked.instrument)
    form = FeedbackForm(request.POST if request.method == "POST" else None, instrument=instrument)
    if form.is_valid() and went_through(form, operations.submit_follow_up, link=link, answers=form.answers, at=at):
        return redirect("follow_up_sent")
    return render(request, "quality/give_feedback.html", {"form": form, "instrument": instrument, "visit": asked.visit})


@public
def follow_up_sent(request: HttpRequest) -> HttpResponse:
    """Thank you, and that nothing more is asked."""
    return render(request, "quality/follow_up_sent.html")
