"""`import_schools`: a whole register is reconciled with what we keep."""

from collections import Counter

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from schools.enums import SchoolStatus
from schools.models import School, SchoolVersion
from schools.queries.register import schools_to_choose_from
from stem.loads.models import Load
from tests.commanding import few_examples, refusal_of, told, undone_afterwards
from tests.make.registers import GIAS_HEADINGS, as_csv, gias_rows, scottish_rows, written
from tests.schools.operations.importing import ANY, by_number, counts, import_gias, opened, readable, rows

pytestmark = pytest.mark.django_db

TEN = [{"name": f"School {number}"} for number in range(10)]


@pytest.fixture
def load(tmp_path):
    """Loads these schools, each an open academy with its own number, as the register of England."""

    def command(*schools, columns=None, words=()):
        return import_gias(tmp_path, *schools, columns=columns, words=words)

    return command


def refused(folder, *schools, words=(), columns=None):
    """The sentence that refuses these schools; nothing is changed by it and nothing stays staged."""
    path = written(folder / "gias.csv", as_csv(gias_rows(*schools, columns=columns)))
    before, versions = rows(), SchoolVersion.objects.count()
    sentence = refusal_of("import_schools", path, "--register", "gias", *words)
    assert (rows(), SchoolVersion.objects.count()) == (before, versions)
    assert Load.objects.latest("pk").refusal == sentence
    return sentence


class TestCounts:
    def test_new_changed_unchanged_closed_missing_and_rejected(self, load):
        assert counts(load(*TEN, words=())) == (10, 10, 0, 0, 0, 0)
        changed = [
            *TEN[:6],
            {"name": "Renamed"},
            {"name": "School 7", "status": "Closed"},
            {"name": "", "urn": "77", "postcode": "M1 1AE"},
        ]
        answer = load(*changed, {"urn": "900100"}, words=("--allow-closures", "3"))
        # 900009 and 900010 are missing
        assert counts(answer) == (10, 1, 2, 6, 3, 1)
        assert answer["rejected"] == [{"line": 10, "reason": "This row has no name."}]
        assert Counter(School.objects.values_list("status", flat=True)) == {"open": 8, "closed": 3}

    def test_loading_twice_is_loading_once(self, load):
        load(*TEN)
        before = rows()
        assert counts(load(*TEN)) == (10, 0, 0, 10, 0, 0)
        assert rows() == before
        assert list(Load.objects.order_by("pk").values_list("status", flat=True)) == ["loaded", "unchanged"]

    def test_rows_closed_already_are_kept_as_closed_schools(self, load):
        answer = load({"status": "Closed", "closed": "31-08-2019"}, {}, {"status": "Proposed to open"})
        assert counts(answer) == (3, 3, 0, 0, 0, 0)
        closed = by_number()
        assert (closed.status, closed.status_said, str(closed.closed_on)) == ("closed", "Closed", "2019-08-31")
        assert School.objects.open().count() == 1

    def test_a_school_proposed_to_close_is_open(self, load):
        load({"status": "Open, but proposed to close"})
        assert by_number().status == SchoolStatus.OPEN

    def test_one_that_is_missing_is_closed_and_says_so_and_only_once(self, load):
        load(*TEN)
        less = [{**school, "urn": str(900001 + place)} for place, school in enumerate(TEN)]
        del less[4]
        assert counts(load(*less, words=("--allow-closures", "1"))) == (9, 0, 0, 9, 1, 0)
        assert (by_number("900005").status, by_number("900005").status_said) == ("closed", "No longer in the register")
        assert counts(load(*less)) == (9, 0, 0, 9, 0, 0)

    def test_and_opens_again_when_it_comes_back(self, load):
        load(*TEN)
        load(*TEN[:9], words=("--allow-closures", "1"))
        assert counts(load(*TEN)) == (10, 0, 1, 9, 0, 0)
        assert (by_number("900010").status, by_number("900010").status_said) == ("open", "Open")

    def test_a_closed_or_proposed_school_that_is_missing_stays_as_it_was(self, load):
        load({"status": "Closed"}, {"status": "Proposed to open"}, {})
        before = rows()
        assert counts(load({"urn": "900003"})) == (1, 0, 0, 1, 0, 0)
        assert rows() == before

    def test_of_two_rows_with_one_number_the_first_counts(self, load):
        answer = load({"name": "First"}, {"name": "Second", "urn": "900001"})
        assert counts(answer) == (2, 1, 0, 0, 0, 1)
        assert answer["rejected"] == [{"line": 3, "reason": "The number 900001 stands on line 2 already."}]
        assert by_number().name == "First"

    def test_scotland_stands_beside_england(self, load, tmp_path):
        load(*TEN)
        path = written(tmp_path / "scotland.csv", as_csv(scottish_rows({}, {"SchUID": "9000048P"}), encoding="utf-8"))
        for expected in [(2, 2, 0, 0, 0, 0), (2, 0, 0, 2, 0, 0)]:
            assert counts(told("import_schools", path, "--register", "scotland")) == expected
        assert Counter(School.objects.values_list("register", "status")) == {
            ("gias", "open"): 10,
            ("scotland", "open"): 2,
        }
        assert School.objects.filter(register="scotland").first().nation == "scotland"

    def test_people_are_told_in_words(self, tmp_path, capsys):
        path = written(tmp_path / "gias.csv", as_csv(gias_rows({}, {"urn": ""})))
        call_command("import_schools", str(path), "--register", "gias")
        assert capsys.readouterr().out.splitlines() == [
            *("read: 2", "created: 1", "updated: 0", "unchanged: 0", "closed: 0", "rejected: 1"),
            "  line 3: This row has no number (URN).",
        ]


class TestClosures:
    """More than 5 in 100 open schools do not close by one file, unless somebody has looked into it."""

    FORTY = tuple({"urn": str(900001 + number), "name": f"School {number}"} for number in range(40))

    @pytest.mark.parametrize(
        ("gone", "words", "is_refused"),
        [
            (2, (), False),
            (3, (), True),
            (3, ("--allow-closures", "2"), True),
            (3, ("--allow-closures", "3"), False),
            (3, ("--allow-closures", "99999999999"), False),
            (2, ("--allow-closures", "0"), False),
            (40, ("--allow-closures", "40"), False),
        ],
    )
    @pytest.mark.parametrize("how", ["missing", "closed"])
    def test_at_its_borders(self, load, tmp_path, gone, words, is_refused, how):
        load(*self.FORTY)
        after = [*self.FORTY[gone:], {"urn": "900100"}]
        if how == "closed":
            after += [{**school, "status": "Closed"} for school in self.FORTY[:gone]]
        if is_refused:
            assert refused(tmp_path, *after, words=words) == (
                f"With this file {gone} of 40 open schools would close, which is more than 5 in 100. "
                "Fetch it again, or allow so many closures if you know that they are right."
            )
        else:
            assert load(*after, words=words)["closed"] == gone

    def test_closed_and_missing_schools_are_counted_together(self, load, tmp_path):
        load(*self.FORTY)
        after = [{**self.FORTY[0], "status": "Closed"}, *self.FORTY[1:38]]
        assert "3 of 40 open schools" in refused(tmp_path, *after)

    def test_of_schools_that_were_closed_already_nothing_is_counted(self, load):
        closed = [{**school, "status": "Closed"} for school in self.FORTY[:20]]
        load(*closed, *self.FORTY[20:])
        assert load(*self.FORTY[21:])["closed"] == 1

    def test_a_file_cut_between_two_rows_is_told_by_its_end(self, load, tmp_path):
        many = [{"urn": str(900001 + number)} for number in range(400)]
        load(*many)
        assert refused(tmp_path, *many[:385]) == (
            "The file ends before the last 15 schools that we know: it looks cut short. Fetch it again."
        )
        assert load(*many[15:])["closed"] == 15
        assert load(*many[:385], words=("--allow-closures", "15"))["closed"] == 15

    @pytest.mark.parametrize(
        "row",
        [
            {"urn": "9.00005E+05", "name": "School 4"},
            {"urn": "900005", "name": ""},
            {"urn": "900005", "status": "Sold"},
            {"urn": "", "name": "School 4"},
            {"urn": "?", "name": "A name of its own", "postcode": "LS2 9AA"},
        ],
    )
    def test_a_row_that_is_rejected_never_closes_its_school(self, load, row):
        schools = [{**school, "postcode": ""} for school in self.FORTY]
        schools[4]["postcode"] = "LS2 9AA"
        load(*schools)
        before = rows()
        schools[4] = row
        assert counts(load(*schools)) == (40, 0, 0, 39, 0, 1)
        assert rows() == before

    def test_a_row_of_too_few_fields_does_not_close_its_school(self, load, tmp_path):
        load(*self.FORTY)
        table = gias_rows(*self.FORTY)
        table[5] = table[5][:6]
        answer = told("import_schools", written(tmp_path / "g.csv", as_csv(table)), "--register", "gias")
        assert counts(answer) == (40, 0, 0, 39, 0, 1)
        assert School.objects.open().count() == 40


class TestColumns:
    def test_what_the_file_does_not_speak_of_stays_as_it_is(self, load):
        load({"roll": "100", "town": "Leeds"}, {})
        fewer = [
            name for name in GIAS_HEADINGS if name not in ("roll", "town", "fsm", "census", "opened", "urban_rural")
        ]
        assert counts(load({"name": "Renamed"}, {}, columns=fewer)) == (2, 0, 1, 1, 0, 0)
        school = by_number()
        assert (school.name, school.roll, school.town, school.fsm_percent) == ("Renamed", 100, "Leeds", 18.1)

    @pytest.mark.parametrize("lacking", ["easting", "northing"])
    def test_without_a_grid_the_register_s_points_stay(self, load, lacking):
        load({}, {})
        before = rows()
        assert counts(load({}, {}, columns=[name for name in GIAS_HEADINGS if name != lacking])) == (2, 0, 0, 2, 0, 0)
        assert rows() == before

    def test_a_blank_is_a_word_and_is_taken(self, load):
        load({"roll": "100", "easting": "429500"})
        load({"roll": "", "easting": ""})
        assert (by_number().roll, by_number().grid_point) == (None, None)

    def test_a_school_that_moves_is_placed_anew(self, load):
        load({"easting": "429500", "northing": "434500"})
        before = by_number().point
        load({"easting": "430500", "northing": "434500"})
        after = by_number()
        assert after.point == after.grid_point != before

    def test_more_than_its_column_holds_is_cut_or_left_out(self, load):
        load(
            {
                **dict.fromkeys(("name", "type", "phase", "street", "town", "la_name", "postcode"), "x" * 400),
                "street": "y" * 400,
                "roll": "999999999",
                "low_age": "32768",
            }
        )
        school = by_number()
        assert [len(getattr(school, name)) for name in ("name", "type_said", "phase_said", "street", "town")] == [
            *(200, 100, 60, 200, 100)
        ]
        assert (len(school.authority), len(school.postcode_said), school.roll, school.low_age) == (80, 20, None, None)
        assert counts(load({**dict.fromkeys(("name",), "x" * 400)})) == (1, 0, 1, 0, 0, 0)

    @pytest.mark.parametrize("number", ["9" * 30, "-5", "0", "1.5", "DROP TABLE"])
    def test_an_impossible_number_is_rejected(self, load, number):
        assert counts(load({"urn": number}, {})) == (2, 1, 0, 0, 0, 1)

    def test_letters_of_every_kind_come_in_whole(self, tmp_path):
        name = 'Ysgol Gymraeg Llanfairpwllgwyngyll â ŵ 😀 O\'Brien "Jr", Ltd; --'
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            path = written(tmp_path / "gias.csv", as_csv(gias_rows({"name": name}), encoding=encoding))
            told("import_schools", path, "--register", "gias")
            assert by_number().name == name


class TestAbroad:
    @pytest.mark.parametrize(
        "abroad",
        [
            {"type": "British schools overseas", "postcode": "", "easting": "", "northing": ""},
            {"type": "Offshore schools", "la_name": "Offshore Establishments", "postcode": "JE2 3AB"},
            {"type": "Service children's education", "la_name": "BFPO Overseas Establishments"},
        ],
    )
    def test_schools_abroad_are_kept_and_in_no_list_to_choose_from(self, load, abroad):
        load(abroad, {})
        school = by_number()
        assert (school.status, school.nation, school.point, school.approximate) == ("open", "", None, False)
        assert [each.register_number for each in schools_to_choose_from()] == ["900002"]
        assert not School.objects.unsettled().filter(pk=school.pk).exists()


# --- properties


@few_examples
@given(readable, readable)
def test_the_counts_add_up_whatever_comes_after_whatever(folder, before, after):
    with undone_afterwards():
        for register in (before, after):
            was_open, numbers = opened(), set(School.objects.values_list("register_number", flat=True))
            answer = import_gias(folder, *register, words=ANY)
            read, created, *_rest = counts(answer)
            assert read == len(register)
            assert answer["closed"] == len(was_open - opened())
            assert created == School.objects.count() - len(numbers)


@few_examples
@given(readable, readable)
def test_importing_twice_is_importing_once(folder, before, after):
    with undone_afterwards():
        import_gias(folder, *before, words=ANY)
        import_gias(folder, *after, words=ANY)
        once = rows()
        answer = import_gias(folder, *after)
        assert rows() == once
        assert (answer["created"], answer["updated"], answer["closed"]) == (0, 0, 0)


@few_examples
@given(readable, st.permutations([*GIAS_HEADINGS]), st.data())
def test_any_order_of_columns_and_more_of_them_are_the_same_rows(folder, register, columns, data):
    with undone_afterwards():
        import_gias(folder, *register)
        plain = rows()
        School.objects.all().delete()
        table = gias_rows(*register, columns=columns)
        for more in range(data.draw(st.integers(0, 3))):
            at = data.draw(st.integers(0, len(table[0])))
            for line, cells in enumerate(table):
                cells.insert(at, f"Gender{more} (name)" if line == 0 else "Mixed, “all”\u2013")
        path = written(folder / "gias.csv", as_csv(table))
        told("import_schools", path, "--register", "gias")
        assert rows() == plain
