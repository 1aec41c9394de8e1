"""Saying who the scheme is; each change is on record, and nothing gets into a letter's head."""

from io import BytesIO

import pytest

from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from stem.scheme import operations
from stem.scheme.identity import who_we_are
from stem.scheme.models import Logo
from tests import make
from tests.stem.pictures import SVG, picture_file
from tests.stem.scheme.test_identity import LETTERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make.user(email="ada@scheme.example", name="Ada Admin")


def actions() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def refused(operation, **arguments) -> Refusal:
    with pytest.raises(Refusal) as caught:
        operation(**arguments)
    return caught.value


def test_the_name_and_the_logo_change_and_are_on_record(ada, now):
    operations.name_scheme(name="  STEM   North ", logo=picture_file(), by=ada, at=now)
    operations.remove_logo(by=ada, at=now)
    assert (who_we_are().name, who_we_are().logo) == ("STEM North", None)
    assert actions() == ["scheme.name", "scheme.remove_logo"]
    assert Entry.objects.filter(actor=ada, at=now).count() == 2


def test_a_name_without_a_file_keeps_the_logo_and_another_file_replaces_it(ada, now):
    operations.name_scheme(name="North", logo=picture_file(), by=ada, at=now)
    operations.name_scheme(name="STEM North", by=ada, at=now)
    first = who_we_are().logo
    assert first is not None
    operations.name_scheme(name="STEM North", logo=picture_file(size=(50, 50)), by=ada, at=now)
    assert who_we_are().logo != first
    assert Logo.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [({"name": " "}, "scheme_name"), ({"name": "STEM", "logo": BytesIO(SVG)}, "logo")],
)
def test_a_refused_name_or_logo_changes_nothing(given, code, ada, now):
    operations.name_scheme(name="North", logo=picture_file(), by=ada, at=now)
    assert refused(operations.name_scheme, **given, by=ada, at=now).codes == [code]
    assert (who_we_are().name, Logo.objects.count(), actions()) == ("North", 1, ["scheme.name"])


@pytest.mark.parametrize("field", LETTERS)
@pytest.mark.parametrize("end", ["\r\nBcc: all@people.example", "\nx", "\x00", "\u2028x"])
def test_nothing_that_ends_a_line_gets_into_a_letter_s_head(field, end, ada, now):
    broken = {**LETTERS, field: LETTERS[field] + end}
    assert refused(operations.address_letters, **broken, by=ada, at=now).codes == [field]
    assert actions() == []


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a b@c.example", "x <a@b.example>", "a" * 250 + "@b.example"])
@pytest.mark.parametrize("field", ["sender_email", "reply_email"])
def test_what_is_no_address_is_refused(field, address, ada, now):
    refusal = refused(operations.address_letters, **{**LETTERS, field: address}, by=ada, at=now)
    assert (refusal.codes, refusal.told_to()) == ([field], "Enter an e-mail address, such as scheme@example.org.")


def test_a_new_sender_has_to_be_tried_again_and_a_new_telephone_has_not(ada, now):
    operations.address_letters(**LETTERS, by=ada, at=now)
    operations.send_trial_letter(by=ada, at=now)
    send_due(at=now)
    operations.confirm_arrival(by=ada, at=now)

    operations.address_letters(**{**LETTERS, "phone": "01632 960999"}, by=ada, at=now)
    assert (who_we_are().arrived_at, who_we_are().arrived_with) == (now, ada)
    operations.address_letters(**{**LETTERS, "sender_email": "new@north.example"}, by=ada, at=now)
    assert (who_we_are().arrived_at, who_we_are().arrived_with) == (None, None)


def test_arrival_is_confirmed_only_when_a_letter_of_one_s_own_has_left(ada, now):
    operations.send_trial_letter(by=make.user(), at=now)
    send_due(at=now)
    operations.send_trial_letter(by=ada, at=now)
    refusal = refused(operations.confirm_arrival, by=ada, at=now)
    assert refusal.told_to() == "Send yourself a test letter first, and wait until it has been sent."


def test_a_letter_from_the_sender_of_before_proves_nothing(ada, now):
    operations.send_trial_letter(by=ada, at=now)
    send_due(at=now)
    later = now.replace(hour=13)
    operations.address_letters(**LETTERS, by=ada, at=later)
    assert refused(operations.confirm_arrival, by=ada, at=later).codes == ["not_sent"]

    operations.send_trial_letter(by=ada, at=later)
    send_due(at=later)
    operations.confirm_arrival(by=ada, at=later)
    assert who_we_are().arrived_at == later


def test_pressing_twice_sends_one_test_letter_and_pressing_again_later_another(ada, now, outbox):
    first = operations.send_trial_letter(by=ada, at=now)
    assert operations.send_trial_letter(by=ada, at=now) == first
    send_due(at=now)
    assert operations.send_trial_letter(by=ada, at=now) != first
    send_due(at=now)
    assert [message.to for message in outbox] == [["Ada Admin <ada@scheme.example>"]] * 2


def test_a_test_letter_that_is_waiting_for_its_next_try_is_tried_at_once(ada, now):
    letter = operations.send_trial_letter(by=ada, at=now)
    later = now.replace(hour=18)
    Letter.objects.filter(pk=letter.pk).update(next_try_at=later)
    operations.send_trial_letter(by=ada, at=now)
    letter.refresh_from_db()
    assert letter.next_try_at == now
