"""Is this person bookable on this day, and if not, why: the person alone, without their visits (rule V-05)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ambassadors.enums import TAKES_NO_PART, AmbassadorStatus, CheckBody, CheckStatus, RequirementKind
from ambassadors.merging import in_order
from ambassadors.models import Ambassador, Apart, Check, Hold, Requirement
from ambassadors.querysets import AmbassadorQuerySet
from stem.nations import Nation
from stem.rules import Kind, Reason, refuse, refuse_if_any
from stem.update_service import StatusResult
from stem.wording import day_in_words
from stem.workdays import add_working_days

# Working days in which someone may comment before a "no" (rule V-33).
COMMENT_DAYS = 10
# Working days until a first view, and a decision, on what a check disclosed (rule V-33).
VIEW_DAYS, DECISION_DAYS = 5, 20
# The code of what Scotland asks for besides.
PVG = "PVG"
NOT_ACTIVE = "not_active"
_UNDER_WAY = (AmbassadorStatus.VETTING, AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED)
# A certificate that the update service does not know is keyed once more, and then its holder is asked (rule V-42).
TRIES, WITHIN = 2, timedelta(days=7)


def check_can_merge(one: Ambassador, other: Ambassador) -> None:
    """Whether these two records can become one, whoever decides it (rule V-92).

    Refuses with `apart` where somebody said that they are two people, or as `check_may_become_one` does.
    """
    check_may_become_one(one, other)
    if Apart.objects.between(one.pk, other.pk).exists():
        words = _("Somebody has said that these are two people. Take that back first, if it is not so.")
        raise refuse("apart", Kind.STATE, words)


def check_may_become_one(one: Ambassador, other: Ambassador) -> None:
    """Whether the two stand so that they can become one.

    Refuses with `one_record`, `merged_before`, or `in_between` where the stricter state cannot win without a word to
    whoever is waiting.
    """
    if one.pk == other.pk:
        raise refuse("one_record", Kind.INPUT, _("That is one record already."))
    if AmbassadorStatus.MERGED in (one.status, other.status):
        words = _("One of these two is part of another record by now. Go back to the list, and look again.")
        raise refuse("merged_before", Kind.STATE, words)
    kept, lost = in_order(one, other)
    if kept.status == AmbassadorStatus.DECLINED and lost.status in _UNDER_WAY:
        words = _(
            "One of these records was turned down, and the other is taking part or being vetted. Let that come to its "
            "own end first: decide the application, or let them leave, so that every visit is given back."
        )
        raise refuse("in_between", Kind.STATE, words)


def bookable(day: date, nation: Nation) -> AmbassadorQuerySet:
    """Everyone who may be booked for a visit on this day in this nation: the set-based twin of `check_bookable`."""
    holds = Hold.objects.in_force_on(day).filter(ambassador=OuterRef("pk"))
    return Ambassador.objects.active().filter(requirements_met(day, nation)).exclude(Exists(holds))


def requirements_met(day: date | OuterRef, nation: Nation, *, person: str = "pk") -> Q:
    """As a condition: every requirement of a person counts on a day, for a nation.

    On ambassadors, unless `person` says which column names one; the day may be a column of the same row. A person's
    rows are read once, and the kinds among them counted: asking for one kind after another takes three times as long.
    """
    counting = Requirement.objects.counting_on(day).filter(ambassador=OuterRef(person))
    if nation == Nation.SCO:
        # A visit in Scotland needs a PVG membership linked to this scheme, without exception (rule V-11).
        counting = counting.exclude(~Q(body=CheckBody.PVG), kind=RequirementKind.CRC)
    kinds = counting.order_by().values("ambassador").annotate(kinds=Count("kind", distinct=True))
    return Q(Exists(kinds.filter(kinds=len(RequirementKind)).values("ambassador")))


def reasons_not_bookable(ambassador: Ambassador, day: date, nation: Nation) -> list[Reason]:
    """Every reason why this person may not be booked on this day in this nation, none when they may (rule 1.2)."""
    counting = Requirement.objects.counting_on(day).filter(ambassador=ambassador)
    holds = Hold.objects.in_force_on(day).filter(ambassador=ambassador)
    return reasons_given(ambassador, counting, holds, nation)


def reasons_not_cleared(ambassador: Ambassador, day: date, nation: Nation) -> list[Reason]:
    """Every reason why what this person has promised for this day may not stand, none when it may.

    As `reasons_not_bookable`, but for what people say of themselves: a break, days away, or that something has changed
    (V-54). That stops new requests, and their word stands until somebody decides.
    """
    counting = Requirement.objects.counting_on(day).filter(ambassador=ambassador)
    holds = Hold.objects.in_force_on(day).filter(ambassador=ambassador).exclude(set_by=ambassador.user_id)
    reasons = reasons_given(ambassador, counting, holds, nation)
    has_a_break = ambassador.status == AmbassadorStatus.PAUSED
    return [reason for reason in reasons if not (has_a_break and reason.code == NOT_ACTIVE)]


def reasons_given(
    ambassador: Ambassador, counting: Iterable[Requirement], holds: Iterable[Hold], nation: Nation
) -> list[Reason]:
    """The same, for someone who has read what counts and which holds are in force on the day."""
    reasons = missing_requirements(counting, nation)
    if ambassador.status != AmbassadorStatus.ACTIVE:
        label = AmbassadorStatus(ambassador.status).label
        reasons.append(Reason(NOT_ACTIVE, Kind.UNAVAILABLE, _("Not active: %(status)s.") % {"status": label}))
    for hold in holds:
        why = hold.truth or hold.get_kind_display()
        reasons.append(Reason("hold", Kind.UNAVAILABLE, _("On hold: %(why)s.") % {"why": why}))
    return reasons


def missing_requirements(counting: Iterable[Requirement], nation: Nation) -> list[Reason]:
    """A reason for each requirement that is not among those counting on the day."""
    rows = list(counting)
    has_pvg = any(row.body == CheckBody.PVG for row in rows)
    return [missing_reason(code) for code in missing_codes({row.kind for row in rows}, nation, has_pvg=has_pvg)]


def missing_codes(held: Collection[str], nation: Nation, *, has_pvg: bool) -> list[str]:
    """The code of each requirement that is not among these kinds, and `PVG` where Scotland asks for one (V-11)."""
    codes = [kind.value for kind in RequirementKind if kind.value not in held]
    if nation == Nation.SCO and RequirementKind.CRC in held and not has_pvg:
        codes.append(PVG)
    return codes


def missing_reason(code: str) -> Reason:
    """What a missing requirement's code says to those entitled."""
    if code == PVG:
        return Reason(PVG, Kind.VETTING, _("A visit in Scotland needs a PVG membership linked to this scheme."))
    words = _("%(requirement)s: not in date that day.") % {"requirement": RequirementKind(code).label}
    return Reason(code, Kind.VETTING, words)


def nation_of(ambassador: Ambassador) -> Nation:
    """Whose rules hold for this person at home: England's, for a draft that has not said yet where home is."""
    return Nation(ambassador.nation or Nation.ENG)


def check_bookable(ambassador: Ambassador, day: date, nation: Nation) -> None:
    """This person may be booked on this day in this nation.

    Refuses with every reason that stands: a requirement's code, `PVG`, `not_active` or `hold`.
    """
    refuse_if_any(reasons_not_bookable(ambassador, day, nation))


def comment_until(proposed_on: date, nation: Nation) -> date:
    """The last day on which someone may comment before a "no" for what a check disclosed (rule V-33)."""
    return add_working_days(proposed_on, COMMENT_DAYS, nation)


def commented_until(check: Check) -> date:
    """The last day on which nobody may come to a "no" unless the person has commented: ten working days (V-33)."""
    assert check.seen_on is not None
    return comment_until(check.seen_on, nation_of(check.ambassador))


def check_could_comment(check: Check, *, on: date) -> None:
    """The person has had their time to comment on what a check disclosed. Refuses with `may_comment` before (V-33)."""
    last = commented_until(check)
    if on <= last:
        words = _("They may comment until %(day)s, and have not yet: come to a no after that.")
        raise refuse("may_comment", Kind.STATE, words % {"day": day_in_words(last)})


def view_until(check: Check) -> date:
    """The day by which an assessor should have recorded a view: five working days (V-33)."""
    assert check.seen_on is not None
    return add_working_days(check.seen_on, VIEW_DAYS, nation_of(check.ambassador))


def decision_until(check: Check, *, since: date) -> date:
    """The day by which what is weighed since then should be decided: twenty working days (V-33)."""
    return add_working_days(since, DECISION_DAYS, nation_of(check.ambassador))


def appeal_until(check: Check) -> date:
    """The last day on which someone may ask for a "no" to be looked at again (V-33)."""
    assert check.decided_on is not None
    return comment_until(check.decided_on, nation_of(check.ambassador))


def check_comment_time_over(proposed_on: date, nation: Nation, *, on: date) -> None:
    """The person has had their time to comment. Refuses with `too_soon` until it is over."""
    last = comment_until(proposed_on, nation)
    if on <= last:
        words = _("They may comment until %(day)s: decide after that.") % {"day": day_in_words(last)}
        raise refuse("too_soon", Kind.STATE, words)


def check_can_be_relied_on(check: Check) -> None:
    """A certificate that was seen and decided may be relied on by way of the update service, as long as that stands.

    Refuses with `state`, `body` where no DBS certificate is meant, or `left` when its holder takes no part any more.
    """
    is_decided = check.status in (CheckStatus.OK, CheckStatus.CONDITIONS)
    # Something newer may have been decided meanwhile, which took back what this check had put on record.
    if not is_decided or check.requirement is None or check.requirement.withdrawn_at is not None:
        raise refuse("state", Kind.STATE, _("This check has not been decided, or no longer stands."))
    if check.body != CheckBody.DBS:
        raise refuse("body", Kind.STATE, _("The update service knows DBS certificates alone."))
    if check.ambassador.status in TAKES_NO_PART:
        raise refuse("left", Kind.STATE, _("Nobody is asked about people who take no part in the scheme."))


def check_can_be_asked(check: Check, *, seen: int, at: datetime) -> None:
    """The update service may be asked about this certificate now, by somebody who has seen so many of its answers.

    Refuses as `check_can_be_relied_on` does, with `no_consent`, `paid` where a volunteer's certificate would be relied
    on for paid visits (V-43), `keyed_twice`, or `answered_meanwhile`.
    """
    check_can_be_relied_on(check)
    if not check.consents.filter(withdrawn_at=None).exists():
        raise refuse(
            "no_consent",
            Kind.STATE,
            _("They have not agreed that the update service is asked. They do it on their own page."),
        )
    application = getattr(check.ambassador, "application", None)
    if check.volunteer_free and application is not None and application.paid_or_credited:
        raise refuse("paid", Kind.STATE, _("They are paid or credited for visits, and this is a volunteer’s check."))
    if seen != check.status_checks.count():
        words = _("There has been an answer since you opened the page: read it before you ask again.")
        raise refuse("answered_meanwhile", Kind.STATE, words)
    unknown = check.status_checks.filter(result=StatusResult.NO_MATCH, checked_at__gt=at - WITHIN)
    if unknown.count() >= TRIES:
        words = _("The service did not know it twice. Look at the certificate with them before you ask again.")
        raise refuse("keyed_twice", Kind.STATE, words)
