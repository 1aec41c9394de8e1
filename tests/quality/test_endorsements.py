"""The page that an ambassador shows to somebody outside: what stands on it, who may open it, and until when."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, HoldKind
from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from quality.endorsements import own_endorsement, shown_by
from quality.enums import FeedbackSide
from quality.models import Endorsement, Feedback
from quality.naming import names_any
from quality.operations.endorsing import end_endorsement, forget_endorsements, make_endorsement, pick_words
from quality.operations.sharing import share_words, take_back_words
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

NOW = make.AFTER + timedelta(days=20)
TEACHER = {**make.TEACHER_SAYS, "TF3": "28", "T12": "They held their breath", "T13": "A bigger room", "T17": "yes"}
GONE = "Ask whoever gave it to you for a new one."


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


def praised(person, cora, *, week: int = 0, answers=TEACHER, passed: str | None = None) -> Feedback:
    """A visit of theirs, of which a coordinator has passed on what the teacher wrote."""
    time = tuple(moment - timedelta(weeks=week) for moment in make.FIRST_TIME)
    visit = make.visit(ambassador=person, status=VisitStatus.DELIVERED, time=time)
    form = make.feedback(visit=visit, answers=answers)
    words = {"T12": answers["T12"] if passed is None else passed, "T13": answers["T13"]}
    share_words(feedback=form, words=words, by=cora, at=make.AFTER)
    return form


def opened(person, *forms: Feedback) -> str:
    """Their link, with these words on the page."""
    pick_words(ambassador=person, forms=[form.pk for form in forms], by=person.user, at=NOW)
    return make_endorsement(ambassador=person, by=person.user, at=NOW)


def read(token: str):
    return Client().get(reverse("shown_endorsement", args=[token]))


def refused(act, *codes: str) -> None:
    before = list(Endorsement.objects.values())
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.codes == list(codes)
    assert [row for row in Endorsement.objects.values() if row not in before] == []


# What stands on it.


def test_whoever_has_the_link_reads_what_was_given_and_the_words_that_were_picked(ada, cora):
    first, second = praised(ada, cora), praised(ada, cora, week=3, answers={**TEACHER, "T12": "Three want to be her"})
    page = read(opened(ada, first))

    assert page.status_code == 200
    assert "Ada Engineer" in page.text and "since September 2026" in page.text
    assert "They held their breath" in page.text and "Three want to be her" not in page.text
    assert "Careers talk" in page.text and "Civil and structural engineering" in page.text
    assert re.search(r"This page is kept by .+; shown on \w+ \d+ March 2027\.", page.text)
    assert second.pk not in [each.form for each in shown_by(opened(ada, first), at=NOW).picked]


def test_no_rating_no_school_no_teacher_and_nothing_of_checks_stands_there(ada, cora):
    form = praised(ada, cora)
    request = form.visit.request
    text = read(opened(ada, form)).text

    names = (request.school.name, request.contact.user.full_name, request.supervising_adult, "Dee Lead")
    for word in (
        *names,
        request.school.town,
        "A bigger room",
        "Extremely useful",
        "DBS",
        "check",
        "bookable",
        "Active",
    ):
        assert word not in text, word
    assert not re.search(r"\b10 February\b", text), "no day of a visit"


def test_only_what_the_writer_lets_others_read_and_somebody_has_passed_on_may_stand_there(ada, cora):
    praised(ada, cora, answers={code: said for code, said in TEACHER.items() if code != "T17"})
    praised(ada, cora, week=1, answers={**TEACHER, "T15": "yes"})
    unread = make.visit(ambassador=ada, status=VisitStatus.DELIVERED, time=make.SECOND_TIME)
    make.feedback(visit=unread, answers=TEACHER)

    own = own_endorsement(ada, at=NOW)
    assert own.page is not None and own.page.praise == []
    forms = list(Feedback.objects.values_list("pk", flat=True))
    for form in forms:
        refused(lambda form=form: pick_words(ambassador=ada, forms=[form], by=ada.user, at=NOW), "not_to_be_shown")
    assert len(forms) == 3


def test_words_that_name_the_school_or_its_people_are_not_offered(ada, cora):
    form = praised(ada, cora, passed="As Sam said, they held their breath")
    assert form.visit.supervising_adult == "Sam Supervisor"
    assert own_endorsement(ada, at=NOW).page.praise == []


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("A great day at Beckside", True),
        ("a great day at BECKSIDE.", True),
        ("The school loved it", False),
        ("Mr Holt's class loved it", True),
        ("We heard of holting trains", False),
        ("", False),
    ],
)
def test_a_name_is_found_by_a_word_of_its_own_whatever_its_letters(words, is_named):
    assert names_any(words, ("Beckside High School", "Martin Holt", "", "St John's")) is is_named


def test_what_is_taken_back_leaves_the_page_at_once_and_what_is_changed_stands_as_changed(ada, cora):
    form = praised(ada, cora)
    token = opened(ada, form)
    share_words(feedback=form, words={"T12": "They held […]"}, by=cora, at=NOW)
    assert "They held […]" in read(token).text
    take_back_words(feedback=form, by=cora, at=NOW)
    assert "They held" not in read(token).text


def test_what_others_made_and_what_one_only_watched_is_not_one_s_own_to_show(ada, cora):
    other = make.ambassador(name="Otto Other", cleared=True)
    form = praised(other, cora)
    make.watched(form.visit, ambassador=ada)
    praised(ada, cora, week=5)
    refused(lambda: pick_words(ambassador=ada, forms=[form.pk], by=ada.user, at=NOW), "not_to_be_shown")


# The link.


def test_only_a_mark_of_it_is_kept_and_it_is_told_once(ada, cora):
    praised(ada, cora)
    client = client_of(ada.user)
    made = client.post(reverse("make_endorsement"))

    [token] = re.findall(r"/shown/([\w-]{20,})/", made.text[made.text.index('id="page-address"') :])[:1]
    assert made.status_code == 200 and read(token).status_code == 200
    assert token not in str(list(Endorsement.objects.values())) and token not in client.get(reverse("endorsement")).text
    assert list(Entry.objects.filter(action__startswith="endorsement").values_list("action", flat=True)) == [
        "endorsement.make"
    ]


def test_it_ends_with_one_press_when_another_is_made_and_when_its_months_are_over(ada, cora):
    form = praised(ada, cora)
    first = opened(ada, form)
    second = opened(ada, form)
    assert [read(each).status_code for each in (first, second)] == [404, 200]

    assert shown_by(second, at=NOW + timedelta(days=364)) is not None
    assert shown_by(second, at=NOW + timedelta(days=367)) is None
    for _again in range(2):
        client_of(ada.user).post(reverse("end_endorsement"))
    assert read(second).status_code == 404
    assert Entry.objects.filter(action="endorsement.end").count() == 1
    assert own_endorsement(ada, at=NOW).page.picked, "what was picked stays, for the next link"


def test_ended_run_out_made_up_and_suspended_answer_the_same(ada, cora, monkeypatch):
    form = praised(ada, cora)
    made_up = read("x" * 32)
    token = opened(ada, form)
    make.hold(ada, kind=HoldKind.SAFEGUARDING, starts_on=NOW.date())
    suspended = read(token)
    answers = [made_up, suspended]
    end_endorsement(ambassador=ada, by=ada.user, at=NOW)
    answers.append(read(token))

    assert GONE in made_up.text and made_up.status_code == 404
    assert {(each.status_code, each.text) for each in answers} == {(404, made_up.text)}


@pytest.mark.parametrize("status", [*AmbassadorStatus])
def test_we_speak_for_whoever_takes_part_and_for_nobody_else(status, ada, cora):
    token = opened(ada, praised(ada, cora))
    merged = make.ambassador(cleared=True) if status == AmbassadorStatus.MERGED else None
    Ambassador.objects.filter(pk=ada.pk).update(status=status, merged_into=merged)
    assert read(token).status_code == (200 if status in ("active", "paused") else 404)


def test_whether_somebody_is_cleared_or_away_shows_nowhere(ada, cora):
    token = opened(ada, praised(ada, cora))
    before = read(token).text
    ada.requirements.all().delete()
    make.hold(ada, kind=HoldKind.AWAY, starts_on=NOW.date())
    make.hold(ada, kind=HoldKind.VETTING, starts_on=NOW.date())
    assert read(token).text == before


def test_nobody_learns_of_a_suspension_by_their_own_page(ada, cora):
    opened(ada, praised(ada, cora))
    client = client_of(ada.user)
    before = main_of(client.get(reverse("endorsement")).text)
    make.hold(ada, kind=HoldKind.SAFEGUARDING, starts_on=NOW.date())

    assert main_of(client.get(reverse("endorsement")).text) == before
    assert client.post(reverse("make_endorsement")).status_code == 200


def main_of(text: str) -> str:
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", main)


@pytest.mark.parametrize("status", ["left", "vetting", "declined"])
def test_whoever_takes_no_part_makes_no_link(status, ada, cora):
    praised(ada, cora)
    Ambassador.objects.filter(pk=ada.pk).update(status=status)
    refused(lambda: make_endorsement(ambassador=ada, by=ada.user, at=NOW), "takes_no_part")


def test_before_the_first_visit_there_is_nothing_to_show(ada):
    refused(lambda: make_endorsement(ambassador=ada, by=ada.user, at=NOW), "no_visit")
    client = client_of(ada.user)
    assert "Nothing to show yet" in client.get(reverse("endorsement")).text
    assert client.post(reverse("make_endorsement")).status_code == 302
    assert not Endorsement.objects.exclude(token_hash=None).exists()


def test_it_is_nobody_else_s_to_change_an_officer_s_neither(ada, cora):
    form = praised(ada, cora)
    for by in (make.ambassador(cleared=True).user, cora, make.staff(Role.VETTING_OFFICER)):
        refused(lambda by=by: pick_words(ambassador=ada, forms=[form.pk], by=by, at=NOW), "not_yours")
        refused(lambda by=by: make_endorsement(ambassador=ada, by=by, at=NOW), "not_yours")
        refused(lambda by=by: end_endorsement(ambassador=ada, by=by, at=NOW), "not_yours")


def test_it_needs_no_account_sets_no_cookie_runs_no_script_and_is_found_by_no_search(ada, cora):
    token = opened(ada, praised(ada, cora))
    for answer in (read(token), read("x" * 32)):
        assert not answer.cookies and "csrf" not in answer.text and "<script" not in answer.text
        assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
    assert Client().post(reverse("shown_endorsement", args=[token])).status_code == 405


def test_who_opens_very_many_from_one_place_is_asked_to_wait(ada, cora):
    token = opened(ada, praised(ada, cora))
    answers = [read(token).status_code for _number in range(61)]
    assert answers == [200] * 60 + [429]


# One's own page.


def test_one_sees_the_page_before_there_is_a_link_and_chooses_what_stands_on_it(ada, cora):
    form = praised(ada, cora)
    client, address = client_of(ada.user), reverse("endorsement")
    page = client.get(address).text
    assert "No link opens your page" in page and "They held their breath" in page and "<blockquote" not in page

    client.post(address, {"picked": [form.pk]})
    page = client.get(address).text
    assert "<blockquote" in page and "checked" in page
    client.post(address, {})
    assert "<blockquote" not in client.get(address).text


def test_what_is_not_there_to_choose_is_refused_where_one_chooses(ada, cora):
    form = praised(make.ambassador(name="Otto Other", cleared=True), cora)
    praised(ada, cora, week=3)
    page = client_of(ada.user).post(reverse("endorsement"), {"picked": [form.pk]})
    assert page.status_code == 200 and "Error:" in page.text
    assert not Endorsement.objects.filter(picked=form.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_both_pages_cost_the_same_however_much_there_is(rows, ada, cora, django_assert_num_queries):
    forms = [praised(ada, cora, week=number) for number in range(rows)]
    token, client = opened(ada, *forms), client_of(ada.user)
    client.get(reverse("endorsement"))
    with django_assert_num_queries(11):
        assert client.get(reverse("endorsement")).text.count("<blockquote") == rows
    with django_assert_num_queries(7):
        assert read(token).text.count("<blockquote") == rows


# How long it is kept.


def test_a_link_that_ran_out_is_thrown_away_and_the_page_of_whoever_has_left_with_it(ada, cora):
    opened(ada, praised(ada, cora))
    gone = make.ambassador(name="Gina Gone", cleared=True)
    opened(gone, praised(gone, cora, week=2))
    assert forget_endorsements(at=NOW + timedelta(days=300)) == 0
    Ambassador.objects.filter(pk=gone.pk).update(status=AmbassadorStatus.LEFT)

    assert forget_endorsements(at=NOW + timedelta(days=400)) == 2
    [left] = Endorsement.objects.all()
    assert (left.ambassador, left.token_hash, left.expires_at) == (ada, None, None)
    assert left.picked.count() == 1
    assert forget_endorsements(at=NOW + timedelta(days=400)) == 0


def test_a_link_has_its_days_in_the_database_too(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(ambassador=ada, token_hash="0" * 64)
    with pytest.raises(ValidationError):
        Endorsement(ambassador=ada, made_at=NOW).validate_constraints()


def test_the_form_of_the_ambassador_is_never_among_them(ada, cora):
    form = praised(ada, cora)
    own = make.feedback(visit=form.visit, side=FeedbackSide.AMBASSADOR, answers={**make.AMBASSADOR_SAYS, "A10": "Fun"})
    share_words(feedback=own, words={"A10": "Fun"}, by=cora, at=NOW)
    assert [each.form for each in own_endorsement(ada, at=NOW).page.praise] == [form.pk]


def test_whoever_reads_praise_first_is_told_that_others_may_read_it(ada, cora):
    client, hint = client_of(cora, second_factor=True), "the ambassador may show it to others"
    for week, (answers, code, is_told) in enumerate(
        ((TEACHER, "T12", True), (TEACHER, "T13", False), ({**TEACHER, "T17": ""}, "T12", False))
    ):
        form = praised(ada, cora, week=week, answers=answers)
        page = client.get(reverse("comment", args=[make.comment(form, code).pk]))
        assert page.status_code == 200 and (hint in page.text) is is_told
