"""The demonstration scheme: its past is made by the real operations, so it is also a test of all of them together."""

from datetime import timedelta

import pytest

from ambassadors.enums import AmbassadorStatus, RefereeStatus
from ambassadors.models import Ambassador, Referee
from ambassadors.queries.board import Beside, Tab, beside, vetting_board
from bookings.enums import OfferStatus, RequestStatus, VisitStatus
from bookings.models import Offer, Request, Seat, Visit
from demo.scheme import load_scheme
from quality.endorsements import own_endorsement
from quality.given import record_of
from quality.models import Complaint, Concern, Feedback, Suspension
from schools.models import Contact, School
from stem.accounts.models import User
from stem.letters.hours import next_gathering
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.letters.sending import send_due
from stem.moments import day_of
from tests import make

pytestmark = pytest.mark.django_db


def statuses(rows) -> set[str]:
    return set(rows.values_list("status", flat=True))


@pytest.mark.parametrize("day", [0, 5, *(pytest.param(day, marks=pytest.mark.slow) for day in (2, 4))])
def test_it_has_every_state_to_look_at_on_whatever_day_it_is_loaded(now, day):
    load_scheme(at=now.replace(day=11 + day))

    assert statuses(Request.objects) == set(RequestStatus.values)
    assert statuses(Visit.objects) == set(VisitStatus.values)
    assert statuses(Offer.objects) >= {OfferStatus.SENT, OfferStatus.ACCEPTED, OfferStatus.DECLINED}
    assert statuses(Ambassador.objects) == {
        AmbassadorStatus.ACTIVE,
        AmbassadorStatus.VETTING,
        AmbassadorStatus.DRAFT,
        AmbassadorStatus.DECLINED,
        AmbassadorStatus.IMPORTED,
        AmbassadorStatus.MERGED,
    }
    assert statuses(Referee.objects) == {RefereeStatus.ASKED, RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED}
    assert statuses(Contact.objects) == {"approved", "awaiting"}
    assert statuses(Feedback.objects) == {"invited", "submitted", "read"}
    assert set(School.objects.values_list("nation", flat=True)) == {"england", "wales", "scotland", "northern_ireland"}
    # One of them came with the complaint that waits for it.
    assert Concern.objects.count() == 2
    assert statuses(Complaint.objects) == {"received", "waiting", "investigating", "appealed"}


def test_every_letter_it_posts_can_be_written_and_leaves(now, outbox):
    load_scheme(at=now)

    for at in (now, next_gathering(now)):
        send_due(at=at)

    assert statuses(Letter.objects) <= {"sent", "not_needed"}
    facts = {letter.fact.rpartition(".")[2] for letter in Letter.objects.filter(status="sent")}
    assert (
        facts
        >= {
            *(
                "application_received",
                "application_approved",
                "contact_approved",
                "request_received",
                "request_unfilled",
            ),
            *("offer_made", "offer_accepted", "ambassador_found", "ambassador_withdrew", "visit_confirmed"),
            *("visit_cancelled", "seat_given_up", "offer_released", "concern_raised"),
            *("feedback_asked_of_school", "feedback_asked_of_ambassador"),
            *("reference_asked", "reference_reminder", "reference_given"),
        }
        - _facts_overtaken()
    )
    for message in outbox:
        assert "{{" not in message.body + message.alternatives[0][0]
        assert "None" not in message.body


def _facts_overtaken() -> set[str]:
    """Facts of the past that later ones have overtaken: their letters are dropped as no longer true."""
    return {letter.fact.rpartition(".")[2] for letter in Letter.objects.filter(status="not_needed")} - {
        letter.fact.rpartition(".")[2] for letter in Letter.objects.filter(status="sent")
    }


def test_nobody_in_it_could_be_real():
    load_scheme(at=make.NOW)

    emails = [
        *Ambassador.objects.values_list("email", flat=True),
        *Contact.objects.values_list("user__email", flat=True),
    ]
    phones = [*Ambassador.objects.values_list("phone", flat=True), *Contact.objects.values_list("phone", flat=True)]
    assert all(email.endswith(".example") for email in emails)
    assert all(phone.startswith(("07700 900", "01632 960")) for phone in phones if phone)


def test_an_officer_finds_somebody_on_every_part_of_the_board(now):
    load_scheme(at=now)
    officer = User.objects.get(email="joel.barker@scheme.example")
    people = Ambassador.objects.all()

    board = vetting_board(people, reader=officer.pk, on=day_of(now), vetting_days=42)
    assert {tab for tab, count in board.counts if count} == set(Tab) - {Tab.REFEREE, Tab.COLLEAGUE}
    for kind in (Beside.DECLINED, Beside.ENDING):
        assert beside(kind, people, reader=officer.pk, at=now).exists()


def test_a_lead_finds_somebody_suspended_whom_nobody_else_can_tell_from_someone_who_cannot_come(now):
    load_scheme(at=now)
    lead, coordinator = (User.objects.get(email=f"{name}@scheme.example") for name in ("siobhan.kerr", "hannah.lewis"))

    [suspension] = Suspension.objects.visible_to(lead).standing()
    assert suspension.review_by == day_of(now), "it is to be looked at again today"
    assert not Suspension.objects.visible_to(coordinator).exists()
    visit = Visit.objects.get(request__year_groups="Year 9", request__subject="games_development")
    assert (visit.status, visit.seats.get().ambassador) == (VisitStatus.FINDING, None)
    assert not Seat.objects.promised_between(now, now + timedelta(days=90)).filter(ambassador=suspension.ambassador)

    send_due(at=now)
    told = [word_of(letter, now) for letter in Letter.objects.exclude(fact__endswith=".suspended")]
    assert any(told) and not [words for words in told if "suspen" in words.lower() or suspension.hold.truth in words]


def word_of(letter: Letter, at) -> str:
    worded = word_letter(letter, at=at, preview=True)
    return worded.text + worded.html if worded else ""


def test_tom_has_a_certificate_and_a_page_on_which_words_of_schools_stand(now):
    load_scheme(at=now)
    tom = Ambassador.objects.get(full_name="Tom Okafor")

    own, given = own_endorsement(tom, at=now), record_of(tom, at=now)

    assert own.page is not None and own.link_until is not None and own.takes_part
    assert len(own.page.picked) == 2
    assert sum(each.visits for each in given.years) == 3
