"""Breaking the glass: how a second deputy reads one worry when no lead can be reached (rule C-02)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from quality.operations.concerns import break_glass as break_it
from quality.queries import worries_behind_glass, worries_readable_by, worry_listed
from quality.worry_forms import GlassForm
from stem.access import SignedInRequest, freshly_confirmed, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, went_through

for_second_deputy = open_to(Role.SECOND_DEPUTY)


@for_second_deputy
@never_cache
def behind_glass(request: SignedInRequest) -> HttpResponse:
    """Worries that are not closed, by number and clock alone."""
    at = timezone.now()
    rows = worries_behind_glass(request.user).not_closed().select_related("visit__request__school", "ambassador")
    open_now = set(worries_readable_by(request.user, at).values_list("pk", flat=True))
    listed = [worry_listed(each, at=at) for each in rows]
    return render(request, "quality/behind_glass.html", {"waiting": listed, "open_now": open_now})


@freshly_confirmed
@for_second_deputy
@never_cache
def break_glass(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why it cannot wait, and read it."""
    shown = get_object_or_404(worries_behind_glass(request.user), pk=pk)
    form = GlassForm(request.POST or None)
    if form.is_valid() and went_through(
        form, break_it, concern=shown, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        return redirect("concern", pk)
    return ask_first(
        request,
        form,
        title=_("Break the glass?"),
        caption=shown.reference,
        lead=_("You can read it for a day, and write down what you do. Every safeguarding lead has a letter at once."),
        submit=_("Break the glass"),
        kind="danger",
        back_url=reverse("behind_glass"),
    )
