"""Signing, declaring each year, and saying that something has changed."""

from datetime import date, timedelta

import pytest

from ambassadors.enums import HoldKind, IdentityMethod, RequirementKind
from ambassadors.models import Application, Hold
from ambassadors.operations.answers import agree_to_check, choose_identity_method
from ambassadors.operations.declarations import declare_change, declare_no_change, sign_declaration
from ambassadors.operations.holds import lift_hold
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def held(person) -> dict[str, date]:
    rows = person.requirements.filter(withdrawn_at=None)
    return {row.kind: row.started_on for row in rows if row.kind in {"SELF", "DECL"}}


def sign(person, now, *, talk=False) -> None:
    sign_declaration(ambassador=person, wants_to_talk=talk, by=person.user, at=now)


def change(person, now) -> Hold:
    return declare_change(ambassador=person, reach_on="07700 900123, mornings", by=person.user, at=now)


@pytest.mark.parametrize("talk", [False, True])
def test_signing_begins_the_year_of_the_annual_declaration_too(talk, now):
    person = make.applicant()
    sign(person, now, talk=talk)
    assert held(person) == {"SELF": date(2027, 1, 12), "DECL": date(2027, 1, 12)}
    assert Application.objects.get(ambassador=person).wants_to_talk is talk


def test_signing_again_changes_only_whether_one_would_like_to_talk(now):
    person = make.applicant()
    sign(person, now)
    sign(person, now + timedelta(days=40), talk=True)
    assert held(person) == {"SELF": date(2027, 1, 12), "DECL": date(2027, 1, 12)}
    assert person.requirements.count() == 2
    assert Application.objects.get(ambassador=person).wants_to_talk


def test_whoever_has_no_application_yet_gets_one_by_signing(now):
    person = make.ambassador()
    sign(person, now, talk=True)
    assert Application.objects.get(ambassador=person).wants_to_talk


def test_nothing_has_changed_holds_for_another_year(now):
    person = make.ambassador(cleared=True)
    declare_no_change(ambassador=person, by=person.user, at=now)
    row = person.requirements.get(kind=RequirementKind.DECL, started_on=date(2027, 1, 12))
    assert row.valid_until == date(2028, 1, 11)


def test_a_change_stops_new_bookings_from_today_and_keeps_no_word_of_what(now):
    person = make.ambassador(cleared=True)
    hold = change(person, now)
    assert (hold.kind, hold.starts_on, hold.ends_on, hold.set_by) == (
        HoldKind.VETTING,
        date(2027, 1, 12),
        None,
        person.user,
    )
    assert hold.truth == ("Says that something has changed, and would like to be telephoned: 07700 900123, mornings")
    assert held(person)["DECL"] == date(2026, 9, 1)


def test_a_change_is_told_to_the_vetting_officers_of_the_region_and_to_nobody_else(now, outbox):
    leeds = Region.objects.create(name="Leeds", slug="leeds", nation=Nation.ENG)
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=leeds, area="LS")
    RegionArea.objects.create(region=kent, area="CT")
    make.staff(Role.VETTING_OFFICER, email="everywhere@scheme.example")
    make.staff(Role.COORDINATOR, email="leeds@scheme.example", regions=(leeds,))
    make.staff(Role.VETTING_OFFICER, email="kent@scheme.example", regions=(kent,))
    make.staff(Role.ADMINISTRATOR, email="admin@scheme.example")
    make.staff(Role.QUALITY_MANAGER, email="quality@scheme.example", regions=(leeds,))
    own = make.staff(Role.VETTING_OFFICER, email="own@scheme.example")
    person = make.ambassador(cleared=True, user=own)
    change(person, now)
    send_due(at=now)
    assert sorted(message.to[0].split("<")[-1].strip(">") for message in outbox) == [
        "everywhere@scheme.example",
        "leeds@scheme.example",
    ]
    assert all("07700" not in message.body for message in outbox)
    assert list(Letter.objects.visible_to(make.staff(Role.ADMINISTRATOR))) == []


def test_a_letter_about_a_change_that_has_been_talked_over_does_not_leave(now, outbox):
    officer = make.staff(Role.VETTING_OFFICER)
    hold = change(make.ambassador(cleared=True), now)
    lift_hold(hold=hold, by=officer, at=now)
    send_due(at=now)
    assert outbox == []


@pytest.mark.parametrize(
    "again", [change, lambda person, now: declare_no_change(ambassador=person, by=person.user, at=now)]
)
def test_until_they_have_talked_nothing_more_is_declared(again, now):
    person = make.ambassador(cleared=True)
    change(person, now)
    with pytest.raises(Refusal) as refused:
        again(person, now + timedelta(hours=1))
    assert refused.value.codes == ["told_before"]
    assert person.holds.count() == 1


def test_after_the_talk_nothing_has_changed_can_be_said_again(now):
    person = make.ambassador(cleared=True)
    lift_hold(hold=change(person, now), by=make.staff(Role.VETTING_OFFICER), at=now)
    declare_no_change(ambassador=person, by=person.user, at=now)
    assert person.requirements.filter(kind=RequirementKind.DECL, started_on=date(2027, 1, 12)).exists()


def test_a_hold_that_an_officer_set_stops_nobody_from_declaring(now):
    person = make.ambassador(cleared=True)
    make.hold(person, kind=HoldKind.VETTING, starts_on=date(2027, 1, 1))
    declare_no_change(ambassador=person, by=person.user, at=now)
    assert person.requirements.filter(kind=RequirementKind.DECL, started_on=date(2027, 1, 12)).exists()


def agree(person, now, *, paid=False, often=False) -> None:
    agree_to_check(ambassador=person, paid_or_credited=paid, expects_frequent=often, by=person.user, at=now)


@pytest.mark.parametrize(("paid", "often"), [(False, False), (True, False), (False, True)])
def test_agreeing_keeps_the_two_answers_and_no_answer_is_a_refusal(paid, often, now):
    person = make.applicant()
    sign(person, now)
    agree(person, now, paid=paid, often=often)
    application = Application.objects.get(ambassador=person)
    assert (application.paid_or_credited, application.expects_frequent) == (paid, often)
    assert application.check_agreed_at == now


def test_the_declaration_comes_before_the_check(now):
    person = make.applicant()
    with pytest.raises(Refusal) as refused:
        agree(person, now)
    assert refused.value.codes == ["declaration_first"]
    assert Application.objects.get(ambassador=person).check_agreed_at is None


def test_without_a_postcode_nobody_can_tell_which_check_it_is(now):
    person = make.applicant(nation="")
    person.nation = ""
    person.save()
    with pytest.raises(Refusal) as refused:
        agree(person, now)
    assert refused.value.codes == ["postcode_first"]


def test_the_way_of_showing_who_one_is_can_be_changed(now):
    person = make.applicant()
    for method in IdentityMethod:
        choose_identity_method(ambassador=person, method=method, by=person.user, at=now)
        assert Application.objects.get(ambassador=person).identity_method == method


@pytest.mark.parametrize(
    "act",
    [
        lambda person, by, now: sign_declaration(ambassador=person, wants_to_talk=False, by=by, at=now),
        lambda person, by, now: declare_no_change(ambassador=person, by=by, at=now),
        lambda person, by, now: declare_change(ambassador=person, reach_on="", by=by, at=now),
        lambda person, by, now: agree_to_check(
            ambassador=person, paid_or_credited=False, expects_frequent=False, by=by, at=now
        ),
        lambda person, by, now: choose_identity_method(
            ambassador=person, method=IdentityMethod.IN_PERSON, by=by, at=now
        ),
    ],
    ids=["sign", "no_change", "change", "check", "identity"],
)
def test_nobody_does_it_for_someone_else_not_even_an_officer(act, now):
    person = make.applicant()
    with pytest.raises(Refusal) as refused:
        act(person, make.staff(Role.VETTING_OFFICER), now)
    assert refused.value.codes == ["not_your_profile"]
    assert not person.requirements.exists()
    assert not person.holds.exists()
