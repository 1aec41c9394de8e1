"""The people at a school: who acts for it, and the staff whom its requests name."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.access import ContactRequest, contacts_only, leads_only
from schools.enums import ContactStatus
from schools.forms.people import PersonForm
from schools.models import Contact, SchoolPerson
from schools.operations import contacts, leading, people
from schools.queries.people import people_named_before
from stem.acts import ask_first, press, went_through

PER_PAGE = 25


def _colleague(request: ContactRequest, pk: int) -> Contact:
    rows = Contact.objects.visible_to(request.user).colleagues_of(request.contact)
    return get_object_or_404(rows.exclude(status=ContactStatus.DECLINED).select_related("user", "school"), pk=pk)


@contacts_only
def school_people(request: ContactRequest) -> HttpResponse:
    """Who acts for our school and who waits to, and whom our requests have named."""
    school = request.contact.school
    rows = Contact.objects.visible_to(request.user).filter(school=school).select_related("user").at_the_top()
    page = Paginator(rows.exclude(status=ContactStatus.DECLINED), PER_PAGE).get_page(request.GET.get("page"))
    named = [(kind.label, found) for kind, found in people_named_before(school).items()]
    context = {"school": school, "me": request.contact, "page": page, "named": named}
    return render(request, "schools/school_people.html", context)


@leads_only
@require_POST
def approve_colleague(request: ContactRequest, pk: int) -> HttpResponse:
    """The lead lets a colleague in."""
    colleague = _colleague(request, pk)
    said = _("%(name)s may act for %(school)s now, and will be told.") % {
        "name": colleague.user,
        "school": colleague.school,
    }
    press(request, contacts.approve_contact, said=said, contact=colleague, by=request.user, at=timezone.now())
    return redirect("school_people")


@leads_only
def decline_colleague(request: ContactRequest, pk: int) -> HttpResponse:
    """The lead says that someone does not work here, after being asked."""
    colleague = _colleague(request, pk)
    if request.method == "POST":
        said = _("Declined: %(name)s will be told how to ask again.") % {"name": colleague.user}
        press(request, contacts.decline_contact, said=said, contact=colleague, by=request.user, at=timezone.now())
        return redirect("school_people")
    return ask_first(
        request,
        None,
        title=_("Say no to %(name)s?") % {"name": colleague.user},
        caption=colleague.school,
        lead=_("They get a letter that we could not confirm that they work at this school. They can ask again."),
        submit=_("Say no"),
        kind="danger",
        back_url=reverse("school_people"),
    )


@leads_only
def hand_over_lead(request: ContactRequest, pk: int) -> HttpResponse:
    """The lead hands the lead to a colleague, after being asked."""
    colleague = _colleague(request, pk)
    if request.method == "POST":
        said = _("%(name)s leads at your school now, and will be told.") % {"name": colleague.user}
        press(request, leading.make_lead, said=said, contact=colleague, by=request.user, at=timezone.now())
        return redirect("school_people")
    return ask_first(
        request,
        None,
        title=_("Hand the lead to %(name)s?") % {"name": colleague.user},
        caption=colleague.school,
        lead=_("From then on they let colleagues in, and you no longer can. You go on asking for visits as before."),
        submit=_("Hand it over"),
        back_url=reverse("school_people"),
    )


def _person(request: ContactRequest, pk: int) -> SchoolPerson:
    rows = SchoolPerson.objects.visible_to(request.user).filter(school=request.contact.school_id)
    return get_object_or_404(rows.select_related("school"), pk=pk)


@contacts_only
def change_person(request: ContactRequest, pk: int) -> HttpResponse:
    """Put right how a member of staff is called or reached."""
    person = _person(request, pk)
    form = PersonForm(request.POST or None, person=person)
    if form.is_valid() and went_through(
        form, people.change_person, person=person, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Kept for your next request. Earlier ones stand as they are."))
        return redirect("school_people")
    return ask_first(
        request,
        form,
        title=_("Change %(name)s") % {"name": person.name},
        caption=person.get_kind_display(),
        lead=_("Your next requests begin with this. Requests and visits that name them already stay as they are."),
        submit=_("Keep this"),
        back_url=reverse("school_people"),
    )


@contacts_only
def forget_person(request: ContactRequest, pk: int) -> HttpResponse:
    """Take a member of staff off the list, after asking."""
    person = _person(request, pk)
    if request.method == "POST":
        said = _("%(name)s is off the list.") % {"name": person.name}
        press(request, people.forget_person, said=said, person=person, by=request.user)
        return redirect("school_people")
    return ask_first(
        request,
        None,
        title=_("Take %(name)s off the list?") % {"name": person.name},
        caption=person.get_kind_display(),
        lead=_("Your next requests do not offer them any more. Requests and visits that name them stay as they are."),
        submit=_("Take them off"),
        kind="danger",
        back_url=reverse("school_people"),
    )
