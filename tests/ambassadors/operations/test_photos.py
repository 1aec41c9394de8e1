"""Keeping a photo, replacing it, and doing without one."""

import pytest

from ambassadors.models import Photo
from ambassadors.operations.photos import add_photo, remove_photo
from stem.audit.models import Entry
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
    first = make.photo(person, confirmed_by=make.user())

    add_photo(ambassador=person, file=picture_file("JPEG", (300, 300)), by=person.user, at=now)

    photo = Photo.objects.get()
    assert (photo.confirmed_by, photo.confirmed_at) == (None, None)
    assert photo.digest != first.digest


def test_a_file_that_is_no_photo_leaves_the_one_there_is(now):
    person = make.ambassador()
    first = make.photo(person, confirmed_by=make.user())

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
