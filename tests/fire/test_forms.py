"""Every form of every page, sent as nobody should send it: refused in plain words, with nothing changed; or done."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from tests.architecture.site_map import every_page
from tests.architecture.test_access import TABLE, asks_to_sign_in
from tests.architecture.world import PEOPLE
from tests.fire.browsing import CHOSEN, TYPED, Field, Form, Page, Sent, filled
from tests.fire.crowd import Crowd, words_of
from tests.fire.judging import Files, faults_of, send
from tests.fire.rows import Watch
from tests.fire.rubbish import HOSTILE_MARK, WORDS, files
from tests.undoing import as_if_nothing_happened

pytestmark = pytest.mark.django_db

LIBRARY_S = sorted(page.name for page in every_page() if page.module.startswith("allauth.") and page.name not in TABLE)
TOKEN = "csrfmiddlewaretoken"
Found = dict[str, list[str]]
# Sign-in and sign-out change who is there, and stand at the head of every page: they are tried where they are at home.
EVERYWHERE = {"account_logout": "my_account"}


# What the buttons of the pages that only act may carry.
BUTTONS_CARRY = ("ambassador", "answer", "email", "reason", "starts_at", "pk", "q", "page")
# Forms that are there to be looked at: nobody waits for an answer.
SAMPLES = {"styleguide"}
SENT_TO = [name for name in (*TABLE, *LIBRARY_S) if name not in SAMPLES]
# Pressed without a cookie: by a mail program for its reader, and by pupils, whose devices are given none. What stands
# in the address is the proof.
WITHOUT_COOKIE = {"stop_letters", "answer_poll"}
# A world is made once for so many pages, and each try is undone. Of an ordinary day a share of the pages is enough; all
# of them are sent everything on the database that takes more offence, at a NUL for one, and SQLite has its share.
IN_FULL = [pytest.mark.slow, pytest.mark.postgresql]
SHARES = [
    pytest.param(SENT_TO[::16], id="every day"),
    pytest.param(SENT_TO[8::16], marks=IN_FULL, id="1 of 8"),
    *(pytest.param(SENT_TO[start::8], marks=IN_FULL, id=f"{start + 1} of 8") for start in range(1, 8)),
]
PAGES = pytest.mark.parametrize("names", SHARES)


@dataclass(frozen=True)
class Shown:
    """A form on a page, as somebody sees it."""

    page: str
    person: str
    form: Form

    @property
    def target(self) -> str:
        """The page to which it is sent."""
        return str(resolve(urlsplit(self.form.action).path).url_name)


def forms_on(crowd: Crowd, name: str) -> Iterator[Shown]:
    """Each different form that this page shows to anybody, and those of the other steps to which it leads."""
    known = set()
    for person in crowd.people:
        waiting, been = [crowd.addresses[name]], set()
        while waiting:
            address = waiting.pop()
            been.add(address)
            page, may_only_act = open_page(crowd, person, address)
            if may_only_act:
                page.forms = [Form(address, "post", False, {each: Field(each, "text", [""]) for each in BUTTONS_CARRY})]
            waiting += [each for each in other_steps(crowd, page) if each not in been and each not in waiting]
            for form in page.forms:
                shown = Shown(name, person, form)
                what = (form.action, tuple(form.fields), tuple(name for name, _ in form.buttons))
                if form.method == "post" and what not in known and EVERYWHERE.get(shown.target, name) == name:
                    known.add(what)
                    yield shown


def forms_of(crowd: Crowd, names: list[str]) -> Iterator[Shown]:
    """Each different form of each of these pages."""
    crowd.make_everything()
    for name in names:
        yield from forms_on(crowd, name)


def open_page(crowd: Crowd, person: str, address: str) -> tuple[Page, bool]:
    """The page as this person sees it, and whether there is none to see because it only acts."""
    with as_if_nothing_happened():
        response = crowd.browser(person).get(address)
    shows = response.status_code == 200 and "html" in response["Content-Type"]
    return Page(words_of(response) if shows else "", address), response.status_code == 405


def other_steps(crowd: Crowd, page: Page) -> Iterator[str]:
    """The links of this page to the same row's other steps: one address of those we hold, but for one word."""
    for link in page.links:
        path = urlsplit(urljoin(page.address, link)).path
        try:
            match = resolve(path)
        except Resolver404:
            continue
        ours = crowd.addresses.get(str(match.url_name), path)
        if path != ours and {k: v for k, v in match.kwargs.items() if k == "pk"} == pk_of(ours):
            yield path


def pk_of(address: str) -> dict[str, object]:
    """The row that this address names; one that names none is nobody's other step."""
    kwargs = resolve(address).kwargs
    return {"pk": kwargs["pk"]} if len(kwargs) > 1 and "pk" in kwargs else {"pk": None}


def told(found: Found) -> Iterator[str]:
    """What was found, a line each."""
    return (f"{what}: {fault}" for what, faults in found.items() for fault in faults)


def others_of(form: Form) -> dict[str, str]:
    """For each choice the form offers, a value that it does not offer: the neighbour's row where it offers rows."""
    found = {}
    for each in form.of_kind(CHOSEN):
        if each.kind == "checkbox" and len(each.offered) == 1:
            continue  # a tick is a tick, whatever it carries
        numbers = [int(value) for value in each.offered if re.fullmatch(r"\d{1,9}", value)]
        found[each.name] = str(max(numbers) + 1) if numbers else "not_offered"
    return found


def tries(form: Form) -> Iterator[tuple[str, Sent, Files]]:
    """Everything that is wrong to send: what is the matter with it, the words and the files."""
    plausible = filled(form)
    yield "untouched", form.untouched(), {}
    yield "emptied", form.emptied(), {}
    yield "filled", plausible, {}
    yield "without a word", {name: sent for name, sent in plausible.items() if name == TOKEN}, {}
    for kind, words in WORDS.items():
        yield f"{kind} everywhere", {**plausible, **{each.name: [words] for each in form.of_kind(TYPED)}}, {}
    for name in (each.name for each in form.of_kind(frozenset({"file"}))):
        for kind, file in files().items():
            yield f"{kind} in {name}", plausible, {name: file}


def tries_field_by_field(form: Form) -> Iterator[tuple[str, Sent, Files]]:
    """One thing wrong at a time, so that it is met alone: words in each field, hidden ones too."""
    plausible = filled(form)
    for each in form.of_kind(TYPED | {"hidden"}) if TOKEN in form.fields else []:
        for kind, words in WORDS.items():
            if each.name != TOKEN:
                yield f"{kind} in {each.name}", {**plausible, each.name: [words]}, {}


def press(crowd: Crowd, shown: Shown, sent: Sent, held: Files, watch: Watch, times: int = 1) -> Iterator[str]:
    """What is wrong with the answers when this is sent so many times in a row."""
    with as_if_nothing_happened():
        for _ in range(times):
            with watch.watching():
                response = send(crowd, shown.person, shown.form.action, sent, held)
            yield from faults_of(response, watch, shown.form.action) if times == 1 else broken(response)


def broken(response: HttpResponse) -> Iterator[str]:
    """Whether it ended in an error of ours."""
    if response.status_code >= 500:
        yield f"answered {response.status_code}"


@PAGES
def test_whatever_is_sent_is_done_or_refused_in_words_with_nothing_changed(
    names: list[str], crowd: Crowd, record_property
):
    found = sent_to(names, crowd, tries, record_property)
    assert not found, "\n".join(told(found))


@pytest.mark.slow
@PAGES
def test_whatever_stands_in_any_one_field_is_done_or_refused_too(names: list[str], crowd: Crowd, record_property):
    found = sent_to(names, crowd, tries_field_by_field, record_property)
    assert not found, "\n".join(told(found))


def sent_to(names: list[str], crowd: Crowd, ways: Callable[[Form], Iterator[tuple[str, Sent, Files]]], record) -> Found:
    """What is wrong with the answers when the forms of this page are sent in all of these ways, and then twice."""
    crowd.make_everything()  # before the rows are counted
    found, watch, pressed = {}, Watch(), 0
    for shown in forms_of(crowd, names):
        for kind, sent, held in ways(shown.form):
            pressed += 1
            if faults := list(press(crowd, shown, sent, held, watch)):
                found[f"{shown.person} sends to {shown.target}: {kind}"] = faults
        if faults := list(press(crowd, shown, filled(shown.form), {}, watch, times=2)):
            found[f"{shown.person} sends to {shown.target}: twice"] = faults
    record("forms sent", pressed)
    return found


@PAGES
def test_rubbish_in_an_address_is_answered_and_comes_back_as_words(names: list[str], crowd: Crowd):
    crowd.make_everything()
    found, known = {}, set()
    for name, person in product(names, crowd.people):
        page, _ = open_page(crowd, person, crowd.addresses[name])
        fields = frozenset(field for form in page.forms for field in form.fields) - {TOKEN} | {"q", "page", "next"}
        if not page.forms or (name, fields) in known:
            continue
        known.add((name, fields))
        for kind, words in WORDS.items():
            if kind != "far too much":
                with as_if_nothing_happened():
                    response = crowd.browser(person).get(crowd.addresses[name], dict.fromkeys(fields, words))
                if response.status_code >= 500 or HOSTILE_MARK in words_of(response):
                    found[f"{person} asks for {name}: {kind}"] = [f"answered {response.status_code}"]
    assert not found, "\n".join(told(found))


@PAGES
def test_a_choice_that_was_not_offered_changes_nothing(names: list[str], crowd: Crowd):
    crowd.make_everything()
    found, watch = {}, Watch()
    for shown in forms_of(crowd, names):
        for field, other in others_of(shown.form).items():
            with as_if_nothing_happened(), watch.watching():
                sent = {**filled(shown.form), field: [other]}
                response = send(crowd, shown.person, shown.form.action, sent)
                faults = [*faults_of(response, watch, shown.form.action), *map(str, watch.changed())]
            if faults:
                found[f"{shown.person} sends to {shown.target}: {field}={other}"] = faults
    assert not found, "\n".join(told(found))


@PAGES
def test_a_form_is_of_no_use_to_those_who_may_not_send_it(names: list[str], crowd: Crowd):
    crowd.make_everything()
    found, watch = {}, Watch()
    for shown in forms_of(crowd, names):
        row = TABLE.get(shown.target, {})
        for person in PEOPLE:
            if row.get(person, "opens") == "opens":
                continue
            with as_if_nothing_happened(), watch.watching():
                met = outcome_of(send(crowd, person, shown.form.action, filled(shown.form)))
                if watch.changed() and (row[person] != "goes on" or "opens" in row.values()):
                    found[f"{person} sends to {shown.target}"] = watch.changed()
                elif row[person] not in {met, "goes on"}:
                    found[f"{person} sends to {shown.target}"] = [f"met {met!r}, not {row[person]!r}"]
    assert not found, "\n".join(told(found))


@PAGES
def test_a_form_without_its_token_is_refused_in_our_dress(names: list[str], crowd: Crowd):
    crowd.make_everything()
    found, watch = {}, Watch()
    for shown in forms_of(crowd, [name for name in names if name not in WITHOUT_COOKIE]):
        with as_if_nothing_happened(), watch.watching():
            response = send(crowd, shown.person, shown.form.action, filled(shown.form), strict=True)
            if response.status_code != 403 or "open too long" not in words_of(response) or watch.changed():
                found[shown.target] = [f"answered {response.status_code}, changed {watch.changed()}"]
    assert not found, "\n".join(told(found))


def outcome_of(response: HttpResponse) -> str:
    """What somebody meets, in the policy's words."""
    if response.status_code == 302:
        return "sign in" if asks_to_sign_in(response) else "goes on"
    return {200: "opens", 403: "refused", 404: "hidden"}.get(response.status_code, f"answered {response.status_code}")
