"""From when until when somebody is cleared, beside asking day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.assessing import Condition
from ambassadors.checks import cleared_for
from ambassadors.eligibility import reasons_not_bookable
from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Requirement
from ambassadors.reach.keeping import reach_of
from ambassadors.reach.masks import ACTIVITY_TYPES, CONDITIONS, STAGES
from ambassadors.reach.spans import FOR_EVER, Fact, spans_of
from stem.nations import Nation
from tests import make

FIRST = date(2027, 1, 1)
FEW = 40
kinds = st.sampled_from(RequirementKind)


def days(first: int, last: int) -> tuple[date, date]:
    return FIRST + timedelta(days=first), FIRST + timedelta(days=last)


def fact(kind: RequirementKind, first: int, last: int | None, *, pk: int = 0, body: str = "", **of_check) -> Fact:
    until = FOR_EVER if last is None else days(0, last)[1]
    return Fact(
        pk, kind, body, days(first, 0)[0], until, *{"barred_list": False, "conditions": "", **of_check}.values()
    )


def cleared(*checks: Fact, but: RequirementKind | None = None) -> list[Fact]:
    """Everything else for ever, and these checks."""
    others = (kind for kind in RequirementKind if kind not in (RequirementKind.CRC, but))
    return [*(fact(kind, 0, None) for kind in others), *checks]


def check(first: int, last: int | None, body: CheckBody = CheckBody.DBS, **of_check) -> Fact:
    return fact(RequirementKind.CRC, first, last, body=body, **of_check)


def test_somebody_is_cleared_while_all_of_it_counts():
    assert [(span.first, span.last) for span in spans_of(cleared(check(3, 9)))] == [days(3, 9)]
    assert spans_of(cleared(check(3, None)))[0].last == FOR_EVER


@pytest.mark.parametrize("kind", [kind for kind in RequirementKind if kind != RequirementKind.CRC])
def test_nobody_is_cleared_without_one_of_them(kind):
    assert spans_of(cleared(check(3, 9), but=kind)) == []
    assert spans_of([]) == []


def test_a_renewal_without_a_gap_is_one_span_and_with_one_is_two():
    assert [(span.first, span.last) for span in spans_of(cleared(check(0, 9), check(5, 20, pk=1)))] == [days(0, 20)]
    assert [(span.first, span.last) for span in spans_of(cleared(check(0, 9), check(10, 20, pk=1)))] == [days(0, 20)]
    two = spans_of(cleared(check(0, 9), check(11, 20, pk=1)))
    assert [(span.first, span.last) for span in two] == [days(0, 9), days(11, 20)]


def test_the_latest_check_of_an_issuer_speaks_and_another_issuer_s_beside_it():
    rows = cleared(check(0, 30, conditions="paired"), check(5, 9, pk=1, barred_list=True), check(7, 40, CheckBody.PVG))
    found = [(span.first, span.last, span.barred_list, span.in_scotland, span.conditions) for span in spans_of(rows)]
    paired: frozenset[str] = frozenset({"paired"})
    assert found == [
        (*days(0, 4), False, False, paired),
        (*days(5, 6), True, False, frozenset()),
        (*days(7, 9), True, True, frozenset()),
        (*days(10, 30), False, True, paired),
        (*days(31, 40), False, True, frozenset()),
    ]


@st.composite
def requirements(draw) -> dict:
    kind = draw(kinds)
    first = draw(st.integers(0, FEW))
    is_check = kind == RequirementKind.CRC
    return {
        "kind": kind,
        "started_on": days(first, 0)[0],
        "valid_until": draw(st.none() | st.integers(first, FEW + 9).map(lambda last: days(0, last)[1])),
        "body": draw(st.sampled_from(CheckBody)) if is_check else "",
        "barred_list": is_check and draw(st.booleans()),
        "conditions": draw(st.sampled_from(["", "paired", "paired ks_limit", "no_online"])) if is_check else "",
        "is_confirmed": is_check and draw(st.integers(0, 4)) > 0,
        "is_withdrawn": draw(st.integers(0, 6)) == 0,
    }


class TestTwins(TestCase):
    def setUp(self):
        self.person = make.ambassador(cleared=False, status="active")
        self.officer, self.second = (make.user(email=f"{name}@scheme.example") for name in ("one", "two"))

    @given(st.lists(requirements(), max_size=9), st.sets(kinds), st.lists(st.integers(-2, FEW + 12), min_size=4))
    def test_the_spans_say_what_is_said_of_each_day(self, rows, missing, on):
        for kind in set(RequirementKind) - missing:
            self._add(kind=kind, started_on=FIRST, is_check=kind == RequirementKind.CRC)
        for row in rows:
            confirmed, withdrawn = row.pop("is_confirmed"), row.pop("is_withdrawn")
            self._add(**row, is_confirmed=confirmed, withdrawn_by=self.officer if withdrawn else None)
        reach = reach_of([self.person.pk])[self.person.pk]
        for day in {days(each, 0)[0] for each in on}:
            here = [row for row in reach if row.cleared_from <= day <= row.cleared_until]
            spoken = cleared_for(self.person, day)
            for nation in (Nation.ENG, Nation.SCO):
                is_bookable = not reasons_not_bookable(self.person, day, nation)
                assert bool([row for row in here if nation == Nation.ENG or row.in_scotland]) == is_bookable
            for row in here:
                told = (spoken.barred_list, CONDITIONS.of(spoken.conditions))
                assert (row.barred_list, row.conditions) == told

    def _add(self, *, is_check: bool = False, is_confirmed: bool = True, withdrawn_by=None, **columns) -> None:
        told = {"body": CheckBody.DBS if is_check else "", **columns}
        by = self.second if is_confirmed and told["body"] else None
        Requirement.objects.create(
            ambassador=self.person,
            recorded_by=self.officer,
            recorded_at=make.NOW,
            confirmed_by=by,
            confirmed_at=make.NOW if by else None,
            withdrawn_by=withdrawn_by,
            withdrawn_at=make.NOW if withdrawn_by else None,
            **told,
        )


@pytest.mark.parametrize(
    ("mask", "codes"),
    [
        (STAGES, "ks1 ks2 ks3 ks4 ks5 fe"),
        (
            ACTIVITY_TYPES,
            (
                "careers_talk lesson_link workshop speed_networking mock_interview careers_fair stem_club mentoring "
                "panel_qa virtual_talk site_visit"
            ),
        ),
        (CONDITIONS, "paired ks_limit no_series no_online"),
    ],
    ids=["stages", "activities", "conditions"],
)
def test_a_code_keeps_its_bit(mask, codes):
    # Rows that have been written mean what they meant: a new code goes to the end of its list.
    assert [mask.of([code]) for code in codes.split()] == [2**place for place in range(len(codes.split()))]


def test_each_condition_has_a_bit_of_its_own():
    bits = [CONDITIONS.of([condition]) for condition in Condition]
    assert sum(bits) == CONDITIONS.of(Condition) == 2 ** len(Condition) - 1
    assert CONDITIONS.of(["no such thing"]) == 0
