"""A report as it is read, and as a file: nothing but what was kept when its term was told of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.utils.translation import gettext as _

from quality.models import Release, ReleasedTable
from quality.reports.plots import Plot, Point, bars, funnel, runs, trend
from quality.reports.tables import BY_PUPILS, TABLES, TARGET, How
from quality.reports.words import CAPTIONS, column_name, heading, place_of
from quality.statistics import CUSUM_LIMIT, InFunnel
from quality.suppression import Nearly
from stem.curriculum import ACTIVITIES, Stage

# A ratio below this is red (rule E-50), and a share of visits that go to a tenth of schools above this (rule E-52).
PARITY_LEAST, TENTH_MOST = 0.9, 35
# So many regions that were put together are named, and how many more there are.
NAMED = 3
# A trend goes back so many terms: four years.
MOST_TERMS = 12

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A cell as it is read; with a tone where somebody should look."""

    text: str
    heading: str
    tone: str = ""


@dataclass(frozen=True)
class Section:
    """One table with its title, what it says, and its plot where it has one."""

    code: str
    title: str
    lead: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Figure]]]
    first: str
    plot: Plot | None = None
    plot_words: str = ""


@dataclass(frozen=True)
class Report:
    """What is read of a term, of all or of one region."""

    release: Release
    place: str
    sections: Sequence[Section]


def report_of(release: Release, *, region: str | None = None) -> Report | None:
    """What is told of this term, of the whole scheme or of a region; None where there was none. Two queries."""
    if region is not None and region not in release.regions:
        return None
    tables = dict(release.tables.values_list("code", "told"))
    sections = []
    for code in TABLES:
        if code in tables:
            sections.append(_section(release, code, tables[code], region))
        if code == "never":
            sections += _by_term(release, region)
    if region is None:
        sections.append(_usual(release))
    return Report(release, release.regions[region] if region else _("The whole scheme"), sections)


@dataclass(frozen=True)
class _Chosen:
    """A table with the rows of it that are read: of the scheme all, of a region the one in which it is told of."""

    code: str
    table: Mapping[str, Any]
    region: str | None

    @property
    def at(self) -> list[int]:
        """Where these rows stand."""
        return [place for place, row in enumerate(self.table["rows"]) if self.region is None or self.region in row]

    def share_of(self, row: Sequence[str]) -> Any:
        """What is told of this very row; None where it was told of together with others, or not at all."""
        at = next((place for place, each in enumerate(self.table["rows"]) if each == list(row)), None)
        return None if at is None else self.table["row_totals"][at].get("share")

    @cached_property
    def order(self) -> list[int]:
        """Where the columns stand in the order in which they are read; none where there is but one."""
        columns = self.table["columns"]
        return sorted(range(len(columns)), key=lambda at: place_of(self.code, columns[at])) if len(columns) > 1 else []

    def columns(self, *, short: bool = False) -> list[str]:
        """What the columns are called, in their order; none where there is but one."""
        return [column_name(self.code, self.table["columns"][place], short=short) for place in self.order]

    def figures(self, cells: Sequence[Cell], total: Cell, sums: Sequence[float] | None = None) -> list[Figure]:
        """A row in words."""
        told = [*(cells[place] for place in self.order), total]
        headings = [*self.columns(), _("All") if self.order else heading(self.code)]
        shown = [_figure(self.code, cell, name) for cell, name in zip(told, headings, strict=True)]
        return [*shown, *_more(self.code, total, sums)]

    def rows(self, release: Release) -> list[tuple[str, list[Figure]]]:
        """The rows, and all of them together."""
        table = self.table
        runs_of = table.get("runs") or [None] * len(table["rows"])
        told = [
            (_line(release, row), self.figures(cells, total, sums))
            for row, cells, total, sums in zip(table["rows"], table["cells"], table["row_totals"], runs_of, strict=True)
        ]
        if not told:
            return []
        return [
            *(told[place] for place in self.at),
            (_("All together"), self.figures(table["column_totals"], table["total"])),
        ]


def _section(release: Release, code: str, table: Mapping[str, Any], region: str | None) -> Section:
    """One table: of a region its own row, or the one that it is told of in, beside all."""
    title, lead, words = map(str, CAPTIONS[code])
    chosen = _Chosen(code, table, region)
    rows = chosen.rows(release)
    names = [name for name, _figures in rows[:-1]]
    plot = _PLOTS[code](chosen, names) if code in _PLOTS and rows else None
    headings = [figure.heading for figure in rows[-1][1]] if rows else []
    return Section(code, title, lead, headings, rows, _("Region"), plot, words)


def _by_term(release: Release, region: str | None) -> list[Section]:
    """What was told of the terms up to this one of schools that nobody visited (E-51); none where it was of one alone.

    Only what was told stands here: of a row that was put together otherwise in a term, that term is left open.
    """
    told = ReleasedTable.objects.filter(code="never", release__begins_on__lte=release.begins_on)
    latest = list(told.select_related("release").order_by("-release__begins_on")[:MOST_TERMS])[::-1]
    chosen = [_Chosen(each.code, each.told, region) for each in latest]
    if len(chosen) < 2 or not chosen[-1].table["rows"]:
        return []
    now = chosen[-1].table["rows"]
    lines = {_line(release, now[at]): [each.share_of(now[at]) for each in chosen] for at in chosen[-1].at}
    lines[_("All together")] = [each.table["total"].get("share") for each in chosen]
    title, lead, words = map(str, CAPTIONS["never_by_term"])
    terms = [each.release.term for each in latest]
    headings = [str(term) for term in terms]
    rows = [(name, _falling(shares, headings)) for name, shares in lines.items()]
    plot = trend(lines, [term.short for term in terms])
    return [Section("never_by_term", title, lead, headings, rows, _("Region"), plot, words)]


def _falling(shares: Sequence[Any], headings: Sequence[str]) -> list[Figure]:
    """A row term by term, amber where there are more than the last time that it was told."""
    figures: list[Figure] = []
    before: int | None = None
    for share, name in zip(shares, headings, strict=True):
        is_number = isinstance(share, int)
        figures.append(
            Figure(_share(share), name, "warning" if is_number and before is not None and share > before else "")
        )
        before = share if is_number else before
    return figures


def _line(release: Release, row: Sequence[str]) -> str:
    """A region's name, or those of several that were put together."""
    names = [release.regions.get(key, _("Outside every region")) for key in row]
    if len(names) == 1:
        return str(names[0])
    more = len(names) - NAMED
    said = ", ".join(names[:NAMED])
    if more > 0:
        return _("%(names)s and %(n)d more, together") % {"names": said, "n": more}
    return _("%(names)s together") % {"names": said}


def _figure(code: str, cell: Cell, name: str) -> Figure:
    """One cell in words."""
    kind, tone = TABLES[code], ""
    if cell.get("low"):
        return Figure(_("Response too low to report"), name)
    if cell.get("none"):
        return Figure("0" if kind.how is How.COUNT else "–", name)
    if kind.how is How.COUNT:
        return Figure(str(cell["n"]), name)
    if kind.how is How.MEAN:
        return Figure("–" if cell.get("mean") is None else f"{cell['mean']:.1f}", name)
    if kind.how is How.MEDIAN:
        return Figure("–" if cell.get("median") is None else f"{cell['median']:g}", name)
    share = cell.get("share")
    if code == "tenth" and isinstance(share, int) and share > TENTH_MOST:
        tone = "warning"
    if cell.get("funnel") in (InFunnel.FLAG, InFunnel.ALARM):
        tone = "warning" if cell["funnel"] == InFunnel.FLAG else "bad"
    text = _share(share)
    if kind.counted:
        text = _("%(share)s of %(n)d") % {"share": text, "n": cell["n"]}
    return Figure(text, name, tone)


def _share(share: int | str | None) -> str:
    if share is None:
        return "–"
    words = {Nearly.MOST.value: _("Most"), Nearly.FEW.value: _("Few")}
    return words.get(str(share), f"{share}%")


def _more(code: str, cell: Cell, sums: Sequence[float] | None) -> list[Figure]:
    """What stands beside a row's own figures."""
    if code in BY_PUPILS:
        ratio = cell.get("ratio")
        low = code == "parity" and ratio is not None and ratio < PARITY_LEAST
        pupils = "–" if cell.get("pupils") is None else f"{cell['pupils']}%"
        return [
            Figure(pupils, _("Pupils there")),
            Figure("–" if ratio is None else f"{ratio:.2f}", _("Ratio"), "bad" if low else ""),
        ]
    if code == "months":
        run = sums[-1] if sums else None
        signals = run is not None and run > CUSUM_LIMIT
        return [Figure("–" if run is None else f"{run:.1f}", _("Run"), "bad" if signals else "")]
    return []


# --- plots, of what the tables show


def _funnel(chosen: _Chosen, names: list[str]) -> Plot | None:
    """Of the scheme its regions, of a region its kinds of school."""
    table, at = chosen.table, chosen.at
    cells = [(name, table["row_totals"][place]) for place, name in zip(at, names, strict=True)]
    if chosen.region is not None and at and chosen.order:
        cells = [
            (name, table["cells"][at[0]][place]) for place, name in zip(chosen.order, chosen.columns(), strict=True)
        ]
    points = [
        Point(name, cell["share"], cell["n"], cell["funnel"])
        for name, cell in cells
        if isinstance(cell.get("share"), int) and cell["funnel"] != InFunnel.NOT_PLOTTED
    ]
    return funnel(points, TARGET, _("How many forms"))


def _runs(chosen: _Chosen, names: list[str]) -> Plot | None:
    """A line for each row, by month."""
    lines = {name: chosen.table["runs"][place] for place, name in zip(chosen.at, names, strict=True)}
    return runs(lines, chosen.columns())


def _columns(chosen: _Chosen, _names: list[str], key: str, unit: str = "") -> Plot | None:
    """Bars of what stands in the columns: of the row that is read, where it is one; else of all."""
    is_one = chosen.region is not None and chosen.at
    cells = chosen.table["cells"][chosen.at[0]] if is_one else chosen.table["column_totals"]
    told = [cells[place].get(key) for place in chosen.order]
    named = zip(chosen.columns(short=True), told, strict=True)
    return bars({name: value for name, value in named if isinstance(value, int | float)}, unit)


_PLOTS: Mapping[str, Callable[..., Plot | None]] = {
    "again": _funnel,
    "months": _runs,
    "stages": partial(_columns, key="n"),
    "waits": partial(_columns, key="median"),
    "years": partial(_columns, key="share", unit="%"),
}


def _usual(release: Release) -> Section:
    """What ratings are like, and what each kind of visit makes of them."""
    title, lead, words = map(str, CAPTIONS["usual"])
    usual = release.usual
    names = [_("Mean")]
    rows = [(_("All visits"), [Figure(f"{usual['mu']:.1f}", names[0])])]
    for activity, stage, mean in usual.get("kinds", []):
        kind = ACTIVITIES.get(activity)
        label = f"{kind.name if kind else activity}, {Stage(stage).label if stage in Stage.values else stage}"
        rows.append((label, [Figure(f"{mean:.1f}", names[0])]))
    lead = lead % {"sigma": f"{usual['sigma']:.1f}", "k": usual["k"]}
    return Section("usual", title, lead, names, rows, _("Kind of visit"), None, words)


def header() -> list[str]:
    """What the columns of the file are called."""
    return [_("Term"), _("Of"), _("Table"), _("Row"), _("Column"), _("Figure")]


def lines_of(report: Report) -> list[list[str]]:
    """The very cells of the page, one a line."""
    term = str(report.release.term)
    return [
        [term, report.place, section.title, name, column, figure.text]
        for section in report.sections
        for name, figures in section.rows
        for column, figure in zip(section.headings, figures, strict=True)
    ]
