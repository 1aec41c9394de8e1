"""People in the register who may be one person, as the linkage model sees them. Nothing is merged here (rule V-92)."""

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Case, F, When

from ambassadors.linkage.finding import Found, find_pairs
from ambassadors.linkage.records import Person
from ambassadors.models import Ambassador, Apart, Membership
from ambassadors.querysets import AmbassadorQuerySet

# Of whoever came to no scheme before this one.
HERE = "register"


def possible_duplicates(*, above: float, within: bool = False) -> Found:
    """Pairs with a probability of at least `above`; of one scheme only when asked `within`. Three queries.

    Whoever was told apart is no pair: it is remembered for good, whatever their records have become part of since.
    """
    return find_pairs(
        list(_people(Ambassador.objects.unmerged())), above=above, learn=True, within=within, apart=told_apart()
    )


def told_apart() -> set[frozenset[int]]:
    """Every two records that somebody said are two people's, or those that they are part of by now."""
    said = Apart.objects.values_list("one", "one__merged_into", "other", "other__merged_into")
    return {frozenset((one_now or one, other_now or other)) for one, one_now, other, other_now in said}


def likely_doubles(newcomers: Sequence[Person], *, scheme: str, above: float) -> int:
    """How many of these people, of whom a scheme's file tells, somebody of another scheme or of none is likely to be.

    Whom the scheme has brought already under the same id is the very person, and nobody's double. Two queries.
    """
    ids = {each.legacy_id for each in newcomers}
    brought = Membership.objects.filter(scheme__name=scheme).values_list("ambassador_id", "legacy_id")
    same = {person for person, legacy_id in brought if legacy_id in ids}
    # To whoever brings people in, somebody who is sealed is as if they were deleted (P-21).
    others = [each for each in _people(Ambassador.objects.known(), same) if each.scheme != scheme]
    if not (others and newcomers):
        return 0
    pairs = find_pairs([*newcomers, *others], above=above, learn=True).pairs
    return len({one.legacy_id for pair in pairs for one in (pair.a, pair.b) if one.scheme == scheme})


def _people(among: AmbassadorQuerySet, leaving_out: Collection[int] = frozenset()) -> Iterator[Person]:
    """Each of these once, by the first scheme they are in: whoever is in several is known to be one person already."""
    came_from: dict[int, tuple[str, str]] = {}
    memberships = Membership.objects.order_by("-scheme__name", "-legacy_id")
    for person, scheme, legacy_id in memberships.values_list("ambassador_id", "scheme__name", "legacy_id").iterator():
        came_from[person] = scheme, legacy_id
    # The middle of an area is no home: two who are placed by it are no neighbours.
    lat, lon = (Case(When(approximate=False, then=F(each))) for each in ("lat", "lon"))
    # In the order of a `Person`.
    columns = ("full_name", "known_as", "email", "phone", "postcode", lat, lon, "organisation", "orcid", F("pk"))
    # Whoever has no name yet, or no more, is nobody's double.
    people = among.exclude(full_name="").order_by("pk").values_list("pk", "scheme_number", *columns)
    for pk, number, *values in people.iterator():
        if pk in leaving_out:
            continue
        scheme, legacy_id = came_from.get(pk) or (HERE, number or str(pk))
        yield Person(scheme, legacy_id, *values)
