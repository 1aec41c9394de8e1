"""Letters about a person's standing, and to those who vouch for them, one function a fact."""

from datetime import date, datetime
from itertools import islice

from ambassadors.eligibility import comment_until, commented_until, nation_of
from ambassadors.enums import TAKES_NO_PART, AmbassadorStatus, CheckStatus, Course, RefereeStatus
from ambassadors.facts import read_applicants
from ambassadors.journey import reckon
from ambassadors.models import Ambassador, Application, Check, CourseEdition, Hold, QuizAttempt, Referee
from ambassadors.queries import renewals
from ambassadors.queries.staff import vetting_officers_of
from ambassadors.turns import waits_for_person
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, confidential
from stem.letters.kinds import LetterKind
from stem.moments import day_of

# So long a referee's link works; asked again, they get another.
DAYS_TO_ANSWER = 28
# So many vetting officers a letter names of whom to ask.
OFFICERS_NAMED = 5


def _to(ambassador: Ambassador, **context: object) -> Envelope:
    return Envelope(ambassador.full_name, ambassador.reached_at, {"ambassador": ambassador, **context})


def _person(ambassador_id: int, status: AmbassadorStatus) -> Ambassador | None:
    return Ambassador.objects.filter(pk=ambassador_id, status=status).select_related("user").first()


@about(LetterKind.VETTING)
def application_received(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """We have your registration, and this is what happens next."""
    ambassador = _person(ambassador_id, AmbassadorStatus.VETTING)
    return _to(ambassador, home=draft.page("ambassador_home")) if ambassador else None


@about(LetterKind.VETTING)
def application_approved(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """You are an ambassador; schools can now be offered your time."""
    ambassador = _person(ambassador_id, AmbassadorStatus.ACTIVE)
    return _to(ambassador, home=draft.page("ambassador_home")) if ambassador else None


@about(LetterKind.VETTING)
def application_declined(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """We cannot take you on, and this is how to ask about it. The reason itself is not put in an e-mail."""
    ambassador = _person(ambassador_id, AmbassadorStatus.DECLINED)
    return _to(ambassador, contact=draft.page("contact")) if ambassador else None


@about(LetterKind.VETTING)
def course_to_take_again(draft: Draft, *, ambassador_id: int, edition_id: int) -> Envelope | None:
    """A course you passed has changed so much that you take it again, by this day."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id).first()
    edition = CourseEdition.objects.filter(pk=edition_id).first()
    if ambassador is None or edition is None:
        return None
    passed = QuizAttempt.objects.filter(ambassador=ambassador, course=edition.course, edition__gte=edition.number)
    # Whoever has taken it meanwhile need not be told.
    if passed.filter(requirement__isnull=False).exists():
        return None
    return _to(ambassador, edition=edition, course=draft.page("course", Course(edition.course)))


@about(LetterKind.VETTING)
@confidential
def requirements_running_out(draft: Draft, *, ambassador_id: int, told_on: str) -> Envelope | None:
    """What runs out, when, and where to renew it (V-04). A coordinator reads no requirement of anybody's (V-05)."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id).select_related("user").first()
    ending = renewals.told_on(ambassador_id, date.fromisoformat(told_on), on=day_of(draft.at))
    # Whatever has been renewed meanwhile, or has run out, is not told any more.
    if ambassador is None or not ending:
        return None
    lines = [(each.words, draft.page(*each.page) if each.page and ambassador.user else "") for each in ending]
    return _to(ambassador, lines=lines, first=ending[0], contact=draft.page("contact"))


def _to_referee(draft: Draft, referee_id: int) -> Envelope | None:
    referee = Referee.objects.awaited().filter(pk=referee_id).select_related("ambassador").first()
    if referee is None:
        return None
    form = draft.link("give_reference", referee.pk, days=DAYS_TO_ANSWER)
    context = {"referee": referee, "person": referee.ambassador, "form": form, "days": DAYS_TO_ANSWER}
    return Envelope(referee.full_name, referee.email, context)


@about(LetterKind.VETTING)
def reference_asked(draft: Draft, *, referee_id: int) -> Envelope | None:
    """Someone who would like to join has named you: four questions, in confidence."""
    return _to_referee(draft, referee_id)


@about(LetterKind.VETTING)
def reference_reminder(draft: Draft, *, referee_id: int) -> Envelope | None:
    """We have not had your answers yet; this link works too."""
    return _to_referee(draft, referee_id)


def _about_referee(draft: Draft, referee_id: int, *statuses: RefereeStatus) -> Envelope | None:
    """To the person whom the referee was asked about, and nothing of what was answered."""
    referee = Referee.objects.filter(pk=referee_id, status__in=statuses).select_related("ambassador").first()
    if referee is None or referee.ambassador.status in (AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT):
        return None
    return _to(referee.ambassador, referee=referee, page=draft.page("my_referees"))


@about(LetterKind.VETTING)
def reference_given(draft: Draft, *, referee_id: int) -> Envelope | None:
    """One of the people you named has answered."""
    return _about_referee(draft, referee_id, RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED)


@about(LetterKind.VETTING)
def reference_silent(draft: Draft, *, referee_id: int) -> Envelope | None:
    """One of the people you named has not answered for a fortnight: ring them, or name someone else."""
    return _about_referee(draft, referee_id, RefereeStatus.ASKED)


@about(LetterKind.VETTING)
def another_referee_needed(draft: Draft, *, referee_id: int) -> Envelope | None:
    """We need someone else in place of a person you named. Why is between them and us."""
    return _about_referee(draft, referee_id, RefereeStatus.NOT_ACCEPTED)


@about(LetterKind.VETTING)
@confidential
def change_declared(draft: Draft, *, hold_id: int, user_id: int) -> Envelope | None:
    """An ambassador of your region would like to be telephoned. Nothing of it stands in the letter."""
    hold = Hold.objects.filter(pk=hold_id, lifted_at=None).select_related("ambassador").first()
    officer = User.objects.filter(pk=user_id, is_active=True).first()
    if hold is None or officer is None:
        return None
    context = {"person": hold.ambassador, "page": draft.page("ambassador", hold.ambassador_id)}
    return Envelope(officer.full_name, officer.email, context)


@about(LetterKind.VETTING)
@confidential
def check_weighed(draft: Draft, *, check_id: int) -> Envelope | None:
    """Two people look at your check; tell them what they should know before they decide (V-33). Silent once decided."""
    check = Check.objects.filter(pk=check_id, status__in=(CheckStatus.ASSESSING, CheckStatus.ESCALATED)).first()
    if check is None or check.ambassador.status in TAKES_NO_PART:
        return None
    return _to(check.ambassador, until=commented_until(check), page=draft.page("comment_on_check"))


@about(LetterKind.VETTING)
def check_decided(draft: Draft, *, check_id: int, moved_at: str) -> Envelope | None:
    """Your check is decided; what came of it is on your page. The same words whatever it is; silent once it changed."""
    check = Check.objects.filter(pk=check_id, moved_at=datetime.fromisoformat(moved_at)).first()
    if check is None or check.ambassador.status in TAKES_NO_PART:
        return None
    return _to(check.ambassador, page=draft.page("agree_to_check"))


@about(LetterKind.VETTING)
@confidential
def new_check_needed(draft: Draft, *, check_id: int) -> Envelope | None:
    """You need a new criminal record check. What made it so stands in no letter (V-42); silent once it is made."""
    check = Check.objects.under_way().filter(pk=check_id).select_related("ambassador").first()
    if check is None or check.ambassador.status in TAKES_NO_PART:
        return None
    return _to(check.ambassador, page=draft.page("agree_to_check"), contact=draft.page("contact"))


@about(LetterKind.VETTING)
def more_asked_for(draft: Draft, *, ambassador_id: int, asked_at: str) -> Envelope | None:
    """We need something more from you, in an officer's words. Silent once they have answered, or were asked anew."""
    application = _in_vetting(ambassador_id)
    if application is None or application.answered_at or application.asked_at != datetime.fromisoformat(asked_at):
        return None
    return _to(application.ambassador, asked_for=application.asked_for, page=draft.page("answer_asked"))


@about(LetterKind.VETTING)
def your_turn(draft: Draft, *, ambassador_id: int, reminded_at: str) -> Envelope | None:
    """We wait for you: what for, and where you do it. Silent once they have done their part."""
    ambassador, on = _person(ambassador_id, AmbassadorStatus.VETTING), day_of(draft.at)
    if ambassador is None:
        return None
    [applicant] = read_applicants(Ambassador.objects.filter(pk=ambassador_id), on=on)
    if not waits_for_person(applicant, on=on):
        return None
    application = _in_vetting(ambassador_id)
    asked_for = application.asked_for if application and applicant.is_asked else ""
    tasks = [task.kind.title for task in reckon(applicant.facts).tasks if task.state.is_mine]
    page = draft.page("answer_asked" if asked_for else "join_as_ambassador")
    return _to(ambassador, tasks=tasks, asked_for=asked_for, page=page)


@about(LetterKind.VETTING)
@confidential
def decline_proposed(draft: Draft, *, ambassador_id: int, proposed_at: str) -> Envelope | None:
    """We think of saying no, and you may comment first (rule V-33). What it is about stands in no e-mail."""
    application = _in_vetting(ambassador_id)
    moment = datetime.fromisoformat(proposed_at)
    if application is None or application.decline_proposed_at != moment:
        return None
    person = application.ambassador
    return _to(person, until=comment_until(day_of(moment), nation_of(person)), contact=draft.page("contact"))


@about(LetterKind.VETTING)
@confidential
def vetting_goes_on(draft: Draft, *, ambassador_id: int, taken_back_at: str) -> Envelope | None:
    """We no longer think of saying no. Silent when it has been proposed again since."""
    application = _in_vetting(ambassador_id)
    if application is None or application.decline_proposed_at is not None:
        return None
    return _to(application.ambassador, home=draft.page("ambassador_home"))


@about(LetterKind.VETTING)
def draft_waits(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """What you began is still here. Sent once, and not to someone who has gone on meanwhile."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status=AmbassadorStatus.DRAFT).first()
    return _to(ambassador, join=draft.page("join_as_ambassador"), contact=draft.page("contact")) if ambassador else None


def _in_vetting(ambassador_id: int) -> Application | None:
    rows = Application.objects.filter(ambassador=ambassador_id, ambassador__status=AmbassadorStatus.VETTING)
    return rows.select_related("ambassador").first()


@about(LetterKind.SAFEGUARDING)
@confidential
def reference_doubted(draft: Draft, *, referee_id: int, user_id: int) -> Envelope | None:
    """Something has come up in someone's vetting (V-51): whom a safeguarding lead asks about it, and nothing of it."""
    referee = Referee.objects.filter(pk=referee_id, has_doubts=True).select_related("ambassador").first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if referee is None or reader is None or referee.status == RefereeStatus.WITHDRAWN:
        return None
    officers = list(islice(vetting_officers_of(referee.ambassador), OFFICERS_NAMED))
    return Envelope(reader.full_name, reader.email, {"ambassador": referee.ambassador, "officers": officers})


@about(LetterKind.SAFEGUARDING)
@confidential
def left_under_hold(draft: Draft, *, ambassador_id: int, user_id: int, left_at: str) -> Envelope | None:
    """Someone left while a safeguarding hold stood: whether to refer them is still to be decided (rule C-04)."""
    ambassador = _person(ambassador_id, AmbassadorStatus.LEFT)
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if ambassador is None or reader is None:
        return None
    context = {
        "ambassador": ambassador,
        "left_at": datetime.fromisoformat(left_at),
        "page": draft.page("concerns"),
    }
    return Envelope(reader.full_name, reader.email, context)
