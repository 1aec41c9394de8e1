"""How long a worry is kept (rules C-06, 3.4). Nobody is asked when they were born, so a person looks at the rest."""

from datetime import date

from ambassadors.validity import add_months
from quality.enums import ConcernLevel

# Years after it was closed, at the least: until pension age if that is later, which a person decides on that day.
HARM, OFFENCE, OTHERS = 10, 75, 6


def kept_until(level: str, *, on: date, is_reportable: bool) -> date | None:
    """The day until which a worry that was closed on this one is kept; of low level, none while somebody takes part.

    What may have been a sexual offence against a child is kept longest, whatever it was taken to be.
    """
    if is_reportable:
        return add_months(on, 12 * OFFENCE)
    if level == ConcernLevel.LOW_LEVEL:
        return None
    return add_months(on, 12 * (HARM if level == ConcernLevel.HARM_THRESHOLD else OTHERS))
