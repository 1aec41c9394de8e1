"""What a pupil meets, what the teacher shows on the board, and what is read of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from bookings.enums import VisitStatus
from quality.enums import PollStatus
from quality.models import Poll, Remark
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

NOW = make.FIRST_TIME[1]
# What the page of a pupil weighs in all, with everything that it loads.
AT_MOST = 30 * 1024
SHEET = {"P6B": "2", "P6N": "4", "P12": "5"}


@pytest.fixture(autouse=True)
def _now_is_after_the_lesson(monkeypatch):
    for module in ("polls", "class_polls"):
        monkeypatch.setattr(f"quality.views.{module}.timezone.now", lambda: NOW)


@pytest.fixture
def poll() -> Poll:
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)
    return make.poll(visit)


@pytest.fixture
def teacher(poll) -> Client:
    return client_of(poll.visit.request.contact.user)


def sheet_of(poll: Poll) -> str:
    return reverse("answer_poll", args=[poll.code])


def slip_on(page: str) -> str:
    return re.search(r'name="slip" value="([^"]+)"', page)[1]


def handed_in(poll: Poll) -> int:
    return Poll.objects.get(pk=poll.pk).handed_in


class TestThePupilsPage:
    @pytest.mark.parametrize("stage", ["ks2", "ks3"])
    def test_it_weighs_less_than_thirty_kilobytes_with_all_it_loads(self, stage):
        asked = make.request(status="fulfilled", stage=stage)
        poll = make.poll(make.visit(request=asked, ambassador=make.ambassador(cleared=True), status="delivered"))
        for page in (Client().get(sheet_of(poll)), Client().post(sheet_of(poll), {"P6B": "9", "P21": "9"})):
            words = page.content.decode()
            loads = re.findall(r'(?:<link[^>]+href|src)="([^"]+)"', words)
            files = [finders.find(each.removeprefix("/static/")) for each in loads]
            weight = len(page.content) + sum(Path(each).stat().st_size for each in files)
            assert len(loads) == 2
            assert "<script" not in words
            assert weight < AT_MOST, weight

    def test_it_gives_no_cookie_and_needs_none(self, poll):
        pupil = Client(enforce_csrf_checks=True)
        page = pupil.get(sheet_of(poll))
        thanks = pupil.post(sheet_of(poll), {**SHEET, "slip": slip_on(page.content.decode())}, follow=True)
        assert "Nobody can see which were yours" in thanks.content.decode()
        assert not pupil.cookies
        assert handed_in(poll) == 1

    def test_nothing_is_chosen_beforehand_and_every_answer_has_its_words(self, poll):
        page = Client().get(sheet_of(poll)).content.decode()
        assert "checked" not in page
        assert page.count("Strongly disagree") == page.count('value="1"') == 12
        assert page.index("Before the visit") < page.index("Now</b>") < page.index("Childline on 0800 1111")

    def test_the_youngest_who_answer_alone_have_nothing_to_write(self):
        asked = make.request(status="fulfilled", stage="ks2")
        poll = make.poll(make.visit(request=asked, ambassador=make.ambassador(cleared=True), status="delivered"))
        page = Client().get(sheet_of(poll)).content.decode()
        assert "<textarea" not in page
        assert page.count("Really, really") == 5

    def test_a_sheet_sent_twice_counts_once(self, poll):
        pupil = Client()
        slip = slip_on(pupil.get(sheet_of(poll)).content.decode())
        for _ in range(2):
            assert pupil.post(sheet_of(poll), {**SHEET, "slip": slip}).status_code == 302
        assert handed_in(poll) == 1

    @pytest.mark.parametrize("typed", ["{} {}", "{}-{}", "{}{}", " {}  {} "])
    def test_a_code_is_read_however_it_is_typed(self, poll, typed):
        halves = typed.format(poll.code[:4].lower(), poll.code[4:])
        page = Client().get(reverse("poll_door"), {"code": halves}, follow=True)
        assert "What did you think of the visit?" in page.content.decode()

    @pytest.mark.parametrize(
        "typed", ["", "BCDF", "12345678", "BCDFGHJÉ", "B" * 5000, "\x00", "<script>alert(1)</script>"]
    )
    def test_what_is_no_code_is_answered_in_one_sentence(self, typed):
        page = Client().get(reverse("poll_door"), {"code": typed})
        assert page.status_code == 404
        assert "A code has eight letters." in page.content.decode()

    def test_a_wrong_code_is_told_so_and_guessing_is_not(self, poll):
        for _ in range(60):
            page = Client().get("/p/ZZZZZZZZ/")
            assert page.status_code == 404
        assert "There is no such code." in page.content.decode()
        page = Client().get(sheet_of(poll))
        assert page.status_code == 429
        assert "Too many wrong codes" in page.content.decode()

    def test_a_whole_school_may_answer_from_one_address(self, poll):
        assert {Client().get(sheet_of(poll)).status_code for _ in range(70)} == {200}

    @pytest.mark.parametrize(
        ("columns", "status", "says"),
        [
            ({"status": PollStatus.CLOSED, "closed_at": NOW}, 410, "This code is closed"),
            ({"opens_at": NOW + timedelta(hours=1)}, 403, "opens when the visit starts"),
            ({"instrument": "tally_v1"}, 404, "There is no such code."),
        ],
    )
    def test_a_code_that_is_not_open_says_so(self, poll, columns, status, says):
        Poll.objects.filter(pk=poll.pk).update(**columns)
        for page in (Client().get(sheet_of(poll)), Client().post(sheet_of(poll), SHEET)):
            assert page.status_code == status
            assert says in page.content.decode()
        assert handed_in(poll) == 0

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({}, "Answer at least one question."),
            ({"P6B": "6"}, "Choose one of the answers offered"),
            ({"P13": "x" * 1001}, "1000 characters or fewer"),
            ({"P13": "a\x00b"}, "a character in it cannot be kept"),
            ({"slip": "none", "P13": "   "}, "Answer at least one question."),
        ],
    )
    def test_what_cannot_be_is_said_in_a_sentence_and_counts_nothing(self, poll, sent, says):
        page = Client().post(sheet_of(poll), sent)
        assert page.status_code == 200
        assert says in page.content.decode()
        assert (handed_in(poll), Remark.objects.count()) == (0, 0)

    def test_one_too_many_is_told_so(self, poll):
        Poll.objects.filter(pk=poll.pk).update(handed_in=31)
        page = Client().post(sheet_of(poll), SHEET)
        assert "this code takes no more" in page.content.decode()
        assert Poll.objects.get().status == PollStatus.VOID


class TestTheSchoolsPage:
    def test_from_beginning_to_the_board(self):
        contact = make.contact()
        visit = make.visit(contact=contact, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
        teacher, page = client_of(contact.user), reverse("class_poll", args=[visit.pk])
        assert page in teacher.get(reverse("visit", args=[visit.pk])).content.decode()
        assert "Answer “How will pupils answer?”." in teacher.post(page, {"how": ""}).content.decode()
        teacher.post(page, {"how": "devices"})
        poll = Poll.objects.get()
        assert poll.code_in_words in teacher.get(page).content.decode()
        board = teacher.get(reverse("poll_board", args=[visit.pk])).content.decode()
        assert poll.code_in_words in board
        assert "<svg" in board
        assert "/p/" in board

    def test_how_many_have_answered_is_told_while_it_is_open_and_nothing_else(self, poll, teacher):
        Poll.objects.filter(pk=poll.pk).update(handed_in=12, counts={"P12": {"5": 12}})
        page = teacher.get(reverse("class_poll", args=[poll.visit_id])).content.decode()
        assert "12 have answered; at most 31 can" in page
        assert "good use of my time" not in page
        teacher.post(reverse("end_poll", args=[poll.visit_id]))
        page = teacher.get(reverse("class_poll", args=[poll.visit_id])).content.decode()
        assert "The visit was a good use of my time." in page
        assert "most" in page

    def test_of_few_nothing_is_told(self, poll, teacher):
        Poll.objects.filter(pk=poll.pk).update(handed_in=9, counts={"P12": {"5": 9}})
        teacher.post(reverse("end_poll", args=[poll.visit_id]))
        page = teacher.get(reverse("class_poll", args=[poll.visit_id])).content.decode()
        assert "Fewer have answered than we tell of" in page
        assert "good use of my time" not in page

    def test_hands_are_counted_on_a_page(self, poll, teacher):
        Poll.objects.filter(pk=poll.pk).update(instrument="tally_v1")
        page = reverse("count_hands", args=[poll.visit_id])
        assert "Count again" in teacher.post(page, {"K1_up": "40"}).content.decode()
        assert "whole number" in teacher.post(page, {"K1_up": "many"}).content.decode()
        teacher.post(page, {"K1_up": "14", "K1_middle": "6"})
        assert "about 7 in 10" in teacher.get(reverse("class_poll", args=[poll.visit_id])).content.decode()

    def test_no_other_school_opens_it(self, poll):
        stranger = client_of(make.contact().user)
        for name in ("class_poll", "poll_board", "count_hands"):
            assert stranger.get(reverse(name, args=[poll.visit_id])).status_code == 404

    def test_its_ambassador_reads_it_once_it_is_over(self, poll):
        ada = client_of(poll.visit.seats.get().ambassador.user)
        Poll.objects.filter(pk=poll.pk).update(handed_in=12, counts={"P12": {"5": 12}})
        assert "good use of my time" not in ada.get(reverse("pupils_said")).content.decode()
        Poll.objects.filter(pk=poll.pk).update(status=PollStatus.CLOSED, closed_at=NOW)
        assert "good use of my time" in ada.get(reverse("pupils_said")).content.decode()


class TestThoseWhoLookAfterQuality:
    @pytest.fixture
    def quality(self) -> Client:
        return client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True)

    def test_what_pupils_wrote_waits_to_be_read_and_is_read_nowhere_else(self, poll, quality, teacher):
        poll.remarks.create(text="Bridges breathe <b>in</b>")
        Poll.objects.filter(pk=poll.pk).update(
            status=PollStatus.CLOSED, closed_at=NOW, handed_in=12, counts={"P12": {"5": 12}}
        )
        assert "Remarks to read: 1" in quality.get(reverse("polls")).content.decode()
        page = reverse("poll", args=[poll.pk])
        assert "Bridges breathe &lt;b&gt;" in quality.get(page).content.decode()
        ada = client_of(poll.visit.seats.get().ambassador.user)
        for reader, name, args in ((teacher, "class_poll", [poll.visit_id]), (ada, "pupils_said", [])):
            assert "Bridges breathe" not in reader.get(reverse(name, args=args)).content.decode()
        quality.post(reverse("read_remarks", args=[poll.pk]))
        assert "Nothing waits" in quality.get(reverse("polls")).content.decode()
        assert poll.events.get().kind == "read"

    @pytest.mark.parametrize(
        ("act", "says", "status"),
        [("count_poll", "It counts.", PollStatus.CLOSED), ("leave_out_poll", "It is left out", PollStatus.LEFT_OUT)],
    )
    def test_a_stopped_code_is_decided_once(self, poll, quality, act, says, status):
        Poll.objects.filter(pk=poll.pk).update(status=PollStatus.VOID, handed_in=31, counts={"P12": {"5": 31}})
        assert "at most 31 pupils were there" in quality.get(reverse("poll", args=[poll.pk])).content.decode()
        said = [quality.post(reverse(act, args=[poll.pk]), follow=True).content.decode() for _twice in range(2)]
        assert says in said[0]
        assert "This has changed since you opened the page." in said[1]
        assert Poll.objects.get().status == status

    def test_one_who_was_there_or_looks_after_another_region_does_not_open_it(self, poll):
        elsewhere = Region.objects.create(name="Far", slug="far")
        RegionArea.objects.create(region=elsewhere, area="ZE")
        there = poll.visit.seats.get().ambassador.user
        RoleGrant.objects.create(user=there, role=Role.QUALITY_MANAGER, granted_at=NOW - timedelta(days=9))
        for user in (make.staff(Role.QUALITY_MANAGER, regions=(elsewhere,)), there):
            reader = client_of(user, second_factor=True)
            assert reader.get(reverse("poll", args=[poll.pk])).status_code == 404
