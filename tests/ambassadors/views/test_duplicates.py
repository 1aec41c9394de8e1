"""The queue of pairs, two records side by side, merging them and undoing it."""

import re

import pytest
from django.urls import reverse

from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador, Apart, Hold, LikelyPair, Merge
from ambassadors.operations.duplicates import find_likely_pairs
from ambassadors.operations.separating import note_apart
from ambassadors.queries.duplicates import possible_duplicates
from stem.accounts.roles import Role
from stem.audit.models import Entry
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)


@pytest.fixture
def lead():
    return client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True)


def pair_of(one: Ambassador, other: Ambassador, now, *, likely: int = 97, odds: float = 8.5) -> LikelyPair:
    first, second = sorted((one, other), key=lambda person: person.pk)
    because = [["surname", "the same", 7.5], ["any two records", "before a field is read", 1.0]]
    return LikelyPair.objects.create(one=first, other=second, likely=likely, odds=odds, because=because, found_at=now)


def compare(pair: LikelyPair, name: str = "compare_records") -> str:
    return reverse(name, args=[pair.one_id, pair.other_id])


def test_the_queue_is_best_first_and_splits_at_the_threshold(officer, now):
    own = make.ambassador()
    for likely, odds in ((62, 0.7), (99, 9.0), (30, -1.2)):
        pair_of(own, make.imported(name=f"Ada {likely}"), now, likely=likely, odds=odds)
    proposed = officer.get(reverse("duplicates")).content.decode()
    assert proposed.index("Ada 99") < proposed.index("Ada 62")
    assert "Ada 30" not in proposed
    possible = officer.get(reverse("duplicates"), {"show": "possible"}).content.decode()
    assert ("Ada 30" in possible, "Ada 99" in possible) == (True, False)


def test_side_by_side_says_what_differs_whose_word_it_is_and_why(officer, now):
    page = officer.get(compare(pair_of(make.ambassador(phone="01632 960001"), make.imported(), now))).content.decode()
    for words in ("01632 960777", "01632 960001", "Engineers for Schools", "1 Mar 2026", "the same", "+7.5"):
        assert words in page


def test_merging_goes_on_to_the_next_pair_and_keeps_what_was_chosen(officer, now):
    own, brought, third = make.ambassador(phone="01632 960001"), make.imported(), make.imported()
    first, second = pair_of(own, brought, now), pair_of(own, third, now, odds=3.0)
    answer = officer.post(compare(first, "merge_people"), {"take_phone": str(brought.pk)})
    assert answer.url == compare(second)
    own.refresh_from_db()
    assert own.phone == "01632 960777"
    assert Merge.objects.get().kept == own


def test_a_second_press_of_merge_answers_kindly_and_changes_nothing(officer, now):
    pair = pair_of(make.ambassador(), make.imported(), now)
    for _ in range(2):
        page = officer.post(compare(pair, "merge_people"), follow=True)
        assert page.status_code == 200
    assert Merge.objects.count() == 1


def test_an_old_link_leads_to_the_record_that_goes_on(officer, now):
    own, brought = make.ambassador(), make.imported()
    officer.post(compare(pair_of(own, brought, now), "merge_people"))
    answer = officer.get(reverse("ambassador", args=[brought.pk]))
    assert answer.url == reverse("ambassador", args=[own.pk])


def test_two_people_never_come_back(officer, now):
    own, brought = make.ambassador(name="Ada Ingenieur", email="ada@home.example"), make.imported()
    assert find_likely_pairs(at=now) == 1
    officer.post(compare(LikelyPair.objects.get(), "note_apart"))
    assert find_likely_pairs(at=now) == 0
    page = officer.get(reverse("compare_records", args=[own.pk, brought.pk])).content.decode()
    assert "said that they are two people" in page
    officer.post(reverse("take_back_apart", args=[own.pk, brought.pk]))
    assert not Apart.objects.exists()


def test_undoing_asks_whose_each_change_is(officer, now):
    own, brought = make.ambassador(), make.imported()
    officer.post(compare(pair_of(own, brought, now), "merge_people"))
    Ambassador.objects.filter(pk=own.pk).update(story="By train.")
    merge = Merge.objects.get()
    page = officer.get(reverse("separate_people", args=[merge.pk])).content.decode()
    assert "By train." in page
    officer.post(reverse("separate_people", args=[merge.pk]), {"column.story": "lost", "apart": "on"})
    brought.refresh_from_db()
    assert (brought.status, brought.story) == ("imported", "By train.")
    assert Apart.objects.count() == 1


def test_a_held_person_is_the_leads_and_does_not_exist_for_the_officer(officer, lead, now):
    own, brought = make.ambassador(), make.imported()
    pair = pair_of(own, brought, now)
    make.hold(own, kind=HoldKind.SAFEGUARDING, starts_on=now.date(), truth="An allegation")
    for name in ("compare_records", "merge_people", "note_apart"):
        send = officer.get if name == "compare_records" else officer.post
        assert send(compare(pair, name)).status_code == 404
    assert b"Somebody else decides" in officer.get(reverse("same_person", args=[own.pk])).content
    assert lead.get(compare(pair)).status_code == 200
    assert lead.post(compare(pair, "merge_people")).status_code == 302
    assert Merge.objects.get().kept == own


def test_another_record_is_found_by_hand(officer):
    own, brought = make.ambassador(), make.imported()
    page = officer.get(reverse("same_person", args=[own.pk]), {"q": "ingenieur"}).content.decode()
    assert reverse("compare_records", args=[own.pk, brought.pk]) in page


@pytest.mark.parametrize("value", ["0", "nobody", "999999", "both\x00"])
def test_a_choice_that_is_none_merges_nothing(officer, now, value):
    pair = pair_of(make.ambassador(), make.imported(), now)
    officer.post(compare(pair, "merge_people"), {"take_phone": value})
    assert not Merge.objects.exists()


@pytest.mark.parametrize("page", ["join_as_ambassador", "ambassador_home"])
def test_whoever_signs_in_with_the_other_account_reads_that_they_have_another(officer, now, page):
    own, other = make.ambassador(status="active"), make.ambassador(status="draft")
    officer.post(compare(pair_of(own, other, now), "merge_people"))
    answer = client_of(other.user).get(reverse(page), follow=True).content.decode()
    assert "Your record goes on under your other account" in answer
    assert own.user.email not in answer


def test_a_pair_of_which_one_is_gone_leads_to_the_record_that_goes_on_however_many_it_took_in(officer, now):
    own, first, second = make.ambassador(), make.imported(), make.imported()
    pairs = [pair_of(own, each, now) for each in (first, second)]
    addresses = [compare(pair) for pair in pairs]
    for pair in pairs:
        officer.post(compare(pair, "merge_people"))
    assert [officer.get(address).url for address in addresses] == [reverse("same_person", args=[own.pk])] * 2


def test_no_link_on_a_leads_pages_leads_to_what_they_may_not_open(lead, now):
    own, brought = make.ambassador(status="left"), make.imported()
    make.hold(own, kind=HoldKind.SAFEGUARDING, starts_on=now.date(), truth="An allegation")
    pair = pair_of(own, brought, now)
    pages = [lead.get(reverse("duplicates")), lead.get(compare(pair))]
    lead.post(compare(pair, "merge_people"))
    merged = reverse("separate_people", args=[Merge.objects.get().pk])
    pages += [lead.get(reverse("duplicates"), {"show": "merged"}), lead.get(merged)]
    pages.append(lead.post(merged, {"apart": "on"}, follow=True))
    links = {link for page in pages for link in re.findall(r'href="(/coordinator/[^"?]*)', page.content.decode())}
    assert {link: lead.get(link, follow=True).status_code for link in links} == dict.fromkeys(links, 200)
    assert len(links) > 3 and not Merge.objects.standing().exists()


def test_who_undoes_a_merge_does_not_read_which_kind_of_hold_there_was_meanwhile(officer, now):
    own, brought = make.ambassador(), make.imported()
    officer.post(compare(pair_of(own, brought, now), "merge_people"))
    held = make.hold(own, kind=HoldKind.SAFEGUARDING, starts_on=now.date())
    Hold.objects.filter(pk=held.pk).update(lifted_by=held.set_by, lifted_at=now)
    page = officer.get(reverse("separate_people", args=[Merge.objects.get().pk])).content.decode()
    assert "Unavailable from" in page
    assert "safeguarding from" not in page


def test_looking_at_what_an_undo_would_part_is_put_on_record(officer, now):
    own, brought = make.ambassador(), make.imported()
    officer.post(compare(pair_of(own, brought, now), "merge_people"))
    officer.get(reverse("separate_people", args=[Merge.objects.get().pk]))
    looked = Entry.objects.filter(action="ambassador.compare").values_list("object_id", flat=True)
    assert set(looked) == {str(own.pk), str(brought.pk)}


def test_whoever_was_told_apart_while_it_was_looked_for_pairs_is_in_none(now, monkeypatch):
    one, other = (make.imported(name="Ada Same", scheme=scheme, phone="01632 960001") for scheme in ("One", "Two"))
    by = make.staff(Role.VETTING_OFFICER)

    def look(**how):
        found = possible_duplicates(**how)
        note_apart(one=one, other=other, by=by, at=now)
        return found

    assert find_likely_pairs(at=now) == 1
    monkeypatch.setattr("ambassadors.operations.duplicates.possible_duplicates", look)
    assert find_likely_pairs(at=now) == 0
