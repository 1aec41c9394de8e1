"""The pages on which people confirm, sign and promise, when they join and year after year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import convictions as policy
from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.conduct import CLAUSES, CURRENT_VERSION, Clause
from ambassadors.enums import AmbassadorStatus, RequirementKind
from ambassadors.forms.vouching import AnnualForm, ChangeForm, DeclarationForm, EligibilityForm
from ambassadors.journey import is_joining
from ambassadors.models import Requirement
from ambassadors.operations import declarations
from ambassadors.operations.conduct import accept_clause
from ambassadors.operations.requirements import fulfil_requirement
from ambassadors.operations.returning import return_to_scheme as come_back_in
from ambassadors.views.onwards import go_on
from ambassadors.vouching import promises_of
from stem.access import public
from stem.acts import ask_first, press, went_through
from stem.forms import HouseForm
from stem.moments import day_of
from stem.rules import Refusal


def way_back(request: AmbassadorRequest) -> str:
    """The page that these are reached from: the list of tasks while joining, then one's own page."""
    return "join_as_ambassador" if is_joining(request.ambassador) else "ambassador_home"


def _held(request: AmbassadorRequest, kind: RequirementKind) -> Requirement | None:
    """What of this kind is in force today."""
    today = day_of(timezone.now())
    rows = Requirement.objects.visible_to(request.user).filter(ambassador=request.ambassador, kind=kind)
    return rows.counting_on(today).order_by("-started_on", "-pk").first()


@ambassadors_only
def confirm_eligibility(request: AmbassadorRequest) -> HttpResponse:
    """Three things to confirm; a no is kept nowhere, and leads to what else one could do."""
    form = EligibilityForm(request.POST or None)
    if form.is_valid():
        if form.against:
            return redirect("cannot_join_yet", form.against[0])
        if went_through(
            form,
            fulfil_requirement,
            ambassador=request.ambassador,
            kind=RequirementKind.ELIG,
            by=request.user,
            at=timezone.now(),
        ):
            return go_on(request, request.ambassador, after="eligible")
    shown = {"form": form, "held": _held(request, RequirementKind.ELIG), "back": way_back(request)}
    return render(request, "ambassadors/confirm_eligibility.html", shown)


@ambassadors_only
def cannot_join_yet(request: AmbassadorRequest, because: str) -> HttpResponse:
    """Why not, kindly, and what else there is to do."""
    if because not in EligibilityForm.base_fields:
        return redirect("confirm_eligibility")
    return render(request, "ambassadors/cannot_join_yet.html", {"because": because})


@public
def convictions(request: HttpRequest) -> HttpResponse:
    """How we treat people with convictions, and what becomes of what we are told (rule V-24)."""
    return render(request, "ambassadors/convictions.html", {"policy": policy})


@ambassadors_only
def sign_declaration(request: AmbassadorRequest) -> HttpResponse:
    """Sign the declaration that comes before a check."""
    form = DeclarationForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        declarations.sign_declaration,
        ambassador=request.ambassador,
        wants_to_talk=form.wants_to_talk,
        by=request.user,
        at=timezone.now(),
    ):
        if form.wants_to_talk:
            messages.info(request, _("Signed. Someone from the scheme telephones you before any check is applied for."))
        return go_on(request, request.ambassador, after="declaration")
    shown = {
        "form": form,
        "held": _held(request, RequirementKind.SELF),
        "me": request.ambassador,
        "back": way_back(request),
    }
    return render(request, "ambassadors/sign_declaration.html", shown)


@ambassadors_only
def code_of_conduct(request: AmbassadorRequest) -> HttpResponse:
    """One promise after another; when all are made, what was promised and when."""
    at = timezone.now()
    problem = ""
    if request.method == "POST":
        try:
            if _promise(request):
                return _promised_all(request)
            return redirect("code_of_conduct")
        except Refusal as refusal:
            problem = refusal.told_to()
    promises = promises_of(request.ambassador, on=day_of(at))
    shown = {"promises": promises, "back": way_back(request), "problem": problem}
    if not promises.is_due:
        return render(request, "ambassadors/code_promised.html", shown)
    clause = _asked_for(request) or promises.next or CLAUSES[-1]
    number = CLAUSES.index(clause)
    shown |= {"clause": clause, "number": number + 1, "of": len(CLAUSES), "version": CURRENT_VERSION}
    shown |= {"before": CLAUSES[number - 1] if number else None, "promised_at": promises.accepted.get(clause.code)}
    return render(request, "ambassadors/code_of_conduct.html", shown)


def _promise(request: AmbassadorRequest) -> bool:
    """Take the promise that was pressed; whether it was the last. Refuses as `accept_clause` does."""
    version = request.POST.get("version", "")
    return accept_clause(
        ambassador=request.ambassador,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 5 else 0,
        code=request.POST.get("clause", ""),
        by=request.user,
        at=timezone.now(),
    )


def _asked_for(request: AmbassadorRequest) -> Clause | None:
    """The clause that the address names, to read it once more."""
    return next((clause for clause in CLAUSES if clause.code == request.GET.get("clause")), None)


def _promised_all(request: AmbassadorRequest) -> HttpResponse:
    if is_joining(request.ambassador):
        return go_on(request, request.ambassador, after="conduct")
    messages.success(request, _("Thank you. That is the whole code, for another year."))
    return redirect("code_of_conduct")


@ambassadors_only
def declare_nothing_changed(request: AmbassadorRequest) -> HttpResponse:
    """The annual declaration; a change goes on to a page that asks only how to telephone."""
    form = AnnualForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["changed"] == "yes":
            return redirect("declare_change")
        if went_through(
            form, declarations.declare_no_change, ambassador=request.ambassador, by=request.user, at=timezone.now()
        ):
            messages.success(request, _("Thank you. Your declaration holds for another year."))
            return redirect(way_back(request))
    shown = {"form": form, "held": _held(request, RequirementKind.DECL), "back": way_back(request)}
    return render(request, "ambassadors/declare_nothing_changed.html", shown)


@ambassadors_only
def declare_change(request: AmbassadorRequest) -> HttpResponse:
    """Say how and when one may be telephoned about a change, and nothing more."""
    form = ChangeForm(request.POST or None, initial={"phone": request.ambassador.phone})
    if form.is_valid() and went_through(
        form,
        declarations.declare_change,
        ambassador=request.ambassador,
        reach_on=form.reach_on,
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Thank you for telling us. Someone from the scheme telephones you."))
        return redirect(way_back(request))
    return render(request, "ambassadors/declare_change.html", {"form": form})


@ambassadors_only
def return_to_scheme(request: AmbassadorRequest) -> HttpResponse:
    """Come back after having left, after asking."""
    if request.ambassador.status != AmbassadorStatus.LEFT:
        return redirect("ambassador_home")
    if request.method == "POST":
        said = _("Welcome back. Below is what we need from you before your next visit.")
        press(request, come_back_in, said=said, ambassador=request.ambassador, by=request.user, at=timezone.now())
        return redirect("ambassador_home")
    return ask_first(
        request,
        HouseForm(),
        title=_("Come back to the scheme?"),
        lead=_(
            "You keep your number and your visits. What has run out is done again, and then a vetting officer decides."
        ),
        submit=_("Come back"),
        kind="primary",
        back_url=reverse("ambassador_home"),
    )
