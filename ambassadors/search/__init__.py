"""Find people of the register by what staff type: a name as misspelt, an e-mail address, an employer, a place.

The rows of people, and what schemes say of them, are the truth. Their words (`words`) are written beside them in the
transaction that changes them (`index`). A search is read (`typed`); whoever has all of its words is found (`finding`),
by the words as they are or, where that finds hardly anybody, by those that they may be slips for.
"""

from ambassadors.search.finding import PeopleFound, find_people

__all__ = ["PeopleFound", "find_people"]
