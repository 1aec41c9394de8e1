"""Two records become one, and two again, whatever belongs to them: every table of every app that points at people."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.following import Copied, Joins, Moves, Stays
from ambassadors.importing.golden import SPOKEN_OF
from ambassadors.merging import PLAIN
from ambassadors.models import Ambassador, AmbassadorEvent, Merge, Offering
from ambassadors.operations.merging import merge_people
from ambassadors.operations.reckoning import reckon
from ambassadors.operations.separating import separate_people
from ambassadors.queries.relations import relations
from ambassadors.queries.since import changes_since
from bookings.enums import VisitStatus
from bookings.models import Commitment, Offer, Seat
from bookings.queries.feed import feed_of, reader_by
from stem.accounts.feeds import feed_key
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.geography.places import Gazetteer
from tests import make
from tests.make.accounts import staff
from tests.make.ambassadors import ambassador
from tests.make.bookings import NOW
from tests.quality.belongings import FIRST, MAKERS

SUSPENDED = "quality.Suspension.ambassador"
STATUSES = ("draft", "imported", "vetting", "active", "paused", "left")
KINDS = st.lists(st.sampled_from(sorted(MAKERS)), max_size=8).map(lambda kinds: once(kinds, SUSPENDED))
TAKEN = st.sampled_from(["one", "other", "both", ""])
FIELDS = ("user", *SPOKEN_OF, *PLAIN)


def somebody(kinds: list[str], **columns: Any) -> Ambassador:
    """A person with one row of each of these kinds."""
    person = ambassador(**columns)
    for kind in kinds:
        MAKERS[kind](person)
    # As an import does, and whoever says something of themselves: what stands there is what was said.
    if person.memberships.exists():
        reckon([Ambassador.objects.get(pk=person.pk)], gazetteer=Gazetteer())
    return Ambassador.objects.get(pk=person.pk)


def once(kinds: list[str], kind: str) -> list[str]:
    """At most one of this kind among them."""
    return [each for place, each in enumerate(kinds) if each != kind or kind not in kinds[:place]]


def without(ours: list[str], theirs: list[str]) -> list[str]:
    """Two who are suspended are not merged."""
    return [each for each in theirs if each != SUSPENDED or SUSPENDED not in ours]


def lead() -> User:
    """Somebody who may decide about any pair."""
    return staff(Role.VETTING_OFFICER, Role.SAFEGUARDING_LEAD)


def all_of(*people: Ambassador) -> dict[str, Any]:
    """Every column of these people, and of every row of theirs that is not history."""
    keys = [each.pk for each in people]
    found: dict[str, Any] = {"people": list(Ambassador.objects.filter(pk__in=keys).order_by("pk").values())}
    for relation in relations():
        if isinstance(relation.follow, Stays):
            continue
        rows = relation.model._base_manager.filter(**{f"{relation.column}__in": keys}).order_by("pk").values()
        if isinstance(relation.follow, Copied):
            # Copies are made anew: what they say is what counts.
            told = [{name: value for name, value in row.items() if name != "id"} for row in rows]
            found[relation.name] = sorted(told, key=str)
        else:
            found[relation.name] = list(rows)
    return found


class TestMerging(TestCase):
    @given(
        ours=KINDS,
        theirs=KINDS,
        statuses=st.tuples(st.sampled_from(STATUSES), st.sampled_from(STATUSES)),
        takes=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, TAKEN)),
    )
    def test_a_merge_undone_leaves_both_records_exactly_as_they_were(self, ours, theirs, statuses, takes):
        one = somebody(ours, status=statuses[0], phone="01632 960001")
        other = somebody(
            without(ours, theirs), name="Ada Ingenieur", status=statuses[1], story="By ship.", postcode="YO1 7HH"
        )
        before = all_of(one, other)
        keys = {"one": str(one.pk), "other": str(other.pk), "both": "both", "": ""}
        by = lead()

        merge = merge_people(
            one=one, other=other, choices={name: keys[take] for name, take in takes.items()}, by=by, at=NOW
        )

        assert Ambassador.objects.get(pk=merge.lost_id).merged_into_id == merge.kept_id
        separate_people(merge=merge, whose={}, apart=False, by=by, at=NOW + timedelta(days=9))
        assert all_of(one, other) == before

    @given(ours=KINDS, theirs=KINDS)
    def test_nothing_that_either_had_is_lost_by_a_merge(self, ours, theirs):
        one, other = somebody(ours), somebody(without(ours, theirs))
        before = all_of(one, other)

        merge_people(one=one, other=other, choices={}, by=lead(), at=NOW)

        for name, rows in all_of(one, other).items():
            if name not in ("people", "ambassadors.Ambassador.merged_into"):
                assert len(rows) >= len(before[name]), name


def test_every_table_that_points_at_people_says_what_becomes_of_its_rows():
    assert [each.name for each in relations() if not isinstance(each.follow, Moves | Joins | Copied | Stays)] == []


def test_every_table_whose_rows_go_along_is_tried():
    go_along = {each.name for each in relations() if not isinstance(each.follow, Stays)}
    assert go_along == set(MAKERS)


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.django_db
def test_what_only_the_other_had_goes_along(name):
    [relation] = [each for each in relations() if each.name == name]
    one, other = somebody([], status="active"), somebody([name], status="imported")
    keys = set(relation.rows(other).values_list("pk", flat=True))

    merge = merge_people(one=one, other=other, choices={}, by=lead(), at=NOW)

    assert merge.kept == one
    if isinstance(relation.follow, Copied):
        assert relation.rows(one).count() >= len(keys)
    else:
        assert set(relation.rows(one).values_list("pk", flat=True)) >= keys > set()
        assert not relation.rows(other).exists()


@pytest.mark.django_db
def test_what_was_done_since_is_whose_the_person_who_undoes_says():
    one, other = somebody([], status="active"), somebody([], status="imported", name="Ada Ingenieur")
    by = lead()
    merge = merge_people(one=one, other=other, choices={}, by=by, at=NOW)
    kept = Ambassador.objects.get(pk=one.pk)
    kept.phone, kept.story = "01632 960999", "By train."
    kept.save()
    Offering.objects.create(ambassador=kept, kind="subject", code="physics")
    MAKERS["bookings.OwnVisit.ambassador"](kept)
    [new] = [name for name in _since(merge) if name.startswith("row.")]

    whose = {"column.phone": "lost", "column.story": "neither", "offerings": "lost", new: "lost"}
    separate_people(merge=merge, whose=whose, apart=True, by=by, at=NOW + timedelta(days=1))

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.phone, one.story, other.phone, other.story) == ("", "", "01632 960999", "")
    assert set(other.offerings.values_list("code", flat=True)) >= {"physics"}
    assert not one.offerings.filter(code="physics").exists()
    assert new.startswith("row.bookings.OwnVisit") and "OwnVisit" in new
    assert [each.name for each in relations() if each.name.startswith("bookings.Own") and each.rows(other).exists()]
    assert other.status == "imported"
    kinds = AmbassadorEvent.objects.filter(ambassador=other).values_list("kind", flat=True)
    assert list(kinds) == ["merge", "separate_imported"]


def _since(merge: Merge) -> list[str]:
    return [each.name for each in changes_since(Merge.objects.get(pk=merge.pk))]


@pytest.mark.django_db
def test_the_feed_of_either_account_goes_on():
    one, other = somebody([], status="active"), somebody([], status="draft")
    promised = make.visit(ambassador=one, status=VisitStatus.CONFIRMED)
    merge_people(one=one, other=other, choices={}, by=lead(), at=NOW)
    feeds = [feed_of(reader_by(feed_key(each.user)), at=NOW) for each in (one, other)]
    assert [[told.pk for told in feed.told] for feed in feeds] == [[promised.pk]] * 2


def owners(visit) -> set[int]:
    """Whose the seat is, the hours that it takes, and the offer that it was taken by."""
    seat = visit.seats.get()
    return {seat.ambassador_id, seat.commitment.ambassador_id, seat.offers.get(status="accepted").ambassador_id}


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["kept", "lost"])
def test_a_promise_made_since_is_one_person_s_as_a_whole(whose):
    one, other = somebody([], status="active"), somebody([], status="imported")
    by = lead()
    merge = merge_people(one=one, other=other, choices={}, by=by, at=NOW)
    promised = make.visit(ambassador=Ambassador.objects.get(pk=one.pk), status=VisitStatus.CONFIRMED)

    [name] = _since(merge)
    assert name.startswith("row.bookings.Seat.")
    separate_people(merge=merge, whose={name: whose}, apart=False, by=by, at=NOW + timedelta(days=1))

    assert owners(promised) == {one.pk if whose == "kept" else other.pk}


@pytest.mark.django_db
def test_what_came_of_an_offer_made_before_is_whose_the_offer_was():
    one, other = somebody([], status="active"), somebody([], status="active")
    asked = make.offer(ambassador=other)
    by = lead()
    merge = merge_people(one=one, other=other, choices={}, by=by, at=NOW)
    goes_on = merge.kept
    start = FIRST
    visit, seat = asked.visit, asked.seat
    visit.starts_at, visit.ends_at = start, start + timedelta(hours=1)
    visit.save()
    Offer.objects.filter(pk=asked.pk).update(status="accepted")
    Seat.objects.filter(pk=seat.pk).update(status="taken", ambassador=goes_on)
    Commitment.objects.create(seat=seat, ambassador=goes_on, starts_at=visit.starts_at, ends_at=visit.ends_at)

    assert _since(merge) == []
    separate_people(merge=merge, whose={}, apart=False, by=by, at=NOW + timedelta(days=1))

    assert owners(visit) == {other.pk}
