"""The four nations."""

from stem.nations import Nation


def test_the_nations_are_spelt_the_same_everywhere():
    assert {nation.value: nation.label for nation in Nation} == {
        "england": "England",
        "wales": "Wales",
        "scotland": "Scotland",
        "northern_ireland": "Northern Ireland",
    }
