"""`import_postcodes`: a directory comes into force whole, and goes out again."""

import pytest
from django.db import connection
from django.utils import timezone

from stem.accounts.roles import Role
from stem.geography import loading
from stem.geography.loading import POSTCODES
from stem.geography.models import Sector
from stem.geography.places import locate
from stem.loads.models import Load
from stem.loads.operations import undo_load
from stem.loads.tasks import follow_up_all
from stem.nations import Nation
from tests import make
from tests.commanding import refusal_of, told
from tests.make.postcodes import code_point, code_point_row, onspd, onspd_row

pytestmark = pytest.mark.django_db

EVERYWHERE = [
    onspd_row("LS2 9JT"),
    onspd_row("LS2 9AA", ended="200506"),
    onspd_row("SE10 8XJ", "51.480000", "0.000000", district="E09000011"),
    onspd_row("CH7 1AA", "53.167000", "-3.142000", district="W06000005", nation="W92000004"),
    onspd_row("CH7 1AB", "53.168000", "-3.090000", district="E06000050"),
    onspd_row("EH1 1YZ", "55.950000", "-3.190000", district="S12000036", nation="S92000003"),
    onspd_row(
        "BT7 1NN", "54.584000", "-5.934000", district="N09000003", nation="N92000002", east="333700", north="372600"
    ),
    onspd_row("GY1 1AA", "99.999999", "0.000000", district="L99999999", nation="L93000001", east="", north=""),
    onspd_row("IM1 1AA", "54.150000", "-4.480000", district="M99999999", nation="M83000003"),
    onspd_row("AB99 1AA", "99.999999", "0.000000", district="S12000033", nation="S92000003", east="", north=""),
]


@pytest.fixture
def load(tmp_path):
    """Loads these rows as Code-Point Open by the command."""

    def command(*rows, words=()):
        return told("import_postcodes", code_point(tmp_path / "codepo_gb.zip", rows), *words)

    return command


def in_force():
    return list(Sector.objects.in_force().order_by("code").values_list("code", "units", "authorities", "lat", "lon"))


def statuses():
    return list(Load.objects.order_by("pk").values_list("status", flat=True))


def test_code_point_open_is_loaded_with_counts_that_add_up(load):
    answer = load(
        code_point_row("LS2 9JT"),
        code_point_row("LS2 9AA", 0, 0, quality=90),
        code_point_row("LS2 9JT", 1, 1),
        code_point_row("LS2 9AB", "here"),
    )
    assert answer == {
        "read": 4,
        "stored": 2,
        "without_place": 1,
        "rejected": [
            {"file": "ls.csv", "line": 3, "reason": "LS2 9JT stands in the file twice; its first row counts."},
            {
                "file": "ls.csv",
                "line": 4,
                "reason": "The coordinates of LS2 9AB are not numbers of a place in the United Kingdom.",
            },
        ],
    }


@pytest.mark.parametrize("edition", ["2024", "2026"])
def test_onspd_is_loaded_with_all_four_nations_and_what_lies_beyond(tmp_path, edition):
    answer = told("import_postcodes", onspd(tmp_path / "ONSPD.csv", EVERYWHERE, edition))
    assert answer == {"read": 10, "stored": 10, "without_place": 2, "rejected": []}
    places = {row[2]: locate(row[2]) for row in EVERYWHERE if row[2][:2] not in ("GY", "IM")}
    assert {postcode: (place.nation, place.authority, place.approximate) for postcode, place in places.items()} == {
        "LS2 9JT": (Nation.ENG, "Leeds", False),
        "LS2 9AA": (Nation.ENG, "Leeds", False),
        "SE10 8XJ": (Nation.ENG, "Greenwich", False),
        "CH7 1AA": (Nation.WLS, "Flintshire", False),
        "CH7 1AB": (Nation.ENG, "Cheshire West and Chester", False),
        "EH1 1YZ": (Nation.SCO, "City of Edinburgh", False),
        "BT7 1NN": (Nation.NIR, "Belfast", False),
        "AB99 1AA": (Nation.SCO, "Aberdeen City", True),
    }
    assert places["SE10 8XJ"].point.lon == 0


@pytest.mark.parametrize(
    ("postcode", "sentence"),
    [
        ("GY1 1AA", "Guernsey is outside the United Kingdom. Give a postcode in one of its four nations."),
        ("IM1 1AA", "The Isle of Man is outside the United Kingdom. Give a postcode in one of its four nations."),
    ],
)
def test_a_crown_dependency_is_refused_as_before(tmp_path, postcode, sentence):
    told("import_postcodes", onspd(tmp_path / "ONSPD.csv", EVERYWHERE))
    assert refusal_of("locate", postcode) == sentence


def test_locate_says_where_a_postcode_is(load):
    load(code_point_row("LS2 9JT"))
    assert told("locate", "ls2", "9jt") == {
        "postcode": "LS2 9JT",
        "lat": pytest.approx(53.80597, abs=5e-5),
        "lon": pytest.approx(-1.55353, abs=5e-5),
        "approximate": False,
        "nation": "england",
        "region": "Yorkshire and the Humber",
        "authority": "Leeds",
    }


class TestAgain:
    def test_loading_twice_is_loading_once(self, load):
        rows = [code_point_row("LS2 9JT"), code_point_row("M1 1AE"), code_point_row("LS2 9AA", 0, 0)]
        first = load(*rows)
        before = in_force()
        assert load(*reversed(rows)) == first
        assert (in_force(), statuses()) == (before, ["loaded", "unchanged"])
        assert Sector.objects.count() == len(before), "nothing is kept of what brought nothing new"

    def test_the_very_same_file_is_known_by_its_content_and_says_the_same(self, tmp_path, monkeypatch):
        path = code_point(tmp_path / "codepo.zip", [code_point_row("LS2 9JT"), code_point_row("nowhere")])
        first = told("import_postcodes", path)
        monkeypatch.setattr(loading, "open_postcodes", None)  # it is not opened a second time
        assert told("import_postcodes", path) == first
        assert (first["stored"], len(first["rejected"])) == (1, 1)
        assert statuses() == ["loaded", "unchanged"]

    @pytest.mark.parametrize(
        "later",
        [
            [code_point_row("LS2 9JT", 430_000)],
            [code_point_row("LS2 9JT", district="E08000032")],
            [code_point_row("LS2 9JT"), code_point_row("LS2 9AA")],
            [code_point_row("LS2 9JT"), code_point_row("M1 1AE")],
            [code_point_row("M1 1AE")],
        ],
    )
    def test_any_difference_is_a_new_edition(self, load, later):
        load(code_point_row("LS2 9JT"))
        load(*later)
        assert statuses() == ["replaced", "loaded"]

    def test_a_postcode_that_is_gone_is_approximate_from_then_on(self, load):
        load(code_point_row("LS2 9JT"), code_point_row("LS2 9AA"))
        load(code_point_row("LS2 9AA"))
        assert locate("LS2 9JT").approximate


class TestUndone:
    @pytest.fixture
    def administrator(self):
        return make.staff(Role.ADMINISTRATOR)

    def undo(self, by):
        undo_load(load=Load.objects.get(status="loaded"), by=by, at=timezone.now())

    def test_the_edition_before_is_in_force_again(self, load, administrator):
        load(code_point_row("LS2 9JT"))
        before = in_force()
        load(code_point_row("LS2 9JT", 430_000), code_point_row("M1 1AE"))
        self.undo(administrator)
        assert (in_force(), statuses()) == (before, ["loaded", "undone"])
        follow_up_all()
        assert Sector.objects.count() == len(before)

    def test_the_first_one_undone_leaves_none(self, load, administrator):
        load(code_point_row("LS2 9JT"))
        self.undo(administrator)
        follow_up_all()
        assert (in_force(), Sector.objects.count(), locate("LS2 9JT").approximate) == ([], 0, True)

    def test_two_editions_are_kept_and_those_before_forgotten(self, load, administrator):
        for east in (429_500, 430_000, 430_500, 431_000):
            load(code_point_row("LS2 9JT", east))
        follow_up_all()
        assert statuses() == ["past", "past", "replaced", "loaded"]
        assert Sector.objects.count() == 2
        self.undo(administrator)
        with pytest.raises(Exception, match="nothing_before"):
            self.undo(administrator)

    def test_one_that_was_forgotten_and_not_cleared_is_cleared_the_next_time(self, load):
        load(code_point_row("LS2 9JT"))
        load(code_point_row("LS2 9AA"))
        Load.objects.filter(status="replaced").update(status="past")
        POSTCODES.follow_up(at=timezone.now())
        assert set(Sector.objects.values_list("load__status", flat=True)) == {"loaded"}

    def test_an_edition_that_somebody_has_gone_back_to_is_not_forgotten(self, load):
        load(code_point_row("LS2 9JT"))
        stale = Load.objects.get()
        stale.status = "replaced"
        loading._forget(stale, timezone.now())
        assert (statuses(), len(in_force())) == (["loaded"], 1)


class TestRefused:
    def refusal(self, path, *words):
        before, loads = in_force(), Load.objects.count()
        sentence = refusal_of("import_postcodes", path, *words)
        assert in_force() == before
        assert Sector.objects.count() == len(before), "nothing stays staged"
        assert [load.refusal for load in Load.objects.order_by("pk")[loads:]] == [sentence]
        return sentence

    def test_a_file_without_postcodes_says_why_none_could_be_read(self, tmp_path, load):
        load(code_point_row("LS2 9JT"))
        path = code_point(tmp_path / "bad.zip", [code_point_row("nowhere")])
        assert self.refusal(path) == "No postcode could be read in this file. Line 1: “nowhere” is no postcode."

    @pytest.mark.parametrize("percent", [5, 30, 60, 90, 99])
    def test_a_zip_cut_short_changes_nothing(self, tmp_path, load, percent):
        load(code_point_row("LS2 9JT"))
        rows = [code_point_row(f"LS{district} 9JT") for district in range(1, 30)]
        path = code_point(tmp_path / "cut.zip", rows)
        content = path.read_bytes()
        path.write_bytes(content[: len(content) * percent // 100])
        assert self.refusal(path).endswith((".", "!"))

    def test_a_zip_with_a_bad_checksum_changes_nothing(self, tmp_path, load):
        load(code_point_row("LS2 9JT"))
        path = code_point(tmp_path / "flipped.zip", [code_point_row(f"LS2 9A{letter}") for letter in "ABDEFGHJ"])
        content = bytearray(path.read_bytes())
        at = content.index(b"Data/CSV/ls.csv") + len("Data/CSV/ls.csv") + 20
        content[at] ^= 0xFF
        path.write_bytes(content)
        assert self.refusal(path) == "This file is damaged or cut short: fetch it again, and load it as it came."

    @pytest.mark.parametrize(
        ("stored", "lost", "words", "is_refused"),
        [
            (10, 1, (), False),
            (10, 2, (), True),
            (10, 2, ("--allow-fewer", "1"), True),
            (10, 2, ("--allow-fewer", "2"), False),
            (9, 8, (), False),
        ],
    )
    def test_a_national_directory_does_not_shrink_by_more_than_a_tenth(
        self, tmp_path, load, monkeypatch, stored, lost, words, is_refused
    ):
        monkeypatch.setattr(loading, "NATIONAL", 10)
        rows = [code_point_row(f"LS{district} 9JT") for district in range(1, stored + 1)]
        load(*rows)
        path = code_point(tmp_path / "fewer.zip", rows[lost:])
        if is_refused:
            sentence = (
                f"This file has {lost} postcodes fewer than the one in force: it looks like a part of a directory."
            )
            assert self.refusal(path, *words) == sentence
        else:
            assert told("import_postcodes", path, *words)["stored"] == stored - lost


def test_while_it_writes_it_is_heard_of(load, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 1)
    monkeypatch.setattr("stem.loads.loader.Progress.EVERY_SECONDS", -1.0)
    heard = []
    monkeypatch.setattr("stem.loads.commands.RegisterCommand._draw", lambda *far: heard.append(far[1:]))
    load(code_point_row("LS2 9JT"), code_point_row("LS3 9JT"))
    assert heard == [(0, 2), (2, 2), (2, 2), (2, 2), (1, 1)]


def test_what_it_asks_of_the_database_does_not_grow_with_its_rows(load, django_assert_max_num_queries):
    rows = [code_point_row(f"LS2 9{a}{b}") for a in "ABDEFGHJ" for b in "ABDEFGHJLN"]
    with django_assert_max_num_queries(60, connection=connection):
        load(*rows)
