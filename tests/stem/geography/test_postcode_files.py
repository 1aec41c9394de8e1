"""Directories of postcodes as published: Code-Point Open's zip, and tables in the manner of ONSPD."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.geography.postcode_files import CodePointOpen, Onspd, Row, open_postcodes
from stem.rules import Refusal, why_not
from tests.make.postcodes import CODE_POINT_HEADINGS, code_point, code_point_row, onspd, onspd_row

LEEDS = "E08000035"
ROWS = [
    code_point_row("LS2 9JT"),
    code_point_row("LS2 9AA", 0, 0, quality=90),
    code_point_row("M1 1AE", 384_000, 397_000),
]


def rows_of(path):
    file = open_postcodes(path)
    found = list(file.rows())
    assert file.total == len(found)
    return found


def codes(path):
    refusal = why_not(rows_of, path)
    return refusal.codes if refusal else []


class TestCodePointOpen:
    def test_every_row_of_every_area_is_told_with_its_file_and_line(self, tmp_path):
        path = code_point(tmp_path / "codepo_gb.zip", ROWS)
        assert isinstance(open_postcodes(path), CodePointOpen)
        assert rows_of(path) == [
            Row("ls.csv", 1, "LS2 9JT", "", "", "429500", "434500", LEEDS),
            Row("ls.csv", 2, "LS2 9AA", "", "", "0", "0", LEEDS),
            Row("m.csv", 1, "M1 1AE", "", "", "384000", "397000", LEEDS),
        ]

    @given(st.permutations([*CODE_POINT_HEADINGS]))
    def test_the_columns_are_where_the_headings_beside_them_say(self, tmp_path_factory, headings):
        folder = tmp_path_factory.mktemp("zip")
        assert rows_of(code_point(folder / "other.zip", ROWS, headings)) == rows_of(code_point(folder / "a.zip", ROWS))

    def test_without_headings_they_are_where_they_have_been_for_years(self, tmp_path):
        published = code_point(tmp_path / "codepo_gb.zip", ROWS)
        with zipfile.ZipFile(published) as old, zipfile.ZipFile(tmp_path / "bare.zip", "w") as new:
            for name in old.namelist():
                if name.startswith("Data/"):
                    new.writestr(name, old.read(name))
        assert rows_of(tmp_path / "bare.zip") == rows_of(published)

    def test_it_may_lie_in_a_folder_of_the_zip(self, tmp_path):
        published = code_point(tmp_path / "codepo_gb.zip", ROWS)
        with zipfile.ZipFile(published) as old, zipfile.ZipFile(tmp_path / "folder.zip", "w") as new:
            for name in old.namelist():
                new.writestr(f"codepo_gb/{name}", old.read(name))
        assert rows_of(tmp_path / "folder.zip") == rows_of(published)

    def test_a_heading_that_is_missing_is_named(self, tmp_path):
        path = code_point(tmp_path / "codepo_gb.zip", ROWS, ["PC", "PQ", "EA", "CY"])
        refusal = why_not(open_postcodes, path)
        assert refusal.told_to() == "This Code-Point Open has no column NO, DC: fetch a later edition."

    def test_a_short_row_is_filled_up(self, tmp_path):
        with zipfile.ZipFile(tmp_path / "short.zip", "w") as archive:
            archive.writestr("Data/CSV/ls.csv", '"LS2 9JT",10,429500')
        assert rows_of(tmp_path / "short.zip") == [Row("ls.csv", 1, "LS2 9JT", "", "", "429500", "", "")]

    def test_a_district_that_is_not_said_is_its_nation(self, tmp_path):
        path = code_point(tmp_path / "codepo_gb.zip", [code_point_row("LS2 9JT", district="")])
        assert [row.code for row in rows_of(path)] == ["E92000001"]

    @given(st.integers(0, 99))
    def test_one_that_is_cut_short_is_refused(self, tmp_path_factory, percent):
        path = code_point(tmp_path_factory.mktemp("zip") / "codepo_gb.zip", ROWS)
        content = path.read_bytes()
        path.write_bytes(content[: len(content) * percent // 100])
        assert codes(path)

    @given(st.data())
    def test_whatever_bytes_are_damaged_it_is_read_or_refused_in_words(self, tmp_path_factory, data):
        path = code_point(tmp_path_factory.mktemp("zip") / "codepo_gb.zip", ROWS)
        content = bytearray(path.read_bytes())
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
            content[place] = data.draw(st.integers(0, 255))
        path.write_bytes(content)
        refusal = why_not(rows_of, path)
        assert refusal is None or refusal.told_to()


class TestOnspd:
    @pytest.mark.parametrize("edition", ["2024", "2026"])
    def test_the_columns_of_either_year_are_known(self, tmp_path, edition):
        path = onspd(tmp_path / "ONSPD.csv", [onspd_row("LS2 9JT")], edition)
        assert isinstance(open_postcodes(path), Onspd)
        assert rows_of(path) == [Row("", 2, "LS2 9JT", "53.806000", "-1.552000", "429500", "434500", LEEDS)]

    def test_it_may_be_zipped_with_what_is_published_beside_it(self, tmp_path):
        table = onspd(tmp_path / "ONSPD_FEB_2026_UK.csv", [onspd_row("LS2 9JT")])
        with zipfile.ZipFile(tmp_path / "ONSPD.zip", "w") as archive:
            archive.write(table, "Data/ONSPD_FEB_2026_UK.csv")
            archive.writestr("Documents/LA names and codes.csv", "LAD25CD,LAD25NM\nE08000035,Leeds\n")
            archive.writestr("User Guide/guide.pdf", "%PDF-1.7")
        assert [row.postcode for row in rows_of(tmp_path / "ONSPD.zip")] == ["LS2 9JT"]

    def test_a_plain_table_will_do(self, tmp_path):
        path = tmp_path / "own.csv"
        path.write_text("Postcode;Latitude;Longitude\nLS2 9JT;53.8;-1.5\n")
        assert rows_of(path) == [Row("", 2, "LS2 9JT", "53.8", "-1.5", "", "", "")]

    def test_a_table_without_places_is_refused(self, tmp_path):
        path = tmp_path / "own.csv"
        path.write_text("pcds,oslaua,lat\nLS2 9JT,E08000035,53.8\n")
        assert why_not(open_postcodes, path).told_to() == (
            "This file has no columns that say where a postcode is: lat and long, or easting and northing."
        )

    def test_a_row_that_does_not_fit_comes_with_its_trouble(self, tmp_path):
        path = tmp_path / "own.csv"
        path.write_text("pcds,lat,long\nLS2 9JT,53.8\nLS2 9AA,53.8,-1.5\nLS2 9AB,53.8,-1.5\n")
        assert [row.trouble for row in rows_of(path)] == ["This row has 2 fields where the heading has 3.", "", ""]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file_empty"),
            (b"pcds,lat,long\n", "no_rows"),
            (b"pcds,lat,long\nLS2 9JT,53.8,-1.5\nLS2 9A", "file_cut"),
            (b"<!doctype html><title>Sign in</title>", "not_a_table"),
            (b"name,lat,long\nLeeds,53.8,-1.5\n", "columns_missing"),
            ("pcds,lat,long\nLS2 9JT,53.8,-1.5\n".encode("utf-32"), "file_encoding"),
        ],
    )
    def test_what_is_damaged_or_something_else_is_refused(self, tmp_path, content, code):
        path = tmp_path / "sent.csv"
        path.write_bytes(content)
        assert codes(path) == [code]

    @given(st.binary(max_size=300))
    def test_random_bytes_are_refused_in_words(self, tmp_path_factory, content):
        path = tmp_path_factory.mktemp("bytes") / "sent"
        path.write_bytes(content)
        with pytest.raises(Refusal) as refused:
            rows_of(path)
        assert refused.value.told_to()
