"""What the people who look after quality read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ambassadors.eligibility import nation_of
from ambassadors.models import Ambassador, Hold
from ambassadors.querysets import AmbassadorQuerySet, HoldQuerySet
from ambassadors.validity import add_months
from bookings.models import Visit
from quality.clocks import Clock, clock_of
from quality.enums import CommentStatus, ConcernStatus, FeedbackSide, FeedbackStatus
from quality.instruments import Question, load_instrument
from quality.models import Comment, Concern, Conflict, Feedback, FollowUp, Suspension
from quality.querysets import CommentQuerySet, ConcernQuerySet, FeedbackQuerySet, OddityQuerySet
from quality.redacting import words_in
from quality.settling import WORRIED, Outcome, outcome, staff_were_absent
from stem.moments import day_of
from stem.nations import Nation
from stem.workdays import working_days_between

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Answered:
    """A question with its answer, as the person who gave it saw both."""

    code: str
    text: str
    answer: str
    # Words of it were left out before it came here.
    left_out: bool = False


@dataclass(frozen=True)
class FormRead:
    """One form for its reader."""

    feedback: Feedback
    answers: list[Answered]
    attention: list[str]


def read_form(feedback: Feedback, *, as_passed_on: bool = False) -> FormRead:
    """A form's questions with their answers, and what in it should not wait.

    Of what was passed on with something left out the rest alone is read, where it is to be `as_passed_on`.
    Whether something worried whoever gave it is for safeguarding leads alone, who have it on their own list (C-02).
    """
    questions = load_instrument(feedback.instrument).questions
    answered = [
        _passed(feedback, question)
        if as_passed_on and question.code in feedback.shared_words
        else Answered(question.code, question.text, question.words_for(feedback.answers[question.code]))
        for question in questions
        if question.code in feedback.answers and question.code not in WORRIED
    ]
    return FormRead(feedback, answered, attention(feedback.answers))


def said_later(feedback: Feedback) -> list[Answered]:
    """What the teacher answered about the same visit eight weeks later; nothing where nobody asked, or answered."""
    asked = FollowUp.objects.submitted().filter(visit=feedback.visit_id).first()
    if asked is None:
        return []
    questions = load_instrument(asked.instrument).questions
    said = asked.answers
    return [Answered(each.code, each.text, each.words_for(said[each.code])) for each in questions if each.code in said]


def words_on(feedback: Feedback) -> list[Answered]:
    """What was written on a form in words of its writer's own, with the questions."""
    questions = load_instrument(feedback.instrument).questions
    said = feedback.answers
    return [
        Answered(each.code, each.text, said[each.code])
        for each in questions
        if each.kind == "text" and said.get(each.code)
    ]


@dataclass(frozen=True)
class Shared:
    """Words of a form for the other side: the visit, and each question with what may be read of its answer."""

    feedback: Feedback
    words: list[Answered]


def words_of_schools(user: "User", *, at: datetime) -> list[Shared]:
    """What schools wrote of the visits that this person made and may read now, the latest first, in one query."""
    return _shared(Feedback.objects.to_ambassador(user), at)


def words_of_ambassadors(user: "User", *, at: datetime) -> list[Shared]:
    """The same that ambassadors wrote of visits to the schools for which this person acts."""
    return _shared(Feedback.objects.to_schools_of(user), at)


def _shared(forms: FeedbackQuerySet, at: datetime) -> list[Shared]:
    rows = forms.shared(at).select_related("visit__request__school").order_by("-visit__starts_at", "-pk")
    return [Shared(form, _passed_on(form)) for form in rows]


def _passed_on(form: Feedback) -> list[Answered]:
    questions = load_instrument(form.instrument).questions
    return [_passed(form, each) for each in questions if each.kind == "text" and each.code in form.shared_words]


def _passed(form: Feedback, question: Question) -> Answered:
    """What of an answer in words was passed on, and whether that is all of it."""
    words = form.shared_words[question.code]
    left_out = words_in(words) != words_in(str(form.answers.get(question.code, "")))
    return Answered(question.code, question.text, words, left_out)


@dataclass(frozen=True)
class CommentListed:
    """Something written that waits to be read, with the question that it answers and how it stands by the clock."""

    comment: Comment
    question: str
    tag: str
    tone: str


def comments_to_read(user: "User", *, at: datetime) -> CommentQuerySet:
    """What waits for this reader, whatever is urgent first, then what is due first; in one query."""
    return Comment.objects.visible_to(user).to_read(day_of(at)).select_related("feedback__visit__request__school")


def comment_listed(comment: Comment, *, at: datetime) -> CommentListed:
    """This one with its tag: green while it has time, amber on the last day, red after it."""
    if comment.status not in (CommentStatus.WAITING, CommentStatus.HELD):
        return CommentListed(comment, question_of(comment), comment.get_status_display(), "")
    today = day_of(at)
    if today > comment.read_by:
        return CommentListed(comment, question_of(comment), _("Late"), "bad")
    if today == comment.read_by:
        return CommentListed(comment, question_of(comment), _("Today"), "warning")
    return CommentListed(comment, question_of(comment), _("In time"), "good")


def question_of(comment: Comment) -> str:
    """The question that it answers, as whoever wrote it read it."""
    questions = load_instrument(comment.feedback.instrument).questions
    return next((each.text for each in questions if each.code == comment.code), "")


def comments_of(feedback: Feedback) -> list[CommentListed]:
    """What was written on one form, and what was decided about each; in one query."""
    rows = Comment.objects.filter(feedback=feedback).order_by("code")
    found = []
    for each in rows:
        each.feedback = feedback
        found.append(CommentListed(each, question_of(each), each.get_status_display(), ""))
    return found


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


# So much of the forms that were asked for is meant to come back, and below this nothing is said in general (S-23).
AIMS: dict[str, int] = {FeedbackSide.TEACHER: 70, FeedbackSide.AMBASSADOR: 80}
TOO_FEW = 50
RESPONSE_OF = timedelta(days=90)


@dataclass(frozen=True)
class Response:
    """How many of those on one side who were asked have answered."""

    side: str
    asked: int
    came: int

    @property
    def percent(self) -> int:
        """The same, of a hundred."""
        return round(100 * self.came / self.asked)

    @property
    def aim(self) -> int:
        """How many of a hundred are aimed at."""
        return AIMS[self.side]

    @property
    def label(self) -> str:
        """Whose forms they are."""
        return str(FeedbackSide(self.side).label)

    @property
    def is_too_low(self) -> bool:
        """Whether too few have answered to say anything of all."""
        return self.percent < TOO_FEW


def responses(forms: FeedbackQuerySet, *, at: datetime) -> list[Response]:
    """How each side has answered that was asked in the last 90 days (S-23), in one query; missing forms are missing."""
    came = Count("pk", filter=~Q(status=FeedbackStatus.INVITED))
    recent = forms.filter(invited_at__gt=at - RESPONSE_OF).order_by("side").values_list("side")
    return [Response(*row) for row in recent.annotate(asked=Count("pk"), came=came)]


@dataclass(frozen=True)
class Listed:
    """A form in a list, and how late it is that nobody has read it."""

    feedback: Feedback
    alarm: tuple[str, str] | None = None


def listed(feedback: Feedback, *, at: datetime, reading_days: int) -> Listed:
    """This form, with whether it should have been read by now: after a working day amber, after one more red."""
    if feedback.status != FeedbackStatus.SUBMITTED or feedback.submitted_at is None:
        return Listed(feedback)
    nation = feedback.visit.request.school.nation
    over = working_days_between(day_of(feedback.submitted_at), day_of(at), nation) - reading_days
    if over <= 0:
        return Listed(feedback)
    return Listed(feedback, (_("Late"), "warning") if over == 1 else (_("Very late"), "bad"))


def forms_listed(forms: FeedbackQuerySet, *, longest_first: bool = False) -> FeedbackQuerySet:
    """Forms with what a list shows of them, in one query: the latest first, or whatever has waited longest."""
    order = ("submitted_at", "pk") if longest_first else ("-submitted_at", "-pk")
    return forms.select_related("visit__request__school").order_by(*order)


def why_not_counted(feedback: Feedback) -> list[Conflict]:
    """Why nobody's ratings of this form's visit count, if they do not (rule G-04)."""
    return list(Conflict.objects.filter(visit=feedback.visit_id))


def oddities_listed(oddities: OddityQuerySet) -> OddityQuerySet:
    """Those that nobody has looked at with what a list shows of them, the oldest first, in one query."""
    rows = oddities.not_looked_at().select_related("feedback__visit__request__school")
    return rows.order_by("found_at", "pk")


def disputed_visits(forms: FeedbackQuerySet, *, at: datetime) -> list[tuple[Visit, list[Feedback]]]:
    """Visits on which both forms disagree about whether it took place, each with both: a coordinator decides (T-20)."""
    over = Visit.objects.over_by(at).filter(pk__in=forms.submitted().values("visit"))
    visits = list(over.select_related("request__school"))
    said: dict[int, list[Feedback]] = {}
    for form in forms.submitted().filter(visit__in=visits).order_by("pk"):
        said.setdefault(form.visit_id, []).append(form)
    return [(visit, said[visit.pk]) for visit in visits if _is_disputed(said[visit.pk])]


def _is_disputed(said: list[Feedback]) -> bool:
    answers = {question: answer for form in said for question, answer in form.answers.items()}
    return outcome(answers.get("TF1"), answers.get("A1"), silence_over=True) is Outcome.DISPUTED


def people_protected_by(lead: "User") -> AmbassadorQuerySet:
    """Everyone whom this safeguarding lead may suspend; leads meet nobody of the register otherwise."""
    return Ambassador.objects.protected_by(lead)


def people_of(concern: Concern, lead: "User") -> list[Ambassador]:
    """Who has a part in the visit of a worry, of those whom this lead may suspend; nobody, where it is of no visit."""
    if concern.visit is None:
        return []
    return list(people_protected_by(lead).filter(pk__in=concern.visit.seats.values("ambassador")))


# So far back worries of low level about one person are read together (rule 2.9).
PATTERN_MONTHS = 24


def low_level_before(concern: Concern, about: Ambassador | None, *, at: datetime) -> int:
    """How many other worries of low level there were about this person within 24 months."""
    if about is None:
        return 0
    since = add_months(day_of(at), -PATTERN_MONTHS)
    return Concern.objects.low_level_since(since).filter(ambassador=about).exclude(pk=concern.pk).count()


def person_protected_by(lead: "User", said: str) -> Ambassador | None:
    """Whom this lead means by a scheme number or an e-mail address; nobody where it is not one person's alone."""
    asked = Q(scheme_number__iexact=said) | Q(email__iexact=said) | Q(user__email__iexact=said)
    found = list(people_protected_by(lead).filter(asked)[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class WorryListed:
    """A worry in a list, with the clock that runs; of one that waits for nobody in time, with none."""

    concern: Concern
    clock: Clock | None = None

    @property
    def is_late(self) -> bool:
        """Whether the target is past: it is amber or red."""
        return self.clock is not None and self.clock.tone != "good"

    @property
    def is_over(self) -> bool:
        """Whether the limit is past: it is red."""
        return self.clock is not None and self.clock.tone == "bad"


def worry_listed(concern: Concern, *, at: datetime) -> WorryListed:
    """This worry, and until when somebody has to look at it, or tell the designated officer."""
    since = concern.harm_at if concern.status == ConcernStatus.HARM_THRESHOLD else None
    if concern.status == ConcernStatus.RAISED:
        since = concern.raised_at
    return WorryListed(concern, clock_of(since, at, nation_of_concern(concern)) if since else None)


def nation_of_concern(concern: Concern) -> Nation:
    """Where it has to be dealt with: the school's nation, or where whom it is about lives; England's if neither."""
    if concern.visit is not None:
        return Nation(concern.visit.request.school.nation)
    return nation_of(concern.ambassador) if concern.ambassador is not None else Nation.ENG


def suspension_after(concern: Concern, lead: "User") -> Suspension | None:
    """What keeps whom this worry is about out of schools, if anything does and this lead may read it."""
    standing = Suspension.objects.visible_to(lead).standing().filter(ambassador=concern.ambassador_id)
    return standing.first() if concern.ambassador_id else None


def not_suspended(people: Sequence[Ambassador]) -> list[Ambassador]:
    """Those of these people whom nothing keeps out of schools yet."""
    kept_out = set(Suspension.objects.standing().filter(ambassador__in=people).values_list("ambassador", flat=True))
    return [person for person in people if person.pk not in kept_out]


def absences_protected_by(lead: "User") -> HoldQuerySet:
    """Absences with no last day, which only leads tell from suspensions and so end for anyone (V-71)."""
    return Hold.objects.open_absences().filter(ambassador__in=people_protected_by(lead)).select_related("set_by")


def worries_readable_by(user: "User", at: datetime) -> ConcernQuerySet:
    """Those of a safeguarding lead; of a second deputy, those over which they have broken the glass (rule C-02)."""
    return Concern.objects.readable_by(user, at)


def worries_behind_glass(user: "User") -> ConcernQuerySet:
    """Those over which a second deputy may break the glass (rule C-02)."""
    return Concern.objects.behind_glass(user)


def worries_handed_over(user: "User") -> int:
    """How many were no safeguarding matter and went to whoever looks after quality; more of them they do not see."""
    return Concern.objects.handed_to_quality(user).count()
