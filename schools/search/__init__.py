"""Find a school among all schools by its name as people misspell it, its town, its postcode or its number.

The rows of schools are the truth. Their names and towns are folded into words (`words`), which are written beside them
in the transaction that changes them (`index`). A search is read (`typed`), its words are looked up and, where that is
not enough, taken for slips of others (`vocabulary`, `slips`); the schools under the rarest of them (`finding`) are
compared letter by letter (`ranking`). Ordinary tables, the same on both databases; nothing is kept between searches.
"""

from schools.search.finding import SchoolsFound, find_schools

__all__ = ["SchoolsFound", "find_schools"]
