"""On a phone: an applicant confirms, signs, promises and names two people; they answer; an officer accepts both."""

import pytest

from ambassadors.conduct import CLAUSES
from ambassadors.enums import RefereeStatus, RequirementKind
from ambassadors.models import Referee
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, THEMES, axe_violations, overflow, picture, small_targets
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, has_an_authenticator, letter_to, link_in, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=WITH_AND_WITHOUT_SCRIPTS)
def window(request, browser_page):
    return lambda: browser_page(viewport=PHONE, java_script_enabled=request.param)


def names(applicant: Person, name: str, email: str, capacity: str) -> None:
    applicant.fills_in(full_name=name, email=email).chooses(capacity=capacity)
    for tick in ("known_a_year", "not_related"):
        applicant.window.locator(f"input[name='{tick}']").check()
    applicant.presses("Save, and write to them")


def answers(referee: Person, doubts: str = "no") -> Person:
    referee.chooses(can="yes", has_doubts=doubts)
    referee.fills_in(known_for="Four years, at work.", seen_with_children="No.", reliability="Entirely.")
    return referee.presses("Send my answers").sees("Thank you", "A vetting officer reads your answers.")


def test_an_applicant_names_two_people_who_answer_and_an_officer_accepts_both(window):
    person = make.applicant()
    officer = has_an_authenticator(make.staff(Role.VETTING_OFFICER, email="vera@scheme.example"))

    applicant = signs_in(window(), person.user).opens("/ambassador/referees/").presses("Name the first person")
    names(applicant, "Rhea Referee", "rhea@northern.example", "employer")
    applicant.sees("We have written to Rhea Referee.").presses("Name one more person")
    names(applicant, "Ola Other", "ola@post.example", "other")
    applicant.opens("/ambassador/referees/").sees("That is all from you.")

    for email in ("rhea@northern.example", "ola@post.example"):
        letter = letter_to(email, "has named you as someone who knows them")
        referee = Person(window(), email).opens(link_in(letter, "reference"))
        answers(referee.sees("A reference for Amina Applicant"))
    assert "Rhea Referee has answered" in letter_to(person.email, "Rhea Referee has answered").subject
    applicant.opens("/ambassador/referees/").sees("Has answered").does_not_see("Entirely.")

    vera = signs_in(window(), officer).opens(f"/coordinator/ambassadors/{person.pk}/")
    for name in ("Rhea Referee", "Ola Other"):
        vera.presses(name).sees("Entirely.").presses("Accept…").chooses(verified_how="telephone").presses("Accept it")
        vera.sees("Accepted. It is on record")
    assert person.requirements.get(kind=RequirementKind.REF).recorded_by == officer
    applicant.opens("/ambassador/referees/").sees("Your references are complete.")


def test_what_someone_joining_promises_is_kept_one_press_after_another(window):
    person = make.applicant()
    applicant = signs_in(window(), person.user).opens("/ambassador/eligible/")
    applicant.chooses(adult="yes", in_uk="yes", unpaid="yes").presses("Continue").sees("Signed as Amina Applicant")
    applicant.chooses(tell="talk")
    applicant.window.locator("input[name='signs']").check()
    applicant.presses("Sign it").sees("Someone from the scheme telephones you", "Step 1 of 11")
    for clause in CLAUSES:
        applicant.sees(str(clause.promise)).presses("I promise")
    applicant.sees("Two people who know you")
    assert set(person.requirements.values_list("kind", flat=True)) == {"ELIG", "SELF", "DECL", "CODE"}


def test_a_referee_who_would_rather_not_says_so_and_the_applicant_is_asked_for_someone_else(window):
    person = make.applicant()
    applicant = signs_in(window(), person.user).opens("/ambassador/referees/add/")
    names(applicant, "Rhea Referee", "rhea@northern.example", "employer")
    referee = Person(window(), "").opens(link_in(letter_to("rhea@northern.example", "has named you"), "reference"))
    referee.chooses(can="rather_not").presses("Send my answers").sees("Thank you")
    assert Referee.objects.get().status == RefereeStatus.NOT_ACCEPTED
    letter_to(person.email, "Please name one more person who knows you")
    applicant.opens("/ambassador/referees/").sees("Name someone else").presses("Name the first person")


@pytest.mark.parametrize("theme", THEMES)
def test_a_referee_reads_their_form_on_a_small_screen(browser_page, theme):
    person = make.applicant()
    page = browser_page(viewport=PHONE, color_scheme=theme)
    applicant = signs_in(browser_page(), person.user).opens("/ambassador/referees/add/")
    names(applicant, "Rhea Referee", "rhea@northern.example", "employer")
    address = link_in(letter_to("rhea@northern.example", "has named you"), "reference")
    referee = Person(page, "").opens(address).chooses(can="yes").presses("Send my answers").sees("There is a problem")
    picture(page, f"give_reference-{theme}")
    assert (axe_violations(page), overflow(page), small_targets(page)) == ([], 0, [])
    answers(referee)
    picture(page, f"reference_sent-{theme}")
