"""What the tables of a report are called, and say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from quality.enums import FeedbackSide
from quality.reports.facts import UNKNOWN
from schools.enums import Phase
from stem.curriculum import Stage

# Of each table its title, what it says, and what its plot shows.
CAPTIONS: Mapping[str, tuple[Any, Any, Any]] = {
    "responses": (
        lazy("Forms that came back"),
        lazy("Of those who were asked. The aims are 70% of schools and 80% of ambassadors."),
        "",
    ),
    "again": (
        lazy("Schools that would invite them again"),
        lazy(
            "Held against 90%. Where so few would by chance alone once in forty times it is amber, once in"
            " a thousand red: a reason to ask, and no rank."
        ),
        lazy(
            "Each region, or kind of school, by how many forms it has and how many of a hundred would"
            " invite again. Dashed: the limits of chance."
        ),
    ),
    "index": (
        lazy("What was valued in 2010"),
        lazy(
            "The mean of what schools say, from 1 to 5, by the 2010 stakeholder weights: careers described,"
            " the full range of routes, impartial, stereotypes challenged. Decisions about people never go"
            " by it."
        ),
        "",
    ),
    "months": (
        lazy("Ratings month by month"),
        lazy(
            "The mean of each month, and how far ratings have run below what is usual so far. A run above 5"
            " is a reason to ask."
        ),
        lazy("How far each region has run below what is usual. The dashed line is at 5."),
    ),
    "later": (
        lazy("Eight weeks later"),
        lazy(
            "What teachers say who were asked in this term what has become of a visit, chosen by chance: whether they"
            " refer back to it, link their subject to jobs, and hear pupils mention it. The mean, from 1 to 5."
        ),
        "",
    ),
    "stages": (
        lazy("Visits by age"),
        lazy("Visits that took place, to the nearest five."),
        lazy("How many visits each age had."),
    ),
    "routes": (
        lazy("Technical routes"),
        lazy("Of those who came, how many came into their work by an apprenticeship or a technical qualification."),
        "",
    ),
    "parity": (
        lazy("Where pupils are most disadvantaged"),
        lazy(
            "The share of visits to schools in the two most disadvantaged fifths, beside the share of"
            " pupils there. The ratio is meant to be 1 or more; below 0.9 it is red."
        ),
        "",
    ),
    "rural": (
        lazy("In the country"),
        lazy("The share of visits to schools in the country, beside the share of pupils there."),
        "",
    ),
    "never": (
        lazy("Schools that nobody visited"),
        lazy("Of all open schools, those without a visit in 36 months."),
        "",
    ),
    "never_by_term": (
        lazy("Schools that nobody visited, term by term"),
        lazy("Without a visit in 36 months, as was told of each term. The aim is fewer each term; more is amber."),
        lazy("The share of schools without a visit in 36 months, a line for each region. The thick one is of all."),
    ),
    "years": (
        lazy("Year groups that met somebody"),
        lazy(
            "Of the schools that have pupils of this age, those where they have met somebody in this school year so"
            " far. By the age at which a year begins: 11 is Year 7, and Year 8 in Northern Ireland; 12 is S1."
        ),
        lazy("How many of a hundred schools had somebody for each age."),
    ),
    "every_year": (
        lazy("Schools where every year group met somebody"),
        lazy("Of all schools with pupils from 11 on, in this school year so far."),
        "",
    ),
    "tenth": (
        lazy("How visits are spread"),
        lazy("The share of visits that went to the tenth of visited schools that had most. Above 35% it is amber."),
        "",
    ),
    "unfilled": (
        lazy("Requests for which nobody was found"),
        lazy("Of those that ended, by how disadvantaged the school’s pupils are."),
        "",
    ),
    "waits": (
        lazy("How long schools waited"),
        lazy(
            "School days until somebody was found, as the middle of all, by how disadvantaged the school’s pupils are."
        ),
        lazy("School days until somebody was found."),
    ),
    "searches": (
        lazy("Searched for in vain"),
        lazy("Of what schools and visitors of the site looked for, how much found nobody. Who looked is not kept."),
        "",
    ),
    "usual": (
        lazy("What ratings are like"),
        lazy(
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
        "later": _("Mean, from 1 to 5"),
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
    if code == "years":
        return _("Age %(age)s") % {"age": name} if not short else name
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
