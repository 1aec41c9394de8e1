"""Judges an answer to a form: refused in plain words with nothing changed, or done; never broken, never echoing raw."""

import re
from collections import Counter
from collections.abc import Mapping

from django.http import HttpResponse

from tests.fire.browsing import Page, Sent
from tests.fire.crowd import Crowd, complaints, words_of
from tests.fire.rows import Watch
from tests.fire.rubbish import HOSTILE_MARK

# A sentence begins like one, ends like one, and is read at a glance.
SENTENCE = re.compile(r"[A-Z0-9“‘].{5,200}[.?!”]", re.DOTALL)
# The framework's own words, which say what a program wants and not what a person can do.
NOT_OURS = re.compile(
    r"This field|Ensure this value|Select a valid choice|Null characters|Enter a valid value|not one of"
)

Files = Mapping[str, object]


def send(
    crowd: Crowd, person: str, address: str, sent: Sent, files: Files | None = None, *, strict: bool = False
) -> HttpResponse:
    """Press the button: this person sends this."""
    return crowd.browser(person, strict=strict).post(address, {**sent, **(files or {})})


def faults_of(response: HttpResponse, watch: Watch, address: str) -> list[str]:
    """What is wrong with this answer to a form."""
    html = words_of(response)
    found = [f"answered {response.status_code}"] if response.status_code >= 500 else []
    if HOSTILE_MARK in html:
        found.append("what was typed comes back unescaped")
    if response.status_code == 302 and not complaints(response):
        return found  # it went through
    said = refused_in(html, address) if response.status_code == 200 else complaints(response)
    if response.status_code == 200 and not said:
        # A link in a letter works once: its page says at once what came of it, and shows no form again.
        again = [form for form in Page(html, address).forms if form.method == "post" and form.action == address]
        return [*found, "neither went on nor said what is wrong"] if again else found
    changed = watch.changed()
    if changed:
        found.append(f"refused, and yet changed {changed}")
    if response.status_code == 200 and said:
        found += faults_of_summary(Page(html, address), html)
    return found + [f"no plain sentence: {words[:200]!r}" for words in said if not is_plain(words)]


def is_plain(words: str) -> bool:
    """Whether these are sentences of ours that somebody can act on."""
    sentences = re.split(r"(?<=[.?!”]) (?=[A-Z“‘])", words)
    return all(SENTENCE.fullmatch(each) for each in sentences) and not NOT_OURS.search(words)


def refused_in(html: str, address: str) -> list[str]:
    """The items of the page's summary of errors."""
    return [words.strip() for words, _ in Page(html, address).problems if words.strip()]


def faults_of_summary(page: Page, html: str) -> list[str]:
    """What is wrong with how the page says that something is wrong."""
    found = []
    if 'role="alert"' not in html or "There is a problem" not in html:
        found.append("no summary of errors that is read out")
    if not page.title.strip().startswith("Error: "):
        found.append(f"the title does not say so: {page.title.strip()[:60]!r}")
    for words, leads_to in page.problems:
        if leads_to and leads_to.removeprefix("#") not in page.ids:
            found.append(f"{words.strip()[:60]!r} leads nowhere: {leads_to}")
    twice = [words for words, times in Counter(page.problems).items() if times > 1]
    return found + [f"said twice: {words!r}" for words in twice]
