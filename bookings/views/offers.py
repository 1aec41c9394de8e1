"""An offer and the answer to it: signed in, or by the single-use link in the letter, which acts on POST alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.queries.own_calendars import busy_among
from bookings.forms.offers import AcceptForm, DeclineForm
from bookings.models import Offer
from bookings.operations.offers import accept_by_link, accept_offer, decline_by_link, decline_offer
from bookings.queries.questions import Question, offer_behind, offers_with_what_is_asked, question_of
from stem.access import public
from stem.acts import went_through
from stem.letters.links import find_link
from stem.letters.models import OneTimeLink
from stem.rules import Audience, Refusal


def _own_offer(request: AmbassadorRequest, pk: int) -> Offer:
    mine = Offer.objects.visible_to(request.user).made_to(request.user)
    return get_object_or_404(offers_with_what_is_asked(mine), pk=pk)


def _show(
    request: HttpRequest, question: Question, form: AcceptForm | DeclineForm | None = None, *, by_link: bool = False
) -> HttpResponse:
    """The offer's page, with what is wrong with the answer that was sent, if one was."""
    pk = question.offer.pk
    context = {
        "busy": busy_among(question.offer.ambassador, question.times) if question.is_open else [],
        "question": question,
        "accept": form if isinstance(form, AcceptForm) else AcceptForm(times=question.times),
        "decline": form if isinstance(form, DeclineForm) else DeclineForm(),
        "form": form,
        "accept_url": request.path if by_link else reverse("accept_offer", args=[pk]),
        "decline_url": request.path if by_link else reverse("decline_offer", args=[pk]),
        "by_link": by_link,
    }
    return render(request, "bookings/offer.html", context)


@ambassadors_only
def offer(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """What is asked of this person, and where it stands once it is open no longer."""
    return _show(request, question_of(_own_offer(request, pk), at=timezone.now()))


@ambassadors_only
@require_POST
def accept(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say yes."""
    at = timezone.now()
    asked = _own_offer(request, pk)
    form = AcceptForm(request.POST, times=question_of(asked, at=at).times)
    if form.is_valid() and went_through(
        form, accept_offer, told_to=Audience.PERSON, offer=asked, by=request.user, at=at, **form.cleaned_data
    ):
        return redirect("offer", pk)
    return _show(request, question_of(_own_offer(request, pk), at=at), form)


@ambassadors_only
@require_POST
def decline(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say no."""
    at = timezone.now()
    asked = _own_offer(request, pk)
    form = DeclineForm(request.POST)
    if form.is_valid() and went_through(form, decline_offer, offer=asked, by=request.user, at=at, **form.cleaned_data):
        return redirect("offer", pk)
    return _show(request, question_of(_own_offer(request, pk), at=at), form)


@public
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: to look at it changes nothing, so that no mail scanner ever answers for anyone."""
    at = timezone.now()
    try:
        link = find_link("answer_offer", token, at=at)
    except Refusal as refusal:
        status = 404 if refusal.codes == ["link_unknown"] else 410
        return render(request, "bookings/answer_closed.html", {"why": refusal.told_to()}, status=status)
    question = question_of(offer_behind(link), at=at)
    if request.user.is_authenticated and request.user.pk != question.offer.ambassador.user_id:
        return render(request, "bookings/answer_of_someone_else.html", status=403)
    if request.method == "POST":
        return _answer_by_link(request, link, question)
    return _show(request, question, by_link=True)


def _answer_by_link(request: HttpRequest, link: OneTimeLink, question: Question) -> HttpResponse:
    at = timezone.now()
    says_no = request.POST.get("answer") == "decline"
    form = DeclineForm(request.POST) if says_no else AcceptForm(request.POST, times=question.times)
    operation = decline_by_link if says_no else accept_by_link
    if form.is_valid() and went_through(
        form, operation, told_to=Audience.PERSON, link=link, at=at, **form.cleaned_data
    ):
        return render(request, "bookings/answer_given.html", {"question": question_of(offer_behind(link), at=at)})
    return _show(request, question_of(offer_behind(link), at=at), form, by_link=True)
