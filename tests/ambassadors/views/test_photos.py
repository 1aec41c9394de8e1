"""Choosing a photo, and who is sent it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Photo
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of
from tests.stem.pictures import picture_file

pytestmark = pytest.mark.django_db


def chosen(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.jpg", content, content_type="image/jpeg")


def post(person, **answers):
    return client_of(person.user).post(reverse("my_photo"), answers)


def region(area: str) -> Region:
    made = Region.objects.create(name=area, slug=area.lower(), nation=Nation.ENG)
    RegionArea.objects.create(region=made, area=area)
    return made


def test_a_photo_is_shown_once_it_has_been_chosen():
    person = make.ambassador()

    page = client_of(person.user).post(
        reverse("my_photo"), {"photo": chosen(picture_file("JPEG", (900, 600)).getvalue())}, follow=True
    )

    assert page.redirect_chain == [(reverse("my_photo"), 302)]
    assert page.context["mine"].width == 480
    assert reverse("my_picture") in page.text
    assert Photo.objects.get().ambassador == person


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Choose a photo, or do this later."),
        (
            {"photo": chosen(b"nothing")},
            "Choose a photo saved as JPEG, PNG or WebP: this file is none that we can read.",
        ),
        (
            {"photo": chosen(b"")},
            "Choose a photo saved as JPEG, PNG or WebP: this file is none that we can read.",
        ),
    ],
    ids=["no file", "no picture", "empty"],
)
def test_what_is_no_photo_is_said_beside_its_field(answers, words):
    page = post(make.ambassador(), csrf="", **answers)

    assert list(page.context["form"].errors["photo"]) == [words]
    assert not Photo.objects.exists()


def test_a_photo_may_wait():
    person = make.ambassador(status=AmbassadorStatus.DRAFT, phone="")
    make.clear(person)

    assert post(person, then="on")["Location"] == reverse("about_me")
    assert not Photo.objects.exists()


def test_a_photo_that_is_all_that_is_left_leads_to_the_list_and_not_round_to_itself():
    person = make.ambassador(status=AmbassadorStatus.DRAFT, phone="07700 900123")
    make.clear(person)

    assert post(person, then="on")["Location"] == reverse("join_as_ambassador")


def test_a_photo_is_removed_and_its_owner_told():
    person = make.ambassador()
    make.photo(person)

    page = client_of(person.user).post(reverse("remove_photo"), follow=True)

    assert "Your photo is gone: your initials stand in its place." in page.text
    assert not Photo.objects.exists()


def test_one_s_own_photo_is_kept_by_nobody_else_and_sent_again_only_when_it_has_changed():
    person = make.ambassador()
    photo = make.photo(person)
    client = client_of(person.user)

    first = client.get(reverse("my_picture"))
    again = client.get(reverse("my_picture"), headers={"if-none-match": first["ETag"]})

    assert (first.content, first["Content-Type"]) == (photo.picture, "image/jpeg")
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Content-Security-Policy"] == "default-src 'none'"
    assert (again.status_code, again.content) == (304, b"")


def test_who_has_no_photo_is_sent_none():
    assert client_of(make.ambassador().user).get(reverse("my_picture")).status_code == 404


@pytest.mark.parametrize(("area", "status"), [("LS", 200), ("TR", 404)])
def test_a_vetting_officer_sees_the_photos_of_their_own_region(area, status):
    person = make.ambassador(postcode="LS1 4AP")
    make.photo(person)
    officer = make.staff(Role.VETTING_OFFICER, regions=(region(area),))

    answer = client_of(officer, second_factor=True).get(reverse("photo", args=[person.pk]))

    assert answer.status_code == status


def test_who_reads_feedback_and_does_not_vet_sees_no_photo():
    person = make.ambassador()
    make.photo(person)
    reader = make.staff(Role.QUALITY_MANAGER)

    assert client_of(reader, second_factor=True).get(reverse("photo", args=[person.pk])).status_code == 403
    assert not Photo.objects.visible_to(reader).exists()
