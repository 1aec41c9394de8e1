"""What the tables of a report are called, and say."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quality.enums import FeedbackSide
from quality.reports.facts import UNKNOWN
from schools.enums import Phase
from stem.curriculum import Stage


def captions() -> Mapping[str, tuple[str, str, str]]:
    """Of each table its title, what it says, and what its plot shows."""
    return {
        "responses": (
            _("Forms that came back"),
            _("Of those who were asked. The aims are 70% of schools and 80% of ambassadors."),
            "",
        ),
        "again": (
            _("Schools that would invite them again"),
            _(
                "Held against 90%. Where so few would by chance alone once in forty times it is amber, once in"
                " a thousand red: a reason to ask, and no rank."
            ),
            _(
                "Each region, or kind of school, by how many forms it has and how many of a hundred would"
                " invite again. Dashed: the limits of chance."
            ),
        ),
        "index": (
            _("What was valued in 2010"),
            _(
                "The mean of what schools say, from 1 to 5, by the 2010 stakeholder weights: careers described,"
                " the full range of routes, impartial, stereotypes challenged. Decisions about people never go"
                " by it."
            ),
            "",
        ),
        "months": (
            _("Ratings month by month"),
            _(
                "The mean of each month, and how far ratings have run below what is usual so far. A run above 5"
                " is a reason to ask."
            ),
            _("How far each region has run below what is usual. The dashed line is at 5."),
        ),
        "stages": (
            _("Visits by age"),
            _("Visits that took place, to the nearest five."),
            _("How many visits each age had."),
        ),
        "routes": (
            _("Technical routes"),
            _("Of those who came, how many came into their work by an apprenticeship or a technical qualification."),
            "",
        ),
        "parity": (
            _("Where pupils are most disadvantaged"),
            _(
                "The share of visits to schools in the two most disadvantaged fifths, beside the share of"
                " pupils there. The ratio is meant to be 1 or more; below 0.9 it is red."
            ),
            "",
        ),
        "rural": (
            _("In the country"),
            _("The share of visits to schools in the country, beside the share of pupils there."),
            "",
        ),
        "never": (_("Schools that nobody visited"), _("Of all open schools, those without a visit in 36 months."), ""),
        "tenth": (
            _("How visits are spread"),
            _("The share of visits that went to the tenth of visited schools that had most. Above 35% it is amber."),
            "",
        ),
        "unfilled": (
            _("Requests for which nobody was found"),
            _("Of those that ended, by how disadvantaged the school’s pupils are."),
            "",
        ),
        "waits": (
            _("How long schools waited"),
            _(
                "School days until somebody was found, as the middle of all, by how disadvantaged the school’s"
                " pupils are."
            ),
            _("School days until somebody was found."),
        ),
        "searches": (
            _("Searched for in vain"),
            _("Of what schools and visitors of the site looked for, how much found nobody. Who looked is not kept."),
            "",
        ),
        "usual": (
            _("What ratings are like"),
            _(
                "By kind of visit, where it has ten ratings or more; few are drawn towards all. The spread of"
                " one person’s ratings is %(sigma)s, and %(k)s usual ratings stand against a person’s own."
            ),
            "",
        ),
    }


def heading(code: str) -> str:
    """What the one column of a table is called that has no other."""
    words = {
        "index": _("Mean, from 1 to 5"),
        "months": _("Mean, from 1 to 5"),
        "stages": _("Visits"),
        "waits": _("School days"),
        "parity": _("Visits there"),
        "rural": _("Visits there"),
    }
    return words.get(code, _("Share"))


def place_of(code: str, column: Sequence[str]) -> tuple[int, str]:
    """Where a column stands in a table: as people order ages and kinds of school; what is not known comes last."""
    orders: dict[str, list[str]] = {
        "responses": FeedbackSide.values,
        "again": Phase.values,
        "never": Phase.values,
        "stages": Stage.values,
    }
    order = orders.get(code, [])
    first = min(column, key=lambda name: order.index(name) if name in order else len(order))
    return (order.index(first) if first in order else len(order) + (first == UNKNOWN), first)


def column_name(code: str, column: Sequence[str], *, short: bool = False) -> str:
    """What a column is called, or several that were put together."""
    return ", ".join(_column(code, name, short=short) for name in column)


def _column(code: str, name: str, *, short: bool) -> str:
    if code == "responses":
        return str(FeedbackSide(name).label)
    if code in ("again", "never") and name in Phase.values:
        return str(Phase(name).label)
    if code == "stages" and name in Stage.values:
        return name.upper() if short else str(Stage(name).label)
    if code == "months":
        year, month = name.split("-")
        return date_format(date(int(year), int(month), 1), "M")
    if code in ("unfilled", "waits"):
        return _fifth(name, short=short)
    return name


def _fifth(name: str, *, short: bool) -> str:
    if name == UNKNOWN:
        return _("Not known")
    if short:
        return name
    ends = {"1": _("1 (least disadvantaged)"), "5": _("5 (most disadvantaged)")}
    return ends.get(name, name)
