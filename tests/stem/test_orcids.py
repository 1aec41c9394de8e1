"""ORCID identifiers: read in any spelling, and told from what is none by their last sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.orcids import read_orcid
from stem.rules import Refusal


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700"),
        ("http://orcid.org/0000-0001-5109-3700/", "0000-0001-5109-3700"),
        ("0000 0002 1694 233x", "0000-0002-1694-233X"),
        ("0000–0002–1825–0097", "0000-0002-1825-0097"),
        ("000000021694233X", "0000-0002-1694-233X"),
        # As a spreadsheet leaves it.
        ("218250097", "0000-0002-1825-0097"),
    ],
)
def test_an_orcid_is_read_as_it_is_written(written, read):
    assert read_orcid(written) == read


@pytest.mark.parametrize(
    "written", ["0000-0002-1825-0098", "0000-0002-1825-009", "Ada", "", "0000-0002-1825-00977", "X"]
)
def test_what_is_none_is_refused(written):
    with pytest.raises(Refusal) as refused:
        read_orcid(written)
    assert refused.value.codes == ["orcid"]


@given(st.integers(0, 14), st.integers(1, 9))
def test_one_sign_that_is_wrong_is_found(place, more):
    digits = "000000021825009"
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    with pytest.raises(Refusal):
        read_orcid(f"{wrong}7")
