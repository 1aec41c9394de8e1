"""Somebody asks to be texted, shows that the number is theirs, and stops it again, in a real browser."""

import re

import pytest

from stem.accounts.roles import Role
from stem.texts.models import Text, TextNumber
from stem.texts.tasks import send_due_texts
from tests import make
from tests.browser import LOOKS, axe_violations, overflow, picture, small_targets
from tests.clients import client_of
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, signs_in
from tests.looking import faults_of_keyboard, faults_of_structure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pocket"),
]


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_an_ambassador_opts_in_and_out(scripts, browser_page, pocket):
    person = make.ambassador(name="Pat Person", cleared=True)
    pat = signs_in(browser_page(java_script_enabled=scripts), person.user)

    pat.opens("/account/").presses("Set up texts").sees("Nothing else", "STOP")
    pat.fills_in(number="01632 960002").presses("Text me a code").sees("Enter a mobile number of the United Kingdom")
    pat.fills_in(number="+44 (0)7700 900123").presses("Text me a code").sees("07700 900123")
    send_due_texts()
    (code,) = re.findall(r"\d{6}", pocket.taken[0].words)
    pat.fills_in(code="12345").presses("This is my number").sees("That is not the code")
    pat.fills_in(code=code).presses("This is my number").sees("This number is yours")
    assert TextNumber.objects.get().number == "+447700900123"
    pat.opens("/account/").sees("We text 07700 900123").presses("Change or stop texts")
    pat.presses("Stop texts and delete this number").sees("No more texts")
    assert not TextNumber.objects.exists()


def faults(person, name: str, theme: str, *, begins_at_its_top: bool = True) -> tuple:
    picture(person.window, f"texts {name} {theme}")
    found = axe_violations(person.window), overflow(person.window), small_targets(person.window)
    # The summary of what is wrong takes the focus: from there on the keyboard does not begin at the top.
    keyboard = faults_of_keyboard(person.window) if begins_at_its_top else []
    return (*found, faults_of_structure(person.window), keyboard)


FAULTLESS = ([], 0, [], [], [])


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_for_everybody(look, browser_page):
    size, theme = look
    person = make.ambassador(name="Pat Person", cleared=True)
    pat = signs_in(browser_page(viewport=size, color_scheme=theme), person.user)
    for name, address in (("account before", "/account/"), ("none yet", "/account/texts/"), ("privacy", "/privacy/")):
        pat.opens(address)
        assert faults(pat, name, theme) == FAULTLESS, name
    pat.opens("/account/texts/").fills_in(number="7").presses("Text me a code")
    assert faults(pat, "wrong number", theme, begins_at_its_top=False) == FAULTLESS
    pat.fills_in(number="07700 900123").presses("Text me a code")
    assert faults(pat, "code", theme) == FAULTLESS
    pat.fills_in(code="1").presses("This is my number")
    assert faults(pat, "wrong code", theme, begins_at_its_top=False) == FAULTLESS
    pat.opens("/account/texts/")
    assert faults(pat, "waiting", theme) == FAULTLESS
    make.texted(person.user)
    for name, address in (
        ("account after", "/account/"),
        ("number", "/account/texts/"),
        ("held", "/account/what-we-hold/texts/"),
    ):
        pat.opens(address)
        assert faults(pat, name, theme) == FAULTLESS, name


@pytest.mark.parametrize("look", LOOKS)
def test_the_staff_s_pages_are_for_everybody(look, browser_page):
    size, theme = look
    officer = make.staff(Role.ADMINISTRATOR, name="Ann Administrator")
    person = make.ambassador(name="Pat Person", cleared=True)
    client = client_of(person.user)
    client.post("/account/texts/", {"number": "07700 900123"})
    window = browser_page(viewport=size, color_scheme=theme)
    session = client_of(officer, second_factor=True).cookies["sessionid"].value
    window.goto("/")
    window.context.add_cookies([{"name": "sessionid", "value": session, "url": window.url}])
    text = Text.objects.get()
    for name, address in (
        ("list", "/staff/texts/"),
        ("none", "/staff/texts/?status=failed"),
        ("one", f"/staff/texts/{text.pk}/"),
        ("cancel", f"/staff/texts/{text.pk}/cancel/"),
        ("letters", "/staff/letters/"),
    ):
        window.goto(address)
        picture(window, f"texts staff {name} {theme}")
        found = axe_violations(window), overflow(window), small_targets(window), faults_of_structure(window)
        assert (*found, faults_of_keyboard(window)) == FAULTLESS, name
