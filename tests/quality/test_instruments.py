"""A questionnaire is frozen once it has been used: what was answered stays the answer to what was asked."""

from hashlib import sha256
from pathlib import Path

import pytest

from quality import instruments
from quality.instruments import BY_HANDS, CURRENT, LATER, OF_CLASS, PRIMARY, SECONDARY, load_instrument

FOLDER = Path(instruments.__file__).parent
# A change of a question is a new version, in a file of its own and on a new line here.
FROZEN = {
    "ambassador_v1": "d76c8208e320f6e8",
    "ambassador_v2": "d0585e0e33e9dc14",
    "ambassador_v3": "05b6d516cde37c71",
    "later_v1": "c653ac2b7f1c5bad",
    "primary_v1": "acb6e48170c15c94",
    "secondary_v1": "83d3523633c139ef",
    "tally_v1": "0af75775f392ff1e",
    "teacher_v1": "9ba0a2792729541d",
    "teacher_v2": "03a744447781e520",
    "teacher_v3": "dc223a1afbfafb54",
}


def test_no_version_has_changed_since_it_was_first_used():
    assert {each.stem: sha256(each.read_bytes()).hexdigest()[:16] for each in FOLDER.glob("*.toml")} == FROZEN


@pytest.mark.parametrize("name", FROZEN)
def test_each_can_be_read_and_has_each_code_once(name):
    codes = [question.code for question in load_instrument(name).questions]
    assert len(codes) == len({*codes}) > 0


def test_what_is_asked_now_is_among_them():
    assert {*CURRENT.values(), *OF_CLASS.values(), BY_HANDS, PRIMARY, SECONDARY, LATER} <= FROZEN.keys()


def test_nobody_below_key_stage_3_has_anything_to_write():
    assert not [each for name in (BY_HANDS, PRIMARY) for each in load_instrument(name).questions if not each.choices]
