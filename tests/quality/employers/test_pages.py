"""What an employer's lead reads: what was told, to the letter, and nothing about anybody."""

import csv
import io

import pytest
from django.urls import reverse

from quality.enums import CommentStatus
from quality.models import Comment, EmployerAgreement, EmployerQuote
from stem.audit.models import Entry
from tests import make
from tests.clients import client_of
from tests.make.employers import TOLD

pytestmark = pytest.mark.django_db

SPRING, LAST_YEAR = make.LAST_TERM.after, make.LAST_TERM.before


@pytest.fixture
def lea():
    """Who reads for Northern Bridges, which was told of two terms."""
    northern = make.employer()
    make.employer_release(northern)
    make.employer_release(northern, begins_on=SPRING.first)
    return make.employer_lead(northern)


def page_of(lead) -> str:
    answer = client_of(lead.user).get(reverse("employer_page"))
    assert answer.status_code == 200
    return answer.content.decode()


def file_of(lead) -> list[list[str]]:
    answer = client_of(lead.user).get(reverse("export_employer_page"))
    assert answer["Cache-Control"].startswith("no-store") or "no-store" in answer["Cache-Control"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_page_tells_each_term_and_the_year_and_where(lea):
    page = page_of(lea)
    for words in (
        "School year 2026 to 2027",
        "September to December 2026",
        "405",
        "810",
        "South, Wales",
        "Engineering",
    ):
        assert words in page


def test_the_file_holds_the_very_figures_of_the_page(lea):
    header, *rows = file_of(lea)
    assert header[3:] == ["Visits", "Hours given", "Young people reached", "Schools"]
    assert rows[0] == [
        "Northern Bridges", "School year 2026 to 2027", "September to December 2026", "15", "20", "405", "10",
    ]  # fmt: skip
    assert [row[3:] for row in rows[2:3]] == [["30", "40", "810", "–"]]
    assert rows[3][2:4] == ["January to April 2027, North", "10"]


def test_of_too_few_one_clear_sentence_is_told(lea):
    make.employer_release(lea.employer, begins_on=LAST_YEAR.first, told={})
    assert page_of(lea).count("Not enough to tell: fewer than five of your people who agreed made visits") == 1
    assert ["not enough to tell"] * 4 in [row[3:] for row in file_of(lea)]


def test_small_figures_are_fewer_than_five(lea):
    make.employer_release(lea.employer, begins_on=LAST_YEAR.first, told={**TOLD, "schools": None})
    assert "fewer than 5" in page_of(lea)


def test_before_anything_is_told_the_page_says_from_when_on(lea):
    other = make.employer_lead(make.employer("Southern Tunnels"))
    page = page_of(other)
    assert "Nothing has been told yet" in page and "Next you are told of" in page


def test_another_employer_s_lead_reads_their_own_page_alone(lea):
    other = make.employer_lead(make.employer("Southern Tunnels"))
    assert "405" in page_of(lea)
    page = page_of(other)
    assert "Northern Bridges" not in page and "405" not in page
    assert len(file_of(other)) == 1


@pytest.mark.parametrize("name", ["employer_page", "export_employer_page"])
def test_everybody_else_gets_what_strangers_get(name, lea):
    people = [make.ambassador(organisation="Northern Bridges").user, make.contact().user, make.user()]
    assert [client_of(each).get(reverse(name)).url for each in people] == [reverse("home")] * 3
    assert "/login/" in client_of(None).get(reverse(name)).url


def test_what_was_told_stays_whoever_agrees_or_no_longer_does(lea):
    before = page_of(lea)
    for _ in range(7):
        make.counted_visit()
    EmployerAgreement.objects.first().delete()
    strip = [each.partition("</main>")[0] for each in (before, page_of(lea))]
    assert strip[0].partition("<main")[2].count("405") == strip[1].partition("<main")[2].count("405") > 0


def test_every_reading_is_on_record(lea):
    page_of(lea)
    file_of(lea)
    assert Entry.objects.filter(action="employer.read", actor=lea.user, part="employer_lead").count() == 2


# --- what schools said


def quoted(lead, n: int = 5) -> list[EmployerQuote]:
    """Words of so many people's visits, of which the employer was told."""
    quotes = [make.employer_quote(make.counted_visit(), f"Spoken words {number}") for number in range(n)]
    words = [[quote.comment_id, number] for number, quote in enumerate(quotes)]
    lead.employer.releases.filter(begins_on=make.LAST_TERM.first).update(told={**TOLD, "words": words})
    return quotes


def test_words_are_read_as_they_were_passed_on_and_of_nobody(lea):
    form = quoted(lea)[0].comment.feedback
    form.shared_words = {"T12": "Spoken […] words"}
    form.save()
    page = page_of(lea)
    assert "Spoken […] words" in page and "Spoken words 1" in page and "Spoken words 0" not in page
    for name in ("Ada", "Beckside", "Supervisor", "Uma"):
        assert name not in page


@pytest.mark.parametrize("status", [CommentStatus.KEPT, CommentStatus.WAITING, CommentStatus.ESCALATED])
def test_words_that_are_taken_back_are_gone_and_the_rest_with_them_once_they_are_of_four(status, lea):
    quotes = quoted(lea, 6)
    Comment.objects.filter(pk=quotes[0].comment_id).update(status=status)
    assert "Spoken words 0" not in page_of(lea) and "Spoken words 1" in page_of(lea)
    Comment.objects.filter(pk=quotes[1].comment_id).update(status=status)
    assert "Spoken words" not in page_of(lea)


def test_words_that_nobody_let_the_employer_read_are_not_there(lea):
    quotes = quoted(lea)
    quotes[0].delete()
    assert "Spoken words" not in page_of(lea)


@pytest.mark.parametrize("terms", [1, 3])
def test_a_page_of_many_terms_asks_the_database_no_more(terms, lea, django_assert_num_queries):
    for year in range(2000, 2000 + terms):
        make.employer_release(lea.employer, begins_on=make.LAST_TERM.first.replace(year=year))
    client = client_of(lea.user)
    client.get(reverse("employer_page"))
    with django_assert_num_queries(6):
        client.get(reverse("employer_page"))
