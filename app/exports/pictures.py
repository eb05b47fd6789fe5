"""A chart as a picture: SVG or PNG, the same bytes for the same chart."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from app.exports.chart import Chart, Form, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Told apart by those who see colours less well, too (Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#6a3d9a", "#555555")
INK, FAINT, GRID = "#222222", "#666666", "#e6e6e6"
STYLE: Any = {
    "svg.hashsalt": "dateline",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
}
MOST_BARS = 400
LONGEST_NAME = 28
_DRAWING = threading.Lock()  # the settings of the drawing are the process's own


def svg(chart: Chart) -> bytes:
    return _drawn(chart, "svg", {"Date": None, "Creator": "Dateline"})


def png(chart: Chart) -> bytes:
    return _drawn(chart, "png", {"Software": "Dateline"})


def _drawn(chart: Chart, kind: str, metadata: Mapping[str, Any]) -> bytes:
    import matplotlib as mpl  # two thirds of a second of loading
    from matplotlib.figure import Figure

    sheet = io.BytesIO()
    with _DRAWING, mpl.rc_context(STYLE):
        figure = Figure(figsize=_size(chart), layout="constrained")
        _FORMS[chart.form](figure, chart)
        figure.suptitle(_escaped(chart.title), x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK)
        figure.savefig(sheet, format=kind, dpi=120, metadata=dict(metadata))
    return sheet.getvalue()


def _size(chart: Chart) -> tuple[float, float]:
    if chart.form is Form.RANKED:
        return 9.0, max(3.0, 1.4 + 0.34 * len(chart.x))
    return (9.0, 7.5) if chart.form is Form.LINKS else (9.0, 6.0 if chart.below else 4.5)


def _lines(figure: Figure, chart: Chart) -> None:
    if chart.below:
        axes, under = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        under.axhline(0, color=FAINT, linewidth=0.8)
        under.plot(_x(chart), _y(chart.below), color=COLOURS[2], linewidth=1.2)
        under.set_ylabel(chart.below.name)
    else:
        axes = figure.subplots()
    for at, series in enumerate(chart.series):
        _line(axes, chart, series, at)
    for day in chart.marks:
        label = "change of level" if day == chart.marks[0] else None
        axes.axvline(_instant(day), color=FAINT, linestyle=":", linewidth=1, label=label)
    _finish(axes, chart)


def _line(axes: Axes, chart: Chart, series: Series, at: int) -> None:
    colour = COLOURS[at % len(COLOURS)]
    if not series.high:
        axes.plot(_x(chart), _y(series), color=colour, linewidth=1.6, label=_short(series.name))
        return
    low, high = _y(series), [float(value) for value in series.high]
    axes.fill_between(_x(chart), low, high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(_x(chart), low, color=colour, linewidth=1.0, label=_short(series.name))


def _bars(figure: Figure, chart: Chart) -> None:
    axes = figure.subplots()
    if len(chart.x) > MOST_BARS or len(chart.series) > 1:
        for at, series in enumerate(chart.series[: len(COLOURS)]):
            _line(axes, chart, series, at)
    elif chart.series:
        [series] = chart.series
        more = [high - low for low, high in zip(_y(series), series.high, strict=True)] if series.high else []
        width = 0.9 * _step(chart)
        axes.bar(_x(chart), _y(series), width=width, color=COLOURS[0], label="certain", align="edge")
        if any(more):
            axes.bar(
                _x(chart),
                more,
                width=width,
                bottom=_y(series),
                color=COLOURS[0],
                alpha=0.3,
                label="possible",
                align="edge",
            )
    _finish(axes, chart)


def _step(chart: Chart) -> float:
    """The least days between two intervals."""
    days = [day.toordinal() for day in chart.x if isinstance(day, date)]
    return float(min((b - a for a, b in pairwise(days)), default=30))


def _ranked(figure: Figure, chart: Chart) -> None:
    axes = figure.subplots()
    height = 0.8 / max(len(chart.series), 1)
    places = range(len(chart.x))
    for at, series in enumerate(chart.series):
        shifted = [place + (at - (len(chart.series) - 1) / 2) * height for place in places]
        axes.barh(shifted, _y(series), height=height, color=COLOURS[at % len(COLOURS)], label=_short(series.name))
    axes.set_yticks(list(places), [_short(str(name)) for name in chart.x])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.set_xlabel(chart.y)
    _legend(axes, chart)


def _links(figure: Figure, chart: Chart) -> None:
    """Nodes on a circle, communities side by side: nothing moves when a link is added."""
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    sizes, groups = (_y(series) for series in chart.series[:2])
    order = sorted(range(len(chart.x)), key=lambda at: (groups[at], -sizes[at], str(chart.x[at])))
    angle = {str(chart.x[at]): 2 * math.pi * place / max(len(order), 1) for place, at in enumerate(order)}
    most = max((link.weight for link in chart.links), default=1)
    for link in chart.links:
        ends = [(math.cos(angle[name]), math.sin(angle[name])) for name in (link.source, link.target)]
        share = math.sqrt(link.weight / most)
        axes.plot(*zip(*ends, strict=True), color=FAINT, linewidth=0.4 + 4 * share, alpha=0.15 + 0.45 * share, zorder=1)
    greatest = max(sizes, default=1)
    for at in order:
        name = str(chart.x[at])
        x, y = math.cos(angle[name]), math.sin(angle[name])
        colour = COLOURS[(int(groups[at]) - 1) % len(COLOURS)]
        axes.scatter([x], [y], s=30 + 350 * sizes[at] / greatest, color=colour, edgecolors="white", zorder=2)
        turned = math.degrees(angle[name])
        left = 90 < turned < 270
        axes.text(
            1.08 * x, 1.08 * y, _short(name), rotation=turned - 180 if left else turned, rotation_mode="anchor",
            ha="right" if left else "left", va="center", fontsize=8, color=INK,
        )  # fmt: skip
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.75, 1.75)
    if chart.subtitle:
        axes.set_title(_escaped(chart.subtitle), loc="left", fontsize=9, color=FAINT)


def _finish(axes: Axes, chart: Chart) -> None:
    axes.set_ylabel(chart.y)
    axes.set_ylim(bottom=0)
    if chart.x_title:
        axes.set_xlabel(chart.x_title)
    if chart.subtitle:
        axes.set_title(_escaped(chart.subtitle), loc="left", fontsize=9, color=FAINT)
    _legend(axes, chart)
    if not chart.x:
        axes.text(0.5, 0.5, "no events", transform=axes.transAxes, ha="center", color=FAINT)


def _legend(axes: Axes, chart: Chart) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if len(labels) > 1:
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.legend(handles, labels, loc="outside lower left", frameon=False, fontsize=9, ncols=min(len(labels), 4))


def _x(chart: Chart) -> list[Any]:
    return [_instant(day) if isinstance(day, date) else float(day) for day in chart.x]


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - an axis of days has no zone


def _y(series: Series) -> list[float]:
    return [math.nan if value is None else float(value) for value in series.values]


def _short(name: str) -> str:
    return _escaped(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…")


def _escaped(text: str) -> str:
    """Dollar signs would begin a formula."""
    return text.replace("$", r"\$")


_FORMS: dict[Form, Callable[[Figure, Chart], None]] = {
    Form.LINES: _lines,
    Form.BARS: _bars,
    Form.RANKED: _ranked,
    Form.LINKS: _links,
}
