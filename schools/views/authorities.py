"""How administrators and coordinators keep the term dates of authorities, by which their schools go."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.forms.time import AcceptForm, AuthorityDatesForm, every_authority, is_authority
from schools.models import School, SchoolYear
from schools.operations import school_time as operations
from schools.queries.school_time import authority_time, authority_years
from schools.terms.changes import compare
from schools.terms.typed import write_lines
from stem.access import SignedInRequest, open_to
from stem.accounts.models import User
from stem.accounts.roles import Role, has_role
from stem.acts import ask_first, press, went_through
from stem.nations import Nation

for_officers = open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
PER_PAGE = 50


@for_officers
def authority_dates(request: SignedInRequest) -> HttpResponse:
    """Each authority whose dates are known, by nation: which years, how many schools go by them, when last changed."""
    rows = SchoolYear.objects.visible_to(request.user).kept_by(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "schools/authority_dates.html", {"page": page, "years": authority_years(page.object_list)})


@for_officers
def set_authority_dates(request: SignedInRequest) -> HttpResponse:
    """Type or send an authority's dates, and look at what would change before it does."""
    whose = request.GET.get("whose", "")
    nation, _slash, authority = whose.partition("/")
    text = ""
    if nation in Nation.values and authority:
        stood = operations.spans_of(None, nation=nation, authority=authority)
        text = write_lines(span for year in list(stood)[-1:] for span in stood[year])
    form = AuthorityDatesForm(
        request.POST or None, request.FILES or None, initial={"whose": whose, "text": text}, kept=_kept(request.user)
    )
    years = form.understood.years if form.is_valid() else {}
    if years and went_through(form, operations.check_dates, years=years, nation=form.nation, at=timezone.now()):
        stood = operations.spans_of(None, nation=form.nation, authority=form.authority)
        before = [span for year in years for span in stood.get(year, ())]
        lines = write_lines(span for spans in years.values() for span in spans)
        accept = AcceptForm(
            initial={"lines": lines, "seen": operations.stand_of(before), "whose": form.cleaned_data["whose"]},
            nation=form.nation,
        )
        context = {
            "changes": compare(authority_time(form.nation, form.authority), years),
            "understood": form.understood,
            "accept": accept,
            "accept_url": reverse("take_up_authority_dates"),
            "caption": form.authority,
            "back_url": reverse("set_authority_dates"),
        }
        return render(request, "schools/dates_preview.html", context)
    return _ask_for_dates(request, form)


def _kept(user: User) -> set[tuple[str, str]]:
    """The authorities whose dates this person keeps, by nation and name."""
    if has_role(user, Role.ADMINISTRATOR):
        return every_authority()
    return School.objects.visible_to(user).looked_after_by(user).authorities()


def _ask_for_dates(request: SignedInRequest, form: AuthorityDatesForm, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "action": reverse("set_authority_dates"),
        "caption": _("Term dates of authorities"),
        "lead": _(
            "Its schools go by them unless they have told us their own. Nothing changes yet: you see first what would."
        ),
        "back_url": reverse("authority_dates"),
    }
    return render(request, "schools/set_dates.html", context)


@for_officers
@require_POST
def take_up_authority_dates(request: SignedInRequest) -> HttpResponse:
    """Take up the dates that were looked at."""
    whose = request.POST.get("whose", "")
    nation, _slash, authority = whose.partition("/")
    known = is_authority(whose)
    accept = AcceptForm(request.POST, nation=Nation(nation) if known else Nation.ENG)
    if not known:
        accept.add_error(None, _("Choose an authority."))
    elif accept.is_valid() and went_through(
        accept,
        operations.set_authority_dates,
        nation=Nation(nation),
        authority=authority,
        years=accept.understood.years,
        seen=accept.cleaned_data["seen"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("These are the dates of %(authority)s now.") % {"authority": authority})
        return redirect("authority_dates")
    form = AuthorityDatesForm(initial={"whose": whose, "text": request.POST.get("lines", "")}, kept=_kept(request.user))
    return _ask_for_dates(request, form, accept.problem)


@for_officers
def forget_authority_dates(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an authority's dates of one year go, after asking."""
    year = get_object_or_404(SchoolYear.objects.visible_to(request.user).kept_by(request.user), pk=pk)
    if request.method == "POST":
        said = _("Gone: its schools go by the usual dates, unless they have told us their own.")
        press(request, operations.forget_authority_dates, said=said, year=year, by=request.user, at=timezone.now())
        return redirect("authority_dates")
    return ask_first(
        request,
        None,
        title=_("Let the dates of %(authority)s for %(year)s go?")
        % {"authority": year.authority, "year": year.year_in_words},
        lead=_("Its schools go by the usual dates then, which we guess, unless they have told us their own."),
        submit=_("Let them go"),
        kind="danger",
        back_url=reverse("authority_dates"),
    )
