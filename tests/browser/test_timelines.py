"""TimelineJS and vis-timeline load an answer as it comes, in a real browser, without an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

Shown = Callable[[str], dict[str, Any]]
# Errors are gathered from the first line on; what is drawn is counted once the page had time to draw it.
PAGE = """<!doctype html><meta charset="utf-8">
<script>
  const errors = [];
  window.addEventListener("error", event => errors.push(String(event.message || event.target.src)), true);
  window.addEventListener("unhandledrejection", event => errors.push(String(event.reason)));
  console.error = (...told) => errors.push(told.join(" "));
  const report = found => {
    const place = document.createElement("pre");
    place.id = "report";
    place.textContent = JSON.stringify({errors, ...found});
    document.body.append(place);
  };
  const texts = selector => [...document.querySelectorAll(selector)].map(found => found.textContent.trim());
</script>
<link rel="stylesheet" href="%(style)s">
<body><div id="timeline" style="width: 900px; height: 600px"></div>
<script src="%(script)s"></script>
<script>
  fetch("%(address)s").then(reply => reply.json()).then(data => {
    %(draw)s
  });
</script>
"""
TIMELINEJS = {
    "style": "{packages}/@knight-lab/timelinejs/dist/css/timeline.css",
    "script": "{packages}/@knight-lab/timelinejs/dist/js/timeline.js",
    "draw": """
      new TL.Timeline("timeline", data, {font: null, hash_bookmark: false});
      setTimeout(() => report({
        markers: texts(".tl-timemarker .tl-headline"), dates: texts(".tl-slide .tl-headline-date"),
        messages: texts(".tl-message-content"),
      }), 5000);""",
}
VIS = {
    "style": "{packages}/vis-timeline/styles/vis-timeline-graph2d.min.css",
    "script": "{packages}/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js",
    "draw": """
      const items = new vis.DataSet(data.items), groups = new vis.DataSet(data.groups);
      const drawn = new vis.Timeline(document.getElementById("timeline"), items, groups, {});
      drawn.fit({animation: false});
      setTimeout(() => report({
        items: items.length, groups: texts(".vis-labelset .vis-label"), shown: texts(".vis-item .vis-item-content"),
        classes: [...document.querySelectorAll(".vis-item")].map(found => found.className).join(" "),
      }), 5000);""",
}


def test_timelinejs_shows_every_slide_with_its_own_date(shown: Shown, served: str) -> None:
    address = f"{served}/v1/events.timelinejs?modality=all"
    slides = httpx.get(address).json()["events"]
    found = shown(PAGE % {**TIMELINEJS, "address": address})
    assert (found["errors"], found["messages"]) == ([], [])
    assert sorted(found["markers"]) == sorted(slide["text"]["headline"] for slide in slides)
    assert sorted(filter(None, found["dates"])) == sorted(slide["display_date"] for slide in slides)


def test_vis_timeline_shows_every_item_in_its_group(shown: Shown, served: str) -> None:
    address = f"{served}/v1/events.vis?modality=all"
    answer = httpx.get(address).json()
    found = shown(PAGE % {**VIS, "address": address})
    assert found["errors"] == []
    assert found["items"] == len(answer["items"])
    assert sorted(found["shown"]) == sorted(item["content"] for item in answer["items"])
    assert sorted(found["groups"]) == sorted(group["content"] for group in answer["groups"])
    assert "precision-month" in found["classes"]


def test_an_error_of_a_page_is_seen(shown: Shown, served: str) -> None:
    broken = {**VIS, "draw": "setTimeout(() => report({}), 1000); nothing.at.all();"}
    assert shown(PAGE % {**broken, "address": f"{served}/v1/events.vis"})["errors"] != []
