"""The schemes that people came from: what is on record about each, and what came of their files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.forms.bringing import SchemeForm
from ambassadors.models import Scheme, Upload
from ambassadors.operations.schemes import describe_scheme
from ambassadors.querysets import SchemeQuerySet
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import went_through

PER_PAGE = 25


def schemes_of(request: SignedInRequest) -> SchemeQuerySet:
    """The schemes that this person sees to."""
    return Scheme.objects.visible_to(request.user)


@open_to(Role.ADMINISTRATOR)
def schemes(request: SignedInRequest) -> HttpResponse:
    """Every scheme whose people came, or are to come."""
    page = Paginator(schemes_of(request).with_figures(), PER_PAGE).get_page(request.GET.get("page"))
    open_uploads = Upload.objects.visible_to(request.user).plain().open().filter(scheme__in=list(page))
    on_their_way = {each.scheme_id: each for each in open_uploads}
    rows = [(each, on_their_way.get(each.pk)) for each in page]
    return render(request, "ambassadors/schemes.html", {"page": page, "rows": rows})


@open_to(Role.ADMINISTRATOR)
def scheme(request: SignedInRequest, pk: int) -> HttpResponse:
    """One scheme: where its people's data came from, how many they are, and every file of theirs."""
    found = get_object_or_404(schemes_of(request).with_figures(), pk=pk)
    uploads = Upload.objects.visible_to(request.user).plain().filter(scheme=found).select_related("by")
    page = Paginator(uploads, PER_PAGE).get_page(request.GET.get("page"))
    under_way = next((each for each in page if not each.is_over), None)
    return render(request, "ambassadors/scheme.html", {"scheme": found, "page": page, "under_way": under_way})


@open_to(Role.ADMINISTRATOR)
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who answered for a scheme's data, by what right it came, and when."""
    found = get_object_or_404(schemes_of(request), pk=pk)
    before = {name: getattr(found, name) for name in ("owner", "legal_basis_note", "transfer_date")}
    form = SchemeForm(request.POST or None, initial=before)
    if form.is_valid() and went_through(
        form, describe_scheme, scheme=found, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Saved."))
        return redirect("scheme", pk)
    return render(request, "ambassadors/describe_scheme.html", {"scheme": found, "form": form})
