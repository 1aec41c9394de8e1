"""Files made after the manner of the programs that people use, each with its busy time in March, April and May 2027."""

from pathlib import Path

import pytest

from tests.stem.calendars.making import read

FILES = Path(__file__).parent / "files"
BUSY = {
    # Mondays and Wednesdays at half past nine; the 17th is left out, the 24th moved, the 31st cancelled. A birthday
    # that leaves one free, and a meeting that the calendar's owner declined.
    "google": [
        "2027-03-15 09:30/10:00",
        "2027-03-22 09:30/10:00",
        "2027-03-25 14:00/14:30",
        "2027-03-29 08:30/09:00",
        "2027-04-05 08:30/09:00",
        "2027-04-07 08:30/09:00",
        "2027-04-12 08:30/09:00",
    ],
    # Three Fridays across the change of clocks, two days away, and a call by a zone that only the file knows.
    "outlook": [
        "2027-03-26 16:00/16:30",
        "2027-03-29 23:00/2027-03-31 23:00",
        "2027-04-02 15:00/15:30",
        "2027-04-05 09:00/10:00",
        "2027-04-09 15:00/15:30",
    ],
    # Published without any definition: Wednesdays in Western Europe, one left out and one moved, and names that
    # Windows shows.
    "exchange": [
        "2027-03-17 09:00/10:00",
        "2027-03-31 13:00/14:00",
        "2027-04-01 09:00/10:00",
        "2027-04-02 10:00/10:30",
        "2027-04-07 08:00/09:00",
    ],
    # First Mondays, one left out and one moved; a weekend; and lunch at noon wherever that is.
    "apple": [
        "2027-03-01 18:00/19:00",
        "2027-03-13 00:00/2027-03-15 00:00",
        "2027-03-20 12:00/12:45",
        "2027-05-04 17:00/18:00",
    ],
    # A zone with a prefix and without a definition; extra dates in New York, one of them at another time.
    "thunderbird": [
        "2027-03-27 09:00/10:00",
        "2027-03-29 10:00/11:00",
        "2027-03-30 08:00/09:00",
        "2027-04-01 13:00/13:30",
        "2027-04-05 13:00/13:30",
        "2027-04-06 18:00/18:30",
    ],
    # Every other week on two days, one left out and one moved, and published busy time beside it.
    "zimbra": [
        "2027-03-02 09:00/10:00",
        "2027-03-03 09:00/10:30",
        "2027-03-23 09:00/10:30",
        "2027-04-07 12:00/13:30",
        "2027-04-08 08:00/09:30",
        "2027-04-20 08:00/09:30",
    ],
    # A zone called GMT that has a summer, and a series written out as periods, one of them moved and one longer.
    "lotus": ["2027-03-26 09:00/10:00", "2027-04-09 08:00/09:30", "2027-04-12 08:00/09:00"],
}


@pytest.mark.parametrize("program", BUSY)
def test_a_program_s_file_is_read_as_it_is(program):
    busy, notes = read((FILES / f"{program}.ics").read_bytes(), "2027-03-01", "2027-06-01")
    assert (busy, notes.problems) == (BUSY[program], [])


def test_each_file_has_its_busy_time():
    assert {path.stem for path in FILES.glob("*.ics")} == set(BUSY)
