"""A chart as a Vega-Lite specification that brings its data along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.exports.as_json import dumps
from app.exports.chart import Chart, Form

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def vegalite(chart: Chart) -> bytes:
    made = _FORMS[chart.form](chart)
    title = {"text": chart.title, "subtitle": chart.subtitle} if chart.subtitle else chart.title
    return dumps(
        {
            "$schema": SCHEMA,
            "title": title,
            "background": "white",
            **({} if "vconcat" in made else {"width": 700}),
            **made,
        }
    )


def _values(chart: Chart) -> list[dict[str, Any]]:
    return [
        {"x": place, "series": series.name, "value": value, "high": series.high[at] if series.high else None}
        for series in chart.series
        for at, (place, value) in enumerate(zip(chart.x, series.values, strict=True))
    ]


def _x(chart: Chart) -> dict[str, Any]:
    days = bool(chart.x) and isinstance(chart.x[0], date)
    return {"field": "x", "type": "temporal" if days else "ordinal", "title": chart.x_title or None, "sort": None}


def _over_time(chart: Chart) -> dict[str, Any]:
    mark = {"type": "bar"} if chart.form is Form.BARS and len(chart.series) == 1 else {"type": "line"}
    y = {"field": "value", "type": "quantitative", "title": chart.y}
    colour = {"field": "series", "type": "nominal", "title": None}
    encoding = {"x": _x(chart), "y": y, "color": colour}
    area = {"mark": {"type": "area", "opacity": 0.2}, "encoding": {**encoding, "y2": {"field": "high"}}}
    area["transform"] = [{"filter": "datum.high != null"}]
    marks = [{"mark": {"type": "rule", "strokeDash": [2, 2]}, "data": {"values": [{"x": day} for day in chart.marks]}}]
    for one in marks:
        one["encoding"] = {"x": _x(chart)}
    main = {"layer": [area, {"mark": mark, "encoding": encoding}, *(marks if chart.marks else [])]}
    data = {"data": {"values": _values(chart)}}
    if chart.below is None:
        return {**data, **main}
    tone = [{"x": place, "value": value} for place, value in zip(chart.x, chart.below.values, strict=True)]
    under = {
        "data": {"values": tone},
        "height": 80,
        "width": 700,
        "mark": "line",
        "encoding": {"x": _x(chart), "y": {"field": "value", "type": "quantitative", "title": chart.below.name}},
    }
    return {"vconcat": [{**data, **main, "width": 700}, under]}


def _ranked(chart: Chart) -> dict[str, Any]:
    return {
        "data": {"values": _values(chart)},
        "mark": "bar",
        "encoding": {
            "y": {"field": "x", "type": "nominal", "sort": None, "title": None},
            "yOffset": {"field": "series"},
            "x": {"field": "value", "type": "quantitative", "title": chart.y},
            "color": {"field": "series", "type": "nominal", "title": None},
        },
    }


def _links(chart: Chart) -> dict[str, Any]:
    """Vega-Lite lays out no networks: the links as a matrix."""
    links = [{"source": link.source, "target": link.target, "n": link.weight} for link in chart.links]
    return {
        "data": {"values": links},
        "height": 700,
        "mark": "rect",
        "encoding": {
            "x": {"field": "target", "type": "nominal", "sort": list(chart.x), "title": None},
            "y": {"field": "source", "type": "nominal", "sort": list(chart.x), "title": None},
            "color": {"field": "n", "type": "quantitative", "scale": {"type": "sqrt"}, "title": "events"},
        },
    }


_FORMS: dict[Form, Callable[[Chart], dict[str, Any]]] = {
    Form.LINES: _over_time,
    Form.BARS: _over_time,
    Form.RANKED: _ranked,
    Form.LINKS: _links,
}
