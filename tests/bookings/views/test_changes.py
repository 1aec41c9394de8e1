"""The pages on which a visit that stands is changed: another time, who is there, and whose it is at the school."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import ProposalStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Agreement, Proposal, Seat, Visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

STARTS, ENDS = make.FIRST_TIME
DAY = timedelta(days=1)
LATER = {"day_0": "11", "day_1": "2", "day_2": "2027", "start": "10am", "finish": "11am"}
WISH = {**LATER, "words": "The hall is taken.", "reason": "other"}
PEOPLE = {
    "supervising_adult": "Nell New",
    "supervising_email": "n@school.example",
    "safeguarding_lead": "Dee Lead",
    "safeguarding_phone": "01632 960002",
    "arrival": "Room 12.",
}


def confirmed(**columns) -> Visit:
    return make.visit(**{"ambassador": make.ambassador(cleared=True), "status": VisitStatus.CONFIRMED, **columns})


def seat_of(visit: Visit) -> Seat:
    return visit.seats.order_by("pk")[0]


def teacher_of(visit: Visit):
    return client_of(visit.request.contact.user)


def person_of(visit: Visit):
    return client_of(seat_of(visit).ambassador.user)


def coordinator():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def visit_page(client, visit: Visit):
    return client.get(reverse("visit", args=[visit.pk]))


def propose(client, visit: Visit, **answers):
    return client.post(reverse("propose_time", args=[visit.pk]), {**WISH, **answers})


def answer(client, proposal: Proposal, **answers):
    return client.post(reverse("proposal", args=[proposal.pk]), {"answer": "yes", **answers})


# --- proposing


@pytest.mark.parametrize("client_for", [teacher_of, person_of])
def test_each_side_proposes_and_sees_that_it_waits(client_for):
    visit = confirmed()
    client = client_for(visit)
    assert reverse("propose_time", args=[visit.pk]) in visit_page(client, visit).text

    assert propose(client, visit)["Location"] == reverse("visit", args=[visit.pk])

    page = visit_page(client, visit).text
    assert "You have proposed another time" in page and "Thursday 11 February 2027, 10am to 11am" in page
    assert reverse("propose_time", args=[visit.pk]) not in page
    assert reverse("withdraw_proposal", args=[Proposal.objects.get().pk]) in page
    visit.refresh_from_db()
    assert visit.starts_at == STARTS


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": ""}, "words"),
        ({"reason": ""}, "reason"),
        ({"finish": "9am"}, "finish"),
        ({"day_2": "2026"}, "day"),
        ({"day_2": "2037"}, "day"),
        ({"day_0": "31"}, "day"),
        ({"start": "2:15"}, "start"),
        ({"day_0": "13"}, "all_the_same"),
        ({"day_0": "10"}, None),
    ],
)
def test_what_is_wrong_with_a_time_is_said_where_it_is(change, field):
    visit = confirmed()

    page = propose(teacher_of(visit), visit, **change)

    assert field in page.context["form"].errors or (field is None and page.context["form"].non_field_errors())
    assert not Proposal.objects.exists()


def test_while_one_is_open_the_page_leads_to_it():
    visit = confirmed()
    proposal = make.proposal(visit)

    for client in (teacher_of(visit), person_of(visit), coordinator()):
        response = client.get(reverse("propose_time", args=[visit.pk]))
        assert response["Location"] == reverse("proposal", args=[proposal.pk])


def test_a_visit_that_is_over_or_called_off_offers_none_of_it():
    for visit in (
        confirmed(status=VisitStatus.CANCELLED_BY_SCHOOL),
        confirmed(time=(STARTS - 60 * DAY, ENDS - 60 * DAY)),
    ):
        for client in (teacher_of(visit), person_of(visit), coordinator()):
            page = visit_page(client, visit).text
            for name in ("propose_time", "change_arrangements"):
                assert reverse(name, args=[visit.pk]) not in page
                assert client.get(reverse(name, args=[visit.pk]))["Location"] == reverse("visit", args=[visit.pk])


@pytest.mark.parametrize("name", ["propose_time", "change_arrangements"])
def test_nobody_else_finds_these_pages(name):
    visit = confirmed()
    for user in (make.contact().user, make.ambassador(cleared=True).user, make.staff(Role.SAFEGUARDING_LEAD)):
        client = client_of(user, second_factor=True)
        assert client.post(reverse(name, args=[visit.pk]), WISH).status_code == 404
    assert not Proposal.objects.exists()


def test_a_coordinator_without_a_second_factor_proposes_nothing():
    visit = confirmed()

    propose(client_of(make.staff(Role.COORDINATOR)), visit, whose="0")

    assert not Proposal.objects.exists()


# --- answering


def test_whoever_is_asked_finds_it_at_home_and_moves_the_visit_with_a_yes():
    visit = confirmed()
    proposal = make.proposal(visit)
    client = person_of(visit)

    home = client.get(reverse("ambassador_home")).text
    assert "Another time is proposed" in home and reverse("proposal", args=[proposal.pk]) in home
    page = client.get(reverse("proposal", args=[proposal.pk])).text
    assert "Beckside Academy proposes another time" in page and "The hall is taken that day." in page
    answer(client, proposal)

    visit.refresh_from_db()
    assert (visit.starts_at, visit.sequence) == (STARTS + DAY, 1)
    assert "Thursday 11 February 2027, 10am to 11am" in visit_page(client, visit).text
    assert "Moved to another time, as everyone agreed" in visit_page(teacher_of(visit), visit).text
    assert reverse("proposal", args=[proposal.pk]) not in client.get(reverse("ambassador_home")).text


def test_a_school_finds_it_at_home_and_leaves_the_visit_where_it_is_with_a_no():
    visit = confirmed()
    proposal = make.proposal(visit, seat=seat_of(visit))
    client = teacher_of(visit)
    assert reverse("proposal", args=[proposal.pk]) in client.get(reverse("school_home")).text

    answer(client, proposal, answer="no", words="Friday?")

    visit.refresh_from_db()
    assert (visit.starts_at, Proposal.objects.get().status) == (STARTS, ProposalStatus.REFUSED)
    assert "does not suit everyone" in visit_page(person_of(visit), visit).text
    assert reverse("proposal", args=[proposal.pk]) not in client.get(reverse("school_home")).text


def test_to_look_at_it_answers_nothing_and_an_answer_must_be_one():
    visit = confirmed()
    proposal = make.proposal(visit)
    client = person_of(visit)
    client.get(reverse("proposal", args=[proposal.pk]))

    page = answer(client, proposal, answer="perhaps")

    assert list(page.context["form"].errors) == ["answer"]
    assert (Proposal.objects.get().status, Agreement.objects.count()) == (ProposalStatus.PROPOSED, 0)


def test_it_stands_on_no_list_of_who_proposed_it_or_has_agreed():
    visit = confirmed()
    seat = Seat.objects.create(visit=visit)
    fred = make.ambassador(name="Fred Fellow", cleared=True)
    Seat.objects.filter(pk=seat.pk).update(ambassador=fred, status=SeatStatus.TAKEN)
    proposal = make.proposal(visit)
    Agreement.objects.create(proposal=proposal, seat=seat, agreed_at=make.NOW)
    page = reverse("proposal", args=[proposal.pk])

    assert page not in teacher_of(visit).get(reverse("school_home")).text
    assert page not in client_of(fred.user).get(reverse("ambassador_home")).text
    assert page in person_of(visit).get(reverse("ambassador_home")).text
    assert "We wait for the others" in client_of(fred.user).get(page).text


def test_a_private_reason_stays_private_to_the_school():
    visit = confirmed()
    proposal = make.proposal(visit, seat=seat_of(visit))
    make.hold(seat_of(visit).ambassador, starts_on=(STARTS + DAY).date(), truth="A private truth")

    page = answer(teacher_of(visit), proposal).text

    assert "Not everyone who comes can be there at that time." in page and "private truth" not in page


@pytest.mark.parametrize("name", ["proposal", "withdraw_proposal"])
def test_nobody_else_finds_a_proposal(name):
    visit = confirmed()
    proposal = make.proposal(visit)
    for user in (make.contact().user, make.ambassador(cleared=True).user):
        assert client_of(user).post(reverse(name, args=[proposal.pk]), {"answer": "yes"}).status_code == 404
    assert Proposal.objects.get().status == ProposalStatus.PROPOSED


def test_whoever_proposed_it_takes_it_back_and_nobody_else_can():
    visit = confirmed()
    proposal = make.proposal(visit)
    address = reverse("withdraw_proposal", args=[proposal.pk])

    person_of(visit).post(address)
    assert Proposal.objects.get().status == ProposalStatus.PROPOSED
    teacher_of(visit).post(address)

    assert Proposal.objects.get().status == ProposalStatus.WITHDRAWN
    assert teacher_of(visit).get(address).status_code == 405


def test_a_teacher_who_comes_to_their_own_school_speaks_for_both():
    person = make.ambassador(cleared=True)
    contact = make.contact(user=person.user)
    visit = confirmed(ambassador=person, contact=contact)
    client = client_of(person.user)
    propose(client, visit, whose="0")
    proposal = Proposal.objects.get()
    assert reverse("proposal", args=[proposal.pk]) in client.get(reverse("ambassador_home")).text

    answer(client, proposal)

    visit.refresh_from_db()
    assert visit.starts_at == STARTS + DAY
    assert [each.on_behalf_of for each in proposal.events.all()] == ["", ""]


# --- the coordinator


def test_a_coordinator_proposes_and_answers_for_whoever_telephones():
    visit = confirmed()
    client = coordinator()

    propose(client, visit, whose=str(seat_of(visit).pk))
    proposal = Proposal.objects.get()
    page = visit_page(client, visit).text
    assert "Ada Engineer proposes another time" in page and "Something else" in page
    answer(client, proposal, whose="0")

    visit.refresh_from_db()
    assert visit.starts_at == STARTS + DAY
    assert [each.on_behalf_of for each in proposal.events.all()] == ["Ada Engineer", "Tess Teacher"]
    history = visit_page(client, visit).text
    assert "on behalf of Ada Engineer" in history and "Another time proposed" in history


def test_a_coordinator_says_for_whom():
    visit = confirmed()

    for whose in ("", "999999", "x"):
        assert "whose" in propose(coordinator(), visit, whose=whose).context["form"].errors
    assert not Proposal.objects.exists()


# --- who is there, and whose it is


@pytest.mark.parametrize("client_for", [teacher_of, lambda visit: coordinator()])
def test_who_is_there_is_changed_on_a_page_that_knows_what_stands(client_for):
    visit = confirmed()
    client = client_for(visit)
    address = reverse("change_arrangements", args=[visit.pk])
    assert address in visit_page(client, visit).text
    assert client.get(address).context["form"].initial["supervising_adult"] == "Sam Supervisor"

    assert client.post(address, PEOPLE)["Location"] == reverse("visit", args=[visit.pk])

    assert "Room 12." in visit_page(person_of(visit), visit).text
    assert Letter.objects.get().recipient == seat_of(visit).ambassador.user


def test_an_ambassador_does_not_say_who_is_there():
    visit = confirmed()

    response = person_of(visit).post(reverse("change_arrangements", args=[visit.pk]), PEOPLE)

    visit.refresh_from_db()
    assert (response["Location"], visit.arrival) == (reverse("visit", args=[visit.pk]), "")


def test_a_request_is_handed_to_a_colleague_from_its_visit():
    visit = confirmed()
    colleague = make.contact(school=visit.request.school, user=make.user(name="Carol Colleague"))
    address = reverse("hand_over_request", args=[visit.request_id])
    client = teacher_of(visit)
    assert address in visit_page(client, visit).text

    client.post(address, {"successor": str(colleague.pk)})

    visit.request.refresh_from_db()
    assert visit.request.contact == colleague
    assert "Tess Teacher to Carol Colleague" in client.get(reverse("request", args=[visit.request_id])).text


def test_where_nobody_else_acts_for_the_school_the_page_says_what_to_do():
    visit = confirmed()

    page = teacher_of(visit).get(reverse("hand_over_request", args=[visit.request_id]))

    assert "Nobody else acts for this school yet" in page.text


def test_a_request_is_handed_to_nobody_who_is_not_offered():
    visit = confirmed()
    make.contact(school=visit.request.school)
    elsewhere = make.contact()

    page = teacher_of(visit).post(
        reverse("hand_over_request", args=[visit.request_id]), {"successor": str(elsewhere.pk)}
    )

    assert list(page.context["form"].errors) == ["successor"]
    for user in (elsewhere.user, seat_of(visit).ambassador.user):
        assert client_of(user).post(reverse("hand_over_request", args=[visit.request_id])).status_code == 404


# --- what the pages cost


def people_of(rows: int) -> Visit:
    visit = confirmed()
    for number in range(rows - 1):
        person = make.ambassador(name=f"Fred Fellow {number}", cleared=True)
        Seat.objects.create(visit=visit, ambassador=person, status=SeatStatus.TAKEN)
    return visit


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "client_for", "queries"),
    [
        ("visit", teacher_of, 12),
        ("visit", person_of, 12),
        ("visit", lambda visit: coordinator(), 11),
        ("proposal", teacher_of, 8),
        ("proposal", person_of, 11),
        ("proposal", lambda visit: coordinator(), 11),
    ],
)
def test_a_page_with_a_proposal_costs_the_same_however_many_come(
    rows, name, client_for, queries, django_assert_num_queries
):
    visit = people_of(rows)
    proposal = make.proposal(visit)
    for seat in list(visit.seats.all())[1:]:
        Agreement.objects.create(proposal=proposal, seat=seat, agreed_at=make.NOW)
    client = client_for(visit)
    address = reverse(name, args=[visit.pk if name == "visit" else proposal.pk])
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "client_for", "queries"),
    [
        ("propose_time", teacher_of, 8),
        ("propose_time", lambda visit: coordinator(), 9),
        ("change_arrangements", teacher_of, 7),
        ("hand_over_request", teacher_of, 7),
    ],
)
def test_a_form_costs_the_same_however_many_there_are(rows, name, client_for, queries, django_assert_num_queries):
    visit = people_of(rows)
    for _number in range(rows):
        make.contact(school=visit.request.school)
        make.request(contact=visit.request.contact, status=RequestStatus.SUBMITTED)
    client = client_for(visit)
    address = reverse(name, args=[visit.request_id if name == "hand_over_request" else visit.pk])
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_both_homes_list_what_waits_without_asking_more(rows, django_assert_max_num_queries):
    contact, ada = make.contact(), make.ambassador(cleared=True)
    for number in range(rows):
        for seat in (False, True):
            time = (STARTS + (7 * number + seat) * DAY, ENDS + (7 * number + seat) * DAY)
            visit = confirmed(contact=contact, ambassador=ada, time=time)
            make.proposal(visit, seat=seat_of(visit) if seat else None)
    for user, name in ((contact.user, "school_home"), (ada.user, "ambassador_home")):
        client = client_of(user)
        client.get(reverse(name))
        with django_assert_max_num_queries(12):
            home = client.get(reverse(name)).context["home"]
        assert len(home.to_answer) == rows
