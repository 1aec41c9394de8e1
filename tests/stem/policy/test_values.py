"""Numbers that hold from a day."""

from datetime import date, timedelta
from itertools import groupby

import pytest

from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.policy.keys import KEYS
from stem.policy.models import PolicyValue
from stem.policy.operations import confirm_value, set_value
from stem.policy.values import value, value_as_column, values
from stem.rules import Refusal
from tests.architecture.source import modules
from tests.stem.administrators import administrator

pytestmark = pytest.mark.django_db

TODAY = date(2027, 1, 12)
SPRING, SUMMER = date(2027, 3, 1), date(2027, 6, 1)

DEFAULTS = {
    "offer_hours": 72, "offer_hours_soon": 24, "soon_days": 10, "offers_at_once": 3,
    "other_time_days": 90, "buffer_minutes": 15, "notice_in_person": 10,
    "notice_online": 5, "notice_fair": 30, "notice_series": 30, "feedback_open_days": 28, "crc_months": 36,
    "reading_days": 1, "pupil_min_n": 10, "pupil_window_school_days": 5, "follow_up_share": 10,
    "follow_up_reminder_days": 10, "endorsement_months": 12,
    "replacement_hours": 24, "replacement_at_once": 5, "replacement_soon_days": 3, "replacement_hours_soon": 4,
    "replacement_at_once_soon": 10,
    "reserve_share": 40, "school_term_cap": 3, "invitations_per_term": 2,
    "pvg_months": 60, "vetting_days": 42, "safeguarding_months": 36, "declaration_months": 12, "code_months": 12,
    "suspension_review_days": 10,
    "complaint_ack_days": 3, "complaint_answer_days": 20, "complaint_appeal_days": 20, "complaint_second_days": 15,
    "dp_complaint_ack_days": 30,
    "disclosure_note_days": 30, "update_service_months": 12,
    "duplicate_propose": 60, "duplicate_review": 10, "import_grace_days": 180,
}  # fmt: skip


def test_every_number_that_can_be_set_is_obeyed_somewhere():
    obeying = [module.text for module in modules("ambassadors", "bookings", "quality")]
    assert [key for key in KEYS if not any(f'"{key}"' in text for text in obeying)] == []


def test_a_new_scheme_starts_with_the_rules_defaults():
    assert values(on=TODAY) == DEFAULTS
    assert all(value(key, on=TODAY) == default for key, default in DEFAULTS.items())


def test_every_default_is_within_its_own_range():
    assert all(key.fits(key.default) for key in KEYS.values())


def test_a_number_holds_from_its_day_until_the_next(now):
    ada = administrator()
    set_value("offer_hours", 96, from_day=SUMMER, by=ada, at=now)
    set_value("offer_hours", 48, from_day=SPRING, by=ada, at=now)  # noted later, and begins earlier
    days = [SPRING - timedelta(days=1), SPRING, SUMMER - timedelta(days=1), SUMMER, date(2040, 1, 1)]
    assert [value("offer_hours", on=day) for day in days] == [72, 48, 48, 96, 96]
    assert [values(on=day)["offer_hours"] for day in days] == [72, 48, 48, 96, 96]
    assert values(on=SPRING) == {**DEFAULTS, "offer_hours": 48}


def test_of_two_numbers_from_one_day_the_later_decision_holds(now):
    ada = administrator()
    for hours in (48, 96, 60):
        set_value("offer_hours", hours, from_day=SPRING, by=ada, at=now)
    assert value("offer_hours", on=SPRING) == values(on=SPRING)["offer_hours"] == 60


def test_nothing_may_be_a_number_too(now):
    set_value("notice_online", 0, from_day=TODAY, by=administrator(), at=now)
    assert value("notice_online", on=TODAY) == values(on=TODAY)["notice_online"] == 0


@pytest.mark.parametrize("wrong", [0, 337, -1, "48", 48.0, None, True, [48]])
def test_what_does_not_fit_is_refused_and_changes_nothing(wrong, now):
    with pytest.raises(Refusal) as refused:
        set_value("offer_hours", wrong, from_day=SPRING, by=administrator(), at=now)
    assert refused.value.codes == ["policy_value"]
    assert refused.value.told_to() == "Enter a whole number of hours from 1 to 336."
    assert values(on=SUMMER) == DEFAULTS


def test_what_was_done_before_today_is_not_decided_anew(now):
    with pytest.raises(Refusal) as refused:
        set_value("offer_hours", 48, from_day=TODAY - timedelta(days=1), by=administrator(), at=now)
    assert refused.value.codes == ["policy_day"]


def test_an_unknown_key_is_an_error(now):
    with pytest.raises(KeyError, match="offer_hors"):
        value("offer_hors", on=TODAY)
    with pytest.raises(KeyError, match="offer_hors"):
        set_value("offer_hors", 1, from_day=TODAY, by=administrator(), at=now)


def test_one_query_reads_them_all_and_one_reads_one(now, django_assert_num_queries):
    set_value("offer_hours", 48, from_day=TODAY, by=administrator(), at=now)
    with django_assert_num_queries(1):
        values(on=TODAY)
    with django_assert_num_queries(1):
        value("offer_hours", on=TODAY)


def test_every_decision_is_in_the_audit_record(now):
    ada = administrator()
    decided = set_value("offer_hours", 48, from_day=TODAY, by=ada, at=now)
    entries = Entry.objects.values_list("action", "object_type", "object_id", "actor", "at")
    assert list(entries) == [("policy.set", "policy.policyvalue", str(decided.pk), ada.pk, now)]


def test_a_safeguarding_number_holds_once_a_second_person_has_confirmed_it(now):
    ada, bea = administrator(), administrator("bea@scheme.example", "Bea Admin")
    decided = set_value("crc_months", 24, from_day=SPRING, by=ada, at=now)
    assert value("crc_months", on=SUMMER) == values(on=SUMMER)["crc_months"] == 36
    with pytest.raises(Refusal) as refused:
        confirm_value(decided=decided, by=ada, at=now)
    assert refused.value.codes == ["same_person"]
    assert value("crc_months", on=SUMMER) == 36

    confirm_value(decided=decided, by=bea, at=now)
    assert [value("crc_months", on=day) for day in (TODAY, SPRING)] == [36, 24]
    with pytest.raises(Refusal) as refused:
        confirm_value(decided=decided, by=bea, at=now)
    assert refused.value.codes == ["confirmed_before"]


def test_a_confirmation_that_comes_late_does_not_reach_back(now):
    decided = set_value("crc_months", 24, from_day=TODAY, by=administrator(), at=now)
    bea = administrator("bea@scheme.example", "Bea Admin")
    confirm_value(decided=decided, by=bea, at=now + timedelta(days=3))
    days = [TODAY, TODAY + timedelta(days=2), TODAY + timedelta(days=3)]
    assert [value("crc_months", on=day) for day in days] == [36, 36, 24]


def test_only_how_long_vetting_counts_needs_two_people():
    assert {key.code for key in KEYS.values() if key.safeguarding} == {
        "crc_months",
        "pvg_months",
        "safeguarding_months",
        "declaration_months",
        "code_months",
        "suspension_review_days",
        "disclosure_note_days",
        "update_service_months",
    }
    assert {key.owner for key in KEYS.values()} <= set(Role)


def test_a_number_is_said_with_its_unit():
    assert [KEYS["code_months"].in_words(each) for each in (1, 12)] == ["1 month", "12 months"]


def test_a_column_says_the_number_that_a_question_of_its_own_would(now):
    decided = set_value("offer_hours", 48, from_day=SPRING, by=administrator(), at=now)
    for day in (TODAY, SPRING, SUMMER):
        column = PolicyValue.objects.filter(pk=decided.pk).annotate(then=value_as_column("offer_hours", on=day)).get()
        assert column.then == value("offer_hours", on=day)


def test_the_very_same_decision_twice_is_one_and_coming_back_to_it_is_another(now):
    ada = administrator()
    for hours in (96, 96, 48, 96):
        set_value("offer_hours", hours, from_day=SPRING, by=ada, at=now)

    assert list(PolicyValue.objects.order_by("pk").values_list("value", flat=True)) == [96, 48, 96]


def test_numbers_about_one_thing_stand_together():
    topics = [topic for topic, _keys in groupby(key.topic for key in KEYS.values())]
    assert len(topics) == len(set(topics))
