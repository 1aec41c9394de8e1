"""A number is somebody's once they have typed the code that came to it; and no longer once they have said stop."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from stem.audit.models import Entry
from stem.rules import Refusal
from stem.texts.codes import code_of, is_code, new_seed
from stem.texts.models import CODE_GOOD_FOR, TRIES, NumberProof, Text, TextNumber
from stem.texts.previews import preview_text
from stem.texts.proving import ask_for_code, prove_number, stop_texts
from stem.texts.sending import send_due
from stem.texts.tasks import clear_before
from tests import make
from tests.stem.texts.pocket import POCKET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pocket")]
MINE, OTHER = "+447700900123", "+447700900456"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def me():
    return make.user(name="Mo Mobile")


def code_sent(now) -> str:
    send_due(at=now)
    (code,) = re.findall(r"\d{6}", POCKET.taken[-1].words)
    return code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def refused(user, code: str, at) -> str:
    with pytest.raises(Refusal) as refusal:
        prove_number(user=user, code=code, at=at)
    return refusal.value.reasons[0].code


def numbers(user) -> list[str]:
    return list(TextNumber.objects.filter(user=user).values_list("number", flat=True))


def test_a_code_comes_to_the_number_and_shows_that_it_is_one_s_own(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    code = code_sent(now)
    assert [each.number for each in POCKET.taken] == [MINE]
    assert (
        POCKET.taken[0].words
        == f"{code} is your code for Rolemodel. Type it on the page that asked for it; tell nobody."
    )
    assert numbers(me) == []
    prove_number(user=me, code=f" {code[:3]} {code[3:]} ", at=now + MINUTE)
    assert numbers(me) == [MINE]
    assert not NumberProof.objects.exists()
    assert [entry.action for entry in Entry.objects.order_by("pk")] == ["texts.ask_for_code", "texts.opt_in"]


def test_a_wrong_code_is_none_and_each_try_counts(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    code = code_sent(now)
    assert [refused(me, wrong(code), now) for _ in range(TRIES)] == ["code", "code", "used_up"]
    assert refused(me, code, now) == "used_up"
    assert numbers(me) == []


def test_after_two_wrong_ones_the_right_one_still_does(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    code = code_sent(now)
    for _ in range(TRIES - 1):
        refused(me, wrong(code), now)
    prove_number(user=me, code=code, at=now)
    assert numbers(me) == [MINE]


def test_a_try_stays_counted_whatever_is_refused(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    refused(me, "no code", now)
    assert NumberProof.objects.get().tries == 1


def test_a_code_runs_out(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    code = code_sent(now)
    assert refused(me, code, now + CODE_GOOD_FOR) == "used_up"
    prove_number(user=me, code=code, at=now + CODE_GOOD_FOR - MINUTE)


def test_another_code_makes_the_first_worthless(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    first = code_sent(now)
    ask_for_code(user=me, number=MINE, at=now + MINUTE)
    second = code_sent(now + MINUTE)
    if first != second:
        assert refused(me, first, now + MINUTE) == "code"
    prove_number(user=me, code=second, at=now + MINUTE)


def test_a_code_for_one_number_shows_nothing_of_another(me, now):
    ask_for_code(user=me, number=OTHER, at=now)
    for_other = code_sent(now)
    ask_for_code(user=me, number=MINE, at=now + MINUTE)
    if for_other != code_sent(now + MINUTE):
        assert refused(me, for_other, now + MINUTE) == "code"


def test_another_person_s_code_opens_nothing(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    assert refused(make.user(), code_sent(now), now) == "used_up"


def test_what_waits_to_leave_says_nothing_once_another_was_asked_for(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    ask_for_code(user=me, number=OTHER, at=now + MINUTE)
    sweep = send_due(at=now + MINUTE)
    assert (sweep.sent, sweep.not_needed, [each.number for each in POCKET.taken]) == (1, 1, [OTHER])


def test_a_repeat_after_a_kill_says_the_same_code(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    first = code_sent(now)
    Text.objects.update(status="sending", claimed_until=now + MINUTE, sent_at=None)
    assert (code_sent(now + 2 * MINUTE), len(POCKET.taken)) == (first, 2)


def test_the_number_in_use_stays_until_another_is_shown(me, now):
    make.texted(me, number=MINE)
    ask_for_code(user=me, number=OTHER, at=now)
    assert numbers(me) == [MINE]
    prove_number(user=me, code=code_sent(now), at=now)
    assert numbers(me) == [OTHER]


def test_one_s_own_number_needs_no_second_proof(me, now):
    make.texted(me, number=MINE)
    with pytest.raises(Refusal) as refusal:
        ask_for_code(user=me, number=MINE, at=now)
    assert refusal.value.reasons[0].code == "number"


def test_two_people_may_have_one_number(me, now):
    make.texted(make.user(), number=MINE)
    ask_for_code(user=me, number=MINE, at=now)
    prove_number(user=me, code=code_sent(now), at=now)
    assert numbers(me) == [MINE]


def test_no_table_has_the_code(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    code = code_sent(now)
    rows = [vars(row) for model in (NumberProof, Text, Entry) for row in model.objects.all()]
    kept = [str(value) for row in rows for name, value in row.items() if "number" not in name and "key" not in name]
    assert not [value for value in kept if value == code or f" {code} " in value]


def test_without_the_server_s_key_a_seed_is_no_code(settings):
    seed = new_seed()
    code = code_of(seed, MINE)
    codes = set()
    for key in range(20):
        settings.SECRET_KEY = f"another key {key}"
        codes.add(code_of(seed, MINE))
    assert (len(codes) > 15 and code not in codes) or len(codes - {code}) > 15


def test_codes_have_six_digits_of_their_own():
    codes = [code_of(new_seed(), MINE) for _ in range(300)]
    assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)
    assert len(set(codes)) > 290


def test_what_is_no_code_is_none():
    seed = new_seed()
    assert not any(is_code(typed, seed=seed, number=MINE) for typed in ("", "abc", "१२३४५६", "0" * 60, "é"))


def test_staff_see_that_a_code_went_and_never_which(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    said = preview_text(Text.objects.get(), by=make.user(), at=now)
    assert "[[code]]" in said and not re.search(r"\d{6}", said)


def test_stopping_forgets_the_number_and_says_so_once(me, now):
    make.texted(me, number=MINE)
    ask_for_code(user=me, number=OTHER, at=now)
    for _ in range(2):
        stop_texts(user=me, by=me, at=now)
    assert (numbers(me), NumberProof.objects.count()) == ([], 0)
    assert [entry.action for entry in Entry.objects.order_by("pk")] == ["texts.ask_for_code", "texts.opt_out"]


def test_a_number_that_nobody_showed_to_be_theirs_is_forgotten(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    clear_before(now + CODE_GOOD_FOR - MINUTE)
    assert NumberProof.objects.exists()
    clear_before(now + CODE_GOOD_FOR)
    assert not NumberProof.objects.exists()


def test_the_database_allows_no_more_tries(me, now):
    ask_for_code(user=me, number=MINE, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberProof.objects.update(tries=TRIES + 1)
