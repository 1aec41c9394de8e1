"""What requests, offers and visits hold about someone."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from bookings.enums import OfferStatus, ProposalStatus, RequestStatus, SeatKind, Side, VisitStatus
from bookings.models import (
    CalendarReply,
    FeedChoice,
    Invitation,
    KeptApart,
    Message,
    Offer,
    OwnVisit,
    Proposal,
    ProposalEvent,
    Request,
    Reserve,
    RiskAcceptance,
    RiskAssessment,
    Seat,
    Visit,
    Willing,
)
from bookings.queries.diary import STANDING
from stem.held import Section, Subject, facts, latest, yes_or_no
from stem.wording import day_in_words, interval_in_words, short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

KEPT_AS_VISIT = lazy("6 years after the visit, names of school staff 3 years; then made anonymous.")


def visits_made(user: "User", at: datetime) -> Section:
    """Visits in which someone has, or had to the end, a part as an ambassador."""
    rows = (
        Visit.objects.with_seat_of(user)
        .annotate(is_watched=Exists(Seat.objects.held_by(user).shadows().filter(visit=OuterRef("pk"))))
        .select_related("request__school")
        .order_by(F("starts_at").desc(nulls_last=True), "-pk")
    )

    def told(visit: Visit) -> list[str]:
        part = SeatKind.SHADOW if vars(visit)["is_watched"] else SeatKind.LEAD
        state = str(STANDING[VisitStatus(visit.status)][0])
        return [_when(visit), str(visit.request.school), str(part.label), state]

    return Section(
        title=_("Your visits as an ambassador"),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("When"), _("School"), _("Your part"), _("State")), told),
        nothing=_("None."),
    )


def own_visits(user: "User", at: datetime) -> Section:
    """Days that someone told us of, with groups they found themselves."""
    rows = OwnVisit.objects.visible_to(user).order_by("-day", "-pk")

    def told(visit: OwnVisit) -> list[str]:
        return [day_in_words(visit.day), visit.place, yes_or_no(visit.with_under_18s)]

    return Section(
        title=_("Visits you arranged yourself"),
        lead=_("We count the days: by law they decide which check you need."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("When"), _("School or group"), _("With under-18s")), told),
        nothing=_("You have told us of none."),
    )


def times_proposed(user: "User", at: datetime) -> Section:
    """Other times that someone proposed for visits, and what they wrote with it."""
    theirs = ProposalEvent.objects.filter(by=user, kind="propose").order_by().values("proposal")
    rows = Proposal.objects.filter(pk__in=theirs).select_related("visit__request__school")

    def told(proposal: Proposal) -> list[str]:
        when, state = interval_in_words(proposal.starts_at, proposal.ends_at), ProposalStatus(proposal.status).label
        return [
            short_day_in_words(proposal.made_at),
            str(proposal.visit.request.school),
            when,
            proposal.words,
            str(state),
        ]

    return Section(
        title=_("Other times you proposed for a visit"),
        lead=_("Everyone concerned with the visit reads it, and its coordinators."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("When"), _("School"), _("New time"), _("Why"), _("What became of it")), told),
        nothing=_("None."),
    )


def calendar_chosen(user: "User", at: datetime) -> Section:
    """What someone would have in the calendar that they subscribe to."""
    chosen = FeedChoice.objects.visible_to(user).first()
    said = (
        [
            (_("Shows"), chosen.get_shows_display()),
            (_("Reminds"), chosen.get_alarms_display()),
            (_("With journeys"), yes_or_no(chosen.journeys)),
        ]
        if chosen
        else []
    )
    return Section(
        title=_("Your visits in your own calendar"),
        kept=_("As long as the account is open."),
        facts=facts(*said),
        nothing=_("You have chosen nothing."),
    )


def offers_received(user: "User", at: datetime) -> Section:
    """What someone was asked, why they were, and what they answered."""
    rows = Offer.objects.made_to(user).select_related("visit__request__school").order_by("-made_at", "-pk")

    def told(offer: Offer) -> list[str]:
        school, why = str(offer.visit.request.school), "; ".join(filter(None, [offer.asked_although, *offer.reasons]))
        return [short_day_in_words(offer.made_at), school, why, str(OfferStatus(offer.status).label)]

    return Section(
        title=_("What we asked you"),
        lead=_(
            "A program ranks who could go, by subject, age group and distance. It asks the best by itself, or a "
            "coordinator asks; on the page of your time you can say that only a coordinator may choose you."
        ),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("Asked"), _("School"), _("Why you"), _("What became of it")), told),
        nothing=_("We have asked you nothing yet."),
    )


def said_i_could(user: "User", at: datetime) -> Section:
    """Open requests of which someone said, unasked, that they could do them."""
    rows = Willing.objects.visible_to(user).select_related("request__school").order_by("-said_at", "-pk")

    def told(willing: Willing) -> list[str]:
        when = short_day_in_words(willing.said_at)
        return [when, str(willing.request.school), str(willing.request), yes_or_no(willing.withdrawn_at is None)]

    return Section(
        title=_("What you said you could do"),
        lead=_("Coordinators of the school’s region read it. Schools do not."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("When"), _("School"), _("Request"), _("Still so")), told),
        nothing=_("Nothing."),
    )


def in_reserve(user: "User", at: datetime) -> Section:
    """Visits to which someone would still come, should somebody else not."""
    rows = Reserve.objects.filter(ambassador__user=user).select_related("visit__request__school")

    def told(each: Reserve) -> list[str]:
        school = str(each.visit.request.school)
        return [short_day_in_words(each.said_at), school, _when(each.visit), yes_or_no(each.withdrawn_at is None)]

    return Section(
        title=_("Visits for which you are in reserve"),
        lead=_("Coordinators of the school’s region see it. The school does not."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows.order_by("-said_at", "-pk"), (_("Said"), _("School"), _("When"), _("Still so")), told),
        nothing=_("None."),
    )


def calendar_said(user: "User", at: datetime) -> Section:
    """What someone's own calendar program answered by e-mail, and whether they have said if it is so."""
    rows = CalendarReply.objects.visible_to(user).select_related("visit__request__school")

    def told(each: CalendarReply) -> list[str]:
        school, is_settled = str(each.visit.request.school), yes_or_no(each.settled_at is not None)
        return [short_day_in_words(each.received_at), school, each.get_said_display(), is_settled]

    return Section(
        title=_("What your calendar program told us"),
        lead=_("Read by a program. It changes nothing until you say that it is so, and nobody else reads it."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("Received"), _("School"), _("Says"), _("You have said whether it is so")), told),
        nothing=_("Nothing."),
    )


def rather_not_there(user: "User", at: datetime) -> Section:
    """Schools to which someone said that they would rather not go again; never what a school said of them."""
    mine = KeptApart.objects.visible_to(user).filter(side=Side.AMBASSADOR, ambassador__user=user)

    def told(each: KeptApart) -> list[str]:
        return [short_day_in_words(each.said_at), str(each.school)]

    return Section(
        title=_("Schools you would rather not go to again"),
        lead=_("Coordinators of the school’s region see that you said so. The school does not."),
        kept=_("Until you take it back, at most as long as your record."),
        listed=latest(mine.select_related("school"), (_("Said"), _("School")), told),
        nothing=_("None."),
    )


def rather_somebody_else(user: "User", at: datetime) -> Section:
    """How often someone said for their school that it would rather see somebody else; whom is the school's to know."""
    mine = KeptApart.objects.visible_to(user).filter(side=Side.SCHOOL, by=user)

    def told(each: KeptApart) -> list[str]:
        return [short_day_in_words(each.said_at), str(each.school), str(each.ambassador)]

    return Section(
        title=_("Whom you asked us not to send again, for a school"),
        lead=_("Coordinators of the region see that the school said so. The person does not."),
        kept=_("Until the school takes it back, at most as long as the person’s record."),
        listed=latest(mine.select_related("school", "ambassador"), (_("Said"), _("School"), _("Person")), told),
        nothing=_("Nobody."),
    )


def requests_made(user: "User", at: datetime) -> Section:
    """What someone asked for, for their school."""
    rows = Request.objects.filter(contact__user=user).select_related("school").order_by("-started_at", "-pk")

    def told(request: Request) -> list[str]:
        state = str(RequestStatus(request.status).label)
        return [short_day_in_words(request.started_at), str(request.school), request.purpose, state]

    return Section(
        title=_("What you asked for, for a school"),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("Begun"), _("School"), _("Purpose"), _("State")), told),
        nothing=_("Nothing."),
    )


def messages_written(user: "User", at: datetime) -> Section:
    """What someone wrote about visits; what others wrote to them is read on the visit's page."""
    rows = Message.objects.written_by(user).select_related("visit__request__school").order_by("-written_at", "-pk")

    def told(message: Message) -> list[str]:
        return [short_day_in_words(message.written_at), str(message.visit.request.school), message.text]

    return Section(
        title=_("Messages you wrote about visits"),
        lead=_("Read by the other side of the visit, and by coordinators of the school’s region."),
        kept=_("90 days after the visit; longer where a safeguarding matter needs it."),
        listed=latest(rows, (_("When"), _("School"), _("What you wrote")), told),
        nothing=_("None."),
    )


def invited_to_ask(user: "User", at: datetime) -> Section:
    """Letters by which someone was invited to ask for a visit, and those that someone sent for the scheme."""
    rows = Invitation.objects.filter(Q(contact__user=user) | Q(by=user)).select_related("school")

    def told(each: Invitation) -> list[str]:
        said = str(each.get_status_display())
        return [short_day_in_words(each.made_at), str(each.school), each.words, said]

    return Section(
        title=_("Invitations to ask for a visit, to you or by you"),
        lead=_("We turn to schools that have not had a visit for long. Coordinators of the school’s region see it."),
        kept=_("To whom it went and what was added to it: 3 years."),
        listed=latest(rows, (_("When"), _("School"), _("Added to the letter"), _("What came of it")), told),
        nothing=_("None."),
    )


def risk_assessments(user: "User", at: datetime) -> Section:
    """What someone wrote of the risks of what they do, every version of it."""
    rows = RiskAssessment.objects.written_by(user).select_related("ambassador").order_by("-written_at", "-pk")

    def told(each: RiskAssessment) -> list[str]:
        what = [each.done, each.hazards, each.who_harmed, each.controls, each.equipment, each.substances]
        words = "; ".join(filter(None, [*what, each.allergies, each.first_aid]))
        return [short_day_in_words(each.written_at), str(each), str(each.get_residual_display()), words]

    return Section(
        title=_("Risk assessments of what you do with pupils"),
        lead=_("The schools that you offer one to read it, and coordinators of their regions."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows, (_("Written"), _("Called"), _("Risk"), _("What you wrote")), told),
        nothing=_("None."),
    )


def risk_assessments_accepted(user: "User", at: datetime) -> Section:
    """Risk assessments to which someone gave a school's word, or the scheme's."""
    rows = RiskAcceptance.objects.decided_by(user).select_related("assessment", "visit__request__school")

    def told(each: RiskAcceptance) -> list[str]:
        is_schools = each.accepted_by_id == user.pk
        said_at = each.accepted_at if is_schools else each.scheme_agreed_at
        assert said_at is not None
        position = each.position if is_schools else _("For the scheme")
        return [short_day_in_words(said_at), str(each.visit.request.school), str(each.assessment), position]

    return Section(
        title=_("Risk assessments you accepted"),
        lead=_("Read by the other side of the visit, and by coordinators of the school’s region."),
        kept=str(KEPT_AS_VISIT),
        listed=latest(rows.order_by("-pk"), (_("When"), _("School"), _("Called"), _("As")), told),
        nothing=_("None."),
    )


def visits_that_name_me(user: "User", at: datetime) -> Section:
    """Visits in which someone is the adult who is with the pupils."""
    rows = Visit.objects.filter(supervising_email__iexact=user.email).select_related("request__school")

    def told(visit: Visit) -> list[str]:
        return [_when(visit), str(visit.request.school), visit.supervising_adult]

    return Section(
        title=_("Visits at which you are with the pupils"),
        lead=_("Found by your e-mail address."),
        kept=_("Your name 3 years after the visit, practical notes 90 days."),
        listed=latest(
            rows.order_by(F("starts_at").desc(nulls_last=True), "-pk"), (_("When"), _("School"), _("As")), told
        ),
        nothing=_("None."),
    )


def _when(visit: Visit) -> str:
    if visit.starts_at is None or visit.ends_at is None:
        return _("No time yet")
    return interval_in_words(visit.starts_at, visit.ends_at)


SUBJECTS = (
    Subject(
        "visits",
        lazy("Visits, offers and requests"),
        lazy("What you were asked and promised, and what you asked for."),
        (
            *(visits_made, times_proposed, own_visits, calendar_chosen, calendar_said, offers_received),
            *(said_i_could, in_reserve, rather_not_there, invited_to_ask, requests_made, rather_somebody_else),
            *(visits_that_name_me, messages_written, risk_assessments, risk_assessments_accepted),
        ),
    ),
)
