"""The pages on which a scheme says who it is."""

import smtplib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.scheme.identity import who_we_are
from stem.scheme.models import Logo
from stem.scheme.operations import send_trial_letter
from tests import make
from tests.clients import client_of
from tests.stem.pictures import SVG, picture_file
from tests.stem.scheme.test_identity import LETTERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make.staff(Role.ADMINISTRATOR, email="ada@scheme.example", name="Ada Admin")


@pytest.fixture
def client(ada):
    return client_of(ada, second_factor=True)


class Unreachable(EmailBackend):
    def open(self):
        raise smtplib.SMTPAuthenticationError(535, b"5.7.8 Username and Password not accepted")


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPSenderRefused(553, b"5.7.1 <post@north.example>: not yours", "post@north.example")


class RefusingReaders(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"ada@scheme.example": (550, b"5.1.1 No such user")})


def test_a_name_and_a_logo_are_entered_together(client):
    logo = SimpleUploadedFile("logo.svg", picture_file("WEBP").read(), "image/svg+xml")
    page = client.post(reverse("name_scheme"), {"scheme_name": "STEM North", "logo": logo}, follow=True)
    assert page.redirect_chain == [(reverse("setup"), 302)]
    assert "Your scheme is now called STEM North." in page.content.decode()
    assert reverse("logo", args=[Logo.objects.get().digest]) in page.content.decode()


@pytest.mark.parametrize("content", [SVG, b""], ids=["svg", "empty"])
def test_what_is_no_picture_is_said_beside_the_field(client, content):
    logo = SimpleUploadedFile("logo.png", content, "image/png")
    page = client.post(reverse("name_scheme"), {"scheme_name": "STEM North", "logo": logo}).content.decode()
    assert 'href="#id_logo"' in page
    assert "Choose a picture saved as PNG, JPEG or WebP: this file is none that we can read." in page
    assert who_we_are(afresh=True).name == ""


def test_the_logo_is_served_to_anyone_as_the_picture_that_it_is_and_kept_for_a_year(client):
    client.post(
        reverse("name_scheme"), {"scheme_name": "North", "logo": SimpleUploadedFile("a", picture_file().read())}
    )
    response = Client().get(reverse("logo", args=[Logo.objects.get().digest]))
    assert response.content.startswith(b"\x89PNG")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_logo_that_is_gone_is_not_found(client):
    client.post(
        reverse("name_scheme"), {"scheme_name": "North", "logo": SimpleUploadedFile("a", picture_file().read())}
    )
    address = reverse("logo", args=[Logo.objects.get().digest])
    client.post(reverse("remove_logo"))
    assert Client().get(address).status_code == 404


def test_saving_the_sender_leads_on_to_the_test_letter(client):
    page = client.post(reverse("address_letters"), LETTERS, follow=True)
    assert page.redirect_chain == [(reverse("trial_letter"), 302)]
    assert "Ada at STEM North &lt;post@north.example&gt;" in page.content.decode()


def test_the_form_shows_what_is_kept_and_names_what_is_missing(client):
    client.post(reverse("address_letters"), LETTERS)
    assert 'value="post@north.example"' in client.get(reverse("address_letters")).content.decode()
    page = client.post(reverse("address_letters"), {"sender_name": "x"}).content.decode()
    assert "Enter address that letters come from." in page
    assert who_we_are(afresh=True).sender_name == "Ada at STEM North"


def trial_page(client) -> str:
    return " ".join(client.get(reverse("trial_letter")).content.decode().split())


def test_a_test_letter_that_went_asks_whether_it_has_arrived(client, now, outbox):
    assert "Send me a test letter" in trial_page(client)
    client.post(reverse("send_trial_letter"))
    assert "The letter waits to be sent" in trial_page(client) or outbox
    send_due(at=Letter.objects.get().due_at)
    page = trial_page(client)
    assert "Sent to ada@scheme.example on" in page
    assert "hx-get" not in page
    client.post(reverse("confirm_arrival"))
    assert who_we_are(afresh=True).arrived_at is not None


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        (Unreachable, "535 5.7.8 Username and Password not accepted"),
        (Refusing, "553 5.7.1 &lt;post@north.example&gt;: not yours"),
        (RefusingReaders, "550 5.1.1 No such user"),
    ],
)
def test_a_mail_server_that_refuses_is_quoted(settings, client, ada, now, backend, words):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"
    send_trial_letter(by=ada, at=now)
    send_due(at=now)
    page = trial_page(client)
    assert f"It says: <q>{words}</q>" in page
    assert ("We go on trying" in page) == (backend is not RefusingReaders)


def test_what_a_mail_server_says_of_anyone_else_s_letter_is_not_kept(settings, now, ada):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    letter = send_trial_letter(by=ada, at=now)
    Letter.objects.filter(pk=letter.pk).update(is_trial=False)
    send_due(at=now)
    letter.refresh_from_db()
    assert (letter.last_error, letter.server_said) == ("SMTPSenderRefused", "")


def test_words_of_a_refusal_go_when_the_letter_does(settings, client, ada, now):
    letter = send_trial_letter(by=ada, at=now)
    Letter.objects.filter(pk=letter.pk).update(server_said="535 no")
    send_due(at=now)
    assert "535 no" not in trial_page(client)


def test_a_letter_that_nobody_takes_up_points_at_the_worker(client, ada, now):
    send_trial_letter(by=ada, at=now.replace(year=2026, month=1))
    assert "Nothing has taken the letter up" in trial_page(client)


def test_while_it_is_on_its_way_the_page_asks_by_itself_for_a_part(client, ada, now):
    letter = send_trial_letter(by=ada, at=now)
    Letter.objects.filter(pk=letter.pk).update(status="waiting")
    page = client.get(reverse("trial_letter"))
    assert f'hx-get="{reverse("trial_letter")}" hx-trigger="every 3s"' in page.content.decode()
    part = client.get(reverse("trial_letter"), headers={"HX-Request": "true"})
    assert part.content.decode().count("<html") == 0
    assert "HX-Request" in part["Vary"]
