"""The process that reads one calendar file and ends: nothing in a file can hold or fill the process that asked.

Run by `bounded`: it takes two instants on a line and then the file on standard input, and answers in JSON.
"""

import gc
import json
import resource
import sys
from typing import Any

from stem.calendars.reading import read_within
from stem.calendars.text import NoCalendar

MOST_MEMORY = 200 * 1024 * 1024
MOST_PROCESSOR_SECONDS = 6
SECONDS = 4.5


def main() -> None:
    """Read standard input within these limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))
    # It lives for seconds and makes no cycles: looking for them takes a third of its time.
    gc.disable()
    low, high = map(int, sys.stdin.buffer.readline().split())
    json.dump(_answer(low, high), sys.stdout)


def _answer(low: int, high: int) -> dict[str, Any]:
    try:
        busy, notes = read_within(sys.stdin.buffer.read(), low, high, seconds=SECONDS)
    except NoCalendar as error:
        return {"no_calendar": str(error)}
    except MemoryError:
        return {"no_calendar": "too_intricate"}
    return {
        "busy": busy,
        "events": notes.events,
        "ignored": notes.ignored,
        "problems": notes.problems,
        "more": notes.more,
    }


if __name__ == "__main__":
    main()
