"""Any postcode as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.geography.areas import AREAS
from stem.geography.postcodes import ELSEWHERE, read_postcode
from stem.rules import Kind, Refusal, why_not

ONE, TWO = [sorted(area for area in AREAS if len(area) == length) for length in (1, 2)]
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@st.composite
def official_postcodes(draw):
    letters = draw(st.sampled_from([1, 2]))
    area = draw(st.sampled_from(ONE if letters == 1 else [*TWO, "JE", "GY", "IM", "BF"]))
    first = draw(st.sampled_from("123456789" if letters == 1 else "0123456789"))
    tails = ["", *("0123456789" + ("ABCDEFGHJKPSTUW" if letters == 1 else "ABEHMNPRVWXY"))]
    tail = "" if first == "0" else draw(st.sampled_from(tails))
    inward = draw(st.sampled_from("0123456789")) + "".join(draw(st.tuples(*[st.sampled_from(INWARD_LETTERS)] * 2)))
    return f"{area}{first}{tail} {inward}"


@st.composite
def mangled(draw, official):
    """As a hurried person, or a spreadsheet, would hand it in."""
    slips = {"O": "O0o", "0": "0Oo", "I": "I1i", "1": "1Ii"}
    noise = st.sampled_from(["", "", "", " ", "  ", "\t", "\u00a0", "\u202f", "\u200b", ".", "-", "\n"])
    letters = [draw(st.sampled_from(slips.get(each, each + each.lower()))) for each in official.replace(" ", "")]
    return draw(noise) + "".join(each + draw(noise) for each in letters)


@given(st.data(), official_postcodes())
def test_any_official_postcode_survives_mangling(data, official):
    assert read_postcode(data.draw(mangled(official))).official == official


@given(st.text())
def test_any_text_at_all_is_read_or_refused(text):
    refusal = why_not(read_postcode, text)
    if refusal is None:
        assert read_postcode(read_postcode(text).official) == read_postcode(text)
    else:
        assert refusal.codes == ["postcode"]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("LS2 9JT", "LS2 9JT"),
        ("ls29jt", "LS2 9JT"),
        (" ls2\u00a09jt. ", "LS2 9JT"),
        ("L.S.2. 9.J.T", "LS2 9JT"),
        ("LS2-9JT", "LS2 9JT"),
        ("\uff2c\uff33\uff12 \uff19\uff2a\uff34", "LS2 9JT"),  # full-width, as some keyboards write
        ("LSI OAA", "LS1 0AA"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("swia iaa", "SW1A 1AA"),
        ("0X1 2JD", "OX1 2JD"),
        ("S0I4 OYN", "SO14 0YN"),
        ("1P1 1AA", "IP1 1AA"),
        ("E1O 5AA", "E10 5AA"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("w1a 0ax", "W1A 0AX"),
        ("n1c4ag", "N1C 4AG"),
        ("m1 1ae", "M1 1AE"),
        ("BT7 INN", "BT7 1NN"),
        ("ZE1 0AA", "ZE1 0AA"),
        ("gir oaa", "GIR 0AA"),
    ],
)
def test_what_people_type_is_read_as_what_they_meant(typed, official):
    assert read_postcode(typed).official == official


@pytest.mark.parametrize(
    "text",
    ["", " ", "LS2", "LS2 9J", "LS2 9JTX", "LS2 9CC", "XX1 1AA", "LS00 9JT", "M1A1 1AA", "E01 1AA", "BFPO 12",
     "99", "Leeds", "LS\u0662 9JT", "the moon", "LS2 9JT YO1 7HH", "L" * 10_000],
)  # fmt: skip
def test_what_is_no_full_postcode_is_refused_in_one_sentence(text):
    with pytest.raises(Refusal) as refused:
        read_postcode(text)
    assert refused.value.codes == ["postcode"]
    assert refused.value.reasons[0].kind is Kind.INPUT
    assert refused.value.told_to() == "Enter a full UK postcode, like LS2 9JT."


def test_a_postcode_is_known_by_its_parts():
    postcode = read_postcode("ec1a 1bb")
    assert (postcode.area, postcode.outward, postcode.sector, str(postcode)) == ("EC", "EC1A", "EC1A 1", "EC1A 1BB")


def test_the_one_postcode_of_its_kind_is_in_no_ones_area():
    assert read_postcode("GIR 0AA").area == "GIR"
    assert "GIR" in ELSEWHERE and "GIR" not in AREAS
