"""How a school asks for a visit: the questions one after the other, a look over them all, and what becomes of it."""

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bookings import eligibility
from bookings.enums import RequestStatus
from bookings.forms.answers import AnswersForm
from bookings.forms.requests import COUNTED, COUNTS_WITH, STEP_OF, STEPS
from bookings.forms.times import TimesForm
from bookings.matching.counting import HowMany, how_many_for, rounded
from bookings.matching.relaxing import Relaxation, what_helps
from bookings.models import Request, Seat
from bookings.operations import requests as operations
from bookings.queries.school_desk import asked_in_full
from bookings.queries.series import further_of, in_words
from bookings.second_thoughts import second_thoughts
from schools.access import ContactRequest, contacts_only
from schools.queries.school_time import periods_of, school_time
from schools.terms.school_time import SchoolTime
from stem.access import SignedInRequest, signed_in
from stem.accounts.models import User
from stem.acts import ask_first, press, went_through
from stem.forms import HouseForm
from stem.limits import is_within_limit
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Refusal

STEP_NAMES = [*STEPS]


def _own_request(request: SignedInRequest, pk: int) -> Request:
    own = Request.objects.visible_to(request.user).of_schools_of(request.user)
    return get_object_or_404(
        own.select_related("school", "contact__user", "wanted_again").prefetch_related("possible_times"), pk=pk
    )


@contacts_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ContactRequest) -> HttpResponse:
    """Begin to ask; whoever comes by a letter's link is asked first, for programs follow links too."""
    if request.method != "POST":
        return ask_first(
            request,
            None,
            title=_("Begin to ask for a visit"),
            caption=request.contact.school,
            lead=_("A few questions, one page at a time. Nobody reads your answers before you send them in."),
            submit=_("Begin"),
            back_url=reverse("school_home"),
        )
    draft = operations.start_request(contact=request.contact, at=timezone.now())
    return redirect("edit_request", draft.pk, STEP_NAMES[0])


@contacts_only
def edit(request: ContactRequest, pk: int, step: str) -> HttpResponse:
    """One step of the questions; what is answered is kept at each Continue."""
    if step not in STEPS:
        raise Http404
    draft = _own_request(request, pk)
    if draft.status != RequestStatus.DRAFT:
        return redirect("request", pk)
    at = timezone.now()
    form = _form_for(step, request, draft, at)
    if form.is_valid() and _kept(form, draft, request.user):
        return redirect(_next_page(request, pk, step))
    earliest = _earliest(form, draft, at)
    context = {
        "draft": draft,
        "step": STEPS[step],
        "number": STEP_NAMES.index(step) + 1,
        "of": len(STEP_NAMES),
        "form": form,
        "back": _page_before(request, pk, step),
        "how_many": _how_many(form, draft, at, earliest),
        "counts_with": COUNTS_WITH.get(step),
        "earliest": earliest,
    }
    return render(request, "bookings/edit_request.html", context)


@contacts_only
@require_POST
def could_come(request: ContactRequest, pk: int, step: str) -> HttpResponse:
    """How many could come, by what is typed into this step so far: a line to put into its page; nothing is kept."""
    draft, at = _own_request(request, pk), timezone.now()
    if step not in COUNTS_WITH or draft.status != RequestStatus.DRAFT:
        raise Http404
    if not is_within_limit(request, "could_come"):
        words = _("Too many questions at once. Wait a minute.")
        return HttpResponse(words, status=429, content_type="text/plain", headers={"Retry-After": "60"})
    form = _form_for(step, request, draft, at)
    how_many = _how_many(form, draft, at, _earliest(form, draft, at))
    return render(request, "bookings/_how_many.html", {"draft": draft, "how_many": how_many})


def _earliest(form: AnswersForm | TimesForm, draft: Request, at: datetime) -> date | None:
    """The first day that is promised, for the step on which it is shown."""
    return eligibility.earliest_promised(draft, at, school=form.school) if isinstance(form, TimesForm) else None


def _how_many(
    form: AnswersForm | TimesForm, asked: Request, at: datetime, earliest: date | None = None
) -> HowMany | None:
    """How many could come by what is saved and, over it, by what this form says as far as it can be understood.

    The request is told what the form says, and is not to be saved afterwards.
    """
    # To ask for its errors reads the form: what it says is known only then.
    wrong = form.errors.keys() & COUNTED
    if isinstance(form, TimesForm) and form.is_bound:
        times = form.times
    else:
        times = [(each.starts_at, each.ends_at) for each in asked.possible_times.all()]
    unsaid = Request()
    for name in wrong:
        setattr(asked, name, getattr(unsaid, name))
    number = how_many_for(asked, times, at=at, earliest=earliest)
    return None if number is None else rounded(number)


def _form_for(step: str, request: ContactRequest, draft: Request, at: datetime) -> AnswersForm | TimesForm:
    answers = request.POST or None
    if step == "times":
        return TimesForm(
            answers, instance=draft, at=at, school=school_time(draft.school), lessons=periods_of(draft.school)
        )
    form = STEPS[step].form
    assert issubclass(form, AnswersForm)
    return form(answers, instance=draft)


def _kept(form: AnswersForm | TimesForm, draft: Request, by: User) -> bool:
    """Keep what a valid form gave, or say on it why not."""
    if isinstance(form, TimesForm):
        because = form.cleaned_data["all_the_same"]
        return went_through(form, operations.offer_times, request=draft, times=form.times, by=by, all_the_same=because)
    return went_through(form, operations.answer_questions, request=draft, answers=form.answers, by=by)


def _came_to_change(request: HttpRequest) -> bool:
    """Whether this is one answer to put right, on the way back to the look over them all."""
    return request.GET.get("from") == "check"


def _next_page(request: HttpRequest, pk: int, step: str) -> str:
    if _came_to_change(request) or step == STEP_NAMES[-1]:
        return reverse("check_request", args=[pk])
    return reverse("edit_request", args=[pk, STEP_NAMES[STEP_NAMES.index(step) + 1]])


def _page_before(request: HttpRequest, pk: int, step: str) -> str:
    if _came_to_change(request):
        return reverse("check_request", args=[pk])
    if step == STEP_NAMES[0]:
        return reverse("school_home")
    return reverse("edit_request", args=[pk, STEP_NAMES[STEP_NAMES.index(step) - 1]])


@contacts_only
def check(request: ContactRequest, pk: int) -> HttpResponse:
    """Look over every answer, and send them in."""
    draft = _own_request(request, pk)
    if draft.status != RequestStatus.DRAFT:
        return redirect("request", pk)
    at = timezone.now()
    school = school_time(draft.school)
    missing = eligibility.reasons_incomplete(draft, at, school)
    form = HouseForm(request.POST if request.method == "POST" else None)
    can_send = form.is_valid() and not missing
    if can_send and went_through(form, operations.submit_request, request=draft, by=request.user, at=at):
        return redirect("request_sent", pk)
    policy = values(on=day_of(at))
    earliest = eligibility.earliest_promised(draft, at, policy, school)
    how_many, helps = (None, []) if missing else _as_it_stands(request, draft, at, school, earliest)
    context = {
        "draft": draft,
        "form": form,
        "how_many": how_many,
        "helps": helps,
        "problem": bool(missing) and form.is_bound,
        "missing": [(reason.truth, STEP_OF[reason.code]) for reason in missing],
        "needs_a_look": eligibility.needs_a_look(draft, at, policy, school),
        "earliest": earliest,
        "second_thoughts": second_thoughts(draft.in_own_words),
        "meetings": in_words(further_of(draft, _to_come(draft, at), school=school)),
    }
    return render(request, "bookings/check_request.html", context)


def _as_it_stands(
    request: ContactRequest, draft: Request, at: datetime, school: SchoolTime, earliest: date
) -> tuple[HowMany | None, list[Relaxation]]:
    """How many could come, and where they are few, what would bring more; nothing for whoever asks too often."""
    if not is_within_limit(request, "could_come"):
        return None, []
    if not (draft.is_online or draft.school.point):
        return None, []
    times = _to_come(draft, at)
    found = what_helps(draft, times, at=at, school=school, earliest=earliest)
    how_many = rounded(found.now)
    if how_many.is_few and not found.is_exact:
        how_many = rounded(how_many_for(draft, times, at=at, earliest=earliest) or 0)
    return how_many, found.relaxations if how_many.is_few else []


def _to_come(draft: Request, at: datetime) -> list[eligibility.Interval]:
    """The times at which it could be that are still to come."""
    return [(each.starts_at, each.ends_at) for each in draft.possible_times.all() if each.starts_at > at]


@contacts_only
def sent(request: ContactRequest, pk: int) -> HttpResponse:
    """The reference, and what happens next."""
    wanted = _own_request(request, pk)
    if wanted.status == RequestStatus.DRAFT:
        return redirect("check_request", pk)
    return render(request, "bookings/request_sent.html", {"wanted": wanted})


@signed_in
def show_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """A request as its school reads it; its coordinator works on it elsewhere."""
    rows = Request.objects.visible_to(request.user)
    wanted = get_object_or_404(
        rows.select_related("school", "contact__user", "wanted_again", "priority").prefetch_related("possible_times"),
        pk=pk,
    )
    if not rows.of_schools_of(request.user).filter(pk=pk).exists():
        return redirect("coordinate_request", pk)
    if wanted.status == RequestStatus.DRAFT:
        return redirect("check_request", pk)
    return render(request, "bookings/request.html", {"asked": asked_in_full(wanted, at=timezone.now())})


@contacts_only
def discard(request: ContactRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    draft = _own_request(request, pk)
    if draft.status != RequestStatus.DRAFT:
        return redirect("request", pk)
    if request.method == "POST":
        press(request, operations.discard_draft, said=_("The draft is gone."), draft=draft, by=request.user)
        return redirect("school_home")
    return ask_first(
        request,
        None,
        title=_("Throw this draft away?"),
        caption=draft.reference,
        lead=_("“%(request)s” and its answers will be gone. Nobody has seen them.") % {"request": draft},
        submit=_("Throw it away"),
        kind="danger",
        back_url=reverse("check_request", args=[pk]),
        cancel=_("Keep it"),
    )


@contacts_only
def withdraw(request: ContactRequest, pk: int) -> HttpResponse:
    """Take a request back, after asking."""
    wanted = _own_request(request, pk)
    if request.method == "POST":
        said = _("Your request is withdrawn. Anyone who was asked will be told.")
        press(request, operations.withdraw_request, said=said, request=wanted, by=request.user, at=timezone.now())
        return redirect("request", pk)
    return ask_first(
        request,
        None,
        title=_("Withdraw this request?"),
        caption=wanted.reference,
        lead=_("We stop looking, and tell anyone who was asked. You can ask again whenever you like."),
        submit=_("Withdraw it"),
        kind="danger",
        back_url=reverse("request", args=[pk]),
        cancel=_("Keep it"),
    )


@contacts_only
@require_POST
def again(request: ContactRequest, pk: int) -> HttpResponse:
    """Begin a request from the answers of an earlier one: only its times are missing."""
    earlier = _own_request(request, pk)
    draft = operations.ask_again(request=earlier, contact=request.contact, at=timezone.now())
    return redirect(_only_times_are_missing(draft))


@contacts_only
@require_POST
def person_again(request: ContactRequest, pk: int) -> HttpResponse:
    """Begin the request of a visit that took place once more, for the person who came."""
    rows = Seat.objects.visible_to(request.user).at_schools_of(request.user)
    seat = get_object_or_404(rows.select_related("ambassador", "visit__request__school"), pk=pk)
    try:
        draft = operations.ask_person_again(seat=seat, contact=request.contact, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.told_to())
        return redirect("visit", seat.visit_id)
    return redirect(_only_times_are_missing(draft))


def _only_times_are_missing(draft: Request) -> str:
    return f"{reverse('edit_request', args=[draft.pk, 'times'])}?from=check"


@contacts_only
@require_POST
def anyone(request: ContactRequest, pk: int) -> HttpResponse:
    """Ask no longer for the person who came before, but for anyone who fits."""
    draft = _own_request(request, pk)
    said = _("Your request is for anyone who fits now.")
    press(request, operations.ask_for_anyone, said=said, request=draft, by=request.user)
    return redirect("check_request", pk)
