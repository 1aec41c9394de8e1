"""Who may do what with the register."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.assessing import Assessor, Case, reasons_may_not_assess
from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador, Application, Check, Hold, SavedSearch
from stem.accounts.addresses import verified_address_of
from stem.accounts.roles import Role, has_role
from stem.audit.about import entries_about
from stem.letters.models import OneTimeLink
from stem.rules import Kind, Reason, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


def check_may_vet(user: "User", ambassador: Ambassador) -> None:
    """Only a vetting officer of this person's region may record or decide about them, and nobody about themselves.

    Refuses with `not_vetting_officer` or `own_record` (rule V-31).
    """
    is_officer = has_role(user, Role.VETTING_OFFICER)
    if is_officer and ambassador.user_id == user.pk:
        raise refuse("own_record", Kind.PERMISSION, _("Nobody vets their own record: ask a colleague."))
    if not is_officer or not Ambassador.objects.vetted_by(user).filter(pk=ambassador.pk):
        raise refuse("not_vetting_officer", Kind.PERMISSION, _("Only a vetting officer of this region may do that."))


def check_may_merge(user: "User", one: Ambassador, other: Ambassador) -> None:
    """Whether two records are one person's is said by a vetting officer of both, or by a safeguarding lead (rule V-92).

    By a lead alone where one of the two is turned down, removed or held; the words do not say that it is so. Refuses
    with `not_yours_to_merge`.
    """
    if Ambassador.objects.pair_for(user, one.pk, other.pk).count() < len({one.pk, other.pk}):
        raise refuse("not_yours_to_merge", Kind.PERMISSION, _("Somebody else decides about these two records."))


def check_may_describe_schemes(user: "User") -> None:
    """Only an administrator says where people's data came from. Refuses with `not_administrator`."""
    if not has_role(user, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only an administrator may do that."))


def check_may_claim(user: "User | None", ambassador: Ambassador, link: OneTimeLink | None) -> None:
    """Who may say that a record is about them: whoever holds a link from a letter to it, or proved its very address.

    Refuses with `not_yours`, in words that are the same whether or not there is such a record.
    """
    if link is not None and Ambassador.objects.behind(link.object_id).filter(pk=ambassador.pk).exists():
        return
    address = "" if user is None else verified_address_of(user)
    if not address or address.casefold() != ambassador.email.casefold():
        raise refuse("not_yours", Kind.PERMISSION, _("We have nothing to offer you here."))


def check_may_fulfil(user: "User", ambassador: Ambassador) -> None:
    """What someone signs, accepts or learns is theirs alone: nobody does it for them.

    Refuses with `not_your_profile`.
    """
    if ambassador.user_id != user.pk:
        raise refuse("not_your_profile", Kind.PERMISSION, _("Only the person themselves may do this."))


# Of the steps of a check, those that an officer takes: whoever took one weighs it no more (V-01, V-31).
OFFICERS_STEPS = tuple(
    f"check.{each}" for each in ("begin", "confirm_eligibility", "apply", "note_issued", "see_original", "reject")
)
# How it stands in the audit record that somebody said they know the person.
SAID_THEY_KNOW = ("record_view.refuse", "knows_them")
# Who did what about a check, and what came of it.
Act = tuple[int | None, str, str]
# What an assessor does about a check: whoever did acts on it as an officer no more (V-01).
WEIGHING = ("check.view", "check.note")


def check_has_not_weighed(user: "User", checks: Iterable[Check]) -> None:
    """Whoever weighed one of these checks acts on it as an officer no more (rule V-01). Refuses with `weighed_it`."""
    if any(entries_about(each).filter(action__in=WEIGHING, actor=user).exists() for each in checks):
        raise refuse("weighed_it", Kind.PERMISSION, _("You weighed what this check disclosed, so a colleague does it."))


def check_is_not_viewer(user: "User", check: Check) -> None:
    """The second pair of eyes belongs to someone else (rule V-31). Refuses with `same_person`."""
    if user.pk == check.seen_by_id:
        raise refuse("same_person", Kind.PERMISSION, _("You saw this certificate, so a colleague has to confirm it."))


def check_may_assess(user: "User", check: Check, *, knows_the_person: bool = False) -> None:
    """Only a disclosure assessor of this person's region may weigh what a check disclosed, and none with a conflict.

    Refuses with `not_assessor`, or with every conflict of rule V-31 by its code.
    """
    if not Ambassador.objects.assessed_by(user).filter(pk=check.ambassador_id).exists():
        raise refuse("not_assessor", Kind.PERMISSION, _("Only a disclosure assessor of this region may do that."))
    refuse_if_any(_conflicts(user, check, _acts_on(check), knows=knows_the_person))


def check_may_settle(user: "User", check: Check) -> None:
    """What two could not agree on, and an appeal, is a safeguarding lead's who had no part in it (rules 1.5, V-33).

    Refuses with `not_safeguarding_lead`, `had_a_part`, or every conflict of rule V-31 by its code.
    """
    if not Ambassador.objects.protected_by(user).filter(pk=check.ambassador_id).exists():
        words = _("Only a safeguarding lead of this region may do that, and nobody for themselves.")
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, words)
    # From the audit record: views and notes are deleted on their day, whose they were is not (V-22, V-23).
    acts = _acts_on(check)
    weighed = {actor for actor, action, _outcome in acts if action in WEIGHING}
    had_a_part = {check.first_decider_id, check.second_decider_id, *weighed}
    if user.pk in had_a_part:
        raise refuse("had_a_part", Kind.PERMISSION, _("You had a part in this decision, so somebody else hears it."))
    refuse_if_any(_conflicts(user, check, acts))


def _acts_on(check: Check) -> set[Act]:
    """What bears on who may judge this check, from the audit record: who did what about it, and what came of that."""
    rows = entries_about(check).filter(action__in=(*WEIGHING, *OFFICERS_STEPS, SAID_THEY_KNOW[0]))
    return set(rows.values_list("actor", "action", "outcome"))


def _conflicts(user: "User", check: Check, acts: set[Act], *, knows: bool = False) -> list[Reason]:
    """What keeps this person from judging this check, with what is on record of both (rule V-31)."""
    person = check.ambassador
    own_record = getattr(user, "ambassador", None)
    # Which officer began it, or asked the body, has no column of its own.
    acted = {actor for actor, action, _outcome in acts if action in OFFICERS_STEPS}
    case = Case(
        user_id=person.user_id,
        email=person.email,
        employer=person.organisation,
        officers=frozenset(key for key in (check.eligibility_by_id, check.seen_by_id, *acted) if key is not None),
        referee_emails=frozenset(person.referees.values_list("email", flat=True)),
    )
    employer = own_record.organisation if own_record is not None else ""
    # Said once, it stands, whatever is answered the next time.
    knows = knows or (user.pk, *SAID_THEY_KNOW) in acts
    return reasons_may_not_assess(Assessor(user.pk, user.email, employer, knows_the_person=knows), case)


def check_may_bar(user: "User", ambassador: Ambassador) -> None:
    """That someone is barred is a safeguarding lead's to note. Refuses with `not_safeguarding_lead` or `own_record`."""
    if ambassador.user_id == user.pk:
        raise refuse("own_record", Kind.PERMISSION, _("Nobody decides about themselves: ask a colleague."))
    if not Ambassador.objects.protected_by(user).filter(pk=ambassador.pk).exists():
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("Only a safeguarding lead may do that."))


def check_is_second(user: "User", first_id: int | None) -> None:
    """Where two have to decide, the second is not the first. Refuses with `same_person`."""
    if user.pk == first_id:
        raise refuse("same_person", Kind.PERMISSION, _("You decided first, so a colleague has to be the second."))


def check_may_confirm_decline(user: "User", application: Application) -> None:
    """The second of two deciders is someone else (rules 1.8, V-31). Refuses with `same_person`."""
    if user.pk == application.decline_proposed_by_id:
        raise refuse("same_person", Kind.PERMISSION, _("You proposed this, so a colleague has to confirm it."))


def check_may_hold(user: "User", ambassador: Ambassador, kind: HoldKind) -> None:
    """A hold is a vetting officer's; a safeguarding hold a safeguarding lead's alone, whoever vets; nobody's own.

    That of a quality review is also theirs who look after quality where the person lives. Refuses with
    `not_safeguarding_lead`, `not_vetting_officer` or `own_record`.
    """
    if kind is HoldKind.QUALITY and Ambassador.objects.reviewed_by(user).filter(pk=ambassador.pk).exists():
        return
    if kind is not HoldKind.SAFEGUARDING:
        check_may_vet(user, ambassador)
    elif not has_role(user, Role.SAFEGUARDING_LEAD):
        raise refuse("not_safeguarding_lead", Kind.PERMISSION, _("This hold is not yours to change."))
    elif ambassador.user_id == user.pk:
        raise refuse("own_record", Kind.PERMISSION, _("Nobody decides about themselves: ask a colleague."))


def check_may_lift(user: "User", hold: Hold) -> None:
    """Whoever may set such a hold lifts it; an absence with no last day, whoever noted it or a safeguarding lead.

    Everyone else hears of that one what they hear of a safeguarding hold, or its button would tell them apart (V-71).

    Refuses with `not_safeguarding_lead`, `not_vetting_officer` or `own_record`.
    """
    is_sealed = hold.is_sealed_from(user.pk, knows_safeguarding=False)
    check_may_hold(user, hold.ambassador, HoldKind.SAFEGUARDING if is_sealed else HoldKind(hold.kind))


def check_may_end_part(user: "User", ambassador: Ambassador) -> None:
    """People leave for themselves; a vetting officer of their region may do it for someone who telephones.

    Refuses with `not_vetting_officer`.
    """
    if ambassador.user_id != user.pk:
        check_may_vet(user, ambassador)


def check_may_edit_profile(user: "User", ambassador: Ambassador) -> None:
    """A profile is its owner's; a vetting officer may change it for someone who telephones.

    Refuses with `not_your_profile`.
    """
    if ambassador.user_id != user.pk and not has_role(user, Role.VETTING_OFFICER):
        raise refuse("not_your_profile", Kind.PERMISSION, _("Only the person themselves may change this."))


def check_may_opt_in(user: "User", ambassador: Ambassador) -> None:
    """What somebody opts in to is theirs to give and to withdraw, and no officer's (rule E-41).

    Refuses with `not_yours`.
    """
    if ambassador.user_id != user.pk:
        raise refuse("not_yours", Kind.PERMISSION, _("Only the person themselves may say this."))


def check_may_edit_courses(user: "User") -> None:
    """What everyone learns is worded by administrators. Refuses with `not_administrator`."""
    if not has_role(user, Role.ADMINISTRATOR):
        raise refuse("not_administrator", Kind.PERMISSION, _("Only an administrator may change a course."))


def check_owns_search(user: "User", search: SavedSearch) -> None:
    """A kept search is whose it is, and nobody else's. Refuses with `not_yours`."""
    if search.user_id != user.pk:
        raise refuse("not_yours", Kind.PERMISSION, _("Only whoever keeps this search may change it."))
