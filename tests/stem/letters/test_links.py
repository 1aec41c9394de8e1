"""A single-use link opens what it was made for, in its time, once."""

from datetime import timedelta

import pytest

from stem.letters.drafts import Draft
from stem.letters.links import find_link, mint_link, use_link
from stem.letters.models import OneTimeLink
from stem.rules import Refusal

pytestmark = pytest.mark.django_db


def refused(find, *args, **kwargs) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        find(*args, **kwargs)
    return refusal.value.codes


def test_a_link_is_found_by_its_token_until_it_runs_out(now):
    token = mint_link("answer_test", 7, expires_at=now + timedelta(days=3))
    link = find_link("answer_test", token, at=now + timedelta(days=3, seconds=-1))
    assert (link.purpose, link.object_id) == ("answer_test", 7)
    assert refused(find_link, "answer_test", token, at=now + timedelta(days=3)) == ["link_expired"]


def test_a_link_opens_nothing_else(now):
    token = mint_link("answer_test", 7, expires_at=now + timedelta(days=3))
    assert refused(find_link, "another_purpose", token, at=now) == ["link_unknown"]
    assert refused(find_link, "answer_test", token[:-1], at=now) == ["link_unknown"]


def test_a_link_acts_once(now):
    token = mint_link("answer_test", 7, expires_at=now + timedelta(days=3))
    first, second = find_link("answer_test", token, at=now), find_link("answer_test", token, at=now)
    use_link(first, at=now)
    assert refused(use_link, second, at=now) == ["link_used"]
    assert refused(find_link, "answer_test", token, at=now) == ["link_used"]


def test_looking_at_a_link_does_not_use_it(now):
    token = mint_link("answer_test", 7, expires_at=now + timedelta(days=3))
    find_link("answer_test", token, at=now)
    assert OneTimeLink.objects.get().used_at is None


def test_a_token_has_at_least_128_bits_and_its_row_does_not_hold_it(now):
    tokens = {mint_link("answer_test", 7, expires_at=now) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 128 / 6
    assert tokens.isdisjoint(OneTimeLink.objects.values_list("token_hash", flat=True))


def test_a_draft_makes_links_and_pages_that_work_from_a_letter(now):
    draft = Draft(at=now)
    address = draft.link("answer_test", 7, days=1)
    token = address.removeprefix("https://scheme.example/answer-test/").removesuffix("/")
    assert find_link("answer_test", token, at=now).object_id == 7
    assert draft.page("staff_letter", 7) == "https://scheme.example/staff/letters/7/"


def test_a_preview_makes_none(now):
    assert Draft(at=now, preview=True).link("answer_test", 7, days=1) == "[[answer_test 7]]"
    assert OneTimeLink.objects.count() == 0
