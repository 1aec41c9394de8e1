"""What happens between a merge and its undo is nobody else's afterwards: files, claims, numbers (rule V-92)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.enums import AmbassadorStatus
from ambassadors.importing.golden import GOLDEN
from ambassadors.models import Ambassador, Membership, Merge
from ambassadors.operations.claiming import LINK, claim_record
from ambassadors.operations.importing import commit_import
from ambassadors.operations.merging import merge_people
from ambassadors.operations.profile import change_profile
from ambassadors.operations.separating import separate_people
from ambassadors.queries.since import changes_since
from ambassadors.queries.words import offered_by
from stem.accounts.roles import Role
from stem.letters.links import find_link, mint_link
from tests import make
from tests.commanding import few_examples, undone_afterwards
from tests.make import NOW
from tests.make.registers import as_csv, written

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=9)
HEADING = ["ID", "Name", "Employer", "Subjects", "Last updated"]
# What a scheme says of its own person in one file: the employer, the subjects, and the day.
STATEMENT = st.tuples(
    st.sampled_from(["Alpha", "Beta"]),
    st.sampled_from(["", "Bridges", "Tunnels"]),
    st.sampled_from(["", "physics", "biology;physics"]),
    st.integers(1, 28),
)


def speaks(folder, scheme, employer="", subjects="", day=1):
    """A file of this scheme, with its one person."""
    row = ["1", f"Ida of {scheme}", employer, subjects, f"2026-10-{day:02d}"]
    path = written(folder / "people.csv", as_csv([HEADING, row]))
    commit_import(path=path, scheme=scheme, columns={}, by=None, at=NOW, tell=lambda done, total: None)


def brought_by(scheme):
    return Membership.objects.get(scheme__name=scheme).ambassador


def merge(one, other, **more) -> Merge:
    by = make.staff(Role.VETTING_OFFICER)
    return merge_people(one=one, other=other, choices={}, by=by, at=NOW, **more)


def separate(done, **whose):
    by = make.staff(Role.VETTING_OFFICER)
    separate_people(merge=done, whose=whose, apart=False, by=by, at=LATER)


def record_of(person) -> dict[str, Any]:
    """All that stands on record of somebody, and what they offer."""
    found = Ambassador.objects.get(pk=person.pk)
    return {**{name: getattr(found, name) for name in GOLDEN}, **offered_by([found])[found.pk]}


def link_to(person):
    token = mint_link(LINK, person.pk, expires_at=LATER)
    return find_link(LINK, token, at=NOW)


@few_examples
@given(
    statements=st.lists(STATEMENT, max_size=4),
    places=st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
    registered=st.booleans(),
)
def test_whatever_files_came_meanwhile_two_records_are_as_if_they_had_never_been_one(
    tmp_path_factory, statements, places, registered
):
    folder = tmp_path_factory.mktemp("meanwhile")
    outcomes = []
    for is_merged in (False, True):
        with undone_afterwards():
            speaks(folder, "Alpha")
            other = brought_by("Alpha")
            if registered:
                one = make.ambassador(name="Ida Registered", email="ida@work.example", organisation="")
                one.offerings.all().delete()
            else:
                speaks(folder, "Beta")
                one = brought_by("Beta")
            for place in range(len(statements) + 1):
                if is_merged and place == min(places[0], len(statements)):
                    merge(one, other)
                if is_merged and place == min(places[1], len(statements)):
                    separate(Merge.objects.get())
                if place < len(statements) and (statements[place][0] == "Alpha" or not registered):
                    speaks(folder, *statements[place])
            outcomes.append((record_of(one), record_of(other)))
    assert outcomes[0] == outcomes[1]


def test_a_row_that_changed_nothing_while_they_were_one_counts_once_they_are_two(tmp_path):
    speaks(tmp_path, "Alpha", "Bridges", day=1)
    speaks(tmp_path, "Beta", "Tunnels", day=20)
    done = merge(one := brought_by("Alpha"), other := brought_by("Beta"))
    speaks(tmp_path, "Alpha", "Viaducts", day=2)
    separate(done)
    assert (record_of(one)["organisation"], record_of(other)["organisation"]) == ("Viaducts", "Tunnels")


def test_nobody_is_asked_whose_a_schemes_word_is_and_it_becomes_nobodys_own(tmp_path):
    registered = make.ambassador(name="Ida Registered", organisation="")
    speaks(tmp_path, "Alpha")
    done = merge(registered, brought_by("Alpha"))
    speaks(tmp_path, "Alpha", "Bridges", "physics", day=2)
    assert record_of(registered)["organisation"] == "Bridges"
    assert changes_since(Merge.objects.get()) == []
    separate(done)
    assert record_of(registered)["organisation"] == ""
    assert record_of(brought_by("Alpha"))["organisation"] == "Bridges"


@pytest.mark.parametrize("whose", ["", "kept", "lost"])
def test_whoever_claimed_the_record_meanwhile_keeps_it_and_the_officer_says_which_is_theirs(whose):
    done = merge(make.brought(name="Ida First"), make.brought(name="Ida Second"))
    user = make.user(name="Ida Claimant")
    claim_record(ambassador=done.kept, user=user, at=NOW, link=link_to(done.lost))
    told = {each.name: each.now for each in changes_since(Merge.objects.get())}
    assert told["column.user_id"] == user.email
    whose = whose or "kept"
    separate(done, **{"column.user_id": whose, "column.full_name": whose})
    mine, others = (done.kept, done.lost) if whose == "kept" else (done.lost, done.kept)
    mine.refresh_from_db()
    others.refresh_from_db()
    assert (mine.user, others.user) == (user, None)
    assert mine.full_name == "Ida Claimant"
    assert others.full_name != "Ida Claimant"
    assert mine.said["full_name"][0] == "Ida Claimant"


def test_what_the_person_confirmed_meanwhile_stays_their_own_word(tmp_path):
    speaks(tmp_path, "Alpha", "Bridges", day=1)
    speaks(tmp_path, "Beta", "Bridges", day=20)
    user, done = make.user(), merge(brought_by("Alpha"), brought_by("Beta"))
    claim_record(ambassador=done.kept, user=user, at=NOW, link=link_to(done.kept))
    done.kept.refresh_from_db()
    change_profile(ambassador=done.kept, answers={"organisation": "Bridges"}, by=user, at=NOW)
    separate(done)
    speaks(tmp_path, "Alpha", "Tunnels", day=27)
    speaks(tmp_path, "Beta", "Tunnels", day=27)
    assert record_of(done.kept)["organisation"] == "Bridges"
    assert record_of(done.lost)["organisation"] == "Tunnels"


def test_whoever_was_taken_into_the_scheme_meanwhile_keeps_their_number():
    person = make.ambassador(status=AmbassadorStatus.VETTING)
    done = merge(person, make.brought())
    Ambassador.objects.filter(pk=person.pk).update(status=AmbassadorStatus.ACTIVE, scheme_number="A000777")
    separate(done)
    person.refresh_from_db()
    assert (person.status, person.scheme_number) == (AmbassadorStatus.ACTIVE, "A000777")
