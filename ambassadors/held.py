"""What the register holds about one of its people, told to themselves.

References given in confidence are left out, and so is everything about keeping children safe: for everyone alike, so
that nothing can be read from its absence.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.conduct import CLAUSES
from ambassadors.enums import (
    AmbassadorStatus,
    CheckBody,
    CheckStatus,
    HoldKind,
    LeaveReason,
    RefereeStatus,
    RequirementKind,
)
from ambassadors.held_elsewhere import KEPT_AS_RECORD, elsewhere, told_of_it
from ambassadors.held_time import busy_times, own_calendars
from ambassadors.models import (
    Ambassador,
    AmbassadorEvent,
    Application,
    Check,
    ClauseAcceptance,
    Hold,
    Membership,
    Photo,
    Referee,
    Requirement,
    SavedSearch,
    StatusCheck,
    UpdateConsent,
)
from ambassadors.queries.aims import aims_beside, aims_in_words
from ambassadors.queries.records import EVENT_WORDS, offering_name
from ambassadors.queries.time import in_words, time_of
from stem.audit.about import entries_about
from stem.held import LATEST, Listed, Section, Subject, facts, latest, yes_or_no
from stem.moments import day_of
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

NOT_IN_REGISTER = lazy("You are not in the register.")
# A standing that this list does not know is told as a break, as it is to everyone else.
OWN_STANDINGS = frozenset(AmbassadorStatus) - {AmbassadorStatus.PAUSED}
# Of a person's history they are told what they did, and what they have had a letter about.
OWN_EVENTS = frozenset(
    {
        *("import", "claim", "put_off", "submit", "approve", "decline", "pause", "resume", "leave", "return"),
        *("take_in", "give_back"),
    }
)
OWN_REASONS = dict(LeaveReason.choices)


def person_of(user: "User") -> Ambassador | None:
    """This person's record in the register, fetched once for each user object."""
    return getattr(user, "ambassador", None)


def profile(user: "User", at: datetime) -> Section:
    """What someone said of themselves, and how they stand."""
    person = person_of(user)
    if person is None:
        return Section(title=_("Your profile"), kept=str(KEPT_AS_RECORD), nothing=str(NOT_IN_REGISTER))
    return Section(
        title=_("Your profile"),
        lead=_("The place that distances are reckoned from is the middle of your postcode’s neighbourhood."),
        kept=str(KEPT_AS_RECORD),
        facts=facts(*_said_by(person), *_known_of(person)),
    )


def _said_by(person: Ambassador) -> list[tuple[str, object]]:
    """What someone said of themselves."""
    photos = Exists(Photo.objects.filter(ambassador=OuterRef("pk")))
    person = (
        Ambassador.objects.select_related("limits", "user")
        .annotate(has_photo=photos, aims=aims_beside())
        .get(pk=person.pk)
    )
    return [
        (_("Full name"), person.full_name),
        (_("Known as"), person.known_as),
        (_("E-mail address"), person.reached_at),
        (_("Telephone"), person.phone),
        (_("ORCID"), person.orcid),
        (_("Employer or university"), person.organisation),
        (_("Kind of employer"), person.get_employer_size_display()),
        (_("Job title"), person.job_title),
        (_("Speaks of work"), yes_or_no(person.speaks_of_work)),
        (_("Speaks of study"), yes_or_no(person.speaks_of_study)),
        (_("Route taken"), person.get_route_display()),
        (_("Your route, in your own words"), person.story),
        (_("Offers"), ", ".join(sorted(offering_name(each) for each in person.offerings.all()))),
        (_("Would like to speak of, seen by nobody else"), aims_in_words(vars(person)["aims"])),
        (_("Home postcode"), person.postcode),
        (_("Longest journey, in minutes"), person.max_minutes),
        (_("Visits in person"), yes_or_no(person.in_person)),
        (_("Visits online"), yes_or_no(person.online)),
        (_("Would like to watch a visit first"), yes_or_no(person.would_watch)),
        (_("Your time"), ". ".join(in_words(time_of(person)))),
        (_("Photograph"), yes_or_no(vars(person)["has_photo"])),
    ]


def _known_of(person: Ambassador) -> list[tuple[str, object]]:
    """What the scheme has written down beside it."""
    elsewhere = Membership.objects.filter(ambassador=person).select_related("scheme")
    standing = person.status if person.status in OWN_STANDINGS else AmbassadorStatus.PAUSED
    return [
        (_("Standing"), AmbassadorStatus(standing).label),
        (_("Scheme number"), person.scheme_number),
        (_("In these schemes"), ", ".join(f"{each.scheme} {each.legacy_id}" for each in elsewhere)),
        (_("Registered"), short_day_in_words(person.registered_at)),
        (_("Visits delivered"), person.visits_delivered),
        (_("Last visit"), short_day_in_words(person.last_visit_on) if person.last_visit_on else ""),
    ]


def history(user: "User", at: datetime) -> Section:
    """What happened to someone's standing: their own acts, and what they had a letter about."""
    events = AmbassadorEvent.objects.filter(ambassador__user=user, kind__in=OWN_EVENTS).order_by("-at", "-pk")

    def told(event: AmbassadorEvent) -> list[str]:
        # What an officer noted of a decision is a matter for talking about; what one wrote oneself is one's own.
        is_own = event.kind == "leave"
        words = [OWN_REASONS.get(event.reason, ""), event.note] if is_own else []
        return [
            str(EVENT_WORDS[event.kind]),
            short_day_in_words(event.at),
            ". ".join(str(each) for each in words if each),
        ]

    return Section(
        title=_("How your standing changed"),
        kept=str(KEPT_AS_RECORD),
        listed=latest(events, (_("What"), _("Day"), _("What you said")), told),
        nothing=_("Nothing has happened to it."),
    )


def application(user: "User", at: datetime) -> Section:
    """What someone answered on their way in."""
    kept = _("An application never finished: 6 months after its last change. Otherwise as the rest of your record.")
    found = Application.objects.filter(ambassador__user=user).first()
    if found is None:
        return Section(title=_("Your application"), kept=kept, nothing=_("You have made none."))
    return Section(
        title=_("Your application"),
        kept=kept,
        facts=facts(
            (_("Begun"), short_day_in_words(found.started_at)),
            (_("Sent in"), short_day_in_words(found.sent_at) if found.sent_at else ""),
            (_("How you show who you are"), found.get_identity_method_display()),
            (_("Paid, on placement or credited for visits"), yes_or_no(found.paid_or_credited)),
            (_("Expects more than three days in some months"), yes_or_no(found.expects_frequent)),
            (_("Agreed to the check"), short_day_in_words(found.check_agreed_at) if found.check_agreed_at else ""),
            (_("Would like to talk before the check"), yes_or_no(found.wants_to_talk)),
            (_("What we asked for since"), found.asked_for),
        ),
    )


def requirements(user: "User", at: datetime) -> Section:
    """Every dated fact that makes someone bookable, those that are over too."""
    rows = Requirement.objects.filter(ambassador__user=user).order_by("-started_on", "-pk")

    def told(row: Requirement) -> list[str]:
        what = str(RequirementKind(row.kind).label)
        if row.body:
            what = f"{what}: {CheckBody(row.body).label}"
        until = short_day_in_words(row.valid_until) if row.valid_until else _("for good")
        if row.is_lifetime_membership:
            until = _("until Disclosure Scotland says when")
        return [what, short_day_in_words(row.started_on), until, _state_of(row, at)]

    return Section(
        title=_("Requirements and their history"),
        lead=_("Of a check we keep that it was decided, and when. What stands on a certificate is kept nowhere."),
        kept=str(KEPT_AS_RECORD),
        listed=latest(rows, (_("Requirement"), _("From"), _("Until"), _("State")), told),
        nothing=_("None is on record."),
    )


def checks(user: "User", at: datetime) -> Section:
    """Each criminal record check of someone: which, how far it has come, and of the certificate what is kept of it."""
    rows = Check.objects.filter(ambassador__user=user).order_by("-began_at", "-pk")

    def told(row: Check) -> list[str]:
        issued = short_day_in_words(row.issued_on) if row.issued_on else ""
        began = short_day_in_words(row.began_at)
        state = str(CheckStatus(row.status).told)
        return [row.get_body_display(), began, state, issued, row.number_ends, _membership(row)]

    columns = (_("Made by"), _("Begun"), _("State"), _("Issued"), _("Number ends in"), _("Membership"))
    return Section(
        title=_("Your criminal record checks"),
        lead=_("The number is kept encrypted. What assessors note is deleted within months of their decision."),
        kept=str(KEPT_AS_RECORD),
        listed=latest(rows, columns, told),
        nothing=_("None was begun."),
    )


def updates(user: "User", at: datetime) -> Section:
    """When someone agreed that the update service is asked about them, and each of its answers."""
    consents = UpdateConsent.objects.filter(check_of__ambassador__user=user)
    answers = StatusCheck.objects.filter(check_of__ambassador__user=user)
    happened = [(each.given_at, _("You agreed that it is asked")) for each in consents]
    happened += [(each.withdrawn_at, _("You took that back")) for each in consents if each.withdrawn_at]
    happened += [(each.checked_at, str(each.get_result_display())) for each in answers]
    happened.sort(reverse=True)
    rows = [[short_day_in_words(when), what] for when, what in happened]
    return Section(
        title=_("The DBS update service and you"),
        lead=_("Of an answer we keep the day, who asked, and which of three words it was."),
        kept=str(KEPT_AS_RECORD),
        listed=Listed([_("Day"), _("What")], rows[:LATEST], len(rows)),
        nothing=_("It has never been asked about you."),
    )


def _membership(row: Check) -> str:
    """The days of a membership of Scotland's scheme; nothing for another check."""
    if row.joined_on is None or row.linked_on is None:
        return ""
    told = {"joined": short_day_in_words(row.joined_on), "linked": short_day_in_words(row.linked_on)}
    return _("Joined or renewed %(joined)s, linked to us %(linked)s") % told


def _state_of(row: Requirement, at: datetime) -> str:
    if row.withdrawn_at is not None:
        return _("Taken back")
    return _("Over") if row.valid_until is not None and row.valid_until < day_of(at) else _("Counts")


def referees(user: "User", at: datetime) -> Section:
    """Whom someone named; what these people said is theirs, and was given in confidence."""
    rows = Referee.objects.filter(ambassador__user=user).order_by("-named_at", "-pk")

    def told(row: Referee) -> list[str]:
        # How it was judged would tell what was said.
        has_come = row.status not in (RefereeStatus.NAMED, RefereeStatus.ASKED, RefereeStatus.WITHDRAWN)
        state = _("Has answered") if has_come else str(RefereeStatus(row.status).label)
        return [row.full_name, row.email, row.phone, row.organisation, short_day_in_words(row.named_at), state]

    return Section(
        title=_("Your referees"),
        lead=_(
            "What they told us is left out: they told it in confidence, and the law on data protection exempts it from"
            " being shown to you."
        ),
        kept=str(KEPT_AS_RECORD),
        listed=latest(rows, (_("Name"), _("E-mail"), _("Telephone"), _("Organisation"), _("Named"), _("State")), told),
        nothing=_("You have named nobody."),
    )


def promises(user: "User", at: datetime) -> Section:
    """The clauses of the code of conduct that someone has accepted."""
    rows = ClauseAcceptance.objects.filter(ambassador__user=user).order_by("-accepted_at", "-pk")
    words = {clause.code: str(clause.promise) for clause in CLAUSES}
    return Section(
        title=_("Promises you accepted"),
        kept=str(KEPT_AS_RECORD),
        listed=latest(
            rows,
            (_("Promise"), _("Version"), _("Accepted")),
            lambda row: [words.get(row.code, row.code), str(row.version), short_day_in_words(row.accepted_at)],
        ),
        nothing=_("None yet."),
    )


def times_not_asked(user: "User", at: datetime) -> Section:
    """When someone is not asked, in words that tell no more than that; safeguarding is left out for everyone."""
    rows = Hold.objects.filter(ambassador__user=user).exclude(kind=HoldKind.SAFEGUARDING).order_by("-starts_on", "-pk")

    def told(row: Hold) -> list[str]:
        what = _("Away") if row.kind == HoldKind.AWAY else _("Not asked for a time")
        until = short_day_in_words(row.ends_on) if row.ends_on else _("further notice")
        return [what, short_day_in_words(row.starts_on), until, _("Yes") if row.lifted_at else _("No")]

    return Section(
        title=_("Times when you are not asked"),
        kept=str(KEPT_AS_RECORD),
        listed=latest(rows, (_("What"), _("From"), _("Until"), _("Ended early")), told),
        nothing=_("None."),
    )


def readings(user: "User", at: datetime) -> Section:
    """On which days the scheme's staff opened someone's record, by their part and not by name."""
    person = person_of(user)
    lead = _("One line for each day. Who it was is kept in the log, and looked up if there is a reason to ask.")
    kept = _("7 years.")
    nothing = _("Nobody has opened it.")
    title = _("Who looked at your record")
    if person is None:
        return Section(title=title, kept=kept, nothing=str(NOT_IN_REGISTER))
    opened = entries_about(person).filter(action="ambassador.read").exclude(actor=user)
    days = (
        opened.annotate(day=TruncDate("at", tzinfo=get_default_timezone()))
        .values("day")
        .annotate(times=Count("pk"))
        .order_by("-day")
    )
    # The part is the page's, which only vetting officers open: their other parts are nobody's business here.
    rows = [[_("A vetting officer"), short_day_in_words(each["day"])] for each in days[:LATEST]]
    listed = Listed([_("Who"), _("Day")], rows, days.count())
    return Section(title=title, lead=lead, kept=kept, listed=listed, nothing=nothing)


def searches(user: "User", at: datetime) -> Section:
    """What a member of staff looks for again and again."""
    rows = SavedSearch.objects.filter(user=user).order_by("-saved_at", "-pk")
    return Section(
        title=_("Searches of the register that you keep"),
        kept=_("Until you remove them, or your account is closed."),
        listed=latest(
            rows,
            (_("Name"), _("Search"), _("Kept")),
            lambda row: [row.name, unquote_plus(row.query), short_day_in_words(row.saved_at)],
        ),
        nothing=_("None."),
    )


SUBJECTS = (
    Subject(
        "profile",
        lazy("You in the register of ambassadors"),
        lazy("Your profile, your application, and how your standing changed."),
        (profile, application, history),
    ),
    Subject(
        "calendars",
        lazy("Your own calendars"),
        lazy("Those that you let us read, and when they say that you are busy."),
        (own_calendars, busy_times),
    ),
    Subject(
        "schemes",
        lazy("You in other schemes"),
        lazy("What they said of you, when we told you that we have it, and whether you said no."),
        (elsewhere, told_of_it),
    ),
    Subject(
        "vetting",
        lazy("What you need to visit schools"),
        lazy("Requirements and checks, referees, promises, and times when you are not asked."),
        (requirements, checks, updates, referees, promises, times_not_asked),
    ),
    Subject(
        "readings",
        lazy("Who looked at your record"),
        lazy("By day, and by the part of whoever opened it."),
        (readings,),
    ),
    Subject(
        "searches",
        lazy("What you look for in the register"),
        lazy("Searches that you keep as a member of staff."),
        (searches,),
    ),
)
