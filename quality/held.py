"""What feedback holds about someone; and every subject of the page that tells people what is held about them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors import held as of_ambassadors
from bookings import held as of_bookings
from bookings.models import Visit
from quality.casebook import reviews_of
from quality.enums import FeedbackSide
from quality.models import Case, Complaint, EmployerAgreement, EmployerLead, Endorsement, Feedback
from quality.queries import read_form
from schools import held as of_schools
from stem.accounts import held as of_accounts
from stem.held import Section, Subject, facts, latest
from stem.letters import held as of_letters
from stem.texts.held import TEXTS, are_texts_told
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

KEPT_AS_FEEDBACK = lazy("3 years after the visit; then scores only, without names.")


def feedback_given(user: "User", at: datetime) -> Section:
    """The forms that someone sent in, for either side, with their answers."""
    visits = Visit.objects.with_seat_of(user).values("pk")
    mine = Q(side=FeedbackSide.AMBASSADOR, visit__in=visits) | Q(
        side=FeedbackSide.TEACHER, visit__supervising_email__iexact=user.email
    )
    rows = Feedback.objects.submitted().filter(mine).select_related("visit__request__school")

    def told(form: Feedback) -> list[str]:
        said = "\n".join(f"{each.text} {each.answer}" for each in read_form(form).answers)
        return [_day(form.submitted_at), str(form.visit.request.school), said]

    return Section(
        title=_("Feedback you gave"),
        kept=str(KEPT_AS_FEEDBACK),
        listed=latest(rows, (_("Sent"), _("School"), _("What you said")), told),
        nothing=_("None."),
    )


def feedback_about(user: "User", at: datetime) -> Section:
    """That schools have spoken of this person's visits, once both may know it (G-02); not in what words."""
    visits = Visit.objects.with_seat_of(user)
    rows = Feedback.objects.revealed(at).filter(side=FeedbackSide.TEACHER, visit__in=visits.values("pk"))
    return Section(
        title=_("Feedback about your visits"),
        lead=_(
            "That a school has answered stands here once you have answered too, or 14 days after the visit. Its own"
            " words are left out: one school’s form would tell who wrote it. Ask us, and we tell you what we can."
        ),
        kept=str(KEPT_AS_FEEDBACK),
        listed=latest(
            rows.select_related("visit__request__school"),
            (_("Visit"), _("School"), _("Answered")),
            lambda form: [_day(form.visit.starts_at), str(form.visit.request.school), _day(form.submitted_at)],
        ),
        nothing=_("None so far."),
    )


def reviews_of_visits(user: "User", at: datetime) -> Section:
    """What this person was asked about their visits, what they answered, and how it ended."""

    def told(case: Case) -> list[str]:
        said = "\n".join(filter(None, [case.asked, case.reply, case.told]))
        return [_day(case.opened_at), str(case.visit.request.school), said]

    return Section(
        title=_("What we asked you about your visits"),
        lead=_("Each stands on a page of its own, with what the school answered."),
        kept=str(KEPT_AS_FEEDBACK),
        listed=latest(reviews_of(user), (_("Began"), _("School"), _("What was said")), told),
        nothing=_("Nothing."),
    )


def employer_figures(user: "User", at: datetime) -> Section:
    """Whether someone lets their visits be counted for their employer, and for which employer they read, or read."""
    agreement = EmployerAgreement.objects.filter(ambassador__user=user).select_related("ambassador").first()
    counted = _("Yes, with visits since %(day)s") % {"day": _day(agreement.agreed_at)} if agreement else _("No")
    rows = EmployerLead.objects.filter(user=user).select_related("employer").order_by("-invited_at", "-pk")

    def told(lead: EmployerLead) -> list[str]:
        return [str(lead.employer), _day(lead.accepted_at), _day(lead.ended_at) or _("now")]

    return Section(
        title=_("What an employer is told"),
        lead=_("Your employer is told of people together, once a term, and never who agreed to be counted."),
        kept=_("That you are counted until you say no; that you read for an employer 7 years after it has ended."),
        facts=facts((_("Your visits are counted for your employer"), counted)),
        listed=latest(rows, (_("You read for"), _("From"), _("Until")), told),
    )


def page_for_others(user: "User", at: datetime) -> Section:
    """Whether there is a link to this person's page for others, until when, and how many words of schools it shows."""
    mine = Endorsement.objects.visible_to(user).first()
    has_link = mine is not None and mine.expires_at is not None and mine.expires_at > at
    said = (
        facts(
            (_("Link made"), _day(mine.made_at) if has_link else ""),
            (_("It opens the page until"), _day(mine.expires_at) if has_link else ""),
            (_("Words of schools that you picked"), mine.picked.count()),
        )
        if mine is not None
        else []
    )
    return Section(
        title=_("Your page for others"),
        lead=_("Whoever has the link reads what you gave, and the words that you picked. Of the link we keep a mark."),
        kept=_("The link until you end it or its time is over; what you picked until you leave."),
        facts=said,
        nothing=_("You have made none."),
    )


def complaints_made(user: "User", at: datetime) -> Section:
    """What this person complained of while signed in, and what they were answered."""

    def told(complaint: Complaint) -> list[str]:
        said = [complaint.said.words, complaint.said.wants, complaint.answer_words]
        words = "\n".join(filter(None, [*said, complaint.appeal_words, complaint.second_words]))
        return [_day(complaint.received_at), complaint.reference, words]

    return Section(
        title=_("Complaints you made"),
        lead=_("Those that you made without signing in stand on their own pages alone: we cannot search them by name."),
        kept=_("6 years after it is closed."),
        listed=latest(Complaint.objects.of_person(user), (_("Sent"), _("Number"), _("What was said")), told),
        nothing=_("None."),
    )


def _day(moment: datetime | None) -> str:
    return short_day_in_words(moment) if moment else ""


SUBJECTS = (
    Subject(
        "feedback",
        lazy("Feedback"),
        lazy("What you said about visits, that schools have said how yours went, and what your employer is told."),
        (feedback_given, feedback_about, reviews_of_visits, employer_figures, page_for_others),
    ),
    Subject(
        "complaints",
        lazy("Complaints"),
        lazy("What you complained to us about, and what we answered."),
        (complaints_made,),
    ),
)
# In the order of the page. Whatever an app adds to its own subjects is there at once.
ALL_SUBJECTS: tuple[Subject, ...] = (
    *of_accounts.SUBJECTS,
    *of_ambassadors.SUBJECTS,
    *of_schools.SUBJECTS,
    *of_bookings.SUBJECTS,
    *SUBJECTS,
    *of_letters.SUBJECTS,
)


def subjects_for(user: "User") -> tuple[Subject, ...]:
    """Every subject, the same for everyone; texts are among them where they are sent, or some are kept."""
    return (*ALL_SUBJECTS, TEXTS) if are_texts_told(user) else ALL_SUBJECTS


def subject_for(user: "User", word: str) -> Subject | None:
    """The subject of this word, if it is one for them; only of texts has anything to be asked for that."""
    if word == TEXTS.word:
        return TEXTS if are_texts_told(user) else None
    return next((each for each in ALL_SUBJECTS if each.word == word), None)
