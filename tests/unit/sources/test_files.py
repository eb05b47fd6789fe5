"""Paths become documents; what cannot be taken is reported with its place, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

from app.domain.spans import TimeSpan
from app.sources.decoding import decode
from app.sources.files import Format, Options, read_paths
from app.sources.received import Defaults, Item, Received, Refused, Unreadable

TEXT = "The minister visited Geneva on Monday.\r\nHe met nobody.\n"


def read(*paths: object, stdin: bytes = b"", options: Options | None = None) -> list[Item]:
    return list(read_paths([str(path) for path in paths], options or Options(), io.BytesIO(stdin)))


def texts(items: list[Item]) -> list[str]:
    return [item.document.text for item in items if isinstance(item, Received)]


def reasons(items: list[Item]) -> dict[str, str]:
    return {item.where: item.reason for item in items if isinstance(item, Refused)}


def test_a_text_is_kept_exactly_line_ends_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    [item] = read(tmp_path / "a.txt")
    assert isinstance(item, Received)
    assert item.document.text == TEXT
    assert item.where == str(tmp_path / "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        "Ministère à Genève — “oui”".encode(),
        "Ministère à Genève — “oui”".encode("utf-8-sig"),
        "Ministère à Genève — “oui”".encode("utf-16"),
        "Ministère à Genève — “oui”".encode("utf-32"),
        "Ministère à Genève — “oui”".encode("windows-1252"),
    ],
)
def test_the_usual_encodings_give_the_same_text(data: bytes) -> None:
    assert decode(data) == "Ministère à Genève — “oui”"


def test_bytes_that_windows_1252_lacks_are_read_as_latin_1() -> None:
    assert decode(b"He said so\x81 and left the room \xe9") == "He said so\x81 and left the room é"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Министр прибыл в Женеву".encode("windows-1251"), "encoding cannot be told"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"words\0words", "zero bytes"),
        (bytes(range(1, 32)) * 10, "control characters"),
        (b"\xff\xfe\x00\xd8", "not valid utf-16"),
    ],
)
def test_what_is_no_text_is_refused_with_the_mend(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decode(data)


def test_an_encoding_can_be_named() -> None:
    russian = "Министр прибыл в Женеву"
    assert decode(russian.encode("windows-1251"), "windows-1251") == russian
    with pytest.raises(Unreadable, match="no encoding is called 'klingon'"):
        decode(b"a", "klingon")


def test_a_malformed_line_does_not_stop_the_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"text": "one"}\n'
        b"{broken\n"
        b"\n"
        b'["text"]\n'
        b'{"title": "no text"}\n'
        b'{"text": 7}\n'
        b'{"text": "bad date", "published": "yesterday"}\n'
        b'{"text": "latin-1 caf\xe9 in the middle of a line"}\n'
        b'{"text": "last", "published": "2016-04"}'
    )
    items = read(path)
    assert texts(items) == ["one", "latin-1 café in the middle of a line", "last"]
    found = reasons(items)
    assert list(found) == [f"{path}:{number}" for number in (2, 4, 5, 6, 7)]
    assert "not JSON" in found[f"{path}:2"]
    assert "not a list" in found[f"{path}:4"]
    assert "text is missing" in found[f"{path}:5"]
    assert "must be a string, not a number" in found[f"{path}:6"]
    assert "not a date" in found[f"{path}:7"]


@pytest.mark.parametrize(
    ("published", "edtf"),
    [("2016", "2016"), ("2016-04", "2016-04"), ("2016-04-15", "2016-04-15"), ("2016-04-15T23:30:00Z", "2016-04-15")],
)
def test_dates_of_publication_keep_their_precision(published: str, edtf: str) -> None:
    [item] = read("-", stdin=json.dumps({"text": "a", "published": published}).encode())
    assert isinstance(item, Received)
    assert item.document.published
    assert item.document.published.edtf() == edtf


@pytest.mark.parametrize("published", ["2016-13", "2015-02-29", "0000", "15.4.2016"])
def test_a_day_that_the_calendar_lacks_is_refused(published: str) -> None:
    [item] = read("-", stdin=json.dumps({"text": "a", "published": published}).encode())
    assert isinstance(item, Refused)


def test_one_json_value_may_be_an_object_a_list_or_hold_documents(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text('{\n "text": "one"\n}')
    (tmp_path / "2.json").write_text('[{"text": "two"}, {"title": "none"}, {"text": "three"}]')
    (tmp_path / "3.json").write_text('{"documents": [{"text": "four"}]}')
    items = read(tmp_path)
    assert texts(items) == ["one", "two", "three", "four"]
    assert list(reasons(items)) == [f"{tmp_path / '2.json'}[2]"]


def test_json_lines_under_a_wrong_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "lines.json"
    path.write_text('{"text": "one"}\n{"text": "two"}\n')
    assert "--format jsonl" in reasons(read(path))[str(path)]
    assert texts(read(path, options=Options(format=Format.JSONL))) == ["one", "two"]


def test_json_lines_in_utf_16_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes('{"text": "één"}\nbroken\n{"text": "twee"}\n'.encode("utf-16"))
    items = read(path)
    assert texts(items) == ["één", "twee"]
    assert list(reasons(items)) == [f"{path}:2"]


def test_a_folder_is_read_by_name_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "c.txt").write_text("third")
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "b" / "x.txt").write_text("deep")
    (tmp_path / ".hidden.txt").write_text("unseen")
    (tmp_path / ".git" / "log.txt").write_text("unseen")
    (tmp_path / "photo.jpeg").write_bytes(b"\xff\xd8\xff")
    os.symlink(tmp_path, tmp_path / "loop")
    items = read(tmp_path)
    assert texts(items) == ["first", "third", "deep"]
    assert list(reasons(items)) == [str(tmp_path / "photo.jpeg")]


def test_a_missing_path_is_reported_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("here")
    items = read(tmp_path / "none.txt", tmp_path / "a.txt")
    assert texts(items) == ["here"]
    assert "no such file" in reasons(items)[str(tmp_path / "none.txt")]


@pytest.mark.parametrize(
    ("stdin", "expected"),
    [
        (b'{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b'{\n"text": "one"}', ["one"]),
        (b'{bad\n{"text": "two"}\n', ["two"]),
        (b'[{"text": "one"}]', ["one"]),
        (b"[MOSCOW] plain words", ["[MOSCOW] plain words"]),
        (b"plain words", ["plain words"]),
        (b"", [""]),
    ],
)
def test_standard_input_is_taken_for_what_it_looks_like(stdin: bytes, expected: list[str]) -> None:
    assert texts(read("-", stdin=stdin)) == expected


def test_lines_of_a_pipe_are_answered_while_it_is_open() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin, os.fdopen(writing, "wb", buffering=0) as pipe:
        pipe.write(b'{"text": "one"}\n')
        items = read_paths(["-"], Options(), stdin)
        first = next(items)
        assert isinstance(first, Received)
        assert first.document.text == "one"
        pipe.write(b'{"text": "two"}\n')
        second = next(items)
        assert isinstance(second, Received)
        assert second.document.text == "two"


def test_defaults_fill_in_only_what_is_missing() -> None:
    march = TimeSpan.of_day(date(2016, 3, 1))
    options = Options(Defaults("The Paper", march))
    stdin = b'{"text": "a"}\n{"text": "b", "publisher": "Other", "published": "2015"}\n'
    first, second = (item.document for item in read("-", stdin=stdin, options=options) if isinstance(item, Received))
    assert (first.publisher, first.published) == ("The Paper", march)
    assert (second.publisher, second.published) == ("Other", TimeSpan.of_year(2015))


def test_five_megabytes_of_text_are_handed_on_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Words and words. " * 300_000)
    [text] = texts(read(path))
    assert len(text) == 17 * 300_000


PAGE = """<!DOCTYPE html><html><head><title>Old  title</title>
<meta property="og:title" content="Envoy in Geneva"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2016-04-15T08:00:00+02:00">
<link rel="canonical" href="https://example.org/geneva"><script>var a = "no";</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Envoy in Geneva</h1>
<p>The envoy &amp; his   aides <b>visited</b>&nbsp;Geneva
on Monday.</p><aside>Read more</aside><p>They met nobody.<br>Nobody met them.</p></article>
<footer>Imprint</footer></body>"""


def test_a_saved_page_becomes_the_text_of_its_article(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    [item] = read(tmp_path)
    assert isinstance(item, Received)
    assert item.document.text == (
        "Envoy in Geneva\n\nThe envoy & his aides visited Geneva on Monday.\n\nThey met nobody.\n\nNobody met them."
    )
    assert item.document.title == "Envoy in Geneva"
    assert item.document.publisher == "The Paper"
    assert item.document.url == "https://example.org/geneva"
    assert item.document.published == TimeSpan.of_day(date(2016, 4, 15))


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "app.html").write_text("<html><body><div id=root></div><script>start()</script></body></html>")
    assert "no text of its own" in reasons(read(tmp_path))[str(tmp_path / "app.html")]


@pytest.mark.parametrize(("name", "place"), [("a.jsonl", ":2"), ("a.json", "[2]")])
def test_a_misspelt_key_is_refused_with_the_nearest(tmp_path: Path, name: str, place: str) -> None:
    records = [{"text": "One."}, {"text": "Two.", "publishd": "2016-04-15", "mood": 1}]
    lines = "\n".join(map(json.dumps, records))
    (tmp_path / name).write_text(lines if name.endswith("l") else json.dumps(records))
    items = read(tmp_path / name)
    assert texts(items) == ["One."]
    told = reasons(items)[f"{tmp_path / name}{place}"]
    assert told.startswith("there is no key 'publishd', did you mean 'published'?; there is no key 'mood'. Known are")
    assert texts(read(tmp_path / name, options=Options(other_keys=True))) == ["One.", "Two."]
