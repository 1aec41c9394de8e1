"""A teacher in a corridor says how a visit went, on a phone: twelve taps, that on the letter's own link among them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quality.enums import FeedbackSide
from quality.models import Feedback
from quality.operations.feedback import invite_feedback
from stem.letters.hours import from_by_day
from stem.letters.sending import send_due
from tests import make
from tests.browser import PHONE, axe_violations, overflow, picture, small_targets
from tests.journeys.people import letter_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)
MOST_TAPS = 12
# What has to be answered, and as many of T1 to T8 as make the form valid (rule 2.2: five of them).
ANSWERS = {**make.TEACHER_SAYS, "T1": "5", "T2": "4", "T3": "5", "T4": "4", "T5": "5"}


def test_a_form_that_counts_is_twelve_taps_at_the_narrowest_and_nothing_is_wrong_with_it(
    browser_page, settings, live_server, record_property
):
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    now = timezone.now()
    visit = make.held_visit(time=(now - 25 * HOUR, now - 24 * HOUR))
    invite_feedback(at=now)
    send_due(at=from_by_day(now))
    page = browser_page(viewport=PHONE, has_touch=True, is_mobile=True)
    letter = letter_to(visit.supervising_email, "How did the visit go")
    [html] = [part.content for part in letter.alternatives if part.mimetype == "text/html"]
    page.set_content(html)

    with page.expect_navigation():
        page.get_by_role("link", name="how it went").tap()
    taps = 1
    assert (axe_violations(page), overflow(page), small_targets(page)) == ([], 0, [])
    picture(page, "feedback-on-a-phone")
    for code, answer in ANSWERS.items():
        page.locator(f"label[for='{page.locator(f'input[name={code}][value={answer!r}]').get_attribute('id')}']").tap()
        taps += 1
    with page.expect_navigation():
        page.get_by_role("button", name="Send").tap()
    taps += 1

    expect(page.locator("main")).to_contain_text("Thank you for telling us")
    form = Feedback.objects.get(side=FeedbackSide.TEACHER)
    assert form.answers == ANSWERS
    assert form.duration_s is not None and form.duration_s < 180
    assert taps <= MOST_TAPS
    record_property("taps from the letter to a form that counts", taps)
