"""The forms behind links, what their readers see, and the list that is for safeguarding leads alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quality.enums import FeedbackSide
from quality.models import Concern, Feedback
from quality.views.concerns import concern_key
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.links import mint_link
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def _now_is_after_the_visit(monkeypatch):
    monkeypatch.setattr("quality.views.feedback.timezone.now", lambda: make.AFTER)


def form_address(form: Feedback) -> str:
    return reverse("give_feedback", args=[mint_link("give_feedback", form.pk, expires_at=form.closes_at)])


@pytest.mark.usefixtures("_now_is_after_the_visit")
class TestTheFormBehindTheLink:
    def test_to_look_at_it_changes_nothing_however_often(self, client):
        form = make.feedback()
        address = form_address(form)

        for _number in range(5):
            assert client.get(address).status_code == 200
            client.head(address)

        form.refresh_from_db()
        assert form.status == "invited"

    def test_nothing_is_chosen_beforehand(self, client):
        page = client.get(form_address(make.feedback())).content.decode()

        assert "checked" not in page
        assert page.count('type="radio"') > 50

    def test_it_is_sent_once_and_then_closed(self, client):
        address = form_address(make.feedback())

        assert client.post(address, make.TEACHER_SAYS).url == reverse("feedback_sent")
        assert "Go to your visits" in client.get(reverse("feedback_sent")).text
        again = client.post(address, make.TEACHER_SAYS)

        assert again.status_code == 410
        assert "This link has been used." in again.content.decode()

    def test_an_unknown_link_says_so(self, client):
        assert client.get(reverse("give_feedback", args=["nonsense"])).status_code == 404

    @pytest.mark.parametrize(
        "broken",
        [
            {"TF1": ""},
            {"TF1": "<script>"},
            {"T9": "9"},
            {"TF3": "-1"},
            {"TF3": "many"},
            {"T12": "x" * 1001},
            {"T12": "nul\x00"},
            {"T1": "6"},
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_taken(self, client, broken):
        form = make.feedback()

        answer = client.post(form_address(form), {**make.TEACHER_SAYS, **broken})

        form.refresh_from_db()
        assert (answer.status_code, form.status) == (200, "invited")
        assert "There is a problem" in answer.content.decode()

    def test_a_worry_leads_to_the_confidential_form(self, client):
        form = make.feedback()

        answer = client.post(form_address(form), {**make.TEACHER_SAYS, "T14": "yes"})

        assert answer.url.startswith("/concern/")
        assert client.get(answer.url).status_code == 200

    def test_a_worry_is_on_the_safeguarding_lead_s_list_though_nothing_more_is_told(self, client):
        form = make.feedback()

        client.post(form_address(form), {**make.TEACHER_SAYS, "T14": "yes"})

        assert Concern.objects.get().visit == form.visit

    def test_who_reads_the_form_does_not_read_that_there_was_a_worry(self, client):
        form = make.feedback()
        client.post(form_address(form), {**make.TEACHER_SAYS, "T14": "yes"})

        reader = client_of(make.staff(Role.COORDINATOR), second_factor=True)
        assert "worr" not in reader.get(reverse("feedback", args=[form.pk])).text.lower()


def test_a_worry_is_told_without_signing_in_and_only_its_existence_is_mailed(client):
    make.staff(Role.SAFEGUARDING_LEAD)
    visit = make.held_visit()
    words = {"told_by": "Sam", "told_by_role": "Teacher", "contact": "01632 960001", "words": "He took photographs"}

    answer = client.post(reverse("raise_concern_about", args=[concern_key(visit.pk)]), words)

    assert answer.url == reverse("concern_raised")
    assert not Letter.objects.visible_to(make.staff(Role.COORDINATOR, Role.ADMINISTRATOR)).exists()
    assert Letter.objects.get().is_confidential
    concern = Concern.objects.get()
    assert (concern.visit, concern.told.words) == (visit, "He took photographs")


def test_a_key_that_was_tampered_with_opens_nothing(client):
    assert client.get(reverse("raise_concern_about", args=["12:abc:def"])).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SAFEGUARDING_LEAD, Role.SECOND_DEPUTY}))
def test_no_other_role_opens_a_worry(role):
    concern = make.concern()
    client = client_of(make.staff(role), second_factor=True)

    for name, arguments in (("concerns", []), ("concern", [concern.pk])):
        answer = client.get(reverse(name, args=arguments))
        assert answer.status_code == 403
        assert concern.told.words not in answer.content.decode()


def test_every_reading_of_a_worry_is_on_record():
    concern, lead = make.concern(), make.staff(Role.SAFEGUARDING_LEAD)
    client = client_of(lead, second_factor=True)

    page = client.get(reverse("concern", args=[concern.pk]))

    assert concern.told.words in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    entry = Entry.objects.get(action="concern.read")
    assert (entry.actor, entry.object_id) == (lead, str(concern.pk))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_feedback_takes_as_many_queries_for_one_as_for_three(rows, django_assert_num_queries):
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    for number in range(rows):
        make.feedback(visit=make.held_visit(), answers={**make.TEACHER_SAYS, "T12": f"Comment {number}"})

    with django_assert_num_queries(11):
        page = client.get(reverse("feedback_list"))

    assert page.content.decode().count("From the school") == rows


# Make's visits are on a Wednesday: by the end of Thursday their forms should have been read.
@pytest.mark.parametrize(("days_later", "status"), [(0, "New"), (1, "New"), (2, "Late"), (3, "Very late")])
def test_a_form_that_nobody_reads_within_a_working_day_turns_amber_and_then_red(days_later, status, monkeypatch):
    make.feedback(answers=make.TEACHER_SAYS)
    monkeypatch.setattr(timezone, "now", lambda: make.AFTER + timedelta(days=days_later))

    page = client_of(make.staff(Role.COORDINATOR), second_factor=True).get(reverse("feedback_list"))

    [each] = page.context["page"].object_list
    assert (each.alarm or ("New",))[0] == status
    assert f">{status}</" in page.text.replace("\n", "")


def test_whatever_waits_longest_for_a_reader_comes_first_and_what_was_read_is_late_no_more(monkeypatch):
    first, second = (
        make.feedback(
            visit=make.held_visit(), answers=make.TEACHER_SAYS, submitted_at=make.AFTER + timedelta(hours=hour)
        )
        for hour in (0, 1)
    )
    monkeypatch.setattr(timezone, "now", lambda: make.AFTER + timedelta(days=30))
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)

    def shown(**query) -> list:
        return client.get(reverse("feedback_list"), query).context["page"].object_list

    assert [each.feedback for each in shown()] == [first, second]
    client.post(reverse("read_feedback", args=[first.pk]))
    assert [(each.feedback, bool(each.alarm)) for each in shown(show="all")] == [(second, True), (first, False)]


def test_how_many_have_answered_is_told_beside_the_aim_and_below_half_it_says_that_this_is_too_few(monkeypatch):
    for number in range(3):
        visit = make.held_visit()
        make.feedback(visit=visit, answers=make.TEACHER_SAYS if number else None)
        make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR, answers=None if number else make.AMBASSADOR_SAYS)

    def page_after(days: int):
        monkeypatch.setattr(timezone, "now", lambda: make.AFTER + timedelta(days=days))
        return client_of(make.staff(Role.COORDINATOR), second_factor=True).get(reverse("feedback_list"))

    page = page_after(1)
    assert [
        (each.label, each.came, each.asked, each.percent, each.is_too_low) for each in page.context["responses"]
    ] == [
        ("Ambassador", 1, 3, 33, True),
        ("School", 2, 3, 67, False),
    ]
    assert "2 of 3 who were asked in the last 90 days have answered, 67 of 100; the aim is 70." in page.text
    assert page.text.count("That is too few to say anything of all.") == 1

    assert page_after(90).context["responses"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_worries_takes_as_many_queries_for_one_as_for_three(rows, django_assert_num_queries):
    client = client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True)
    told = [make.concern(visit=make.held_visit()) for _number in range(rows)]

    with django_assert_num_queries(6):
        page = client.get(reverse("concerns"))

    assert all(concern.reference in page.text for concern in told)


def test_a_form_is_read_beside_its_questions_and_marked():
    visit = make.held_visit()
    form = make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "T9": "2", "T12": "Good <b>stories</b>"})
    make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR, answers=make.AMBASSADOR_SAYS)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)

    words = client.get(reverse("feedback", args=[form.pk])).content.decode()

    assert "Overall, how useful was the visit for your pupils?" in words
    assert "Slightly useful" in words
    assert "call the school within 5 working days" in words
    assert "Good &lt;b&gt;stories&lt;/b&gt;" in words
    client.post(reverse("read_feedback", args=[form.pk]))
    form.refresh_from_db()
    assert form.status == "read"


def test_a_worry_raised_from_a_visit_s_page_is_about_that_visit(client):
    mine, other = make.visit(ambassador=make.ambassador(cleared=True)), make.visit()
    client.force_login(mine.request.contact.user)

    for visit, about in ((mine, mine), (other, None)):
        address = f"{reverse('raise_concern')}?visit={visit.pk}"
        assert ("About the visit to" in client.get(address).text) is (about is not None)
        told = {"told_by": "Tess", "told_by_role": "teacher", "contact": "01632 960001", "words": "He was rude."}
        assert client.post(address, told).status_code == 302
        assert Concern.objects.latest("pk").visit == about


@pytest.mark.parametrize("said", ["", "x", "9" * 40, "-1", "1'"])
def test_a_visit_that_is_none_makes_no_difference(said, client):
    client.force_login(make.contact().user)

    page = client.get(reverse("raise_concern"), {"visit": said})

    assert page.status_code == 200
    assert "About the visit to" not in page.text


@pytest.mark.usefixtures("_now_is_after_the_visit")
@pytest.mark.parametrize(("role", "opens"), [(Role.COORDINATOR, True), (Role.QUALITY_MANAGER, False)])
def test_nobody_is_led_to_a_visit_that_they_may_not_open(role, opens):
    nobody_came, as_planned = {**make.TEACHER_SAYS, "TF1": "no_ambassador"}, make.AMBASSADOR_SAYS
    form = make.feedback(answers=nobody_came)
    other = make.feedback(visit=form.visit, side=FeedbackSide.AMBASSADOR, answers=as_planned)
    case, poll = make.case(form.visit.seats.get().ambassador, visit=form.visit), make.poll(form.visit)
    client, visit = client_of(make.staff(role), second_factor=True), reverse("visit", args=[form.visit_id])
    pages = [("feedback_list", []), ("feedback", [form.pk]), ("case", [case.pk]), ("poll", [poll.pk])]

    shown = [client.get(reverse(name, args=args)).text for name, args in pages]

    disputed = shown[0][shown[0].index("The two sides disagree") : shown[0].index("<form", shown[0].index("disagree"))]
    assert all(reverse("feedback", args=[each.pk]) in disputed for each in (form, other))
    assert [f'href="{visit}"' in each for each in shown] == [opens] * 4
    assert (client.get(visit).status_code == 200) == opens
