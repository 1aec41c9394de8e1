"""The school year, which begins in another month in Scotland (rule T-01)."""

from datetime import date, timedelta

from stem.nations import Nation

AUGUST, SEPTEMBER = 8, 9


def first_month(nation: str) -> int:
    """The month whose first day begins the school year."""
    return AUGUST if nation == Nation.SCO else SEPTEMBER


def school_year(day: date, nation: str) -> int:
    """The school year that a day is in, by the calendar year in which it began: 2026 for 2026 to 2027."""
    return day.year if day.month >= first_month(nation) else day.year - 1


def bounds(year: int, nation: str) -> tuple[date, date]:
    """The first and the last day of a school year."""
    begins = first_month(nation)
    return date(year, begins, 1), date(year + 1, begins, 1) - timedelta(days=1)


def year_in_words(year: int) -> str:
    """A school year as people write it: "2026–27"."""
    return f"{year}–{(year + 1) % 100:02d}"
