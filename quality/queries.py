"""What the people who look after quality read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador, Hold
from ambassadors.querysets import AmbassadorQuerySet, HoldQuerySet
from bookings.models import Visit
from quality.instruments import load_instrument
from quality.models import Concern, Feedback
from quality.querysets import FeedbackQuerySet
from quality.settling import WORRIED, Outcome, outcome, staff_were_absent

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Answered:
    """A question with its answer, as the person who gave it saw both."""

    code: str
    text: str
    answer: str


@dataclass(frozen=True)
class FormRead:
    """One form for its reader."""

    feedback: Feedback
    answers: list[Answered]
    attention: list[str]


def read_form(feedback: Feedback) -> FormRead:
    """A form's questions with their answers, and what in it should not wait.

    Whether something worried whoever gave it is for safeguarding leads alone, who have it on their own list (C-02).
    """
    questions = load_instrument(feedback.instrument).questions
    answered = [
        Answered(question.code, question.text, question.words_for(feedback.answers[question.code]))
        for question in questions
        if question.code in feedback.answers and question.code not in WORRIED
    ]
    return FormRead(feedback, answered, attention(feedback.answers))


def attention(answers: dict[str, str]) -> list[str]:
    """What in these answers asks for someone to act, the most urgent first (rules R1, R5)."""
    found = []
    if staff_were_absent(answers):
        found.append(_("School staff were not there the whole time."))
    if answers.get("T9") in ("1", "2") or answers.get("T10") == "no":
        found.append(_("Not useful, or not again: call the school within 5 working days."))
    if answers.get("T5") in ("1", "2"):
        found.append(_("Not felt to be balanced: look at the content within 10 working days."))
    return found


def forms_listed(forms: FeedbackQuerySet) -> FeedbackQuerySet:
    """Forms with what a list shows of them, in one query."""
    return forms.select_related("visit__request__school").order_by("-submitted_at", "-pk")


def disputed_visits(forms: FeedbackQuerySet, *, at: datetime) -> list[Visit]:
    """Visits on which both forms are in and disagree about whether it took place: a coordinator decides (T-20)."""
    over = Visit.objects.over_by(at).filter(pk__in=forms.submitted().values("visit"))
    visits = list(over.select_related("request__school"))
    answered: dict[int, dict[str, str]] = {}
    for form in forms.submitted().filter(visit__in=visits):
        answered.setdefault(form.visit_id, {}).update(form.answers)
    return [visit for visit in visits if _is_disputed(answered[visit.pk])]


def _is_disputed(answers: dict[str, str]) -> bool:
    return outcome(answers.get("TF1"), answers.get("A1"), silence_over=True) is Outcome.DISPUTED


def people_protected_by(lead: "User") -> AmbassadorQuerySet:
    """Everyone whom this safeguarding lead may suspend; leads meet nobody of the register otherwise."""
    return Ambassador.objects.protected_by(lead)


def people_of(concern: Concern, lead: "User") -> list[Ambassador]:
    """Who has a part in the visit of a worry, of those whom this lead may suspend; nobody, where it is of no visit."""
    if concern.visit is None:
        return []
    return list(people_protected_by(lead).filter(pk__in=concern.visit.seats.values("ambassador")))


def absences_protected_by(lead: "User") -> HoldQuerySet:
    """Absences with no last day, which only leads tell from suspensions and so end for anyone (V-71)."""
    return Hold.objects.open_absences().filter(ambassador__in=people_protected_by(lead)).select_related("set_by")
