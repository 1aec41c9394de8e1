"""Texts to one's own telephone: opting in by a code that comes to it, and opting out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.queries.account import Account, account_of
from bookings.queries.texts import number_in_hand
from stem.access import SignedInRequest, signed_in
from stem.acts import press, went_through
from stem.limits import is_key_within_limit, is_within_limit
from stem.rules import Refusal
from stem.texts import proving
from stem.texts.access import with_texts
from stem.texts.forms import CodeForm, NumberForm


def _account(request: SignedInRequest) -> Account:
    """The account of somebody of whose visits a text could tell; to anyone else the page is not there."""
    account = account_of(request.user)
    if not account.may_be_texted:
        raise Http404
    return account


@signed_in
@with_texts
def my_texts(request: SignedInRequest) -> HttpResponse:
    """What is texted, and to which number; and giving one, to which a code is sent."""
    account, at = _account(request), timezone.now()
    form = NumberForm(request.POST or None)
    if form.is_valid():
        if not _may_have_code(request, form.cleaned_data["number"]):
            return render(request, "429.html", status=429)
        if went_through(form, proving.ask_for_code, user=request.user, at=at, **form.cleaned_data):
            return redirect("prove_number")
    context = {"form": form, "texted": account.texted, "waiting": number_in_hand(request.user, at=at)}
    return render(request, "bookings/my_texts.html", context)


@signed_in
@with_texts
def prove_number(request: SignedInRequest) -> HttpResponse:
    """Type the code that came, and be texted from now on."""
    _account(request)
    at = timezone.now()
    waiting = number_in_hand(request.user, at=at)
    if waiting is None:
        return redirect("my_texts")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            proving.prove_number(user=request.user, code=form.cleaned_data["code"], at=at)
        except Refusal as refusal:
            (why,) = refusal.reasons
            if why.code == "used_up":
                messages.error(request, refusal.told_to())
                return redirect("my_texts")
            form.add_error("code", refusal.told_to())
        else:
            messages.success(request, _("This number is yours. We text it when something cannot wait."))
            return redirect("my_texts")
    return render(request, "bookings/prove_number.html", {"form": form, "waiting": waiting})


@signed_in
@with_texts
@require_POST
def stop_texts(request: SignedInRequest) -> HttpResponse:
    """Have no more texts."""
    _account(request)
    said = _("No more texts. We have deleted your number for them; letters come as before.")
    press(request, proving.stop_texts, said=said, user=request.user, by=request.user, at=timezone.now())
    return redirect("my_texts")


def _may_have_code(request: HttpRequest, number: str) -> bool:
    """Whether one more may be sent: to this person, from this place, to this number, and at all."""
    return (
        is_within_limit(request, "text_code")
        and is_key_within_limit(request, "text_code_to_number", number)
        and is_key_within_limit(request, "text_codes", "all")
    )
