"""Plots as shapes in a small plane: pure. A page draws them as they are, and has the same figures in a table beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from quality.statistics import ALARM_BELOW, CUSUM_LIMIT, FLAG_BELOW, FUNNEL_FROM, InFunnel, binomial_quantile

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 14, 34
# Shapes tell what a point is, for whoever does not see colours: a dot, a diamond, a triangle.
SHAPES: Mapping[str, str] = {
    InFunnel.USUAL: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    InFunnel.FLAG: "m0 -6l6 6l-6 6l-6 -6z",
    InFunnel.ALARM: "m0 -7l7 12h-14z",
}
STEPS = 24
# So many names of terms fit under a plot.
MOST_NAMES = 6


@dataclass(frozen=True)
class Label:
    """A word in a plot."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Shape:
    """A line, a point or a bar, by its kind, with what it is for whoever points at it or listens."""

    kind: str
    path: str
    title: str = ""


@dataclass(frozen=True)
class Plot:
    """What is drawn, and how large the plane is."""

    shapes: Sequence[Shape]
    labels: Sequence[Label]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Point:
    """A group in a funnel: how many of a hundred, of how many, and where that lies."""

    name: str
    percent: float
    n: int
    lies: str


@dataclass(frozen=True)
class Scale:
    """Where values lie on one axis of the plane."""

    least: float
    most: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where this value lies."""
        span = self.most - self.least or 1
        return round(self.start + (self.end - self.start) * (value - self.least) / span, 1)


@dataclass
class _Axes:
    """The frame of a plot."""

    across: Scale
    up: Scale
    shapes: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def grid(self, values: Iterable[float], unit: str = "") -> None:
        """A line across at each of these values, with its number."""
        for value in values:
            y = self.up.at(value)
            self.shapes.append(Shape("grid", f"M{LEFT} {y}H{WIDTH - RIGHT}"))
            self.labels.append(Label(LEFT - 6, y + 4, f"{value:g}{unit}", "end"))

    def below(self, value: float, text: str) -> None:
        """A word under the axis."""
        self.labels.append(Label(self.across.at(value), HEIGHT - BOTTOM + 16, text))

    def line(self, kind: str, points: Sequence[tuple[float, float]], title: str = "") -> None:
        """A line through these."""
        through = "L".join(f"{self.across.at(x)} {self.up.at(y)}" for x, y in points)
        self.shapes.append(Shape(kind, f"M{through}", title))

    def points(self, kind: str, points: Sequence[tuple[float, float]], title: str) -> None:
        """A dot at each of these."""
        for x, y in points:
            path = f"M{self.across.at(x)} {self.up.at(y)}{SHAPES[InFunnel.USUAL]}"
            self.shapes.append(Shape(kind, path, title))


def _up(least: float, most: float) -> Scale:
    return Scale(least, most, HEIGHT - BOTTOM, TOP)


def funnel(points: Sequence[Point], target: float, below: str) -> Plot | None:
    """Groups against the limits within which chance alone would leave them (rule S-06); None where there is none."""
    if not points:
        return None
    most = max(FUNNEL_FROM * 4, ceil(max(point.n for point in points) * 1.1))
    lowest = min(50.0, *(10 * (point.percent // 10) for point in points))
    axes = _Axes(Scale(0, most, LEFT, WIDTH - RIGHT), _up(lowest, 100))
    axes.grid(range(int(lowest), 101, 10 if lowest >= 50 else 20), "%")
    axes.line("target", [(0, 100 * target), (most, 100 * target)])
    sizes = sorted({FUNNEL_FROM + round((most - FUNNEL_FROM) * (step / STEPS) ** 2) for step in range(STEPS + 1)})
    for kind, tail in (("flag-limit", FLAG_BELOW), ("alarm-limit", ALARM_BELOW)):
        limits = [(n, max(lowest, 100 * binomial_quantile(tail, n, target) / n)) for n in sizes]
        axes.line(kind, limits)
    for point in sorted(points, key=lambda each: each.lies == InFunnel.USUAL, reverse=True):
        x, y = axes.across.at(point.n), axes.up.at(point.percent)
        axes.shapes.append(Shape(point.lies, f"M{x} {y}{SHAPES[point.lies]}", point.name))
        if point.lies != InFunnel.USUAL:
            is_right = x > WIDTH / 2
            axes.labels.append(Label(x - 9 if is_right else x + 9, y + 4, point.name, "end" if is_right else "start"))
    for n in (0, most // 2, most):
        axes.below(n, str(n))
    axes.labels.append(Label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 3, below))
    return Plot(axes.shapes, axes.labels)


def runs(lines: Mapping[str, Sequence[float]], names: Sequence[str]) -> Plot | None:
    """How far each group has run below what is usual, month by month, and where that signals (rule S-07)."""
    if not lines or not names:
        return None
    most = max(CUSUM_LIMIT + 1, *(max(sums, default=0) for sums in lines.values()))
    axes = _Axes(Scale(0, len(names), LEFT, WIDTH - RIGHT), _up(0, most))
    axes.grid(range(0, ceil(most) + 1, max(1, round(most / 6))))
    axes.line("alarm-limit", [(0, CUSUM_LIMIT), (len(names), CUSUM_LIMIT)])
    for name, sums in lines.items():
        points = [(at + 0.5, value) for at, value in enumerate(sums)]
        signals = bool(sums) and sums[-1] > CUSUM_LIMIT
        axes.line("run-signals" if signals else "run", points, name)
        for at, value in points:
            axes.shapes.append(
                Shape(
                    "alarm" if signals else "usual", f"M{axes.across.at(at)} {axes.up.at(value)}{SHAPES['usual']}", name
                )
            )
        if signals:
            # Above the line's end, and under it where the plane has no room for words above.
            y = axes.up.at(sums[-1])
            axes.labels.append(Label(WIDTH - RIGHT, y - 8 if y >= 2 * TOP else y + 18, name, "end"))
    for at, name in enumerate(names):
        axes.below(at + 0.5, name)
    return Plot(axes.shapes, axes.labels)


def bars(figures: Mapping[str, float], unit: str = "") -> Plot | None:
    """A bar for each; None where there is nothing."""
    if not figures or max(figures.values()) <= 0:
        return None
    top = max(figures.values())
    axes = _Axes(Scale(0, len(figures), LEFT, WIDTH - RIGHT), _up(0, top * 1.15))
    for at, (name, value) in enumerate(figures.items()):
        left, right, y = axes.across.at(at + 0.15), axes.across.at(at + 0.85), axes.up.at(value)
        path = f"M{left} {HEIGHT - BOTTOM}V{y}H{right}V{HEIGHT - BOTTOM}z"
        axes.shapes.append(Shape("bar", path, f"{name}: {value:g}{unit}"))
        axes.labels.append(Label(round((left + right) / 2, 1), y - 5, f"{value:g}{unit}"))
        axes.below(at + 0.5, name)
    axes.shapes.append(Shape("grid", f"M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}"))
    return Plot(axes.shapes, axes.labels)


def trend(lines: Mapping[str, Sequence[int | str | None]], names: Sequence[str]) -> Plot | None:
    """Shares in percent, term by term, a line for each group, the last one of all; None where nothing is told."""
    told = {
        name: [(at + 0.5, share) for at, share in enumerate(shares) if isinstance(share, int)]
        for name, shares in lines.items()
    }
    if not any(told.values()):
        return None
    axes = _Axes(Scale(0, len(names), LEFT, WIDTH - RIGHT), _up(0, 100))
    axes.grid(range(0, 101, 20), "%")
    for name, points in told.items():
        kind = "run-of-all" if name == [*told][-1] else "run"
        if len(points) > 1:
            axes.line(kind, points, name)
        for at, share in points:
            axes.points("usual", [(at, share)], f"{name}: {share}%")
    every = -(-len(names) // MOST_NAMES)
    for at, name in enumerate(names):
        if (len(names) - 1 - at) % every == 0:
            axes.below(at + 0.5, name)
    return Plot(axes.shapes, axes.labels)
