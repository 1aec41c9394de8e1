"""What is read about cases: by whoever handles them, and by whom they are about."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bookings.models import Visit
from quality.enums import CaseRule, CaseStatus
from quality.instruments import load_instrument
from quality.models import Case, Feedback
from quality.queries import Answered
from quality.querysets import CaseQuerySet
from quality.triggers import may_be_paused
from stem.moments import day_of

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Seen:
    """A visit that gave reason for a case, with what was answered, or with what happened."""

    visit: Visit
    answers: list[Answered]
    happened: str = ""


@dataclass(frozen=True)
class CaseListed:
    """A case in a list, and whether it should have been acted on."""

    case: Case
    tag: str
    tone: str


def cases_shown(cases: CaseQuerySet, show: str, *, user: "User") -> CaseQuerySet:
    """Those to list, what is due first, in one query; of all of them the latest first."""
    rows = cases.select_related("ambassador", "school", "handler", "visit__request__school")
    if show == "all":
        return rows.order_by("-opened_at", "-pk")
    undecided = rows.undecided().order_by("act_by", "pk")
    return undecided.filter(handler=user) if show == "mine" else undecided


def case_listed(case: Case, *, at: datetime) -> CaseListed:
    """This case with its tag: amber on the day on which somebody was to have acted, red after it."""
    today = day_of(at)
    if case.status == CaseStatus.DECIDED:
        return CaseListed(case, case.get_decision_display(), "")
    # While they have time to answer nobody else is late.
    due = case.reply_by if case.status == CaseStatus.ASKED and case.reply_by else case.act_by
    if today > due:
        return CaseListed(case, _("Late"), "bad")
    if today == due:
        return CaseListed(case, _("Today"), "warning")
    return CaseListed(case, case.get_status_display(), "waiting")


def seen_by(case: Case, *, is_decider: bool = False) -> list[Seen]:
    """The visits that its rule saw, in their order, each question beside its answer; in two queries.

    Whoever decides reads also what a rating counts beside others of its kind, which tells of other people's visits.
    """
    visits = Visit.objects.select_related("request__school").in_bulk({each["visit"] for each in case.evidence})
    forms = Feedback.objects.in_bulk(case.forms)
    found: dict[int, Seen] = {}
    for each in case.evidence:
        shown = found.setdefault(each["visit"], Seen(visits[each["visit"]], [], _happened(each, is_decider)))
        if form := forms.get(each["form"] or 0):
            shown.answers.extend(_answered(form, each["said"]))
    return sorted(found.values(), key=lambda each: (each.visit.starts_at is None, each.visit.starts_at, each.visit.pk))


def _answered(form: Feedback, said: dict[str, str]) -> list[Answered]:
    """Those of its questions that a rule goes by, with the answers that it saw."""
    questions = load_instrument(form.instrument).questions
    return [Answered(each.code, each.text, each.words_for(said[each.code])) for each in questions if each.code in said]


def _happened(seen: dict[str, Any], is_decider: bool) -> str:
    if is_decider and (score := seen.get("score")) is not None:
        return _("Beside other visits of its kind it counts as %(score).1f.") % {"score": score}
    words = {
        "no_show": _("Did not come."),
        "late": _("Was given back fewer than five working days before."),
        "class": _("Ten pupils or more answered, and did not feel left to make up their own minds."),
        "words": _("What was written about it asks for a closer look."),
    }
    return words.get(seen.get("what", ""), "")


def what_helps(case: Case) -> str:
    """What somebody who handles such a case does first (rule 2.5)."""
    words: dict[str, str] = {
        CaseRule.R1: _("Ring the teacher, and hear what happened."),
        CaseRule.R2: _("A supportive conversation: two of the last four visits were rated low."),
        CaseRule.R2B: _("A review: three of the last five visits were rated low."),
        CaseRule.R3: _("A review: observe the next visit, and look at new bookings before they are agreed."),
        CaseRule.R4: _("Ring them. Hear why before anything else."),
        CaseRule.R5: _("Look at the outline and the slides with them."),
        CaseRule.R6: _("Coaching on inclusion."),
        CaseRule.R7: _("Other ages, or somebody beside them who knows this age."),
        CaseRule.R8: _("Observe a visit: they and the schools see it differently."),
        CaseRule.R9: _("Ring the school, and offer help. Its next request is agreed with somebody senior there."),
        CaseRule.WORDS: _("Read the form, and what its reader noted. Then ring the teacher."),
    }
    first = words[case.rule]
    if case.rule == CaseRule.R4 and _missed_twice(case):
        return first + " " + _("It is the second time in twelve months: consider a pause.")
    return first


def _missed_twice(case: Case) -> bool:
    days = [date.fromisoformat(each["on"]) for each in case.evidence if each.get("what") == "no_show"]
    return bool(days) and may_be_paused(days, max(days))


def reviews_of(user: "User") -> CaseQuerySet:
    """The cases of which this person has been told, those that wait for their answer first."""
    return (
        Case.objects.told_to(user).select_related("visit__request__school").order_by("decided_at", "-opened_at", "pk")
    )
