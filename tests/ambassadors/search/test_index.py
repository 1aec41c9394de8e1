"""The words that people are found by are true, whoever wrote the people."""

import re
from datetime import date, timedelta

import pytest

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Membership, Scheme, SearchTerm, SearchWord
from ambassadors.operations import details, forgetting, importing, profile, reckoning, schemes
from ambassadors.operations.applications import begin_application
from ambassadors.search.index import index_everyone, index_people, words_of
from ambassadors.search.words import MISSPELT
from stem.accounts.roles import Role
from tests import make
from tests.architecture.source import modules

pytestmark = pytest.mark.django_db

HEADINGS = ("id", "name", "email", "employer")
ADA = ("1", "Ada Byron", "ada@old.example", "Engines")


def written() -> dict[int, set[tuple[str, str]]]:
    """What stands in the index."""
    found: dict[int, set[tuple[str, str]]] = {pk: set() for pk in Ambassador.objects.values_list("pk", flat=True)}
    for row in SearchWord.objects.all():
        found[row.ambassador_id].add((row.word, row.found_by))
    return found


def assert_true() -> None:
    """The index says what the rows say, and the vocabulary has each of its words and no other."""
    told = words_of(Ambassador.objects.values_list("pk", flat=True))
    assert written() == {pk: {(word, by.value) for word, by in words} for pk, words in told.items()}
    misspelt = SearchWord.objects.filter(found_by__in=MISSPELT)
    assert set(SearchTerm.objects.values_list("text", flat=True)) == set(misspelt.values_list("word", flat=True))


def bring(folder, *rows, scheme: str = "Alpha") -> None:
    """Take these people in from a file."""
    path = folder / "people.csv"
    path.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows)))
    importing.commit_import(path=path, scheme=scheme, columns={}, by=None, at=make.NOW, tell=lambda *_: None)
    assert_true()


def test_whoever_joins_is_found_by_what_they_say_and_no_longer_by_what_they_said():
    user = make.user(email="ada@work.example", name="Ada Byron")
    ada = begin_application(user=user, at=make.NOW)
    assert_true()
    said = {"full_name": "Ada King", "organisation": "Difference Engines", "phone": "07700 900123"}
    profile.change_profile(ambassador=ada, answers=said, by=user, at=make.NOW)
    assert_true()
    of_account = {"full_name": "Ada Lovelace", "known_as": "Countess", "phone": "", "language": "en"}
    details.change_details(user=user, details=of_account, at=make.NOW)
    assert_true()
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert {"lovelace", "countess", "difference"} <= words
    assert words.isdisjoint({"byron", "king", "tel:7700900123"})
    assert not SearchTerm.objects.filter(text="king").exists()


def test_whoever_is_brought_is_found_and_so_is_what_their_scheme_said_before_the_person_spoke(tmp_path):
    bring(tmp_path, ADA)
    bring(tmp_path, ("1", "Ada Byron", "ada@new.example", "Looms"))
    bring(tmp_path, ("9", "Ada Byron", "ada@third.example", "Bridges"), scheme="Beta")
    ada = Ambassador.objects.get(email="ada@new.example")
    ada.user = make.user()
    ada.save()
    profile.change_profile(ambassador=ada, answers={"full_name": "Ada Lovelace"}, by=ada.user, at=make.NOW)
    assert_true()
    assert ("byron", "fn") in written()[ada.pk] and ("lovelace", "n") in written()[ada.pk]


def test_whose_word_counts_is_what_people_are_found_by(tmp_path):
    bring(tmp_path, ADA)
    bring(tmp_path, ("77", "Ada Lovelace", "ada@old.example", "Tunnels"), scheme="Beta")
    one, two = Ambassador.objects.order_by("pk")
    Membership.objects.filter(ambassador=two).update(ambassador=one)
    two.events.all().delete()
    two.delete()
    officer = make.staff(Role.VETTING_OFFICER)
    beta = Membership.objects.get(legacy_id="77")
    reckoning.choose_word(ambassador=one, field="full_name", membership=beta, by=officer, at=make.NOW)
    assert_true()
    assert ("lovelace", "n") in written()[one.pk] and ("byron", "fn") in written()[one.pk]
    reckoning.leave_to_rule(ambassador=one, field="full_name", by=officer, at=make.NOW)
    assert_true()
    told = {"owner": "Alpha Ltd", "legal_basis_note": "Consent.", "transfer_date": date(2026, 12, 1)}
    alpha = Scheme.objects.get(name="Alpha")
    schemes.describe_scheme(scheme=alpha, **told, by=make.staff(Role.ADMINISTRATOR), at=make.NOW)
    assert_true()


def test_nothing_of_whoever_is_forgotten_is_left():
    long_ago = make.NOW - timedelta(days=400)
    draft = make.ambassador(name="Zebedee Quist", status=AmbassadorStatus.DRAFT, registered_at=long_ago)
    make.ambassador(name="Ada Quist")
    assert forgetting.forget_drafts(at=make.NOW) == 1
    assert not SearchWord.objects.filter(ambassador_id=draft.pk).exists()
    assert_true()
    assert set(SearchTerm.objects.filter(text__in=["zebedee", "quist"]).values_list("text", flat=True)) == {"quist"}


def test_the_sweep_puts_right_what_was_written_past_it():
    ada = make.ambassador(name="Ada Byron")
    make.ambassador(name="Bob Other")
    Ambassador.objects.filter(pk=ada.pk).update(full_name="Ada Lovelace")
    assert index_everyone() == 1
    assert_true()
    assert index_everyone() == 0


def test_people_who_are_right_already_cost_a_look_and_no_writing(django_assert_num_queries):
    keys = [make.ambassador(name=f"Ada {number}").pk for number in range(20)]
    # a savepoint and its end; the words, the people, and what schemes say of them; nothing lost
    with django_assert_num_queries(6):
        assert index_people(keys) == 0


# Where a column that people are found by is written; each of them was tried above.
WRITERS = {
    # a person with a place and no row; the people whom schools name, who are others
    "bookings/queries/reach.py",
    "schools/operations/people.py",
    "bookings/operations/closing.py",
    "ambassadors/operations/applications.py",
    "ambassadors/operations/claiming.py",
    "ambassadors/operations/details.py",
    "ambassadors/operations/importing.py",
    "ambassadors/operations/merging.py",
    "ambassadors/operations/separating.py",
    "ambassadors/operations/profile.py",
    "ambassadors/operations/reckoning.py",
}
WRITES = re.compile(
    r"\bAmbassador\((?!Located\)|pk=)|\bsetattr\((?:ambassador|person|draft)\b|\bAmbassador\.objects\.bulk_\w+"
    r"|\bAmbassador\.objects\.[^\n]*\.update\((?:full_name|known_as|email|phone|organisation|said)="
    r"|LIFECYCLE\.note\([^\n]*\bsaid="
    r"|\b(?:ambassador|person|draft)\.(?:full_name|known_as|email|phone|organisation|scheme_number|said) = "
)


def test_nobody_writes_a_person_whose_writing_was_not_tried():
    found = {
        module.path
        for module in modules("stem", "schools", "ambassadors", "bookings", "quality")
        if WRITES.search(module.text)
    }
    assert found == WRITERS


def test_a_new_writer_would_be_seen():
    assert WRITES.search("person = Ambassador(full_name=name)") and WRITES.search("person.email = text")
