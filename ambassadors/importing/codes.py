"""Read what somebody offers, and how they came to their work: codes of our one list, or its own words for them."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ambassadors.languages import LANGUAGES, LONGEST_LANGUAGE
from stem.curriculum import ACTIVITIES, SUBJECTS, Route, Stage
from stem.tables import plain


class No(Exception):
    """This cell cannot be read, and why."""


def _known(pairs: Iterable[tuple[str, "str | Promise"]]) -> dict[str, str]:
    """Each code by how people may write it: itself, or its name in English."""
    found = {}
    for code, name in pairs:
        found[_key(str(name))] = code
        found[_key(str(name).partition("(")[0])] = code
    return found | {_key(code): code for code, _name in pairs}


def _key(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isalnum())


ROUTES = _known(Route.choices)
_SUBJECTS = _known([(each.code, each.name) for each in SUBJECTS.values()])
_STAGES = _known(Stage.choices)
_ACTIVITIES = _known([(each.code, each.name) for each in ACTIVITIES.values()])
_LANGUAGES = {plain(each): each for each in LANGUAGES}


def read_code(known: Mapping[str, str], text: str) -> str:
    """The code of ours that these words mean. Raises `No` where it is none."""
    code = known.get(_key(text))
    if code is None:
        example = next(iter(known.values()))
        raise No(_("This is not on our list. Write it as our own pages do, such as “%(code)s”.") % {"code": example})
    return code


def read_language(text: str) -> str:
    """A language: one of the list as the list writes it, any other as it was written. Raises `No`."""
    text = " ".join(text.split())
    if len(text) > LONGEST_LANGUAGE or not any(letter.isalpha() for letter in text):
        raise No(_("This is not a language, in up to %(most)d letters.") % {"most": LONGEST_LANGUAGE})
    return _LANGUAGES.get(plain(text), text)


READERS_OF_LISTS: Mapping[str, Callable[[str], str]] = {
    "subjects": partial(read_code, _SUBJECTS),
    "stages": partial(read_code, _STAGES),
    "activities": partial(read_code, _ACTIVITIES),
    "languages": read_language,
}
