"""What anybody may ask: how many people could come to a school in a postcode district."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.reach.keeping import keep_reach
from bookings.models import Search
from stem.geography.models import Sector
from stem.geography.points import Point
from stem.loads.enums import LoadKind
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

ASKED = {"district": "LS2", "subject": "civil_engineering", "stage": ""}
# Districts in a row to the north, three miles apart.
ROW = {f"LS{number}": Point(53.6 + number * 0.045, -1.55) for number in range(1, 10)}


def ask(**changed):
    return Client().post(reverse("people_near"), {**ASKED, **changed})


def answered(**changed):
    return Client().get(ask(**changed)["Location"])


def words_of(page) -> str:
    """What the page says, without the tokens that differ each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", page.text)


def numbers(page) -> tuple[int, int]:
    found = page.context["found"]
    return found.in_person.at_least, found.online.at_least


def people(count: int, **columns) -> None:
    for _each in range(count):
        make.ambassador(cleared=True, **columns)


@pytest.fixture
def directory():
    load = make.load(kind=LoadKind.POSTCODES)
    for district, point in ROW.items():
        Sector.objects.create(
            load=load, code=f"{district} 1", lat=point.lat, lon=point.lon, authorities="E08000035", units=b""
        )


def test_the_front_page_leads_to_the_question():
    assert f'href="{reverse("people_near")}"' in Client().get("/").text


def test_a_visitor_is_told_by_fives_how_many_could_come_and_how_many_online():
    people(6)
    people(5, postcode="TR1 1AA")

    page = answered()

    assert numbers(page) == (5, 10)
    assert "How many could come to LS2?" in page.text
    assert "5 or more" in page.text
    assert "10 or more" in page.text
    assert reverse("join_teacher") in page.text
    assert reverse("join_ambassador") in page.text


def test_nobody_and_four_are_told_in_the_same_words():
    nobody = words_of(answered())
    people(4)

    assert words_of(answered()) == nobody
    assert "Under 5" in nobody


def test_a_whole_postcode_is_cut_to_its_district_and_the_page_says_so():
    location = ask(district="ls2 9jt")["Location"]

    assert parse_qs(urlsplit(location).query)["district"] == ["LS2"]
    assert "9JT" not in location.upper()
    assert "We used only the first half of the postcode, LS2" in Client().get(location).text
    assert "We used only" not in answered().text


def test_somebody_held_or_away_is_not_counted():
    people(4)
    person = make.ambassador(cleared=True)
    assert numbers(answered()) == (5, 5)
    make.hold(person, starts_on=make.NOW.date())
    assert numbers(answered()) == (1, 1)


@pytest.mark.usefixtures("directory")
class TestWalking:
    """Somebody asks about one district after another."""

    @pytest.fixture(autouse=True)
    def _with_patience(self, settings):
        settings.PAGE_RATE_LIMITS = {"people_near": "", "people_near_everywhere": ""}

    def walk(self) -> list[str]:
        return [words_of(answered(district=district)).replace(district, "…") for district in ROW]

    def test_cannot_tell_where_a_lone_person_lives_nor_that_there_is_one(self):
        before = self.walk()
        person = make.ambassador(cleared=True, max_minutes=15)
        for home in ROW.values():
            person.point = home
            person.save()
            keep_reach([person.pk])
            assert self.walk() == before

    def test_answers_alike_wherever_in_a_district_somebody_stands(self):
        people(7)
        texts = {words_of(answered(district=f"LS4 {unit}")) for unit in ("1AA", "9ZZ", "5JT")}
        assert len(texts) == 1


def test_a_search_is_kept_once_a_day_about_no_one(monkeypatch):
    people(2)
    for _each in range(3):
        ask()
    ask(stage="ks3")

    assert [field.name for field in Search._meta.fields] == [
        *("id", "kind", "day", "nation", "area", "district", "subject", "stage", "online", "found"),
    ]
    kept = Search.objects.order_by("pk").values_list("kind", "day", "area", "district", "subject", "stage", "found")
    assert list(kept) == [
        ("visitor", make.NOW.date(), "LS", "LS2", "civil_engineering", "", 2),
        ("visitor", make.NOW.date(), "LS", "LS2", "civil_engineering", "ks3", 2),
    ]


def test_an_answer_that_is_opened_again_keeps_nothing():
    location = ask()["Location"]
    Search.objects.all().delete()
    assert Client().get(location).status_code == 200
    assert not Search.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"district": ""}, "Enter"),
        ({"district": "Sheffield"}, "Enter the first half of a UK postcode, like S10 or LS2."),
        ({"district": "JE2"}, "Jersey is outside the United Kingdom."),
        ({"subject": ""}, "Answer"),
        ({"subject": "alchemy"}, "Choose"),
        ({"stage": "ks9"}, "Choose"),
    ],
)
def test_what_cannot_be_answered_says_why_and_keeps_nothing(changed, said):
    page = ask(**changed)

    [words] = [error for errors in page.context["form"].errors.values() for error in errors]
    assert words.startswith(said)
    assert not Search.objects.exists()
    by_address = Client().get(reverse("people_near"), {**ASKED, **changed})
    assert by_address.context["form"].errors == page.context["form"].errors


@pytest.mark.usefixtures("directory")
def test_a_district_that_is_not_there_is_told_so():
    assert "We know no postcode district LS99." in ask(district="LS99").text


def test_a_link_may_bring_a_district_along():
    page = Client().get(reverse("people_near"), {"district": "S10"})
    assert 'value="S10"' in page.text
    assert not page.context["form"].errors


class TestLimits:
    def test_one_place_is_answered_only_so_often(self, settings):
        settings.PAGE_RATE_LIMITS = {"people_near": "2/m/ip", "people_near_everywhere": "99/m/key"}
        answers = [Client().get(reverse("people_near"), ASKED) for _each in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert answers[-1]["Retry-After"] == "60"
        assert ask().status_code == 429
        assert not Search.objects.exists()

    def test_all_places_together_are_answered_only_so_often(self, settings):
        settings.PAGE_RATE_LIMITS = {"people_near": "99/m/ip", "people_near_everywhere": "2/m/key"}
        met = [
            Client(REMOTE_ADDR=f"192.0.2.{number}").get(reverse("people_near"), ASKED).status_code
            for number in range(3)
        ]
        assert met == [200, 200, 429]

    def test_whoever_has_not_asked_yet_is_not_counted(self, settings):
        settings.PAGE_RATE_LIMITS = {"people_near": "1/m/ip", "people_near_everywhere": "1/m/key"}
        assert {Client().get(reverse("people_near")).status_code for _each in range(3)} == {200}
        assert {ask(district="nowhere").status_code for _each in range(3)} == {200}

    def test_the_settings_allow_a_few_a_minute(self, settings):
        rates = settings.PAGE_RATE_LIMITS["people_near"].split(",")
        assert [rate.rpartition("/")[2] for rate in rates] == ["ip", "ip"]
        assert int(rates[0].partition("/")[0]) <= 10


def test_an_answer_takes_as_many_statements_for_many_people_as_for_few():
    taken = []
    for count in (1, 6):
        people(count)
        with CaptureQueriesContext(connection) as asked:
            Client().get(reverse("people_near"), ASKED)
        taken.append(len(asked))
    assert taken[0] == taken[1] <= 12
