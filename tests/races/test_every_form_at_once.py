"""Every form, pressed by its person four times in the same instant, leaves what pressing it once leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import SimpleCookie

from tests.architecture.world import World
from tests.fire.browsing import filled
from tests.fire.crowd import Crowd
from tests.fire.test_forms import SENT_TO, TOKEN, Shown, forms_of
from tests.races.restoring import RestorableSite
from tests.races.site import Press

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TIMES = 4
PARTS = 4
# To press these again is to do it again, and says so again.
DONE_AGAIN = {"account_change_password": "each new password is told in a letter, though it be the old one"}


@dataclass
class Found:
    """A form of the world with which this site was filled, as its person would send it."""

    shown: Shown
    press: Press


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RestorableSite]:
    site = RestorableSite(tmp_path)
    yield site
    site.close()


def presses_of(crowd: Crowd, names: list[str], site: RestorableSite) -> list[Found]:
    """Each form, with the cookies of whoever presses it."""
    shown = list(forms_of(crowd, names))
    site.open()
    token, cookie = site.token()
    found = []
    for each in shown:
        words = {name: values for name, values in filled(each.form).items() if name != TOKEN}
        theirs = [f"{name}={morsel.value}" for name, morsel in SimpleCookie(crowd.cookies[each.person]).items()]
        cookies = "; ".join([cookie, *theirs])
        found.append(Found(each, Press(each.form.action, {**words, TOKEN: [token]}, cookies)))
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_four_presses_at_once_leave_what_one_leaves(part: int, site: RestorableSite, record_property):
    crowd = Crowd(World())
    trials = presses_of(crowd, SENT_TO[part::PARTS], site)
    found: dict[str, str] = {}
    for trial in trials:
        what = f"{trial.shown.person} sends to {trial.shown.target} on {trial.shown.page}"
        [once] = site.send_at_once([trial.press])
        after_one = site.counts()
        site.restore()
        answers = site.send_at_once([trial.press] * TIMES)
        after_four = site.counts()
        site.restore()
        statuses = sorted(answer.status for answer in (once, *answers))
        if statuses[-1] >= 500:
            found[what] = f"answered {statuses}"
        elif after_four != after_one and trial.shown.target not in DONE_AGAIN:
            more = {
                name: (after_one[name], after_four[name]) for name in after_one if after_one[name] != after_four[name]
            }
            found[what] = f"{more}, answered {statuses}"
    record_property("forms pressed four times at once", len(trials))
    assert not found, "\n".join(f"{what}: {fault}" for what, fault in found.items())
