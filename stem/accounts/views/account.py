"""Joining, one's own account, and who has which part in running the scheme."""

from allauth.account.views import signup
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stem.access import SignedInRequest, freshly_confirmed, open_to, public
from stem.accounts import grants
from stem.accounts.adapters import JOINING_AS
from stem.accounts.factors import reset_second_factor
from stem.accounts.forms import GrantForm, StaffFilter
from stem.accounts.models import RoleGrant
from stem.accounts.roles import CONFLICTING_PAIRS, Role
from stem.acts import ask_first, press, went_through

GRANTS_A_PAGE = 25
for_administrators = open_to(Role.ADMINISTRATOR)


@public
def join(request: HttpRequest) -> HttpResponse:
    """Ask how someone would like to take part."""
    return render(request, "account/join.html")


@public
def join_teacher(request: HttpRequest) -> HttpResponseBase:
    """Make an account, on the way to a school."""
    return _sign_up(request, joining_as="teacher")


@public
def join_ambassador(request: HttpRequest) -> HttpResponseBase:
    """Make an account, on the way into the register."""
    return _sign_up(request, joining_as="ambassador")


def _sign_up(request: HttpRequest, *, joining_as: str) -> HttpResponseBase:
    """The library's sign-up, which looks for the address first and then adds it; someone else may come in between."""
    request.session[JOINING_AS] = joining_as
    try:
        return signup(request)
    except IntegrityError:
        # The account is there by now: seen so, it is told as to anyone whose address is known.
        return signup(request)


@public
def join_somehow(request: HttpRequest) -> HttpResponse:
    """The library's own sign-up page: here everyone says first how they would like to take part."""
    return redirect("join")


@for_administrators
def staff_people(request: SignedInRequest) -> HttpResponse:
    """Who has which role, where."""
    form = StaffFilter(request.GET)
    found = RoleGrant.objects.visible_to(request.user).current().with_people()
    if form.is_valid():
        found = found.narrowed(text=form.cleaned_data["q"], role=form.cleaned_data["role"])
    page = Paginator(found, GRANTS_A_PAGE).get_page(request.GET.get("page"))
    pairs = [" + ".join(sorted(Role(role).label.split(":")[0] for role in pair)) for pair in CONFLICTING_PAIRS]
    return render(request, "stem/staff_people.html", {"form": form, "page": page, "pairs": pairs})


@for_administrators
@freshly_confirmed
def grant_role(request: SignedInRequest) -> HttpResponse:
    """Give someone a role."""
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        if went_through(form, grants.grant_role_by_email, by=request.user, at=timezone.now(), **chosen):
            messages.success(request, _("The role is given."))
            return redirect("staff_people")
    return render(request, "stem/grant_role.html", {"form": form})


@for_administrators
@freshly_confirmed
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """End someone's role; asks first."""
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user).with_people(), pk=pk)
    if request.method == "POST":
        said = _("The role has ended.")
        press(request, grants.end_role, said=said, grant=grant, by=request.user, at=timezone.now())
        return redirect("staff_people")
    lead = _("%(name)s will no longer be: %(role)s.") % {"name": grant.user, "role": grant.get_role_display()}
    return ask_first(
        request,
        None,
        title=_("End this role?"),
        lead=lead,
        submit=_("End it"),
        kind="danger",
        back_url=reverse("staff_people"),
    )


@for_administrators
@freshly_confirmed
def reset_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away the second factor of someone with a role who has lost theirs."""
    person = get_object_or_404(RoleGrant.objects.visible_to(request.user).select_related("user"), pk=pk).user
    if request.method == "POST":
        said = _("%(name)s has no second factor any more, and has been told so.") % {"name": person}
        press(request, reset_second_factor, said=said, user=person, by=request.user, at=timezone.now())
        return redirect("staff_people")
    lead = _(
        "%(name)s loses every passkey, the app and the recovery codes, and is signed out everywhere. Make sure that it "
        "is really they who ask: telephone them on a number that you know."
    ) % {"name": person}
    return ask_first(
        request,
        None,
        title=_("Take away this second factor?"),
        lead=lead,
        submit=_("Take it away"),
        kind="danger",
        back_url=reverse("staff_people"),
    )
