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
from stem.letters.drafts import Draft, Envelope
from stem.letters.kinds import LetterKind, kind_of
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
    stop_url: str = ""


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
        context = _context(envelope) | _way_to_stop(letter, kind_of(fact), draft)
        return _edited(letter, envelope, draft, context) if letter.is_edited else _filled_in(letter, envelope, context)


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
    return Wording(
        envelope=envelope,
        subject=" ".join(_plain(f"{folder}/subject.txt", context).split()),
        text=_plain(f"{folder}/body.txt", context).strip() + "\n",
        html=render_to_string(f"{folder}/body.html", context),
        stop_url=context.get("stop_url", ""),
    )


def _edited(letter: Letter, envelope: Envelope, draft: Draft, context: dict[str, Any]) -> Wording:
    text = letter.body
    for placeholder, address in draft.links.items():
        text = text.replace(placeholder, address)
    html = render_to_string(EDITED_TEMPLATE, context | {"text": text, "subject": letter.subject})
    stop_url = context.get("stop_url", "")
    return Wording(envelope=envelope, subject=letter.subject, text=text, html=html, stop_url=stop_url)


def _context(envelope: Envelope) -> dict[str, Any]:
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
