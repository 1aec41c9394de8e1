"""How it went: the form behind the link in a letter, and what came back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.enums import FeedbackStatus
from quality.forms import OPENED, ConfirmAddressForm, CorrectForm, FeedbackFilter, FeedbackForm
from quality.instruments import load_instrument
from quality.models import Feedback, Oddity
from quality.operations import feedback as operations
from quality.operations.doubts import Came
from quality.permissions import check_may_speak_for
from quality.queries import (
    comments_of,
    disputed_visits,
    forms_listed,
    listed,
    read_form,
    responses,
    said_later,
    why_not_counted,
)
from quality.settling import something_worried
from quality.views.concerns import concern_key
from stem.access import SignedInRequest, open_to, public
from stem.accounts.roles import Role, has_role
from stem.acts import ask_first, press, put_on_record, went_through
from stem.audit.origin import network_of
from stem.letters.links import find_link
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Refusal, why_not

if TYPE_CHECKING:
    from stem.accounts.models import User

for_quality = open_to(Role.COORDINATOR, Role.QUALITY_MANAGER)
FORMS_A_PAGE = 25


def opens_visits(user: "User") -> bool:
    """Whether they may open the visit that a form is about: coordinators do, whoever only looks after quality not."""
    return has_role(user, Role.COORDINATOR)


@public
@never_cache
def give_feedback(request: HttpRequest, token: str) -> HttpResponse:
    """One side's form; to look at it changes nothing, and it is taken once."""
    at = timezone.now()
    try:
        link = find_link("give_feedback", token, at=at)
    except Refusal as refusal:
        status = 404 if refusal.codes == ["link_unknown"] else 410
        return render(request, "quality/link_closed.html", {"why": refusal.told_to()}, status=status)
    asked = Feedback.objects.behind(link.object_id)
    by = request.user if request.user.is_authenticated else None
    if asked.status != FeedbackStatus.INVITED:
        why = _("This form has been sent in. Thank you: there is nothing more to do.")
        return render(request, "quality/link_closed.html", {"why": why}, status=410)
    if refused := why_not(check_may_speak_for, by, asked):
        if request.method == "POST":
            put_on_record(operations.submit_by_link, refused, {"feedback": asked, "by": by, "at": at})
        return render(request, "quality/link_closed.html", {"why": refused.told_to()}, status=403)
    instrument = load_instrument(asked.instrument)
    form = FeedbackForm(
        request.POST or None, instrument=instrument, initial={OPENED: signing.dumps(at.isoformat(), salt=OPENED)}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and went_through(
            form,
            operations.submit_by_link,
            link=link,
            answers=form.answers,
            by=by,
            at=at,
            came=Came(network_of(request), _seconds_since(form.opened, at)),
        )
    ):
        return _thank(asked, form)
    return render(request, "quality/give_feedback.html", {"form": form, "instrument": instrument, "visit": asked.visit})


def _seconds_since(opened: str, at: datetime) -> int | None:
    """How long ago that was, by what was sealed then; None where the seal is lost or broken."""
    try:
        since = datetime.fromisoformat(signing.loads(opened, salt=OPENED))
    except signing.BadSignature:
        return None
    return max(0, int((at - since).total_seconds()))


def _thank(asked: Feedback, form: FeedbackForm) -> HttpResponse:
    if something_worried(form.answers):
        return redirect("raise_concern_about", concern_key(asked.visit_id))
    return redirect("feedback_sent")


@public
def feedback_sent(request: HttpRequest) -> HttpResponse:
    """Thank you, and what happens with it."""
    return render(request, "quality/feedback_sent.html")


@for_quality
def feedback_list(request: SignedInRequest) -> HttpResponse:
    """What came back and nobody has read, whatever waits longest first, or all of it; and how many have answered."""
    at, choice = timezone.now(), FeedbackFilter(request.GET)
    forms = Feedback.objects.visible_to(request.user)
    wanted = choice.cleaned_data if choice.is_valid() else {"show": "", "q": ""}
    shows_all = wanted["show"] == "all"
    rows = forms.submitted() if shows_all else forms.awaiting_reading()
    if wanted["q"]:
        rows = rows.of_school_called(wanted["q"])
    page: Page[Any] = Paginator(forms_listed(rows, longest_first=not shows_all), FORMS_A_PAGE).get_page(
        request.GET.get("page")
    )
    days = value("reading_days", on=day_of(at))
    page.object_list = [listed(each, at=at, reading_days=days) for each in page.object_list]
    context = {
        "form": choice,
        "page": page,
        "disputed": disputed_visits(forms, at=at),
        "responses": responses(forms, at=at),
        "unasked": forms.unasked(at).select_related("visit__request__school").order_by("invited_at")[:FORMS_A_PAGE],
        "odd": Oddity.objects.visible_to(request.user).not_looked_at().count(),
        "opens_visits": opens_visits(request.user),
    }
    return render(request, "quality/feedback_list.html", context)


@for_quality
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """One form, with every question beside its answer, and the other side's if it is in."""
    forms = Feedback.objects.visible_to(request.user).submitted()
    shown = get_object_or_404(forms_listed(forms), pk=pk)
    other = forms.filter(visit=shown.visit_id).exclude(pk=pk).first()
    context = {
        "read": read_form(shown, as_passed_on=True),
        "later": said_later(shown),
        "written": comments_of(shown),
        "other": other,
        "close": why_not_counted(shown),
        "events": shown.events.select_related("by"),
        "opens_visits": opens_visits(request.user),
    }
    return render(request, "quality/feedback.html", context)


@for_quality
@require_POST
def read_feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a form as read, and go on to the list."""
    form = get_object_or_404(Feedback.objects.visible_to(request.user), pk=pk)
    press(
        request, operations.read_feedback, said=_("Marked as read."), feedback=form, by=request.user, at=timezone.now()
    )
    return redirect("feedback_list")


@for_quality
def confirm_address(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the school has confirmed an address by telephone; whoever has it is asked at once."""
    rows = Feedback.objects.visible_to(request.user).select_related("visit__request__school")
    asked, form = get_object_or_404(rows, pk=pk), ConfirmAddressForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        operations.confirm_address,
        feedback=asked,
        note=form.cleaned_data["no_note"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Confirmed. They are asked now."))
        return redirect("feedback_list")
    words = _(
        "%(name)s gave %(email)s. Ring the school on a number that you find yourself, and ask whether it is theirs."
    )
    visit = asked.visit
    return ask_first(
        request,
        form,
        title=_("Is this address the school’s?"),
        caption=visit.request.school,
        lead=words % {"name": visit.supervising_adult, "email": visit.supervising_email},
        submit=_("It is: ask them"),
        back_url=reverse("feedback_list"),
    )


@for_quality
def correct_feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down beside a form what its sender has put right since; its answers stay."""
    rows = Feedback.objects.visible_to(request.user).submitted().select_related("visit__request__school")
    shown, form = get_object_or_404(rows, pk=pk), CorrectForm(request.POST or None)
    if form.is_valid() and went_through(
        form, operations.correct_feedback, feedback=shown, by=request.user, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("Written down beside the form."))
        return redirect("feedback", pk)
    return ask_first(
        request,
        form,
        title=_("Put something right"),
        caption=shown.visit.request.school,
        lead=_("Nobody changes an answer, not even you: what was meant stands beside it, with who said so."),
        submit=_("Write it down"),
        back_url=reverse("feedback", args=[pk]),
    )
