"""The words that schools are found by are in step with the schools."""

import pytest
from django.db import transaction

from schools.models import School, SchoolWord, Word
from schools.search import find_schools
from schools.search.index import write_words
from tests import make

pytestmark = pytest.mark.django_db


def words_of(school: School) -> list[str]:
    return sorted(SchoolWord.objects.filter(school=school).values_list("word", flat=True))


def counts() -> dict[str, int]:
    return dict(Word.objects.filter(schools__gt=0).values_list("text", "schools"))


def test_a_school_is_under_its_own_words_and_those_of_its_town():
    assert words_of(make.school(name="Hill Top Primary School", town="Otley")) == ["hill", "otley", "top"]


def test_a_school_that_changes_its_name_is_found_by_the_new_one_alone():
    school = make.school(name="Hill School", town="Otley")
    school.name = "Dale School"
    school.save()

    assert write_words([school]) == 1

    assert words_of(school) == ["dale", "otley"]
    assert counts() == {"dale": 1, "otley": 1}
    assert find_schools("hill", School.objects.all()) == []


def test_each_word_knows_how_many_schools_have_it():
    make.school(name="Hill School", town="Hill")
    make.school(name="Hill Academy", town="Otley")
    assert counts() == {"hill": 2, "otley": 1}


def test_writing_again_changes_nothing_and_costs_a_look(django_assert_num_queries):
    schools = [make.school(name=f"Hill School {number}") for number in range(3)]
    with django_assert_num_queries(3):  # a savepoint around one question
        assert write_words(schools) == 0


def test_a_school_given_twice_is_written_once():
    school = make.school()
    SchoolWord.objects.all().delete()
    assert write_words([school, school]) == 1
    assert words_of(school) == ["beckside", "leed"]


def test_what_is_rolled_back_is_not_found():
    with transaction.atomic():
        make.school(name="Hill School")
        transaction.set_rollback(True)
    assert counts() == {}


def test_the_words_of_a_deleted_school_go_with_it():
    make.school().delete()
    assert not SchoolWord.objects.exists()


def test_a_name_as_long_as_can_be_is_found():
    make.school(name="x" * 200, town="y" * 100)
    make.school(name="Cevap " * 33, town="Otley")
    assert len(find_schools("x" * 200, School.objects.all())) == 1
    assert len(find_schools("cevap otley", School.objects.all())) == 1


def test_many_schools_at_once_are_written_in_batches():
    made = School.objects.bulk_create(
        School(register_number=str(number), name=f"Hill {number}", town="Otley", phase="primary", nation="england")
        for number in range(2_100)
    )
    assert write_words(iter(made)) == 2_100
    assert counts()["hill"] == 2_100
    assert find_schools("hill 2099", School.objects.all())[0].name == "Hill 2099"
