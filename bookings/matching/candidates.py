"""Who may be asked, best first: the gates and the order of rule 6.4, without looking at everybody.

What takes long is to see whether somebody is free, and how much they are asked for. Nobody is worth more than if they
were asked for nothing: so people are looked at in that order, and only until no other can come before those found.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bookings.days import is_one_too_many
from bookings.free_time import Asked, Standing, is_free_at
from bookings.matching.reaching import Within, begin_within, people_within
from bookings.matching.scoring import load_part, nearness, score
from bookings.matching.standings import Situation, situations_of
from bookings.matching.wanted import Interval, Wanted
from stem.curriculum import SUBJECTS, subjects_near

# How many are looked at before more are read, and how many after that, before all are: where half of the people are
# asked for, the best twenty are certain after thirty. Of so many times as are wanted some cannot come.
FIRST, NEXT, TIMES_WANTED = 40, 384, 2
SAME_FIELD, EXACT = 0.5, 1.0

# What a person is ordered by: whoever is asked for by name first, then the score, then the number of their record.
Place = tuple[bool, float, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who passes every gate for at least one of the times."""

    pk: int
    place: Place
    minutes: int
    topic: float
    nearness: float
    load: int
    # The share of what the school hopes for that they have opted in to (E-41).
    aim: float
    times: tuple[Interval, ...]
    # The kinds of visit that they offer, as the table of reach says them.
    activities: int
    # What is known of their time, which has been read already.
    standing: Standing


def find_candidates(
    wanted: Wanted,
    *,
    at: datetime,
    limit: int | None = None,
    without: Collection[int] = (),
    only: int | None = None,
    besides: Collection[int] = (),
) -> list[Candidate]:
    """Everyone who may be asked, or so many of them, best first; none of `without` among them, or one person only.

    Of `besides` whoever may be asked follows after those, wherever they stand in the order.

    At most five statements, however many people there are. Nobody for a subject that is on no list, for times that are
    none, or where the school's place is not known and it is not online.
    """
    if wanted.subject not in SUBJECTS:
        return []
    search = _Search(wanted, at, without, besides)
    others = sorted(subjects_near(wanted.subject) - {wanted.subject})
    if limit is None or only is not None or wanted.again is not None or besides:
        search.take(people_within(wanted, [wanted.subject, *others], only=only))
    else:
        search.begin(others, enough=TIMES_WANTED * limit)
    for count in (max(FIRST, TIMES_WANTED * limit), NEXT) if limit is not None else ():
        search.judge(count)
        if search.is_certain(limit):
            break
        if search.is_certain(limit, of_read=True):
            search.read_rest(others)
    else:
        search.read_rest(others)
        search.judge(len(search.waiting))
    return search.first(limit)


def look_at(
    wanted: Wanted, most: int, *, at: datetime, without: Collection[int] = ()
) -> tuple[list[Candidate], int | None]:
    """Whoever may be asked among so many of the best, and how many were not looked at; None: nobody counted them.

    For whoever counts rather than chooses: two statements, at a thousand people as at a million.
    """
    if wanted.subject not in SUBJECTS:
        return [], 0
    search = _Search(wanted, at, without, besides=())
    others = sorted(subjects_near(wanted.subject) - {wanted.subject})
    if wanted.online:
        begun = begin_within(wanted, others, enough=TIMES_WANTED * most)
        search.take(begun.people)
        are_all = begun.left_from is None and not begun.others_left
    else:
        search.take(people_within(wanted, [wanted.subject, *others]))
        are_all = True
    search.judge(most)
    return search.found, len(search.waiting) if are_all else None


class _Search:
    """People read and not yet looked at, and those found, both in their order."""

    def __init__(self, wanted: Wanted, at: datetime, without: Collection[int], besides: Collection[int]) -> None:
        """Nobody has been read yet, and these are not to be found."""
        self.wanted, self.at = wanted, at
        self.waiting: list[tuple[Place, Within]] = []
        self.found: list[Candidate] = []
        # The best place that somebody could have who has not been read; None: all have.
        self.unread: Place | None = None
        self.besides = frozenset(besides)
        self._seen = set(without)

    def take(self, people: Collection[Within]) -> None:
        """Let these wait for their turn, each at the best place that they could have."""
        for person in people:
            if person.pk not in self._seen:
                self._seen.add(person.pk)
                self.waiting.append((_place(self.wanted, person, 0), person))
        self.waiting.sort(key=lambda each: each[0])

    def begin(self, others: Collection[str], *, enough: int) -> None:
        """Let those wait who are read to begin with, and know where whoever has not been read comes at best."""
        begun = begin_within(self.wanted, others, enough=enough)
        self.take(begun.people)
        if begun.left_from is not None:
            # Whoever offers another subject of the field, and has every aim, comes after that.
            self.unread = (True, -score(EXACT, 1, 1, aim=begun.left_aim), begun.left_from)
        elif begun.others_left:
            self.unread = (True, -score(SAME_FIELD, 1, 1, aim=1 if self.wanted.aims else 0), 0)

    def read_rest(self, others: Collection[str]) -> None:
        """Let everybody wait who has not been read, these other subjects of the field included."""
        if self.unread is not None:
            self.take(people_within(self.wanted, [self.wanted.subject, *others]))
            self.unread = None

    def judge(self, count: int) -> None:
        """Look at the next so many, and at whoever is wanted besides."""
        others = [each for each in self.waiting[count:] if each[1].pk not in self.besides]
        people = [person for _place, person in self.waiting[:count]]
        people += [person for _place, person in self.waiting[count:] if person.pk in self.besides]
        self.waiting = others
        unbarred = [person.pk for person in people if person.unbarred]
        keys, schools = [person.pk for person in people], [self.wanted.school] if self.wanted.school else []
        situations = situations_of(keys, self.wanted.every, unbarred=unbarred, at=self.at, schools=schools)
        asked = {each: Asked.at(each, self.at) for each in self.wanted.every}
        for person in people:
            if candidate := _candidate(self.wanted, person, situations[person.pk], asked):
                self.found.append(candidate)
        self.found.sort(key=lambda each: each.place)

    def first(self, limit: int | None) -> list[Candidate]:
        """The first so many of those found, and after them those who are wanted besides."""
        if limit is None:
            return self.found
        return self.found[:limit] + [each for each in self.found[limit:] if each.pk in self.besides]

    def is_certain(self, limit: int | None, *, of_read: bool = False) -> bool:
        """Whether the first so many of those found are the best, of all or of all that have been read."""
        best_others = [self.waiting[0][0]] if self.waiting else []
        if self.unread is not None and not of_read:
            best_others.append(self.unread)
        if not best_others:
            return True
        return limit is not None and len(self.found) >= limit > 0 and self.found[limit - 1].place < min(best_others)


def candidate_of(wanted: Wanted, person: Within, situation: Situation, *, at: datetime) -> Candidate | None:
    """Somebody within reach as one who can be asked, or None where they can be at none of the times.

    None as well of whoever the school would rather not meet again, or who would rather not go there (rule 6.4).
    """
    return _candidate(wanted, person, situation, {each: Asked.at(each, at) for each in wanted.every})


def _candidate(
    wanted: Wanted, person: Within, situation: Situation, asked: Mapping[Interval, Asked]
) -> Candidate | None:
    """The same for one of many, who are all asked about the same times."""
    if wanted.school in situation.kept_from:
        return None
    times = tuple(
        each
        for each in wanted.times
        if _can_be_asked_at(wanted, each, asked[each], person, situation)
        and _can_come_again(wanted, each, asked, person, situation)
    )
    if not times:
        return None
    return Candidate(
        pk=person.pk,
        place=_place(wanted, person, situation.load),
        minutes=person.minutes,
        topic=_topic(person),
        nearness=nearness(person.minutes, person.max_minutes),
        load=situation.load,
        aim=person.aim,
        times=times,
        activities=person.activities,
        standing=situation.standing,
    )


def _can_be_asked_at(wanted: Wanted, interval: Interval, asked: Asked, person: Within, situation: Situation) -> bool:
    """Whether they are cleared and free then, and it is no day too many without the barred list (rule V-15).

    Nor whoever came to the class last time, unless the school asks for them by name (rule 6.4).
    """
    if interval not in person.times or not is_free_at(situation.standing, asked):
        return False
    if situation.came and person.pk != wanted.again and situation.came_last(wanted, interval):
        return False
    is_counted = interval in person.unbarred
    return not (is_counted and is_one_too_many(asked.day, situation.days, wanted.nation))


def _can_come_again(
    wanted: Wanted, first: Interval, asked: Mapping[Interval, Asked], person: Within, situation: Situation
) -> bool:
    """Whether they can be asked for each further meeting of a series too, those before it being promised by then."""
    promised = [first]
    for each in wanted.further.get(first, ()):
        if each not in person.times:
            return False
        stands, then = situation.with_promised(promised), asked[each]
        if not is_free_at(stands.standing, then):
            return False
        if each in person.unbarred and is_one_too_many(then.day, stands.days, wanted.nation):
            return False
        promised.append(each)
    return True


def _place(wanted: Wanted, person: Within, visits: int) -> Place:
    """Where this person stands in the order if they are asked for so much."""
    worth = score(_topic(person), nearness(person.minutes, person.max_minutes), load_part(visits), aim=person.aim)
    return (person.pk != wanted.again, -worth, person.pk)


def _topic(person: Within) -> float:
    """How well what they offer meets what is asked (rule 6.4)."""
    return EXACT if person.exact else SAME_FIELD
