"""The pages on which people say who they are and what they offer, while they join and whenever it changes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.forms.aims import WOULD_SPEAK_OF, AimsForm
from ambassadors.forms.offers import ActivitiesForm, LanguagesForm, StagesForm
from ambassadors.forms.profile import AboutForm, ProfilePart, WorkForm
from ambassadors.forms.subjects import SubjectsForm, lay_out
from ambassadors.forms.time import TimeForm
from ambassadors.models import Photo
from ambassadors.operations.aims import opt_in_to_aims
from ambassadors.operations.profile import change_profile
from ambassadors.operations.time import say_when
from ambassadors.queries.aims import aims_given
from ambassadors.queries.own_calendars import calendars_of
from ambassadors.queries.records import offers_of
from ambassadors.queries.time import in_words, time_of
from ambassadors.suggestions import find_subjects, suggest_subjects
from ambassadors.views.onwards import go_on, ways_of
from stem.acts import went_through


def profile_of(request: AmbassadorRequest, *, back: str) -> dict[str, Any]:
    """All that a person has said about themselves, as the summary shows it; each change leads back to this page."""
    person = request.ambassador
    has_photo = Photo.objects.visible_to(request.user).filter(ambassador=person).exists()
    return {
        "me": person,
        "offers": offers_of(person),
        "time_said": in_words(time_of(person)),
        "has_photo": has_photo,
        "change_from": f"?back={back}",
    }


@ambassadors_only
def edit_profile(request: AmbassadorRequest) -> HttpResponse:
    """All that a person has said about themselves, each part with the way to change it."""
    aims = [WOULD_SPEAK_OF[aim] for aim in aims_given(request.user)]
    shown = {**profile_of(request, back="profile"), **ways_of(request.ambassador), "aims": aims}
    return render(request, "ambassadors/profile.html", shown)


def _asked(request: AmbassadorRequest, code: str, part: type[ProfilePart], page: str, **shown: Any) -> HttpResponse:
    """Ask for one part; once it is saved, or left out where it may be, lead on from the task with this code."""
    if request.POST.get("then") == "on" and shown.get("may_skip"):
        return go_on(request, request.ambassador, code)
    form = part(request.POST or None, ambassador=request.ambassador)
    if form.is_valid() and went_through(
        form, change_profile, ambassador=request.ambassador, answers=form.answers(), by=request.user, at=timezone.now()
    ):
        return go_on(request, request.ambassador, code)
    return render(request, page, {"form": form, **ways_of(request.ambassador), **shown})


@ambassadors_only
def about_me(request: AmbassadorRequest) -> HttpResponse:
    """Say one's name, and the number for the day of a visit."""
    return _asked(request, "about", AboutForm, "ambassadors/about_me.html")


@ambassadors_only
def my_work(request: AmbassadorRequest) -> HttpResponse:
    """Say what one does, and how one came to it."""
    return _asked(request, "work", WorkForm, "ambassadors/my_work.html")


@ambassadors_only
def my_subjects(request: AmbassadorRequest) -> HttpResponse:
    """Tick the subjects one could answer questions about: what the job title suggests comes first."""
    sought = request.POST.get("sought", "")
    if request.method != "POST" or request.POST.get("then") != "find":
        return _asked(request, "subjects", SubjectsForm, "ambassadors/my_subjects.html", **_laid_out(request, sought))
    form = SubjectsForm(ambassador=request.ambassador)
    part = "HX-Request" in request.headers
    page = "ambassadors/_subjects.html" if part else "ambassadors/my_subjects.html"
    return render(request, page, {"form": form, **ways_of(request.ambassador), **_laid_out(request, sought)})


def _laid_out(request: AmbassadorRequest, sought: str) -> dict[str, Any]:
    """What the page of subjects shows, with what is ticked on it at this moment."""
    if request.method == "POST":
        ticked = request.POST.getlist("subjects")
    else:
        ticked = SubjectsForm.said_by(request.ambassador)["subjects"]
    title = request.ambassador.job_title
    layout = lay_out(ticked, suggested=suggest_subjects(title), found=find_subjects(sought))
    return {"layout": layout, "sought": sought, "job_title": title}


@ambassadors_only
def my_stages(request: AmbassadorRequest) -> HttpResponse:
    """Say how old pupils may be."""
    return _asked(request, "stages", StagesForm, "ambassadors/my_stages.html")


@ambassadors_only
def my_activities(request: AmbassadorRequest) -> HttpResponse:
    """Say what one would do with pupils."""
    return _asked(request, "activities", ActivitiesForm, "ambassadors/my_activities.html")


@ambassadors_only
def my_languages(request: AmbassadorRequest) -> HttpResponse:
    """Say which languages besides English one could talk in, or pass over it."""
    return _asked(request, "languages", LanguagesForm, "ambassadors/my_languages.html", may_skip=True)


@ambassadors_only
def my_time(request: AmbassadorRequest) -> HttpResponse:
    """Say when one can be asked, how often and how soon, or pass over it."""
    if request.POST.get("then") == "on":
        return go_on(request, request.ambassador, "time")
    person, at = request.ambassador, timezone.now()
    form = TimeForm(request.POST or None, ambassador=person)
    if form.is_valid() and went_through(form, say_when, ambassador=person, said=form.answer(), by=request.user, at=at):
        return go_on(request, person, "time")
    shown = {"form": form, "may_skip": True, "calendars": calendars_of(person, request.user, at=at)}
    return render(request, "ambassadors/my_time.html", {**shown, **ways_of(person)})


@ambassadors_only
def my_aims(request: AmbassadorRequest) -> HttpResponse:
    """Say what one would speak of where a school hopes for it, or that one would rather not any more."""
    person = request.ambassador
    form = AimsForm(
        request.POST if request.method == "POST" else None,
        route=person.route,
        initial={"aims": aims_given(request.user)},
    )
    if form.is_valid() and went_through(
        form, opt_in_to_aims, ambassador=person, aims=form.cleaned_data["aims"], by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Your profile has been saved."))
        return redirect("edit_profile")
    ways = {"back_url": reverse("edit_profile"), "back_text": _("Your profile"), "submit": _("Save")}
    return render(request, "ambassadors/my_aims.html", {"form": form, **ways})
