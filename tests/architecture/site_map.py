"""Walks our addresses, so that a statement about every page can be a test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Pages of libraries carry no mark of ours; each is guarded in its own way.
LIBRARIES = {
    "allauth": "sign-in itself: open to whoever comes, or to the person signed in, as the library's own tests show",
    "django.contrib.admin": "staff only, by the site's own permission check; a window in which statuses are read-only",
    "django.views.static": "files in development; whitenoise serves them otherwise",
    "django.contrib.staticfiles": "files in development; whitenoise serves them otherwise",
    "django.views.i18n": "sets a cookie for the language",
}


@dataclass(frozen=True)
class Page:
    """One address of ours: its name, the arguments it takes, and the view behind it."""

    name: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def module(self) -> str:
        """Where the view was written."""
        return getattr(self.view, "view_class", self.view).__module__

    @property
    def is_a_library_s(self) -> bool:
        """Whether the view is one of a library that we name."""
        return any(self.module == library or self.module.startswith(f"{library}.") for library in LIBRARIES)


def pages() -> list[Page]:
    """Every page of ours, in the order of the site map."""
    return [page for page in every_page() if not page.is_a_library_s]


def every_page() -> list[Page]:
    """Every address that the site answers, a library's included."""
    return list(walk(get_resolver().url_patterns, "", ()))


def walk(patterns: list[Any], namespace: str, arguments: tuple[str, ...]) -> Iterator[Page]:
    """The pages under these patterns; `arguments` are those that the addresses above them take."""
    for pattern in patterns:
        taken = (*arguments, *pattern.pattern.converters, *getattr(pattern.pattern.regex, "groupindex", ()))
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inside, taken)
        elif isinstance(pattern, URLPattern):
            yield Page(f"{namespace}{pattern.name}", tuple(dict.fromkeys(taken)), pattern.callback)
