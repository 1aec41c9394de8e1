"""An employer's page, for who reads for it; and the invitation by which they come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.access import EmployerRequest, employer_leads_only
from quality.employer_forms import AcceptForm
from quality.employers.pages import EmployerPage, header, headings, lines_of, page_of
from quality.employers.register import has_account
from quality.models import EmployerLead
from quality.operations import employers as operations
from stem.access import public
from stem.acts import press, went_through
from stem.audit.record import record
from stem.letters.links import find_link
from stem.rules import Refusal
from stem.spreadsheets import written_table


@employer_leads_only
@never_cache
def employer_page(request: EmployerRequest) -> HttpResponse:
    """What the employer's people gave, term by term. Every reading is on record."""
    context = {"shown": _read(request), "headings": headings(), "lead": request.employer_lead}
    return render(request, "quality/employer_page.html", context)


@employer_leads_only
@never_cache
def export_employer_page(request: EmployerRequest) -> HttpResponse:
    """The same figures as a file."""
    headers = {"Content-Disposition": 'attachment; filename="volunteering.csv"', "Cache-Control": "no-store"}
    told = written_table(header(), lines_of(_read(request)))
    return HttpResponse(told, content_type="text/csv; charset=utf-8", headers=headers)


def _read(request: EmployerRequest) -> EmployerPage:
    employer, at = request.employer_lead.employer, timezone.now()
    record("employer.read", employer, by=request.user, at=at)
    return page_of(employer, user=request.user, at=at)


@employer_leads_only
@require_POST
def stop_reading(request: EmployerRequest) -> HttpResponse:
    """Read for the employer no more, by one's own wish."""
    said = _("You no longer read for %(employer)s.") % {"employer": request.employer_lead.employer}
    press(request, operations.end_lead, said=said, lead=request.employer_lead, by=request.user, at=timezone.now())
    return redirect("home")


@public
@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What reading for an employer is, and a button to say yes; to look at it changes nothing."""
    at = timezone.now()
    try:
        link = find_link("accept_invitation", token, at=at)
    except Refusal as refusal:
        status = 404 if refusal.codes == ["link_unknown"] else 410
        return render(request, "quality/invitation_closed.html", {"why": refusal.told_to()}, status=status)
    lead = EmployerLead.objects.behind(link.object_id)
    form = AcceptForm(request.POST if request.method == "POST" else None, is_known=has_account(lead.email))
    if form.is_valid():
        said = {"full_name": "", **form.cleaned_data}
        if went_through(form, operations.accept_invitation, link=link, at=at, **said):
            messages.success(request, _("Thank you. Now sign in with your work e-mail address."))
            return redirect("home" if request.user.is_authenticated else "account_request_login_code")
    return render(request, "quality/accept_invitation.html", {"form": form, "lead": lead})
