"""SVG: a timeline drawn by the server, for embedding and as a preview. A bar is as long as the date is vague."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from app.exports.axis import Axis, axis_of
from app.exports.printable import printable
from app.exports.table import Exporter, Record, Table
from app.exports.when import When, when

WIDTH, MARGIN, TOP, LANE, FOOT = 1000, 20, 56, 22, 44
BAR, LETTER = 10, 6.2  # height of a bar, width of a letter of the labels
MOST_LANES = 40
LONGEST_LABEL = 60
QUADS = {
    0: "statement",
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
STYLE = """
svg { background: #fff; font: 12px system-ui, sans-serif; color-scheme: light dark }
text { fill: #1f2933 } .quiet { fill: #66727f } .grid { stroke: #e1e6eb }
.q0 { fill: #8793a0 } .q1 { fill: #3c8dbc } .q2 { fill: #2a9d6a } .q3 { fill: #e0932f } .q4 { fill: #cc4b4b }
.vague { fill-opacity: .45 } .open { stroke: #66727f; stroke-dasharray: 3 2 }
@media (prefers-color-scheme: dark) {
  svg { background: #14181d } text { fill: #e6eaee } .quiet { fill: #9aa5b1 } .grid { stroke: #2a323b }
}
"""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One event on its lane; `label` stands left of the bar where the right edge is near."""

    record: Record
    at: When
    x: float
    width: float
    label: str
    to_the_left: bool

    @property
    def left(self) -> float:
        return self.x - self._label_width if self.to_the_left else self.x

    @property
    def right(self) -> float:
        return self.x + self.width + (0 if self.to_the_left else self._label_width)

    @property
    def _label_width(self) -> float:
        return len(self.label) * LETTER + 10


def write(table: Table) -> Iterator[bytes]:
    bars, axis = _bars(list(table.records))
    lanes, crowded = _packed(bars)
    notes = [*table.left_out, *([f"{len(crowded)} more that this picture has no room for"] if crowded else [])]
    height = TOP + max(len(lanes), 1) * LANE + FOOT
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img")
    ET.SubElement(root, "title").text = printable(table.title)
    ET.SubElement(root, "style").text = STYLE
    _words(root, MARGIN, 20, _shortened(table.title, 150))
    _draw_axis(root, axis, height)
    for number, lane in enumerate(lanes):
        for bar in lane:
            _draw(root, bar, TOP + number * LANE)
    _legend(root, height - 24)
    if notes:
        _words(root, MARGIN, height - 8, _shortened("Left out: " + "; ".join(notes), 160), "quiet")
    yield ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _bars(records: Sequence[Record]) -> tuple[list[_Bar], Axis]:
    placed = [(record, when(record)) for record in records]
    first = min((at.start for _, at in placed), default=date(2000, 1, 1))
    last = max((at.end for _, at in placed), default=date(2001, 1, 1))
    axis = axis_of(first, last, MARGIN, WIDTH - MARGIN)
    return [_bar(record, at, axis) for record, at in placed], axis


def _bar(record: Record, at: When, axis: Axis) -> _Bar:
    x = axis.x(at.start)
    width = max(axis.x(at.end) - x, 4)
    label = _shortened(printable(record["title"]), LONGEST_LABEL)
    return _Bar(record, at, x, width, label, x + width + len(label) * LETTER + 10 > WIDTH - MARGIN)


def _packed(bars: Sequence[_Bar]) -> tuple[list[list[_Bar]], list[_Bar]]:
    """Each bar on the first lane that has room for it and its label; the best reported find theirs first."""
    lanes: list[list[_Bar]] = []
    crowded: list[_Bar] = []
    for bar in sorted(bars, key=lambda bar: (-bar.record["n_reports"], bar.at.start, bar.record["id"])):
        free = next((lane for lane in lanes if all(_apart(bar, other) for other in lane)), None)
        if free is not None:
            free.append(bar)
        elif len(lanes) < MOST_LANES:
            lanes.append([bar])
        else:
            crowded.append(bar)
    return sorted(lanes, key=lambda lane: min(bar.at.start for bar in lane)), crowded


def _apart(one: _Bar, other: _Bar) -> bool:
    return one.right <= other.left or other.right <= one.left


def _draw(root: ET.Element, bar: _Bar, y: float) -> None:
    link = ET.SubElement(root, "a", href=printable(bar.record["url"]))
    vague = "" if bar.at.sure else " vague"
    classes = f"q{bar.record['quad']}{vague}{' open' if bar.at.open else ''}"
    shape = {"x": f"{bar.x:.1f}", "y": f"{y:.0f}", "width": f"{bar.width:.1f}", "height": str(BAR), "rx": "3"}
    drawn = ET.SubElement(link, "rect", shape, **{"class": classes})
    ET.SubElement(drawn, "title").text = printable(f"{bar.at.words}: {bar.record['evidence_text']}")
    if bar.to_the_left:
        _words(link, bar.x - 4, y + BAR - 1, bar.label, anchor="end")
    else:
        _words(link, bar.x + bar.width + 4, y + BAR - 1, bar.label)


def _draw_axis(root: ET.Element, axis: Axis, height: float) -> None:
    for day, words in axis.ticks():
        x = f"{axis.x(day):.1f}"
        ET.SubElement(root, "line", {"class": "grid", "x1": x, "x2": x, "y1": "44", "y2": str(height - FOOT)})
        _words(root, axis.x(day) + 3, 40, words, "quiet")


def _legend(root: ET.Element, y: float) -> None:
    x = float(MARGIN)
    for quad, words in QUADS.items():
        shape = {"x": f"{x:.0f}", "y": f"{y - 9:.0f}", "width": "10", "height": "10", "rx": "2"}
        ET.SubElement(root, "rect", shape, **{"class": f"q{quad}"})
        _words(root, x + 15, y, words, "quiet")
        x += 30 + len(words) * LETTER


def _words(parent: ET.Element, x: float, y: float, words: str, style: str = "", anchor: str = "start") -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}
    ET.SubElement(parent, "text", {**place, **({"class": style} if style else {})}).text = printable(words)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


SVG = Exporter(
    "svg",
    "image/svg+xml",
    write,
    left_out="all but title, date and quotation, and events that have no room (the picture counts them)",
    of_events=True,
    dated=True,
)
