"""What each fact that is gathered says beside others: where it goes, that it encloses nothing, and every word of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from ambassadors.models import RenewalNotice
from bookings.enums import OfferStatus
from schools.enums import ContactStatus
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.drafts import Draft
from stem.letters.hours import next_gathering
from stem.letters.post import path_of, post
from stem.letters.sending import send_due
from stem.moments import day_of
from tests import make
from tests.architecture.facts import FACTS, is_gathered
from tests.browser import THEMES, WIDTHS, axe_violations, overflow, picture

pytestmark = pytest.mark.django_db
GATHERED = {path_of(fact): fact for fact in FACTS if is_gathered(fact)}


@dataclass(frozen=True)
class Owed:
    """A fact that holds: its ids, and whom it is told."""

    ids: dict[str, int | str]
    reader: User


def an_offer(status: OfferStatus, at: datetime, user: User) -> Owed:
    person = make.ambassador(name=user.full_name, user=user, cleared=True)
    return Owed({"offer_id": make.offer(ambassador=person, status=status).pk}, user)


def a_colleague(at: datetime, user: User) -> Owed:
    lead = make.contact(user=user, is_lead=True)
    new = make.contact(school=lead.school, status=ContactStatus.APPROVED)
    return Owed({"contact_id": new.pk, "lead_id": lead.pk}, user)


def somebody_willing(at: datetime, user: User) -> Owed:
    willing = make.willing(make.ambassador(name="Tom Okafor", cleared=True))
    return Owed({"willing_id": willing.pk, "user_id": user.pk}, user)


def a_renewal(at: datetime, user: User) -> Owed:
    person = make.ambassador(name=user.full_name, user=user, cleared=True)
    row = person.requirements.filter(kind="DECL").get()
    row.valid_until = day_of(at) + timedelta(days=60)
    row.save(update_fields=["valid_until"])
    RenewalNotice.objects.create(requirement=row, days_before=60, told_on=day_of(at))
    return Owed({"ambassador_id": person.pk, "told_on": day_of(at).isoformat()}, user)


MAKERS: dict[str, Callable[[datetime, User], Owed]] = {
    "bookings.notifications.offer_superseded": lambda at, user: an_offer(OfferStatus.SUPERSEDED, at, user),
    "bookings.notifications.offer_lapsed": lambda at, user: an_offer(OfferStatus.LAPSED, at, user),
    "bookings.notifications.offered_oneself": somebody_willing,
    "schools.notifications.colleague_joined": a_colleague,
    "ambassadors.notifications.requirements_running_out": a_renewal,
}


def test_each_fact_that_is_gathered_is_looked_at_here():
    assert set(MAKERS) == set(GATHERED)


@pytest.mark.parametrize("path", sorted(MAKERS))
def test_it_goes_to_the_reader_s_own_account_and_encloses_nothing(path: str, now):
    owed = MAKERS[path](now, make.user(name="Pat O'Brien", email="pat@people.example"))
    envelope = GATHERED[path](Draft(now), **owed.ids)
    assert envelope is not None
    assert (envelope.to_email, envelope.attachments, envelope.calendar) == ("pat@people.example", (), None)


@pytest.fixture
def digest(now, transactional_db, outbox):
    """The message in which a lead, who is a coordinator as well, reads three things."""
    pat = make.staff(Role.COORDINATOR, name="Pat <O'Brien>", email="pat@people.example")
    with transaction.atomic():
        for path in IN_ORDER:
            post(GATHERED[path], to=pat, due_at=now, **MAKERS[path](now, pat).ids)
    assert send_due(at=next_gathering(now)).sent == 3
    return outbox[0]


IN_ORDER = (
    "schools.notifications.colleague_joined",
    "bookings.notifications.offered_oneself",
    "ambassadors.notifications.requirements_running_out",
)
# Every word of it, as its reader has it.
TEXT = (Path(__file__).parent / "digest.txt").read_text()


def test_it_reads_well_as_plain_text(digest):
    assert digest.subject == "3 things to know, for Pat <O'Brien>"
    read = re.sub(r"letters/stop/[^/]+/", "letters/stop/KEY/", digest.body)
    read = re.sub(r"requests/[0-9]+/", "requests/NUMBER/", re.sub(r"teacher[0-9]+@", "tess@", read))
    assert read == TEXT


def test_in_html_it_says_the_same_and_escapes_what_people_wrote(digest):
    html = digest.alternatives[0].content
    assert "<title>3 things to know, for Pat &lt;O&#x27;Brien&gt;</title>" in html
    assert "Dear Pat &lt;O&#x27;Brien&gt;," in html and "<O'Brien>" not in html
    headings = re.findall(r"<h2>(.*?)</h2>", html)
    assert headings == [re.sub(r"^\d\. ", "", line) for line in re.findall(r"^\d\. .*$", TEXT, re.M)]
    links = re.findall(r"(?<!mailto:)http://localhost:8000/[^\s\"]*", html)
    assert links == re.findall(r"http://localhost:8000/\S*", digest.body)
    # Mail programs read no other styles, and load nothing.
    assert html.count("<style>") == 1 and not re.search(r"<(?:img|link|script|iframe)\b", html)


@pytest.mark.browser
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_can_be_read_on_a_telephone_by_anybody(digest, browser_page, theme, width):
    page = browser_page(color_scheme=theme, viewport=width)
    page.set_content(digest.alternatives[0].content)
    picture(page, f"digest-{width['width']}-{theme}")
    assert (axe_violations(page), overflow(page)) == ([], 0)
