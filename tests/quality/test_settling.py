"""What two forms say together about whether a visit took place (rule T-20), as a truth table."""

import pytest

from quality.settling import AMBASSADOR_SAYS, TEACHER_SAYS, Outcome, outcome


@pytest.mark.parametrize("teacher", TEACHER_SAYS)
@pytest.mark.parametrize("ambassador", AMBASSADOR_SAYS)
@pytest.mark.parametrize("silence_over", [False, True])
def test_both_sides_settle_it_when_they_agree_and_never_when_they_do_not(teacher, ambassador, silence_over):
    agreed = TEACHER_SAYS[teacher] == AMBASSADOR_SAYS[ambassador]
    expected = TEACHER_SAYS[teacher] if agreed else Outcome.DISPUTED

    assert outcome(teacher, ambassador, silence_over=silence_over) is expected


@pytest.mark.parametrize(
    ("teacher", "ambassador", "expected"),
    [("as_planned", None, Outcome.DELIVERED), (None, "i_could_not", Outcome.NO_SHOW_BY_AMBASSADOR)],
)
def test_one_side_settles_it_alone_only_after_the_others_silence(teacher, ambassador, expected):
    assert outcome(teacher, ambassador, silence_over=False) is None
    assert outcome(teacher, ambassador, silence_over=True) is expected


def test_nobody_settles_what_nobody_has_spoken_of():
    assert outcome(None, None, silence_over=True) is None
