"""Whoever asks for any page and any file, in any order and again, learns of no fewer people than may be told of."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from bookings.models import Visit
from quality.employers import figures
from quality.employers.figures import HOUR, Given, told_of
from quality.models import Employer, EmployerRelease, EmployerSpelling, Release
from quality.operations.counting import agree_to_be_counted, be_counted_no_longer
from quality.operations.employers import add_spelling, remove_spelling
from quality.operations.endorsing import make_endorsement
from quality.operations.releases import release_term
from quality.operations.telling_employers import tell_employers
from quality.reports.tables import told
from quality.suppression import Cell
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.curriculum import SUBJECTS
from stem.geography.models import Region, RegionArea
from stem.terms import Term
from tests import make
from tests.clients import client_of
from tests.quality.reports.adversary import Known, Rule, found_out, known_of, known_of_employer, small

# 10 February 2027, on which visits are made, is in the term from January to April, which closes on 5 June.
TERM = Term(date(2027, 1, 1))
CLOSED = datetime(2027, 6, 6, 3, 0, tzinfo=UTC)

# --- an employer's page, over terms and the year

# Who, in which region, of which subject; the first of them reads the page.
Visits = list[tuple[int, str, str]]
READER, REGIONS, SPOKEN_OF = 0, "123", ("civil_engineering", "statistics")
# So often each of eight people was in each region, and of what they spoke.
OFTEN = st.sampled_from([0, 0, 1, 1, 1, 2, 3, 5])
VISITS = st.lists(OFTEN, min_size=24, max_size=24).map(
    lambda often: [
        (at % 8, REGIONS[at // 8], SPOKEN_OF[turn % 2 if at % 3 else 0])
        for at, n in enumerate(often)
        for turn in range(n)
    ]
)
KNOWS_THE_RULE, DOOR_OPEN = Rule(), Rule(people=0, visits=0, visits_together=0, rounding=0)
# Made once for all examples, which change no row.
examples = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def regions(db) -> None:
    """Three of them, called as their keys are."""
    Region.objects.bulk_create(Region(pk=int(key), name=key, slug=key, nation="england") for key in REGIONS)


def gave(visits: Visits) -> Given:
    """What an employer's people gave who made these visits, each alone and for an hour."""
    all_of_them = Given()
    for key, (person, region, subject) in enumerate(visits):
        all_of_them.pupils[key] = 27
        all_of_them.schools.add(key)
        all_of_them.time += HOUR
        all_of_them.visits_of[region].add(key)
        if person != READER:
            all_of_them.by_person[person] += 1
            all_of_them.by_region[region][person] += 1
            all_of_them.by_field[SUBJECTS[subject].field.value][person] += 1
    return all_of_them


def own(visits: Visits) -> Counter[str]:
    """How often the reader was in each region, which they remember."""
    return Counter(region for person, region, _subject in visits if person == READER)


def learned_of(terms: list[Visits], rule: Rule = KNOWS_THE_RULE) -> dict[tuple[str, str, str], int]:
    """What an employer's reader learns of a few people, who keeps every figure of each term and of the year."""
    known: list[Known] = []
    shown = [told_of(gave(visits)) for visits in terms]
    for number, (figures_told, visits) in enumerate(zip(shown, terms, strict=True)):
        known += known_of_employer(figures_told, str(number), rule, own(visits))
    if len(terms) > 1 and not any(shown):
        year = [visit for visits in terms for visit in visits]
        known += known_of_employer(told_of(gave(year), several=True), "year", rule, own(year), several=True)
    return small(found_out(known))


def went(region: str, *times: int, first: int = 1) -> Visits:
    """So often these people were in a region, one after another."""
    return [(first + person, region, "civil_engineering") for person, n in enumerate(times) for _ in range(n)]


@examples
@given(st.lists(VISITS, min_size=1, max_size=3))
def test_an_employer_s_reader_finds_nobody_and_no_region_of_a_few(regions, terms):
    assert learned_of(terms) == {}


FEW = st.lists(st.tuples(st.integers(0, 8), st.sampled_from("12"), st.sampled_from(SPOKEN_OF)), min_size=3, max_size=6)


@examples
@given(st.lists(FEW, min_size=2, max_size=3))
def test_nor_do_they_in_a_year_of_terms_that_are_each_too_few(regions, terms):
    assert learned_of(terms) == {}


@examples
@given(st.lists(VISITS, min_size=1, max_size=3))
def test_nor_would_they_if_they_knew_every_figure_to_the_unit(regions, terms):
    """Whoever knows how large a class is sees from the pupils how many visits there were."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(figures, "rounded", lambda n: n)
        assert learned_of(terms, Rule(rounding=0)) == {}


@pytest.mark.parametrize("mine", range(9))
def test_nor_by_taking_their_own_visits_away(regions, mine):
    """Two of one's own beside five of five others would be seven at most: each of the five was there once."""
    visits = [*went("1", 1, 1, 1, 1, 1), *went("1", mine, first=READER)]
    assert learned_of([visits]) == {}


def test_they_would_find_it_if_the_door_let_five_visits_of_five_people_pass(regions, monkeypatch):
    visits = [*went("1", 1, 1, 1, 1, 1), *went("1", 2, first=READER)]
    monkeypatch.setattr(figures, "is_of_enough_people", lambda cell, **_more: len(cell.spread) == 5)
    found = learned_of([visits], Rule(visits=5))
    assert set(found.values()) == {1} and len(found) == 5


def test_they_would_find_it_if_the_door_stood_open(regions, monkeypatch):
    visits = [*went("1", 4, 4, 4), *went("2", 3, first=4), *went("3", 9, first=5)]
    assert learned_of([visits]) == {}
    monkeypatch.setattr(figures, "is_of_enough_people", lambda _cell, **_more: True)
    monkeypatch.setattr(figures, "rounded", lambda n: n)
    assert list(learned_of([visits], DOOR_OPEN).values()) == [3]


# --- an employer's page, and the report of the same term

STAGES = ("ks3", "ks4")
# In each region and stage, visits of an employer's eight people, and of others.
BOTH = st.tuples(
    st.lists(OFTEN, min_size=48, max_size=48), st.lists(st.sampled_from([0, 1, 2, 4, 8, 20]), min_size=6, max_size=6)
).map(
    lambda often: [
        *((True, at % 8, REGIONS[at // 16], STAGES[at // 8 % 2]) for at, n in enumerate(often[0]) for _ in range(n)),
        *((False, 0, REGIONS[at // 2], STAGES[at % 2]) for at, n in enumerate(often[1]) for _ in range(n)),
    ]
)


def learned_of_both(visits: Iterable[tuple[bool, int, str, str]], *, rounding: int) -> dict[tuple[str, str, str], int]:
    """What somebody learns who reads an employer's page and the scheme's report: of its people, and of all others."""
    counted = Counter((region, stage, "ours" if is_ours else "others") for is_ours, _who, region, stage in visits)
    keys = {(region, stage) for region, stage, _whose in counted}
    parts = {key: {whose: counted[(*key, whose)] for whose in ("ours", "others")} for key in keys}
    report = told("stages", {key: Cell({"all": sum(each.values())}) for key, each in parts.items()})
    known = known_of(report, {key: Cell(each) for key, each in parts.items()}, "ours", rounding=rounding)
    page = told_of(gave([(who + 1, region, SPOKEN_OF[0]) for is_ours, who, region, _stage in visits if is_ours]))
    for names, n in [*page["regions"], [REGIONS, page["visits"]]] if page else []:
        cells = frozenset((region, stage, "ours") for region, stage in keys if region in names)
        known.append((cells, max(n - rounding, 6 if rounding else 0), n + rounding))
    return small(found_out(known))


@examples
@given(BOTH)
def test_the_report_of_the_same_term_tells_nothing_of_the_few_whom_no_employer_has(regions, visits):
    assert learned_of_both(visits, rounding=2) == {}


def test_it_would_if_both_were_told_as_they_are(regions, monkeypatch):
    ours = [(True, 1 + n % 6, "1", "ks3") for n in range(12)]
    visits = [*ours, (False, 0, "1", "ks3"), (False, 0, "1", "ks3")]
    assert learned_of_both(visits, rounding=2) == {}
    monkeypatch.setattr(figures, "rounded", lambda n: n)
    monkeypatch.setattr("quality.reports.tables.rounded", lambda n: n)
    assert learned_of_both(visits, rounding=0) == {("1", "ks3", "others"): 2}


# --- whoever begins to read when a term was told


@pytest.fixture
def late_reader(db) -> User:
    """One of five people of whom an employer was told, who made three of their seven visits, and reads for it now."""
    northern = make.employer()
    busy, *_others = [make.counted_visit().seats.get().ambassador for _ in range(5)]
    make.counted_visit(busy), make.counted_visit(busy)
    make.release(term=TERM)
    tell_employers(at=CLOSED)
    lead = make.employer_lead(northern, user=busy.user)
    lead.accepted_at = CLOSED + timedelta(days=1)
    lead.save()
    return busy.user


def test_one_of_five_would_find_the_other_four_in_what_was_told(late_reader):
    kept = EmployerRelease.objects.get().told
    found = small(found_out(known_of_employer(kept, "spring", Rule(people=4, visits=4), {"everywhere": 3})))
    assert list(found.values()) == [1, 1, 1, 1]


def test_whoever_visits_schools_reads_what_was_told_since_they_began_to_read(late_reader):
    assert list(EmployerRelease.objects.visible_to(late_reader)) == []
    page = client_of(late_reader).get(reverse("employer_page"))
    assert (page.status_code, page.context["shown"].years) == (200, [])
    make.employer_release(Employer.objects.get(), begins_on=TERM.after.first, released_at=CLOSED + timedelta(days=99))
    assert EmployerRelease.objects.visible_to(late_reader).get().begins_on == TERM.after.first


def test_whoever_visits_no_school_reads_what_was_told_before_too(late_reader):
    other = make.employer_lead(Employer.objects.get())
    other.accepted_at = CLOSED + timedelta(days=1)
    other.save()
    assert EmployerRelease.objects.visible_to(other.user).get().told["visits"] == 5


# --- every page and file, before and after


@dataclass
class Scene:
    """A term that was told of, and who asks for what: each as a browser with the addresses that it opens."""

    visits: list[Visit]
    asked: dict[str, tuple[Client, str]]
    at: datetime = CLOSED

    def person(self, number: int) -> Ambassador:
        """Who made one of the visits."""
        person = self.visits[number].seats.get().ambassador
        assert person is not None
        return person

    def sweep(self) -> None:
        """A night passes."""
        self.at += timedelta(days=1)
        release_term(at=self.at)
        tell_employers(at=self.at)

    def everything(self, *, backwards: bool = False) -> dict[str, str]:
        """What each page and file says, asked for in this order or the other."""
        names = list(self.asked)[::-1] if backwards else list(self.asked)
        return {name: self._answer(*self.asked[name]) for name in names}

    def _answer(self, client: Client, address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        words = said.decode("latin-1")
        return re.sub(r'value="[A-Za-z0-9]{64}"', "", words.partition("<main")[2] or words)


def region_of(area: str, name: str) -> Region:
    region = Region.objects.create(name=name, slug=name.lower(), nation="england")
    RegionArea.objects.create(region=region, area=area)
    return region


def asked_by_all(northern: Employer, north: Region) -> dict[str, tuple[Client, str]]:
    """Every page that tells of people or of ratings, for each who may open it."""
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)
    ada = visit.seats.get().ambassador
    make.coverage(visit.request.school), make.listed(visit.request.school, north)
    term = {"year": TERM.year, "season": TERM.season}
    of_north = {**term, "pk": north.pk}
    token = make_endorsement(ambassador=ada, by=ada.user, at=CLOSED)
    coverage = ["coverage", "coverage_map", "coverage_table", "coverage_authorities", "schools_to_invite"]
    administrator = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    coordinator = client_of(make.staff(Role.COORDINATOR, regions=(north,)), second_factor=True)
    browsers: list[tuple[str, Client, list[tuple[str, dict]]]] = [
        ("administrator", administrator, [("reports", {}), ("scheme_report", term), ("export_scheme_report", term)]),
        ("coordinator", coordinator, [("region_report", of_north), ("export_region_report", of_north)]),
        ("coordinator", coordinator, [(name, {}) for name in coverage]),
        ("reader", client_of(make.employer_lead(northern).user), [("employer_page", {}), ("export_employer_page", {})]),
        ("ambassador", client_of(ada.user), [("certificate", {"year": 2026}), ("endorsement", {})]),
        ("school", client_of(visit.request.contact.user), [("school_encounters", {}), ("export_encounters", {})]),
        ("stranger", Client(), [("shown_endorsement", {"token": token})]),
    ]
    return {
        f"{who}: {name}": (client, reverse(name, kwargs=where))
        for who, client, pages in browsers
        for name, where in pages
    }


@pytest.fixture
def scene(db, monkeypatch) -> Scene:
    """Ten people of an employer in the north and seven in the south, each with a visit; a night later it was told."""
    monkeypatch.setattr(timezone, "now", lambda: CLOSED + timedelta(hours=6))
    north, northern = region_of("LS", "North"), make.employer()
    region_of("TR", "South")
    cornish = make.school(postcode="TR1 2QQ")
    visits = [make.counted_visit() for _ in range(10)] + [make.counted_visit(school=cornish) for _ in range(7)]
    for visit in visits[1:]:
        make.feedback(visit=visit, answers=make.TEACHER_SAYS)
    made = Scene(visits, asked_by_all(northern, north))
    made.sweep()
    return made


def one_more_form(scene: Scene) -> None:
    make.feedback(visit=scene.visits[0], answers={**make.TEACHER_SAYS, "T9": "1"})


def more_visits(scene: Scene) -> None:
    for _ in range(6):
        make.feedback(visit=make.counted_visit(), answers=make.TEACHER_SAYS)


def somebody_agrees(scene: Scene) -> None:
    make.employer_agreement(make.counted_visit(agreed=False).seats.get().ambassador)


def somebody_no_longer_agrees(scene: Scene) -> None:
    person = scene.person(1)
    be_counted_no_longer(ambassador=person, by=person.user, at=scene.at)


def somebody_leaves(scene: Scene) -> None:
    Ambassador.objects.filter(pk=scene.person(2).pk).update(status=AmbassadorStatus.LEFT)


def somebody_changes_their_employer(scene: Scene) -> None:
    person = scene.person(3)
    make.employer("Southern Tunnels")
    Ambassador.objects.filter(pk=person.pk).update(organisation="Southern Tunnels")
    person.refresh_from_db()
    agree_to_be_counted(ambassador=person, by=person.user, at=scene.at)


def somebody_begins_to_read(scene: Scene) -> None:
    make.employer_lead(Employer.objects.get(name="Northern Bridges"), user=scene.person(4).user)


def a_way_of_writing_moves_to_another_employer(scene: Scene) -> None:
    by = make.staff(Role.ADMINISTRATOR)
    spelling = EmployerSpelling.objects.get(words="Northern Bridges")
    remove_spelling(spelling=spelling, by=by, at=scene.at)
    other = make.employer("Holding")
    add_spelling(employer=other, words="Northern Bridges", by=by, at=scene.at)


CHANGES: list[Callable[[Scene], None]] = [
    one_more_form,
    more_visits,
    somebody_agrees,
    somebody_no_longer_agrees,
    somebody_leaves,
    somebody_changes_their_employer,
    somebody_begins_to_read,
    a_way_of_writing_moves_to_another_employer,
]


def test_nothing_that_was_told_moves_whatever_happens_afterwards(scene):
    before = scene.everything()
    for change in CHANGES:
        change(scene)
        scene.sweep()
        now = scene.everything(backwards=True)
        assert [name for name in before if now[name] != before[name]] == [], change.__name__


def test_it_would_move_if_it_were_told_anew(scene):
    before = scene.everything()
    more_visits(scene)
    Release.objects.all().delete(), EmployerRelease.objects.all().delete()
    scene.sweep()
    now = scene.everything()
    moved = {name for name in before if now[name] != before[name]}
    assert {"administrator: export_scheme_report", "coordinator: export_region_report"} < moved
    assert {"reader: employer_page", "reader: export_employer_page"} < moved
    # What is one's own holds nothing of others, told anew or not.
    assert not [name for name in moved if name.partition(":")[0] in {"ambassador", "school", "stranger"}]


# --- how many could come to a school, as those read it who look at whom nobody reaches


def test_a_school_s_page_of_coverage_does_not_tell_one_person_from_four(db):
    school = make.school()
    make.coverage(school)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)

    def told_of_so_many(more: int) -> int:
        for _ in range(more):
            make.ambassador(cleared=True)
        return client.get(reverse("coverage_school", args=[school.pk])).context["could_go"].at_least

    assert [told_of_so_many(more) for more in (0, 1, 1, 2, 1)] == [0, 1, 1, 1, 5]


# --- an ambassador's page for others, opened again after each visit


def test_a_page_for_others_does_not_tell_of_a_class_of_three(db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: CLOSED)
    ada = make.ambassador(cleared=True)

    def shown_after_a_class_of(pupils: int) -> list[str]:
        make.feedback(visit=make.counted_visit(ada), answers={**make.TEACHER_SAYS, "TF3": str(pupils)})
        token = make_endorsement(ambassador=ada, by=ada.user, at=CLOSED)
        page = Client().get(reverse("shown_endorsement", args=[token])).text
        return re.findall(r'data-label="Young people">([^<]*)<', page)

    assert [shown_after_a_class_of(n) for n in (3, 25, 3, 1)] == [["fewer than 5"], ["30"], ["30"], ["30"]]
