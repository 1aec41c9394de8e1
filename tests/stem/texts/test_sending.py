"""Texts that are due go once, each on its own, by day, and for as long as they are of use."""

import logging
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from stem.texts.handling import cancel_text, hold_text, release_text, retry_text
from stem.texts.models import Text, TextNumber
from stem.texts.port import NeverTaken, NotTaken
from stem.texts.post import post_text
from stem.texts.proving import stop_texts
from stem.texts.sending import BACK_OFF_MINUTES, KILLS_AT_MOST, send_due
from stem.texts.tasks import clear_before
from tests import make
from tests.stem.texts import facts
from tests.stem.texts.pocket import POCKET, Pocket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pocket")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAR = 3 * DAY


@pytest.fixture
def reader():
    return make.texted(make.user(name="Rhys Reader"))


def posted(to, now: datetime, fact=facts.plain, *, until: timedelta = FAR, number: int = 7, **said) -> Text:
    return post_text(fact, {"number": number}, to=to, until=now + until, at=now, **said)


def status(text: Text) -> str:
    text.refresh_from_db()
    return text.status


def words() -> list[str]:
    return [each.words for each in POCKET.taken]


def test_it_goes_once_to_the_number_that_is_its_reader_s(reader, now):
    text = posted(reader, now)
    assert send_due(at=now).sent == 1
    assert send_due(at=now + MINUTE).moved == 0
    (taken,) = POCKET.taken
    assert (taken.number, taken.words, taken.reference) == ("+447700900123", "Text 7", text.reference)
    assert status(text) == "sent"
    assert (text.number_ends, text.attempts, text.claimed_until) == ("123", 1, None)
    assert now <= text.sent_at < now + MINUTE


def test_posting_twice_does_nothing(reader, now):
    assert posted(reader, now).pk == posted(reader, now).pk
    assert posted(reader, now, number=8).pk != posted(make.user(), now, number=8).pk


def test_it_is_posted_inside_the_transaction_of_its_fact_alone(reader, now):
    def fail_after_posting() -> None:
        with transaction.atomic():
            posted(reader, now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_posting()
    assert not Text.objects.exists()


def test_without_a_port_nothing_is_posted_and_nothing_sent(reader, now, settings, django_assert_num_queries):
    waiting = posted(reader, now)
    settings.TEXTS_BACKEND = ""
    with django_assert_num_queries(0):
        assert posted(reader, now, number=8) is None
        assert send_due(at=now).moved == 0
    settings.TEXTS_BACKEND = "stem.texts.gateway.GatewayTexts"
    assert send_due(at=now).moved == 0
    assert (status(waiting), waiting.attempts) == ("waiting", 0)


def test_what_is_too_late_from_the_first_is_not_posted(reader, now):
    assert posted(reader, now, until=timedelta()) is None


def test_at_night_it_waits_for_the_morning(reader, now):
    night, morning = now.replace(hour=22), now.replace(hour=8) + DAY
    text = posted(reader, night)
    assert text.due_at == morning
    assert send_due(at=night + 9 * 60 * MINUTE).moved == 0
    assert send_due(at=morning).sent == 1


def test_but_not_where_the_visit_is_before_the_morning(reader, now):
    night = now.replace(hour=22)
    posted(reader, night, until=timedelta(hours=10))
    assert send_due(at=night).sent == 1


def test_nor_a_code_that_somebody_waits_for(reader, now):
    night = now.replace(hour=7, minute=50)
    posted(reader, night, until=15 * MINUTE, at_any_hour=True)
    assert send_due(at=night).sent == 1


def test_a_try_that_was_put_off_rings_nobody_at_night_either(reader, now):
    evening = now.replace(hour=20, minute=59)
    POCKET.answer = NotTaken()
    text = posted(reader, evening)
    assert send_due(at=evening).put_off == 1
    POCKET.answer = None
    assert send_due(at=evening + 2 * MINUTE).moved == 0
    assert send_due(at=now.replace(hour=8) + DAY).sent == 1
    assert status(text) == "sent"


def test_a_worker_that_stood_still_until_the_night_wakes_nobody(reader, now):
    posted(reader, now)
    assert send_due(at=now.replace(hour=23)).moved == 0


def test_it_is_tried_again_ever_less_often_until_it_is_of_no_use(reader, now, caplog):
    caplog.set_level(logging.DEBUG)
    POCKET.answer = NotTaken("+447700900123 is busy")
    at = now.replace(hour=8)
    text = posted(reader, at, until=timedelta(hours=5))
    waited = []
    for _ in range(10):
        assert send_due(at=at).put_off == 1
        text.refresh_from_db()
        waited.append((text.next_try_at - at) // MINUTE)
        at = text.next_try_at
    assert waited == [*BACK_OFF_MINUTES, 60, 60, 60]
    assert send_due(at=at).too_late == 1
    assert (status(text), text.last_error, text.number_ends) == ("too_late", "NotTaken", "123")
    assert POCKET.taken == [] and "7700900123" not in caplog.text


def test_an_error_that_no_try_mends_ends_it_and_staff_may_try_again(reader, now):
    POCKET.answer = NeverTaken()
    text, officer = posted(reader, now), make.user()
    assert send_due(at=now).failed == 1
    assert (status(text), text.last_error) == ("failed", "NeverTaken")
    POCKET.answer = None
    retry_text(text=text, by=officer, at=now + MINUTE)
    assert send_due(at=now + MINUTE).sent == 1


def test_one_that_cannot_be_written_keeps_no_other_back(reader, now, caplog):
    caplog.set_level(logging.DEBUG)
    bad, good = posted(reader, now, facts.untellable), posted(reader, now)
    sweep = send_due(at=now)
    assert (sweep.sent, sweep.put_off, status(good), status(bad)) == (1, 1, "sent", "waiting")
    assert bad.last_error == "LookupError" and "7700" not in caplog.text


def test_what_is_true_no_longer_is_not_told(reader, now):
    text = posted(reader, now, facts.no_longer_true)
    assert send_due(at=now).not_needed == 1
    assert status(text) == "not_needed"


def test_whoever_has_stopped_texts_meanwhile_gets_none(reader, now):
    text = posted(reader, now)
    stop_texts(user=reader, by=reader, at=now)
    assert send_due(at=now).not_wanted == 1
    assert (status(text), POCKET.taken) == ("not_wanted", [])


def test_it_goes_to_the_number_as_it_is_by_then(reader, now):
    posted(reader, now)
    TextNumber.objects.update(number="+447700900999")
    send_due(at=now)
    assert [each.number for each in POCKET.taken] == ["+447700900999"]


def test_a_closed_account_is_told_nothing(reader, now):
    text = posted(reader, now)
    reader.is_active = False
    reader.save()
    send_due(at=now)
    assert status(text) == "not_needed"


def test_a_claim_of_a_worker_that_was_killed_is_taken_over_under_the_same_reference(reader, now):
    text = posted(reader, now)
    Text.objects.update(status="sending", claimed_until=now + 2 * MINUTE, attempts=1)
    assert send_due(at=now + MINUTE).moved == 0
    assert send_due(at=now + 2 * MINUTE).sent == 1
    assert [each.reference for each in POCKET.taken] == [text.reference]
    assert (status(text), text.kills) == ("sent", 1)


def test_one_that_kills_every_worker_is_given_up(reader, now):
    text = posted(reader, now)
    Text.objects.update(status="sending", claimed_until=now, kills=KILLS_AT_MOST - 1)
    assert send_due(at=now).failed == 1
    assert (status(text), text.last_error, POCKET.taken) == ("failed", "KillsWorkers", [])


def test_a_slow_worker_cannot_undo_what_another_did_since(reader, now, monkeypatch):
    text = posted(reader, now)

    def taken_over(self, **said) -> None:
        Text.objects.filter(pk=text.pk).update(claimed_until=now + DAY)

    monkeypatch.setattr("tests.stem.texts.pocket.PocketTexts.send_text", taken_over)
    assert send_due(at=now).sent == 0
    assert (status(text), text.claimed_until) == ("sending", now + DAY)


def test_staff_hold_release_and_cancel_what_has_not_gone(reader, now):
    text, officer = posted(reader, now), make.user()
    hold_text(text=text, by=officer, at=now)
    assert send_due(at=now).moved == 0
    release_text(text=text, by=officer, at=now)
    cancel_text(text=text, by=officer, at=now)
    assert (send_due(at=now).moved, status(text)) == (0, "cancelled")
    assert [event.kind for event in text.events.all()] == ["hold", "release", "cancel"]


def test_what_is_held_for_too_long_is_too_late(reader, now):
    text = posted(reader, now)
    hold_text(text=text, by=make.user(), at=now)
    assert send_due(at=now + FAR).too_late == 1
    assert status(text) == "too_late"


def test_a_sweep_that_is_full_asks_for_another(reader, now):
    for number in range(3):
        posted(reader, now, number=number)
    sweep = send_due(at=now, limit=2)
    assert (sweep.sent, sweep.is_finished) == (2, False)
    assert send_due(at=now, limit=2).is_finished


def test_it_is_written_in_its_reader_s_language(reader, now, monkeypatch):
    spoken = []
    monkeypatch.setattr("stem.texts.sending.translation.override", lambda language: spoken.append(language) or _quiet())
    reader.language = "cy"
    reader.save()
    posted(reader, now)
    send_due(at=now)
    assert spoken == ["cy"]


class _quiet:  # noqa: N801  stands in for a context manager
    def __enter__(self) -> None: ...

    def __exit__(self, *args: object) -> None: ...


def test_texts_are_kept_for_90_days(reader, now):
    sent, waiting = posted(reader, now), posted(reader, now, number=8)
    send_due(at=now, limit=1)
    assert (status(sent), status(waiting)) == ("sent", "waiting")
    assert clear_before(now + FAR + 89 * DAY) == 0
    assert clear_before(now + FAR + 91 * DAY) == 2


@pytest.mark.parametrize("columns", [{"status": "sent", "sent_at": None}, {"status": "sending", "claimed_until": None}])
def test_the_database_keeps_what_a_state_means(reader, now, columns):
    posted(reader, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Text.objects.update(**columns)


def test_the_pocket_is_the_port_here(pocket: Pocket, reader, now):
    posted(reader, now, facts.to_stranger)
    send_due(at=now)
    assert words() == ["Text 7"] and pocket.taken[0].number == "+447700900007"
