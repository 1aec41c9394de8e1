"""One's own account: who one is, which letters come, and the way out, for whatever part one has."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.operations.details import change_details
from bookings.forms.account import LettersForm
from bookings.operations import closing
from bookings.queries.account import account_of
from bookings.views.feeds import feed_address
from stem.access import SignedInRequest, freshly_confirmed, signed_in
from stem.accounts.forms import AccountForm
from stem.acts import ask_first, went_through
from stem.letters.choices import choose_letters
from stem.rules import Refusal


@signed_in
def my_account(request: SignedInRequest) -> HttpResponse:
    """Everything about oneself in one place: details, sign-in, letters, calendar, what is kept, and leaving."""
    form = AccountForm(request.POST or None, instance=request.user)
    if form.is_valid() and went_through(
        form, change_details, user=request.user, details=form.cleaned_data, at=timezone.now()
    ):
        messages.success(request, _("Your details are saved."))
        return redirect("my_account")
    context = {"form": form, "account": account_of(request.user), "feed": feed_address(request.user)}
    return render(request, "account/my_account.html", context)


@signed_in
def letters_wanted(request: SignedInRequest) -> HttpResponse:
    """Which letters come: those that must, each with its reason, and those that one may do without."""
    account = account_of(request.user)
    form = LettersForm(request.POST or None, among=account.optional, initial={"wanted": account.wanted})
    # A form without a single tick is sent empty but for its token, and is a choice all the same.
    if request.method == "POST":
        form = LettersForm(request.POST, among=account.optional)
    if form.is_valid() and went_through(
        form,
        choose_letters,
        user=request.user,
        wanted=form.cleaned_data["wanted"],
        among=account.optional,
        at=timezone.now(),
    ):
        messages.success(request, _("Your choice is saved. It holds for letters that have not left yet, too."))
        return redirect("letters_wanted")
    return render(request, "bookings/letters_wanted.html", {"form": form, "account": account})


@signed_in
@freshly_confirmed
def close_account(request: SignedInRequest) -> HttpResponse:
    """Ask first, then close one's own account for good."""
    if request.method == "POST":
        try:
            closing.close_account(user=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.told_to())
            return redirect("my_account")
        logout(request)
        messages.success(request, _("Your account is closed. Thank you for having been here."))
        return redirect("home")
    lead = _(
        "You are signed out everywhere and get no more letters. Your address, telephone number and ways to sign in are"
        " deleted at once. What you did keeps your name for as long as the privacy notice says. This cannot be undone,"
        " but you may join again at any time, with the same address."
    )
    return ask_first(
        request,
        None,
        title=_("Close your account?"),
        lead=lead,
        submit=_("Close my account"),
        kind="danger",
        back_url=reverse("my_account"),
        cancel=_("Keep it"),
    )
