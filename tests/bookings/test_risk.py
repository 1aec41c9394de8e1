"""Which activity needs a risk assessment, and how far one person's part has come (rule T-13)."""

from datetime import UTC, datetime

import pytest

from bookings.models import RiskAcceptance, RiskAssessment
from bookings.risk import may_need_assessment, needs_assessment
from stem.curriculum import ACTIVITIES

ALWAYS = {"workshop", "stem_club", "site_visit"}
IF_PRACTICAL = {"lesson_link"}


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("practical", [True, False, None])
def test_which_activity_needs_one(activity, practical):
    needed = True if activity in ALWAYS else practical if activity in IF_PRACTICAL else False
    assert needs_assessment(activity, practical) is needed
    assert may_need_assessment(activity) is (activity in ALWAYS | IF_PRACTICAL)


@pytest.mark.parametrize("activity", ["", "no_such_activity"])
def test_what_is_no_activity_needs_none(activity):
    assert needs_assessment(activity, None) is False


@pytest.mark.parametrize(
    ("residual", "said", "is_accepted"),
    [
        ("low", {}, False),
        ("low", {"accepted_at": 1}, True),
        ("medium", {"accepted_at": 1}, True),
        ("high", {"accepted_at": 1}, False),
        ("high", {"scheme_agreed_at": 1}, False),
        ("high", {"accepted_at": 1, "scheme_agreed_at": 1}, True),
        ("low", {"sent_back_at": 1, "accepted_at": 1}, True),
    ],
)
def test_whose_words_it_takes(residual, said, is_accepted):
    row = RiskAcceptance(assessment=RiskAssessment(residual=residual), **said)
    assert row.is_accepted is is_accepted
    assert not (row.is_accepted and row.is_sent_back)


def test_it_holds_for_two_years_of_london_s_days():
    written = RiskAssessment(written_at=datetime(2028, 2, 29, 23, 30, tzinfo=UTC))
    assert written.holds_until.isoformat() == "2030-02-28"
