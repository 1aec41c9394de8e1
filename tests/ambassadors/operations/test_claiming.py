"""This is me, later, or no: who may say it, that it is said once, and that after a no nobody is brought in again."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.enums import AmbassadorStatus, HoldKind, NoBecause
from ambassadors.linkage.records import Person as Compared
from ambassadors.models import Ambassador, AmbassadorEvent, Membership, Notice, Scheme, Suppression
from ambassadors.operations.applications import begin_application, submit_application
from ambassadors.operations.claiming import LINK, claim_record, put_off, say_no, say_no_for
from ambassadors.operations.importing import commit_import, stage_import
from ambassadors.operations.keys import rotate_record_keys
from ambassadors.operations.merging import merge_people
from ambassadors.operations.notices import forget_silent, tell_imported
from ambassadors.operations.profile import change_profile
from ambassadors.operations.separating import separate_people
from ambassadors.queries.by_scheme import conversions
from ambassadors.queries.duplicates import likely_doubles
from ambassadors.queries.front_door import record_at_own_address, record_like
from ambassadors.workflow import LIFECYCLE
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.links import find_link, mint_link
from stem.letters.models import Letter, OneTimeLink
from stem.rules import Refusal
from tests import make
from tests.commanding import few_examples, undone_afterwards
from tests.make import NOW
from tests.make.registers import as_csv, written

pytestmark = pytest.mark.django_db

HEADING = ["ID", "Name", "E-mail"]
IDA = ["1", "Ida Imported", "ida@old.example"]


def link_to(person, *, at=NOW):
    token = mint_link(LINK, person.pk, expires_at=at.replace(year=at.year + 1))
    return find_link(LINK, token, at=at)


def bring(folder, rows, *, scheme="Alpha", act=commit_import):
    """How many are new, and how many rows are left out."""
    path = written(folder / "people.csv", as_csv([HEADING, *rows]))
    more = {"by": None} if act is commit_import else {}
    found = act(path=path, scheme=scheme, columns={}, at=NOW, tell=lambda done, total: None, **more)
    return found.new, len(found.rejected)


def refusal(act, **arguments):
    with pytest.raises(Refusal) as refused:
        act(**arguments)
    return refused.value.codes


def test_the_very_record_becomes_one_s_own_and_what_the_account_says_counts():
    person, user = make.brought(name="Ida Imported", phone="01632 960001"), make.user(name="Ida M Imported")
    claimed = claim_record(ambassador=person, user=user, at=NOW, link=link_to(person))
    user.refresh_from_db()
    assert claimed.pk == person.pk
    claimed.refresh_from_db()
    assert (claimed.user, claimed.full_name, claimed.phone, claimed.postcode, claimed.status) == (
        user,
        "Ida M Imported",
        "01632 960001",
        "LS1 4AP",
        AmbassadorStatus.IMPORTED,
    )
    assert (user.phone, claimed.said["full_name"][0], claimed.reached_at) == (
        "01632 960001",
        "Ida M Imported",
        user.email,
    )
    assert list(claimed.events.values_list("kind", "by")) == [("import", None), ("claim", user.pk)]


def test_twice_is_once_and_the_second_person_comes_too_late():
    person, user = make.brought(), make.user()
    link = link_to(person)
    claim_record(ambassador=person, user=user, at=NOW, link=link)
    claim_record(ambassador=person, user=user, at=NOW, link=link)
    assert AmbassadorEvent.objects.filter(kind="claim").count() == 1
    assert refusal(claim_record, ambassador=person, user=make.user(), at=NOW, link=link) == ["claimed_before"]


def test_only_the_link_or_the_very_address_proved_lets_somebody_speak_of_a_record():
    person = make.brought(email="ida@old.example")
    stranger, proved = make.user(), make.user(email="Ida@old.example")
    other = link_to(make.brought())
    for act, who in ((claim_record, "user"), (say_no, "by")):
        assert refusal(act, ambassador=person, at=NOW, **{who: stranger}) == ["not_yours"]
        assert refusal(act, ambassador=person, at=NOW, link=other, **{who: stranger}) == ["not_yours"]
    unproved = make.user(email="ida+x@old.example")
    unproved.emailaddress_set.update(verified=False)
    User.objects.filter(pk=unproved.pk).update(email="IDA@OLD.example")
    assert refusal(claim_record, ambassador=person, at=NOW, user=User.objects.get(pk=unproved.pk)) == ["not_yours"]
    assert claim_record(ambassador=person, at=NOW, user=proved).user == proved


def test_what_somebody_had_begun_here_and_what_they_claim_become_one():
    person, user = make.brought(organisation="Old Works"), make.user()
    draft = begin_application(user=user, at=NOW)
    change_profile(
        ambassador=draft, answers={"subjects": ["civil_engineering"], "job_title": "Engineer"}, by=user, at=NOW
    )
    link = link_to(person)
    claimed = claim_record(ambassador=person, user=user, at=NOW, link=link)
    assert claim_record(ambassador=person, user=user, at=NOW, link=link) == claimed
    assert Ambassador.objects.unmerged().get(user=user).pk == claimed.pk == draft.pk
    assert (claimed.job_title, claimed.postcode, claimed.status) == ("Engineer", "LS1 4AP", AmbassadorStatus.DRAFT)
    assert Membership.objects.get().ambassador == claimed
    assert not Ambassador.objects.unclaimed().exists()


def test_what_a_safeguarding_lead_decides_about_is_joined_by_nobody_else():
    person, user = make.brought(), make.user()
    begin_application(user=user, at=NOW)
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=NOW.date())
    assert refusal(claim_record, ambassador=person, user=user, at=NOW, link=link_to(person)) == ["has_record"]


def test_whoever_had_left_claims_what_was_kept_and_may_return():
    gone, user = make.brought(status=AmbassadorStatus.LEFT), make.user()
    claimed = claim_record(ambassador=gone, user=user, at=NOW, link=link_to(gone))
    assert (claimed.user, claimed.status, LIFECYCLE.can(claimed, "return")) == (user, AmbassadorStatus.LEFT, True)


def test_what_was_claimed_is_sent_in_like_a_draft_and_vetted_like_everybody():
    person, user = make.brought(), make.user()
    claimed = claim_record(ambassador=person, user=user, at=NOW, link=link_to(person))
    assert refusal(submit_application, ambassador=claimed, by=user, at=NOW)[0] == "about"
    assert LIFECYCLE.moves["submit"].target == AmbassadorStatus.VETTING
    assert LIFECYCLE.can(claimed, "submit")
    assert not LIFECYCLE.can(claimed, "approve")


def test_whoever_decides_later_is_noted_once_and_their_link_goes_on_working():
    person = make.brought()
    link = link_to(person)
    put_off(ambassador=person, at=NOW)
    put_off(ambassador=person, at=NOW)
    assert person.events.filter(kind="put_off").count() == 1
    assert claim_record(ambassador=person, user=make.user(), at=NOW, link=link).pk == person.pk


def test_after_a_no_nothing_of_it_is_left_but_two_hashes(tmp_path):
    bring(tmp_path, [IDA])
    make.old_scheme("Alpha")
    person = Ambassador.objects.get()
    Membership.objects.get().scheme.__class__.objects.update(owner="x", legal_basis_note="y", transfer_date=NOW.date())
    assert tell_imported(at=NOW) == 1
    say_no(ambassador=person, at=NOW, link=link_to(person))
    for model in (Ambassador, Membership, AmbassadorEvent, Notice, Letter, OneTimeLink):
        assert model.objects.count() == 0, model
    row = Suppression.objects.get()
    assert row.because == NoBecause.NO
    assert "ida" not in repr(list(Suppression.objects.values()))
    entry = Entry.objects.get(action="ambassador.no")
    assert (entry.object_id, entry.actor, entry.outcome) == (str(person.pk), None, "done")


def test_after_a_no_nothing_is_left_of_what_was_merged_into_the_record_either():
    one, other = make.brought(name="Ida First"), make.brought(name="Ida Second")
    assert tell_imported(at=NOW) == 2
    link, _other_link = link_to(one), link_to(other)
    merge_people(one=one, other=other, choices={}, by=make.staff(Role.VETTING_OFFICER), at=NOW)
    say_no(ambassador=one, at=NOW, link=link)
    for model in (Ambassador, Notice, Letter, OneTimeLink):
        assert model.objects.count() == 0, model


def test_a_no_is_said_for_every_address_under_which_somebody_was_brought():
    one, other = make.brought(email="ida@old.example"), make.brought(email="ida@new.example")
    again = make.brought(email="ida@new.example", from_scheme=make.old_scheme("Beta"))
    officer = make.staff(Role.VETTING_OFFICER)
    kept = merge_people(one=one, other=other, choices={"email": str(one.pk)}, by=officer, at=NOW).kept
    say_no(ambassador=kept, at=NOW, link=link_to(kept))
    assert not Ambassador.objects.filter(pk=again.pk).exists()


def last_entry():
    return max(Entry.objects.values_list("pk", flat=True), default=0)


def as_others_see(person, scheme, officer, *, since):
    """All that anybody but a safeguarding lead could tell of a person who said no, with every id left out."""
    everybody = Ambassador.objects.filter(pk=person.pk)
    admin, again = make.staff(Role.ADMINISTRATOR), make.user(name=person.full_name, email=person.email)
    [figures] = [each for each in conversions(on=NOW.date(), grace=180) if each.scheme == scheme]
    newcomer = Compared("Other", "9", full_name=person.full_name, email=person.email)
    return {
        "doors": [everybody.visible_to(admin).count(), everybody.vetted_by(officer).count()],
        "pairs": likely_doubles([newcomer], scheme="Other", above=0.1),
        "front door": [record_at_own_address(again), record_like(make.user(name=person.full_name), above=0.1)],
        "figures": {name: value for name, value in vars(figures).items() if name != "scheme"},
        "people": Scheme.objects.visible_to(admin).with_figures().get(pk=scheme.pk).people,
        "entries": list(Entry.objects.filter(pk__gt=since).values_list("action", "outcome").order_by("pk")),
    }


@pytest.mark.parametrize("way", ["link", "telephone", "silence"])
def test_nobody_but_a_safeguarding_lead_can_tell_a_sealed_record_from_a_deleted_one(way):
    seen, officer = [], make.staff(Role.VETTING_OFFICER)
    for name in ("Ida Deleted", "Ada Sealed"):
        scheme, since = make.old_scheme(f"Scheme of {name}"), last_entry()
        person = make.brought(name=name, from_scheme=scheme, told_on=NOW.date() - timedelta(days=181))
        if name == "Ada Sealed":
            make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=NOW.date())
        match way:
            case "link":
                say_no(ambassador=person, at=NOW, link=link_to(person))
            case "telephone":
                say_no_for(ambassador=person, by=officer, at=NOW)
            case "silence":
                assert forget_silent(at=NOW) == 1
        seen.append(as_others_see(person, scheme, officer, since=since))
    assert seen[0] == seen[1]
    assert Ambassador.objects.get().status == AmbassadorStatus.SEALED


def test_a_safeguarding_lead_hears_of_a_sealed_record_and_keeps_it():
    lead, person = make.staff(Role.SAFEGUARDING_LEAD), make.brought()
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=NOW.date())
    say_no(ambassador=person, at=NOW, link=link_to(person))
    assert Ambassador.objects.protected_by(lead).get() == person
    assert Letter.objects.get(recipient=lead).fact.endswith("left_under_hold")
    again = make.ambassador(user=make.user(name=person.full_name))
    assert Ambassador.objects.pair_for(lead, person.pk, again.pk).count() == 2
    merge = merge_people(one=person, other=again, choices={}, by=lead, at=NOW)
    assert (merge.kept, again.holds.count()) == (again, 1)
    separate_people(merge=merge, whose={}, apart=False, by=lead, at=NOW)
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.SEALED


def test_no_undo_brings_anybody_back_out_of_a_sealed_record():
    lead = make.staff(Role.SAFEGUARDING_LEAD)
    one, other = make.brought(), make.brought()
    make.hold(one, kind=HoldKind.SAFEGUARDING, starts_on=NOW.date())
    merge = merge_people(one=one, other=other, choices={}, by=lead, at=NOW)
    say_no(ambassador=merge.kept, at=NOW, link=link_to(merge.kept))
    assert refusal(separate_people, merge=merge, whose={}, apart=False, by=lead, at=NOW) == ["too_late"]
    assert not Ambassador.objects.unclaimed().exists()


def test_a_no_by_telephone_says_so_on_record_and_is_a_vetting_officer_s():
    person, officer = make.brought(), make.staff(Role.VETTING_OFFICER)
    assert refusal(say_no_for, ambassador=person, by=make.staff(Role.ADMINISTRATOR), at=NOW) == ["not_vetting_officer"]
    say_no_for(ambassador=person, by=officer, at=NOW)
    entry = Entry.objects.get(action="ambassador.no")
    assert (entry.actor, entry.outcome) == (officer, "by_telephone")


def test_whoever_has_claimed_or_took_part_leaves_by_the_ordinary_way():
    officer = make.staff(Role.VETTING_OFFICER)
    claimed = make.brought()
    claim_record(ambassador=claimed, user=make.user(), at=NOW, link=link_to(claimed))
    gone = make.brought(status=AmbassadorStatus.LEFT)
    for person in (claimed, gone, make.ambassador(cleared=True)):
        assert refusal(say_no_for, ambassador=person, by=officer, at=NOW) == ["claimed_before"]


def test_a_row_left_out_does_not_say_that_anybody_said_no(tmp_path):
    bring(tmp_path, [IDA])
    person = Ambassador.objects.get()
    say_no(ambassador=person, at=NOW, link=link_to(person))
    assert bring(tmp_path, [IDA], act=stage_import) == bring(tmp_path, [IDA]) == (0, 1)
    assert bring(tmp_path, [["9", "I. Imported", "IDA+stem@old.example"]], scheme="Beta") == (0, 1)
    assert bring(tmp_path, [["1", "Somebody else", "else@old.example"]], scheme="Beta") == (1, 0)


ROWS = [("Alpha", IDA), ("Beta", ["7", "Ida I", "Ida@old.example"]), ("Beta", ["8", "Ben", "ben@old.example"])]


@pytest.mark.parametrize("order", list(permutations([0, 1, "no"])))
def test_no_order_of_imports_brings_back_who_said_no(tmp_path, order):
    bring(tmp_path, [IDA])
    for each in order:
        if each == "no":
            person = Ambassador.objects.filter(email__iexact="ida@old.example").first()
            say_no(ambassador=person, at=NOW, link=link_to(person))
        else:
            bring(tmp_path, [ROWS[each][1]], scheme=ROWS[each][0])
    for scheme, row in ROWS:
        bring(tmp_path, [row], scheme=scheme)
    assert list(Ambassador.objects.values_list("email", flat=True)) == ["ben@old.example"]


ADDRESSES = st.sampled_from(["a@x.example", "A@x.example", "b@x.example", "b+1@x.example", ""])
PEOPLE = st.tuples(st.sampled_from(["Alpha", "Beta"]), st.sampled_from("123"), ADDRESSES)


@few_examples
@given(steps=st.lists(st.one_of(PEOPLE, st.sampled_from("ab")), max_size=8))
def test_whatever_is_imported_in_whatever_order_nobody_is_here_who_said_no(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("imports")
    with undone_afterwards():
        said_no = set()
        for step in steps:
            if isinstance(step, tuple):
                scheme, number, address = step
                bring(folder, [[number, f"Person {number}", address]], scheme=scheme)
            elif person := Ambassador.objects.filter(email__istartswith=step).first():
                say_no(ambassador=person, at=NOW, link=link_to(person))
                said_no.add(step)
            here = {email[:1].lower() for email in Ambassador.objects.values_list("email", flat=True)}
            assert not here & said_no


def test_whoever_comes_of_their_own_will_ends_their_no(tmp_path):
    bring(tmp_path, [IDA])
    person = Ambassador.objects.get()
    say_no(ambassador=person, at=NOW, link=link_to(person))
    user = make.user(email="ida@old.example")
    begin_application(user=user, at=NOW)
    assert Suppression.objects.count() == 0
    assert Entry.objects.filter(action="suppression.end", actor=user).count() == 1
    assert bring(tmp_path, [IDA]) == (1, 0)


def test_a_new_record_key_does_not_forget_who_said_no(tmp_path, settings):
    bring(tmp_path, [IDA])
    person = Ambassador.objects.get()
    say_no(ambassador=person, at=NOW, link=link_to(person))
    from_now = "Y2xhaW1pbmctY2xhaW1pbmctY2xhaW1pbmctY2xhaW0="
    settings.RECORD_KEYS = [from_now, *settings.RECORD_KEYS]
    assert rotate_record_keys()["suppression_keys"] == 1
    settings.RECORD_KEYS, settings.SECRET_KEY = [from_now], "another secret altogether, as after a leak"
    assert bring(tmp_path, [IDA]) == (0, 1)


def test_without_its_key_nothing_is_brought_in_rather_than_somebody_who_said_no(tmp_path, settings):
    bring(tmp_path, [IDA])
    settings.SECRET_KEY, settings.RECORD_KEYS = "another secret altogether, as after a leak", []
    with transaction.atomic(), pytest.raises(Refusal) as refused:
        bring(tmp_path, [IDA])
    assert refused.value.codes == ["unreadable"]
