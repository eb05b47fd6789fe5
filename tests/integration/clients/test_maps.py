"""GDAL, which QGIS and most map programs connect with, as an OGC API Features client."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pyogrio
import pytest

from tests.integration.clients.conftest import Service


@pytest.fixture(scope="module")
def source(served: str) -> str:
    return f"OAPIF:{served}/ogc"


def rows(source: str, **how: Any) -> tuple[list[str], list[str]]:
    """The ids and kinds of the features that are read."""
    meta, _, _, data = pyogrio.raw.read(source, layer="events", **how)
    fields = list(meta["fields"])
    return list(data[fields.index("id")]), list(data[fields.index("kind")])


def test_the_layer_is_listed_with_its_fields(source: str) -> None:
    assert pyogrio.list_layers(source)[0][0] == "events"
    info = pyogrio.read_info(source, layer="events")
    assert info["crs"] == "OGC:CRS84" or "4326" in str(info["crs"])
    assert {"id", "kind", "title", "date_earliest", "evidence_text"} <= set(info["fields"])


def test_all_features_are_read(source: str, served: str) -> None:
    wanted = [record["id"] for record in httpx.get(f"{served}/v1/events").json()["data"]]
    assert rows(source)[0] == wanted


def test_a_box_is_pushed_down_to_the_server(source: str, service: Service) -> None:
    assert rows(source, bbox=(37, 55, 38, 56))[1] == ["visit"]
    assert any("bbox=37" in address for address in service.asked())


def test_a_filter_by_a_property_is_pushed_down_to_the_server(source: str, service: Service) -> None:
    assert rows(source, where="kind = 'ultimatum'")[1] == ["ultimatum"]
    assert any("kind=ultimatum" in address for address in service.asked())
    assert rows(source, where="modality = 'planned'")[1] == ["sale"]


def test_pages_are_followed_to_the_end(served: str) -> None:
    ids: list[str] = []
    before: str | None = None
    address: str | None = f"{served}/ogc/collections/events/items?limit=2"
    while address:
        reply = httpx.get(address)
        page = reply.json()
        ids += [feature["id"] for feature in page["features"]]
        assert reply.headers["ogc-numbermatched"] == "6" == str(page["numberMatched"])
        back = next((link["href"] for link in page["links"] if link["rel"] == "prev"), None)
        assert back == before
        before = address
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(ids) == len(set(ids)) == 6


def test_what_the_standard_asks_for_is_there(served: str) -> None:
    landing = httpx.get(f"{served}/ogc").json()
    links = {link["rel"]: link for link in landing["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= links.keys()
    description = httpx.get(links["service-desc"]["href"])
    assert description.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert description.json()["components"]["parameters"]["limit"]["schema"]["maximum"] == 1000
    core = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
    assert core in httpx.get(links["conformance"]["href"]).json()["conformsTo"]
    (collection,) = httpx.get(links["data"]["href"]).json()["collections"]
    assert collection["extent"]["temporal"]["interval"] == [["2006-11-11T00:00:00Z", "2017-12-31T00:00:00Z"]]
    schema = httpx.get(f"{served}/ogc/collections/events/queryables").json()
    jsonschema.Draft202012Validator.check_schema(schema)


def test_one_feature_is_found_and_a_wrong_id_is_not(served: str) -> None:
    first = httpx.get(f"{served}/ogc/collections/events/items?limit=1").json()["features"][0]
    one = httpx.get(f"{served}/ogc/collections/events/items/{first['id']}").json()
    assert (one["type"], one["properties"]) == ("Feature", first["properties"])
    assert httpx.get(f"{served}/ogc/collections/events/items/nosuchevent").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("datetime=2016-04-14T00:00:00Z/2016-04-14T23:59:59Z", {"accusation", "visit"}),
        ("datetime=../2006-12-31T00:00:00Z", {"ultimatum", "delivery"}),
        ("bbox=37,55,0,38,56,100", {"visit"}),
        ("kind=visit&f=json", {"visit"}),
    ],
)
def test_windows_and_boxes_are_read_as_the_standard_writes_them(served: str, query: str, found: set[str]) -> None:
    reply = httpx.get(f"{served}/ogc/collections/events/items?{query}")
    assert {feature["properties"]["kind"] for feature in reply.json()["features"]} == found


@pytest.mark.parametrize("query", ["bbox=1,2,3", "datetime=soon", "limit=0", "colour=red", "crs=EPSG:3857"])
def test_what_is_not_understood_is_refused(served: str, query: str) -> None:
    assert httpx.get(f"{served}/ogc/collections/events/items?{query}").status_code == 400
