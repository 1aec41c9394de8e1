"""Cases: what was said of visits and asks for somebody to act, and the page of whoever was asked about one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from quality.casebook import case_listed, cases_shown, reviews_of, seen_by, what_helps
from quality.eligibility import AFTER_REPLY, FOR_SCHOOLS
from quality.enums import CaseOutcome
from quality.forms import AskForReplyForm, CaseFilter, CaseNoteForm, DecideForm, ReplyByPhoneForm, ReplyForm
from quality.models import Case
from quality.operations import cases as operations
from quality.queries import worries_handed_over
from quality.views.feedback import for_quality, opens_visits
from quality.workflow import CASE
from stem.access import SignedInRequest
from stem.acts import ask_first, press, went_through

CASES_A_PAGE = 25


@for_quality
@never_cache
def cases(request: SignedInRequest) -> HttpResponse:
    """What waits to be looked into, what is due first; those one sees to; or all of them."""
    at, choice = timezone.now(), CaseFilter(request.GET)
    show = choice.cleaned_data["show"] if choice.is_valid() else ""
    rows = cases_shown(Case.objects.visible_to(request.user), show, user=request.user)
    page: Page[Any] = Paginator(rows, CASES_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [case_listed(each, at=at) for each in page.object_list]
    handed = worries_handed_over(request.user)
    return render(request, "quality/cases.html", {"form": choice, "page": page, "handed": handed})


@for_quality
@never_cache
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case: what its rule saw, what they say, and what was done."""
    shown = _case(request, pk)
    context = {
        "case": shown,
        "seen": seen_by(shown, is_decider=True),
        "first": what_helps(shown),
        "may": {name: CASE.can(shown, name) for name in CASE.moves},
        "is_person": shown.ambassador_id is not None,
        "is_mine": shown.handler_id == request.user.pk,
        "events": shown.events.select_related("by"),
        "opens_visits": opens_visits(request.user),
    }
    return render(request, "quality/case.html", context)


@for_quality
@require_POST
def take_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the one who sees to it."""
    shown, said = _case(request, pk), _("You see to it now.")
    press(request, operations.take_case, said=said, case=shown, by=request.user, at=timezone.now())
    return redirect("case", pk)


@for_quality
def note_on_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    return _acted(
        request,
        _case(request, pk),
        CaseNoteForm(request.POST or None),
        operations.note_on_case,
        said=_("Written down."),
        title=_("What was done"),
        submit=_("Write it down"),
    )


@for_quality
def ask_for_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask them how it was from their side."""
    return _acted(
        request,
        _case(request, pk),
        AskForReplyForm(request.POST or None),
        operations.ask_for_reply,
        said=_("They have been asked, and have ten working days to answer."),
        title=_("Ask for their side"),
        lead=_(
            "They get a letter that says nothing of it, and read your words and what the school answered on a page."
        ),
        submit=_("Ask them"),
    )


@for_quality
def reply_by_phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what they said on the telephone."""
    shown = _case(request, pk)
    return _acted(
        request,
        shown,
        ReplyByPhoneForm(request.POST or None),
        operations.reply_to_case,
        said=_("Their side is on record."),
        title=_("Their side, by telephone"),
        submit=_("Put it on record"),
        on_behalf_of=str(shown.about),
    )


@for_quality
def decide_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide, say why, and tell them."""
    shown = _case(request, pk)
    is_person = shown.ambassador_id is not None
    return _acted(
        request,
        shown,
        DecideForm(request.POST or None, outcomes=FOR_SCHOOLS | AFTER_REPLY if is_person else FOR_SCHOOLS),
        operations.decide_case,
        said=_("Decided."),
        title=_("Decide"),
        lead=_("A pause, and an end, give back at once what they have promised for those days.") if is_person else "",
        submit=_("Decide"),
    )


def _case(request: SignedInRequest, pk: int) -> Case:
    rows = Case.objects.visible_to(request.user)
    rows = rows.select_related("ambassador__user", "school", "handler", "visit__request__school")
    return get_object_or_404(rows, pk=pk)


def _acted(
    request: SignedInRequest,
    shown: Case,
    form: BaseForm,
    act: Callable[..., Any],
    *,
    said: str,
    title: str,
    submit: str,
    lead: str = "",
    **arguments: Any,
) -> HttpResponse:
    """Do what a form asks for, or show it."""
    if form.is_valid() and went_through(
        form, act, case=shown, by=request.user, at=timezone.now(), **_chosen(form), **arguments
    ):
        messages.success(request, said)
        return redirect("case", shown.pk)
    back = reverse("case", args=[shown.pk])
    return ask_first(request, form, title=title, caption=shown.about, lead=lead, submit=submit, back_url=back)


def _chosen(form: BaseForm) -> dict[str, Any]:
    chosen: dict[str, Any] = form.cleaned_data
    # Of a school nobody is asked for words to it: they ring.
    return {"told": "", **chosen, "outcome": CaseOutcome(chosen["outcome"])} if "outcome" in chosen else chosen


@ambassadors_only
@never_cache
def reviews(request: AmbassadorRequest) -> HttpResponse:
    """What one was asked about one's visits, and how it ended."""
    return render(request, "quality/reviews.html", {"reviews": reviews_of(request.user)})


@ambassadors_only
@never_cache
def review(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """What one is asked, with each question that the school answered beside its answer, and one's own side."""
    shown = get_object_or_404(reviews_of(request.user).select_related("handler"), pk=pk)
    may_reply = CASE.can(shown, "reply") and bool(shown.asked)
    form = ReplyForm(request.POST or None) if may_reply else None
    if (
        form is not None
        and form.is_valid()
        and went_through(
            form, operations.reply_to_case, case=shown, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    ):
        messages.success(request, _("Thank you. Whoever asked you reads it, and you hear how it ends."))
        return redirect("review", pk)
    return render(request, "quality/review.html", {"case": shown, "seen": seen_by(shown), "form": form})
