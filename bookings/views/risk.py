"""Risk assessments: written by whoever comes, read and accepted by the school, agreed to by a coordinator (T-13)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from bookings.eligibility import is_open_for_messages
from bookings.enums import NAMED, Speaker
from bookings.forms.risk import AcceptForm, RiskForm, SendBackForm
from bookings.models import RiskAcceptance, Seat, Visit
from bookings.operations import risk
from bookings.queries.risk import may_accept, position_of, writing_for, written_before
from bookings.risk import may_need_assessment
from bookings.views.coordination import visit_looked_after
from bookings.views.visits import opened_by_its_people
from stem.access import SignedInRequest, open_to, signed_in
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through

Act = Callable[[SignedInRequest, RiskAcceptance, Speaker], HttpResponseBase]


@ambassadors_only
def write_risk_assessment(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Write a risk assessment for one's own part in a visit, or use one again."""
    mine = Seat.objects.visible_to(request.user).held_by(request.user).leads()
    seat = get_object_or_404(mine.select_related("visit__request__school", "ambassador"), visit=pk)
    return _write(request, seat)


@open_to(Role.COORDINATOR)
def write_risk_assessment_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for an ambassador who telephones."""
    rows = Seat.objects.visible_to(request.user).leads().filter(ambassador__isnull=False).select_related("ambassador")
    seat = get_object_or_404(rows, pk=pk)
    seat.visit = visit_looked_after(request, seat.visit_id)
    return _write(request, seat, on_behalf_of=str(seat.ambassador))


def _write(request: SignedInRequest, seat: Seat, *, on_behalf_of: str = "") -> HttpResponse:
    at, visit = timezone.now(), seat.visit
    if not is_open_for_messages(visit, at) or not may_need_assessment(visit.request.activity):
        return redirect("visit", visit.pk)
    acting: dict[str, Any] = {"seat": seat, "by": request.user, "at": at, "on_behalf_of": on_behalf_of}
    if "practical" in request.POST:
        press(request, risk.say_not_practical, said=_("Noted: nothing practical is done."), **acting)
        return redirect("visit", visit.pk)
    if "use" in request.POST:
        used = written_before(seat, _number(request.POST["use"]))
        if used is None:
            raise Http404
        press(request, risk.use_assessment, said=_("Sent to the school."), assessment=used, **acting)
        return redirect("visit", visit.pk)
    asked = request.POST.get("replaces") if request.method == "POST" else request.GET.get("from")
    page = writing_for(seat, begin_with=_number(asked or ""))
    form = RiskForm(request.POST or None, before=page.before)
    if form.is_valid():
        # What the form began with, though another has been offered since.
        acting |= {"answers": form.answers, "replaces": written_before(seat, form.cleaned_data["replaces"])}
        if went_through(form, risk.write_assessment, **acting):
            messages.success(request, _("Saved. The school is asked whether it accepts it."))
            return redirect("visit", visit.pk)
    return render(request, "bookings/write_risk_assessment.html", {"page": page, "visit": visit, "form": form})


def _number(text: str) -> int | None:
    """The key that an address or a form names; None where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _opened(request: SignedInRequest, pk: int, act: Act, *, to_read: bool = False) -> HttpResponseBase:
    """This page of what a school was asked to accept, for whom it concerns: its writer only reads, and so who else.

    As long as the school may not know who comes, it is not there for it (P-05).
    """
    rows = RiskAcceptance.objects.visible_to(request.user).standing().with_all()
    found = get_object_or_404(rows, pk=pk)

    def answer(request: SignedInRequest, visit: Visit, speaker: Speaker) -> HttpResponseBase:
        is_writer = found.assessment.ambassador.user_id == request.user.pk
        if speaker == Speaker.AMBASSADOR and not (to_read and is_writer):
            raise Http404
        if speaker == Speaker.SCHOOL and visit.status not in NAMED:
            raise Http404
        return act(request, found, speaker)

    return opened_by_its_people(request, found.visit, answer)


@signed_in
@never_cache
def risk_assessment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Read a risk assessment, and what has been said to it."""
    return _opened(request, pk, _show, to_read=True)


def _show(request: SignedInRequest, row: RiskAcceptance, speaker: Speaker) -> HttpResponse:
    is_open = is_open_for_messages(row.visit, timezone.now())
    context = {
        "row": row,
        "assessment": row.assessment,
        "visit": row.visit,
        "is_writer": speaker == Speaker.AMBASSADOR,
        "can_accept": is_open and row.accepted_at is None and may_accept(row, request.user, speaker),
        "can_send_back": is_open and row.waits_for_school and speaker != Speaker.AMBASSADOR,
        "can_agree": is_open and row.waits_for_scheme and speaker == Speaker.SCHEME,
        "needs_lead": is_open and row.assessment.is_high and row.accepted_at is None,
    }
    return render(request, "bookings/risk_assessment.html", context)


@signed_in
@never_cache
def accept_risk_assessment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Accept it for the school, or for a school that telephones."""
    return _opened(request, pk, _accept)


def _accept(request: SignedInRequest, row: RiskAcceptance, speaker: Speaker) -> HttpResponse:
    at, by_telephone = timezone.now(), speaker == Speaker.SCHEME
    if row.accepted_at is not None or not is_open_for_messages(row.visit, at):
        return redirect("risk_assessment", row.pk)
    first = {"position": "" if by_telephone else position_of(request.user, row)}
    form = AcceptForm(request.POST or None, acceptance=row, by_telephone=by_telephone, initial=first)
    if form.is_valid() and went_through(
        form, risk.accept_assessment, acceptance=row, word=form.word, by=request.user, at=at
    ):
        messages.success(request, _("Accepted, and on record."))
        return redirect("visit", row.visit_id)
    return ask_first(
        request,
        form,
        title=_("Accept this risk assessment"),
        caption=str(row.assessment),
        lead=_("With it the school says that it has read it, and that what it asks of the school is done."),
        submit=_("We accept it"),
        back_url=reverse("risk_assessment", args=[row.pk]),
    )


@signed_in
@never_cache
def send_back_risk_assessment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say "not yet", and what is missing, for the school or for one that telephones."""
    return _opened(request, pk, _send_back)


def _send_back(request: SignedInRequest, row: RiskAcceptance, speaker: Speaker) -> HttpResponse:
    at = timezone.now()
    if not row.waits_for_school or not is_open_for_messages(row.visit, at):
        return redirect("risk_assessment", row.pk)
    who = str(row.visit.request.contact.user) if speaker == Speaker.SCHEME else ""
    form = SendBackForm(request.POST or None)
    acting: dict[str, Any] = {"acceptance": row, "by": request.user, "at": at, "on_behalf_of": who}
    if form.is_valid() and went_through(form, risk.send_back_assessment, **acting, **form.cleaned_data):
        messages.success(request, _("Sent back. Whoever comes is told what is missing."))
        return redirect("visit", row.visit_id)
    return ask_first(
        request,
        form,
        title=_("Not yet?"),
        caption=str(row.assessment),
        lead=_("Whoever comes changes it, and you are asked again. For a question, write to them instead."),
        submit=_("Send it back"),
        back_url=reverse("risk_assessment", args=[row.pk]),
    )


@open_to(Role.COORDINATOR)
@require_POST
def agree_to_high_risk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree to a high risk, beside the school's lead."""
    row = get_object_or_404(RiskAcceptance.objects.visible_to(request.user).standing().with_all(), pk=pk)
    row.visit = visit_looked_after(request, row.visit_id)
    said, at = _("Your word is on record."), timezone.now()
    press(request, risk.agree_to_high_risk, said=said, acceptance=row, by=request.user, at=at)
    return redirect("risk_assessment", pk)
