"""A mail scanner, or a mail program that looks ahead, follows every link of every letter: nothing happens by it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from inspect import getmembers, isfunction, signature
from itertools import islice, product

import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Application, Check, RenewalNotice
from bookings.enums import VisitStatus
from bookings.models import Preparation, Visit
from quality.enums import ComplaintStatus, FeedbackSide, FeedbackStatus
from quality.given import year_of
from quality.models import ConfirmedAddress, Feedback
from stem.accounts.roles import Role
from stem.audit.record import record
from stem.audit.sealing import seal_entries
from stem.letters.drafts import Fact
from stem.letters.enums import LetterStatus
from stem.letters.models import Letter
from stem.letters.post import path_of, post
from stem.letters.rendering import word_letter
from stem.letters.sending import send_due
from tests import make
from tests.architecture.source import PACKAGES, modules
from tests.architecture.test_letters import DOES_NOTHING
from tests.clients import client_of
from tests.fire.crowd import Crowd
from tests.fire.rows import Watch
from tests.undoing import as_if_nothing_happened

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://(?:localhost:8000|testserver)(/[^\s\"'<>]*)")
LOOKS_AHEAD = (
    {},
    {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender"},
    {"X-Moz": "prefetch", "X-Purpose": "preview", "User-Agent": "BarracudaCentral link scanner"},
)
MOST_TRIES = 20_000
ALSO_CALLED = {"lead_id": "contact", "from_id": "contact", "to_id": "contact", "edition_id": "courseedition"}
# What the letters of sign-in are told in words.
WORDS = {"device": ["Firefox on Linux"], "kind": ["totp"], "old": ["old@work.example"], "provider": ["School sign-in"]}
# Moments that a letter is told, so that it falls silent once something newer has happened.
OF_APPLICATION = {"asked_at": "asked_at", "proposed_at": "decline_proposed_at"}
MOMENTS = ("when", "left_at", "reminded_at", "taken_back_at", "handed_at", "edited_at")


def facts() -> Iterator[Fact]:
    """Every fact that a letter tells."""
    for module in modules(*PACKAGES):
        if module.is_in("notifications"):
            for name, fact in getmembers(import_module(module.name), isfunction):
                if fact.__module__ == module.name and not name.startswith("_"):
                    yield fact


FACTS = {path_of(fact): fact for fact in facts()}


def model_of(argument: str) -> type[models.Model]:
    """The model whose rows this argument of a fact names."""
    called = ALSO_CALLED.get(argument, argument.removesuffix("_id"))
    return next(model for model in apps.get_models() if model._meta.model_name == called.replace("_", ""))


def values_of(argument: str) -> list[int | str]:
    """What this argument of a fact may be in a world that holds one of everything."""
    if argument in WORDS:
        return list(WORDS[argument])
    if argument in OF_APPLICATION:
        moments = Application.objects.values_list(OF_APPLICATION[argument], flat=True)
        return [moment.isoformat() for moment in moments if moment]
    if argument == "moved_at":
        return [moment.isoformat() for moment in Check.objects.values_list("moved_at", flat=True)]
    if argument == "version":
        return [prepared.outline_version for prepared in Preparation.objects.all()]
    if argument == "told_on":
        return [day.isoformat() for day in RenewalNotice.objects.values_list("told_on", flat=True)]
    if argument == "year":
        return [year_of(visit.starts_at) for visit in Visit.objects.filter(status=VisitStatus.DELIVERED)[:10]]
    if argument in MOMENTS:
        return [timezone.now().isoformat()]
    if not argument.endswith("_id"):
        return [0, 1, 2]
    ids = list(model_of(argument)._default_manager.order_by("-pk").values_list("pk", flat=True))
    return list(dict.fromkeys([*ids[:10], *ids[-10:]]))


def states_of(argument: str) -> list[str | None]:
    """The states in which its row can be: as it is, and then each of them."""
    try:
        field = model_of(argument)._meta.get_field("status")
    except Exception:  # it has no status, or is no row
        return [None]
    return [None, *(value for value, _ in field.choices or ())]


def write(fact: Fact, at: datetime) -> bool:
    """Bring the world into a state of which this fact is true, and owe its letter; whether that could be done."""
    names = [name for name in signature(fact).parameters if name != "draft"]
    ways = product(states_of(names[0]), *(values_of(name) for name in names))
    for state, *values in islice(ways, MOST_TRIES):
        ids = dict(zip(names, values, strict=True))
        try:
            with transaction.atomic():
                if state is not None:
                    model_of(names[0])._default_manager.filter(pk=values[0]).update(status=state)
                letter = post(fact, due_at=at, **ids)
                if word_letter(letter, at=at, preview=True) is None:
                    raise LookupError
        except (DatabaseError, LookupError):
            continue
        return True
    return False


def open_questions(at: datetime) -> None:
    """Let there be applicants about whom something is open with an officer, and one about whom nothing is."""
    officer = make.staff(Role.VETTING_OFFICER)
    asked = {"asked_for": "Your middle name", "asked_by": officer, "asked_at": at}
    proposed = {"decline_proposed_by": officer, "decline_proposed_at": at}
    for open_with_us in ({}, asked, proposed):
        Application.objects.create(ambassador=make.ambassador(), started_at=at, sent_at=at, **open_with_us)


def known_already(at: datetime) -> None:
    """Let there be people who come again: from another scheme, turned down before, and never told of it."""
    again = {"name": "Noor Newcomer", "phone": "07700 900555"}
    make.brought(**again, from_scheme=make.old_scheme("Overdue", complete=False))
    make.brought(**again, told_on=at.date())
    make.ambassador(name="Dan Declined", phone="07700 900556", status=AmbassadorStatus.DECLINED)
    make.ambassador(name="Dan Declined", phone="07700 900556")
    make.user(**again)


def known_addresses(at: datetime) -> None:
    """Let it be known of each adult who is asked how a visit went that the address is their school's."""
    officer = make.staff(Role.COORDINATOR)
    for form in Feedback.objects.filter(status=FeedbackStatus.INVITED, side=FeedbackSide.TEACHER):
        school, email = form.visit.request.school, form.visit.supervising_email.lower()
        known = {"confirmed_by": officer, "confirmed_at": at}
        ConfirmedAddress.objects.get_or_create(school=school, email=email, defaults=known)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FACTS))
def test_following_the_links_of_a_letter_changes_nothing(path: str, crowd: Crowd, record_property):
    crowd.make_everything()
    at = timezone.now()
    Feedback.objects.filter(status=FeedbackStatus.INVITED).update(closes_at=at + timedelta(days=28))
    open_questions(at)
    known_already(at)
    known_addresses(at)
    make.glass(make.concern(), by=make.staff(Role.SECOND_DEPUTY))
    make.staff(Role.SAFEGUARDING_LEAD)
    make.complaint(status=ComplaintStatus.ASSIGNED, handler=make.staff(Role.QUALITY_MANAGER))
    record("role.grant", make.user(), by=None, at=at)
    seal_entries(at=at)
    assert write(FACTS[path], at), "no row of this world is in a state that it tells of"
    # What can wait leaves in its reader's hours; a question whose time is over by then is tried as it is now.
    Letter.objects.filter(status=LetterStatus.WAITING).update(next_try_at=at)
    send_due(at=at)
    assert mail.outbox, "it did not leave"
    message = mail.outbox[-1]
    for part in (str(message.body), str(message.alternatives[0].content)):
        assert "You get this because" in part and DOES_NOTHING.search(part), part
    words = "\n".join([str(message.body), *(str(part.content) for part in getattr(message, "alternatives", ()))])
    links = sorted({link.rstrip(".,)") for link in LINK.findall(words)})

    watch, found = Watch(), {}
    clients = [Client(), crowd.browser("teacher"), client_of(make.user())]
    for client, link, headers, method in product(clients, links, LOOKS_AHEAD * 2, ("get", "head")):
        with as_if_nothing_happened(), watch.watching():
            answer = getattr(client, method)(link, headers=headers)
            if answer.status_code >= 500 or watch.changed():
                found[f"{method} {link}"] = (answer.status_code, watch.changed())
    record_property("links of letters followed", len(links) * 36)
    assert found == {}
    assert "List-Unsubscribe" not in message.extra_headers, "try what it does when a machine posts to it"
