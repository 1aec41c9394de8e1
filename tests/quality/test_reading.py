"""What was written on forms is read by a person first, and nobody puts a word into anybody's mouth."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from quality.enums import CaseRule, Escalation, FeedbackSide, OddityKind
from quality.keywords import BEGINNINGS, is_urgent
from quality.models import Case, Comment, Concern, Feedback
from quality.operations.feedback import submit_feedback
from quality.operations.reading import (
    escalate_comment,
    hold_comment,
    keep_comment,
    redact_comment,
    release_comment,
    take_back_comment,
)
from quality.queries import comment_listed, comments_to_read, read_form, words_of_schools
from quality.redacting import LEFT_OUT, strike_out, words_in
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.moments import day_of
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

AFTER, DAY = make.AFTER, timedelta(days=1)
FORTNIGHT = 14 * DAY
# The form comes in on a Wednesday.
THURSDAY, FRIDAY = date(2027, 2, 11), date(2027, 2, 12)
SAID = "They held their breath. Sam Small too."
TEACHER = {**make.TEACHER_SAYS, "T12": SAID}


class TestLeavingWordsOut:
    @pytest.mark.parametrize(
        ("text", "struck", "left"),
        [
            (SAID, {4, 5, 6}, "They held their breath. […]"),
            (SAID, {0, 6}, "[…] held their breath. Sam Small […]"),
            ("One\n\ntwo three", {1}, "One\n\n[…] three"),
            ("  One two ", set(), "One two"),
            ("One two", {0, 1}, ""),
            ("One", {7}, "One"),
            ("", set(), ""),
        ],
    )
    def test_a_mark_stands_for_what_was_left_out_and_lines_stay(self, text, struck, left):
        assert strike_out(text, struck) == left

    @given(st.text(alphabet="ab é’.\n", max_size=40), st.sets(st.integers(0, 12)))
    def test_what_is_left_are_the_words_that_were_not_struck_in_their_order_and_no_other(self, text, struck):
        left = [word for word in words_in(strike_out(text, struck)) if word != LEFT_OUT]
        assert left == [word for place, word in enumerate(words_in(text)) if place not in struck]


class TestWhatComesFirst:
    @pytest.mark.parametrize(
        "text", ["He shouted at a girl", "she was CRYING", "Asked for their Snapchat", "self-harm"]
    )
    def test_is_what_holds_a_word_of_the_list(self, text):
        assert is_urgent(text)

    @pytest.mark.parametrize("text", ["", "Lovely visit", "They used a telephoto lens", "Classes loved it"])
    def test_is_not_what_only_holds_it_inside_another_word(self, text):
        assert not is_urgent(text)

    @given(st.text(max_size=60), st.sampled_from(BEGINNINGS), st.text(max_size=60))
    def test_no_other_word_lowers_it(self, before, word, after):
        assert is_urgent(f"{before} {word} {after}")
        assert is_urgent(before) <= is_urgent(f"{before} {after}")


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def said() -> Comment:
    """What a teacher has just written."""
    return send_in(TEACHER).comments.get()


def send_in(answers: dict[str, str], *, side=FeedbackSide.TEACHER, at=AFTER, visit=None) -> Feedback:
    form = make.feedback(visit=visit, side=side)
    submit_feedback(feedback=form, answers=answers, by=None, at=at)
    return form


def read_by_person(comment: Comment) -> list[tuple[str, bool]]:
    """What whoever came reads of it when they may, and whether they are told that something was left out."""
    visit = comment.feedback.visit
    user = visit.seats.get().ambassador.user
    return [(each.answer, each.left_out) for one in words_of_schools(user, at=AFTER + FORTNIGHT) for each in one.words]


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(**arguments)
    return caught.value.codes


@pytest.mark.django_db
class TestDeciding:
    def test_nobody_reads_it_until_it_is_passed_on_as_it_was_written(self, said, cora):
        assert read_by_person(said) == []
        release_comment(comment=said, by=cora, at=AFTER)
        assert read_by_person(said) == [(SAID, False)]

    def test_with_words_left_out_the_reader_sees_that_and_the_form_keeps_them(self, said, cora):
        redact_comment(comment=said, struck={4, 5, 6}, by=cora, at=AFTER)
        assert read_by_person(said) == [("They held their breath. […]", True)]
        form = Feedback.objects.get()
        assert form.answers["T12"] == SAID
        [shown] = [each for each in read_form(form, as_passed_on=True).answers if each.code == "T12"]
        assert (shown.answer, shown.left_out) == ("They held their breath. […]", True)

    def test_two_texts_of_a_form_are_decided_apart(self, cora):
        first, second = send_in({**TEACHER, "T13": "A bigger room"}).comments.order_by("code")
        release_comment(comment=first, by=cora, at=AFTER)
        release_comment(comment=second, by=cora, at=AFTER)
        take_back_comment(comment=first, by=cora, at=AFTER)
        assert read_by_person(first) == [("A bigger room", False)]

    @pytest.mark.parametrize(("struck", "code"), [(set(), "nothing_struck"), ({99}, "nothing_struck")])
    def test_to_leave_nothing_out_is_no_redaction(self, said, cora, struck, code):
        assert refused(redact_comment, comment=said, struck=struck, by=cora, at=AFTER) == [code]

    def test_to_leave_everything_out_is_to_keep_it(self, said, cora):
        assert refused(redact_comment, comment=said, struck=range(7), by=cora, at=AFTER) == ["no_words"]
        keep_comment(comment=said, by=cora, at=AFTER)
        assert (read_by_person(said), comments_to_read(cora, at=AFTER).exists()) == ([], False)

    def test_what_its_writer_wants_kept_is_read_and_never_passed_on(self, cora):
        said = send_in({**TEACHER, "T15": "yes"}).comments.get()
        assert refused(release_comment, comment=said, by=cora, at=AFTER) == ["private"]
        assert refused(redact_comment, comment=said, struck={4}, by=cora, at=AFTER) == ["private"]
        keep_comment(comment=said, by=cora, at=AFTER)
        assert read_by_person(said) == []

    def test_what_is_held_comes_back_on_its_day(self, said, cora):
        for _twice in range(2):
            hold_comment(comment=said, because="Rang, no answer", until=FRIDAY, by=cora, at=AFTER)
        days = [comments_to_read(cora, at=AFTER + each * DAY).exists() for each in (0, 1, 2)]
        assert (days, read_by_person(said)) == ([False, False, True], [])
        assert said.events.get().note == "Rang, no answer"

    @pytest.mark.parametrize(
        ("because", "until", "codes"),
        [
            (" ", FRIDAY, ["no_note"]),
            ("Rang", day_of(AFTER), ["until"]),
            ("", day_of(AFTER) + 29 * DAY, ["no_note", "until"]),
        ],
    )
    def test_nothing_is_held_without_a_reason_or_for_ever(self, said, cora, because, until, codes):
        assert refused(hold_comment, comment=said, because=because, until=until, by=cora, at=AFTER) == codes

    def test_handed_to_the_safeguarding_leads_it_is_a_worry_in_the_very_words(self, said, cora):
        escalate_comment(comment=said, to=Escalation.CONCERN, note="Who is Sam?", by=cora, at=AFTER)
        concern = Concern.objects.get()
        assert SAID in concern.told.words and "Who is Sam?" in concern.told.words
        assert (concern.visit, concern.raised_by, read_by_person(said)) == (said.feedback.visit, cora, [])
        assert refused(take_back_comment, comment=said, by=cora, at=AFTER) == ["state"]

    def test_handed_on_as_a_case_its_evidence_holds_no_word_of_it(self, said, cora):
        escalate_comment(comment=said, to=Escalation.CASE, note="Late again", by=cora, at=AFTER)
        case = Case.objects.get()
        assert (case.rule, case.ambassador) == (CaseRule.WORDS, said.feedback.visit.seats.get().ambassador)
        assert [(each["form"], each["said"]) for each in case.evidence] == [(said.feedback_id, {})]

    def test_what_an_ambassador_wrote_is_no_case_about_them(self, cora):
        said = send_in({**make.AMBASSADOR_SAYS, "A10": "A key"}, side=FeedbackSide.AMBASSADOR).comments.get()
        codes = refused(escalate_comment, comment=said, to=Escalation.CASE, note="x", by=cora, at=AFTER)
        said.refresh_from_db()
        assert (codes, said.status, Case.objects.exists()) == (["not_about_person"], "waiting", False)

    def test_a_decision_is_undone_by_one_more_that_stands_beside_it(self, said, cora):
        release_comment(comment=said, by=cora, at=AFTER)
        take_back_comment(comment=said, by=cora, at=AFTER)
        redact_comment(comment=said, struck={5}, by=cora, at=AFTER)
        assert [each.kind for each in said.events.all()] == ["release", "take_back", "redact"]
        assert read_by_person(said) == [("They held their breath. Sam […] too.", True)]

    def test_nobody_decides_about_what_was_said_of_their_own_visit_or_twice(self, said, cora):
        person = said.feedback.visit.seats.get().ambassador.user
        assert refused(release_comment, comment=said, by=person, at=AFTER) == ["not_quality"]
        keep_comment(comment=said, by=cora, at=AFTER)
        assert refused(release_comment, comment=said, by=cora, at=AFTER) == ["state"]


@pytest.mark.django_db
class TestTheQueue:
    def test_gives_a_working_day_green_amber_and_then_red(self, said):
        tones = [comment_listed(said, at=AFTER + days * DAY).tone for days in (0, 1, 2)]
        assert (said.read_by, tones) == (THURSDAY, ["good", "warning", "bad"])

    def test_a_form_of_a_friday_may_wait_for_monday(self, cora):
        said = send_in(TEACHER, at=AFTER + 2 * DAY).comments.get()
        assert said.read_by == date(2027, 2, 15)

    def test_begins_with_what_is_urgent_and_then_with_what_is_due(self, cora):
        plain = send_in(TEACHER).comments.get()
        urgent = send_in({**TEACHER, "T12": "He shouted at them"}, at=AFTER + DAY).comments.get()
        assert list(comments_to_read(cora, at=AFTER + DAY)) == [urgent, plain]

    def test_the_very_same_words_about_two_visits_are_odd_and_thanks_are_not(self):
        first, again = (send_in({**TEACHER, "T12": words}) for words in (SAID, SAID.upper() + " "))
        short = [send_in({**TEACHER, "T12": "Thank you!"}) for _twice in range(2)]
        assert [[each.kind for each in form.oddities.all()] for form in (first, again)] == [[OddityKind.SAME_WORDS]] * 2
        assert not any(form.oddities.exists() for form in short)


@pytest.mark.django_db
class TestThePages:
    @pytest.fixture(autouse=True)
    def _now(self, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: AFTER)

    def test_one_decision_leads_to_the_next_text_and_one_press_undoes_it(self, said, cora):
        other = send_in({**TEACHER, "T12": "A bigger room next time"}).comments.get()
        client = client_of(cora, second_factor=True)
        following = client.post(reverse("release_comment", args=[said.pk]))["Location"]
        assert following == f"{reverse('comment', args=[other.pk])}?after={said.pk}"
        assert reverse("take_back_comment", args=[said.pk]) in client.get(following).text
        client.post(reverse("take_back_comment", args=[said.pk]))
        assert client.post(reverse("keep_comment", args=[other.pk]))["Location"].startswith(
            reverse("comment", args=[said.pk])
        )

    def test_words_are_struck_by_ticking_them_and_nobody_can_type_one(self, said, cora):
        client, address = client_of(cora, second_factor=True), reverse("redact_comment", args=[said.pk])
        page = client.get(address).text
        assert page.count('type="checkbox"') == 7 and "<textarea" not in page
        assert client.post(address, {"struck": ["Sam"]}).status_code == 200
        assert not said.events.exists()
        client.post(address, {"struck": ["4", "5", "6"]})
        assert read_by_person(said) == [("They held their breath. […]", True)]
        client.get(reverse("comment", args=[said.pk]))
        assert Entry.objects.filter(action="comment.read").count() == 1

    @pytest.mark.parametrize(
        ("name", "typed", "told"),
        [
            ("redact_comment", {}, "Mark the words to leave out"),
            ("hold_comment", {"no_note": "", "until_0": ""}, "There is a problem"),
            (
                "hold_comment",
                {"no_note": "Rang", "until_0": "1", "until_1": "1", "until_2": "2027"},
                "a day after today",
            ),
            ("escalate_comment", {"to": "nobody", "note": "x"}, "There is a problem"),
            ("escalate_comment", {"to": "concern", "note": " "}, "There is a problem"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_changes(self, said, cora, name, typed, told):
        answer = client_of(cora, second_factor=True).post(reverse(name, args=[said.pk]), {"x": "", **typed})
        said.refresh_from_db()
        assert told in answer.text
        assert (said.status, said.events.exists()) == ("waiting", False)

    @pytest.mark.parametrize("after", ["", "x", "9" * 30, "²", "-1", "0"])
    def test_an_undo_of_nothing_is_not_offered(self, said, cora, after):
        page = client_of(cora, second_factor=True).get(reverse("comments"), {"after": after})
        assert page.status_code == 200 and "Undo" not in page.text

    def test_an_ambassador_finds_what_we_asked_them_beside_what_schools_wrote(self, said):
        page = client_of(said.feedback.visit.seats.get().ambassador.user).get(reverse("words_of_schools"))
        assert reverse("reviews") in page.text
