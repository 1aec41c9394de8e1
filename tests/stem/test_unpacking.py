"""The text inside what people send, whatever the file is called."""

import gzip
import zipfile

import pytest

from stem.rules import Refusal, why_not
from stem.unpacking import check_may_be_text, find_sources
from tests.make.registers import written

TEXT = b"Number,Name\r\n1,Hill\r\n"


def zip_of(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def texts(path):
    return {source.name: b"".join(source.chunks()) for source in find_sources(path)}


def test_a_file_is_known_by_its_content_and_not_by_its_name(tmp_path):
    assert texts(written(tmp_path / "plain.zip", TEXT)) == {"plain.zip": TEXT}
    assert texts(written(tmp_path / "packed.csv", gzip.compress(TEXT))) == {"packed.csv": TEXT}
    assert texts(zip_of(tmp_path / "zipped.csv", {"a.csv": TEXT})) == {"a.csv": TEXT}


def test_only_what_may_be_a_table_is_taken_from_a_zip(tmp_path):
    beside = {"README.txt": b"", "__MACOSX/._a.csv": b"", ".DS_Store": b"", "folder/": b"", "licence.pdf": b"%PDF"}
    assert texts(zip_of(tmp_path / "a.zip", {**beside, "folder/a.csv": TEXT, "notes.txt": b""})) == {
        "folder/a.csv": TEXT
    }


def test_a_table_may_be_called_text(tmp_path):
    assert texts(zip_of(tmp_path / "a.zip", {"schools.txt": TEXT})) == {"schools.txt": TEXT}


def test_a_zip_packed_in_a_rare_way_is_refused(tmp_path):
    assert why_not(find_sources, zip_of(tmp_path / "a.zip", {"a.csv": TEXT}, zipfile.ZIP_LZMA)).codes == ["not_a_table"]


def test_what_unfolds_beyond_measure_is_refused_before_it_is_unfolded(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"a.csv": b"1,Hill\n" * (10 << 20)})
    assert why_not(find_sources, path).codes == ["file_too_large"]


def test_a_part_that_was_changed_on_its_way_is_refused(tmp_path):
    packed = bytearray(zip_of(tmp_path / "a.zip", {"a.csv": TEXT}, zipfile.ZIP_STORED).read_bytes())
    packed[packed.index(b"Hill")] = ord("P")
    [source] = find_sources(written(tmp_path / "a.zip", bytes(packed)))
    with pytest.raises(Refusal) as refused:
        list(source.chunks())
    assert refused.value.codes == ["file_cut"]


@pytest.mark.parametrize("head", [b"<?xml version='1.0'?>", b"{\\rtf1", b"\xff\xd8\xff\xe0", b"Rar!\x1a", b"PK\3\4"])
def test_what_begins_like_something_else_is_no_table(head):
    assert why_not(check_may_be_text, head).codes == ["not_a_table"]


def test_text_may_be_a_table():
    assert why_not(check_may_be_text, TEXT) is None
