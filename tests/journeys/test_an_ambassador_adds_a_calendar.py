"""An ambassador adds a file of their own calendar, sees it counted, and takes it away again: in a browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import BusyTime
from tests import make
from tests.browser import PHONE, axe_violations, overflow
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, signs_in
from tests.stem.calendars.making import calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looks_right(person: Person, *, scripts: bool) -> Person:
    """Nothing lies off the side of a phone, and axe finds nothing."""
    if scripts:
        assert overflow(person.window) == 0
        assert axe_violations(person.window) == []
    return person


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_a_calendar_file_is_added_counted_and_removed(browser_page, scripts):
    soon = timezone.now() + timedelta(days=3)
    content = calendar(f"DTSTART:{soon:%Y%m%dT100000Z}\nDTEND:{soon:%Y%m%dT110000Z}\nSUMMARY:Secret")
    ada = signs_in(browser_page(viewport=PHONE, java_script_enabled=scripts), make.ambassador(cleared=True).user)

    looks_right(ada.opens("/ambassador/time/").presses("Add a calendar file"), scripts=scripts)
    ada.window.set_input_files("input[name=file]", {"name": "ada.ics", "mimeType": "text/calendar", "buffer": content})
    ada.presses("Add this calendar").sees("kept nothing of the file", "1 busy time ahead")
    looks_right(ada, scripts=scripts).does_not_see("Secret", "ada.ics")
    assert BusyTime.objects.count() == 1

    looks_right(ada.presses("Remove").sees("Remove this calendar?"), scripts=scripts)
    ada.presses("Remove it").sees("Removed, with all that we had read of it.")
    assert not BusyTime.objects.exists()
