"""How an administrator loads a register by choosing its file, follows it, reads its report, and takes it back."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from schools.forms.loading import AllowLossesForm, LoadForm
from schools.registers.sources import COUNTS, SOURCES, SUBJECT_CODES, Source
from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through
from stem.loads import operations
from stem.loads.enums import LoadKind, LoadStatus
from stem.loads.models import Load, LoadQuerySet
from stem.spreadsheets import written_table

for_administrators = open_to(Role.ADMINISTRATOR)
LOADS_A_PAGE = 10
ROWS_A_PAGE = 50
NEWS_FOR = timedelta(hours=1)
# Whoever reads a file is heard of every second or so: that long a silence may be their end.
UNEASY_AFTER = timedelta(seconds=30)


def _loads(request: SignedInRequest) -> LoadQuerySet:
    return Load.objects.visible_to(request.user).select_related("by")


def _source(kind: str) -> Source:
    if kind not in SOURCES:
        raise Http404
    return SOURCES[LoadKind(kind)]


def _counts(load: Load | None) -> list[tuple[Any, int]]:
    """What a load's report counts, in words."""
    report = load.report if load else {}
    return [(words, report[name]) for name, words in COUNTS.items() if name in report]


def _is_news(load: Load, at: datetime) -> bool:
    """Whether the register's page still has to say how its last load went; what is in force says so itself later on."""
    went_in = load.status in (LoadStatus.LOADED, LoadStatus.UNCHANGED, LoadStatus.UNDONE)
    return not went_in or load.finished_at is None or at - load.finished_at < NEWS_FOR


def _troubles(load: Load | None, at: datetime) -> dict[str, bool]:
    """Whether nobody has taken a load up, or nothing has been heard for a while of whoever reads it."""
    if load is None:
        return {"is_left_lying": False, "is_quiet": False}
    heard_at = load.heard_at or at
    is_quiet = load.status == LoadStatus.READING and at - heard_at > UNEASY_AFTER
    return {"is_left_lying": load.is_left_lying(at), "is_quiet": is_quiet}


@for_administrators
def register(request: SignedInRequest, kind: str) -> HttpResponse:
    """One register: what is in force, where its file is to be had, the form that loads it, and every load so far."""
    source = _source(kind)
    form = LoadForm(request.POST or None, request.FILES or None, source=source)
    if form.is_valid() and went_through(
        form, operations.ask_for_load, kind=source.kind, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        return redirect("register", kind)
    loads = _loads(request).of(kind).defer("rejected")
    latest, in_force, at = loads.first(), loads.in_force(kind).first(), timezone.now()
    context = {
        "source": source,
        "form": form,
        "latest": latest,
        "is_news": latest is not None and _is_news(latest, at),
        **_troubles(latest, at),
        "in_force": in_force,
        "counts": _counts(in_force),
        "page": Paginator(loads, LOADS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "schools/register.html", context)


@for_administrators
@vary_on_headers("HX-Request")
def load(request: SignedInRequest, pk: int) -> HttpResponse:
    """One load: how far it is, or what came of it. While it is under way a part of the page asks again."""
    found = get_object_or_404(_loads(request), pk=pk)
    context: dict[str, Any] = {"load": found, **_troubles(found, timezone.now())}
    if "HX-Request" in request.headers and found.is_over:
        # Much of the page that asks has changed with it: what is in force, and the form for the next file.
        return HttpResponseClientRefresh()
    if "HX-Request" in request.headers:
        return render(request, "schools/_load_state.html", context)
    context["counts"] = _counts(found)
    context["page"] = Paginator(found.rejected, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context["events"] = found.events.select_related("by")
    return render(request, "schools/load.html", context)


@for_administrators
def load_rejected(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rows that a load left out, as a table for a spreadsheet program."""
    found = get_object_or_404(_loads(request), pk=pk)
    rows = [(row.get("file", ""), row["line"], row["reason"]) for row in found.rejected]
    content = written_table([str(_("File")), str(_("Line")), str(_("Reason"))], rows)
    headers = {"Content-Disposition": f'attachment; filename="{found.kind}-{found.pk}-left-out.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@for_administrators
def allow_losses(request: SignedInRequest, pk: int) -> HttpResponse:
    """Load a file though it would do away with a great deal: asks for the number, typed."""
    refused = get_object_or_404(_loads(request).filter(status=LoadStatus.REFUSED, losses__isnull=False), pk=pk)
    assert refused.losses is not None
    form = AllowLossesForm(
        request.POST or None, request.FILES or None, source=_source(refused.kind), losses=refused.losses
    )
    if form.is_valid() and went_through(
        form,
        operations.ask_for_load,
        kind=LoadKind(refused.kind),
        file=form.cleaned_data["file"],
        allow_losses=form.cleaned_data["losses"],
        by=request.user,
        at=timezone.now(),
    ):
        return redirect("register", refused.kind)
    return ask_first(
        request,
        form,
        title=_("Load it all the same?"),
        caption=refused.get_kind_display(),
        lead=refused.refusal,
        submit=_("Load it all the same"),
        kind="danger",
        back_url=reverse("register", args=[refused.kind]),
    )


@for_administrators
def undo_load(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the last load of a register back; asks first. Whoever comes too late for that is told how it stands."""
    found = get_object_or_404(_loads(request), pk=pk)
    back = reverse("register", args=[found.kind])
    if found.status != LoadStatus.LOADED:
        messages.info(request, _("There is nothing to undo: this file is not in force."))
        return redirect("load", pk)
    if request.method == "POST":
        said = _("Undone: the register stands where it stood before this file.")
        press(request, operations.undo_load, said=said, load=found, by=request.user, at=timezone.now())
        return redirect(back)
    return ask_first(
        request,
        None,
        title=_("Undo this load?"),
        caption=found,
        lead=_("The register goes back to where it stood before this file was loaded. You can load the file again."),
        submit=_("Undo it"),
        kind="danger",
        back_url=back,
    )


@public
def acknowledgements(request: HttpRequest) -> HttpResponse:
    """Whose open data the scheme rests on, as their licences ask us to say."""
    products = {each.name: each for source in SOURCES.values() for each in source.products}
    return render(request, "schools/acknowledgements.html", {"products": [*products.values(), SUBJECT_CODES]})
