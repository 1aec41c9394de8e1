"""The courses as they are shipped: one frozen Markdown file for the first version of each, read once.

What the scheme publishes itself are later versions, kept as rows. A shipped file is never edited once people may have
learnt from it: what they passed would no longer be what is on record.
"""

from functools import cache
from pathlib import Path

from ambassadors.enums import Course

FIRST = 1
FILES = {Course.INDUCTION: "induction_v1.md", Course.KEEPING_CHILDREN_SAFE: "keeping_children_safe_v1.md"}


@cache
def shipped_text(course: Course) -> str:
    """The text of a course's first version."""
    return (Path(__file__).parent / FILES[course]).read_text(encoding="utf-8")
