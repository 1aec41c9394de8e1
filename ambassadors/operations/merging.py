"""Two records of one person become one; nothing that either holds is lost (rule V-92)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from ambassadors import eligibility, permissions
from ambassadors.following import Joins, Moves
from ambassadors.importing.golden import SPOKEN_OF, THEMSELVES
from ambassadors.merging import ACCOUNT, PLAIN, in_order, plain_value
from ambassadors.models import Ambassador, LikelyPair, Membership, Merge, Pin
from ambassadors.operations.reckoning import reckon
from ambassadors.queries.relations import Relation, relations
from ambassadors.queries.words_of_two import Words, identity_seen, name_that_stays, words_of_both
from ambassadors.reach.keeping import keep_reach
from ambassadors.search.index import index_people
from ambassadors.workflow import LIFECYCLE
from stem.geography.places import Gazetteer
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# What the record that goes on says of each field: the id of the record whose word it is, or both.
Choices = Mapping[str, str]
# What moves do, and what says where a record went.
_NOT_PICTURED = frozenset({"id", "status", "merged_into_id"})


@transaction.atomic
def merge_people(*, one: Ambassador, other: Ambassador, choices: Choices, by: "User", at: datetime) -> Merge:
    """Make one of two records, and remember how to make them two again; asked for twice, it is done once.

    The record in the stricter state goes on, else the one that has come further; `choices` say field by field whose
    word counts. Refuses as `permissions.check_may_merge` and `eligibility.check_can_merge` do, or with `clash` where
    something that both have cannot be one person's.
    """
    one, other = hold_both(one, other)
    if before := _merged_before(one, other):
        return before
    permissions.check_may_merge(by, one, other)
    return join_records(one=one, other=other, choices=choices, by=by, at=at)


def hold_both(one: Ambassador, other: Ambassador) -> tuple[Ambassador, Ambassador]:
    """Both records as they are now, held in one order, so that two who do this at once do not wait for each other."""
    held = {each.pk: Ambassador.objects.locked(each) for each in sorted((one, other), key=lambda each: each.pk)}
    return held[one.pk], held[other.pk]


def _merged_before(one: Ambassador, other: Ambassador) -> Merge | None:
    """The merge of these two that stands, if there is one."""
    pair = {one.pk, other.pk}
    return Merge.objects.standing().filter(kept__in=pair, lost__in=pair).first()


@transaction.atomic
def join_records(*, one: Ambassador, other: Ambassador, choices: Choices, by: "User", at: datetime) -> Merge:
    """Make one of two records that the caller holds, and that `by` has a right to join.

    Refuses as `eligibility.check_can_merge` does, or with `clash`.
    """
    eligibility.check_can_merge(one, other)
    kept, lost = in_order(one, other)
    before = {"kept": _picture(kept), "lost": _picture(lost)}
    seen = Ambassador.objects.filter(identity_seen(), pk__in=(kept.pk, lost.pk)).values_list("pk", flat=True)
    words, name = words_of_both(kept, lost), name_that_stays(kept, lost, seen)
    if name is not None:
        choices = {**choices, "full_name": str(name.pk)}
    status = lost.status
    had, moved = _move_rows(kept, lost)
    _choose_words(kept, lost, words, choices, by=by, at=at)
    _choose_plain(kept, lost, choices)
    reckon([kept], gazetteer=Gazetteer())
    LikelyPair.objects.of(lost).delete()
    LIFECYCLE.move(lost, "merge", by=by, at=at, merged_into=kept)
    LIFECYCLE.note(kept, "take_in", by=by, at=at)
    before["lost"]["status"] = status
    index_people([kept.pk, lost.pk])
    keep_reach([kept.pk, lost.pk])
    kept.refresh_from_db()
    return Merge.objects.create(
        kept=kept, lost=lost, by=by, at=at, before=before, after=_picture(kept), had=had, moved=moved
    )


def _picture(person: Ambassador) -> dict[str, Any]:
    """All that stands on a record, and what it offers: what an undo puts back."""
    columns = {
        each.attname: getattr(person, each.attname)
        for each in Ambassador._meta.concrete_fields
        if each.attname not in _NOT_PICTURED
    }
    offerings = sorted([each.kind, each.code] for each in person.offerings.all())
    pins = [
        {"field": each.field, "membership_id": each.membership_id, "set_by_id": each.set_by_id, "set_at": each.set_at}
        for each in person.pins.order_by("field")
    ]
    return {"columns": columns, "offerings": offerings, "pins": pins}


def _move_rows(kept: Ambassador, lost: Ambassador) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Let the rows of one record go along to the other; which it had before, and which came. Refuses with `clash`."""
    had, moved = dict[str, list[Any]](), dict[str, list[Any]]()
    for relation in relations():
        if not isinstance(relation.follow, Moves | Joins):
            continue
        had[relation.name] = list(relation.rows(kept).values_list("pk", flat=True))
        keys = relation.rows(lost).values_list("pk", flat=True)
        moved[relation.name] = [key for key in keys if _move_row(relation, key, kept)]
    return had, moved


def _move_row(relation: Relation, key: Any, kept: Ambassador) -> bool:
    """Point one row at this record; whether the database let it. Refuses with `clash` where it has to go along."""
    try:
        with transaction.atomic():
            relation.model._base_manager.filter(pk=key).update(**{relation.column: kept})
    except IntegrityError as error:
        if isinstance(relation.follow, Moves):
            raise refuse("clash", Kind.CONFLICT, str(relation.follow.clash)) from error
        return False
    return True


def _choose_words(
    kept: Ambassador, lost: Ambassador, words: Words, choices: Choices, *, by: "User", at: datetime
) -> None:
    """Let what the person said stand on one record, and pin whom staff chose where the rule takes another's word."""
    kept.said = own = dict(words.own)
    pinned = set(kept.pins.values_list("field", flat=True))
    for pin in lost.pins.exclude(field__in=pinned):
        Pin.objects.create(
            ambassador=kept, field=pin.field, membership=pin.membership, set_by=pin.set_by, set_at=pin.set_at
        )
    for name in SPOKEN_OF:
        told = words.chosen(name, choices.get(name, ""))
        if told is None or not told.value or (name in words.rule and told.value == words.rule[name].value):
            continue
        if told.key == THEMSELVES:
            own[name] = [told.value, told.on]
            Pin.objects.filter(ambassador=kept, field=name).delete()
            continue
        chosen = {"membership": Membership.objects.get(pk=told.key), "set_by": by, "set_at": at}
        Pin.objects.update_or_create(ambassador=kept, field=name, defaults=chosen)


def _choose_plain(kept: Ambassador, lost: Ambassador, choices: Choices) -> None:
    """Put on the record that goes on what no scheme speaks of; what is one person's alone is let go of first."""
    for name in PLAIN:
        setattr(kept, name, plain_value(name, kept, lost, choices))
    kept.registered_at = min(kept.registered_at, lost.registered_at)
    kept.visits_delivered += lost.visits_delivered
    kept.last_visit_on = max(filter(None, (kept.last_visit_on, lost.last_visit_on)), default=None)
    users, numbers = (kept.user_id, lost.user_id), (kept.scheme_number, lost.scheme_number)
    if users[0] is None or (users[1] is not None and choices.get(ACCOUNT) == str(lost.pk)):
        users = users[::-1]
    if numbers[0] is None:
        numbers = numbers[::-1]
    Ambassador.objects.filter(pk__in=(kept.pk, lost.pk)).update(user=None, scheme_number=None)
    for person, user, number in zip((lost, kept), users[::-1], numbers[::-1], strict=True):
        person.user_id, person.scheme_number = user, number
        person.save(update_fields=["user", "scheme_number"])
    kept.save(update_fields=[*PLAIN, "said", "registered_at", "visits_delivered", "last_visit_on"])
