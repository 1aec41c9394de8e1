"""How a school says when it is open: its dates, the days when it is closed, and the periods of its day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.access import ContactRequest, contacts_only
from schools.forms.time import AcceptForm, ClosedForm, DatesForm, PeriodsForm
from schools.models import School, Stretch
from schools.operations import school_time as operations
from schools.queries.school_time import periods_of
from schools.queries.school_time import school_time as time_of
from schools.queries.year_page import YearPage, year_page
from schools.terms.changes import compare
from schools.terms.periods import write_periods
from schools.terms.spans import Span
from schools.terms.typed import write_lines
from schools.terms.years import school_year, year_in_words
from stem.acts import ask_first, press, went_through
from stem.moments import day_of
from stem.nations import Nation

EARLIEST, LATEST = 2000, 2100


def _page(request: ContactRequest) -> YearPage:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    return year_page(request.contact.school, year=year, on=day_of(timezone.now()))


def _back(year: int | None = None) -> str:
    return reverse("school_time") + (f"?year={year}" if year else "")


@contacts_only
def school_time(request: ContactRequest) -> HttpResponse:
    """A school year at a glance: whose dates we go by, terms, INSET days and closures, exams, and the periods."""
    return render(request, "schools/school_time.html", {"year": _page(request)})


@contacts_only
def set_dates(request: ContactRequest) -> HttpResponse:
    """Type or send a school's dates, and look at what would change before it does."""
    school, nation = request.contact.school, Nation(request.contact.school.nation)
    shown = _page(request)
    form = DatesForm(
        request.POST or None,
        request.FILES or None,
        nation=nation,
        initial={"text": write_lines(shown.to_change)},
    )
    years = form.understood.years if form.is_valid() else {}
    if years and went_through(form, operations.check_dates, years=years, nation=nation, at=timezone.now()):
        stood = operations.spans_of(school)
        context = {
            "changes": compare(time_of(school), years),
            "understood": form.understood,
            "accept": _to_accept(nation, years, [span for year in years for span in stood.get(year, ())]),
            "accept_url": reverse("take_up_school_dates"),
            "caption": school.name,
            "back_url": reverse("set_school_dates"),
        }
        return render(request, "schools/dates_preview.html", context)
    return _ask_for_dates(request, form, school)


def _to_accept(nation: Nation, years: operations.Years, stood: list[Span]) -> AcceptForm:
    lines = write_lines(span for spans in years.values() for span in spans)
    return AcceptForm(initial={"lines": lines, "seen": operations.stand_of(stood)}, nation=nation)


def _ask_for_dates(request: ContactRequest, form: DatesForm, school: School, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "action": reverse("set_school_dates"),
        "caption": school.name,
        "lead": _("Nothing changes yet: you see first what would."),
        "back_url": _back(),
    }
    return render(request, "schools/set_dates.html", context)


@contacts_only
@require_POST
def take_up_dates(request: ContactRequest) -> HttpResponse:
    """Take up the dates that were looked at."""
    school, nation = request.contact.school, Nation(request.contact.school.nation)
    accept = AcceptForm(request.POST, nation=nation)
    if accept.is_valid() and went_through(
        accept,
        operations.set_school_dates,
        school=school,
        years=accept.understood.years,
        seen=accept.cleaned_data["seen"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("These are your school’s dates now."))
        return redirect(_back(next(iter(accept.understood.years))))
    form = DatesForm(nation=nation, initial={"text": request.POST.get("lines", "")})
    return _ask_for_dates(request, form, school, accept.problem)


@contacts_only
def close_school(request: ContactRequest) -> HttpResponse:
    """Say that there is an INSET day, or that the school is closed."""
    form = ClosedForm(request.POST or None)
    school = request.contact.school
    if form.is_valid() and went_through(
        form, operations.close_school, school=school, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Noted: no visit is asked for then."))
        return redirect(_back(school_year(form.cleaned_data["first_day"], school.nation)))
    return ask_first(
        request,
        form,
        title=_("When are you closed?"),
        caption=school,
        lead=_(
            "Besides weekends, bank holidays and holidays. A visit that is agreed already stays: cancel it on its page."
        ),
        submit=_("Add it"),
        back_url=_back(),
    )


@contacts_only
def open_again(request: ContactRequest, pk: int) -> HttpResponse:
    """Take an INSET day or a closure off the list, after asking."""
    rows = Stretch.objects.visible_to(request.user).filter(of_year__school=request.contact.school_id)
    stretch = get_object_or_404(rows.select_related("of_year__school"), pk=pk)
    back = _back(stretch.of_year.year)
    if request.method == "POST":
        said = _("Taken off the list: you are open then, if it is term.")
        press(request, operations.open_again, said=said, stretch=stretch, by=request.user, at=timezone.now())
        return redirect(back)
    return ask_first(
        request,
        None,
        title=_("Take “%(name)s” off the list?") % {"name": stretch},
        caption=request.contact.school,
        lead=_("Visits can be asked for on these days again."),
        submit=_("Take it off"),
        kind="danger",
        back_url=back,
    )


@contacts_only
def set_periods(request: ContactRequest) -> HttpResponse:
    """Name the periods of the day, to be chosen instead of typing times."""
    school = request.contact.school
    form = PeriodsForm(request.POST or None, initial={"periods": write_periods(periods_of(school))})
    if form.is_valid() and went_through(
        form, operations.set_periods, school=school, periods=form.lessons, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Kept: choose them when you ask for a visit."))
        return redirect("school_time")
    return ask_first(
        request,
        form,
        title=_("Your periods"),
        caption=school,
        lead=_("Whoever asks for a visit can then choose a period instead of typing times."),
        submit=_("Keep these"),
        back_url=_back(),
    )


def _year(year: int) -> int:
    """A year that there may be dates of."""
    if not EARLIEST <= year <= LATEST:
        raise Http404
    return year


@contacts_only
@require_POST
def copy_dates(request: ContactRequest, year: int) -> HttpResponse:
    """Begin a school's own dates with its authority's."""
    said = _("Your authority’s dates are your own now: change what is different.")
    press(
        request,
        operations.copy_authority_dates,
        said=said,
        school=request.contact.school,
        year=_year(year),
        by=request.user,
        at=timezone.now(),
    )
    return redirect(_back(year))


@contacts_only
def drop_dates(request: ContactRequest, year: int) -> HttpResponse:
    """Let a school's own dates of a year go, after asking."""
    school = request.contact.school
    if request.method == "POST":
        said = _("Your own dates for that year are gone.")
        act = operations.drop_school_dates
        press(request, act, said=said, school=school, year=_year(year), by=request.user, at=timezone.now())
        return redirect(_back(year))
    name = year_in_words(_year(year))
    return ask_first(
        request,
        None,
        title=_("Give up your own dates for %(year)s?") % {"year": name},
        caption=school,
        lead=_(
            "Terms, INSET days and closures that your school has entered for that year are gone. We go by your "
            "authority’s dates then, or by the usual ones."
        ),
        submit=_("Give them up"),
        kind="danger",
        back_url=_back(year),
        cancel=_("Keep them"),
    )
