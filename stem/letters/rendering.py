"""Write a letter: ask its fact whether it still holds, then fill in its templates in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from stem.letters.choices import stop_key
from stem.letters.drafts import Draft, Envelope, Fact
from stem.letters.kinds import LetterKind, kind_of
from stem.letters.models import Letter
from stem.letters.post import path_of
from stem.scheme.identity import who_we_are

EDITED_TEMPLATE = "emails/edited.html"
EDITED_PART = "emails/parts/edited.html"
# In which frame a gathered letter's news stands: a letter of its own, or a part of one; as text and as HTML.
ALONE = ("emails/alone.txt", "emails/alone.html")
PART = ("emails/part.txt", "emails/part.html")
# What stands above the foot of a plain letter, as mail programs know it.
SIGNATURE = "\n-- \n"


@dataclass(frozen=True)
class Part:
    """A letter's words as they stand beside those of others: without salutation, and with a foot of a line or two."""

    subject: str
    text: str
    html: str
    because: str
    stop_url: str = ""
    stop_kind: str = ""


@dataclass(frozen=True)
class Wording:
    """A letter as its reader will see it; of one that is gathered also the part that it is of a letter with others."""

    envelope: Envelope
    subject: str
    text: str
    html: str
    stop_url: str = ""
    part: Part | None = None


def word_letter(letter: Letter, *, at: datetime, preview: bool = False) -> Wording | None:
    """The letter's words as they would leave now, or None when its fact holds no longer or its reader has gone.

    Its links are minted here (never in a preview), all of them or, should anything fail, none.
    """
    if letter.recipient is not None and not letter.recipient.is_active:
        return None  # a closed account has left its address, and takes part in nothing
    language = letter.recipient.language if letter.recipient else letter.language
    draft = Draft(at=at, preview=preview)
    with translation.override(language), transaction.atomic():
        fact = import_string(letter.fact)
        envelope: Envelope | None = fact(draft, **letter.ids)
        if envelope is None:
            return None
        if letter.is_gathered and (envelope.attachments or envelope.calendar):
            raise ValueError("A fact that is gathered encloses nothing.")
        context = context_of(envelope) | {"because": str(getattr(fact, "because", ""))}
        context |= _way_to_stop(letter, kind_of(fact), draft)
        return _edited(letter, envelope, draft, context) if letter.is_edited else _filled_in(letter, envelope, context)


def word_in_advance(fact: Fact, envelope: Envelope, *, language: str) -> Wording:
    """What a letter of this fact would say with this envelope, where there is no letter yet: a preview."""
    path = path_of(fact)
    with translation.override(language):
        context = context_of(envelope) | {"because": str(getattr(fact, "because", ""))}
        folder = template_folder(path)
        text, html = _body(folder, context, ALONE)
        return Wording(envelope, one_line(f"{folder}/subject.txt", context), text, html)


def _way_to_stop(letter: Letter, kind: LetterKind | None, draft: Draft) -> dict[str, str]:
    """What the foot of a letter says that its reader may do without; only an account can keep such a choice."""
    if kind is None or not kind.is_optional or letter.recipient is None:
        return {}
    return {"stop_url": draft.stop(stop_key(letter.recipient, kind)), "stop_kind": str(kind.label)}


def template_folder(fact: str) -> str:
    """Where the templates of a fact are: `bookings.notifications.offer_made` has `emails/bookings/offer_made`."""
    module, _, name = fact.rpartition(".")
    app = module.partition(".notifications")[0].rpartition(".")[2]
    return f"emails/{app}/{name}"


def _filled_in(letter: Letter, envelope: Envelope, context: dict[str, Any]) -> Wording:
    folder = template_folder(letter.fact)
    subject = one_line(f"{folder}/subject.txt", context)
    text, html = _body(folder, context, ALONE)
    part = _part(subject, *_body(folder, context, PART), context) if letter.is_gathered else None
    return Wording(envelope, subject, text, html, context.get("stop_url", ""), part)


def _body(folder: str, context: dict[str, Any], frame: tuple[str, str]) -> tuple[str, str]:
    text = plain_words(f"{folder}/body.txt", context | {"frame": frame[0]})
    return text, render_to_string(f"{folder}/body.html", context | {"frame": frame[1]})


def _edited(letter: Letter, envelope: Envelope, draft: Draft, context: dict[str, Any]) -> Wording:
    text = letter.body
    for placeholder, address in draft.links.items():
        text = text.replace(placeholder, address)
    html = render_to_string(EDITED_TEMPLATE, context | {"text": text, "subject": letter.subject})
    part = None
    if letter.is_gathered:
        # Staff edit a whole letter; its foot is that of the letter in which the part stands.
        words = text.partition(SIGNATURE)[0].strip()
        part = _part(letter.subject, words, render_to_string(EDITED_PART, {"text": words}), context)
    return Wording(envelope, letter.subject, text, html, context.get("stop_url", ""), part)


def _part(subject: str, text: str, html: str, context: Mapping[str, Any]) -> Part:
    stop_url, stop_kind = context.get("stop_url", ""), context.get("stop_kind", "")
    return Part(subject, text.strip(), html, context["because"], stop_url, stop_kind)


def context_of(envelope: Envelope) -> dict[str, Any]:
    """What every letter's templates are told, and what this one's are."""
    scheme = who_we_are()
    return {
        "to_name": envelope.to_name,
        "scheme_name": scheme.known_as,
        "scheme_email": scheme.email,
        "scheme_phone": scheme.telephone,
        "base_url": settings.BASE_URL,
    } | envelope.context


def one_line(name: str, context: Mapping[str, Any]) -> str:
    """A template of one line, such as a subject, filled in without escaping."""
    return " ".join(_plain(name, context).split())


def plain_words(name: str, context: Mapping[str, Any]) -> str:
    """A plain template filled in without escaping."""
    return _plain(name, context).strip() + "\n"


def _plain(name: str, context: Mapping[str, Any]) -> str:
    # Django escapes for HTML whatever the file is called; in plain text O&#x27;Neill is wrong.
    template = get_template(name)
    assert isinstance(template, Template)
    return str(template.template.render(Context(dict(context), autoescape=False)))
