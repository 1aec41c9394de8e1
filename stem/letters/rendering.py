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

from stem.letters.drafts import Draft, Envelope
from stem.letters.models import Letter
from stem.scheme.identity import who_we_are

EDITED_TEMPLATE = "emails/edited.html"


@dataclass(frozen=True)
class Wording:
    """A letter as its reader will see it."""

    envelope: Envelope
    subject: str
    text: str
    html: str


def word_letter(letter: Letter, *, at: datetime, preview: bool = False) -> Wording | None:
    """The letter's words as they would leave at this moment, or None when its fact holds no longer.

    Its links are minted here (never in a preview), all of them or, should anything fail, none.
    """
    language = letter.recipient.language if letter.recipient else letter.language
    draft = Draft(at=at, preview=preview)
    with translation.override(language), transaction.atomic():
        envelope: Envelope | None = import_string(letter.fact)(draft, **letter.ids)
        if envelope is None:
            return None
        return _edited(letter, envelope, draft) if letter.is_edited else _from_templates(letter, envelope)


def template_folder(fact: str) -> str:
    """Where the templates of a fact are: `bookings.notifications.offer_made` has `emails/bookings/offer_made`."""
    module, _, name = fact.rpartition(".")
    app = module.partition(".notifications")[0].rpartition(".")[2]
    return f"emails/{app}/{name}"


def _from_templates(letter: Letter, envelope: Envelope) -> Wording:
    folder = template_folder(letter.fact)
    context = _context(letter, envelope)
    return Wording(
        envelope=envelope,
        subject=" ".join(_plain(f"{folder}/subject.txt", context).split()),
        text=_plain(f"{folder}/body.txt", context).strip() + "\n",
        html=render_to_string(f"{folder}/body.html", context),
    )


def _edited(letter: Letter, envelope: Envelope, draft: Draft) -> Wording:
    text = letter.body
    for placeholder, address in draft.links.items():
        text = text.replace(placeholder, address)
    context = _context(letter, envelope) | {"text": text, "subject": letter.subject}
    html = render_to_string(EDITED_TEMPLATE, context)
    return Wording(envelope=envelope, subject=letter.subject, text=text, html=html)


def _context(letter: Letter, envelope: Envelope) -> dict[str, Any]:
    scheme = who_we_are()
    return {
        "to_name": envelope.to_name,
        "scheme_name": scheme.known_as,
        "scheme_email": scheme.email,
        "scheme_phone": scheme.telephone,
        "base_url": settings.BASE_URL,
    } | envelope.context


def _plain(name: str, context: Mapping[str, Any]) -> str:
    # Django escapes for HTML whatever the file is called; in plain text O&#x27;Neill is wrong.
    template = get_template(name)
    assert isinstance(template, Template)
    return str(template.template.render(Context(dict(context), autoescape=False)))
