"""Drafts that nobody comes back to are deleted after six months, and nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, CheckStatus, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Membership, Scheme
from ambassadors.notifications import DAYS_TO_ANSWER
from ambassadors.operations.forgetting import forget_drafts
from stem.accounts.models import User
from stem.audit.models import Entry
from stem.letters.links import mint_link
from tests import make

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
# London's first of March: exactly six months on, and the first moment at which it is more.
STILL_KEPT = datetime(2027, 3, 1, 23, 59, tzinfo=UTC)
OVER = datetime(2027, 3, 2, 0, 0, tzinfo=UTC)


@pytest.fixture
def draft():
    """Someone who began, and was last here on that day."""
    person = make.applicant(status=AmbassadorStatus.DRAFT, registered_at=BEGAN)
    User.objects.filter(pk=person.user_id).update(last_login=BEGAN)
    return person


def is_kept(person: Ambassador) -> bool:
    return Ambassador.objects.filter(pk=person.pk).exists()


def test_a_draft_is_kept_for_six_months_after_its_person_was_last_here(draft):
    assert forget_drafts(at=STILL_KEPT) == 0
    assert is_kept(draft)

    assert forget_drafts(at=OVER) == 1
    assert not is_kept(draft)


def test_twice_does_no_harm(draft):
    assert [forget_drafts(at=OVER), forget_drafts(at=OVER)] == [1, 0]


def test_everything_that_belongs_to_it_goes_and_the_account_stays(draft):
    officer = make.user()
    make.hold(draft, starts_on=BEGAN.date())
    make.requirement(draft, kind=RequirementKind.ELIG, recorded_by=officer)
    passed = make.requirement(draft, kind=RequirementKind.INDUCT, recorded_by=officer)
    make.passed_quiz(draft, passed)
    make.check(draft, status=CheckStatus.APPLIED).events.create(kind="apply", status="applied", by=officer, at=BEGAN)
    referee = make.referee(draft)
    referee.events.create(kind="ask", status="asked", by=draft.user, at=BEGAN)
    draft.events.create(kind="begin", status="draft", by=draft.user, at=BEGAN)
    draft.clauses.create(version=1, code="guest", accepted_at=BEGAN)

    assert forget_drafts(at=OVER) == 1

    assert User.objects.filter(pk=draft.user_id).exists()
    assert Entry.objects.get(action="draft.forget").object_id == str(draft.pk)
    left = {
        relation.related_model.__name__: relation.related_model._base_manager.filter(
            **{relation.field.name: draft.pk}
        ).count()
        for relation in Ambassador._meta.related_objects
    }
    assert {name: count for name, count in left.items() if count} == {}


def test_a_referee_s_link_to_a_forgotten_draft_has_run_out(draft, client, monkeypatch):
    asked_at = OVER - timedelta(days=29)
    token = mint_link("give_reference", make.referee(draft).pk, expires_at=asked_at + timedelta(days=DAYS_TO_ANSWER))
    forget_drafts(at=OVER)
    monkeypatch.setattr(timezone, "now", lambda: OVER)

    page = client.get(reverse("give_reference", args=[token]))

    assert page.status_code == 410
    assert "Amina" not in page.text


@pytest.mark.parametrize("status", ["imported", "vetting", "active", "paused", "declined", "left"])
def test_what_was_sent_in_is_never_forgotten(draft, status):
    Ambassador.objects.filter(pk=draft.pk).update(status=status)

    assert forget_drafts(at=OVER + timedelta(days=3000)) == 0


def test_whoever_came_back_since_keeps_their_draft(draft):
    User.objects.filter(pk=draft.user_id).update(last_login=OVER - timedelta(days=1))

    assert forget_drafts(at=OVER) == 0


def test_one_begun_lately_is_kept_though_its_person_was_never_here():
    make.ambassador(status=AmbassadorStatus.DRAFT, registered_at=OVER - timedelta(days=1))

    assert forget_drafts(at=OVER) == 0


def test_what_another_scheme_s_register_brought_is_kept(draft):
    scheme = Scheme.objects.create(name="Another scheme")
    Membership.objects.create(ambassador=draft, scheme=scheme, legacy_id="17")

    assert forget_drafts(at=OVER) == 0


def test_a_safeguarding_hold_is_not_forgotten_with_its_draft(draft):
    make.hold(draft, kind=HoldKind.SAFEGUARDING, starts_on=BEGAN.date())

    assert forget_drafts(at=OVER) == 0


@pytest.mark.parametrize("status", [CheckStatus.SEEN, CheckStatus.NOT_SUITABLE, CheckStatus.BARRED])
def test_a_draft_of_whose_check_more_is_known_is_kept(draft, status):
    make.check(draft, status=status)
    assert forget_drafts(at=OVER) == 0
    assert is_kept(draft)
