"""Naming the people who vouch for one; and, for them, the form behind the link in their letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors import vouching
from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.forms.vouching import RefereeForm, ReferenceForm
from ambassadors.models import Referee
from ambassadors.operations import referees, references
from ambassadors.querysets import RefereeQuerySet
from ambassadors.views.onwards import go_on
from ambassadors.views.promises import way_back
from stem.access import public
from stem.acts import ask_first, press, went_through
from stem.forms import HouseForm
from stem.letters.links import find_link
from stem.letters.models import OneTimeLink
from stem.moments import day_of
from stem.rules import Refusal


def _mine(request: AmbassadorRequest) -> RefereeQuerySet:
    """Whom this person has named."""
    return Referee.objects.visible_to(request.user).filter(ambassador=request.ambassador)


@ambassadors_only
def my_referees(request: AmbassadorRequest) -> HttpResponse:
    """The two people who know one: who has been asked, and who has answered; never what."""
    mine = vouching.my_referees(request.ambassador, on=day_of(timezone.now()))
    return render(request, "ambassadors/my_referees.html", {"mine": mine, "back": way_back(request)})


@ambassadors_only
def add_referee(request: AmbassadorRequest) -> HttpResponse:
    """Name someone; they are written to at once."""
    form = RefereeForm(request.POST or None)
    at = timezone.now()
    if form.is_valid() and went_through(
        form, referees.name_referee, ambassador=request.ambassador, naming=form.naming(), by=request.user, at=at
    ):
        name = form.cleaned_data["full_name"]
        messages.success(request, _("We have written to %(name)s.") % {"name": name})
        mine = vouching.my_referees(request.ambassador, on=day_of(at))
        return redirect("my_referees") if mine.wanted else go_on(request, request.ambassador, after="referees")
    return render(request, "ambassadors/add_referee.html", {"form": form})


@ambassadors_only
@require_POST
def ask_referee_again(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Have someone who has not answered written to once more."""
    referee = get_object_or_404(_mine(request), pk=pk)
    said = _("We have written to %(name)s again, with a fresh link.") % {"name": referee}
    press(request, referees.ask_referee_again, said=said, referee=referee, by=request.user, at=timezone.now())
    return redirect("my_referees")


@ambassadors_only
def withdraw_referee(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Take back a name, after asking."""
    referee = get_object_or_404(_mine(request), pk=pk)
    if request.method == "POST":
        said = _("%(name)s is off your list, and their link no longer works.") % {"name": referee}
        press(request, referees.withdraw_referee, said=said, referee=referee, by=request.user, at=timezone.now())
        return redirect("my_referees")
    return ask_first(
        request,
        HouseForm(),
        title=_("Take %(name)s off your list?") % {"name": referee},
        lead=_("Their link stops working, and we do not write to them again. You then name someone else."),
        submit=_("Take them off"),
        kind="danger",
        back_url=reverse("my_referees"),
    )


@public
@never_cache
def give_reference(request: HttpRequest, token: str) -> HttpResponse:
    """A referee's form. To look at it changes nothing; it opens again until it is sent, and is taken once."""
    at = timezone.now()
    try:
        link = find_link("give_reference", token, at=at)
        referee = Referee.objects.behind(link.object_id)
        references.check_still_asked(referee, referee.ambassador)
    except Refusal as refusal:
        return _closed(request, refusal)
    if request.user == referee.ambassador.user:
        why = _("This is about you, so somebody else has to answer.")
        return render(request, "ambassadors/reference_closed.html", {"why": why}, status=403)
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _taken(form, link):
        return redirect("reference_sent")
    return render(request, "ambassadors/give_reference.html", {"form": form, "person": referee.ambassador})


def _taken(form: ReferenceForm, link: OneTimeLink) -> bool:
    """Hand over what a referee said, or that they would rather not; whether it went through."""
    at = timezone.now()
    if form.turned_down:
        return went_through(form, references.turn_down_reference, link=link, because=form.turned_down, at=at)
    return went_through(form, references.give_reference, link=link, reference=form.reference(), at=at)


def _closed(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Why the link opens nothing, for someone who has no account to sign in to."""
    words = {
        "link_used": _("We have your answers already. Thank you."),
        "link_expired": _(
            "This link has run out. Write to us, or ask whoever named you to have us write to you again."
        ),
    }
    code = refusal.codes[0]
    why = words.get(code, refusal.told_to())
    return render(
        request, "ambassadors/reference_closed.html", {"why": why}, status=404 if code == "link_unknown" else 410
    )


@public
def reference_sent(request: HttpRequest) -> HttpResponse:
    """Thank you, and what becomes of it."""
    return render(request, "ambassadors/reference_sent.html")
