"""The vetting board, and what stands on it for whom."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import (
    AmbassadorStatus,
    CheckStatus,
    DeclineGround,
    IdentityMethod,
    Party,
    RequirementKind,
)
from ambassadors.models import Ambassador, Application, Limits, Requirement
from ambassadors.operations import reminding
from ambassadors.operations.applications import approve_application
from ambassadors.operations.asking import ask_for_more
from ambassadors.operations.declining import decline_application, propose_decline
from ambassadors.operations.references import accept_reference, chase_referees, remind_referee
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter", email="vera@scheme.example")


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


def sent_in(name: str, *, days_ago: int = 10, **answers) -> Ambassador:
    """Someone who sent their registration in so many days ago."""
    person = make.ambassador(name=name)
    sent_at = make.NOW - timedelta(days=days_ago)
    Application.objects.create(ambassador=person, started_at=sent_at, sent_at=sent_at, **answers)
    return person


def ready(name: str, **answers) -> Ambassador:
    """Someone for whom everything is there."""
    person = sent_in(name, **answers)
    make.clear(person)
    return person


def board(client, show: str = "", **query) -> str:
    response = client.get(reverse("vetting_board"), {"show": show, **query})
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    """Who is listed, in their order."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page) or re.findall(
        r'class="row-title" href="[^"]+">([^<]+)</a>', page
    )


def counts(page: str) -> dict[str, int]:
    return {
        label: int(number) for label, number in re.findall(r">([\w ]+) <span class=\"tab-count\">(\d+)</span>", page)
    }


def test_each_is_on_the_tab_of_whoever_they_wait_for(client, officer):
    ready("Rita Ready")
    sent_in("Iris Identity", identity_method=IdentityMethod.IN_PERSON)
    sent_in("Tal Talker", wants_to_talk=True)
    make.answered(sent_in("Una Unread"))
    asked = sent_in("Asa Asked", identity_method=IdentityMethod.IN_PERSON)
    ask_for_more(ambassador=asked, needed="A photo", by=officer, at=make.NOW)

    page = board(client)
    assert counts(page) == {
        "Ours to do": 4,
        "Ready to approve": 1,
        "Waiting for the person": 1,
        "Waiting for a referee": 0,
        "Waiting for a colleague": 0,
        "Wants to talk": 1,
        "All": 5,
    }
    assert {show: names(board(client, show)) for show in ("ours", "ready", "person", "referee", "talk")} == {
        "ours": ["Rita Ready", "Iris Identity", "Tal Talker", "Una Unread"],
        "ready": ["Rita Ready"],
        "person": ["Asa Asked"],
        "referee": [],
        "talk": ["Tal Talker"],
    }


def test_what_is_ours_comes_first_and_then_whoever_was_sent_in_first(client):
    sent_in("Patient Person", days_ago=60)
    ready("Late Ready", days_ago=45)
    ready("Early Ready", days_ago=50)

    assert names(board(client, "all")) == ["Early Ready", "Late Ready", "Patient Person"]


@pytest.mark.parametrize(
    # Ten working days for what the person does: from Thursday 24 December to Monday the 28th until today, 12 January.
    ("days_ago", "words"),
    [(5, None), (12, None), (13, "Due soon"), (15, "Due soon"), (19, "Due soon"), (20, "Stuck")],
)
def test_a_step_that_waits_too_long_is_told(client, days_ago, words):
    sent_in("Wilma Waits", days_ago=days_ago, asked_at=None)
    said = [each for each in ("Due soon", "Stuck") if each in board(client, "all")]
    assert said == ([words] if words else [])


@pytest.mark.parametrize(
    ("days_ago", "words"), [(10, "32 days left"), (41, "1 day left"), (42, "due today"), (43, "1 day over")]
)
def test_the_day_by_which_it_should_be_decided_is_told(days_ago, words, client):
    sent_in("Pat Person", days_ago=days_ago)

    assert words in board(client, "all")


@pytest.mark.parametrize(
    ("days_ago", "tone"), [(10, None), (34, None), (35, "warning"), (42, "warning"), (43, "bad"), (90, "bad")]
)
def test_the_day_is_amber_in_its_last_week_and_red_once_it_is_past(days_ago, tone, client):
    sent_in("Pat Person", days_ago=days_ago)

    found = re.findall(r'class="tag tag-(\w+)">(?:\d+ days? (?:left|over)|due today)<', board(client, "all"))

    assert found == ([tone] if tone else [])


def remind(client, show: str, **query) -> str:
    """What is said after everybody on a tab was reminded."""
    page = board(client, show, **query)
    [action] = re.findall(rf'action="({reverse("remind_waiting", args=[show])}[^"]*)"', page)
    said = client.post(action.replace("&amp;", "&"), follow=True)
    assert said.redirect_chain[-1][0].startswith(reverse("vetting_board"))
    return said.content.decode()


def test_one_press_reminds_everybody_for_whom_we_wait_once_in_seven_days(client, officer, outbox):
    asked = sent_in("Asa Asked", identity_method=IdentityMethod.IN_PERSON)
    ask_for_more(ambassador=asked, needed="Your middle name", by=officer, at=make.NOW)
    sent_in("Pat Person")
    lately = ready("Leo Lately")
    make.check(lately, status=CheckStatus.NOT_SUITABLE, decided_on=make.NOW.date())
    propose_decline(ambassador=lately, by=make.staff(Role.VETTING_OFFICER), at=make.NOW)
    ready("Rita Ready")
    Letter.objects.all().delete()

    assert "2 people have been written to." in remind(client, "person")
    assert "Nobody was written to" in remind(client, "person")
    # Whoever may comment on a decline is not urged to.
    everybody, later = Ambassador.objects.values_list("pk", flat=True), make.NOW + timedelta(days=7)
    assert reminding.remind_waiting(people=everybody, party=Party.PERSON, by=officer, at=later) == (2, 0)
    assert Letter.objects.count() == 4

    send_due(at=make.NOW)
    told = {message.to[0].partition(" <")[0]: message.body for message in outbox}
    assert sorted(told) == ["Asa Asked", "Pat Person"]
    assert "* Your middle name" in told["Asa Asked"] and "/ambassador/asked/" in told["Asa Asked"]
    assert re.findall(r"^\* (.*)$", told["Pat Person"], re.MULTILINE)


def test_a_letter_to_someone_whose_turn_it_is_no_longer_does_not_leave(client, outbox):
    person = sent_in("Pat Person")
    remind(client, "person")
    make.clear(person)
    Application.objects.filter(ambassador=person).update(identity_method=IdentityMethod.IN_PERSON)
    send_due(at=make.NOW)
    assert [message.subject for message in outbox] == []


def test_one_press_reminds_silent_referees_and_none_who_had_a_letter_this_week(client, outbox):
    for name, days in (("Long Silent", 8), ("Lately Asked", 6)):
        person = make.applicant(name=name)
        Limits.objects.create(ambassador=person, visits_a_term=3)
        make.clear(person)
        person.requirements.filter(kind=RequirementKind.REF).delete()
        for number in range(2):
            asked_at = make.NOW - timedelta(days=days)
            make.referee(person, name=f"{name}'s {number}", email=f"{number}@{days}.example", asked_at=asked_at)
    assert names(board(client, "referee")) == ["Long Silent", "Lately Asked"]

    assert "2 people have been written to." in remind(client, "referee")
    assert "Nobody was written to" in remind(client, "referee")
    assert chase_referees(at=make.NOW) == 2

    send_due(at=make.NOW)
    assert sorted(message.to[0].partition(" <")[0] for message in outbox) == ["Long Silent's 0", "Long Silent's 1"]


def test_who_was_chased_by_the_sweep_is_left_in_peace_for_a_week(client, officer):
    referee = make.referee(sent_in("Long Silent"), asked_at=make.NOW - timedelta(days=7))
    chase_referees(at=make.NOW)
    for days, is_told in ((0, False), (6, False), (7, True)):
        assert remind_referee(referee=referee, by=officer, at=make.NOW + timedelta(days=days)) is is_told


def test_a_press_reminds_those_whom_the_address_lists_and_leaves_the_tab_as_it_was(client):
    sent_in("Bess Bridge")
    sent_in("Pat Person")

    said = remind(client, "person", q="bess")

    assert "1 person has been written to." in said and names(said) == ["Bess Bridge"]


def test_a_press_writes_so_many_letters_and_says_how_many_are_left(client, monkeypatch):
    monkeypatch.setattr(reminding, "MOST_AT_ONCE", 2)
    for number in range(3):
        sent_in(f"Pat {number}")
    assert "2 people have been written to. 1 more are to be written to: press again." in remind(client, "person")
    assert "1 person has been written to." in remind(client, "person")


@pytest.mark.parametrize("show", ["ours", "ready", "colleague", "talk", "all", "nonsense"])
def test_nobody_is_reminded_where_nobody_outside_is_waited_for(show, client):
    sent_in("Pat Person")
    assert "/vetting/remind/" not in board(client, show)
    assert client.post(reverse("remind_waiting", args=[show])).status_code == 404


def test_an_officer_of_another_region_reminds_nobody():
    person = sent_in("Pat Person")
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=kent, area="CT")
    of_kent = make.staff(Role.VETTING_OFFICER, regions=(kent,))
    client_of(of_kent, second_factor=True).post(reverse("remind_waiting", args=["person"]))
    with pytest.raises(Refusal):
        reminding.remind_applicant(ambassador=person, by=of_kent, at=make.NOW)
    assert not Letter.objects.exists()


def test_a_check_waits_for_everyone_but_whoever_saw_the_certificate(client, officer):
    for name, by in (("Mine", officer), ("Theirs", make.user())):
        person = ready(name)
        Requirement.objects.filter(ambassador=person, kind=RequirementKind.CRC).delete()
        make.check(person, seen_by=by)

    assert names(board(client)) == ["Theirs"]
    assert names(board(client, "colleague")) == ["Mine"]
    page = board(client, "all")
    assert "A colleague" in page and "You, as the second person" in page and "Decide the check" in page


def test_a_ready_person_is_approved_by_one_press_on_the_board(client):
    person = ready("Rita Ready")
    assert reverse("approve_application", args=[person.pk]) in board(client, "ready")

    response = client.post(reverse("approve_application", args=[person.pk]), {"then": "board"}, follow=True)

    assert response.redirect_chain == [(reverse("vetting_board") + "?show=ready", 302)]
    assert "Rita Ready is an ambassador now" in response.content.decode()
    assert names(board(client, "approved")) == ["Rita Ready"]


def test_a_stale_board_approves_nobody(client, officer):
    person = ready("Rita Ready")
    Requirement.objects.filter(ambassador=person, kind=RequirementKind.REF).update(
        withdrawn_at=make.NOW, withdrawn_by=officer
    )

    said = client.post(reverse("approve_application", args=[person.pk]), {"then": "board"}, follow=True)

    assert "Two references accepted: not in date that day." in said.content.decode()
    assert Ambassador.objects.get(pk=person.pk).status == AmbassadorStatus.VETTING


def test_nobody_with_a_proposed_decline_can_be_approved_from_the_board(client):
    lately, long_ago = ready("Leo Lately"), ready("Rita Ready")
    for person, days in ((lately, 1), (long_ago, 20)):
        make.check(person, status=CheckStatus.NOT_SUITABLE, decided_on=make.NOW.date())
        propose_decline(ambassador=person, by=make.staff(Role.VETTING_OFFICER), at=make.NOW - timedelta(days=days))

    ours, theirs = board(client), board(client, "person")
    assert names(ours) == ["Rita Ready"] and "Confirm the decline" in ours
    assert names(theirs) == ["Leo Lately"] and "May comment" in theirs
    for page, person in ((ours, long_ago), (theirs, lately)):
        assert reverse("approve_application", args=[person.pk]) not in page


@pytest.mark.parametrize("show", ["ours", "all", "still", "approved", "declined", "ending", "checks"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_however_long(rows, show, client, officer, django_assert_max_num_queries):
    kent = Region.objects.create(name="Yorkshire", slug="yorkshire", nation=Nation.ENG)
    RegionArea.objects.create(region=kent, area="LS")
    for number in range(rows):
        ready(f"Rita {number}")
        draft = make.ambassador(name=f"Dora {number}", status=AmbassadorStatus.DRAFT)
        Application.objects.create(ambassador=draft, started_at=make.NOW - timedelta(days=20))
        declined = sent_in(f"Dan {number}")
        decline_application(
            ambassador=declined, ground=DeclineGround.NO_ANSWER, because="Letters", by=officer, at=make.NOW
        )
        make.clear(make.ambassador(name=f"Ada {number}", status=AmbassadorStatus.ACTIVE), until=day_of(make.NOW))
        make.check(make.ambassador(name=f"Cy {number}", cleared=True))
        approve_application(ambassador=ready(f"Nia {number}"), by=officer, at=make.NOW)
    board(client, show)  # a new sign-in is written down once
    expected = EXPECTED[show]
    with django_assert_max_num_queries(expected) as asked:
        assert len(names(board(client, show, region="yorkshire"))) == rows
    assert len(asked) == expected


# session, person, roles, regions; the region asked for; the policy; everybody in vetting; on a tab: the moments of
# those who are shown, what they meet, their checks and references; on a list beside it: how many, and these; the
# regions to choose from
EXPECTED = {"ours": 12, "all": 12, "still": 10, "approved": 10, "declined": 10, "ending": 10, "checks": 10}


def test_the_lists_beside_the_board(client, officer):
    still = make.ambassador(name="Dora Draft", status=AmbassadorStatus.DRAFT)
    Application.objects.create(ambassador=still, started_at=make.NOW - timedelta(days=15))
    fresh = make.ambassador(name="Fay Fresh", status=AmbassadorStatus.DRAFT)
    Application.objects.create(ambassador=fresh, started_at=make.NOW - timedelta(days=3))
    declined = sent_in("Dan Declined")
    decline_application(
        ambassador=declined, ground=DeclineGround.REFERENCES, because="None came", by=officer, at=make.NOW
    )
    lapsed = make.ambassador(name="Lena Lapsed", cleared=True)
    Requirement.objects.filter(ambassador=lapsed, kind="CRC").update(valid_until=day_of(make.NOW) - timedelta(days=1))
    ending = make.ambassador(name="Enid Ending", cleared=True)
    Requirement.objects.filter(ambassador=ending, kind="DECL").update(valid_until=day_of(make.NOW) + timedelta(days=89))
    make.ambassador(name="Ada Engineer", cleared=True)

    assert names(board(client, "still")) == ["Dora Draft"]
    page = board(client, "declined")
    assert names(page) == ["Dan Declined"] and "References missing, or not accepted" in page
    page = board(client, "ending")
    assert sorted(names(page)) == ["Enid Ending", "Lena Lapsed"]
    assert "Out of date: Criminal record check decided." in page
    assert "Ends within 90 days: Annual declaration." in page


def test_whoever_was_the_first_about_a_doubted_reference_waits_for_a_colleague(client, officer):
    person = sent_in("Una Unsure")
    accept_reference(referee=make.answered(person, doubts=True), verified_how="Rang them", by=officer, at=make.NOW)
    colleague = client_of(make.staff(Role.VETTING_OFFICER, email="cora@scheme.example"), second_factor=True)

    assert names(board(client)) == [] and names(board(client, "colleague")) == ["Una Unsure"]
    page = board(colleague)
    assert names(page) == ["Una Unsure"] and "You, as the second person" in page and "Decide about a reference" in page


def test_checks_of_people_who_take_part_stand_beside_the_board(client, officer):
    days = iter(range(1, 9))

    def renewing(name, status, **columns):
        person = make.ambassador(name=name, cleared=True)
        return make.check(person, status=status, moved_at=make.NOW - timedelta(days=9 - next(days)), **columns)

    theirs = renewing("Sue Second", CheckStatus.SEEN)
    renewing("Fay First", CheckStatus.SEEN, seen_by=officer)
    renewing("Will Weighed", CheckStatus.ASSESSING)
    renewing("Pat Posted", CheckStatus.APPLIED)
    renewing("Dee Decided", CheckStatus.REFUSED)
    make.check(sent_in("Nia New"))

    page = board(client, "checks")
    assert names(page) == ["Sue Second", "Fay First", "Will Weighed", "Pat Posted"]
    assert (page.count("Being decided"), page.count("Applied for")) == (3, 1)
    assert page.count("You, as the second person") == 1
    assert page.index("Sue Second") < page.index("You, as the second person") < page.index("Fay First")
    assert f'href="{reverse("check", args=[theirs.pk])}"' in page


def test_a_still_draft_is_reminded_from_the_board(client):
    draft = make.ambassador(name="Dora Draft", status=AmbassadorStatus.DRAFT)
    Application.objects.create(ambassador=draft, started_at=make.NOW - timedelta(days=15))

    said = client.post(reverse("remind_draft", args=[draft.pk]), follow=True).content.decode()

    assert "Dora Draft has been reminded." in said and "Reminded on Tue 12 Jan 2027" in said
    assert reverse("remind_draft", args=[draft.pk]) not in said
    assert (
        "are reminded only once" in client.post(reverse("remind_draft", args=[draft.pk]), follow=True).content.decode()
    )


def test_the_board_is_searched_and_filtered_by_its_address(client):
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    ready("Rita Ready")
    ready("Bess Bridge")

    assert names(board(client, "ready", q="bess")) == ["Bess Bridge"]
    assert names(board(client, region="kent")) == []
    assert "Nobody found" in board(client, q="nobody at all")
    # The search and the tab survive each other.
    assert "q=bess" in board(client, "ready", q="bess") and 'value="ready"' in board(client, "ready", q="bess")


@pytest.mark.parametrize(
    "query", [{"show": "nonsense"}, {"region": "nowhere"}, {"page": "x"}, {"page": "-1"}, {"q": "\x00' OR 1=1"}]
)
def test_nonsense_in_the_address_breaks_nothing(query, client):
    ready("Rita Ready")
    assert client.get(reverse("vetting_board"), query).status_code == 200


def test_twenty_five_stand_on_a_page(client):
    for number in range(26):
        sent_in(f"Person {number:02}")
    page = board(client, "all")
    assert len(names(page)) == 25 and "1 to 25 of 26" in page
    assert len(names(board(client, "all", page="2"))) == 1


def test_an_empty_board_says_that_nothing_is_to_be_done(client):
    assert "Nothing is yours to do" in board(client)
    assert "Nobody here" in board(client, "ready") and "Nobody here" in board(client, "still")


def test_officers_see_their_own_regions_and_never_themselves(officer, client):
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=kent, area="CT")
    ready("Rita Ready")
    make.clear(make.ambassador(name="Vera Vetter", user=officer))
    of_kent = client_of(make.staff(Role.VETTING_OFFICER, regions=(kent,)), second_factor=True)

    assert names(board(client, "all")) == ["Rita Ready"]
    assert names(board(of_kent, "all")) == []


def test_a_vetting_officer_starts_at_the_board(client):
    assert client.get(reverse("home"), follow=True).redirect_chain[-1][0] == reverse("vetting_board")
    assert f'href="{reverse("vetting_board")}"' in client.get(reverse("ambassadors")).content.decode()
