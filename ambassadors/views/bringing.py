"""How an administrator brings another scheme's people in: file, columns, report, and then they come (rule V-91)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from ambassadors.enums import UploadStatus
from ambassadors.forms.bringing import ANOTHER, ColumnsForm, RejectedFilter, SendPeopleForm
from ambassadors.models import Upload
from ambassadors.operations import uploads
from ambassadors.querysets import UploadQuerySet
from ambassadors.views.schemes import schemes_of
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role
from stem.acts import ask_first, press, went_through
from stem.spreadsheets import written_table

ROWS_A_PAGE = 50
for_administrators = open_to(Role.ADMINISTRATOR)


def _uploads(request: SignedInRequest) -> UploadQuerySet:
    return Upload.objects.visible_to(request.user).select_related("scheme", "by")


@for_administrators
def bring_people_in(request: SignedInRequest) -> HttpResponse:
    """Choose a scheme and a file of its people."""
    schemes = list(schemes_of(request))
    asked = request.GET.get("scheme", "")
    known = {str(each.pk) for each in schemes}
    initial = {"scheme": asked if asked in known else ANOTHER if not schemes else None}
    form = SendPeopleForm(request.POST or None, request.FILES or None, schemes=schemes, initial=initial)
    if form.is_valid() and went_through(
        form,
        uploads.send_people,
        scheme=form.scheme_name,
        file=form.cleaned_data["file"],
        by=request.user,
        at=timezone.now(),
    ):
        sent = _uploads(request).plain().open().filter(scheme__name__iexact=" ".join(form.scheme_name.split()))
        return redirect("upload", sent.latest("pk").pk)
    return render(request, "ambassadors/bring_people_in.html", {"form": form})


@for_administrators
@vary_on_headers("HX-Request")
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """One file: what is to be done about it now, how far the worker is, its report, or what came of it."""
    found = get_object_or_404(_uploads(request), pk=pk)
    if found.status == UploadStatus.UPLOADED:
        return redirect("settle_columns", pk)
    context: dict[str, Any] = {"upload": found, "is_left_lying": found.is_left_lying(timezone.now())}
    if "HX-Request" in request.headers and not found.is_worked_on:
        return HttpResponseClientRefresh()
    if "HX-Request" in request.headers:
        return render(request, "ambassadors/_upload_progress.html", context)
    filters = RejectedFilter(request.GET or None, rejected=found.rejected)
    context["filters"] = filters
    context["page"] = Paginator(filters.narrowed(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context["events"] = found.events.select_related("by")
    context["sees_register"] = has_role(request.user, Role.VETTING_OFFICER)
    return render(request, "ambassadors/upload.html", context)


@for_administrators
def settle_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which column of the file is which, and have it checked."""
    found = get_object_or_404(_uploads(request), pk=pk)
    if found.status not in (UploadStatus.UPLOADED, UploadStatus.CHECKED, UploadStatus.CHECKING):
        return redirect("upload", pk)
    form = ColumnsForm(request.POST or None, upload=found)
    if form.is_valid() and went_through(
        form, uploads.settle_columns, upload=found, columns=form.cleaned_data, by=request.user, at=timezone.now()
    ):
        return redirect("upload", pk)
    if request.method == "GET" and found.status == UploadStatus.CHECKING:
        return redirect("upload", pk)
    again = Upload.objects.visible_to(request.user).plain().filter(status=UploadStatus.DONE, digest=found.digest)
    preview = [(heading, [row[place] for row in found.samples]) for place, heading in enumerate(found.headings)]
    taken_in_before = again.filter(scheme=found.scheme).first()
    context = {"upload": found, "form": form, "preview": preview, "taken_in_before": taken_in_before}
    return render(request, "ambassadors/settle_columns.html", context)


@for_administrators
def upload_rejected(request: SignedInRequest, pk: int) -> HttpResponse:
    """The cells that were left out, as a table for a spreadsheet program."""
    found = get_object_or_404(_uploads(request), pk=pk)
    rows = [(row["line"], row["column"], row["value"], row["reason"]) for row in found.rejected]
    heading = [str(_("Line")), str(_("Column")), str(_("What it says")), str(_("Reason"))]
    headers = {"Content-Disposition": f'attachment; filename="people-{found.pk}-left-out.csv"'}
    return HttpResponse(written_table(heading, rows), content_type="text/csv; charset=utf-8", headers=headers)


@for_administrators
@require_POST
def take_people_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the people of a file that was checked come in."""
    found = get_object_or_404(_uploads(request), pk=pk)
    said = _("They are on their way in. You may leave this page.")
    press(request, uploads.take_people_in, said=said, upload=found, by=request.user, at=timezone.now())
    return redirect("upload", pk)


@for_administrators
def throw_away(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do without a file that was not taken in; asks first."""
    found = get_object_or_404(_uploads(request), pk=pk)
    if request.method == "POST":
        said = _("Thrown away: the file is gone, and nobody came in.")
        press(request, uploads.throw_away, said=said, upload=found, by=request.user, at=timezone.now())
        return redirect("scheme", found.scheme_id)
    return ask_first(
        request,
        None,
        title=_("Throw this file away?"),
        caption=found,
        lead=_("The file is deleted here, and nobody of it comes in. You can send it again."),
        submit=_("Throw it away"),
        kind="danger",
        back_url=reverse("upload", args=[pk]),
    )
