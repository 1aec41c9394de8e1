"""What was done to a record since another became part of it: who undoes the merge says whose each of it is (V-92)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from ambassadors.importing.golden import OFFERED, THEMSELVES, golden
from ambassadors.models import Ambassador, Membership, Merge
from ambassadors.queries.new_rows import new_rows
from ambassadors.queries.records import offering_words
from ambassadors.queries.words import heard

# Counted by the program, and therefore nobody's to choose.
COUNTED = frozenset({"visits_delivered", "last_visit_on"})
# Told by other columns: where a postcode lies, what was said, and the number, which follows the standing.
_FOLLOWING = frozenset({*Ambassador.PLACE, "said", "registered_at", "scheme_number"})
OFFERINGS = "offerings"
# Whose the sign-in is that came by a claim.
ACCOUNT = "user_id"
# What was offered then, and what now: each by its kind and code.
BeforeAndNow: TypeAlias = tuple[set[tuple[str, str]], set[tuple[str, str]]]


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than the merge left it: its name in a form, and how it reads."""

    name: str
    words: str
    before: str = ""
    now: str = ""


def changes_since(merge: Merge) -> list[Change]:
    """Whatever is not as the merge left it, in four queries and one more for each kind of new row."""
    by_schemes = told_by_schemes(merge)
    new = [Change(each.name, each.words, "–", each.now) for each in new_rows(merge) if each.owner is None]
    return [*_columns(merge, by_schemes), *_offerings(merge, by_schemes), *new]


def told_by_schemes(merge: Merge) -> set[str]:
    """The fields in which a scheme's word counts now: it goes where that scheme's membership goes, and is not asked."""
    person = merge.kept
    voices, pins = heard([person], {person.pk: {}})[person.pk]
    return {name for name, told in golden(voices, pins).items() if told.key != THEMSELVES}


def changed_columns(merge: Merge, by_schemes: set[str]) -> Iterator[str]:
    """The columns that a person, or an officer for them, has changed since, and the account that came by a claim."""
    after = merge.after["columns"]
    for field in Ambassador._meta.concrete_fields:
        name = field.attname
        if name not in after or name in COUNTED | _FOLLOWING | by_schemes:
            continue
        if getattr(merge.kept, name) != field.to_python(after[name]):
            yield name


def _columns(merge: Merge, by_schemes: set[str]) -> Iterator[Change]:
    for name in changed_columns(merge, by_schemes):
        label = str(Ambassador._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        before, now = merge.after["columns"][name], getattr(merge.kept, name)
        if name == ACCOUNT:
            label, before, now = _("Signs in with"), "", merge.kept.user and merge.kept.user.email
        yield Change(f"column.{name}", label[:1].upper() + label[1:], _told(before), _told(now))


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "–" if value in ("", None) else str(value)


def _offerings(merge: Merge, by_schemes: set[str]) -> Iterator[Change]:
    before, now = offered_before_and_now(merge, by_schemes)
    if before != now:
        words = [
            ", ".join(offering_words(kind, code) for kind, code in sorted(each))
            for each in (before - now, now - before)
        ]
        yield Change(OFFERINGS, _("Subjects and the like"), words[0] or "–", words[1] or "–")


def offered_before_and_now(merge: Merge, by_schemes: set[str]) -> BeforeAndNow:
    """What the person offered when the merge was done, and what now: of the lists of which no scheme's word counts."""
    theirs = {OFFERED[name].value for name in by_schemes & OFFERED.keys()}
    before = {(kind, code) for kind, code in merge.after["offerings"] if kind not in theirs}
    now = {(each.kind, each.code) for each in merge.kept.offerings.all() if each.kind not in theirs}
    return before, now


def speaks_for(merge: Merge) -> set[int]:
    """The memberships that will be the other's again."""
    return set(merge.moved.get(f"{Membership._meta.label}.ambassador", ()))
