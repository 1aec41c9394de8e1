"""Whoever reads what people wrote decides with one key a text; and with none where keys are off, or while they type."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bookings.enums import VisitStatus
from quality.models import Comment
from stem.accounts.roles import Role
from tests import make
from tests.journeys.people import Person, has_an_authenticator, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEYS = "plshen"


@pytest.fixture
def texts() -> list[Comment]:
    """Three texts that wait to be read, in this order."""
    person, written = make.ambassador(cleared=True), []
    for week in range(3):
        time = tuple(moment - timedelta(weeks=60 + week) for moment in make.FIRST_TIME)
        visit = make.visit(ambassador=person, status=VisitStatus.DELIVERED, time=time)
        form = make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "T12": f"They held their breath {week}"})
        written.append(make.comment(form))
    return written


@pytest.fixture
def reader(browser_page) -> Person:
    """A coordinator at their browser."""
    return signs_in(browser_page(), has_an_authenticator(make.staff(Role.COORDINATOR)))


def statuses(texts: list[Comment]) -> list[str]:
    return [Comment.objects.get(pk=each.pk).status for each in texts]


def at(text: Comment, page: str = "") -> re.Pattern[str]:
    """The address of this text, or of a page of its own."""
    return re.compile(rf"/quality/reading/{text.pk}/{page}(\?|$)")


def opens(reader: Person, text: Comment) -> None:
    reader.opens(f"/quality/reading/{text.pk}/").sees(text.words)
    expect(reader.window.locator("[data-shortcuts]")).to_be_visible()


def stays(reader: Person, text: Comment) -> None:
    """Nothing comes of what was pressed: a click would have left the page by then."""
    reader.window.wait_for_timeout(400)
    expect(reader.window).to_have_url(at(text))


@pytest.mark.parametrize(("key", "status"), [("p", "released"), ("s", "kept")])
def test_one_key_decides_about_the_text_that_is_read_and_goes_on_to_the_next(key, status, reader, texts):
    first, second, third = texts
    opens(reader, second)

    reader.window.keyboard.press(key)
    expect(reader.window).to_have_url(at(first))
    assert statuses(texts) == ["waiting", status, "waiting"]

    reader.window.keyboard.press(key)
    expect(reader.window).to_have_url(at(third))
    assert statuses(texts) == [status, status, "waiting"]
    reader.presses("Undo the last decision").sees("Taken back")
    assert statuses(texts) == ["waiting", status, "waiting"]


@pytest.mark.parametrize(("key", "page"), [("l", "leave-out/"), ("h", "hold/"), ("e", "hand-on/")])
def test_a_key_of_what_asks_for_more_leads_there_and_decides_nothing(key, page, reader, texts):
    opens(reader, texts[0])
    reader.window.keyboard.press(key)
    expect(reader.window).to_have_url(at(texts[0], page))
    reader.sees("They held their breath 0" if key != "l" else "breath")

    # There each letter is a letter.
    field = reader.window.locator("main textarea, main input[type=text]")
    if field.count():
        field.first.press_sequentially(KEYS)
        expect(field.first).to_have_value(KEYS)
    expect(reader.window).to_have_url(at(texts[0], page))
    assert statuses(texts) == ["waiting"] * 3


def test_n_goes_to_the_next_and_decides_nothing(reader, texts):
    opens(reader, texts[0])
    reader.window.keyboard.press("n")
    expect(reader.window).to_have_url(at(texts[1]))
    assert statuses(texts) == ["waiting"] * 3


def test_switched_off_no_key_does_anything_until_they_are_on_again(reader, texts):
    opens(reader, texts[0])
    reader.window.get_by_role("button", name="Switch keys off").click()
    for key in KEYS:
        reader.window.keyboard.press(key)
    stays(reader, texts[0])
    # It is so on the next page too, and tomorrow.
    opens(reader, texts[1])
    reader.window.keyboard.press("p")
    stays(reader, texts[1])
    assert statuses(texts) == ["waiting"] * 3

    reader.window.get_by_role("button", name="Switch keys on").click()
    reader.window.keyboard.press("p")
    expect(reader.window).to_have_url(at(texts[0]))
    assert statuses(texts) == ["waiting", "released", "waiting"]


def test_while_somebody_types_or_holds_another_key_nothing_happens(reader, texts):
    opens(reader, texts[0])
    window = reader.window
    for kind in ("input", "textarea"):
        window.evaluate(
            """kind => {
                const field = document.createElement(kind);
                field.className = "typed";
                document.querySelector("main").append(field);
            }""",
            kind,
        )
        field = window.locator(f"{kind}.typed")
        field.press_sequentially(KEYS)
        expect(field).to_have_value(KEYS)
    stays(reader, texts[0])

    window.locator("h1").click()
    for key in ("Alt+s", "Control+e", "Shift+S"):
        window.keyboard.press(key)
    stays(reader, texts[0])
    assert statuses(texts) == ["waiting"] * 3
    # That it could fail: the same key alone decides.
    window.keyboard.press("s")
    expect(window).to_have_url(at(texts[1]))
    assert statuses(texts) == ["kept", "waiting", "waiting"]
