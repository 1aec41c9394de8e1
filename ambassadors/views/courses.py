"""How administrators write the courses: a draft, a look at it, and its publication."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.enums import Course
from ambassadors.forms.courses import BeganForm, DraftForm, PublishForm
from ambassadors.learning import editions
from ambassadors.learning.changes import changes_between, course_board, passes_before
from ambassadors.models import CourseDraft
from ambassadors.operations import courses as operations
from ambassadors.views.learning import known_course
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import ask_first, press, went_through


def _draft_there(slug: str) -> CourseDraft:
    draft = editions.draft_of(known_course(slug))
    if draft is None:
        raise Http404
    return draft


@open_to(Role.ADMINISTRATOR)
def courses(request: SignedInRequest) -> HttpResponse:
    """Every course: the version in force, a draft if there is one, and how many have passed."""
    return render(request, "ambassadors/courses.html", {"lines": course_board()})


@open_to(Role.ADMINISTRATOR)
def course_versions(request: SignedInRequest, slug: str) -> HttpResponse:
    """One course: its draft and every version."""
    course = known_course(slug)
    versions = editions.editions_of(course)
    draft = editions.draft_of(course)
    return render(request, "ambassadors/course_versions.html", {"course": course, "versions": versions, "draft": draft})


@open_to(Role.ADMINISTRATOR)
def edit_course(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the next version; what somebody else wrote meanwhile is shown beside it."""
    course = known_course(slug)
    form = DraftForm(request.POST or None, initial=_as_it_stands(course))
    if form.is_valid() and went_through(
        form, operations.save_draft, course=course, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("The draft is saved. Nobody learns from it until it is published."))
        return redirect("course_versions", slug)
    stands = _as_it_stands(course)
    theirs = None
    if request.method == "POST" and form["began_from"].value() != stands["began_from"]:
        theirs = stands["text"]
        # Whoever has now seen what is there may save over it.
        typed = request.POST.copy()
        typed["began_from"] = stands["began_from"]
        form.data = typed
    return render(request, "ambassadors/edit_course.html", {"course": course, "form": form, "theirs": theirs})


def _as_it_stands(course: Course) -> dict[str, Any]:
    """The draft, or what a first one begins from."""
    edition, draft = editions.edition_in_force(course), editions.draft_of(course)
    return {"text": (draft or edition).text, "began_from": editions.begun_from(edition, draft)}


@open_to(Role.ADMINISTRATOR)
def preview_course(request: SignedInRequest, slug: str) -> HttpResponse:
    """The draft as a learner would find it, with the whole quiz and its answers."""
    draft = _draft_there(slug)
    return render(request, "ambassadors/preview_course.html", {"course": known_course(slug), "content": draft.content})


@open_to(Role.ADMINISTRATOR)
def preview_lesson(request: SignedInRequest, slug: str, lesson: str) -> HttpResponse:
    """One lesson of the draft as a learner would read it."""
    content = _draft_there(slug).content
    found = content.lesson(lesson)
    if found is None:
        raise Http404
    words = {"course": known_course(slug), "content": content, "lesson": found, "place": content.place_of(lesson)}
    return render(request, "ambassadors/preview_lesson.html", words)


@open_to(Role.ADMINISTRATOR)
def publish_course(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what has changed and what it means for those who have passed, and publish."""
    course, draft = known_course(slug), _draft_there(slug)
    edition = editions.edition_in_force(course)
    form = PublishForm(request.POST or None, initial={"began_from": editions.begun_from(edition, draft)})
    if form.is_valid() and went_through(
        form,
        operations.publish_draft,
        course=course,
        began_from=form.cleaned_data["began_from"],
        note=form.cleaned_data["note"],
        retake_by=form.retake_day,
        by=request.user,
        at=timezone.now(),
    ):
        _tell(request, is_major=form.retake_day is not None)
        return redirect("course_versions", slug)
    changes = changes_between(edition.content, draft.content)
    words = {"course": course, "form": form, "changes": changes, "passes": passes_before(course)}
    return render(request, "ambassadors/publish_course.html", words)


def _tell(request: SignedInRequest, *, is_major: bool) -> None:
    said = _("Published. People learn from this version now.")
    if is_major:
        said = _("Published. Whoever passed an earlier version gets a letter within the hour.")
    messages.success(request, said)


@open_to(Role.ADMINISTRATOR)
def discard_draft(request: SignedInRequest, slug: str) -> HttpResponse:
    """Throw the draft away, after asking."""
    course, draft = known_course(slug), _draft_there(slug)
    began = {"began_from": editions.begun_from(editions.edition_in_force(course), draft)}
    form = BeganForm(request.POST or None, initial=began)
    if form.is_valid() and went_through(
        form, operations.discard_draft, course=course, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("The draft is gone. The version in force has not changed."))
        return redirect("course_versions", slug)
    return ask_first(
        request,
        form,
        title=_("Discard the draft?"),
        caption=course.label,
        lead=_("What was written in it is lost. The version in force stays as it is."),
        submit=_("Discard the draft"),
        kind="danger",
        back_url=reverse("course_versions", args=[slug]),
    )


@open_to(Role.ADMINISTRATOR)
def course_version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One version that is kept, as it was written."""
    course = known_course(slug)
    edition = editions.edition_numbered(course, number)
    if edition is None:
        raise Http404
    words = {"course": course, "edition": edition, "draft": editions.draft_of(course)}
    return render(request, "ambassadors/course_version.html", words)


@open_to(Role.ADMINISTRATOR)
@require_POST
def go_back_to_version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Make a draft of an earlier version."""
    press(
        request,
        operations.go_back_to_version,
        said=_("The draft is now that version. Publish it to make it the next one."),
        course=known_course(slug),
        number=number,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("course_versions", slug)
