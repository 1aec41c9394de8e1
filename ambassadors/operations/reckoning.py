"""The record of a person of whom several speak: reckoned from what each said, and from whom staff chose."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.importing.golden import (
    GOLDEN,
    LISTS,
    OFFERED,
    SPOKEN_OF,
    THEMSELVES,
    Told,
    add_to_said,
    as_said,
    codes_in,
    golden,
)
from ambassadors.models import Ambassador, Membership, Offering, Pin
from ambassadors.operations.requirements import end_identity_of_another_name
from ambassadors.queries.words import heard, offered_by, own_words
from ambassadors.reach.keeping import keep_reach
from ambassadors.search.index import index_people
from ambassadors.workflow import LIFECYCLE
from stem.geography.places import Gazetteer
from stem.geography.points import Point
from stem.geography.postcodes import read_postcode
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# What a reckoning may change of a person's columns.
RECKONED = (*GOLDEN, *Ambassador.PLACE, "said")
DEFAULTS = {"max_minutes": Ambassador._meta.get_field("max_minutes").get_default()}


def say_oneself(person: Ambassador, values: Mapping[str, object], *, at: datetime) -> None:
    """Keep what someone just said of themselves apart from what schemes say, which counts no more; the caller saves.

    A choice that staff made about one of these fields ends: it was made without knowing this.
    """
    if person.said is None:
        return
    said = {name: as_said(values[name]) for name in SPOKEN_OF if name in values}
    person.said = add_to_said(person.said, said, day_of(at))
    Pin.objects.filter(ambassador=person, field__in=said).delete()


def reckon(people: Iterable[Ambassador], *, gazetteer: Gazetteer) -> int:
    """Write on these people what counts of all that is said of them, and save it; how many changed.

    The caller holds their locks.
    """
    people = list(people)
    offered = offered_by(people)
    changed, columns, other_offers = set(), set(), {}
    for person, (voices, pins) in zip(people, heard(people, offered).values(), strict=True):
        before = {name: getattr(person, name) for name in RECKONED}
        person.said = own_words(person, offered[person.pk])
        told = golden(voices, pins)
        _write(person, told, gazetteer)
        if other := {name for name in RECKONED if getattr(person, name) != before[name]}:
            changed.add(person)
            columns |= other
        offers = {name: told[name].value if name in told else "" for name in LISTS}
        if offers != offered[person.pk]:
            other_offers[person.pk] = offers
    if changed:
        Ambassador.objects.bulk_update(changed, sorted(columns))
    _offer(other_offers, offered)
    index_people(person.pk for person in people)
    others = {person.pk for person in changed} | other_offers.keys()
    keep_reach(sorted(others))
    return len(others)


def _offer(wanted: Mapping[int, Mapping[str, str]], offered: Mapping[int, Mapping[str, str]]) -> None:
    """Make what these people offer what was reckoned; nothing is asked of the database where nothing changed."""
    gone: dict[tuple[str, str], list[int]] = defaultdict(list)
    new = []
    for key, lists in wanted.items():
        for name, value in lists.items():
            now, then = set(codes_in(value)), set(codes_in(offered[key][name]))
            new += [Offering(ambassador_id=key, kind=OFFERED[name], code=code) for code in sorted(now - then)]
            for code in then - now:
                gone[OFFERED[name], code].append(key)
    for (kind, code), keys in gone.items():
        Offering.objects.filter(kind=kind, code=code, ambassador__in=keys).delete()
    Offering.objects.bulk_create(new)


def _write(person: Ambassador, told: Mapping[str, Told], gazetteer: Gazetteer) -> None:
    """Put these values on the person; a postcode with its place, a number as one."""
    for name in GOLDEN:
        value = told[name].value if name in told else ""
        if name in DEFAULTS:
            setattr(person, name, int(value) if value else DEFAULTS[name])
        elif name != "postcode":
            setattr(person, name, value)
        elif value != person.postcode:
            place_at(person, value, gazetteer)


def place_at(person: Ambassador, postcode: str, gazetteer: Gazetteer) -> None:
    """Place somebody at this postcode, or nowhere."""
    if postcode:
        person.take_place(gazetteer.place_of(read_postcode(postcode)))
        return
    nowhere: Point | None = None
    person.postcode = person.area = person.nation = ""
    person.point, person.approximate = nowhere, False


@transaction.atomic
def choose_word(*, ambassador: Ambassador, field: str, membership: Membership | None, by: "User", at: datetime) -> None:
    """Let this scheme's word count for one field of one person, or the person's own; said twice, it is said once.

    Refuses as `permissions.check_may_vet` does, or with `no_word` when they have said nothing of it.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    key = THEMSELVES if membership is None else membership.pk
    voices, _pins = heard([ambassador], offered_by([ambassador]))[ambassador.pk]
    if field not in SPOKEN_OF or not any(field in voice.said for voice in voices if voice.key == key):
        raise refuse("no_word", Kind.INPUT, _("Nothing is on record that they have said of it."))
    if Pin.objects.filter(ambassador=ambassador, field=field, membership=membership).exists():
        return
    chosen = {"membership": membership, "set_by": by, "set_at": at}
    Pin.objects.update_or_create(ambassador=ambassador, field=field, defaults=chosen)
    _reckon_one(ambassador, by=by, at=at)
    LIFECYCLE.note(ambassador, "choose_word", by=by, at=at, note=field)


@transaction.atomic
def leave_to_rule(*, ambassador: Ambassador, field: str, by: "User", at: datetime) -> None:
    """Let the rule decide again whose word counts for this field. Refuses as `permissions.check_may_vet` does."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    if Pin.objects.filter(ambassador=ambassador, field=field).delete()[0]:
        _reckon_one(ambassador, by=by, at=at)
        LIFECYCLE.note(ambassador, "leave_to_rule", by=by, at=at, note=field)


def _reckon_one(ambassador: Ambassador, *, by: "User", at: datetime) -> None:
    """Reckon this person anew, and save what changed; under another name it is seen anew who they are (rule 1.2)."""
    seen_as = Ambassador(pk=ambassador.pk, full_name=ambassador.full_name)
    reckon([ambassador], gazetteer=Gazetteer())
    end_identity_of_another_name(seen_as, ambassador.full_name, by=by, at=at)
