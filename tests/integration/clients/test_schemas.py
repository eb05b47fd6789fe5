"""The JSON formats hold to the published shape of each: JSON Feed 1.1, GeoJSON, TimelineJS 3, vis-timeline 8.

The schemas are written here after each format's specification; every one refuses a member that it does not know.
"""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
INSTANT: Schema = {"type": "string", "format": "date-time"}


def closed(required: dict[str, Schema], optional: dict[str, Schema] | None = None, **more: Any) -> Schema:
    members = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": members, "additionalProperties": False, **more}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


OWN: Schema = {"patternProperties": {"^_": {}}}  # JSON Feed: keys of one's own begin with an underscore
FEED = closed(
    {"version": {"const": "https://jsonfeed.org/version/1.1"}, "title": TEXT, "items": listed(
        closed(
            {"id": TEXT, "content_text": TEXT},
            {"url": TEXT, "external_url": TEXT, "title": TEXT, "date_published": INSTANT, "date_modified": INSTANT,
             "authors": listed(closed({"name": TEXT})), "tags": listed(TEXT)},
            **OWN,
        )
    )},
    {"feed_url": TEXT, "next_url": TEXT, "description": TEXT, "home_page_url": TEXT},
    **OWN,
)  # fmt: skip
POINT = closed(
    {"type": {"const": "Point"}, "coordinates": {"type": "array", "minItems": 2, "items": {"type": "number"}}}
)
GEOJSON: Schema = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": listed(
            closed(
                {"type": {"const": "Feature"}, "geometry": {"oneOf": [POINT, {"type": "null"}]},
                 "properties": {"type": "object"}},
                {"id": TEXT},
            )
        ),
        # RFC 7946, 7.1: members of other objects may not be used with another meaning
        "coordinates": False, "geometries": False, "geometry": False, "properties": False,
    },
}  # fmt: skip
MONTH: Schema = {"type": "integer", "minimum": 1, "maximum": 12}
DATE = closed(
    {"year": {"type": "integer"}},
    {"month": MONTH, "day": {"type": "integer", "minimum": 1, "maximum": 31}},
    dependentRequired={"day": ["month"]},
)
WORDS = closed({"headline": TEXT}, {"text": TEXT})
TIMELINEJS = closed(
    {"events": listed(
        closed(
            {"start_date": DATE, "text": WORDS},
            {"end_date": DATE, "display_date": TEXT, "group": TEXT, "unique_id": TEXT},
        )
    )},
    {"title": closed({"text": WORDS})},
)  # fmt: skip
VIS = closed(
    {
        "items": listed(
            closed(
                {"id": TEXT, "content": TEXT, "start": DAY},
                {"end": DAY, "group": TEXT, "type": {"enum": ["box", "point", "range", "background"]}, "title": TEXT,
                 "className": {"type": "string", "pattern": "^[a-z0-9 -]+$"}, "url": TEXT},
            )
        ),
        "groups": listed(closed({"id": TEXT, "content": TEXT})),
    },
    {"left_out": listed(TEXT)},
)  # fmt: skip
WHEN: Schema = {"type": "integer"}
GRAFANA = listed(
    closed({"time": WHEN, "timeEnd": WHEN, "title": TEXT, "text": TEXT, "tags": listed(TEXT)}, {"id": TEXT})
)
SCHEMAS = {"feed": FEED, "geojson": GEOJSON, "timelinejs": TIMELINEJS, "vis": VIS, "grafana": GRAFANA}


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("question", ["events?modality=all", "around?date=2016-04-15", "events?kind=withdrawal"])
def test_an_answer_has_the_published_shape(served: str, name: str, question: str) -> None:
    reply = httpx.get(f"{served}/v1/{question}&f={name}")
    jsonschema.Draft202012Validator(SCHEMAS[name], format_checker=jsonschema.FormatChecker()).validate(reply.json())


def test_items_of_a_timeline_have_groups_that_are_there(served: str) -> None:
    answer = httpx.get(f"{served}/v1/events.vis?modality=all").json()
    assert {item["group"] for item in answer["items"]} == {group["id"] for group in answer["groups"]}
    assert all(item["start"] < item["end"] for item in answer["items"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_member_too_many_would_be_seen(name: str) -> None:
    wrong = {"feed": {"made_up": 1}, "geojson": {"coordinates": []}, "timelinejs": {"slides": []}, "vis": {"lines": []}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong.get(name, [{"made_up": 1}]), SCHEMAS[name])
