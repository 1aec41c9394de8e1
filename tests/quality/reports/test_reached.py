"""What is told of whom visits reach: schools that nobody visited, by term (E-51), and year groups (E-54)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bookings.enums import RequestStatus, VisitStatus
from quality.reports.facts import facts_of
from quality.reports.pages import report_of
from quality.reports.plots import TOP, runs, trend
from quality.suppression import Cell
from schools.enums import SchoolStatus
from schools.models import School
from stem.accounts.roles import Role
from stem.curriculum import ages_named, ages_taught
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from stem.terms import Term, term_of
from tests import make
from tests.clients import client_of

AUTUMN = Term(date(2026, 9, 1))
SPRING = AUTUMN.after
SUMMER = SPRING.after


@pytest.mark.parametrize(
    ("words", "nation", "ages"),
    [
        ("Year 7", Nation.ENG, {11}),
        ("Years 12 and 13", Nation.WLS, {16, 17}),
        ("Y5-Y8", Nation.ENG, {11, 12}),
        ("Year 8", Nation.NIR, {11}),
        ("Year 14", Nation.NIR, {17}),
        ("S1 to S3", Nation.SCO, {12, 13, 14}),
        ("P7", Nation.SCO, set()),
        ("all", Nation.ENG, set()),
        ("", Nation.ENG, set()),
    ],
)
def test_years_are_told_by_their_pupils_age(words, nation, ages):
    assert ages_named(words, nation) == ages


@pytest.mark.parametrize(
    ("low", "high", "ages"),
    [
        (11, 18, [11, 12, 13, 14, 15, 16, 17]),
        (11, 16, [11, 12, 13, 14, 15]),
        (4, 19, [11, 12, 13, 14, 15, 16, 17]),
        (9, 13, [11, 12]),
        (16, 19, [16, 17]),
        (4, 11, []),
    ],
)
def test_a_school_has_the_ages_that_its_register_says(low, high, ages):
    assert list(ages_taught(low, high)) == ages


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 12, 31), date(2026, 9, 1)),
        (date(2027, 1, 1), date(2026, 9, 1)),
        (date(2027, 8, 31), date(2026, 9, 1)),
    ],
)
def test_a_term_knows_its_school_year(day, begins):
    assert term_of(day).school_year_begins_at.date() == begins


@pytest.fixture
def yorkshire(db) -> Region:
    region = Region.objects.create(name="Yorkshire", slug="yorkshire", nation="england")
    RegionArea.objects.create(region=region, area="LS")
    return region


@pytest.fixture
def kent(db) -> Region:
    return Region.objects.create(name="Kent", slug="kent", nation="england")


def came(school, day: date, years: str, status: VisitStatus = VisitStatus.DELIVERED) -> None:
    """Somebody was at a school on this day, for these years."""
    later = timedelta(days=(day - make.FIRST_DAY).days)
    time = (make.FIRST_TIME[0] + later, make.FIRST_TIME[1] + later)
    contact = school.contacts.first() or make.contact(school=school)
    request = make.request(contact=contact, status=RequestStatus.FULFILLED, year_groups=years, times=(time,))
    make.visit(request=request, ambassador=make.ambassador(cleared=True), status=status, time=time)


class TestYearGroups:
    def test_a_school_year_counts_from_september_to_the_terms_end(self, yorkshire):
        school = make.school(low_age=11, high_age=13)
        came(school, date(2026, 8, 30), "Year 7")
        came(school, date(2027, 5, 10), "Year 7")
        came(school, date(2026, 11, 3), "Year 8")
        came(school, date(2027, 2, 3), "Year 8", VisitStatus.CONFIRMED)
        key = str(yorkshire.pk)
        facts = facts_of(SPRING)
        assert {age: cell.parts for (_region, age), cell in facts["years"].items()} == {
            "11": {"met": 0, "missed": 1},
            "12": {"met": 1, "missed": 0},
        }
        assert facts["every_year"] == {(key, "all"): Cell({"every": 0, "missing": 1})}
        assert facts_of(SUMMER)["every_year"] == {(key, "all"): Cell({"every": 1, "missing": 0})}

    def test_schools_without_such_pupils_or_closed_or_of_unknown_ages_are_in_none(self, yorkshire):
        make.school(low_age=4, high_age=11)
        make.school(low_age=None, high_age=None)
        make.school(low_age=11, high_age=18, status=SchoolStatus.CLOSED)
        assert School.objects.count() == 3
        assert facts_of(SPRING)["years"] == facts_of(SPRING)["every_year"] == {}

    @pytest.mark.parametrize("rows", [1, 3])
    def test_no_more_is_asked_however_many_schools_there_are(self, rows, yorkshire, django_assert_num_queries):
        for _number in range(rows):
            came(make.school(low_age=11, high_age=16), date(2026, 11, 3), "Year 9")
        with django_assert_num_queries(14):
            facts_of(SPRING)

    def test_are_told_by_age_with_a_plot_and_its_table(self, yorkshire, kent):
        keys = [str(each.pk) for each in (yorkshire, kent)]
        years = {(key, str(age)): Cell({"met": 20, "missed": 60}) for key in keys for age in range(11, 18)}
        every = {(key, "all"): Cell({"every": 12, "missing": 68}) for key in keys}
        told = {
            section.code: section
            for section in report_of(make.release(yorkshire, kent, years=years, every_year=every)).sections
        }
        assert list(told["years"].headings) == [*(f"Age {age}" for age in range(11, 18)), "All"]
        assert [figure.text for figure in told["years"].rows[0][1]] == ["25%"] * 8
        assert told["years"].plot is not None
        assert [[figure.text for figure in row] for _name, row in told["every_year"].rows] == [["15%"]] * 3

    def test_small_groups_are_told_of_together(self, yorkshire, kent):
        keys = [str(each.pk) for each in (yorkshire, kent)]
        every = {
            (keys[0], "all"): Cell({"every": 12, "missing": 68}),
            (keys[1], "all"): Cell({"every": 3, "missing": 9}),
        }
        told = {each.code: each for each in report_of(make.release(yorkshire, kent, every_year=every)).sections}
        assert [name for name, _row in told["every_year"].rows] == ["Yorkshire, Kent together", "All together"]


def never(*regions: Region, parts: dict[str, int]) -> dict:
    return {(str(region.pk), "secondary"): Cell(parts) for region in regions}


def by_term(release, **where) -> dict[str, list[tuple[str, str]]]:
    """The trend as it is read: each row's figures with their tone."""
    sections = [each for each in report_of(release, **where).sections if each.code == "never_by_term"]
    return {name: [(each.text, each.tone) for each in row] for section in sections for name, row in section.rows}


class TestNeverVisited:
    def test_is_told_term_by_term_and_amber_where_it_rose(self, yorkshire, kent):
        made = None
        for term, share in ((AUTUMN, 60), (SPRING, 55), (SUMMER, 58)):
            parts = {"never": share, "met": 100 - share}
            made = make.release(yorkshire, kent, term=term, never=never(yorkshire, kent, parts=parts))
        expected = [("60%", ""), ("55%", ""), ("58%", "warning")]
        assert by_term(made) == {"Yorkshire": expected, "Kent": expected, "All together": expected}
        assert by_term(made, region=str(kent.pk)) == {"Kent": expected, "All together": expected}

    def test_a_term_knows_nothing_of_later_ones(self, yorkshire):
        first = make.release(yorkshire, term=AUTUMN)
        second = make.release(yorkshire, term=SPRING)
        make.release(yorkshire, term=SUMMER)
        assert by_term(first) == {}
        assert {len(row) for row in by_term(second).values()} == {2}

    def test_a_region_that_was_put_together_with_others_in_a_term_is_left_open_there(self, yorkshire, kent):
        few = never(yorkshire, parts={"never": 60, "met": 40}) | never(kent, parts={"never": 3, "met": 20})
        make.release(yorkshire, kent, term=AUTUMN, never=few)
        many = never(yorkshire, kent, parts={"never": 50, "met": 50})
        made = make.release(yorkshire, kent, term=SPRING, never=many)
        assert by_term(made) == {
            "Yorkshire": [("–", ""), ("50%", "")],
            "Kent": [("–", ""), ("50%", "")],
            "All together": [("51%", ""), ("50%", "")],
        }

    def test_stands_on_the_page_and_in_the_file(self, yorkshire):
        for term in (AUTUMN, SPRING):
            make.release(yorkshire, term=term)
        client = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
        where = {"year": SPRING.year, "season": SPRING.season}
        page = client.get(reverse("scheme_report", kwargs=where)).text
        assert "Schools that nobody visited, term by term" in page and "September to December 2026" in page
        file = client.get(reverse("export_scheme_report", kwargs=where)).content.decode()
        assert 'term by term",Yorkshire,September to December 2026,62%' in file


def test_a_trend_draws_what_is_told_and_leaves_gaps():
    plot = trend({"Yorkshire": [60, None, 58], "Kent": [None, "few", None], "All": [61, 60, 59]}, ["a", "b", "c"])
    assert plot is not None
    assert [shape.title for shape in plot.shapes if shape.kind == "usual"] == [
        "Yorkshire: 60%",
        "Yorkshire: 58%",
        "All: 61%",
        "All: 60%",
        "All: 59%",
    ]
    assert [shape.kind for shape in plot.shapes if "run" in shape.kind] == ["run", "run-of-all"]
    assert trend({"All": [None, "few"]}, ["a", "b"]) is None


@pytest.mark.parametrize("sums", [[6.0, 40.0], [40.0, 6.0]])
def test_the_name_of_a_run_that_signals_stays_within_the_plot(sums):
    plot = runs({"Wales": sums}, ["May", "Jun"])
    assert plot is not None
    assert [TOP <= label.y <= plot.height for label in plot.labels if label.text == "Wales"] == [True]
