"""What a picture is drawn from: values and words, nothing of how they look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    BARS = "bars"
    LINES = "lines"
    RANKED = "ranked"  # horizontal bars, the greatest first
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Series:
    """Values, None where there is none. `high`, where there is one, is the end of a range that begins with them."""

    name: str
    values: tuple[float | None, ...]
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    source: str
    target: str
    weight: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`x` are first days of intervals, or names. `below` is drawn under the rest with a scale of its own; `marks` are
    days that are marked. Of `links`, `x` are the nodes and the first series their sizes."""

    form: Form
    title: str
    x: tuple[date, ...] | tuple[str, ...]
    series: tuple[Series, ...]
    y: str = ""
    below: Series | None = None
    marks: tuple[date, ...] = ()
    links: tuple[Link, ...] = ()
    subtitle: str = ""
    x_title: str = ""
