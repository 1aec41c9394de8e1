"""Which of some records is most likely this very person's, if any is likely enough: for one person at the door."""

from collections.abc import Sequence

from ambassadors.linkage.comparing import Comparer
from ambassadors.linkage.records import Person, read_person
from ambassadors.linkage.weighing import Scale, Weights, probability


def most_like(me: Person, others: Sequence[Person], *, size: int, above: float) -> int | None:
    """The place of the likeliest of these records, when it is at least so probable; `size` is that of the register.

    How common a name is is counted among these few, who were picked for theirs: it counts for less than it should.
    """
    traits = [read_person(each) for each in (me, *others)]
    comparer, scale = Comparer(traits), Scale(Weights(), size)
    judged = [
        (probability(scale.odds(comparer.compare(traits[0], each))), -place) for place, each in enumerate(traits[1:])
    ]
    best, place = max(judged, default=(0.0, 0))
    return -place if judged and best >= above else None
