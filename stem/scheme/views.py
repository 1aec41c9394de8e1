"""How an administrator says who the scheme is and tries its letters; and the logo itself, for everyone."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role
from stem.acts import press, went_through
from stem.letters.models import Letter
from stem.scheme import operations
from stem.scheme.forms import LettersForm, NameForm
from stem.scheme.identity import who_we_are
from stem.scheme.logos import MEDIA_TYPE
from stem.scheme.models import Logo
from stem.scheme.trials import trial_of

for_administrators = open_to(Role.ADMINISTRATOR)
A_YEAR = 60 * 60 * 24 * 365


@for_administrators
def name_scheme(request: SignedInRequest) -> HttpResponse:
    """Enter the scheme's name, and choose its logo."""
    form = NameForm(request.POST or None, request.FILES or None, identity=who_we_are(afresh=True))
    if form.is_valid() and went_through(
        form, operations.name_scheme, **form.plan(), by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Your scheme is now called %(name)s.") % {"name": who_we_are(afresh=True)})
        return redirect("setup")
    return render(request, "stem/name_scheme.html", {"form": form})


@for_administrators
@require_POST
def remove_logo(request: SignedInRequest) -> HttpResponse:
    """Do without a logo."""
    said = _("The logo is gone: our own mark stands in its place.")
    press(request, operations.remove_logo, said=said, by=request.user, at=timezone.now())
    return redirect("name_scheme")


@for_administrators
def address_letters(request: SignedInRequest) -> HttpResponse:
    """Enter whom letters come from and where answers go."""
    form = LettersForm(request.POST or None, identity=who_we_are(afresh=True))
    if form.is_valid() and went_through(
        form, operations.address_letters, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Saved. Now send yourself a test letter to see that it arrives."))
        return redirect("trial_letter")
    return render(request, "stem/address_letters.html", {"form": form})


@for_administrators
@vary_on_headers("HX-Request")
def trial_letter(request: SignedInRequest) -> HttpResponse:
    """Try whether letters arrive: what became of the last test letter. While it is on its way, a part asks again."""
    scheme = who_we_are(afresh=True)
    latest = Letter.objects.visible_to(request.user).trials_of(request.user, since=scheme.addressed_at).first()
    context = {"scheme": scheme, "trial": trial_of(latest, at=timezone.now())}
    return render(
        request, "stem/_trial_letter.html" if "HX-Request" in request.headers else "stem/trial_letter.html", context
    )


@for_administrators
@require_POST
def send_trial_letter(request: SignedInRequest) -> HttpResponse:
    """Send a test letter to one's own address."""
    said = _("The letter is on its way to %(address)s.") % {"address": request.user.email}
    press(request, operations.send_trial_letter, said=said, by=request.user, at=timezone.now())
    return redirect("trial_letter")


@for_administrators
@require_POST
def confirm_arrival(request: SignedInRequest) -> HttpResponse:
    """Say that the test letter has arrived."""
    said = _("Good: your scheme's letters arrive.")
    press(request, operations.confirm_arrival, said=said, by=request.user, at=timezone.now())
    return redirect("setup")


@public
@csp({"default-src": [NONE]})  # type: ignore[arg-type]  # its types know no address arguments
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The scheme's logo. Its address changes with it, so that it may be kept for ever."""
    picture = get_object_or_404(Logo.objects.visible_to(request.user), digest=digest)  # type: ignore[arg-type]
    response = HttpResponse(bytes(picture.picture), content_type=MEDIA_TYPE)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
