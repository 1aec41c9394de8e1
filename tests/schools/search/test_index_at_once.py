"""Two loads that end together both see to it that their schools are found."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from schools.models import School, SchoolWord, Word
from schools.search.index import write_words_of_changed_schools

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]


def test_of_two_who_write_the_words_of_the_same_schools_one_waits_and_finds_them_written():
    schools = [
        School(register_number=str(number), name=f"Hill {number}", town="Otley", phase="primary", nation="england")
        for number in range(300)
    ]
    School.objects.bulk_create(schools)
    together = Barrier(3)

    def write() -> int:
        together.wait()
        try:
            return write_words_of_changed_schools()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        changed = [each.result() for each in [pool.submit(write) for _each in range(3)]]

    assert sorted(changed) == [0, 0, 300]
    assert SchoolWord.objects.filter(word="hill").count() == Word.objects.get(text="hill").schools == 300
