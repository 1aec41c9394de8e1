"""An ambassador on a phone answers an offer from the e-mail: two taps, that on the letter's own link among them."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from bookings.enums import OfferStatus, RequestStatus
from bookings.matching.shortlist import match_of
from bookings.models import Offer
from bookings.operations.offers import invite_ambassador
from stem.accounts.roles import Role
from stem.letters.models import OneTimeLink
from stem.letters.sending import send_due
from tests import make
from tests.browser import PHONE, axe_violations, overflow, picture, small_targets
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, a_school_day, letter_to, link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_TAPS = 2


@dataclass
class Thumb:
    """One thumb on a phone, which counts how often it touches the glass."""

    page: Page
    taps: int = 0

    def taps_on(self, what: Locator) -> None:
        """Touch this, which leads to another page."""
        with self.page.expect_navigation():
            what.tap()
        self.taps += 1

    def opens(self, letter: EmailMessage) -> None:
        """The letter is open before them, as their mail program shows it."""
        [html] = [part.content for part in letter.alternatives if part.mimetype == "text/html"]
        self.page.set_content(html)

    def looks(self, name: str, *, scripts: bool) -> None:
        """Nothing on this page is wrong, too wide or too small."""
        if scripts:  # what looks is a script itself
            assert (axe_violations(self.page), overflow(self.page), small_targets(self.page)) == ([], 0, [])
        picture(self.page, f"answer-{name}")


@pytest.fixture
def letter(request, settings, live_server) -> EmailMessage:
    """What was really sent to somebody who is asked for one of so many times."""
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    day = a_school_day(weeks=5)
    days = [day + timedelta(weeks=week) for week in range(request.param)]
    times = tuple((each, each + timedelta(hours=1)) for each in days)
    visit = make.visit(request=make.request(status=RequestStatus.OPEN, times=times))
    person, at = make.ambassador(cleared=True), timezone.now()
    match = match_of(visit, person.pk, without=[], at=at)
    assert match is not None
    invite_ambassador(seat=visit.seats.get(), match=match, by=make.staff(Role.COORDINATOR), at=at)
    send_due(at=timezone.now())
    return letter_to(person.user.email, "would like someone like you")


@pytest.fixture
def a_scanner_has_followed_it(letter: EmailMessage) -> None:
    """What guards the mailbox opens every link before the reader does, and more than once."""
    for _each in range(2):
        path = link_in(letter, "answer")
        assert [Client().get(path).status_code, Client().head(path).status_code] == [200, 200]
    nothing_has_happened()


def nothing_has_happened() -> None:
    assert Offer.objects.get().status == OfferStatus.SENT
    assert OneTimeLink.objects.get().used_at is None


@pytest.mark.usefixtures("a_scanner_has_followed_it")
@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
@pytest.mark.parametrize("letter", [1, 3], indirect=True, ids=["one time", "three times"])
@pytest.mark.parametrize(
    ("button", "stands", "told"),
    [
        ("Yes, ", OfferStatus.ACCEPTED, "The school has the next word."),
        ("No, not this time", OfferStatus.DECLINED, "You said no this time"),
    ],
    ids=["yes", "no"],
)
def test_a_yes_or_a_no_is_two_taps(browser_page, letter, scripts, button, stands, told, record_property):
    page = browser_page(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)
    thumb = Thumb(page)
    thumb.opens(letter)

    thumb.taps_on(page.get_by_role("link", name="Say yes or no"))
    thumb.looks(f"asked-{stands}", scripts=scripts)
    nothing_has_happened()

    thumb.taps_on(page.get_by_role("button", name=button).last)
    expect(page.locator("main")).to_contain_text(told)
    thumb.looks(stands, scripts=scripts)
    assert Offer.objects.get().status == stands
    assert thumb.taps <= MOST_TAPS
    record_property(f"taps from the letter to {stands}", f"{thumb.taps}, scripts {'on' if scripts else 'off'}")
