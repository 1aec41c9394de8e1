"""Two devices, two links and two officers in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from ambassadors.conduct import CLAUSES, CURRENT_VERSION
from ambassadors.enums import RefereeCapacity, RefereeStatus, RequirementKind
from ambassadors.models import Ambassador, Referee
from ambassadors.operations.conduct import accept_clause
from ambassadors.operations.referees import Naming, name_referee, withdraw_referee
from ambassadors.operations.references import Reference, accept_reference, give_reference, not_accept_reference
from stem.accounts.roles import Role
from stem.letters.links import find_link, mint_link
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]

SAID = Reference("Long", "Yes", has_doubts=False, reliability="Very")


def all_at_once(*acts) -> list[str]:
    """What became of each of these, all begun together."""
    together = Barrier(len(acts))

    def begin(act) -> str:
        together.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(begin, acts))


def link_to(referee: Referee, now):
    token = mint_link("give_reference", referee.pk, expires_at=now + timedelta(days=1))
    return find_link("give_reference", token, at=now)


def test_of_answers_sent_by_two_links_at_once_one_is_taken(now):
    referee = make.referee(make.applicant())
    links = [link_to(referee, now), link_to(referee, now)]
    acts = [lambda link=link: give_reference(link=link, reference=SAID, at=now) for link in [*links, links[0]]]
    assert all_at_once(*acts) == ["answered_before", "answered_before", "done"]
    assert [event.kind for event in referee.events.all()] == ["answer"]


def test_one_officer_who_presses_twice_is_not_two_officers(now):
    referee = make.answered(make.applicant(), doubts=True)
    officer = make.staff(Role.VETTING_OFFICER)
    act = partial(not_accept_reference, referee=referee, because="Not theirs", by=officer, at=now)
    assert all_at_once(*[act] * 4) == ["done", "same_person", "same_person", "same_person"]
    referee.refresh_from_db()
    assert referee.status == RefereeStatus.ANSWERED
    assert [event.kind for event in referee.events.all()] == ["not_accept_first"]


def test_a_name_taken_back_while_the_answer_is_sent_is_one_or_the_other(now):
    person = make.applicant()
    referee = make.referee(person)
    link = link_to(referee, now)
    answers = all_at_once(
        lambda: give_reference(link=link, reference=SAID, at=now),
        lambda: withdraw_referee(referee=referee, by=person.user, at=now),
    )
    referee.refresh_from_db()
    assert (answers, referee.status) in [
        (["done", "not_needed"], RefereeStatus.WITHDRAWN),
        (["done", "state"], RefereeStatus.ANSWERED),
    ]


def test_two_officers_who_accept_at_once_complete_references_once(now):
    person = make.applicant()
    both = [make.answered(person, email=f"{letter}@a.example") for letter in "ab"]
    officers = [make.staff(Role.VETTING_OFFICER) for _ in both]
    acts = [
        lambda referee=referee, by=by: accept_reference(referee=referee, verified_how="Rang", by=by, at=now)
        for referee, by in zip(both, officers, strict=True)
    ]
    assert all_at_once(*acts) == ["done", "done"]
    assert person.requirements.filter(kind=RequirementKind.REF).count() == 1


def test_however_many_are_named_at_once_two_are_asked(now):
    person = make.applicant()
    acts = [
        lambda letter=letter: name_referee(
            ambassador=Ambassador.objects.get(pk=person.pk),
            naming=Naming("Rhea", f"{letter}@a.example", RefereeCapacity.EMPLOYER),
            by=person.user,
            at=now,
        )
        for letter in "abcd"
    ]
    assert all_at_once(*acts) == ["done", "done", "enough", "enough"]


def test_the_last_promise_pressed_on_two_devices_at_once_is_made_once(now):
    person = make.applicant()
    promise = {"ambassador": person, "version": CURRENT_VERSION, "by": person.user, "at": now}
    for clause in CLAUSES[:-1]:
        accept_clause(code=clause.code, **promise)
    last = [lambda: accept_clause(code=CLAUSES[-1].code, **promise)] * 2
    assert all_at_once(*last) == ["done", "done"]
    assert person.requirements.filter(kind=RequirementKind.CODE).count() == 1
    assert person.clauses.count() == len(CLAUSES)
