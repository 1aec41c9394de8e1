"""Which visits a condition of someone's check keeps them from (rule V-34). Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ambassadors.assessing import Condition
from stem.curriculum import ACTIVITIES, SECONDARY


def conditions_against(
    *, online: bool, stage: str, activity: str, people: int, is_series: bool = False
) -> frozenset[Condition]:
    """The conditions under which nobody is booked for such a visit."""
    return frozenset(_against(online=online, stage=stage, activity=activity, people=people, is_series=is_series))


def _against(*, online: bool, stage: str, activity: str, people: int, is_series: bool) -> Iterator[Condition]:
    if online:
        yield Condition.NO_ONLINE
    if stage not in SECONDARY:
        yield Condition.KS_LIMIT
    if is_series or (activity in ACTIVITIES and ACTIVITIES[activity].is_series):
        yield Condition.NO_SERIES
    # Whether the other one comes is seen when the school confirms.
    if people < 2:
        yield Condition.PAIRED


def told_to_them(condition: Condition) -> str:
    """What someone is not booked for, said to themselves."""
    match condition:
        case Condition.PAIRED:
            return _("We book you only for visits to which another ambassador comes as well.")
        case Condition.KS_LIMIT:
            return _("We book you only for secondary classes.")
        case Condition.NO_SERIES:
            return _("We do not book you for a series of visits.")
    return _("We do not book you for visits live online.")
