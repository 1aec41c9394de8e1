"""An employer reads no word of a school that a person has not read twice, and none that names anybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quality.models import Comment, EmployerAgreement, EmployerQuote, Feedback
from quality.operations.quoting import keep_from_employer, let_employer_read
from stem.accounts.roles import Role
from stem.letters.links import mint_link
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

AT = make.AFTER


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


def passed_on(words: str = "They held their breath", **columns) -> Comment:
    """What a school wrote about somebody who is counted, passed on to them."""
    quote = make.employer_quote(make.counted_visit(), words)
    comment = quote.comment
    quote.delete()
    Comment.objects.filter(pk=comment.pk).update(**columns)
    return Comment.objects.get(pk=comment.pk)


def codes_of(comment: Comment, by, at=AT) -> list[str]:
    """Why an employer may not be let read it; nothing has changed then."""
    with pytest.raises(Refusal) as refused:
        let_employer_read(comment=comment, by=by, at=at)
    assert not EmployerQuote.objects.exists()
    return refused.value.codes


def test_somebody_who_looks_after_quality_lets_it_be_read_and_twice_is_once(cora):
    make.employer()
    comment = passed_on()
    for _ in range(2):
        let_employer_read(comment=comment, by=cora, at=AT)
    assert EmployerQuote.objects.get().chosen_by == cora
    for _ in range(2):
        keep_from_employer(comment=comment, by=cora, at=AT)
    assert not EmployerQuote.objects.exists()


def test_nobody_else_may(cora):
    make.employer()
    comment = passed_on()
    for user in (make.staff(Role.VETTING_OFFICER), make.ambassador().user, make.employer_lead().user):
        assert codes_of(comment, user) == ["not_quality"]


@pytest.mark.parametrize("columns", [{"status": "waiting"}, {"status": "kept"}, {"status": "escalated"}])
def test_what_was_not_passed_on_is_not_read(columns, cora):
    make.employer()
    assert codes_of(passed_on(**columns), cora) == ["not_passed_on"]


def test_what_its_writer_keeps_private_is_not_read(cora):
    make.employer()
    assert codes_of(passed_on(status="kept", is_private=True), cora) == ["not_passed_on"]


def test_what_is_about_nobody_who_is_counted_is_not_read(cora):
    make.employer()
    comment = passed_on()
    EmployerAgreement.objects.all().delete()
    assert codes_of(comment, cora) == ["not_counted"]


def test_what_was_written_before_the_employer_was_set_up_is_not_read(cora):
    make.employer(at=AT.replace(year=2028))
    assert codes_of(passed_on(), cora) in (["not_told"], ["not_counted"])


def test_what_was_written_on_a_form_that_did_not_ask_is_not_read(cora):
    make.employer()
    comment = passed_on()
    comment.feedback.instrument = "teacher_v1"
    comment.feedback.save()
    assert codes_of(Comment.objects.get(pk=comment.pk), cora) == ["not_told"]


@pytest.mark.parametrize(
    "words",
    ["Thank you, Ada", "ada was great", "Sam enjoyed it", "All of Beckside", "Come to Leeds", "Northern people"],
)
def test_what_names_somebody_or_a_place_is_not_read(words, cora):
    make.employer()
    assert codes_of(passed_on(words), cora) == ["names_somebody"]


def test_a_term_that_was_told_of_gets_no_more_words(cora):
    make.employer()
    assert codes_of(passed_on(), cora, at=AT.replace(month=7)) == ["not_counted"]


def test_the_page_lists_what_may_be_chosen_and_no_name_of_whoever_came(cora):
    make.employer()
    comment = passed_on()
    passed_on("Thank you, Ada")
    client = client_of(cora, second_factor=True)
    page = client.get(reverse("words_for_employers")).content.decode()
    assert "They held their breath" in page and "Ada Engineer" not in page and "“Ada”" in page
    client.post(reverse("let_employer_read", args=[comment.pk]))
    assert EmployerQuote.objects.get().comment == comment
    client.post(reverse("keep_from_employer", args=[comment.pk]))
    assert not EmployerQuote.objects.exists()


def test_the_page_asks_no_more_for_three_than_for_one(cora, django_assert_num_queries):
    make.employer()
    client = client_of(cora, second_factor=True)
    passed_on()
    client.get(reverse("words_for_employers"))
    with django_assert_num_queries(11):
        client.get(reverse("words_for_employers"))
    passed_on("More words")
    passed_on("Still more")
    with django_assert_num_queries(11):
        client.get(reverse("words_for_employers"))


def test_the_teacher_is_told_so_on_the_form_that_asks(client):
    form = make.feedback(visit=make.held_visit())
    token = mint_link("give_feedback", form.pk, expires_at=timezone.now() + timedelta(days=3))
    Feedback.objects.update(closes_at=timezone.now() + timedelta(days=3))
    page = client.get(reverse("give_feedback", args=[token])).content.decode()
    assert "the employer of whoever came may read your comments too" in page
