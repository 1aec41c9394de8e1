"""Letters about a person's standing, and to those who vouch for them, one function a fact."""

from datetime import date, datetime
from itertools import islice

from django.utils.translation import gettext_lazy as _

from ambassadors.eligibility import comment_until, commented_until, nation_of
from ambassadors.enums import TAKES_NO_PART, AmbassadorStatus, CheckStatus, Course, RefereeStatus
from ambassadors.facts import read_applicants
from ambassadors.importing.grace import days_left
from ambassadors.importing.words import SAID_WORDS
from ambassadors.journey import reckon
from ambassadors.models import (
    Ambassador,
    Application,
    Check,
    CourseEdition,
    Hold,
    Membership,
    QuizAttempt,
    Referee,
    Scheme,
)
from ambassadors.queries import renewals
from ambassadors.queries.by_scheme import late_schemes
from ambassadors.queries.front_door import record_like
from ambassadors.queries.records import known_before
from ambassadors.queries.staff import vetting_officers_of
from ambassadors.turns import waits_for_person
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, by_day, confidential, gathered
from stem.letters.kinds import LetterKind
from stem.moments import day_of
from stem.policy.values import value

# So long a referee's link works; asked again, they get another.
DAYS_TO_ANSWER = 28
# So long works a link to whom we may know already.
DAYS_TO_CLAIM = 14
# So many vetting officers a letter names of whom to ask.
OFFICERS_NAMED = 5
# Why somebody gets a letter about the way into the scheme who is not on it themselves.
NAMED = _("You get this because somebody who would like to be an ambassador has named you.")
OFFICER = _("You get this because you are a vetting officer where they live.")
BROUGHT = _("You get this because another scheme, whose register is ours now, had this e-mail address of yours.")
ON_RECORD = _("You get this because this e-mail address is on a record of ours.")


def _to(ambassador: Ambassador, **context: object) -> Envelope:
    return Envelope(str(ambassador), ambassador.reached_at, {"ambassador": ambassador, **context})


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
@by_day
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


def _running_out(draft: Draft, ambassador_id: int, told_on: str) -> Envelope | None:
    """What runs out, when, and where to renew it (V-04). A coordinator reads no requirement of anybody's (V-05)."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id).select_related("user").first()
    ending = renewals.told_on(ambassador_id, date.fromisoformat(told_on), on=day_of(draft.at))
    # Whatever has been renewed meanwhile, or has run out, is not told any more.
    if ambassador is None or not ending:
        return None
    lines = [(each.words, draft.page(*each.page) if each.page and ambassador.user else "") for each in ending]
    return _to(ambassador, lines=lines, first=ending[0], contact=draft.page("contact"))


@about(LetterKind.VETTING)
@confidential
@gathered
def requirements_running_out(draft: Draft, *, ambassador_id: int, told_on: str) -> Envelope | None:
    """Something runs out in a month or more."""
    return _running_out(draft, ambassador_id, told_on)


@about(LetterKind.VETTING)
@confidential
@by_day
def requirements_nearly_over(draft: Draft, *, ambassador_id: int, told_on: str) -> Envelope | None:
    """Something runs out within a week: the last word about it, which waits for nothing else."""
    return _running_out(draft, ambassador_id, told_on)


def _to_referee(draft: Draft, referee_id: int) -> Envelope | None:
    referee = Referee.objects.awaited().filter(pk=referee_id).select_related("ambassador").first()
    if referee is None:
        return None
    form = draft.link("give_reference", referee.pk, days=DAYS_TO_ANSWER)
    context = {"referee": referee, "person": referee.ambassador, "form": form, "days": DAYS_TO_ANSWER}
    return Envelope(referee.full_name, referee.email, context)


@about(LetterKind.VETTING, because=NAMED)
def reference_asked(draft: Draft, *, referee_id: int) -> Envelope | None:
    """Someone who would like to join has named you: four questions, in confidence."""
    return _to_referee(draft, referee_id)


@about(LetterKind.VETTING, because=NAMED)
@by_day
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
@by_day
def reference_silent(draft: Draft, *, referee_id: int) -> Envelope | None:
    """One of the people you named has not answered for a fortnight: ring them, or name someone else."""
    return _about_referee(draft, referee_id, RefereeStatus.ASKED)


@about(LetterKind.VETTING)
def another_referee_needed(draft: Draft, *, referee_id: int) -> Envelope | None:
    """We need someone else in place of a person you named. Why is between them and us."""
    return _about_referee(draft, referee_id, RefereeStatus.NOT_ACCEPTED)


@about(LetterKind.VETTING, because=OFFICER)
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
@by_day
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
@by_day
def draft_waits(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """What you began is still here. Sent once, and not to someone who has gone on meanwhile."""
    begun = (AmbassadorStatus.DRAFT, AmbassadorStatus.IMPORTED)
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status__in=begun, user__isnull=False).first()
    return _to(ambassador, join=draft.page("join_as_ambassador"), contact=draft.page("contact")) if ambassador else None


def _in_vetting(ambassador_id: int) -> Application | None:
    rows = Application.objects.filter(ambassador=ambassador_id, ambassador__status=AmbassadorStatus.VETTING)
    return rows.select_related("ambassador").first()


def _from_schemes(ambassador_id: int) -> tuple[Ambassador, list[Membership]] | None:
    """Somebody whom schemes brought and who has not answered, and what each said of them."""
    person = Ambassador.objects.unclaimed().filter(pk=ambassador_id).exclude(email="").first()
    rows = list(Membership.objects.filter(ambassador=ambassador_id).select_related("scheme"))
    return (person, rows) if person is not None and rows else None


def _answer_until(draft: Draft, person: Ambassador) -> tuple[str, int]:
    """The link by which they answer, and for how many days it works."""
    on = day_of(draft.at)
    grace, told = value("import_grace_days", on=on), person.notices.filter(days=0).first()
    days = max(1, days_left(told.told_on, on=on, grace=grace) if told else grace)
    return draft.link("answer_notice", person.pk, days=days), days


@about(LetterKind.VETTING, because=BROUGHT)
@by_day
def import_notice(draft: Draft, *, ambassador_id: int, when: str = "") -> Envelope | None:
    """Another scheme has handed us your data: who we are, what we have, by what right, and what you can do (V-94)."""
    found = _from_schemes(ambassador_id)
    if found is None:
        return None
    person, rows = found
    link, days = _answer_until(draft, person)
    said = dict.fromkeys(name for row in rows for name in row.said)
    return _to(
        person,
        schemes=[row.scheme for row in rows],
        fields=[SAID_WORDS[name] for name in SAID_WORDS if name in said],
        link=link,
        days=days,
        privacy=draft.page("privacy"),
    )


@about(LetterKind.VETTING, because=BROUGHT)
@by_day
def import_reminder(draft: Draft, *, ambassador_id: int, days: int) -> Envelope | None:
    """You have not said yet whether you want to be here, and how long you have (V-95). Silent once they have."""
    found = _from_schemes(ambassador_id)
    if found is None:
        return None
    person, rows = found
    link, left = _answer_until(draft, person)
    return _to(person, schemes=[row.scheme for row in rows], link=link, days=left)


@about(LetterKind.VETTING, because=ON_RECORD)
@confidential
def record_found(draft: Draft, *, user_id: int, when: str) -> Envelope | None:
    """To the address on a record: somebody has registered who may be you. Nobody else hears that there is a record."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    above = value("duplicate_propose", on=day_of(draft.at)) / 100
    person = record_like(user, above=above) if user is not None else None
    if person is None or not person.reached_at:
        return None
    if person.user is not None:
        return _to(person, sign_in=draft.page("account_login"), link="", days=0)
    if not Ambassador.objects.claimable().filter(pk=person.pk).exists():
        return None
    return _to(person, link=draft.link("answer_notice", person.pk, days=DAYS_TO_CLAIM), days=DAYS_TO_CLAIM, sign_in="")


@about(LetterKind.VETTING, because=OFFICER)
@confidential
def turned_down_before(draft: Draft, *, ambassador_id: int, user_id: int) -> Envelope | None:
    """An applicant may be somebody who was turned down before (V-60). The applicant is told nothing of it."""
    person = Ambassador.objects.filter(pk=ambassador_id).exclude(status__in=TAKES_NO_PART).first()
    officer = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None or officer is None or not known_before(person, surely=True):
        return None
    context = {"person": person, "page": draft.page("ambassador", person.pk)}
    return Envelope(officer.full_name, officer.email, context)


@about(LetterKind.SCHEME)
@by_day
def notices_late(draft: Draft, *, scheme_id: int, user_id: int, came_on: str) -> Envelope | None:
    """Some of a scheme's people were not told within 28 days that we have their data (V-94). Silent once they are."""
    scheme = Scheme.objects.filter(pk=scheme_id).first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if scheme is None or reader is None or scheme.pk not in dict(late_schemes(on=day_of(draft.at))):
        return None
    context = {"scheme": scheme, "page": draft.page("people_by_scheme")}
    return Envelope(reader.full_name, reader.email, context)


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
    gone = (AmbassadorStatus.LEFT, AmbassadorStatus.SEALED)
    ambassador = Ambassador.objects.filter(pk=ambassador_id, status__in=gone).first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if ambassador is None or reader is None:
        return None
    context = {
        "ambassador": ambassador,
        "left_at": datetime.fromisoformat(left_at),
        "page": draft.page("concerns"),
    }
    return Envelope(reader.full_name, reader.email, context)
