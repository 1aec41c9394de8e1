"""Choosing a photo, and who is sent it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, RequirementKind
from ambassadors.models import Photo, Requirement
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
    ("status", "words"),
    [
        (AmbassadorStatus.VETTING, "When we see your document we look at this photo as well."),
        (AmbassadorStatus.ACTIVE, "Until one of us has seen you again, schools see none."),
    ],
)
def test_a_photo_that_waits_says_when_schools_are_shown_it(status, words):
    person = make.ambassador(status=status)
    make.photo(person, confirmed=False)

    assert words in client_of(person.user).get(reverse("my_photo")).text


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


@pytest.fixture
def officer():
    return client_of(make.staff(Role.VETTING_OFFICER, name="Vera Vetter"), second_factor=True)


def record(person) -> str:
    return reverse("ambassador", args=[person.pk])


def test_a_photo_that_waits_says_so_and_is_confirmed_with_a_press(officer):
    person = make.ambassador(cleared=True)
    photo = make.photo(person, confirmed=False)
    page = officer.get(record(person)).text
    assert "Waits to be confirmed" in page and "The photo is them" in page and photo.digest in page
    assert person.full_name in officer.get(reverse("vetting_board"), {"show": "photos"}).text

    page = officer.post(reverse("confirm_photo", args=[person.pk]), {"photo": photo.digest}, follow=True).text

    assert "Confirmed: schools see this photo from now on." in page
    assert "Confirmed by Vera Vetter on" in page and "The photo is them" not in page
    assert person.full_name not in officer.get(reverse("vetting_board"), {"show": "photos"}).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Photo.objects.update(digest="1" * 64), "They have chosen another photo since"),
        (lambda: Photo.objects.all().delete(), "There is no photo of them any more."),
    ],
)
def test_a_photo_that_changed_since_the_page_was_opened_is_not_confirmed(officer, change, words):
    person = make.ambassador(cleared=True)
    photo = make.photo(person, confirmed=False)
    change()
    assert words in officer.post(reverse("confirm_photo", args=[person.pk]), {"photo": photo.digest}, follow=True).text
    assert not Photo.objects.confirmed().exists()


def test_before_identity_is_seen_there_is_nothing_to_press(officer):
    person = make.ambassador()
    make.photo(person, confirmed=False)
    page = officer.get(record(person)).text
    assert "Confirm it when you record who they are." in page
    assert reverse("confirm_photo", args=[person.pk]) not in page


SEEN = {"kind": "ID", "documents": ["passport"], "started_on_0": "4", "started_on_1": "11", "started_on_2": "2026"}


def test_with_identity_it_is_asked_whether_the_photo_is_them(officer):
    person = make.ambassador()
    photo = make.photo(person, confirmed=False)
    address = reverse("record_requirement", args=[person.pk])
    page = officer.get(address, {"kind": "ID"}).text
    assert reverse("photo", args=[person.pk]) in page and "Yes, the photo is them" in page

    assert "Look at the photo, and say whether it shows them." in officer.post(address, SEEN).text
    assert not Requirement.objects.exists()
    officer.post(address, {**SEEN, "photo": photo.digest})
    assert Requirement.objects.get().kind == RequirementKind.ID
    assert Photo.objects.confirmed().exists()
    assert "Does the photo show them?" not in officer.get(address, {"kind": "ID"}).text


def test_whoever_is_not_on_the_photo_is_still_known_by_their_document(officer):
    person = make.ambassador()
    make.photo(person, confirmed=False)
    officer.post(reverse("record_requirement", args=[person.pk]), {**SEEN, "photo": "no"})
    assert Requirement.objects.get().kind == RequirementKind.ID
    assert Photo.objects.waiting().exists()
    assert "The photo is them" in officer.get(record(person)).text


def test_a_photo_chosen_while_the_form_was_open_has_to_be_looked_at(officer):
    person = make.ambassador()
    photo = make.photo(person, confirmed=False)
    Photo.objects.update(digest="1" * 64)
    page = officer.post(reverse("record_requirement", args=[person.pk]), {**SEEN, "photo": photo.digest}).text
    assert "They have chosen another photo since: look at that one." in page
    assert not Requirement.objects.exists()


def test_of_another_requirement_and_of_nobody_s_photo_nothing_is_asked(officer):
    person = make.ambassador()
    address = reverse("record_requirement", args=[person.pk])
    assert "There is no photo of them yet." in officer.get(address, {"kind": "ID"}).text
    make.photo(person, confirmed=False)
    officer.post(address, {**SEEN, "kind": "SAFEG", "documents": [], "photo": Photo.objects.get().digest})
    assert Requirement.objects.get().kind == RequirementKind.SAFEG
    assert Photo.objects.waiting().exists()
