"""The pages show the same events, escape everything, and need no script."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.integration.api.conftest import by_kind

BROWSER = {"Accept": "text/html"}


def test_the_first_page_shows_the_timeline_with_its_evidence(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "Moscow gave Tehran an ultimatum on 11 November 2006" in page.text
    assert "by 11 April 2016" in page.text
    assert "date not known" in page.text
    assert "<script" not in page.text
    assert "default-src &#39;none&#39;" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_form_narrows_and_keeps_what_was_asked(client: TestClient) -> None:
    page = client.get("/?actor=the+Kremlin&kind=ultimatum&modality=&start_date=2006&end_date=&q=")
    assert page.status_code == 200
    assert 'value="the Kremlin"' in page.text
    assert page.text.count("<article") == 1
    assert 'href="/v1/events?actor=the+Kremlin&amp;kind=ultimatum&amp;start_date=2006&amp;sort=-date"' in page.text


def test_the_first_page_begins_with_the_latest_and_the_list_as_its_data_does(client: TestClient) -> None:
    first, listed = client.get("/").text, client.get("/events").text
    assert first.index("15 April 2016") < first.index("11 November 2006")
    assert listed.index("11 November 2006") < listed.index("15 April 2016")
    assert 'href="/v1/events?sort=-date"' in first
    assert 'href="/v1/events"' in listed
    oldest = client.get("/?sort=date").text
    assert oldest.index("11 November 2006") < oldest.index("15 April 2016")


def test_around_shows_the_distance(client: TestClient) -> None:
    page = client.get("/around?date=2016-04-15").text
    assert "at least 4 days" in page
    assert "0 to 15 days" in page


def test_an_event_page_tells_how_the_date_was_read(client: TestClient) -> None:
    visit = by_kind(client.get("/v1/events?kind=visit"), "visit")
    page = client.get(f"/events/{visit['id']}").text
    assert "How the date was read" in page
    assert "Harbour Wire" in page


def test_an_event_page_tells_the_days_beside_the_date_and_the_reasons_of_rival_dates(client: TestClient) -> None:
    sale = by_kind(client.get("/v1/events?kind=sale&modality=all"), "sale")
    assert "planned for 2017" in client.get(f"/events/{sale['id']}").text
    meeting = by_kind(client.get("/v1/events?kind=meeting"), "meeting")
    assert "reported on 2016-04-15" in client.get(f"/events/{meeting['id']}").text
    ultimatum = by_kind(client.get("/v1/events?kind=ultimatum"), "ultimatum")
    page = client.get(f"/events/{ultimatum['id']}").text
    assert "2006-11-11 (60 %): the weekday agrees with 2006" in page
    assert "&lt;b&gt;the weekday&lt;/b&gt; agrees with 2017" in page


def test_a_document_page_marks_its_evidence(client: TestClient) -> None:
    page = client.get("/documents/1").text
    assert '<mark class="trigger">flew</mark>' in page
    assert "not read" in client.get("/documents/4").text


def test_markup_in_a_text_is_shown_and_not_run(fresh_client: TestClient) -> None:
    sent = {"text": "He wrote <script>alert(1)</script> on the wall.", "title": '"><img src=x onerror=alert(1)>'}
    told = fresh_client.post("/v1/documents", json=sent).json()["data"][0]
    page = fresh_client.get(f"/documents/{told['id']}").text
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_database_says_what_to_do(fresh_client: TestClient) -> None:
    assert fresh_client.get("/?datetime=1800").status_code == 200


def test_a_browser_gets_a_page_for_an_error_and_a_program_a_problem(client: TestClient) -> None:
    page = client.get("/events/nosuchevent", headers=BROWSER)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "no event has the id" in page.text
    assert client.get("/?kind=nonsense", headers=BROWSER).status_code == 400
    assert client.get("/v1/events/nosuchevent", headers=BROWSER).headers["content-type"].startswith("text/html")
    data = client.get("/v1/events/nosuchevent")
    assert data.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        ("*/*", False),  # curl, R, requests
        ("", False),  # pandas
        ("text/csv", False),
        ("application/json, text/plain, */*", False),
        ("application/json, text/html;q=0.5", False),
        ("text/html;q=0, */*", False),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", True),
    ],
)
def test_only_who_asks_for_pages_first_gets_a_page(client: TestClient, accept: str, *, is_page: bool) -> None:
    for path in ("/v1/events?knd=visit", "/v1/events.csv?knd=visit", "/v1/events/nosuchevent", "/v1/nothing"):
        reply = client.get(path, headers={"Accept": accept})
        expected = "text/html; charset=utf-8" if is_page else "application/problem+json"
        assert reply.headers["content-type"] == expected
        assert "Accept" in reply.headers["vary"]
