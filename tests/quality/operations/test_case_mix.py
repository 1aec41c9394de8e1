"""Each night it is reckoned anew what ratings are like; cases go by what a rating says beside others of its kind."""

from datetime import date, timedelta

import pytest

from bookings.enums import VisitStatus
from quality.enums import CaseRule
from quality.histories import WINDOW
from quality.models import Case, CaseMix
from quality.operations.case_mix import reckon_case_mix
from quality.operations.feedback import submit_feedback
from quality.ratings import mix_of, ratings_of_all
from quality.statistics import Rating, Usual
from tests import make

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)


def rated(person, *, weeks=0, answers=None, **asked):
    """A visit that took place and was rated, so many weeks before the usual one."""
    start, end = (each - weeks * WEEK for each in make.FIRST_TIME)
    request = make.request(status="fulfilled", **asked)
    visit = make.visit(request=request, ambassador=person, status=VisitStatus.DELIVERED, time=(start, end))
    return make.feedback(visit=visit, answers=answers or make.TEACHER_SAYS)


def many(score=4.0, kind=("careers_talk", "ks3"), *, people=range(100), each=3):
    """So many ratings, no two of one school."""
    return [
        Rating(person, 100 * person + number, kind, date(2026, 10, 5), score + (-0.5, 0, 0.5)[number])
        for person in people
        for number in range(each)
    ]


def test_a_rating_is_read_with_who_led_the_visit_where_of_what_kind_and_nothing_else():
    ada = make.ambassador(cleared=True)
    form = rated(ada, answers={**make.TEACHER_SAYS, "T9": "3"}, activity="careers_fair", stage="ks4")
    make.watched(form.visit)
    rated(make.ambassador(cleared=True), answers={**make.TEACHER_SAYS, "TF1": "we_cancelled"})
    rated(make.ambassador(cleared=True), weeks=WINDOW.days // 7 + 1)
    school = form.visit.request.school_id
    assert list(ratings_of_all(make.AFTER)) == [Rating(ada.pk, school, ("careers_fair", "ks4"), make.FIRST_DAY, 3.0)]


def test_below_two_hundred_ratings_the_defaults_stand_and_no_kind_is_told_from_others():
    mix = mix_of(iter(many()[:199]), on=make.FIRST_DAY)
    assert (mix.ratings, mix.usual, mix.kinds) == (199, Usual(), [])


def test_from_two_hundred_on_each_kind_has_its_mean_and_what_is_usual_is_reckoned_without_it():
    fairs = many(3.0, ("careers_fair", "ks3"), people=range(100, 200))
    mix = mix_of(iter([*many(), *fairs]), on=make.FIRST_DAY)
    assert [kind[:3] for kind in mix.kinds] == [["careers_fair", "ks3", 300], ["careers_talk", "ks3", 300]]
    assert [mean for *_kind, mean in mix.kinds] == pytest.approx([3.5 - 0.46875, 3.5 + 0.46875])
    assert mix.mu == pytest.approx(3.5)
    # People differ hardly at all once their kinds of visit are taken out: many ratings stand against one's own.
    assert mix.k == 15


def test_one_row_a_day_is_kept_and_none_where_nothing_has_changed():
    first = reckon_case_mix(at=make.AFTER)
    assert reckon_case_mix(at=make.AFTER + timedelta(days=1)) == first
    rated(make.ambassador(cleared=True))
    reckon_case_mix(at=make.AFTER + timedelta(days=2))
    assert [each.ratings for each in CaseMix.objects.all()] == [1, 0]


@pytest.mark.parametrize(("mean", "expected"), [(4.4, ["R3"]), (3.6, [])])
def test_whoever_does_what_nobody_rates_highly_is_not_taken_to_be_poor(mean, expected):
    CaseMix.objects.create(
        reckoned_on=date(2027, 1, 1), ratings=900, mu=4.4, sigma=0.7, k=5, kinds=[["careers_talk", "ks3", 300, mean]]
    )
    ada = make.ambassador(cleared=True)
    for weeks in (4, 3):
        rated(ada, weeks=weeks, answers={**make.TEACHER_SAYS, "T9": "3"})
    visit = make.visit(ambassador=ada, status=VisitStatus.CONFIRMED)
    submit_feedback(
        feedback=make.feedback(visit=visit), answers={**make.TEACHER_SAYS, "T9": "2"}, by=None, at=make.AFTER
    )
    cases = Case.objects.filter(rule=CaseRule.R3)
    assert [each.rule for each in cases] == expected
    # Whoever decides reads what each rating counted.
    assert [[seen["score"] for seen in each.evidence] for each in cases] == [[3.0, 3.0, 2.0]] * len(expected)
