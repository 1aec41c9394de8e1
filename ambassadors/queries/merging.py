"""Two records side by side, and the queue of pairs: what somebody sees who says whether they are one person (V-92)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ambassadors.eligibility import check_may_become_one
from ambassadors.importing.golden import SPOKEN_OF, THEMSELVES, Told
from ambassadors.importing.words import SAID_WORDS
from ambassadors.merging import ACCOUNT, PLAIN, fits_together, in_order
from ambassadors.models import Ambassador, Apart, LikelyPair, Membership, Scheme
from ambassadors.queries.said import spoken
from ambassadors.queries.words_of_two import Words, identity_seen, name_that_stays, words_of_both
from ambassadors.querysets import AmbassadorQuerySet, LikelyPairQuerySet
from stem.rules import Audience, why_not
from stem.wording import short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# More bits than any pair has; and as many pairs as may be exactly as likely as another.
MOST, SOME = 1e6, 20
# What stands on every record from its beginning, whether somebody said it or not.
_YES_OR_NO = ("speaks_of_work", "speaks_of_study", "in_person", "online", "would_watch")


@dataclass(frozen=True)
class Cell:
    """What one record says of a field: the value in words, whose word it is, and whether it is taken at first."""

    key: str
    words: str
    source: str
    is_taken: bool


@dataclass(frozen=True)
class Line:
    """One field of two records, in the order in which they stand on the page."""

    name: str
    label: str
    cells: tuple[Cell, Cell]
    # Whether there is something to choose: two values that differ.
    differs: bool
    # Both can be had at once; and are, unless something else is chosen.
    both: bool = False
    takes_both: bool = False


@dataclass(frozen=True)
class SideBySide:
    """Two records, the one that goes on first."""

    kept: Ambassador
    lost: Ambassador
    lines: list[Line]
    because: list[tuple[str, str, float]]
    likely: int | None
    # Who said that they are two people.
    apart: Apart | None
    # Why they cannot be merged as things stand.
    obstacle: str
    # For each record, the schemes that brought it, with the id there.
    memberships: list[tuple[Ambassador, list[tuple[str, str]]]]
    # The pair to look at after this one.
    following: LikelyPair | None


def records_seen_by(user: "User") -> AmbassadorQuerySet:
    """The records that this person looks after as a vetting officer or as a safeguarding lead, never their own."""
    return Ambassador.objects.looked_after_by(user)


def side_by_side(people: QuerySet[Ambassador], pairs: LikelyPairQuerySet) -> SideBySide | None:
    """These two records with all that tells whether they are one person's, in seven queries; None where one is gone.

    `pairs` are those that the reader may see.
    """
    found = list(people.select_related("user").annotate(seen=identity_seen()))
    if len(found) != 2:
        return None
    kept, lost = in_order(*found)
    words = words_of_both(kept, lost)
    name = name_that_stays(kept, lost, [each.pk for each in found if each.seen])
    pair, following = this_and_next(pairs, kept, lost)
    refusal = why_not(check_may_become_one, kept, lost)
    schemes = {key: name for each in words.schemes.values() for key, (name, _id) in each.items()}
    both = (kept, lost)
    return SideBySide(
        kept=kept,
        lost=lost,
        # What there is to choose stands first.
        lines=sorted(
            [*_golden_lines(both, words, schemes, name), *_plain_lines(both)],
            key=lambda line: not line.differs,
        ),
        because=[(_(field), _(level) if level else "", weight) for field, level, weight in pair.because]
        if pair
        else [],
        likely=pair.likely if pair else None,
        apart=Apart.objects.between(kept.pk, lost.pk).select_related("by").first(),
        obstacle=refusal.told_to(Audience.ENTITLED) if refusal else "",
        memberships=[(each, sorted(words.schemes[str(each.pk)].values())) for each in both],
        following=following,
    )


def _golden_lines(
    people: tuple[Ambassador, Ambassador], words: Words, schemes: dict[int, str], name_stays: Ambassador | None
) -> Iterator[Line]:
    """What several may speak of: taken at first is what the rule takes, which is whoever spoke last."""
    for name in SPOKEN_OF:
        told = [words.of[str(each.pk)].get(name) for each in people]
        values = [said.value if said else "" for said in told]
        if not any(values):
            continue
        rule = words.rule[name].value if name in words.rule else ""
        takes_second = rule == values[1] != values[0]
        settled = name == "full_name" and name_stays is not None
        if settled:
            takes_second = name_stays == people[1]
        both = words.both(name) is not None
        cells = [
            Cell(str(each.pk), spoken(name, value), _source(said, schemes), is_taken=takes == takes_second and not both)
            for each, value, said, takes in zip(people, values, told, (False, True), strict=True)
        ]
        differs = all(values) and values[0] != values[1] and not settled
        yield Line(name, str(SAID_WORDS[name]), (cells[0], cells[1]), differs, both, takes_both=both)


def _source(told: Told | None, schemes: dict[int, str]) -> str:
    """Whose word a value is, and since when."""
    if told is None or not told.value:
        return ""
    who = _("said themselves") if told.key == THEMSELVES else schemes.get(told.key, "")
    return f"{who}, {short_day_in_words(date.fromisoformat(told.on))}" if told.on else who


def _plain_lines(people: tuple[Ambassador, Ambassador]) -> Iterator[Line]:
    """What a person says of themselves to us alone, and which account they sign in with."""
    kept, lost = people
    for name in PLAIN:
        raw = [getattr(each, name) for each in people]
        # Whom another scheme brought has said nothing of what stands there as it was when they came.
        if raw[0] == raw[1] or (lost.user_id is None and name in _YES_OR_NO):
            continue
        second = raw[0] in ("", None)
        cells = [
            Cell(str(each.pk), _in_words(each, name), "", is_taken=takes == second)
            for each, takes in zip(people, (False, True), strict=True)
        ]
        differs = raw[0] not in ("", None) and raw[1] not in ("", None)
        label = str(Ambassador._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        yield Line(name, label[:1].upper() + label[1:], (cells[0], cells[1]), differs, both=fits_together(name, *raw))
    if kept.user is not None and lost.user is not None:
        cells = [Cell(str(each.pk), each.user.email if each.user else "", "", each is kept) for each in people]
        yield Line(ACCOUNT, _("Signs in with"), (cells[0], cells[1]), differs=True)


def _in_words(person: Ambassador, name: str) -> str:
    value = getattr(person, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    shown = getattr(person, f"get_{name}_display", None)
    return str(shown() if shown else "" if value is None else value)


def narrowed(pairs: LikelyPairQuerySet, *, name: str, scheme: Scheme | None) -> LikelyPairQuerySet:
    """Those pairs of whom one is called so, or was brought by this scheme."""
    for word in name.split()[:6]:
        pairs = pairs.filter(Q(one__full_name__icontains=word) | Q(other__full_name__icontains=word))
    if scheme is not None:
        brought = Membership.objects.filter(scheme=scheme)
        pairs = pairs.filter(
            Exists(brought.filter(ambassador=OuterRef("one"))) | Exists(brought.filter(ambassador=OuterRef("other")))
        )
    return pairs


def this_and_next(
    pairs: LikelyPairQuerySet, one: Ambassador, other: Ambassador
) -> tuple[LikelyPair | None, LikelyPair | None]:
    """The pair of these two, if it is one, and the likeliest of the others that is no likelier; in one query."""
    this = LikelyPair.objects.of(one).of(other)
    rest = list(pairs.filter(odds__lte=Coalesce(Subquery(this.values("odds")[:1]), Value(MOST)))[:SOME])
    ends = {one.pk, other.pk}
    pair = next((each for each in rest if {each.one_id, each.other_id} == ends), None)
    return pair, next((each for each in rest if each != pair), None)


@dataclass(frozen=True)
class PairLine:
    """One pair of the queue: the two, what they came from, and the two best reasons."""

    pair: LikelyPair
    schemes: tuple[str, str]
    because: str


def pair_lines(pairs: Iterable[LikelyPair]) -> list[PairLine]:
    """These pairs as they are listed, in one query more."""
    rows = list(pairs)
    keys = {key for row in rows for key in (row.one_id, row.other_id)}
    came: dict[int, list[str]] = {}
    for each in Membership.objects.filter(ambassador__in=keys).select_related("scheme"):
        came.setdefault(each.ambassador_id, []).append(each.scheme.name)
    return [
        PairLine(
            pair,
            (_schemes(came.get(pair.one_id)), _schemes(came.get(pair.other_id))),
            _best(pair.because),
        )
        for pair in rows
    ]


def _schemes(names: list[str] | None) -> str:
    return ", ".join(sorted(set(names))) if names else _("Registered here")


def _best(because: list[tuple[str, str, float]]) -> str:
    """The two reasons that weigh most."""
    best = sorted((row for row in because if row[2] > 0), key=lambda row: -row[2])[:2]
    return "; ".join(f"{_(field)}: {_(level)}" for field, level, _weight in best)
