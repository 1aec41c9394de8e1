"""A scheme's people come in: told first, taken in once, and of one person the same record whatever came first."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.enums import AmbassadorStatus, RequirementKind
from ambassadors.importing.golden import GOLDEN, THEMSELVES
from ambassadors.models import Ambassador, AmbassadorEvent, Membership, Pin, Requirement, Scheme
from ambassadors.operations.details import change_details
from ambassadors.operations.importing import commit_import, stage_import
from ambassadors.operations.profile import change_profile
from ambassadors.operations.reckoning import choose_word, leave_to_rule
from ambassadors.operations.schemes import describe_scheme
from ambassadors.queries.words import sources_of
from ambassadors.workflow import LIFECYCLE
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make
from tests.commanding import few_examples, undone_afterwards
from tests.make import NOW
from tests.make.registers import as_csv, written

pytestmark = pytest.mark.django_db

HEADING = ["ID", "Name", "E-mail", "Phone", "Postcode", "Employer", "Job title", "Joined", "Status", "Last updated"]
ADA = ["1", "Ada Smith", "ada@x.example", "07700 900123", "LS1 4AP", "Bridges", "Engineer", "2019-03-04", "Active", ""]
BEN = ["2", "Ben Jones", "ben@x.example", *[""] * 7]
PEOPLE = (Ambassador, Membership, Scheme, AmbassadorEvent, Entry)


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def told(folder, rows, *, scheme="Alpha", act=commit_import, at=NOW, heading=HEADING, **said):
    """What an import reports: read, new, known, changed, likely duplicates, rejected."""
    if act is commit_import:
        said = {"by": None, **said}
    path = written(folder / "people.csv", as_csv([heading, *rows], encoding="utf-8"))
    found = act(path=path, scheme=scheme, columns={}, at=at, tell=lambda done, total: None, **said)
    return found.read, found.new, found.known, found.changed, found.likely_duplicates, len(found.rejected)


def changed(row, **cells):
    """The same row with other words under these headings."""
    names = [each.lower().replace("-", "").replace(" ", "_") for each in HEADING]
    return [cells.get(name, cell) for name, cell in zip(names, row, strict=True)]


def everything():
    return [list(model.objects.order_by("pk").values()) for model in PEOPLE]


def record_of(person):
    person = Ambassador.objects.get(pk=person.pk)
    return {name: getattr(person, name) for name in (*GOLDEN, *Ambassador.PLACE)}


# --- told, and taken in


def test_a_dry_run_says_what_would_come_of_it_and_changes_nothing(folder):
    make.ambassador(email="ADA@x.example")
    before = everything()
    assert told(folder, [ADA, BEN, ["", *BEN[1:]]], act=stage_import) == (3, 2, 0, 0, 1, 1)
    assert everything() == before


def test_everyone_becomes_a_person_of_their_own_who_cannot_be_booked(folder):
    assert told(folder, [ADA, changed(ADA, id="2")]) == (2, 2, 0, 0, 0, 0)
    first, second = Ambassador.objects.order_by("pk")
    assert (first.full_name, first.email, first.phone) == ("Ada Smith", "ada@x.example", "07700 900123")
    assert (first.postcode, first.area, first.nation) == ("LS1 4AP", "LS", "england") and first.point == second.point
    assert {first.status, second.status} == {AmbassadorStatus.IMPORTED}
    assert not Requirement.objects.exists()
    membership = first.memberships.get()
    assert (membership.joined_on, membership.legacy_status) == (date(2019, 3, 4), "Active")
    assert (str(membership), membership.imported_on) == ("Alpha/1", NOW.date())
    [event] = first.events.all()
    assert (event.kind, event.status, event.by) == ("import", "imported", None)
    assert not Scheme.objects.get().is_complete
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == ["scheme.create", "scheme.import"]


def test_taken_in_twice_is_taken_in_once(folder):
    told(folder, [ADA, BEN])
    before = everything()
    assert told(folder, [ADA, BEN], at=NOW + timedelta(days=3)) == (2, 0, 2, 0, 0, 0)
    assert everything() == before


def test_a_row_that_changed_replaces_what_its_scheme_said_and_a_blank_says_nothing(folder):
    told(folder, [ADA, BEN])
    moved = changed(ADA, postcode="EH1 1YZ", employer="Tunnels", phone="", status="Left")
    assert told(folder, [moved, BEN]) == (2, 0, 1, 1, 0, 0)
    person = Ambassador.objects.get(full_name="Ada Smith")
    assert (person.organisation, person.phone, person.area, person.nation) == (
        "Tunnels",
        "07700 900123",
        "EH",
        "scotland",
    )
    assert person.memberships.get().legacy_status == "Left"


def test_an_older_file_read_later_replaces_nothing(folder):
    told(folder, [changed(ADA, last_updated="2025-05-01")])
    assert told(folder, [changed(ADA, last_updated="2024-05-01", employer="Elsewhere")]) == (1, 0, 1, 0, 0, 0)
    assert Ambassador.objects.get().organisation == "Bridges"


def test_an_address_is_counted_when_somebody_else_has_it_and_not_when_it_is_their_own(folder):
    told(folder, [ADA])
    assert told(folder, [changed(ADA, id="9", email="Ada@X.example")], scheme="Beta", act=stage_import)[4] == 1
    assert told(folder, [ADA], act=stage_import)[4] == 0


def test_a_scheme_is_known_by_its_name_in_any_case_and_its_columns_are_remembered(folder):
    path = written(folder / "p.csv", as_csv([["Key", "Called"], ["1", "Ada Smith"]], encoding="utf-8"))
    said = {"path": path, "at": NOW, "tell": lambda done, total: None}
    with pytest.raises(Refusal) as refused:
        stage_import(scheme="Alpha", columns={}, **said)
    assert refused.value.codes == ["columns_missing"]
    commit_import(scheme=" Alpha ", columns={"legacy_id": "Key", "full_name": "Called"}, by=None, **said)
    assert stage_import(scheme="alpha", columns={}, **said).known == 1
    assert Scheme.objects.get().columns == {"legacy_id": "Key", "full_name": "Called"}
    with pytest.raises(Refusal) as refused:
        stage_import(scheme=" ", columns={}, **said)
    assert refused.value.codes == ["scheme"]


def test_whoever_has_left_is_not_written_about_anew(folder, now):
    told(folder, [ADA])
    person = Ambassador.objects.get()
    LIFECYCLE.move(person, "leave", by=None, at=now)
    before = everything()
    assert told(folder, [changed(ADA, employer="Tunnels")]) == (1, 0, 1, 0, 0, 0)
    assert everything()[:4] == before[:4]


def test_many_are_taken_in_by_a_number_of_queries_that_does_not_grow_with_them(folder, django_assert_max_num_queries):
    rows = [changed(ADA, id=str(number), postcode=f"LS{number % 20 + 1} 1AA") for number in range(400)]
    # SQLite takes some thirty people at a time.
    with django_assert_max_num_queries(60):
        told(folder, rows)
    with django_assert_max_num_queries(90):
        assert told(folder, [changed(row, employer="Tunnels") for row in rows])[3] == 400


# --- whose word counts


def one_of_two(folder):
    """Somebody whom two schemes brought, as they stand when a colleague has found that they are one."""
    told(folder, [ADA], scheme="Alpha")
    told(folder, [changed(ADA, id="77", employer="Tunnels")], scheme="Beta")
    one, two = Ambassador.objects.order_by("pk")
    Membership.objects.filter(ambassador=two).update(ambassador=one)
    two.events.all().delete()
    two.delete()
    return one


@pytest.fixture
def known_to_two(folder):
    return one_of_two(folder)


def speaks(folder, scheme, employer, on=""):
    row = changed(ADA, id={"Alpha": "1", "Beta": "77"}[scheme], employer=employer, last_updated=on)
    told(folder, [row], scheme=scheme)


def test_of_two_schemes_the_one_that_spoke_last_counts_whichever_was_read_last(folder, known_to_two):
    speaks(folder, "Beta", "Late", "2025-06-01")
    speaks(folder, "Alpha", "Early", "2024-06-01")
    assert record_of(known_to_two)["organisation"] == "Late"
    told_by = sources_of(known_to_two)["organisation"]
    assert (told_by.on, Membership.objects.get(pk=told_by.key).scheme.name) == ("2025-06-01", "Beta")


def test_what_somebody_says_themselves_counts_before_any_scheme(folder, known_to_two):
    user, long_ago = make.user(), NOW - timedelta(days=400)
    Ambassador.objects.filter(pk=known_to_two.pk).update(user=user)
    change_profile(
        ambassador=known_to_two,
        answers={"organisation": "My own", "postcode": "yo1 7hh", "phone": ""},
        by=user,
        at=long_ago,
    )
    speaks(folder, "Alpha", "Their word", str(NOW.date()))
    found = record_of(known_to_two)
    assert (found["organisation"], found["postcode"], found["area"], found["phone"]) == ("My own", "YO1 7HH", "YO", "")
    assert sources_of(Ambassador.objects.get())["organisation"].key == THEMSELVES
    details = {"full_name": "Ada Now", "known_as": "", "phone": "01632 960999", "language": "en"}
    change_details(user=user, details=details, at=long_ago)
    speaks(folder, "Alpha", "Again", str(NOW.date()))
    assert (record_of(known_to_two)["full_name"], record_of(known_to_two)["phone"]) == ("Ada Now", "01632 960999")


def test_all_that_stood_on_record_before_a_scheme_spoke_is_the_persons_own_word(folder):
    person = make.ambassador(name="Ada Engineer", cleared=True)
    Membership.objects.create(ambassador=person, scheme=Scheme.objects.create(name="Alpha"), legacy_id="1")
    before = record_of(person)
    assert told(folder, [ADA]) == (1, 0, 0, 1, 0, 0)
    assert record_of(person) == {**before, "phone": "07700 900123"}
    assert Ambassador.objects.get().status == AmbassadorStatus.ACTIVE


def test_staff_choose_whose_word_counts_for_one_field_of_one_person(folder, known_to_two):
    officer = make.staff(Role.VETTING_OFFICER)
    speaks(folder, "Beta", "Late", "2025-06-01")
    alpha, beta = Membership.objects.order_by("pk")
    choose_word(ambassador=known_to_two, field="organisation", membership=alpha, by=officer, at=NOW)
    assert record_of(known_to_two)["organisation"] == "Bridges"
    speaks(folder, "Alpha", "Newer bridges")
    assert record_of(known_to_two)["organisation"] == "Newer bridges"
    leave_to_rule(ambassador=known_to_two, field="organisation", by=officer, at=NOW)
    assert record_of(known_to_two)["organisation"] == "Late"
    assert list(known_to_two.events.values_list("kind", flat=True)) == ["import", "choose_word", "leave_to_rule"]
    with pytest.raises(Refusal) as refused:
        choose_word(ambassador=known_to_two, field="organisation", membership=None, by=officer, at=NOW)
    assert refused.value.codes == ["no_word"]
    with pytest.raises(Refusal) as refused:
        choose_word(ambassador=known_to_two, field="phone", membership=beta, by=make.user(), at=NOW)
    assert refused.value.codes == ["not_vetting_officer"]


def test_a_choice_ends_when_the_person_says_something_new(folder, known_to_two):
    user, officer = make.user(), make.staff(Role.VETTING_OFFICER)
    Ambassador.objects.filter(pk=known_to_two.pk).update(user=user)
    alpha = Membership.objects.order_by("pk").first()
    for field in ("organisation", "phone"):
        choose_word(ambassador=known_to_two, field=field, membership=alpha, by=officer, at=NOW)
    change_profile(ambassador=known_to_two, answers={"organisation": "My own"}, by=user, at=NOW)
    assert list(Pin.objects.values_list("field", flat=True)) == ["phone"]
    assert record_of(known_to_two)["organisation"] == "My own"


def test_when_a_scheme_handed_its_people_over_counts_where_it_tells_no_day(folder, known_to_two):
    speaks(folder, "Beta", "Between", "2024-06-01")
    speaks(folder, "Alpha", "Without a day")
    assert record_of(known_to_two)["organisation"] == "Between"
    alpha, administrator = Scheme.objects.get(name="Alpha"), make.staff(Role.ADMINISTRATOR)
    said = {"owner": "Alpha Trust", "legal_basis_note": "A contract of 2024.", "transfer_date": date(2025, 1, 1)}
    assert describe_scheme(scheme=alpha, **said, by=administrator, at=NOW) == 1
    assert record_of(known_to_two)["organisation"] == "Without a day"
    assert Scheme.objects.get(name="Alpha").is_complete
    assert describe_scheme(scheme=alpha, **{**said, "transfer_date": None}, by=administrator, at=NOW) == 1
    assert record_of(known_to_two)["organisation"] == "Between"
    with pytest.raises(Refusal) as refused:
        describe_scheme(scheme=alpha, **said, by=make.staff(Role.VETTING_OFFICER), at=NOW)
    assert refused.value.codes == ["not_administrator"]


# What files say, of two schemes; a scheme says one thing a day.
STATEMENT = st.tuples(
    st.sampled_from(["Alpha", "Beta"]), st.integers(1, 28), st.sampled_from(["", "Late", "Early", "Bridges", "Tunnels"])
)


@few_examples
@given(
    st.lists(STATEMENT, max_size=4, unique_by=lambda each: each[:2]),
    st.sampled_from(["", "Alpha", "Beta"]),
    st.randoms(use_true_random=False),
)
def test_any_order_of_imports_gives_the_same_record(tmp_path_factory, statements, pinned, random):
    folder = tmp_path_factory.mktemp("orders")
    orders = list(permutations(statements))
    outcomes = []
    for order in random.sample(orders, min(3, len(orders))):
        with undone_afterwards():
            person = one_of_two(folder)
            if pinned:
                key = Membership.objects.get(scheme__name=pinned).pk
                officer = make.staff(Role.VETTING_OFFICER)
                Pin.objects.create(
                    ambassador=person, field="organisation", membership_id=key, set_by=officer, set_at=NOW
                )
            for scheme, day, employer in order:
                speaks(folder, scheme, employer, f"2026-10-{day:02d}")
            # Twice is once.
            for scheme, day, employer in order[-1:]:
                speaks(folder, scheme, employer, f"2026-10-{day:02d}")
            said = Membership.objects.order_by("scheme__name").values_list("scheme__name", "said")
            outcomes.append((record_of(person), list(said)))
    assert all(each == outcomes[0] for each in outcomes)


def test_under_a_name_that_staff_chose_it_is_seen_anew_who_they_are(folder):
    person, officer = make.ambassador(name="Ada Own", cleared=True), make.staff(Role.VETTING_OFFICER)
    alpha = Membership.objects.create(ambassador=person, scheme=Scheme.objects.create(name="Alpha"), legacy_id="1")
    told(folder, [ADA])
    choose_word(ambassador=person, field="organisation", membership=alpha, by=officer, at=NOW)
    assert person.requirements.filter(kind=RequirementKind.ID, withdrawn_at=None).exists()
    choose_word(ambassador=person, field="full_name", membership=alpha, by=officer, at=NOW)
    assert record_of(person)["full_name"] == "Ada Smith"
    assert not person.requirements.filter(kind=RequirementKind.ID, withdrawn_at=None).exists()
