"""The pages on which people learn: a course, its lessons one by one, and its quiz."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.courses.content import Choice, Lesson
from ambassadors.courses.marking import needed_of, shuffled
from ambassadors.enums import Course
from ambassadors.forms.learning import AnswerForm
from ambassadors.learning.editions import edition_in_force
from ambassadors.learning.papers import Paper
from ambassadors.learning.progress import course_progress
from ambassadors.models import QuizAttempt
from ambassadors.operations import learning
from stem.acts import went_through
from stem.moments import day_of
from stem.rules import Refusal

# Which questions a pass missed is told once: the row does not keep it.
MISSED = "quiz_missed"


def known_course(slug: str) -> Course:
    """The course of this name; there is no page for another."""
    if slug not in Course.values:
        raise Http404
    return Course(slug)


def _attempt(request: AmbassadorRequest, pk: int) -> QuizAttempt:
    return get_object_or_404(QuizAttempt.objects.visible_to(request.user).select_related("ambassador"), pk=pk)


@ambassadors_only
def course(request: AmbassadorRequest, slug: str) -> HttpResponse:
    """What a course is about, its lessons, and where one left off."""
    which = known_course(slug)
    progress = course_progress(request.ambassador, which.requirement, on=day_of(timezone.now()))
    under_way = QuizAttempt.objects.visible_to(request.user).of(which).under_way().first()
    return render(
        request, "ambassadors/course.html", {"progress": progress, "course": which, "under_way": under_way is not None}
    )


@ambassadors_only
def lesson(request: AmbassadorRequest, slug: str, lesson: str) -> HttpResponse:
    """One lesson to read, and its question: answering it, right or wrong, is having read it."""
    which = known_course(slug)
    content = edition_in_force(which).content
    found = content.lesson(lesson)
    if found is None:
        raise Http404
    shown = _shown(found)
    choices = [(str(place), choice.text) for place, choice in enumerate(shown, 1)]
    form = AnswerForm(request.POST or None, question=found.check.text, choices=choices)
    if form.is_valid() and went_through(
        form,
        learning.read_lesson,
        ambassador=request.ambassador,
        course=which,
        lesson=lesson,
        by=request.user,
        at=timezone.now(),
    ):
        page = redirect("lesson", slug, lesson)
        page["Location"] += f"?answer={form.place}#answer"
        return page
    place = content.place_of(lesson)
    return render(
        request,
        "ambassadors/lesson.html",
        {
            "form": form,
            "course": which,
            "content": content,
            "lesson": found,
            "place": place,
            "before": content.lessons[place - 2] if place > 1 else None,
            "after": content.lessons[place] if place < len(content.lessons) else None,
            "chosen": _chosen(request, shown),
            "right": found.check.choices[found.check.right],
        },
    )


def _shown(lesson: Lesson) -> list[Choice]:
    """The answers to a lesson's question, in an order that is no habit of whoever wrote them."""
    return [lesson.check.choices[number] for number in shuffled(len(lesson.check.choices), 0, lesson.slug)]


def _chosen(request: AmbassadorRequest, shown: list[Choice]) -> Choice | None:
    """What was answered a moment ago, as the address carries it."""
    given = request.GET.get("answer", "")
    places = [str(place) for place in range(1, len(shown) + 1)]
    return shown[places.index(given)] if given in places else None


@ambassadors_only
@require_POST
def start_quiz(request: AmbassadorRequest, slug: str) -> HttpResponse:
    """Begin the quiz, or go on with the one that is under way, at the first question without an answer."""
    try:
        attempt = learning.start_quiz(
            ambassador=request.ambassador,
            course=known_course(slug),
            seed=secrets.randbits(31),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.told_to())
        return redirect("course", slug)
    return _go_on(attempt, after=0)


def _go_on(attempt: QuizAttempt, *, after: int) -> HttpResponse:
    """To the next question without an answer, or to all of them together."""
    waiting = Paper(attempt).unanswered
    if not waiting:
        return redirect("check_quiz", attempt.pk)
    following = next((asked for asked in waiting if asked.place > after), waiting[0])
    return redirect("quiz", attempt.pk, following.place)


@ambassadors_only
def quiz(request: AmbassadorRequest, pk: int, place: int) -> HttpResponse:
    """One question; its answer is saved as it is given."""
    attempt = _attempt(request, pk)
    paper = Paper(attempt)
    asked = paper.at(place)
    if asked is None:
        raise Http404
    if attempt.finished_at is not None:
        return redirect("quiz_result", attempt.pk)
    initial = {"choice": asked.chosen_place}
    form = AnswerForm(request.POST or None, question=asked.question.text, choices=asked.choices, initial=initial)
    if form.is_valid() and went_through(
        form,
        learning.answer_question,
        attempt=attempt,
        place=place,
        choice=form.place,
        by=request.user,
        at=timezone.now(),
    ):
        return _go_on(attempt, after=place)
    return render(request, "ambassadors/quiz.html", {"form": form, "asked": asked, "paper": paper, "attempt": attempt})


@ambassadors_only
def check_quiz(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """All the answers, to look over before they are handed in."""
    attempt = _attempt(request, pk)
    if attempt.finished_at is not None:
        return redirect("quiz_result", attempt.pk)
    return render(request, "ambassadors/check_quiz.html", {"paper": Paper(attempt), "attempt": attempt})


@ambassadors_only
@require_POST
def finish_quiz(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """Hand the answers in."""
    attempt = _attempt(request, pk)
    if attempt.finished_at is not None:
        return redirect("quiz_result", attempt.pk)
    try:
        missed = learning.finish_quiz(attempt=attempt, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.told_to())
        return redirect("course", attempt.course) if "edition_over" in refusal.codes else _go_on(attempt, after=0)
    request.session[MISSED] = {str(attempt.pk): missed}
    return redirect("quiz_result", attempt.pk)


@ambassadors_only
def quiz_result(request: AmbassadorRequest, pk: int) -> HttpResponse:
    """The score, what was missed and where to read it again."""
    attempt = _attempt(request, pk)
    if attempt.finished_at is None:
        return _go_on(attempt, after=0)
    paper = Paper(attempt)
    told = request.session.get(MISSED, {}).get(str(attempt.pk), [])
    in_force = edition_in_force(Course(attempt.course)).content
    missed = paper.numbered(attempt.missed or told)
    progress = course_progress(request.ambassador, Course(attempt.course).requirement, on=day_of(timezone.now()))
    return render(
        request,
        "ambassadors/quiz_result.html",
        {
            "attempt": attempt,
            "content": paper.content,
            "needed": needed_of(attempt.total or 0),
            "missed": [(question, in_force.lesson(question.lesson)) for question in missed],
            "progress": progress,
        },
    )
