"""What people of the register are called, and what staff type for it, as the same words. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ambassadors.enums import FoundBy
from ambassadors.linkage.names import fold, read_name
from ambassadors.linkage.records import read_employer, read_phone

LONGEST = 40
LONGEST_ADDRESS = 80
# So many of the last digits of a telephone number are enough to ask for it.
ENDING = 6

Words = set[tuple[str, FoundBy]]


def name_words(text: str) -> set[str]:
    """The words of a name, and what a surname of several parts is as one word: "van der Berg", "O Brien"."""
    name = read_name(text)
    # "O'Connor" is looked for as "Connor" too.
    apart = {word for word in fold(_APOSTROPHE.sub(" ", text)).split() if len(word) > 1}
    words = {*name.first, *name.parts, name.surname, *fold(text).split(), *apart}
    return {word[:LONGEST] for word in words if word}


def employer_words(text: str) -> set[str]:
    """The words that tell an employer from others."""
    return {word[:LONGEST] for word in read_employer(text).split()}


def address_words(text: str) -> set[str]:
    """An e-mail address whole, and what stands from its @ on."""
    address = text.strip().lower()[:LONGEST_ADDRESS]
    _local, at, domain = address.partition("@")
    return {address, f"@{domain}"} if at and domain else set()


def phone_words(text: str) -> set[str]:
    """A telephone number in one spelling, and its last digits; nothing for what is none."""
    number = read_phone(text)
    return {f"tel:{number}"[:LONGEST], ending_of(number)} if number else set()


def ending_of(digits: str) -> str:
    """The word for a telephone number that ends so."""
    return f"tel:…{digits[-ENDING:]}"


def number_word(text: str) -> str:
    """A scheme's number or id, in small letters and without blanks."""
    return f"#{''.join(text.split()).casefold()}"[:LONGEST_ADDRESS]


_APOSTROPHE = re.compile(r"['’‘`´ʼ]")
_SPACED = re.compile(r"\s+")


def spaced(text: str) -> str:
    """One blank between words, and no letter that a database refuses."""
    return _SPACED.sub(" ", text.replace("\x00", " ")).strip()


# Of each field of a person how its words are made, and what they are called now and when they count no more.
OF_FIELD = {
    "full_name": (name_words, FoundBy.NAME, FoundBy.FORMER_NAME),
    "email": (address_words, FoundBy.EMAIL, FoundBy.FORMER_EMAIL),
    "phone": (phone_words, FoundBy.PHONE, FoundBy.FORMER_PHONE),
    "organisation": (employer_words, FoundBy.EMPLOYER, FoundBy.FORMER_EMPLOYER),
}
# Addresses and numbers are looked for as they are: only names and employers are misspelt.
MISSPELT = frozenset({FoundBy.NAME, FoundBy.KNOWN_AS, FoundBy.FORMER_NAME, FoundBy.EMPLOYER, FoundBy.FORMER_EMPLOYER})


def person_words(row: Mapping[str, Any], said: Iterable[Any], numbers: Iterable[str]) -> Words:
    """The words of one record, and of what voices say of it where that is something else."""
    words: Words = {(number_word(number), FoundBy.NUMBER) for number in numbers if number}
    called = name_words(row["known_as"])
    for name, (words_in, now, formerly) in OF_FIELD.items():
        current = words_in(row[name])
        words |= {(word, now) for word in current}
        before = {word for each in said if name in each for word in words_in(each[name][0])}
        words |= {(word, formerly) for word in before - current - called}
    return words | {(word, FoundBy.KNOWN_AS) for word in called - name_words(row["full_name"])}
