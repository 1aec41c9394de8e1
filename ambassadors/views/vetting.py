"""How vetting officers look after the people of the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors import vouching
from ambassadors.eligibility import nation_of
from ambassadors.enums import RequirementKind
from ambassadors.facts import applicant_of, last_check_of, with_facts
from ambassadors.forms.vetting import BookableForm, RequirementForm
from ambassadors.models import Ambassador, Hold, Photo
from ambassadors.operations import departures, holds, requirements
from ambassadors.queries import records
from ambassadors.queries.turn import turn_of
from ambassadors.querysets import AmbassadorQuerySet
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role, has_role
from stem.acts import press, went_through
from stem.audit.record import record
from stem.moments import day_of
from stem.policy.values import value_as_column
from stem.rules import Audience

PER_PAGE = 25


def people_vetted_by(request: SignedInRequest) -> AmbassadorQuerySet:
    """The people this officer vets: those of their regions, and never oneself (rule V-31)."""
    return Ambassador.objects.visible_to(request.user).vetted_by(request.user)


@open_to(Role.VETTING_OFFICER)
@require_POST
def note_pvg_told(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that Disclosure Scotland has heard that someone left."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    said = _("Noted: Disclosure Scotland knows that %(name)s has left.") % {"name": person}
    press(request, departures.note_pvg_told, said=said, ambassador=person, by=request.user, at=timezone.now())
    return redirect("ambassadors")


@open_to(Role.VETTING_OFFICER)
def ambassador(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's record, and whether they may be booked on a day. Looking at it is itself put on record."""
    at = timezone.now()
    today = day_of(at)
    people = with_facts(people_vetted_by(request).select_related("user", "application__asked_by"), on=today)
    people = people.select_related("application__decline_proposed_by", "photo__confirmed_by").defer("photo__picture")
    people = people.prefetch_related("referees")
    person = people.annotate(vetting_days=value_as_column("vetting_days", on=today)).filter(pk=pk).first()
    if person is None:
        # An old link leads to the record that this one has become a part of (rule V-92).
        return redirect("ambassador", get_object_or_404(people_vetted_by(request).behind(pk)).pk)
    record("ambassador.read", person, by=request.user, at=at)
    form = BookableForm(request.GET if "nation" in request.GET else None)
    asked = form.asked(today, nation_of(person))
    knows = has_role(request.user, Role.SAFEGUARDING_LEAD)
    shown = records.vetting_record(
        person,
        on=today,
        asked=asked,
        check=last_check_of(person),
        reader=request.user.pk,
        knows_safeguarding=knows,
    )
    return render(
        request,
        "ambassadors/ambassador.html",
        {
            "ambassador": person,
            "record": shown,
            "bookable_form": form if form.is_bound else BookableForm(initial={"on": today, "nation": asked[1]}),
            "turn": turn_of(person, shown.rows, reader=request.user.pk, on=today),
            "history": records.history_of(person),
            "today": today,
            "references": vouching.references_of(person),
            "identity_seen": applicant_of(person).facts.has(RequirementKind.ID),
            "known_before": records.known_before(person),
        },
    )


@open_to(Role.VETTING_OFFICER)
def record_requirement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record that a requirement is met."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    photo = Photo.objects.visible_to(request.user).filter(ambassador=person).defer("picture").first()
    form = RequirementForm(request.POST or None, initial={"kind": request.GET.get("kind")}, photo=photo)
    if form.is_valid() and went_through(
        form,
        requirements.record_requirement,
        told_to=Audience.ENTITLED,
        ambassador=person,
        **form.cleaned_data,
        by=request.user,
        at=timezone.now(),
    ):
        messages.success(request, _("Recorded: %(what)s.") % {"what": form.cleaned_data["kind"].label})
        return redirect("ambassador", person.pk)
    told = {"form": form, "ambassador": person, "photo": photo}
    return render(request, "ambassadors/record_requirement.html", told)


@open_to(Role.VETTING_OFFICER)
@require_POST
def lift_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let someone be booked again."""
    hold = get_object_or_404(Hold.objects.visible_to(request.user), pk=pk)
    press(request, holds.lift_hold, said=_("The hold is lifted."), hold=hold, by=request.user, at=timezone.now())
    return redirect("ambassador", hold.ambassador_id)
