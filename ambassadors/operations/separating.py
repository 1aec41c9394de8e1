"""One record that had become part of another is a record of its own again, both as they were (rule V-92)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import AmbassadorStatus
from ambassadors.importing.golden import GOLDEN, OFFERED, listed
from ambassadors.models import Ambassador, Apart, LikelyPair, Membership, Merge, Offering, Pin
from ambassadors.models.merging import UNDONE_WITHIN
from ambassadors.operations.merging import hold_both
from ambassadors.operations.reckoning import reckon
from ambassadors.queries.new_rows import KEPT, LOST, new_rows
from ambassadors.queries.relations import relations
from ambassadors.queries.since import (
    ACCOUNT,
    OFFERINGS,
    BeforeAndNow,
    changed_columns,
    offered_before_and_now,
    speaks_for,
    told_by_schemes,
)
from ambassadors.reach.keeping import keep_reach
from ambassadors.search.index import index_people
from ambassadors.workflow import LIFECYCLE
from stem.audit.record import record
from stem.geography.places import Gazetteer
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# Of each change since, by its name in `changes_since`, whose it is; what is not named stays where it was made.
NEITHER = "neither"
Whose = Mapping[str, str]


@transaction.atomic
def separate_people(*, merge: Merge, whose: Whose, apart: bool, by: "User", at: datetime) -> None:
    """Undo a merge: both records as they were before it, and of what was done since, whose it is as `whose` says.

    `apart` notes besides that they are two people. Asked for twice, it is done once. Refuses as
    `permissions.check_may_merge` does for the record that went on, with `too_late` after 90 days, `merged_since` while
    a later merge stands on this one, or `clash` where something new cannot be the other's.
    """
    merge = Merge.objects.locked(merge)
    kept, lost = hold_both(merge.kept, merge.lost)
    permissions.check_may_merge(by, kept, kept)
    if merge.undone_at is not None:
        return
    check_can_separate(merge, kept, at=at)
    merge.kept, merge.lost = kept, lost
    # Both before the rows go home: whose word counts is told by the memberships that are here.
    by_schemes = told_by_schemes(merge)
    later, offered = set(changed_columns(merge, by_schemes)), offered_before_and_now(merge, by_schemes)
    _move_back(merge, whose)
    _put_back(merge, whose, later, offered)
    LIFECYCLE.move(lost, f"separate_{merge.before['lost']['status']}", by=by, at=at, merged_into=None)
    LIFECYCLE.note(kept, "give_back", by=by, at=at)
    _reckon_spoken_of(kept, lost)
    index_people([kept.pk, lost.pk])
    keep_reach([kept.pk, lost.pk])
    merge.undone_by, merge.undone_at = by, at
    merge.before, merge.after, merge.moved, merge.had = {}, {}, {}, {}
    merge.save()
    if apart:
        note_apart(one=kept, other=lost, by=by, at=at)


def check_can_separate(merge: Merge, kept: Ambassador, *, at: datetime) -> None:
    """Whether this merge can still be undone. Refuses with `too_late` or `merged_since`."""
    if not merge.before or at - merge.at > UNDONE_WITHIN:
        words = _("A merge can be undone for 90 days; what that would need is no longer kept.")
        raise refuse("too_late", Kind.STATE, words)
    later = Merge.objects.standing().filter(kept=kept.pk, pk__gt=merge.pk).exists()
    if later or kept.status == AmbassadorStatus.MERGED:
        raise refuse("merged_since", Kind.STATE, _("These records were merged again since: undo the later one first."))


def _move_back(merge: Merge, whose: Whose) -> None:
    """Give each record its rows again, and the other what came later and is said to be theirs. Refuses with `clash`."""
    newer = [each for each in new_rows(merge) if (each.owner or whose.get(each.name)) == LOST]
    for relation in relations():
        keys = merge.moved.get(relation.name, ())
        rows = relation.model._base_manager.filter(pk__in=keys, **{relation.column: merge.kept_id})
        rows.update(**{relation.column: merge.lost})
    for each in newer:
        try:
            with transaction.atomic():
                for relation, row in each.rows:
                    relation.model._base_manager.filter(pk=row.pk).update(**{relation.column: merge.lost})
        except IntegrityError as error:
            words = _("“%(what)s” cannot be the other person’s: they have one like it. Leave it where it is.")
            raise refuse("clash", Kind.CONFLICT, words % {"what": each.now}) from error


def _put_back(merge: Merge, whose: Whose, later: set[str], offered: BeforeAndNow) -> None:
    """Write both records' columns as they were, with what was changed since where it belongs."""
    now = {name: getattr(merge.kept, name) for name in merge.after["columns"]}
    columns = {name: dict(merge.before[name]["columns"]) for name in (KEPT, LOST)}
    for name in later:
        place = whose.get(f"column.{name}", KEPT)
        if place in columns:
            columns[place][name] = now[name]
            if name == "postcode":
                columns[place].update({each: getattr(merge.kept, each) for each in Ambassador.PLACE})
    _carry_words(merge, columns, whose, later)
    # A number is given with the standing, which is the record's that goes on.
    if now["scheme_number"] != merge.after["columns"]["scheme_number"]:
        columns[KEPT]["scheme_number"] = now["scheme_number"]
    # As many visits as there were, and those since.
    columns[KEPT]["visits_delivered"] += now["visits_delivered"] - merge.after["columns"]["visits_delivered"]
    if now["last_visit_on"] is not None and now["last_visit_on"].isoformat() != merge.after["columns"]["last_visit_on"]:
        columns[KEPT]["last_visit_on"] = now["last_visit_on"]
    _put_back_offerings(merge, whose, columns, offered)
    _put_back_pins(merge)
    Ambassador.objects.filter(pk__in=(merge.kept_id, merge.lost_id)).update(user=None, scheme_number=None)
    for person, place in ((merge.lost, LOST), (merge.kept, KEPT)):
        _write(person, columns[place])


def _carry_words(merge: Merge, columns: dict[str, dict[str, Any]], whose: Whose, later: set[str]) -> None:
    """What someone has said of themselves since is theirs, apart from what schemes say; even what changed nothing."""
    said, before = merge.kept.said or {}, merge.after["columns"]["said"] or {}
    # Of what stands as it did nobody was asked: it is whose the account is by which it was said.
    unasked = whose.get(f"column.{ACCOUNT}", KEPT) if ACCOUNT in later else KEPT
    for name in GOLDEN:
        if name not in said or said[name] == before.get(name):
            continue
        place = whose.get(f"column.{name}", KEPT) if name in later else unasked
        own = columns[place]["said"] if place in columns else None
        if own is not None:
            columns[place]["said"] = {**own, name: said[name]}


def _reckon_spoken_of(*people: Ambassador) -> None:
    """Reckon those anew of whom others speak: a file may have come since that changed nothing while they were one."""
    spoken_of = Exists(Membership.objects.filter(ambassador=OuterRef("pk")))
    found = Ambassador.objects.filter(spoken_of, pk__in=[each.pk for each in people]).order_by("pk")
    reckon(found, gazetteer=Gazetteer())


def _write(person: Ambassador, columns: Mapping[str, Any]) -> None:
    """Write columns that were kept in plain values onto a record."""
    for name, value in columns.items():
        setattr(person, name, Ambassador._meta.get_field(name).to_python(value))  # type: ignore[union-attr]
    person.save(update_fields=[Ambassador._meta.get_field(name).name for name in columns])


def _put_back_offerings(
    merge: Merge, whose: Whose, columns: Mapping[str, dict[str, Any]], offered: BeforeAndNow
) -> None:
    """What each of the two offers, with what was added or struck out since where it belongs."""
    after, now = offered
    place = whose.get(OFFERINGS, KEPT)
    for person, name in ((merge.kept, KEPT), (merge.lost, LOST)):
        wanted = {tuple(each) for each in merge.before[name]["offerings"]}
        if name == place and after != now:
            wanted = wanted - (after - now) | (now - after)
            _carry_lists(merge, columns[name], wanted)
        own = {(each.kind, each.code): each for each in person.offerings.all()}
        Offering.objects.filter(pk__in=[each.pk for key, each in own.items() if key not in wanted]).delete()
        Offering.objects.bulk_create(
            Offering(ambassador=person, kind=kind, code=code) for kind, code in sorted(wanted - own.keys())
        )


def _carry_lists(merge: Merge, columns: dict[str, Any], wanted: set[tuple[str, ...]]) -> None:
    """Of lists about which someone has said something since, what they said is now what stands there."""
    said = merge.kept.said or {}
    before = merge.after["columns"]["said"] or {}
    if columns["said"] is None:
        return
    for name, kind in OFFERED.items():
        if said.get(name) != before.get(name):
            codes = listed(code for each, code in wanted if each == kind)
            columns["said"] = {**columns["said"], name: [codes, said[name][1]]}


def _put_back_pins(merge: Merge) -> None:
    """Whom staff had chosen before; of later choices those that name somebody who still speaks for this record."""
    later = merge.kept.pins.filter(set_at__gt=merge.at).exclude(membership__in=speaks_for(merge))
    kept = {each.field: each for each in later}
    merge.kept.pins.exclude(pk__in=[each.pk for each in kept.values()]).delete()
    Pin.objects.bulk_create(
        Pin(ambassador=merge.kept, **each) for each in merge.before["kept"]["pins"] if each["field"] not in kept
    )


@transaction.atomic
def note_apart(*, one: Ambassador, other: Ambassador, by: "User", at: datetime) -> None:
    """Remember for good that these are two people, however alike: they are not proposed again.

    Said twice, it is said once. Refuses as `permissions.check_may_merge` does, or with `one_record`.
    """
    one, other = hold_both(one, other)
    if one.pk == other.pk:
        raise refuse("one_record", Kind.INPUT, _("That is one record already."))
    permissions.check_may_merge(by, one, other)
    first, second = sorted((one, other), key=lambda each: each.pk)
    _row, is_new = Apart.objects.get_or_create(one=first, other=second, defaults={"by": by, "at": at})
    if is_new:
        LikelyPair.objects.of(first).of(second).delete()
        record("ambassador.tell_apart", first, by=by, at=at)
        record("ambassador.tell_apart", second, by=by, at=at)


@transaction.atomic
def take_back_apart(*, one: Ambassador, other: Ambassador, by: "User", at: datetime) -> None:
    """Let these two be proposed as one person again. Refuses as `permissions.check_may_merge` does."""
    one, other = hold_both(one, other)
    permissions.check_may_merge(by, one, other)
    if Apart.objects.between(one.pk, other.pk).delete()[0]:
        record("ambassador.take_back_apart", one, by=by, at=at)
        record("ambassador.take_back_apart", other, by=by, at=at)


@transaction.atomic
def forget_merges(*, at: datetime) -> int:
    """Delete what an undo would need of every merge that can be undone no longer; how many (rule V-92)."""
    return Merge.objects.forgotten_at(at - UNDONE_WITHIN).forget_undo()
