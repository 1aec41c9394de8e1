"""What became of the people whom each scheme brought, and who of them has to be told by post."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.forms.claiming import ToldForm
from ambassadors.operations import claiming, notices
from ambassadors.queries.by_scheme import conversions, to_tell_by_post
from ambassadors.views.vetting import PER_PAGE, people_vetted_by
from stem.access import SignedInRequest, freshly_confirmed, open_to
from stem.accounts.roles import Role, has_role
from stem.acts import ask_first, went_through
from stem.audit.record import record
from stem.forms import HouseForm
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Audience
from stem.spreadsheets import written_table


@open_to(Role.VETTING_OFFICER, Role.ADMINISTRATOR)
def people_by_scheme(request: SignedInRequest) -> HttpResponse:
    """Of each scheme's people how many were told, said that it is them, were vetted, said no, or have yet to answer."""
    on = day_of(timezone.now())
    grace = value("import_grace_days", on=on)
    rows = conversions(on=on, grace=grace)
    late = [row for row in rows if row.late]
    may_list = has_role(request.user, Role.VETTING_OFFICER)
    return render(
        request,
        "ambassadors/people_by_scheme.html",
        {"rows": rows, "late": late, "grace": grace, "may_list": may_list},
    )


@open_to(Role.VETTING_OFFICER)
def tell_by_post(request: SignedInRequest) -> HttpResponse:
    """Those of the officer's regions who have yet to hear that we have their data, and cannot be told by e-mail."""
    found = to_tell_by_post(people_vetted_by(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ambassadors/tell_by_post.html", {"page": page})


@open_to(Role.VETTING_OFFICER)
@freshly_confirmed
def tell_by_post_file(request: SignedInRequest) -> HttpResponse:
    """The same as a table for a spreadsheet program, from which letters can be printed. It is put on record."""
    people = to_tell_by_post(people_vetted_by(request))
    rows = [
        (each.full_name, each.postcode, each.phone, ", ".join(str(row) for row in each.memberships.all()))
        for each in people
    ]
    record("ambassador.export", request.user, by=request.user, at=timezone.now())
    content = written_table([str(_("Name")), str(_("Postcode")), str(_("Telephone")), str(_("Scheme and id"))], rows)
    headers = {"Content-Disposition": 'attachment; filename="to-tell-by-post.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@open_to(Role.VETTING_OFFICER)
def note_told(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that somebody was told in another way than by e-mail."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    form = ToldForm(request.POST or None)
    if form.is_valid() and went_through(
        form,
        notices.note_told,
        told_to=Audience.ENTITLED,
        ambassador=person,
        told_by=form.cleaned_data["told_by"],
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("On record: %(name)s has been told.") % {"name": person})
        return redirect("tell_by_post")
    return ask_first(
        request,
        form,
        title=_("%(name)s has been told?") % {"name": person},
        lead=_("That we have their data from another scheme, what for, and that they may say no."),
        submit=_("They have been told"),
        kind="primary",
        back_url=reverse("tell_by_post"),
    )


@open_to(Role.VETTING_OFFICER)
def say_no_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the no of somebody who telephones; asks first, for it cannot be undone."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    form = HouseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and went_through(
        form, claiming.say_no_for, told_to=Audience.ENTITLED, ambassador=person, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Their record is deleted, and no import brings them in again."))
        return redirect("ambassadors")
    return ask_first(
        request,
        form,
        title=_("%(name)s says no?") % {"name": person},
        lead=_(
            "Make sure that it is they who ask. All that came from other schemes under their e-mail address is deleted"
            " at once and cannot be brought back. The audit record says that you did it for somebody who telephoned."
        ),
        submit=_("Delete their record"),
        kind="danger",
        back_url=reverse("ambassador", args=[person.pk]),
    )
