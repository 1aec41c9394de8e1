"""Telling when a school is open: its own dates, its authority's, closures and periods."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from schools.enums import SpanKind, TermsFrom
from schools.models import Period, SchoolYear, Stretch
from schools.operations import school_time as operations
from schools.operations.carrying_over import carry_people_over
from schools.queries.school_time import periods_of, school_time, school_times
from schools.terms.periods import read_periods
from schools.terms.typed import read_lines
from schools.terms.understanding import understand
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

YEARS = understand(read_lines(make.DATES), Nation.ENG).years
NOTHING = operations.stand_of(())
DAY = date(2027, 2, 10)


@pytest.fixture
def teacher():
    return make.contact(school=make.school(authority="Leeds"))


def set_dates(teacher, years=None, seen=NOTHING, by=None, at=make.NOW):
    operations.set_school_dates(school=teacher.school, years=years or YEARS, seen=seen, by=by or teacher.user, at=at)


def close(teacher, day=DAY, last=None, kind=SpanKind.INSET, by=None):
    return operations.close_school(
        school=teacher.school,
        kind=kind,
        first_day=day,
        last_day=last or day,
        name="",
        by=by or teacher.user,
        at=make.NOW,
    )


def refusal_of(act, *args, **kwargs):
    before = list(Stretch.objects.order_by("pk").values())
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    assert list(Stretch.objects.order_by("pk").values()) == before
    return refused.value


class TestWhoseDatesCount:
    def test_the_school_s_own_then_its_authority_s_then_the_usual_ones(self, teacher):
        def source():
            return school_time(teacher.school).year(2026).source

        assert source() is TermsFrom.USUAL
        make.school_year(authority="Leeds")
        assert source() is TermsFrom.AUTHORITY
        set_dates(teacher)
        assert source() is TermsFrom.SCHOOL

    def test_an_authority_of_that_name_in_another_nation_says_nothing(self, teacher):
        make.school_year(authority="Leeds", nation=Nation.WLS)
        assert school_time(teacher.school).year(2026).source is TermsFrom.USUAL

    def test_a_school_without_an_authority_goes_by_no_other_s(self):
        make.school_year(authority="Leeds")
        assert school_time(make.school()).year(2026).source is TermsFrom.USUAL

    def test_a_closure_alone_leaves_the_authority_s_terms_and_days(self, teacher):
        make.school_year(authority="Leeds")
        close(teacher)
        time = school_time(teacher.school)
        assert time.year(2026).source is TermsFrom.AUTHORITY
        assert [time.why_closed(day).code for day in (DAY, date(2026, 9, 4))] == ["inset", "inset"]

    def test_a_closure_alone_leaves_the_usual_terms(self, teacher):
        close(teacher)
        time = school_time(teacher.school)
        assert (time.is_guess(DAY), time.why_closed(DAY).is_guess) == (True, False)

    def test_many_schools_are_read_in_one_query(self, django_assert_num_queries):
        schools = [make.school(authority=name) for name in ("Leeds", "York", "")]
        make.school_year(authority="Leeds")
        make.closure(schools[2], day=DAY)
        with django_assert_num_queries(1):
            times = school_times(schools, years=[2026])
        assert [times[school.pk].year(2026).source for school in schools] == ["authority", "usual", "usual"]
        assert [times[school.pk].is_school_day(DAY) for school in schools] == [True, True, False]


class TestSettingDates:
    def test_replaces_the_years_that_are_told_and_no_other(self, teacher):
        make.closure(teacher.school, day=date(2025, 11, 7))
        set_dates(teacher)
        later = understand(read_lines("Autumn term: 1 September 2026 to 18 December 2026"), Nation.ENG).years
        set_dates(teacher, later, seen=operations.stand_of(YEARS[2026]))
        assert {year: len(spans) for year, spans in operations.spans_of(teacher.school).items()} == {2025: 1, 2026: 1}

    def test_the_same_again_changes_nothing(self, teacher):
        set_dates(teacher)
        set_dates(teacher, at=make.NOW + timedelta(days=1))
        assert SchoolYear.objects.get().changed_at == make.NOW
        assert Entry.objects.filter(action="school_year.set").count() == 1

    def test_of_what_somebody_changed_meanwhile_is_refused(self, teacher):
        close(teacher)
        assert refusal_of(set_dates, teacher).codes == ["changed_meanwhile"]

    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            ("Autumn term: 1 September 2036 to 18 December 2036", "year"),
            ("Autumn term: 1 September 2019 to 18 December 2019", "year"),
            (
                "Autumn term: 1 September 2026 to 18 December 2026\nSpring term: 1 December 2026 to 25 March 2027",
                "days_shared",
            ),
            (
                "\n".join(
                    f"INSET day: {1 + n % 28} {['Sep', 'Oct', 'Nov', 'Jan', 'Feb'][n // 28]} {2026 + n // 84}"
                    for n in range(130)
                ),
                "too_many",
            ),
        ],
    )
    def test_what_cannot_be_meant_is_refused(self, teacher, lines, code):
        years = understand(read_lines(lines), Nation.ENG).years
        assert refusal_of(set_dates, teacher, years).codes == [code]

    def test_is_for_the_school_s_people_and_its_coordinators(self, teacher):
        assert refusal_of(set_dates, teacher, by=make.contact().user).codes == ["not_for_school"]
        assert refusal_of(set_dates, teacher, by=make.contact(school=teacher.school, approved=False).user).codes == [
            "not_for_school"
        ]
        set_dates(teacher, by=make.staff(Role.COORDINATOR))

    def test_of_an_authority_is_for_officers(self, teacher):
        act = {"nation": Nation.ENG, "authority": "Bradford", "years": YEARS, "seen": NOTHING, "at": make.NOW}
        assert refusal_of(operations.set_authority_dates, **act, by=teacher.user).codes == ["not_staff"]
        assert refusal_of(operations.set_authority_dates, **act, by=make.staff(Role.COORDINATOR)).codes == ["not_staff"]
        make.school(authority="Bradford")
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            operations.set_authority_dates(**act, by=make.staff(role))
        assert SchoolYear.objects.of_authorities().count() == 1


class TestCopying:
    def test_makes_the_authority_s_dates_the_school_s_with_its_own_closures(self, teacher):
        make.school_year(authority="Leeds")
        close(teacher)
        operations.copy_authority_dates(school=teacher.school, year=2026, by=teacher.user, at=make.NOW)
        time = school_time(teacher.school)
        assert time.year(2026).source is TermsFrom.SCHOOL
        assert [time.why_closed(day).code for day in (DAY, date(2026, 9, 4))] == ["inset", "inset"]

    def test_twice_or_of_nothing_is_refused(self, teacher):
        act = {"school": teacher.school, "year": 2026, "by": teacher.user, "at": make.NOW}
        assert refusal_of(operations.copy_authority_dates, **act).codes == ["no_dates"]
        make.school_year(authority="Leeds")
        operations.copy_authority_dates(**act)
        assert refusal_of(operations.copy_authority_dates, **act).codes == ["has_its_own"]

    def test_is_taken_back_by_dropping_them(self, teacher):
        set_dates(teacher)
        act = {"school": teacher.school, "year": 2026, "by": teacher.user, "at": make.NOW}
        operations.drop_school_dates(**act)
        assert school_time(teacher.school).year(2026).source is TermsFrom.USUAL
        assert refusal_of(operations.drop_school_dates, **act).codes == ["nothing_told"]


class TestClosing:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            ({"last": DAY - timedelta(days=1)}, "last_day"),
            ({"last": DAY + timedelta(days=100)}, "last_day"),
            ({"day": date(2040, 1, 2)}, "first_day"),
            ({"kind": SpanKind.TERM}, "kind"),
        ],
    )
    def test_what_cannot_be_meant_is_refused(self, teacher, arguments, code):
        assert refusal_of(close, teacher, **arguments).codes == [code]
        assert not SchoolYear.objects.exists()

    def test_the_same_days_twice_is_refused(self, teacher):
        close(teacher, DAY, DAY + timedelta(days=2))
        assert refusal_of(close, teacher, DAY + timedelta(days=1)).codes == ["days_taken"]

    def test_is_taken_back_by_its_people_alone(self, teacher):
        day = close(teacher)
        act = {"stretch": day, "at": make.NOW}
        assert refusal_of(operations.open_again, **act, by=make.contact().user).codes == ["not_for_school"]
        operations.open_again(**act, by=teacher.user)
        assert school_time(teacher.school).is_school_day(DAY)

    def test_nobody_opens_what_an_authority_has_told(self, teacher):
        inset = make.school_year(authority="Leeds").stretches.get(kind="inset")
        assert refusal_of(operations.open_again, stretch=inset, by=teacher.user, at=make.NOW).codes == ["not_of_school"]


def test_periods_are_replaced_and_kept_in_the_order_of_the_day(teacher):
    for text in ("Period 1: 9am to 10am", "Period 2: 10am to 11am\nPeriod 1: 8am to 9am\nClub (Wed): 3pm to 4pm"):
        operations.set_periods(school=teacher.school, periods=read_periods(text), by=teacher.user, at=make.NOW)
    assert [each.in_words for each in periods_of(teacher.school)] == [
        *("Period 1, 8am to 9am", "Period 2, 10am to 11am", "Club, 3pm to 4pm (Wed)")
    ]


@pytest.mark.parametrize("own", [False, True])
def test_what_follows_a_school_goes_on_with_its_dates_where_it_has_none(teacher, own):
    old = make.school(name="Beckside School", status="closed")
    make.contact(school=old, lead=True)
    make.closure(old, day=DAY)
    make.period(old)
    new = teacher.school
    if own:
        make.closure(new, day=DAY + timedelta(days=1), name="Ours")
        make.period(new, name="Ours")
    make.succession(old=old, new=new, status="confirmed")

    assert carry_people_over(at=make.NOW) == 1

    assert [row.name for row in Stretch.objects.filter(of_year__school=new)] == (["Ours"] if own else [""])
    assert [row.name for row in Period.objects.filter(school=new)] == (["Ours"] if own else ["Period 3"])


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        ("first", "last"), [(DAY, DAY), (DAY - timedelta(days=3), DAY), (DAY, DAY + timedelta(days=9))]
    )
    def test_lets_no_two_stretches_of_a_kind_share_a_day(self, teacher, first, last):
        closed = make.closure(teacher.school, day=DAY)
        with pytest.raises(IntegrityError, match="stretches_of_a_kind_share_no_day"), transaction.atomic():
            make.closure(teacher.school, day=first, last=last)
        # Another kind may, another year's may, and what touches it does not share it.
        make.closure(teacher.school, day=first, last=last, kind=SpanKind.INSET)
        make.closure(make.school(), day=first, last=last)
        later = make.closure(teacher.school, day=DAY + timedelta(days=1), last=DAY + timedelta(days=2))
        with pytest.raises(IntegrityError, match="stretches_of_a_kind_share_no_day"), transaction.atomic():
            Stretch.objects.filter(pk=later.pk).update(first_day=DAY)
        assert Stretch.objects.filter(pk=closed.pk).update(name="Snow") == 1

    @pytest.mark.parametrize(
        "columns",
        [{"school": None}, {"nation": "england", "authority": "Leeds"}, {"school": None, "nation": "england"}],
    )
    def test_lets_a_year_be_a_school_s_or_an_authority_s(self, teacher, columns):
        told = {"school": teacher.school, "year": 2026, "changed_at": make.NOW, **columns}
        with pytest.raises(IntegrityError, match="year_of_a_school_or_of_an_authority"), transaction.atomic():
            SchoolYear.objects.create(**told)

    def test_lets_nothing_end_before_it_begins(self, teacher):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.closure(teacher.school, day=DAY, last=DAY - timedelta(days=1))
