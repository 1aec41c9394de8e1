"""An offer and the answer to it: signed in, or by the single-use link in the letter, which acts on POST alone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.forms.countering import OtherTimesForm
from bookings.forms.offers import AcceptForm, DeclineForm
from bookings.models import Offer
from bookings.operations import countering, reconsidering, reserves
from bookings.operations.keeping_apart import no_longer_keep_away_from
from bookings.operations.offers import accept_by_link, accept_offer, decline_by_link, decline_offer
from bookings.queries.answering import Answering, answering_of
from bookings.queries.questions import Question, offer_behind, offers_with_what_is_asked, question_of
from stem.access import public
from stem.acts import press, went_through
from stem.forms import HouseForm
from stem.letters.links import find_link
from stem.letters.models import OneTimeLink
from stem.rules import Audience, Refusal

# What the buttons of the page send, and the page that each of them posts to for whoever is signed in.
ANSWERS = {
    "accept": "accept_offer",
    "after_all": "accept_after_all",
    "decline": "decline_offer",
    "other_time": "name_other_times",
    "reserve": "keep_in_reserve",
}
Operation = Callable[..., Any]


def _own_offer(request: AmbassadorRequest, pk: int) -> Offer:
    mine = Offer.objects.visible_to(request.user).made_to(request.user)
    return get_object_or_404(offers_with_what_is_asked(mine), pk=pk)


def _forms(
    question: Question, said: Answering, answer: str = "", data: Any = None, *, at: datetime
) -> dict[str, HouseForm]:
    """A form for each answer, that of the answer that was sent filled in with it."""

    def sent(*names: str) -> Any:
        return data if answer in names else None

    return {
        "accept": AcceptForm(sent("accept", "after_all"), times=question.times, tight=said.tight),
        "decline": DeclineForm(sent("decline"), month=said.month),
        "other": OtherTimesForm(sent("other_time"), length=said.length, at=at),
    }


def _form_of(answer: str, forms: dict[str, HouseForm]) -> HouseForm:
    """The form that this answer fills in."""
    return forms[{"decline": "decline", "other_time": "other"}.get(answer, "accept")]


def _show(
    request: HttpRequest,
    offer: Offer,
    *,
    at: datetime,
    by_link: bool = False,
    sent: tuple[str, dict[str, HouseForm]] | None = None,
) -> HttpResponse:
    """The offer's page, with what is wrong with the answer that was sent, if one was."""
    question = question_of(offer, at=at, in_full=True)
    said = answering_of(question, at=at)
    forms = sent[1] if sent else _forms(question, said, at=at)
    context = {
        "question": question,
        "said": said,
        "busy": said.busy,
        "forms": forms,
        "form": _form_of(sent[0], forms) if sent else None,
        "urls": {name: request.path if by_link else reverse(page, args=[offer.pk]) for name, page in ANSWERS.items()},
        "by_link": by_link,
    }
    return render(request, "bookings/offer.html", context)


@ambassadors_only
def offer(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """What is asked of this person, and where it stands once it is open no longer."""
    return _show(request, _own_offer(request, pk), at=timezone.now())


def _answer(request: AmbassadorRequest, pk: int, answer: str, operation: Operation) -> HttpResponse:
    """Do what a form of the page says, and show where it stands; or show it again with what is wrong."""
    at, asked = timezone.now(), _own_offer(request, pk)
    question = question_of(asked, at=at, in_full=True)
    forms = _forms(question, answering_of(question, at=at), answer, request.POST, at=at)
    form = _form_of(answer, forms)
    if form.is_valid() and went_through(
        form, operation, told_to=Audience.PERSON, offer=asked, by=request.user, at=at, **_answered(form)
    ):
        return redirect("offer", pk)
    return _show(request, _own_offer(request, pk), at=at, sent=(answer, forms))


def _answered(form: HouseForm) -> dict[str, Any]:
    """What a valid form tells the operation."""
    return form.answered if isinstance(form, AcceptForm | OtherTimesForm) else form.cleaned_data


@ambassadors_only
@require_POST
def accept(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say yes."""
    return _answer(request, pk, "accept", accept_offer)


@ambassadors_only
@require_POST
def accept_after_all(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say yes after a no."""
    return _answer(request, pk, "after_all", reconsidering.accept_after_all)


@ambassadors_only
@require_POST
def decline(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say no."""
    return _answer(request, pk, "decline", decline_offer)


@ambassadors_only
@require_POST
def name_other_times(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Say that one could come at another time."""
    return _answer(request, pk, "other_time", countering.name_other_times)


@ambassadors_only
@require_POST
def keep_in_reserve(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Wait for the place that somebody else has taken."""
    said = _("Thank you. Should the place be free again, we ask you first.")
    return _press(request, pk, reserves.keep_in_reserve, said)


@ambassadors_only
@require_POST
def no_longer_in_reserve(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Wait no longer."""
    said = _("You are no longer in reserve. Thank you for having been.")
    return _press(request, pk, reserves.no_longer_in_reserve, said)


def _press(request: AmbassadorRequest, pk: int, operation: Operation, said: str) -> HttpResponse:
    press(request, operation, said=said, offer=_own_offer(request, pk), by=request.user, at=timezone.now())
    return redirect("offer", pk)


@ambassadors_only
@require_POST
def ask_there_again(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Be asked for the school of this offer again."""
    asked = _own_offer(request, pk)
    press(
        request,
        no_longer_keep_away_from,
        said=_("Thank you. We ask you for this school again."),
        ambassador=request.ambassador,
        school=asked.visit.request.school,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("offer", pk)


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
    asked = offer_behind(link)
    if request.user.is_authenticated and request.user.pk != asked.ambassador.user_id:
        return render(request, "bookings/answer_of_someone_else.html", status=403)
    if request.method == "POST":
        return _answer_by_link(request, link, asked, at)
    return _show(request, asked, at=at, by_link=True)


BY_LINK: dict[str, Operation] = {
    "accept": accept_by_link,
    "after_all": reconsidering.accept_after_all_by_link,
    "decline": decline_by_link,
    "other_time": countering.name_other_times_by_link,
    "reserve": reserves.keep_in_reserve_by_link,
}


def _answer_by_link(request: HttpRequest, link: OneTimeLink, asked: Offer, at: datetime) -> HttpResponse:
    answer = request.POST.get("answer", "")
    answer = answer if answer in BY_LINK else "accept"
    question = question_of(asked, at=at, in_full=True)
    forms = _forms(question, answering_of(question, at=at), answer, request.POST, at=at)
    form = HouseForm(request.POST) if answer == "reserve" else _form_of(answer, forms)
    if form.is_valid() and went_through(
        form, BY_LINK[answer], told_to=Audience.PERSON, link=link, at=at, **_answered(form)
    ):
        return _given(request, link, answer, at)
    return _show(request, offer_behind(link), at=at, by_link=True, sent=(answer, forms))


def _given(request: HttpRequest, link: OneTimeLink, answer: str, at: datetime) -> HttpResponse:
    """Where it stands after an answer by the link; a no can be taken back with a fresh one, which is in this page."""
    question = question_of(offer_behind(link), at=at, in_full=True)
    said = answering_of(question, at=at)
    urls = {}
    if answer == "decline" and said.can_reconsider:
        urls["after_all"] = reverse("answer_offer", args=[reconsidering.link_to_reconsider(link=link)])
    shown = {"question": question, "said": said, "forms": _forms(question, said, at=at), "urls": urls}
    return render(request, "bookings/answer_given.html", shown)
