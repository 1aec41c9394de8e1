"""A term is told of once, when no form may come in any more; and nobody learns of a few people from what is told."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.enums import RequestStatus, VisitStatus
from quality.models import Release
from quality.operations.feedback import submit_feedback
from quality.operations.releases import release_term
from quality.reports import tables
from quality.reports.facts import facts_of
from quality.reports.tables import told, with_runs
from quality.statistics import Usual
from quality.suppression import Cell
from quality.terms import closed_by
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.terms import Term, term_of
from tests import make
from tests.clients import client_of
from tests.quality.reports.adversary import found_out, known_of, small

# 10 February 2027, on which visits are made, is in the term from January to April.
TERM = Term(date(2027, 1, 1))
CLOSED = datetime(2027, 6, 6, 3, 0, tzinfo=UTC)


# --- terms


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2027, 4, 30), date(2027, 1, 1)),
        (date(2027, 8, 31), date(2027, 5, 1)),
        (date(2026, 12, 31), date(2026, 9, 1)),
    ],
)
def test_each_day_is_in_one_term(day, first):
    assert term_of(day) == Term(first)
    assert term_of(day).after.before == term_of(day)


def test_a_term_is_closed_five_weeks_after_its_end():
    assert closed_by(datetime(2027, 6, 4, 12, tzinfo=UTC)) == TERM.before
    assert closed_by(datetime(2027, 6, 6, 12, tzinfo=UTC)) == TERM


# --- how a cell is told


def test_a_parity_below_nine_in_ten_is_as_in_the_rule():
    cell = Cell({"most": 31, "rest": 69}, public={"pupils": 1000, "pupils_most": 400})
    assert told("parity", {("1", "all"): cell})["total"] == {"share": 31, "pupils": 40, "ratio": 0.775}


def test_the_weights_of_2010_come_to_one_and_weigh_what_was_said():
    assert sum(tables.WEIGHTS_2010.values()) == pytest.approx(1)
    said = {code: (20, 20 * mean) for code, mean in zip(tables.WEIGHTS_2010, (5, 5, 3, 4, 2), strict=True)}
    # .194 of 5, .315 of 3, .196 of 4 and .295 of 2.
    assert told("index", {("1", "all"): Cell({"all": 20}, sums=said)})["total"]["mean"] == 3.3


def test_that_everybody_gave_the_best_mark_is_not_told():
    best = Cell({"all": 20}, sums={"T9": (20, 100.0)})
    assert told("months", {("1", "2027-01"): best})["total"]["mean"] == 4.9


def test_a_run_goes_on_from_the_term_before():
    months = {("1", f"2027-0{month}"): Cell({"all": 20}, sums={"T9": (20, 72.0)}) for month in (1, 2)}
    usual = Usual(mu=4.4, sigma=0.8)
    assert with_runs(told("months", months), {("1",): 4.0}, usual)["runs"] == [[4.5, 5.0]]
    assert with_runs(told("months", months), {}, usual)["runs"] == [[0.5, 1.0]]


# --- the adversary

REGIONS, COLUMNS = "123", ("ks2", "ks3", "ks4")
KEYS = [(row, column) for row in REGIONS for column in COLUMNS]
OFTEN = st.one_of(st.integers(0, 9), st.integers(10, 60))


def learned(code: str, table: tables.Table, part: str, *, rounding: int) -> dict[tuple[str, str, str], int]:
    return small(found_out(known_of(told(code, table), table, part, rounding=rounding)))


@settings(max_examples=60, deadline=None)
@given(st.lists(OFTEN, min_size=9, max_size=9))
def test_nobody_finds_a_few_visits(counts):
    table = {key: Cell({"all": n}) for key, n in zip(KEYS, counts, strict=True)}
    assert learned("stages", table, "all", rounding=2) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(OFTEN, OFTEN), min_size=9, max_size=9))
def test_nobody_finds_what_a_few_said(counts):
    table = {key: Cell({"again": n, "not": m}) for key, (n, m) in zip(KEYS, counts, strict=True)}
    assert learned("again", table, "again", rounding=2) == {}


def test_the_adversary_finds_it_where_the_door_stands_open(monkeypatch):
    counts = [40, 30, 3, 40, 30, 20, 50, 35, 25]
    table = {key: Cell({"all": n}) for key, n in zip(KEYS, counts, strict=True)}
    assert learned("stages", table, "all", rounding=2) == {}
    monkeypatch.setattr(tables, "may_be_told", lambda _cell, **_more: True)
    monkeypatch.setattr(tables, "rounded", lambda n: n)
    assert learned("stages", table, "all", rounding=0) == {("1", "ks4", "all"): 3}


# --- a term of the scheme


@pytest.fixture
def yorkshire(db) -> Region:
    region = Region.objects.create(name="Yorkshire", slug="yorkshire", nation="england")
    RegionArea.objects.create(region=region, area="LS")
    return region


def rated(number: int, **answers: str):
    """A visit on a day of its own that took place and was rated, and of which its visitor has not spoken."""
    start, end = (each + timedelta(days=number) for each in make.FIRST_TIME)
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED, time=(start, end))
    make.feedback(visit=visit, side="ambassador")
    return make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "T1": "4", **answers})


def test_a_term_is_counted_from_its_own_visits(yorkshire):
    key = str(yorkshire.pk)
    rated(0)
    rated(1, T10="no", T9="2")
    rated(-90)
    make.request(status=RequestStatus.UNFILLED)
    make.search(found=0), make.search(found=3, subject="physics")
    facts = facts_of(TERM)
    assert facts["stages"] == {(key, "ks3"): Cell({"all": 2})}
    assert facts["responses"][key, "teacher"].parts == {"came": 2, "silent": 0}
    assert facts["responses"][key, "ambassador"].parts == {"came": 0, "silent": 2}
    assert facts["again"][key, "secondary"] == Cell({"again": 1, "not": 1}, public={"asked": 2})
    assert facts["index"][key, "all"].sums == {"T1": (2, 8.0)}
    assert facts["months"][key, "2027-02"].sums == {"T9": (2, 7.0)}
    assert facts["tenth"][key, "all"].parts == {"tenth": 1, "rest": 1}
    assert facts["never"][key, "secondary"].parts == {"never": 1, "met": 3}
    assert facts["unfilled"][key, "unknown"].parts == {"unfilled": 1, "found": 3}
    assert facts["searches"][key, "all"].parts == {"nobody": 1, "somebody": 1}


def files(region: Region) -> list[list[list[str]]]:
    """Everything that anybody may ask for of the term."""
    client = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    where = {"year": TERM.year, "season": TERM.season}
    asked = [("export_scheme_report", where), ("export_region_report", {**where, "pk": region.pk})]
    answers = [client.get(reverse(name, kwargs=address)) for name, address in asked]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) for answer in answers]


def test_one_more_form_changes_nothing_that_was_told(yorkshire):
    for number in range(12):
        rated(number)
    late = make.feedback(visit=make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED))
    late.closes_at = CLOSED + timedelta(days=9)
    late.save()
    # While it may still come in, nothing is told.
    assert release_term(at=CLOSED) is None and not Release.objects.exists()
    late.closes_at = CLOSED - timedelta(days=1)
    late.save()
    assert release_term(at=CLOSED) is not None
    before = files(yorkshire)
    late.closes_at = CLOSED + timedelta(days=9)
    late.save()
    submit_feedback(feedback=late, answers={**make.TEACHER_SAYS, "T9": "1"}, by=None, at=CLOSED)
    rated(20)
    assert release_term(at=CLOSED + timedelta(days=1)) is None
    assert files(yorkshire) == before
    # That it could fail: told anew, it would be found by what has changed.
    Release.objects.all().delete()
    assert release_term(at=CLOSED + timedelta(days=30)) is not None
    assert files(yorkshire) != before
