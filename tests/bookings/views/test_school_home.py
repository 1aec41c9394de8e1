"""A school's own page, and where everyone lands."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.enums import RequestStatus, Side, VisitStatus
from bookings.home import find_home
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


def page_of(contact):
    return client_of(contact.user).get(reverse("school_home"))


def home_of(contact):
    return page_of(contact).context["home"]


def weeks_later(weeks: int) -> tuple:
    return tuple(moment + timedelta(weeks=weeks) for moment in make.FIRST_TIME)


def visit_to(contact, status, weeks=0, **columns):
    ambassador = make.ambassador(cleared=True)
    return make.visit(contact=contact, ambassador=ambassador, status=status, time=weeks_later(weeks), **columns)


def test_a_new_school_is_asked_for_its_first_visit():
    page = page_of(make.contact())

    assert page.context["home"].next is None
    assert "No requests yet: ask for your first visit" in page.text


def test_everything_stands_under_what_it_is():
    contact = make.contact()
    draft = make.request(contact=contact)
    open_request = make.request(contact=contact, status=RequestStatus.OPEN)
    read = make.request(contact=contact, status=RequestStatus.SUBMITTED)
    matched = visit_to(contact, VisitStatus.MATCHED)
    confirmed = visit_to(contact, VisitStatus.CONFIRMED, 1)
    over = visit_to(contact, VisitStatus.CONFIRMED, -8)
    delivered = visit_to(contact, VisitStatus.DELIVERED, -9)
    visit_to(make.contact(), VisitStatus.CONFIRMED, 2)

    home = home_of(contact)

    assert [each.visit for each in home.to_accept] == [matched]
    assert [each.visit for each in home.coming] == [confirmed]
    assert [(each.visit, str(each.status)) for each in home.past] == [
        (over, "Over: how did it go?"),
        (delivered, "Took place"),
    ]
    assert {each.request for each in home.working} == {open_request, read}
    assert [each.request for each in home.drafts] == [draft]


def test_what_is_to_be_done_before_the_day_stands_in_the_order_of_its_days():
    contact = make.contact()
    risky = visit_to(contact, VisitStatus.MATCHED, 2, request=make.request(contact=contact, activity="workshop"))
    acceptance = make.risk_acceptance(risky)
    outlined = visit_to(contact, VisitStatus.CONFIRMED, 1)
    make.preparation(outlined, outline="We build a bridge", outline_at=make.NOW)
    near = visit_to(contact, VisitStatus.CONFIRMED, -4)
    agreed = visit_to(contact, VisitStatus.CONFIRMED, 3)
    make.preparation(agreed, outline="We build a tower", outline_at=make.NOW, school_agreed_at=make.NOW)

    duties = home_of(contact).duties

    assert [(duty.title, duty.visit, duty.url) for duty in duties] == [
        ("Say that everything is as agreed", near, reverse("visit", args=[near.pk])),
        ("Read the outline, and agree to it", outlined, reverse("agree_to_outline", args=[outlined.pk])),
        (
            "Read the risk assessment of Ada Engineer",
            risky,
            reverse("risk_assessment", args=[acceptance.pk]),
        ),
    ]
    assert [duty.due for duty in duties][1:] == ["By Wed 10 Feb 2027", "By Wed 17 Feb 2027"]
    assert "To do before the day" in page_of(contact).text


def test_what_has_been_done_is_no_duty_any_more():
    contact = make.contact()
    visit = visit_to(contact, VisitStatus.CONFIRMED, -4)
    make.reconfirmation(visit.seats.get(), side=Side.SCHOOL, said_at=make.NOW)
    outlined = visit_to(contact, VisitStatus.CONFIRMED, 1)
    make.preparation(outlined, outline="We build a bridge", outline_at=make.NOW - timedelta(days=3))
    # Somebody else comes than who wrote it.
    outlined.seats.get().events.create(kind="take", status="taken", at=make.NOW)
    sent_back = visit_to(contact, VisitStatus.MATCHED, 2, request=make.request(contact=contact, activity="workshop"))
    make.risk_acceptance(sent_back, sent_back_at=make.NOW, sent_back_because="Who sweeps up?")

    assert home_of(contact).duties == []
    assert "To do before the day" not in page_of(contact).text


def test_one_clear_next_thing_stands_at_the_top():
    contact = make.contact()

    def next_title() -> str:
        return str(home_of(contact).next.title)

    make.request(contact=contact, status=RequestStatus.OPEN)
    assert next_title() == "We are on it"
    make.request(contact=contact)
    assert next_title() == "Finish your request"
    visit_to(contact, VisitStatus.CONFIRMED)
    assert next_title() == "Your next visit"
    visit_to(contact, VisitStatus.MATCHED, 1)
    assert next_title() == "Ada Engineer would like to come"


def test_who_has_said_yes_is_not_named_before_everyone_needed_has():
    contact = make.contact()
    visit_to(contact, VisitStatus.FINDING, seats=2)

    assert "Ada Engineer" not in page_of(contact).text


def test_the_page_asks_as_much_for_three_of_everything_as_for_one(django_assert_num_queries):
    contact = make.contact()
    client = client_of(contact.user)
    for rows in (1, 2):
        for week in range(rows):
            make.request(contact=contact)
            make.request(contact=contact, status=RequestStatus.OPEN)
            for status in (VisitStatus.MATCHED, VisitStatus.CONFIRMED, VisitStatus.DELIVERED):
                visit_to(contact, status, week + 10 * rows)
        client.get(reverse("school_home"))
        with django_assert_num_queries(9):
            client.get(reverse("school_home"))


# --- where everyone lands


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.COORDINATOR, "coordinator_home"),
        (Role.VETTING_OFFICER, "vetting_board"),
        (Role.QUALITY_MANAGER, "quality_home"),
        (Role.SAFEGUARDING_LEAD, "concerns"),
        (Role.ADMINISTRATOR, "setup"),
    ],
)
def test_staff_land_on_their_desk(role, page):
    assert find_home(make.staff(role)) == page


def test_others_land_on_their_own_page():
    assert find_home(make.contact().user) == "school_home"
    assert find_home(make.contact(approved=False).user) == "claim_school"
    assert find_home(make.ambassador().user) == "ambassador_home"
    assert find_home(make.user()) is None


def test_someone_who_waits_for_a_school_and_volunteers_too_lands_among_ambassadors():
    contact = make.contact(approved=False)
    make.ambassador(user=contact.user)

    assert Ambassador.objects.count() == 1
    assert find_home(contact.user) == "ambassador_home"
