"""Keeping a photo, replacing it, and doing without one."""

import pytest

from ambassadors.enums import IdentityDocument, RequirementKind
from ambassadors.models import Photo, Requirement
from ambassadors.operations.photos import add_photo, confirm_photo, remove_photo
from ambassadors.operations.requirements import record_requirement
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.moments import day_of
from stem.rules import Refusal
from tests import make
from tests.stem.pictures import picture_file

pytestmark = pytest.mark.django_db


def test_a_photo_is_kept_once_and_its_coming_is_on_record(now):
    person = make.ambassador()

    photo = add_photo(ambassador=person, file=picture_file("JPEG", (300, 300)), by=person.user, at=now)

    assert Photo.objects.get() == photo
    assert (photo.width, photo.height, photo.added_at) == (480, 480, now)
    assert [entry.action for entry in Entry.objects.all()] == ["photo.add"]


def test_another_photo_takes_its_place_and_nobody_has_confirmed_it(now):
    person = make.ambassador()
    first = make.photo(person)

    add_photo(ambassador=person, file=picture_file("JPEG", (300, 300)), by=person.user, at=now)

    photo = Photo.objects.get()
    assert (photo.confirmed_by, photo.confirmed_at) == (None, None)
    assert photo.digest != first.digest


def test_a_file_that_is_no_photo_leaves_the_one_there_is(now):
    person = make.ambassador()
    first = make.photo(person)

    with pytest.raises(Refusal):
        add_photo(ambassador=person, file=picture_file("GIF"), by=person.user, at=now)

    assert Photo.objects.get().digest == first.digest
    assert Photo.objects.get().confirmed_by is not None


def test_a_photo_is_removed_and_removing_none_is_no_trouble(now):
    person = make.ambassador()
    make.photo(person)

    for _ in range(2):
        remove_photo(ambassador=person, by=person.user, at=now)

    assert not Photo.objects.exists()
    assert [entry.action for entry in Entry.objects.all()] == ["photo.remove"]


def test_nobody_changes_another_s_photo(now):
    person = make.ambassador()
    make.photo(person)
    other = make.user()

    with pytest.raises(Refusal) as added:
        add_photo(ambassador=person, file=picture_file("JPEG", (300, 300)), by=other, at=now)
    with pytest.raises(Refusal) as removed:
        remove_photo(ambassador=person, by=other, at=now)

    assert added.value.codes == removed.value.codes == ["not_your_profile"]
    assert Photo.objects.count() == 1


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


def refusal(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refused:
        operation(**arguments)
    return refused.value.codes


def test_an_officer_says_that_a_photo_is_them_once_and_it_is_on_record(officer, now):
    person = make.ambassador()
    photo = make.photo(person, confirmed=False)
    assert not Photo.objects.confirmed().exists()

    for by in (officer, make.staff(Role.VETTING_OFFICER, email="second@scheme.example")):
        confirm_photo(ambassador=person, digest=photo.digest, by=by, at=now)

    kept = Photo.objects.confirmed().get()
    assert (kept.confirmed_by, kept.confirmed_at) == (officer, now)
    assert [(entry.action, entry.actor) for entry in Entry.objects.all()] == [("photo.confirm", officer)]


def test_a_photo_that_was_not_looked_at_is_not_confirmed(officer, now):
    person = make.ambassador()
    photo = make.photo(person, confirmed=False)
    words = {"ambassador": person, "by": officer, "at": now}

    assert refusal(confirm_photo, digest="0" * 64, **words) == ["changed"]
    assert refusal(confirm_photo, digest="", **words) == ["changed"]
    add_photo(ambassador=person, file=picture_file("JPEG", (300, 300)), by=person.user, at=now)
    assert refusal(confirm_photo, digest=photo.digest, **words) == ["changed"]
    remove_photo(ambassador=person, by=person.user, at=now)
    assert refusal(confirm_photo, digest=photo.digest, **words) == ["no_photo"]


def test_nobody_confirms_their_own_photo_nor_without_the_part(officer, now):
    own = make.ambassador(user=officer)
    words = {"digest": make.photo(own, confirmed=False).digest, "ambassador": own, "at": now}

    assert refusal(confirm_photo, by=officer, **words) == ["own_record"]
    for role in (Role.SAFEGUARDING_LEAD, Role.QUALITY_MANAGER):
        assert refusal(confirm_photo, by=make.staff(role, email=f"{role}@scheme.example"), **words) == [
            "not_vetting_officer"
        ]
    assert Photo.objects.waiting().exists()


def seen(person, officer, now, **said) -> Requirement:
    told = {"kind": RequirementKind.ID, "documents": [IdentityDocument.PASSPORT], "started_on": day_of(now), **said}
    return record_requirement(ambassador=person, by=officer, at=now, **told)


def test_with_identity_the_photo_is_confirmed_in_the_same_moment(officer, now):
    person = make.ambassador()
    photo = make.photo(person, confirmed=False)
    seen(person, officer, now, photo_seen=photo.digest)
    assert Photo.objects.confirmed().get().confirmed_by == officer
    assert [entry.action for entry in Entry.objects.all()] == ["photo.confirm", "requirement.record"]


def test_a_photo_that_changed_meanwhile_keeps_identity_off_the_record_until_it_is_looked_at(officer, now):
    person = make.ambassador()
    make.photo(person, confirmed=False)
    assert refusal(seen, person=person, officer=officer, now=now, photo_seen="1" * 64) == ["changed"]
    assert not Requirement.objects.exists() and Photo.objects.waiting().exists()


def test_a_photo_is_looked_at_with_identity_and_with_nothing_else(officer, now):
    person = make.ambassador()
    photo = make.photo(person, confirmed=False)
    told = {"kind": RequirementKind.SAFEG, "documents": [], "photo_seen": photo.digest}
    assert refusal(seen, person=person, officer=officer, now=now, **told) == ["photo"]
    seen(person, officer, now)
    assert Photo.objects.waiting().exists()
