"""The process that reads one e-mail message and ends: nothing in a message can hold or fill the process that asked.

Run by `replies`: it takes the message on standard input, and answers in JSON.
"""

import json
import resource
import sys
from typing import Any

from stem.calendars.mailed import read_message

MOST_MEMORY = 300 * 1024 * 1024
MOST_PROCESSOR_SECONDS = 6


def main() -> None:
    """Read standard input within these limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))
    json.dump(_answer(sys.stdin.buffer.read()), sys.stdout)


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return {"replies": read_message(data)}
    except Exception:  # the libraries promise nothing of what they raise at a message that somebody made to break them
        return {"replies": [], "unreadable": True}


if __name__ == "__main__":
    main()
