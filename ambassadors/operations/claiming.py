"""What people whom another scheme brought make of it: this is me, not now, or no (rules V-60, V-94)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import AmbassadorStatus, NoBecause
from ambassadors.importing.hashing import digest_of_address
from ambassadors.models import Ambassador, Application, Merge, Notice, OwnCalendar, Photo
from ambassadors.operations.departures import tell_safeguarding_leads
from ambassadors.operations.forgetting import delete_person, is_kept_for_safety
from ambassadors.operations.merging import hold_both, join_records
from ambassadors.operations.profile import ACCOUNT_FIELDS
from ambassadors.operations.reckoning import say_oneself
from ambassadors.operations.suppressing import locked_key, suppress
from ambassadors.operations.turned_down import tell_of_turned_down
from ambassadors.search.index import index_people
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.audit.record import record
from stem.letters.links import use_link
from stem.letters.models import Letter, OneTimeLink
from stem.rules import Kind, Refusal, refuse

# What a link in a notice opens, and a letter to somebody whom we may know.
LINK = "answer_notice"
BY_TELEPHONE = "by_telephone"


@transaction.atomic
def claim_record(*, ambassador: Ambassador, user: User, at: datetime, link: OneTimeLink | None = None) -> Ambassador:
    """Say that a record without a sign-in is about oneself: from now on it is one's own; said twice, it is said once.

    What the account says of its owner is their own word, and counts; the rest stands as it came. Refuses with
    `not_yours` without a link from our letter or the record's address proved, `claimed_before`, `has_record` when one
    has a record that cannot be joined to it, or `gone`.
    """
    mine = Ambassador.objects.filter(user=user).first()
    if mine is not None and Ambassador.objects.behind(ambassador.pk).filter(pk=mine.pk).exists():
        return mine
    if mine is not None:
        mine, ambassador = hold_both(mine, ambassador)
    else:
        ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_claim(user, ambassador, link)
    check_can_be_claimed(ambassador)
    # The person before the account, as when details are changed.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if mine is None and Ambassador.objects.filter(user=user).exists():
        # They began a registration in another window meanwhile.
        raise refuse("has_record", Kind.STATE, _("You have just begun a registration as well. Press the button again."))
    if link is not None:
        use_link(link, at=at)
    if mine is not None:
        ambassador = _join(mine, ambassador, by=user, at=at)
    _write_as_own(ambassador, user=user, at=at)
    return ambassador


def _join(mine: Ambassador, other: Ambassador, *, by: User, at: datetime) -> Ambassador:
    """Make one of what somebody has begun here and of what they claim; the record that goes on (rule V-92).

    Refuses with `has_record` where a safeguarding lead decides, or the two cannot be joined: the words say no more.
    """
    is_theirs = Ambassador.objects.filter(pk__in=(mine.pk, other.pk)).matter_of_lead().exists()
    try:
        if not is_theirs:
            return join_records(one=mine, other=other, choices={}, by=by, at=at).kept
    except Refusal:
        pass
    words = _("We cannot join this by ourselves to what you have here. Write to us, and a colleague looks at both.")
    raise refuse("has_record", Kind.STATE, words)


def _write_as_own(ambassador: Ambassador, *, user: User, at: datetime) -> None:
    """From now on the record is this account's, and both say the same of how its owner is called and reached."""
    said = {name: getattr(user, name) for name in ACCOUNT_FIELDS if getattr(user, name)}
    say_oneself(ambassador, said, at=at)
    LIFECYCLE.note(ambassador, "claim", by=user, at=at, user=user, said=ambassador.said, **said)
    index_people([ambassador.pk])
    User.objects.filter(pk=user.pk).update(**{name: getattr(ambassador, name) for name in ACCOUNT_FIELDS})
    Application.objects.get_or_create(ambassador=ambassador, defaults={"started_at": at})
    tell_of_turned_down(ambassador, at=at)


def check_can_be_claimed(ambassador: Ambassador) -> None:
    """This record is one that somebody may yet say to be theirs. Refuses with `claimed_before`."""
    if not Ambassador.objects.claimable().filter(pk=ambassador.pk).exists():
        words = _("This has been answered already. Sign in to see where things stand.")
        raise refuse("claimed_before", Kind.STATE, words)


@transaction.atomic
def put_off(*, ambassador: Ambassador, at: datetime) -> None:
    """Say that one decides later: noted once, and nothing else comes of it. Refuses with `claimed_before` or `gone`."""
    ambassador = Ambassador.objects.locked(ambassador)
    check_can_be_claimed(ambassador)
    if not ambassador.events.filter(kind="put_off").exists():
        LIFECYCLE.note(ambassador, "put_off", by=None, at=at)


@transaction.atomic
def say_no(*, ambassador: Ambassador, at: datetime, link: OneTimeLink | None = None, by: User | None = None) -> None:
    """Say no to being in the register: nothing stays but hashes by which nobody is brought in again (rule V-94).

    It is said for the address: whatever schemes brought under it goes. Refuses with `not_yours` without a link from
    our letter or the address proved, `claimed_before`, or `gone`.
    """
    key = locked_key()
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_claim(by, ambassador, link)
    check_may_still_say_no(ambassador)
    _forget_all_at(ambassador, key=key, by=by, at=at)


@transaction.atomic
def say_no_for(*, ambassador: Ambassador, by: User, at: datetime) -> None:
    """The same for someone who telephones: the audit record says so for ever.

    Refuses with `not_vetting_officer`, `own_record`, `claimed_before` or `gone`.
    """
    key = locked_key()
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    check_may_still_say_no(ambassador)
    _forget_all_at(ambassador, key=key, by=by, at=at, outcome=BY_TELEPHONE)


def check_may_still_say_no(ambassador: Ambassador) -> None:
    """Whoever has an account, or took part, leaves by the way of everyone else. Refuses with `claimed_before`."""
    check_can_be_claimed(ambassador)
    if ambassador.status != AmbassadorStatus.IMPORTED:
        words = _("You took part in this scheme and have left. To have your record erased, write to us.")
        raise refuse("claimed_before", Kind.STATE, words)


def _forget_all_at(ambassador: Ambassador, *, key: bytes, by: User | None, at: datetime, outcome: str = "done") -> None:
    """Forget this person, and whomever else schemes brought under the same address."""
    people = {ambassador.pk: ambassador}
    for address in addresses_of(ambassador):
        digest = digest_of_address(key, address)
        others = Ambassador.objects.unclaimed().written_like(address).exclude(pk__in=people)
        held = others.select_for_update(no_key=True, of=("self",)).order_by("pk")
        people |= {each.pk: each for each in held if digest_of_address(key, each.email) == digest}
    for person in people.values():
        forget_imported(person, NoBecause.NO, key=key, by=by, at=at, outcome=outcome)


def addresses_of(person: Ambassador) -> list[str]:
    """Every e-mail address under which this person was brought, that on record first."""
    told = (each.said["email"][0] for each in person.memberships.order_by("pk") if "email" in each.said)
    return [each for each in dict.fromkeys((person.email, *told)) if each]


def forget_imported(
    person: Ambassador, because: NoBecause, *, key: bytes, by: User | None, at: datetime, outcome: str = "done"
) -> None:
    """Delete a person whom another scheme brought, with the letters to them, but for the hashes; the caller holds them.

    Of whom somebody keeps a safeguarding hold, the record is sealed: nobody else can tell the difference (P-21).
    """
    suppress(person, because, key=key, at=at)
    # Of a record that was merged what had been sent is under its own id, and its own address.
    records = [person.pk, *person.aliases.values_list("pk", flat=True)]
    OneTimeLink.objects.filter(purpose=LINK, object_id__in=records).delete()
    Letter.objects.filter(pk__in=_letters_about(records)).delete()
    # What has become a part of it goes with it.
    for each in person.aliases.all():
        record(f"ambassador.{because.value}", each, by=by, at=at, outcome=outcome)
    if is_kept_for_safety(person):
        _seal(person, because, by=by, at=at, outcome=outcome)
        return
    record(f"ambassador.{because.value}", person, by=by, at=at, outcome=outcome)
    delete_person(person)


def _seal(person: Ambassador, because: NoBecause, *, by: User | None, at: datetime, outcome: str) -> None:
    """Let this record be as if it were deleted for everybody but safeguarding leads, who hear of it (C-04, P-21)."""
    address, nobody = person.reached_at, None
    LIFECYCLE.move(person, because.value, by=by, at=at, outcome=outcome, user=nobody, email=address)
    Photo.objects.filter(ambassador=person).delete()
    OwnCalendar.objects.filter(ambassador=person).delete()
    # Or an undo would bring somebody back to whom we have promised that they are gone.
    Merge.objects.filter(Q(kept=person) | Q(kept__merged_into=person)).forget_undo()
    index_people([person.pk])
    tell_safeguarding_leads(person, at=at)


def _letters_about(records: list[int]) -> list[int]:
    """The letters that told somebody of it, which hold their address."""
    return list(Notice.objects.filter(ambassador__in=records, letter__isnull=False).values_list("letter", flat=True))
