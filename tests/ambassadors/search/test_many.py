"""Where thousands have an address of one domain the database ranks them: the same people, in the same order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambassadors.models import Ambassador
from ambassadors.search import find_people, finding
from ambassadors.search.index import index_people
from ambassadors.search.ranking import InTiers
from stem.accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db

DOMAINS = ["post.example", "post.example.org", "other.example"]
# Sorted alike by every alphabet, for a database sorts names by its own.
NAMES = ["Ada", "Ada Bell", "Bea", "Cai", "Dilys", "Zo", "李"]
# Of each person a name, where their address is, where it was, where that of their account is, and where they live.
PERSON = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(["", *DOMAINS]),
    st.sampled_from(["", "", *DOMAINS]),
    st.sampled_from(["", "", "", *DOMAINS]),
    st.sampled_from(["LS", "EH"]),
)
SCOPES = {
    "everybody": lambda people: people,
    "a region": lambda people: people.filter(area="LS"),
    "nobody": lambda people: people.none(),
    "without a number": lambda people: people.filter(memberships__isnull=True),
    "each once": lambda people: people.filter(search_words__found_by__in=["n", "e", "fe"]).distinct(),
}


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch) -> None:
    monkeypatch.setattr(finding, "MANY", 3)


def register(people) -> None:
    Ambassador.objects.all().delete()
    User.objects.all().delete()
    for at, (name, now, before, account, area) in enumerate(people):
        said = {"email": [f"x{at}@{before}", "2020-01-01"]} if before else {}
        user = User.objects.create(email=f"{'y' * (at % 3)}{at}@{account}", full_name=name) if account else None
        email = f"x{at}@{now}" if now else ""
        Ambassador.objects.create(full_name=name, email=email, area=area, said=said, user=user, registered_at=make.NOW)
    index_people(Ambassador.objects.values_list("pk", flat=True))


def found(text: str, scope):
    return find_people(text, scope(Ambassador.objects.all()))


def told(listed) -> tuple:
    pages = [[each.pk for each in listed[first : first + 2]] for first in range(0, len(listed) + 2, 2)]
    counts = (len(listed), listed.exactly, listed.is_near, listed.is_cut)
    return counts, list(listed.found), pages, listed.found[-3:], listed.found[2:0:-1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(PERSON, max_size=14),
    text=st.sampled_from([*(f"@{each}" for each in DOMAINS), "@post", "@POST.example", "@p", "ada @post.example"]),
    scope=st.sampled_from(sorted(SCOPES)),
)
def test_ranked_by_the_database_they_are_the_same_as_ranked_by_ourselves(monkeypatch, people, text, scope):
    register(people)
    lazily = told(found(text, SCOPES[scope]))
    with monkeypatch.context() as plainly:
        plainly.setattr(finding, "MANY", 10_000)
        assert lazily == told(found(text, SCOPES[scope]))


def lazily(people) -> bool:
    register(people)
    return isinstance(found("@post.example", SCOPES["everybody"]).found, InTiers)


def test_who_had_such_an_address_comes_after_who_has_one():
    now, before = ("Zoë", "post.example", "", "", "LS"), ("Ada", "", "post.example", "", "LS")
    assert lazily([now, before] * 3)
    assert [each.full_name for each in found("@post.example", SCOPES["everybody"])] == ["Zoë"] * 3 + ["Ada"] * 3


def test_where_an_account_alone_has_such_an_address_everybody_is_read():
    now, account = ("Zoë", "post.example", "", "", "LS"), ("Ada", "", "", "post.example", "LS")
    assert not lazily([now] * 4 + [account])
    assert lazily([now] * 4 + [("Ada", "post.example", "", "post.example", "LS")])


def test_where_more_are_found_than_may_be_listed_everybody_is_read(monkeypatch):
    monkeypatch.setattr(finding, "MOST_KEYS", 4)
    assert not lazily([("Ada", "post.example", "", "", "LS")] * 5)


def test_a_page_of_thousands_is_read_and_the_rest_is_counted(django_assert_max_num_queries):
    register([("Ada", "post.example", "", "", "LS")] * 9)
    with django_assert_max_num_queries(4):
        listed = found("@post.example", SCOPES["everybody"])
        assert len(listed) == 9
    with django_assert_max_num_queries(2):
        assert len(listed[:5]) == 5
