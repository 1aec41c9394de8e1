"""An engineer joins on a phone, in three sittings, and each time sees what is missing and who waits for whom.

Taps are counted (a press, a tick, a choice; typing is not one), and what each page weighs on its way to a new visitor.
With `FIGURES` set to a file's name both are written there.
"""

import os
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, Response

from ambassadors.conduct import CLAUSES
from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from tests.browser import PHONE, axe_violations, overflow
from tests.journeys.people import PASSWORD, WITH_AND_WITHOUT_SCRIPTS, Person, code_in, letter_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL = "ada@work.example"
# What a page may weigh on its first visit, its style, script and pictures included (stem.css and htmx are most of it):
# as the server of the tests sends it, uncompressed. What is served to people is compressed to about a third.
HEAVIEST = 120_000


class Phone(Person):
    """Someone with one thumb: every tap counts, and so does every byte."""

    def __init__(self, window: Page, *, has_scripts: bool) -> None:
        super().__init__(window, EMAIL)
        self.has_scripts = has_scripts
        self.taps = 0
        self.page = ""
        self.weights: dict[str, int] = {}
        window.on("response", self._weigh)

    def _weigh(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status == 200:
            self.page = urlsplit(response.url).path
            self.weights[self.page] = 0
        self.weights[self.page] = self.weights.get(self.page, 0) + int(response.headers.get("content-length", 0))

    def presses(self, words: str) -> "Phone":
        self.taps += 1
        super().presses(words)
        return self.finds_it_well()

    def chooses(self, **choices: str) -> "Phone":
        self.taps += len(choices)
        super().chooses(**choices)
        return self

    def ticks(self, **choices: str) -> "Phone":
        for name, value in choices.items():
            self.taps += 1
            self.window.locator(f"input[name='{name}']{f'[value={value!r}]' if value else ''}").first.check()
        return self

    def finds_it_well(self) -> "Phone":
        """Nothing that axe objects to, and nothing off the side; without scripts axe, which is one, never ends."""
        if self.has_scripts:
            assert (axe_violations(self.window), overflow(self.window)) == ([], 0), self.window.url
        return self


def portrait() -> bytes:
    written = BytesIO()
    Image.new("RGB", (900, 1200), "#4a6b8a").save(written, "JPEG")
    return written.getvalue()


def joins(phone: Phone) -> None:
    """On the way to work: an account, and who she is."""
    phone.opens("/").presses("Become an ambassador")
    phone.fills_in(full_name="Ada Engineer", email=EMAIL, password1=PASSWORD).presses("Continue")
    phone.fills_in(code=code_in(letter_to(EMAIL, ""))).presses("Continue")
    phone.presses("Begin")
    phone.fills_in(phone="07700 900123").presses("Save and continue")
    phone.fills_in(job_title="Bridge engineer", organisation="Northern Bridges")
    phone.ticks(speaks_of="work").chooses(route="apprenticeship").presses("Save and continue")
    phone.sees("Bridge engineer").ticks(subjects="civil_engineering").presses("Save and continue")
    phone.ticks(stages="ks3").presses("Save and continue")
    phone.ticks(activities="careers_talk").presses("Save and continue")
    phone.fills_in(postcode="LS1 4AP").presses("Save and continue")
    phone.window.locator("input[name='photo']").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": portrait()}
    )
    phone.presses("Save and look at it").presses("Continue")


def promises(phone: Phone) -> None:
    """On the way home: what she confirms, signs and promises, and who knows her."""
    phone.chooses(adult="yes", in_uk="yes", unpaid="yes").presses("Continue")
    phone.chooses(tell="nothing").ticks(signs="").presses("Sign it")
    for _clause in CLAUSES:
        phone.presses("I promise")
    phone.presses("Name the first person")
    names(phone, "Rhea Referee", "rhea@northern.example", "employer")
    phone.presses("Name one more person")
    names(phone, "Ola Other", "ola@post.example", "other")


def names(phone: Phone, name: str, email: str, capacity: str) -> None:
    phone.fills_in(full_name=name, email=email).chooses(capacity=capacity)
    phone.ticks(known_a_year="", not_related="").presses("Save, and write to them")


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_an_engineer_joins_on_the_train_in_three_sittings(browser_page, scripts):
    phone = Phone(browser_page(viewport=PHONE, java_script_enabled=scripts, has_touch=True), has_scripts=scripts)
    joins(phone)
    first = phone.taps
    phone.opens(reverse("ambassador_home")).sees("Not sent in yet", "Who is waiting for whom", "Your turn")

    phone.presses("Go on: Whether you can join")
    promises(phone)
    phone.opens(reverse("join_as_ambassador")).sees("Ready to send in", "Waiting for your referees")
    phone.presses("Check it and send it in").presses("Send it in")
    phone.sees("Your registration is in", "We mean to have decided by")
    second = phone.taps - first

    phone.presses("See all tasks").sees("Sent in").presses("Go on: Showing who you are")
    phone.chooses(method="in_person").presses("Continue")
    phone.chooses(paid_or_credited="no", expects_frequent="no").ticks(agrees="").presses("Agree to the check")
    phone.opens(reverse("join_as_ambassador")).sees("Waiting for us", "Showing who you are", "Go on: Induction")
    third = phone.taps - first - second

    person = Ambassador.objects.get(email=EMAIL)
    assert (person.status, person.requirements.count()) == (AmbassadorStatus.VETTING, 4)
    assert max(phone.weights.values()) < HEAVIEST, phone.weights
    assert (first, second, third) <= (30, 40, 12)
    write_figures({"first sitting": first, "second": second, "third": third}, phone.weights)


def write_figures(taps: dict[str, int], weights: dict[str, int]) -> None:
    if wanted := os.environ.get("FIGURES"):
        lines = [f"{name}: {count} taps" for name, count in taps.items()]
        lines += [f"{page}: {weight:,} bytes" for page, weight in weights.items()]
        Path(wanted).write_text("\n".join(lines) + "\n")
