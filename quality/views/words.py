"""Words of a form that its reader passes on to the other side, and the pages on which each side reads them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from quality import queries
from quality.forms import SharingForm
from quality.models import Feedback
from quality.operations import sharing
from quality.queries import words_on
from quality.views.feedback import for_quality
from schools.access import ContactRequest, contacts_only
from stem.access import SignedInRequest
from stem.acts import ask_first, press, went_through


@for_quality
def share_words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pass on what was written, after having read it: as it is, or with something left out."""
    rows = Feedback.objects.visible_to(request.user).submitted().select_related("visit__request__school")
    shown = get_object_or_404(rows, pk=pk)
    form = SharingForm(request.POST or None, words=words_on(shown), shared=shown.shared_words)
    if form.is_valid() and went_through(
        form, sharing.share_words, feedback=shown, words=form.words, by=request.user, at=timezone.now()
    ):
        messages.success(
            request, _("Shared. The other side is told once both forms are in, or 14 days after the visit.")
        )
        return redirect("feedback", shown.pk)
    return ask_first(
        request,
        form,
        title=_("Share what was written"),
        caption=shown.visit.request.school,
        lead=_("The other side reads these words beside their question, and nothing else of the form."),
        submit=_("Share these words"),
        back_url=reverse("feedback", args=[shown.pk]),
    )


@for_quality
@require_POST
def take_back_words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let nobody read them any more."""
    form = get_object_or_404(Feedback.objects.visible_to(request.user), pk=pk)
    said = _("Nobody reads these words any more.")
    press(request, sharing.take_back_words, said=said, feedback=form, by=request.user, at=timezone.now())
    return redirect("feedback", form.pk)


@ambassadors_only
def words_of_schools(request: AmbassadorRequest) -> HttpResponse:
    """What schools have written about the visits that one made."""
    shared = queries.words_of_schools(request.user, at=timezone.now())
    return render(request, "quality/words.html", {"shared": shared, "for_school": False})


@contacts_only
def words_of_ambassadors(request: ContactRequest) -> HttpResponse:
    """What ambassadors have written about their visits to the school."""
    shared = queries.words_of_ambassadors(request.user, at=timezone.now())
    return render(request, "quality/words.html", {"shared": shared, "for_school": True})
