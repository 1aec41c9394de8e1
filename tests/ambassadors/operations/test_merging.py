"""Two records of one person become one, and may be separated again (rule V-92)."""

from datetime import date, timedelta

import pytest

from ambassadors.enums import AmbassadorStatus, CheckStatus, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Apart, LikelyPair, Membership, Merge
from ambassadors.operations.importing import commit_import
from ambassadors.operations.merging import merge_people
from ambassadors.operations.separating import forget_merges, note_apart, separate_people, take_back_apart
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region
from stem.rules import Refusal
from tests import make
from tests.make.bookings import FIRST_TIME

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER)


@pytest.fixture
def lead():
    return make.staff(Role.SAFEGUARDING_LEAD)


def merge(one, other, by, now, **choices) -> Merge:
    return merge_people(
        one=one, other=other, choices={name: str(row.pk) for name, row in choices.items()}, by=by, at=now
    )


def test_the_record_that_has_come_further_goes_on_whichever_is_named_first(officer, now):
    active, brought = make.ambassador(cleared=True), make.imported()
    assert merge(brought, active, officer, now).kept == active


def test_the_person_themselves_counts_before_a_scheme_unless_staff_choose(officer, now):
    own, first, second = make.ambassador(phone="01632 960001"), make.imported(), make.imported()
    merge(own, first, officer, now)
    own.refresh_from_db()
    assert (own.full_name, own.phone) == ("Ada Engineer", "01632 960001")

    merge(own, second, officer, now, full_name=second, phone=second)

    own.refresh_from_db()
    assert (own.full_name, own.phone) == ("Ada Ingenieur", "01632 960777")


def test_who_was_seen_under_a_name_keeps_it(officer, now):
    seen, brought = make.ambassador(), make.imported()
    make.requirement(seen, kind=RequirementKind.ID, recorded_by=officer)
    merge(seen, brought, officer, now, full_name=brought)
    seen.refresh_from_db()
    assert seen.full_name == "Ada Engineer"
    assert seen.requirements.get().withdrawn_at is None


def test_a_legacy_id_still_arrives_at_the_person(officer, now, tmp_path):
    active, brought = make.ambassador(cleared=True), make.imported()
    merge(active, brought, officer, now)
    file = tmp_path / "people.csv"
    file.write_text(f"legacy_id,full_name,updated_on\nE{brought.pk},Ada Inge,2026-12-01\n")

    report = commit_import(
        path=file, scheme="Engineers for Schools", columns={}, by=None, at=now, tell=lambda done, total: None
    )

    assert (report.new, report.changed) == (0, 1)
    assert [each.ambassador for each in Membership.objects.all()] == [active]


def test_what_excludes_each_other_is_refused_and_nothing_changes(officer, now):
    one, other = make.ambassador(cleared=True), make.ambassador(cleared=True)
    for person in (one, other):
        make.visit(ambassador=person, time=FIRST_TIME)
    with pytest.raises(Refusal) as refused:
        merge(one, other, officer, now)
    assert refused.value.codes == ["clash"]
    assert "same time" in str(refused.value.told_to())
    assert not Merge.objects.exists()
    assert set(Ambassador.objects.values_list("status", flat=True)) == {"active"}


def test_two_checks_under_way_are_not_one(officer, now):
    one, other = make.ambassador(), make.ambassador()
    make.check(one, status=CheckStatus.REQUIRED)
    make.check(other, status=CheckStatus.APPLIED)
    with pytest.raises(Refusal, match="clash"):
        merge(one, other, officer, now)


def declined(person):
    person.status = AmbassadorStatus.DECLINED
    person.save()


def held(person):
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=date(2027, 1, 4), truth="An allegation")


def gone_without_end(person):
    make.hold(person, kind=HoldKind.AWAY, starts_on=date(2027, 1, 4))


def barred(person):
    make.check(person, status=CheckStatus.BARRED)


@pytest.mark.parametrize("matter", [declined, held, gone_without_end, barred])
class TestAMatterOfTheLead:
    def test_is_not_the_officers_and_no_pair_of_theirs_shows_it(self, matter, officer, lead, now):
        one, other = make.ambassador(status="left"), make.imported()
        pair = LikelyPair.objects.create(one=one, other=other, likely=99, odds=9.0, found_at=now)
        assert list(LikelyPair.objects.visible_to(officer)) == [pair]
        assert not LikelyPair.objects.visible_to(lead)
        matter(one)
        assert not LikelyPair.objects.visible_to(officer)
        assert list(LikelyPair.objects.visible_to(lead)) == [pair]
        with pytest.raises(Refusal, match="not_yours_to_merge"):
            merge(one, other, officer, now)

    def test_and_the_stricter_record_goes_on(self, matter, lead, now):
        one, other = make.ambassador(status="left"), make.imported()
        matter(one)
        found = merge(other, one, lead, now)
        assert found.kept == one
        assert Ambassador.objects.filter(pk=one.pk).matter_of_lead().exists()


def test_a_decision_against_somebody_does_not_end_an_application_without_a_word(lead, now):
    turned_down, applying = make.ambassador(status="declined"), make.ambassador(status="vetting")
    with pytest.raises(Refusal, match="in_between"):
        merge(turned_down, applying, lead, now)


def test_officers_of_another_region_and_people_themselves_merge_nothing(now):
    one, other = make.ambassador(), make.imported()
    elsewhere = make.staff(Role.VETTING_OFFICER, regions=(Region.objects.create(name="Cornwall", slug="cornwall"),))
    for person in (elsewhere, one.user, make.staff(Role.SAFEGUARDING_LEAD)):
        with pytest.raises(Refusal, match="not_yours_to_merge"):
            merge(one, other, person, now)


def test_an_officer_does_not_merge_their_own_record(now):
    own = make.ambassador()
    RoleGrant.objects.create(user=own.user, role=Role.VETTING_OFFICER, granted_at=now)
    with pytest.raises(Refusal, match="not_yours_to_merge"):
        merge(own, make.imported(), own.user, now)


def test_two_people_are_remembered_as_two_for_good(officer, now):
    one, other, third = make.ambassador(), make.imported(), make.imported()
    note_apart(one=other, other=one, by=officer, at=now)
    note_apart(one=one, other=other, by=officer, at=now)
    assert Apart.objects.count() == 1
    goes_on = merge(other, third, officer, now).kept
    with pytest.raises(Refusal, match="apart"):
        merge(one, goes_on, officer, now)
    take_back_apart(one=one, other=other, by=officer, at=now)
    assert merge(one, goes_on, officer, now).kept == one


def test_a_merge_is_undone_within_ninety_days_and_then_no_more(officer, now):
    one, other = make.ambassador(), make.imported()
    found = merge(one, other, officer, now)
    assert forget_merges(at=now + timedelta(days=90)) == 0
    with pytest.raises(Refusal, match="too_late"):
        separate_people(merge=found, whose={}, apart=False, by=officer, at=now + timedelta(days=91))
    assert forget_merges(at=now + timedelta(days=91)) == 1
    with pytest.raises(Refusal, match="too_late"):
        separate_people(merge=found, whose={}, apart=False, by=officer, at=now + timedelta(days=89))


def test_the_later_of_two_merges_is_undone_first(officer, now):
    one, other, third = make.ambassador(), make.imported(), make.imported()
    first, second = merge(one, other, officer, now), merge(one, third, officer, now)
    with pytest.raises(Refusal, match="merged_since"):
        separate_people(merge=first, whose={}, apart=False, by=officer, at=now)
    for each in (second, first):
        separate_people(merge=each, whose={}, apart=True, by=officer, at=now)
        separate_people(merge=each, whose={}, apart=True, by=officer, at=now)
    assert sorted(Ambassador.objects.values_list("status", flat=True)) == ["imported", "imported", "vetting"]
    assert Apart.objects.count() == 2


def test_whoever_has_two_accounts_goes_on_with_the_one_that_was_chosen(officer, now):
    one, other = make.ambassador(status="active"), make.ambassador(status="draft")
    accounts = (one.user_id, other.user_id)
    found = merge(one, other, officer, now, user=other)
    assert (Ambassador.objects.get(pk=one.pk).user_id, Ambassador.objects.get(pk=other.pk).user_id) == accounts[::-1]
    separate_people(merge=found, whose={}, apart=False, by=officer, at=now)
    assert (Ambassador.objects.get(pk=one.pk).user_id, Ambassador.objects.get(pk=other.pk).user_id) == accounts


def test_merging_leaves_its_entry_about_both(officer, now):
    one, other = make.ambassador(), make.imported()
    merge(one, other, officer, now)
    merge(one, other, officer, now)
    entries = Entry.objects.filter(action__in=["ambassador.merge", "ambassador.take_in"])
    assert sorted((each.action, each.object_id) for each in entries) == [
        ("ambassador.merge", str(other.pk)),
        ("ambassador.take_in", str(one.pk)),
    ]
