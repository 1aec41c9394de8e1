"""The card by which reception knows who comes, and the page behind its code: yes on the day, and otherwise nothing."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, CheckBody, HoldKind, RequirementKind
from ambassadors.models import Ambassador
from bookings import notifications
from bookings.enums import CancelReason, VisitStatus
from bookings.models import Seat, Visit
from bookings.operations.standing import hold_back
from bookings.operations.visits import cancel_visit
from bookings.queries.cards import card_token
from stem.accounts.roles import Role
from stem.accounts.scope import RegionArea
from stem.audit.models import Entry
from stem.geography.models import Region
from stem.letters.post import post
from stem.letters.sending import send_due
from stem.nations import Nation
from stem.scheme.identity import remember
from stem.scheme.models import Identity
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

VISIT_DAY = date(2027, 2, 10)
ON_THE_DAY = datetime(2027, 2, 10, 9, 3, tzinfo=UTC)
# A form's key, which is another for each answer, in a page without forms.
KEY = re.compile(r'"x-csrftoken": "[^"]*"')


@pytest.fixture
def it_is(monkeypatch) -> Callable[[datetime], None]:
    """Set the clock of the pages."""

    def set_clock(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    set_clock(make.NOW)
    return set_clock


def agreed(person: Ambassador | None = None, **columns) -> Seat:
    """A part in a confirmed visit, on Wednesday 10 February 2027 at ten."""
    person = person or make.ambassador(cleared=True, scheme_number="A000007")
    return make.visit(**{"ambassador": person, "status": VisitStatus.CONFIRMED, **columns}).seats.get(ambassador=person)


def card_page(seat: Seat, client: Client) -> HttpResponse:
    return client.get(reverse("visit_card", args=[seat.pk]))


def scan(token: str, client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(reverse("check_card", args=[token]))


def body(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """All that somebody gets who scans a card, but for what no two answers share."""
    headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
    return response.status_code, headers, KEY.sub("", response.text)


# -- the card


def test_the_card_says_what_the_scheme_assures_and_nothing_more(it_is):
    seat = agreed()
    make.photo(seat.ambassador)
    page = card_page(seat, client_of(seat.ambassador.user)).text
    for words in (
        "Ada Engineer",
        "A000007",
        seat.visit.request.school.name,
        "Enhanced check in date on Wednesday 10 February 2027: <strong>yes",
        "Safeguarding training in date: <strong>yes",
        "References: <strong>yes",
        "scheme@rolemodel.example",
        reverse("visit_card_photo", args=[seat.pk]),
        reverse("check_card", args=[card_token(seat)]),
        'class="qr-dark"',
    ):
        assert words in page, words
    for private in (seat.ambassador.email, seat.ambassador.postcode, "2029", "September 2026", "DBS"):
        assert private not in page


def test_in_scotland_it_is_a_membership_that_is_in_date(it_is):
    person = make.ambassador(name="Isla Engineer")
    Ambassador.objects.filter(pk=person.pk).update(status=AmbassadorStatus.ACTIVE)
    make.clear(person, body=CheckBody.PVG)
    school = make.school(nation=Nation.SCO)
    seat = agreed(Ambassador.objects.get(pk=person.pk), contact=make.contact(school=school))
    page = card_page(seat, client_of(person.user)).text
    assert "PVG membership in date on Wednesday 10 February 2027: <strong>yes" in page
    assert "Enhanced" not in page


def elsewhere() -> Client:
    """A coordinator whose region holds none of it."""
    region = Region.objects.create(name="Shetland", slug="shetland", nation=Nation.SCO)
    RegionArea.objects.create(region=region, area="ZE")
    return client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)


WHO: dict[str, tuple[Callable[[Seat], Client], int]] = {
    "the person": (lambda seat: client_of(seat.ambassador.user), 200),
    "whoever asked": (lambda seat: client_of(seat.visit.request.contact.user), 200),
    "a colleague at the school": (lambda seat: client_of(make.contact(school=seat.visit.request.school).user), 200),
    "a coordinator": (lambda _: client_of(make.staff(Role.COORDINATOR), second_factor=True), 200),
    "a coordinator without a second factor": (lambda _: client_of(make.staff(Role.COORDINATOR)), 302),
    "a coordinator elsewhere": (lambda _: elsewhere(), 404),
    "a quality manager": (lambda _: client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True), 404),
    "a safeguarding lead": (lambda _: client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True), 404),
    "a teacher elsewhere": (lambda _: client_of(make.contact().user), 404),
    "someone not yet approved": (
        lambda seat: client_of(make.contact(school=seat.visit.request.school, approved=False).user),
        404,
    ),
    "another ambassador": (lambda _: client_of(make.ambassador(cleared=True).user), 404),
    "nobody signed in": (lambda _: Client(), 302),
}


@pytest.mark.parametrize("who", WHO)
def test_who_opens_a_card_and_its_photo(who: str, it_is):
    browser_of, expected = WHO[who]
    seat = agreed()
    make.photo(seat.ambassador)
    client = browser_of(seat)
    assert card_page(seat, client).status_code == expected
    assert client.get(reverse("visit_card_photo", args=[seat.pk])).status_code == expected


def test_of_two_in_one_visit_neither_opens_the_other_s_card(it_is):
    seat = agreed(seats=2)
    other = make.ambassador(name="Olu Engineer", cleared=True)
    Seat.objects.filter(visit=seat.visit, ambassador=None).update(ambassador=other, status="taken")
    assert card_page(seat, client_of(seat.ambassador.user)).status_code == 200
    assert card_page(seat, client_of(other.user)).status_code == 404


@pytest.mark.parametrize("status", [each for each in VisitStatus if each not in ("confirmed", "delivered")])
def test_only_an_agreed_visit_has_a_card(status: VisitStatus, it_is):
    seat = agreed(status=status)
    assert card_page(seat, client_of(seat.ambassador.user)).status_code == 404
    it_is(ON_THE_DAY)
    assert "Please ask us" in scan(card_token(seat)).text


@pytest.mark.parametrize(
    ("page", "browser_of"),
    [
        ("My card for reception", lambda seat: client_of(seat.ambassador.user)),
        ("Card for reception", lambda seat: client_of(seat.visit.request.contact.user)),
        ("Card for reception", lambda _: client_of(make.staff(Role.COORDINATOR), second_factor=True)),
    ],
    ids=["ambassador", "school", "coordinator"],
)
def test_the_visit_s_page_leads_to_the_card_once_it_is_agreed(page: str, browser_of, it_is):
    seat = agreed()
    client, visit = browser_of(seat), reverse("visit", args=[seat.visit_id])
    address = reverse("visit_card", args=[seat.pk])
    assert page in client.get(visit).text
    assert address in client.get(visit).text
    Visit.objects.filter(pk=seat.visit_id).update(status=VisitStatus.MATCHED)
    assert address not in client.get(visit).text


# -- why there is none, which nobody reads


def suspended(seat: Seat) -> None:
    hold_back(
        ambassador=seat.ambassador,
        kind=HoldKind.SAFEGUARDING,
        truth="A complaint",
        starts_on=date(2027, 1, 12),
        by=make.staff(Role.SAFEGUARDING_LEAD),
        at=make.NOW,
    )


def held_since(kind: HoldKind) -> Callable[[Seat], None]:
    return lambda seat: make.hold(seat.ambassador, kind=kind, truth="A complaint", starts_on=date(2027, 1, 12)) and None


def without(kind: RequirementKind) -> Callable[[Seat], None]:
    """It runs out the day before the visit."""

    def run_out(seat: Seat) -> None:
        seat.ambassador.requirements.filter(kind=kind).update(valid_until=VISIT_DAY - timedelta(days=1))

    return run_out


def left(seat: Seat) -> None:
    Ambassador.objects.filter(pk=seat.ambassador_id).update(status=AmbassadorStatus.LEFT)


def called_off(seat: Seat) -> None:
    cancel_visit(visit=seat.visit, reason=CancelReason.ILLNESS, by=seat.visit.request.contact.user, at=make.NOW)


def given_to_someone_else(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(ambassador=make.ambassador(name="Olu Engineer", cleared=True))


STILL_SEATED: dict[str, Callable[[Seat], None]] = {
    "suspended": held_since(HoldKind.SAFEGUARDING),
    "on hold": held_since(HoldKind.VETTING),
    "away, as an officer says": held_since(HoldKind.AWAY),
    "the check has run out": without(RequirementKind.CRC),
    "safeguarding training has run out": without(RequirementKind.SAFEG),
    "references have run out": without(RequirementKind.REF),
    "left": left,
}
NOT_CLEARED = {
    **STILL_SEATED,
    "suspended and given back": suspended,
    "called off": called_off,
    "given to someone else": given_to_someone_else,
    "noted as a no-show": lambda seat: (
        Visit.objects.filter(pk=seat.visit_id).update(status="no_show_by_ambassador") and None
    ),
}


@pytest.mark.parametrize("why", list(STILL_SEATED)[1:])
def test_the_card_s_own_page_says_the_same_whatever_stands_against_it(why: str, it_is):
    pages = []
    for happen in (STILL_SEATED["suspended"], STILL_SEATED[why]):
        seat = agreed(make.ambassador(cleared=True))
        happen(seat)
        page = card_page(seat, client_of(seat.visit.request.contact.user))
        pages.append(KEY.sub("", page.text.replace(f"/visits/{seat.visit_id}/", "/visits/n/")))
        assert "This card is not there at the moment" in page.text
        for private in ("Ada Engineer", "qr-code", "complaint", "yes"):
            assert private not in page.text.partition("<main")[2].partition("</main>")[0]
    assert re.sub(r'value="[^"]*"', "", pages[0]) == re.sub(r'value="[^"]*"', "", pages[1])


@pytest.mark.parametrize("why", NOT_CLEARED)
@pytest.mark.parametrize("at", [make.NOW, ON_THE_DAY], ids=["before the day", "on the day"])
def test_whoever_scans_reads_the_same_whatever_stands_against_it(why: str, at: datetime, it_is):
    seat = agreed()
    make.photo(seat.ambassador)
    token = card_token(seat)
    NOT_CLEARED[why](seat)
    it_is(at)
    assert body(scan(token)) == body(scan("made-up"))
    assert Client().get(reverse("checked_photo", args=[token])).status_code == 404


def test_what_somebody_says_of_themselves_lets_their_word_stand(it_is):
    seat = agreed()
    Ambassador.objects.filter(pk=seat.ambassador_id).update(status=AmbassadorStatus.PAUSED)
    it_is(ON_THE_DAY)
    assert "Cleared for this visit: yes" in scan(card_token(seat)).text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.partition(".")[0],
        lambda token: "." + token.partition(".")[2],
        lambda token: "x" + token,
        lambda token: token + ".",
        lambda _: "é",
        lambda _: "A" * 3000,
    ],
)
def test_a_spoilt_address_says_the_same_too(spoil: Callable[[str], str], it_is):
    it_is(ON_THE_DAY)
    token = card_token(agreed())
    assert body(scan(spoil(token))) == body(scan("made-up"))


def test_one_person_s_address_says_nothing_of_another_visit_or_person(it_is):
    first, second = agreed(), agreed(make.ambassador(name="Olu Engineer", cleared=True))
    it_is(ON_THE_DAY)
    assert "Ada Engineer" in scan(card_token(first)).text
    assert "Olu Engineer" not in scan(card_token(first)).text
    mixed = Seat(visit=first.visit, ambassador=second.ambassador)
    assert body(scan(card_token(mixed))) == body(scan("made-up"))


# -- the page behind the code


def test_on_the_day_it_says_yes_with_photo_and_name_and_nothing_else(it_is):
    seat = agreed()
    make.photo(seat.ambassador)
    it_is(ON_THE_DAY)
    token = card_token(seat)
    page = scan(token).text
    photo = reverse("checked_photo", args=[token])
    for words in ("Cleared for this visit: yes", "Ada Engineer", seat.visit.request.school.name, "9:03am", photo):
        assert words in page, words
    for private in ("A000007", "Bridge engineer", "Northern Bridges", seat.ambassador.email, "Enhanced", "References"):
        assert private not in page
    picture = Client().get(photo)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    for answer in (scan(token), picture):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]


def test_a_photo_of_which_nobody_has_said_that_it_is_them_assures_nobody(it_is):
    seat = agreed()
    make.photo(seat.ambassador, confirmed=False)
    token, client = card_token(seat), client_of(seat.ambassador.user)
    card = card_page(seat, client).text
    assert "No photo on this card: please ask for photo ID." in card
    assert reverse("visit_card_photo", args=[seat.pk]) not in card
    assert client.get(reverse("visit_card_photo", args=[seat.pk])).status_code == 404
    it_is(ON_THE_DAY)
    page = scan(token).text
    assert "Cleared for this visit: yes" in page and "We have no photo of them here" in page
    assert "<img" not in page.partition("<main")[2]
    assert Client().get(reverse("checked_photo", args=[token])).status_code == 404


def test_who_has_signed_in_reads_no_more_and_no_less(it_is):
    seat = agreed()
    it_is(ON_THE_DAY)
    token = card_token(seat)
    signed_in = client_of(seat.ambassador.user)
    it_is(ON_THE_DAY)
    assert body(scan(token, signed_in))[2] == body(scan(token))[2]


def test_before_the_day_it_tells_only_of_which_day_it_speaks(it_is):
    seat = agreed()
    make.photo(seat.ambassador)
    token = card_token(seat)
    page = scan(token).text
    assert "This card is for Wednesday 10 February 2027" in page
    for later in ("Ada Engineer", "photo", seat.visit.request.school.name, "yes"):
        assert later not in page
    assert Client().get(reverse("checked_photo", args=[token])).status_code == 404


def test_the_scheme_s_number_is_there_to_ring(it_is):
    remember(Identity(name="Northern STEM", phone="01632 960123"), seconds=float("inf"))
    page = scan("made-up").text
    assert "Ring Northern STEM" in page
    assert 'href="tel:01632960123"' in page


ALL_IT_SAYS = ("Not for today", "Cleared for this visit: yes", "Please ask us")
# The second begins and ends within summer time's first day, the third lies on both sides of its last.
BORDERS = {
    "in winter": (
        datetime(2027, 2, 10, 10, 0, tzinfo=UTC),
        datetime(2027, 2, 10, 0, 0, tzinfo=UTC),
        datetime(2027, 2, 11, 0, 0, tzinfo=UTC),
    ),
    "on the day the clocks go forward": (
        datetime(2027, 3, 28, 9, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 23, 0, tzinfo=UTC),
    ),
    "in summer": (
        datetime(2027, 6, 16, 9, 0, tzinfo=UTC),
        datetime(2027, 6, 15, 23, 0, tzinfo=UTC),
        datetime(2027, 6, 16, 23, 0, tzinfo=UTC),
    ),
    "on the day the clocks go back": (
        datetime(2027, 10, 31, 10, 0, tzinfo=UTC),
        datetime(2027, 10, 30, 23, 0, tzinfo=UTC),
        datetime(2027, 11, 1, 0, 0, tzinfo=UTC),
    ),
    "an evening in summer": (
        datetime(2027, 6, 16, 22, 15, tzinfo=UTC),
        datetime(2027, 6, 15, 23, 0, tzinfo=UTC),
        datetime(2027, 6, 16, 23, 0, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize("when", BORDERS)
def test_it_lives_from_midnight_to_midnight_as_london_has_them(when: str, it_is):
    starts_at, first, after = BORDERS[when]
    token = card_token(agreed(time=(starts_at, starts_at + timedelta(minutes=30))))
    told = []
    for at in (first - timedelta(seconds=1), first, after - timedelta(seconds=1), after):
        it_is(at)
        page = scan(token).text
        told.append(next(words for words in ALL_IT_SAYS if words in page))
    assert told == ["Not for today", "Cleared for this visit: yes", "Cleared for this visit: yes", "Please ask us"]


def test_after_its_day_it_is_as_dead_as_one_that_was_made_up(it_is):
    seat = agreed()
    make.photo(seat.ambassador)
    token = card_token(seat)
    it_is(ON_THE_DAY + timedelta(days=1))
    assert body(scan(token)) == body(scan("made-up"))
    assert Client().get(reverse("checked_photo", args=[token])).status_code == 404
    assert "This card is over" in card_page(seat, client_of(seat.ambassador.user)).text


def test_it_still_says_yes_once_the_visit_is_on_record_as_held_that_day(it_is):
    seat = agreed(status=VisitStatus.DELIVERED)
    it_is(ON_THE_DAY + timedelta(hours=5))
    assert "Cleared for this visit: yes" in scan(card_token(seat)).text


def test_each_reading_is_on_record_and_says_whether_it_was_a_yes(it_is):
    seat = agreed()
    token = card_token(seat)
    scan("made-up")
    assert not Entry.objects.filter(action="card.check").exists()
    scan(token)
    it_is(ON_THE_DAY)
    scan(token)
    scan(token, client_of(seat.ambassador.user))
    said = Entry.objects.filter(action="card.check").order_by("pk")
    assert [(each.object_type, each.object_id, each.actor, each.outcome) for each in said] == [
        ("bookings.seat", str(seat.pk), None, "refused"),
        ("bookings.seat", str(seat.pk), None, "done"),
        ("bookings.seat", str(seat.pk), seat.ambassador.user, "done"),
    ]


def test_only_so_many_are_scanned_from_one_place_in_a_minute(it_is, settings):
    settings.PAGE_RATE_LIMITS = {"check_card": "2/m/ip"}
    seat = agreed()
    it_is(ON_THE_DAY)
    token = card_token(seat)
    assert [scan(token).status_code for _ in range(3)] == [200, 200, 429]
    assert "Ada Engineer" not in scan(token).text
    assert Entry.objects.filter(action="card.check").count() == 2


@pytest.mark.parametrize("name", ["check_card", "checked_photo"])
def test_it_is_read_and_never_written_to(name: str, it_is):
    it_is(ON_THE_DAY)
    assert Client().post(reverse(name, args=[card_token(agreed())])).status_code == 405


def test_the_person_s_letter_leads_to_the_page_that_asks_to_sign_in(it_is, outbox):
    seat = agreed(sequence=1)
    ids = {"visit_id": seat.visit_id, "sequence": 1}
    with transaction.atomic():
        for seat_id in (seat.pk, 0):
            post(notifications.visit_confirmed, due_at=make.NOW, seat_id=seat_id, **ids)
    send_due(at=make.NOW)
    theirs, the_school_s = (
        next(str(message.body) for message in outbox if email in message.to[0])
        for email in (seat.ambassador.user.email, seat.visit.request.contact.user.email)
    )
    assert reverse("visit_card", args=[seat.pk]) in theirs
    assert "/card/" not in the_school_s
    assert card_token(seat) not in theirs + the_school_s
