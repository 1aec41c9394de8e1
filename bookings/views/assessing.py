"""Where disclosure assessors weigh what a check disclosed, and leads decide what two could not (rules V-22, V-31)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors.enums import CheckStatus
from ambassadors.forms.checks import AppealForm, CaseForm, NoteForm, SettleForm, ViewForm
from ambassadors.forms.vetting import PersonFilter
from ambassadors.models import Check
from ambassadors.operations import assessments
from ambassadors.queries.checks import seen, who_saw
from ambassadors.queries.weighing import cases_readable_by, told_cases, told_of_case
from ambassadors.querysets import CheckQuerySet
from ambassadors.views.files import refuse_files
from bookings.operations import assessing
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role
from stem.acts import ask_first, press, went_through
from stem.audit.record import record
from stem.forms import HouseForm
from stem.moments import day_of
from stem.rules import Audience

PER_PAGE = 50
FOUND_SHOWN = 20
for_weighing = open_to(Role.DISCLOSURE_ASSESSOR, Role.SAFEGUARDING_LEAD)


def _cases(request: SignedInRequest) -> CheckQuerySet:
    """Checks that this reader may weigh, or may settle, as long as they are weighed; and those that they weighed."""
    return cases_readable_by(request.user, on=day_of(timezone.now()))


@open_to(Role.VETTING_OFFICER)
@require_POST
def clear_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second pair of eyes where nothing is to be weighed."""
    rows = Check.objects.visible_to(request.user).of_those_vetted_by(request.user).select_related("ambassador")
    check = get_object_or_404(rows, pk=pk)
    said = _("Confirmed. The check counts from now on.")
    press(request, assessing.clear_check, said=said, told_to=Audience.ENTITLED, check=check, **_now(request))
    return redirect("check", check.pk)


@for_weighing
@never_cache
def checks_to_weigh(request: SignedInRequest) -> HttpResponse:
    """Checks that wait for assessors, or for a lead, whoever has waited longest first."""
    form = PersonFilter(request.GET or None)
    context = {
        "cases": told_cases(request.user, on=day_of(timezone.now())),
        "is_lead": has_role(request.user, Role.SAFEGUARDING_LEAD),
        "form": form,
        "sought": form.sought(),
        "found": _protected(request).of_somebody_called(form.sought())[:FOUND_SHOWN] if form.sought() else [],
    }
    return render(request, "bookings/checks_to_weigh.html", context)


@for_weighing
@never_cache
def check_to_weigh(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case: what one may read of it, and what one may do."""
    return _shown(request, get_object_or_404(_cases(request), pk=pk))


def _protected(request: SignedInRequest) -> CheckQuerySet:
    """Checks of the people whose safeguarding lead this reader is."""
    rows: CheckQuerySet = Check.objects.visible_to(request.user).of_those_protected_by(request.user)
    return rows.select_related("ambassador")


@open_to(Role.SAFEGUARDING_LEAD)
@never_cache
def who_saw_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has seen one check or what it told, when and for what (V-23); to look at that is on record as well."""
    check = get_object_or_404(_protected(request), pk=pk)
    record("check.seen", check, by=request.user, at=timezone.now())
    page = Paginator(who_saw(check), PER_PAGE).get_page(request.GET.get("page"))
    context = {"check": check, "page": page, "rows": [seen(entry) for entry in page]}
    return render(request, "bookings/who_saw_check.html", context)


def _shown(request: SignedInRequest, check: Check, **forms: Any) -> HttpResponse:
    """The page of a case; every reading is put on record, that of a form sent back with what is missing too (V-23)."""
    record("check.weigh", check, by=request.user, at=timezone.now())
    shown = {
        "check": check,
        "case": told_of_case(check, reader=request.user, at=timezone.now()),
        "is_lead": has_role(request.user, Role.SAFEGUARDING_LEAD),
        "view_form": ViewForm(),
        "note_form": NoteForm(),
        "settle_form": SettleForm(),
        "appeal_form": AppealForm(),
        **forms,
    }
    shown["form"] = next(iter(forms.values()), None)
    return render(request, "bookings/check_to_weigh.html", shown)


@for_weighing
@require_POST
@refuse_files
def record_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record one's view, before one can read the other's."""
    form = ViewForm(request.POST)
    return _said(request, pk, CheckStatus.ASSESSING, assessing.record_view, _("Recorded. Thank you."), view_form=form)


@for_weighing
@require_POST
@refuse_files
def note_disclosure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a note until it is decided."""
    form = NoteForm(request.POST)
    return _said(request, pk, CheckStatus.ASSESSING, assessments.note_disclosure, _("Noted."), note_form=form)


@open_to(Role.SAFEGUARDING_LEAD)
@require_POST
@refuse_files
def decide_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide where two assessors differ."""
    form = SettleForm(request.POST)
    return _said(request, pk, CheckStatus.ESCALATED, assessing.decide_escalated, _("Decided."), settle_form=form)


@open_to(Role.SAFEGUARDING_LEAD)
@require_POST
@refuse_files
def hear_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hear an appeal."""
    form = AppealForm(request.POST)
    return _said(request, pk, CheckStatus.APPEALED, assessments.hear_appeal, _("Decided."), appeal_form=form)


def _said(
    request: SignedInRequest, pk: int, status: CheckStatus, operation: Callable[..., Any], done: str, **forms: CaseForm
) -> HttpResponse:
    """Do what was filled in about a check that stands there; or show its page again with what is missing."""
    check, [form] = _cases(request).filter(pk=pk).first(), forms.values()
    if check is None or check.status != status:
        return _moved_on(request, pk, is_open=check is not None)
    if form.is_valid() and went_through(
        form, operation, told_to=Audience.ENTITLED, check=check, **form.plan(), **_now(request)
    ):
        return _done(request, check, done)
    return _shown(request, check, **forms)


@open_to(Role.SAFEGUARDING_LEAD)
def bar(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that someone is barred from work with children, after asking."""
    check = get_object_or_404(Check.objects.visible_to(request.user).select_related("ambassador"), pk=pk)
    if request.method == "POST" and check.status != CheckStatus.BARRED:
        said = _("Noted. They come to no school any more.")
        press(
            request,
            assessing.bar,
            said=said,
            told_to=Audience.ENTITLED,
            ambassador=check.ambassador,
            **_now(request),
        )
        return redirect("checks_to_weigh")
    return ask_first(
        request,
        HouseForm(),
        title=_("Barred from work with children?"),
        caption=check.ambassador.full_name,
        lead=_("This cannot be undone. Every visit they have promised is given back, and no check is begun again."),
        submit=_("They are barred"),
        kind="danger",
        back_url=reverse("checks_to_weigh"),
    )


def _moved_on(request: SignedInRequest, pk: int, *, is_open: bool) -> HttpResponse:
    """Whoever pressed had an older page in front of them: the form is not there any more, and nothing was done."""
    check = get_object_or_404(Check.objects.visible_to(request.user), pk=pk)
    messages.error(request, _("This has changed since you opened the page. Look at it again before you decide."))
    return redirect("check_to_weigh", check.pk) if is_open else redirect("checks_to_weigh")


def _now(request: SignedInRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _done(request: SignedInRequest, check: Check, said: str) -> HttpResponse:
    """On to the case while they may read it, and else to the list."""
    messages.success(request, said)
    is_theirs = _cases(request).filter(pk=check.pk).exists()
    return redirect("check_to_weigh", check.pk) if is_theirs else redirect("checks_to_weigh")
