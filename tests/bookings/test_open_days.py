"""On which days a class has no visitor, and what becomes of a request that wants one then (rule T-11)."""

from datetime import date, datetime, timedelta

import pytest

from bookings.eligibility import earliest_promised, is_at_short_notice, needs_a_look
from bookings.enums import RequestStatus, VisitStatus
from bookings.models import PossibleTime, Request
from bookings.notice import earliest_day
from bookings.open_days import reasons_against
from bookings.operations.requests import offer_times, submit_request
from bookings.operations.visits import confirm_visit
from bookings.queries.boards import history_of_request
from schools.enums import SpanKind, TermsFrom
from schools.models import School
from schools.terms.school_time import SchoolTime, usual_time
from schools.terms.spans import YearDates
from schools.terms.typed import read_lines
from schools.terms.understanding import understand
from stem.moments import moment
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

LEEDS = SchoolTime(
    Nation.ENG,
    {2026: YearDates(2026, TermsFrom.SCHOOL, understand(read_lines(make.DATES), Nation.ENG).years[2026])},
)
SCOTLAND = usual_time(Nation.SCO)
ARRANGEMENTS = make.arrangements()
GUESSED = "We go by the usual dates in Scotland, as your school has told us none."
BECAUSE = "It is our science week."


def against(day, *, time=LEEDS, stage="ks3", year_groups="Year 8"):
    return [why.code for why in reasons_against(day, time=time, stage=stage, year_groups=year_groups)]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2027, 2, 10), []),
        (date(2027, 2, 13), ["no_school"]),
        (date(2027, 2, 16), ["no_school"]),
        (date(2026, 9, 4), ["no_school"]),
        (date(2027, 3, 29), ["no_school"]),
        (date(2027, 1, 5), ["start_of_term"]),
        (date(2027, 1, 6), ["start_of_term"]),
        (date(2027, 1, 7), []),
    ],
)
def test_no_class_has_a_visitor(day, codes):
    assert against(day) == codes


@pytest.mark.parametrize(
    ("time", "day", "stage", "year_groups", "codes"),
    [
        (LEEDS, date(2027, 5, 20), "ks4", "Year 11", ["exams"]),
        (LEEDS, date(2027, 5, 20), "ks5", "Year 13", ["exams"]),
        (LEEDS, date(2027, 5, 20), "ks5", "Year 12", []),
        (LEEDS, date(2027, 5, 20), "ks4", "Year 10", []),
        (LEEDS, date(2027, 5, 20), "", "", []),
        (LEEDS, date(2027, 5, 13), "ks4", "Year 11", []),
        (usual_time(Nation.NIR), date(2027, 5, 20), "ks4", "Year 12", ["exams"]),
        (usual_time(Nation.NIR), date(2027, 5, 20), "ks4", "Year 11", []),
        (SCOTLAND, date(2027, 4, 29), "ks4", "S4", ["exams"]),
        (SCOTLAND, date(2027, 4, 29), "ks4", "S3", []),
        (SCOTLAND, date(2027, 6, 10), "ks5", "S6", []),
    ],
)
def test_no_class_has_one_while_it_sits_exams(time, day, stage, year_groups, codes):
    assert against(day, time=time, stage=stage, year_groups=year_groups) == codes


@pytest.mark.parametrize(
    ("time", "day", "words"),
    [
        (LEEDS, date(2027, 3, 29), "Monday 29 March 2027 is a bank holiday."),
        (LEEDS, date(2027, 2, 16), "Tuesday 16 February 2027 is in half term."),
        (
            SCOTLAND,
            date(2027, 7, 20),
            f"Tuesday 20 July 2027 is not in term. {GUESSED}",
        ),
    ],
)
def test_it_is_said_why_and_whether_we_guess(time, day, words):
    [why] = reasons_against(day, time=time, stage="ks3", year_groups="")
    assert why.truth == words


@pytest.mark.parametrize(
    ("mode", "activity", "day"),
    [
        ("in_person", "careers_talk", date(2027, 1, 26)),
        ("online", "virtual_talk", date(2027, 1, 19)),
        ("in_person", "careers_fair", date(2027, 3, 2)),
        ("in_person", "stem_club", date(2027, 3, 2)),
    ],
)
def test_notice_is_ten_five_or_thirty_school_days(mode, activity, day):
    policy = {"notice_in_person": 10, "notice_online": 5, "notice_fair": 30, "notice_series": 30}
    today = date(2027, 1, 12)
    assert earliest_day(today=today, mode=mode, activity=activity, time=LEEDS, policy=policy) == day


def at(day: date, hour: int = 10) -> tuple[datetime, datetime]:
    starts_at = moment(day, datetime.min.time().replace(hour=hour))
    return starts_at, starts_at + timedelta(hours=1)


@pytest.fixture
def wanted(db) -> Request:
    """A draft of a school with dates of its own."""
    draft = make.request(times=())
    make.school_year(school=draft.school)
    return draft


OPEN, SHUT = date(2027, 3, 10), date(2027, 2, 16)


def offer(wanted: Request, *days: date, all_the_same: str = "") -> None:
    times = [at(day) for day in days]
    offer_times(request=wanted, times=times, by=wanted.contact.user, all_the_same=all_the_same)


def told(wanted: Request) -> list[tuple[date, str]]:
    return [(each.starts_at.date(), each.all_the_same) for each in PossibleTime.objects.filter(request=wanted)]


class TestARequest:
    def test_for_a_closed_day_is_refused_with_each_day_and_changes_nothing(self, wanted):
        offer(wanted, OPEN)
        with pytest.raises(Refusal) as refused:
            offer(wanted, OPEN, SHUT, date(2027, 4, 13))
        assert refused.value.codes == ["all_the_same", "all_the_same"]
        assert told(wanted) == [(OPEN, "")]

    def test_is_taken_with_a_reason_which_stays_on_the_days_that_need_it(self, wanted):
        offer(wanted, OPEN, SHUT, all_the_same=BECAUSE)
        assert told(wanted) == [(SHUT, BECAUSE), (OPEN, "")]

    def test_loses_a_reason_that_is_needed_no_more(self, wanted):
        offer(wanted, SHUT, all_the_same=BECAUSE)
        offer(wanted, OPEN, all_the_same=BECAUSE)
        assert told(wanted) == [(OPEN, "")]

    def test_shows_its_reason_to_the_coordinator_and_in_the_history(self, wanted):
        offer(wanted, SHUT, all_the_same=BECAUSE)
        submit_request(request=wanted, by=wanted.contact.user, at=make.NOW)
        words = "Tuesday 16 February 2027, 10am to 11am, all the same: It is our science week."
        assert wanted.times_in_words == [words]
        assert [each.note for each in history_of_request(wanted)] == [words, ""]

    def test_is_not_sent_in_when_the_day_has_closed_since(self, wanted):
        offer(wanted, OPEN)
        make.closure(wanted.school, day=OPEN, kind=SpanKind.INSET)
        with pytest.raises(Refusal) as refused:
            submit_request(request=wanted, by=wanted.contact.user, at=make.NOW)
        assert (refused.value.codes, refused.value.told_to()) == (
            ["times"],
            "Wednesday 10 March 2027 is an INSET day.",
        )
        wanted.refresh_from_db()
        assert wanted.status == RequestStatus.DRAFT

    def test_of_another_class_is_judged_by_its_exams(self, wanted):
        offer(wanted, date(2027, 5, 20))
        Request.objects.filter(pk=wanted.pk).update(stage="ks4", year_groups="Year 11")
        wanted.refresh_from_db()
        with pytest.raises(Refusal) as refused:
            offer(wanted, date(2027, 5, 20))
        assert refused.value.codes == ["all_the_same"]

    def test_of_a_school_in_scotland_goes_by_scotland_s_days(self, db):
        draft = make.request(times=())
        School.objects.update(nation=Nation.SCO)
        draft = Request.objects.get()
        with pytest.raises(Refusal):
            offer(draft, date(2027, 7, 5))
        offer(draft, date(2027, 8, 25))


class TestShortNotice:
    def test_is_counted_in_the_school_s_days(self, wanted):
        # Of the ten days from 12 January all but a closure of three are school days.
        assert earliest_promised(wanted, make.NOW) == date(2027, 1, 26)
        make.closure(wanted.school, day=date(2027, 1, 18), last=date(2027, 1, 20))
        assert earliest_promised(wanted, make.NOW) == date(2027, 1, 29)

    def test_is_allowed_and_marked_and_waits_for_a_coordinator(self, wanted):
        soon = date(2027, 1, 25)
        offer(wanted, soon, OPEN)
        submit_request(request=wanted, by=wanted.contact.user, at=make.NOW)
        wanted.refresh_from_db()
        assert wanted.status == RequestStatus.SUBMITTED
        assert needs_a_look(wanted, make.NOW) == ["Short notice: a date is sooner than we can promise."]
        # Time that passes afterwards does not make more of them short.
        later = make.NOW + timedelta(days=50)
        assert needs_a_look(wanted, later) == needs_a_look(wanted, make.NOW)
        times = [each.starts_at for each in wanted.possible_times.all()]
        assert [each.date() for each in times if is_at_short_notice(wanted, each)] == [soon]
        assert history_of_request(wanted)[0].note == "At short notice: Monday 25 January 2027, 10am to 11am"


class TestTheSchoolSYes:
    @pytest.fixture
    def visit(self, db):
        made = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)
        make.closure(made.request.school, day=make.FIRST_DAY, kind=SpanKind.INSET)
        return made

    def confirm(self, visit, **columns):
        confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=visit.request.contact.user, at=make.NOW, **columns)
        visit.refresh_from_db()

    def test_is_refused_for_a_day_that_has_closed_since(self, visit):
        with pytest.raises(Refusal) as refused:
            self.confirm(visit)
        assert refused.value.codes == ["all_the_same"]
        visit.refresh_from_db()
        assert visit.status == VisitStatus.MATCHED

    def test_goes_through_with_a_reason_that_the_history_keeps(self, visit):
        self.confirm(visit, all_the_same=BECAUSE)
        assert visit.status == VisitStatus.CONFIRMED
        assert visit.events.get(kind="confirm").note == BECAUSE

    def test_asks_for_no_reason_twice(self, visit):
        PossibleTime.objects.filter(request=visit.request).update(all_the_same=BECAUSE)
        self.confirm(visit)
        assert visit.status == VisitStatus.CONFIRMED
