"""Reckoning anew, each night, what ratings are like in the scheme."""

from datetime import datetime

from quality.models import CaseMix
from quality.ratings import mix_of, ratings_of_all
from stem.moments import day_of


def reckon_case_mix(*, at: datetime) -> CaseMix:
    """Reckon what is usual among the ratings of 24 months, and keep it (rules S-02, S-03). A sweep.

    The same day again takes the place of what was reckoned before; where nothing has changed since, nothing is kept.
    """
    mix = mix_of(ratings_of_all(at), on=day_of(at))
    said = {name: getattr(mix, name) for name in ("ratings", "mu", "sigma", "k", "kinds")}
    before = CaseMix.objects.in_force()
    if before is not None and all(getattr(before, name) == value for name, value in said.items()):
        return before
    return CaseMix.objects.update_or_create(reckoned_on=mix.reckoned_on, defaults=said)[0]
