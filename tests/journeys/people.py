"""The people of the journeys, each with a window of their own, and what they do, in words they would use."""

import re
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import Message

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core import mail
from django.core.mail import EmailMessage
from icalendar import Calendar
from playwright.sync_api import Page, expect

from bookings.open_days import reasons_against
from schools.terms.school_time import SchoolTime, usual_time
from stem.accounts.models import User
from stem.nations import Nation

PASSWORD = "correct horse battery"
# Of an ordinary day journeys are made as most people make them; where nothing may be left out, without scripts too,
# which asks the same of either database.
WITH_AND_WITHOUT_SCRIPTS = [
    pytest.param(True, id="with JavaScript"),
    pytest.param(False, id="without JavaScript", marks=pytest.mark.slow),
]


@dataclass
class Person:
    """Someone at a browser."""

    window: Page
    email: str

    def opens(self, address: str) -> "Person":
        """Go to a page."""
        self.window.goto(address)
        return self

    def presses(self, words: str) -> "Person":
        """Press the button, or follow the link, that says this."""
        pattern = re.compile(rf"^\s*{re.escape(words)}")
        button = self.window.get_by_role("button", name=pattern)
        # Every button and link of ours leads to a page, with JavaScript and without.
        with self.window.expect_navigation():
            (button if button.count() else self.window.get_by_role("link", name=pattern)).first.click()
        return self

    def fills_in(self, **words: str) -> "Person":
        """Type into the fields of these names."""
        for name, typed in words.items():
            self.window.locator(f"[name='{name}']").first.fill(typed)
        return self

    def chooses(self, **choices: str) -> "Person":
        """Tick the radio, or choose the option, with this value."""
        for name, value in choices.items():
            field = self.window.locator(f"[name='{name}']").first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                self.window.locator(f"input[name='{name}'][value='{value}']").check()
        return self

    def sees(self, *words: str) -> "Person":
        """All of these stand on the page."""
        for each in words:
            expect(self.window.locator("body")).to_contain_text(each)
        return self

    def does_not_see(self, *words: str) -> "Person":
        """None of these does."""
        for each in words:
            expect(self.window.locator("body")).not_to_contain_text(each)
        return self


def signs_in(window: Page, user: User) -> Person:
    """With a password; the scheme's staff with a code from their app as well."""
    person = Person(window, user.email)
    person.opens("/account/login/").fills_in(login=user.email, password=PASSWORD).presses("Sign in")
    if user.grants.exists():
        person.fills_in(code=totp_code(SECRET)).presses("Sign in")
    return person


SECRET = generate_totp_secret()


def totp_code(secret: str) -> str:
    """What someone's app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def has_an_authenticator(user: User) -> User:
    """This member of the scheme's staff has set up an app."""
    TOTP.activate(user, SECRET)
    return user


def letter_to(email: str, about: str) -> EmailMessage:
    """The latest letter to this address whose subject says this."""
    found = [message for message in mail.outbox if email in message.to[0] and about in message.subject]
    assert found, [(message.to, message.subject) for message in mail.outbox]
    return found[-1]


def link_in(message: EmailMessage, path: str) -> str:
    """The path of the link in this letter that leads there."""
    found = re.search(rf"https?://[^/\s]+(/{path}/\S+)", message.body)
    assert found, message.body
    return found[1]


def code_in(message: EmailMessage) -> str:
    """The code that stands on a line of its own."""
    found = re.search(r"^\s{4}(\S+)\s*$", message.body, re.MULTILINE)
    assert found, message.body
    return found[1]


def invitation_in(message: EmailMessage) -> tuple[str, Calendar]:
    """The calendar method of a letter, and its calendar, as a mail program reads them."""
    parts: list[Message] = [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]
    assert parts, message.subject
    content = parts[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(parts[0].get_param("method")), Calendar.from_ical(content)


def a_school_day(weeks: int) -> datetime:
    """A Wednesday, ten in the morning, so many weeks from now; ahead of us the first from then on with visitors."""
    today = datetime.now().astimezone().replace(hour=10, minute=0, second=0, microsecond=0)
    day, school = today + timedelta(weeks=weeks, days=(2 - today.weekday())), usual_time(Nation.ENG)
    soonest = school.add_school_days(today.date(), 11)
    while weeks > 0 and (day.date() < soonest or not is_for_visitors(school, day.date())):
        day += timedelta(weeks=1)
    return day


def is_for_visitors(school: SchoolTime, day: date) -> bool:
    """Whether a class that sits no exams may have visitors on this day."""
    return not reasons_against(day, time=school, stage="ks3", year_groups="Year 8")
