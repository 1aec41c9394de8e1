"""How feedback could be gamed, and that it does not count (rules G-01 to G-09)."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from bookings.enums import SeatKind, SeatStatus, VisitStatus
from bookings.models import Seat, Visit
from quality.enums import ConflictKind, FeedbackSide, OddityKind
from quality.forms import OPENED
from quality.histories import history_of_person
from quality.models import Arrival, Case, Concern, Conflict, Feedback, Oddity
from quality.operations.doubts import Came, forget_arrivals, look_at_oddity
from quality.operations.feedback import submit_feedback
from quality.ratings import ratings_of_all
from quality.reports.facts import facts_of
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.links import mint_link
from stem.moments import day_of
from stem.rules import Refusal
from stem.terms import term_of
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

AFTER, DAY, WEEK = make.AFTER, timedelta(days=1), timedelta(weeks=1)
POOR = {**make.TEACHER_SAYS, "T9": "1", "T10": "no"}
ALL_BEST = {**make.TEACHER_SAYS, **{f"T{number}": "5" for number in range(1, 10)}}


@pytest.fixture(autouse=True)
def _now_is_after_the_visit(monkeypatch):
    monkeypatch.setattr("quality.views.feedback.timezone.now", lambda: AFTER)


def visit_of(person, *, weeks: int = 0, **columns) -> Visit:
    """A visit that this person made, so many weeks before the usual one."""
    start, end = (each - weeks * WEEK for each in make.FIRST_TIME)
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(start, end), **columns)


def link_of(form: Feedback) -> str:
    return reverse("give_feedback", args=[mint_link("give_feedback", form.pk, expires_at=form.closes_at)])


def send_in(visit: Visit, answers: dict[str, str], *, side=FeedbackSide.TEACHER, at=AFTER, **came) -> Feedback:
    form = make.feedback(visit=visit, side=side)
    submit_feedback(feedback=form, answers=answers, by=None, at=at, came=Came(**came))
    return form


def counted(person) -> list[int]:
    """The visits of this person whose rating counts."""
    return [told.visit for told in history_of_person(person, at=AFTER).told if told.teacher is not None]


def odd(form: Feedback) -> list[str]:
    return sorted(form.oddities.values_list("kind", flat=True))


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


@pytest.fixture
def form(ada) -> Feedback:
    """What the school has been asked of a visit that Ada made."""
    return make.feedback(visit=visit_of(ada))


class TestALink:
    def test_used_again_it_takes_nothing_and_the_first_answer_stays(self, client, form, ada):
        address = link_of(form)
        client.post(address, POOR)
        assert client.post(address, ALL_BEST).status_code == 410
        form.refresh_from_db()
        assert (form.answers["T9"], counted(ada)) == ("1", [form.visit_id])

    def test_from_an_older_letter_it_takes_nothing_once_the_form_is_in(self, client, form):
        first, reminder = link_of(form), link_of(form)
        client.post(reminder, POOR)
        answers = [client.get(first), client.post(first, ALL_BEST)]
        form.refresh_from_db()
        assert ([each.status_code for each in answers], form.answers["T9"]) == ([410, 410], "1")

    def test_forwarded_to_the_ambassador_it_neither_shows_the_form_nor_takes_it(self, form, ada):
        browser, address = client_of(ada.user), link_of(form)
        seen, sent = browser.get(address), browser.post(address, ALL_BEST)
        form.refresh_from_db()
        assert ([seen.status_code, sent.status_code], form.status, counted(ada)) == ([403, 403], "invited", [])
        # None of its questions; a token on the page may hold any two letters.
        assert 'name="T9"' not in seen.text
        tried = Entry.objects.get(action="submit_by_link.refuse")
        assert (tried.actor, tried.object_id, tried.outcome) == (ada.user, str(form.pk), "for_school")

    def test_that_the_ambassador_tried_still_works_for_the_teacher(self, client, form, ada):
        address = link_of(form)
        client_of(ada.user).post(address, ALL_BEST)
        assert client.post(address, POOR).url == reverse("feedback_sent")

    def test_whoever_watched_the_visit_does_not_speak_for_the_school_either(self, form):
        watching = make.ambassador(cleared=True, name="Sam Shadow")
        Seat.objects.create(visit=form.visit, kind=SeatKind.SHADOW, status=SeatStatus.TAKEN, ambassador=watching)
        assert client_of(watching.user).get(link_of(form)).status_code == 403

    def test_no_way_in_lets_the_ambassador_speak_for_the_school(self, form, ada):
        with pytest.raises(Refusal) as refusal:
            submit_feedback(feedback=form, answers=ALL_BEST, by=ada.user, at=AFTER)
        assert refusal.value.codes == ["for_school"]

    @pytest.mark.parametrize("method", ["get", "head", "options"])
    def test_opened_by_a_mail_scanner_it_is_not_spent(self, client, form, method):
        address = link_of(form)
        for _number in range(3):
            getattr(client, method)(address, headers={"User-Agent": "SafeLinks/1.0"})
        form.refresh_from_db()
        assert form.status == "invited"
        assert client.post(address, make.TEACHER_SAYS).url == reverse("feedback_sent")


class TestRatings:
    def test_of_one_school_count_twice_in_a_school_year_and_the_third_is_kept(self, ada):
        first = visit_of(ada, weeks=2)
        others = [visit_of(ada, weeks=weeks, contact=first.request.contact) for weeks in (1, 0)]
        for visit in (others[1], first, others[0]):
            send_in(visit, POOR if visit == others[1] else make.TEACHER_SAYS)
        assert counted(ada) == [first.pk, others[0].pk]
        assert Feedback.objects.submitted().count() == 3

    def test_one_that_does_not_count_takes_the_place_of_none_that_does(self, ada):
        first = visit_of(ada, weeks=2)
        others = [visit_of(ada, weeks=weeks, contact=first.request.contact) for weeks in (1, 0)]
        send_in(first, {**make.TEACHER_SAYS, "T16": "yes"})
        for visit in others:
            send_in(visit, make.TEACHER_SAYS)
        assert counted(ada) == [visit.pk for visit in others]

    def test_are_hidden_from_the_other_side_until_both_are_in_or_a_fortnight_is_over(self, form):
        submit_feedback(feedback=form, answers=POOR, by=None, at=AFTER)
        over = form.visit.ends_at + 14 * DAY
        shown = [Feedback.objects.revealed(at).exists() for at in (AFTER, over - timedelta(seconds=1), over)]
        assert shown == [False, False, True]
        send_in(form.visit, make.AMBASSADOR_SAYS, side=FeedbackSide.AMBASSADOR)
        assert Feedback.objects.revealed(AFTER).count() == 2


class TestWhoeverIsTooClose:
    def closeness(self, ada, close: str) -> Visit:
        """A visit between a school and somebody who is near to it in this way."""
        contact = make.contact()
        if close == "domain":
            make.domain(school=contact.school, domain=ada.user.email.rpartition("@")[2])
        if close == "address":
            return visit_of(ada, contact=contact, supervising_email=f"boss@{ada.user.email.rpartition('@')[2]}")
        if close == "employer":
            ada.organisation = contact.school.name.upper()
            ada.save()
        if close == "acts":
            make.contact(school=contact.school, user=ada.user)
        if close == "left":
            part = make.contact(school=contact.school, user=ada.user, status="ended")
            part.events.create(kind="end", status="ended", by=ada.user, at=make.FIRST_TIME[0] - 700 * DAY)
        return visit_of(ada, contact=contact)

    @pytest.mark.parametrize(
        ("close", "kind"),
        [
            ("domain", ConflictKind.EMPLOYER),
            ("address", ConflictKind.EMPLOYER),
            ("employer", ConflictKind.EMPLOYER),
            ("acts", ConflictKind.STAFF),
            ("left", ConflictKind.STAFF),
        ],
    )
    def test_is_found_and_neither_praise_nor_blame_counts_but_the_visit_does(self, ada, close, kind):
        visit = self.closeness(ada, close)
        send_in(visit, POOR)
        send_in(visit, {**make.AMBASSADOR_SAYS, "A1": "school_not_ready"}, side=FeedbackSide.AMBASSADOR)
        assert list(Conflict.objects.values_list("visit", "kind")) == [(visit.pk, kind)]
        assert (counted(ada), Case.objects.exists()) == ([], False)

    @pytest.mark.parametrize(
        ("side", "answers"),
        [
            (FeedbackSide.TEACHER, {**POOR, "T16": "yes"}),
            (FeedbackSide.AMBASSADOR, {**make.AMBASSADOR_SAYS, "A13": "yes"}),
        ],
    )
    def test_may_say_so_whichever_side_does(self, ada, side, answers):
        visit = visit_of(ada)
        send_in(visit, answers, side=side)
        if side is FeedbackSide.AMBASSADOR:
            send_in(visit, POOR)
        visit.refresh_from_db()
        assert (counted(ada), Case.objects.exists()) == ([], False)
        assert Conflict.objects.get().kind == ConflictKind.DECLARED

    def test_still_settles_the_visit_and_it_is_one_more_that_they_made(self, ada):
        visit = visit_of(ada)
        send_in(visit, {**ALL_BEST, "T16": "yes"})
        send_in(visit, make.AMBASSADOR_SAYS, side=FeedbackSide.AMBASSADOR)
        visit.refresh_from_db()
        ada.refresh_from_db()
        assert (visit.status, ada.visits_delivered) == (VisitStatus.DELIVERED, 1)

    def test_is_left_out_of_what_is_usual_and_of_what_is_told_of_a_term(self, ada):
        near, other = self.closeness(ada, "acts"), visit_of(make.ambassador(cleared=True))
        for visit in (near, other):
            send_in(visit, POOR)
        assert [each.person for each in ratings_of_all(AFTER)] == [other.seats.get().ambassador_id]
        Visit.objects.update(status=VisitStatus.DELIVERED)
        told = facts_of(term_of(day_of(AFTER)))
        assert {code: sum(cell.n for cell in told[code].values()) for code in ("responses", "again", "index")} == {
            "responses": 2,
            "again": 1,
            "index": 1,
        }

    def test_is_heard_all_the_same_where_pupils_were_left_alone(self, ada):
        send_in(visit_of(ada), {**ALL_BEST, "T16": "yes", "TF2": "no"})
        assert Concern.objects.count() == 1

    def test_is_nobody_who_left_the_school_more_than_two_years_before_or_shares_a_mail_provider(self, ada):
        contact = make.contact()
        part = make.contact(school=contact.school, user=ada.user, status="ended")
        part.events.create(kind="end", status="ended", by=ada.user, at=make.FIRST_TIME[0] - 731 * DAY)
        ada.email = ada.user.email = "ada@gmail.com"
        ada.user.save()
        ada.save()
        visit = visit_of(ada, contact=contact, supervising_email="sam@gmail.com")
        send_in(visit, make.TEACHER_SAYS)
        assert (counted(ada), Conflict.objects.exists()) == ([visit.pk], False)


class TestWhatIsOdd:
    def forms(self, number: int, *, minutes: int = 1, **came) -> list[Feedback]:
        """Forms for so many schools, some minutes after one another."""
        later = timedelta(minutes=minutes)
        return [
            send_in(visit_of(make.ambassador(cleared=True)), make.TEACHER_SAYS, at=AFTER + n * later, **came)
            for n in range(number)
        ]

    def test_four_schools_from_one_network_within_ten_minutes_are_flagged_and_count(self):
        forms = self.forms(4, network="203.0.113.0")
        assert [odd(form) for form in forms] == [[OddityKind.MANY]] * 4
        assert all(counted(form.visit.seats.get().ambassador) for form in forms)

    @pytest.mark.parametrize(
        ("number", "came"),
        [(3, {"network": "203.0.113.0"}), (4, {"network": "203.0.113.0", "minutes": 4}), (4, {})],
    )
    def test_three_schools_are_nothing_nor_four_in_longer_nor_from_nowhere(self, number, came):
        assert [odd(form) for form in self.forms(number, **came)] == [[]] * number

    def test_one_school_may_send_as_many_as_it_likes_from_its_own_network(self, ada):
        first = visit_of(ada)
        visits = [visit_of(make.ambassador(cleared=True), contact=first.request.contact) for _number in range(4)]
        assert [odd(send_in(visit, make.TEACHER_SAYS, network="203.0.113.0")) for visit in [first, *visits]] == [[]] * 5

    def test_of_a_network_a_keyed_hash_is_kept_for_a_day_and_then_nothing(self):
        self.forms(1, network="203.0.113.0")
        kept = Arrival.objects.get()
        assert len(kept.network) == 64
        assert kept.network not in {sha256(each.encode()).hexdigest() for each in ("203.0.113.0", "203.0.113.0/24")}
        assert [forget_arrivals(at=AFTER + DAY - timedelta(seconds=1)), forget_arrivals(at=AFTER + DAY)] == [0, 1]

    @pytest.mark.parametrize(
        ("answers", "seconds", "flagged"),
        [
            (ALL_BEST, 19, True),
            (ALL_BEST, 20, False),
            (ALL_BEST, None, False),
            ({**ALL_BEST, "T4": "4"}, 5, False),
            ({**ALL_BEST, "T4": "na"}, 5, True),
        ],
    )
    def test_nothing_but_praise_in_less_than_twenty_seconds_is_flagged_and_counts(self, ada, answers, seconds, flagged):
        form = send_in(visit_of(ada), answers, seconds=seconds)
        assert (odd(form), counted(ada)) == ([OddityKind.HURRIED] if flagged else [], [form.visit_id])

    def test_how_long_it_took_is_told_by_our_clock_and_nobody_winds_it(self, client, form):
        sealed = signing.dumps((AFTER - timedelta(seconds=12)).isoformat(), salt=OPENED)
        client.post(link_of(form), {**ALL_BEST, OPENED: sealed})
        form.refresh_from_db()
        assert (form.duration_s, odd(form)) == (12, [OddityKind.HURRIED])
        other = make.feedback(visit=visit_of(make.ambassador(cleared=True)))
        client.post(link_of(other), {**ALL_BEST, OPENED: "yesterday"})
        other.refresh_from_db()
        assert (other.status, other.duration_s) == ("submitted", None)

    def test_somebody_looks_at_it_once_and_only_where_they_look_after_quality(self, ada):
        send_in(visit_of(ada), ALL_BEST, seconds=3)
        oddity, cora, now = Oddity.objects.get(), make.staff(Role.COORDINATOR), timezone.now()
        with pytest.raises(Refusal):
            look_at_oddity(oddity=oddity, by=ada.user, at=now)
        for _twice in range(2):
            look_at_oddity(oddity=oddity, by=cora, at=now)
        assert not Oddity.objects.visible_to(cora).not_looked_at().exists()
        assert Entry.objects.filter(action="feedback.look_at_oddity").count() == 1


def test_the_school_is_told_that_no_ambassador_may_ask_for_another_answer(client, form):
    assert "No ambassador may ask you to change an answer: if one does, tell us." in client.get(link_of(form)).text
