"""Everybody at their browsers, in a world that holds one of everything: each try starts from the same."""

from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.architecture.addresses import ARGUMENTS
from tests.architecture.site_map import Page, every_page
from tests.architecture.world import PEOPLE, World

# Arguments for the pages of libraries that take some.
GARBAGE = {"key": "nothing", "uidb36": "1", "pk": 1, "token": "nothing"}


class Crowd:
    """A world, its people signed in once, and its addresses made once."""

    def __init__(self, world: World, people: tuple[str, ...] = PEOPLE) -> None:
        self.world = world
        self.people = people
        self.addresses = {page.name: self._address(page) for page in every_page()}
        self.cookies = {person: world.client_of(person).cookies.output(header="") for person in people}
        self._browser = Client(raise_request_exception=False)
        self._strict = Client(raise_request_exception=False, enforce_csrf_checks=True)

    def _address(self, page: Page) -> str:
        if page.name in ARGUMENTS:
            return self.world.address(page.name)
        try:
            return reverse(page.name, kwargs={name: GARBAGE[name] for name in page.arguments})
        except NoReverseMatch:  # an argument of another type
            return reverse(page.name, kwargs=dict.fromkeys(page.arguments, "nothing"))

    def browser(self, person: str, *, strict: bool = False) -> Client:
        """This person's browser as it was when they had just signed in; no rate limit has been touched."""
        cache.clear()
        client = self._strict if strict else self._browser
        client.cookies = SimpleCookie()
        client.cookies.load(self.cookies[person])
        return client

    def make_everything(self) -> None:
        """Let the world hold every row that any page may want."""
        for name in dir(type(self.world)):
            if isinstance(getattr(type(self.world), name), cached_property):
                getattr(self.world, name)


def words_of(response: HttpResponseBase) -> str:
    """The body of an answer, also of one that streams."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined, call-overload]
    return body.decode(errors="replace")


def complaints(response: HttpResponse) -> list[str]:
    """What a button's refusal says on the page to which it leads."""
    storage: Any = getattr(response.wsgi_request, "_messages", None)
    return [str(each) for each in getattr(storage, "_queued_messages", ()) if each.level >= messages.ERROR]
