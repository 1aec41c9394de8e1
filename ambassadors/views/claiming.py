"""The pages on which people whom another scheme brought say what we are to do, and ask whether we know them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ambassadors.forms.claiming import LATER, NO, AnswerForm, SureForm
from ambassadors.operations import claiming, front_door
from ambassadors.queries.front_door import Offered, offered_by, offered_to
from stem.access import SignedInRequest, public, signed_in
from stem.accounts.models import User
from stem.acts import ask_first, press, went_through
from stem.forms import HouseForm
from stem.letters.links import find_link
from stem.rules import Kind, Refusal, refuse

# By which link somebody who has yet to sign in says that a record is theirs: its number, for the token is kept nowhere.
CLAIMING = "claiming"


def _behind(token: str) -> Offered:
    """What the link is about. Refuses as `find_link` does, or with `claimed_before`."""
    offered = offered_by(find_link(claiming.LINK, token, at=timezone.now()))
    if offered is None:
        raise refuse("claimed_before", Kind.STATE, _("What this link was about is no longer here."))
    claiming.check_can_be_claimed(offered.person)
    return offered


def _closed(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Why the link opens nothing, for someone who may have no account."""
    status = 404 if refusal.codes[0] == "link_unknown" else 410
    return render(request, "ambassadors/reference_closed.html", {"why": refusal.told_to()}, status=status)


@public
@never_cache
def answer_notice(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter of ours asks: this is me, later, or no. To look at it changes nothing."""
    try:
        offered = _behind(token)
    except Refusal as refusal:
        return _closed(request, refusal)
    here, title = reverse("answer_notice", args=[token]), _("What we have about you")
    return _ask(request, offered, title=title, here=here, to_refuse=reverse("refuse_notice", args=[token]))


@signed_in
@never_cache
def known_here(request: SignedInRequest) -> HttpResponse:
    """The same for whoever has signed in with the very address that stands on a record, or came by our letter."""
    offered = offered_to(request.user, link_id=request.session.get(CLAIMING), at=timezone.now())
    if offered is None:
        return redirect("join_as_ambassador")
    title = _("We know you already")
    return _ask(request, offered, title=title, here=reverse("known_here"), to_refuse=reverse("refuse_known"))


def _ask(request: HttpRequest, offered: Offered, *, title: str, here: str, to_refuse: str) -> HttpResponse:
    form = AnswerForm(request.POST or None, person=offered.person)
    if request.method == "POST" and form.is_valid():
        way, at = form.cleaned_data["way"], timezone.now()
        if way == NO:
            return redirect(to_refuse)
        if way == LATER:
            said = _("That is fine. Your link goes on working, and we remind you in time.")
            press(request, claiming.put_off, said=said, ambassador=offered.person, at=at)
            return redirect(here)
        if not isinstance(request.user, User):
            request.session[CLAIMING] = offered.link.pk if offered.link else None
            return redirect("join_ambassador")
        if went_through(
            form, claiming.claim_record, ambassador=offered.person, user=request.user, at=at, link=offered.link
        ):
            request.session.pop(CLAIMING, None)
            messages.success(request, _("What we have is yours now. Look through it, and put right what is not so."))
            return redirect("join_as_ambassador")
    return render(request, "ambassadors/answer_notice.html", {"form": form, "offered": offered, "title": title})


@public
@never_cache
def refuse_notice(request: HttpRequest, token: str) -> HttpResponse:
    """Say no by the link of a letter; asks first."""
    try:
        offered = _behind(token)
        claiming.check_may_still_say_no(offered.person)
    except Refusal as refusal:
        return _closed(request, refusal)
    title, back = _("Delete what we have about you?"), reverse("answer_notice", args=[token])
    return _refuse(request, offered, title=title, back=back)


@signed_in
@never_cache
def refuse_known(request: SignedInRequest) -> HttpResponse:
    """Say no with the very address proved; asks first."""
    offered = offered_to(request.user, link_id=request.session.get(CLAIMING), at=timezone.now())
    if offered is None:
        return redirect("join_as_ambassador")
    return _refuse(request, offered, title=_("Delete what came about you?"), back=reverse("known_here"))


def _refuse(request: HttpRequest, offered: Offered, *, title: str, back: str) -> HttpResponse:
    form = SureForm(request.POST if request.method == "POST" else None)
    by = request.user if isinstance(request.user, User) else None
    if form.is_valid() and went_through(
        form, claiming.say_no, ambassador=offered.person, link=offered.link, by=by, at=timezone.now()
    ):
        return redirect("said_no")
    return ask_first(
        request,
        form,
        title=title,
        lead=_(
            "All that came from another scheme under your e-mail address is deleted at once and cannot be brought back."
            " We keep only a code by which you are not brought in again, and from which nobody can read who you are."
        ),
        submit=_("Delete it"),
        kind="danger",
        back_url=back,
    )


@public
def said_no(request: HttpRequest) -> HttpResponse:
    """It is gone, and this is what is left."""
    return render(request, "ambassadors/said_no.html")


@signed_in
def ask_for_record(request: SignedInRequest) -> HttpResponse:
    """Ask whether we know oneself under another address: the same page and the same words whoever asks."""
    form = HouseForm(request.POST if request.method == "POST" else None)
    at = timezone.now()
    if form.is_valid() and went_through(form, front_door.ask_for_record, user=request.user, at=at):
        return redirect("record_asked_for")
    return render(request, "ambassadors/ask_for_record.html", {"form": form})


@signed_in
def record_asked_for(request: SignedInRequest) -> HttpResponse:
    """If we know them, a letter is on its way to the address we know."""
    return render(request, "ambassadors/record_asked_for.html")
