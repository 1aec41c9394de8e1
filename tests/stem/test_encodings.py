"""Which letters a file is written in."""

import pytest

from stem.encodings import Lettering, find_lettering
from stem.rules import why_not


@pytest.mark.parametrize(
    ("content", "encoding", "has_controls"),
    [
        (b"plain", "utf-8-sig", False),
        ("Tŷ".encode(), "utf-8-sig", False),
        ("\ufeffTŷ".encode(), "utf-8-sig", False),
        (b"Caf\xe9", "cp1252", False),
        (b"\x93Quoted\x94", "cp1252", False),
        (b"A name with a bell in it\x07 and more words", "utf-8-sig", True),
        (b"a\tb", "utf-8-sig", True),
        ("Tŷ".encode("utf-16"), "utf-16", True),
    ],
)
def test_the_encoding_is_found(content, encoding, has_controls):
    assert find_lettering([content]) == Lettering(encoding, has_controls)


def test_a_letter_may_lie_across_two_pieces():
    assert find_lettering([b"T\xc5", b"\xb7 Coch"]) == Lettering("utf-8-sig", has_controls=False)


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([], "file_empty"),
        ([b" \r\n"], "file_empty"),
        ([b"\xff\xfe"], "file_empty"),
        (["Tŷ Coch".encode(), b" caf\xe9 "], "file_encoding"),
        ([b"\xef\xbb\xbfcaf\xe9 "], "file_encoding"),
        ([b"\x8d"], "file_encoding"),
        (["Town".encode("utf-16-be")], "file_encoding"),
        (["Tŷ".encode("utf-32")], "file_encoding"),
        (["Tŷ Coch".encode(), b"\xc5"], "file_cut"),
        (["Tŷ Coch".encode("utf-16")[:-1]], "file_cut"),
        ([bytes(range(32)) * 4], "not_a_table"),
    ],
)
def test_what_cannot_be_read_is_refused(pieces, code):
    assert why_not(find_lettering, pieces).codes == [code]
