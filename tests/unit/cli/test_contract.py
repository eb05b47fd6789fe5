"""The four commands: good lines are answered in order, a bad one is told with its number and the rest goes on."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, BinaryIO

import pytest

from app.cli import contract

KEYS = [
    *(
        "doc",
        "span",
        "trigger",
        "kind",
        "plover",
        "cameo",
        "start",
        "end",
        "edtf",
        "precision",
        "lasting",
        "date_basis",
    ),
    *("date_text", "source", "target", "others", "object", "quantity", "value", "instrument", "place"),
    *("place_country", "latitude", "longitude", "modality", "attribution", "role"),
    *("confidence", "rule", "reported", "planned", "deadline", "cue", "saying"),
]
Command = Callable[[BinaryIO, BinaryIO], int]


def run(command: Command, *lines: object) -> tuple[int, list[dict[str, Any]]]:
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out = io.BytesIO()
    code = command(io.BytesIO(given.encode()), out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_extract_writes_every_field_of_the_contract() -> None:
    text = "Russia delivered S-300 missiles to Iran on Monday, officials said."
    code, lines = run(contract.extract, {"doc": "a", "published": "2016-04-15", "text": text})
    assert code == 0
    [delivery] = [line for line in lines if line["kind"] == "delivery"]
    assert list(delivery) == KEYS
    assert (delivery["start"], delivery["end"], delivery["edtf"]) == ("2016-04-11", "2016-04-11", "2016-04-11")
    assert (delivery["source"], delivery["target"]) == (["RUS"], ["IRN"])
    first, last = delivery["trigger"]
    assert text[first:last] == "delivered"
    first, last = delivery["date_text"]
    assert text[first:last] == "Monday"


def test_extract_tells_the_day_of_the_saying_and_the_day_planned_apart() -> None:
    text = (
        "Officials said on Monday that Russia had delivered S-300 missiles to Iran. "
        "The French president will visit Tehran on 3 May."
    )
    _, lines = run(contract.extract, {"doc": "a", "published": "2016-04-15", "text": text})
    told = {line["kind"]: (line["edtf"], line["reported"], line["planned"]) for line in lines}
    assert told["delivery"] == ("../2016-04-11", "2016-04-11", None)
    assert told["visit"] == ("2016-05-03", None, "2016-05-03")


def test_extract_tells_bad_lines_and_answers_the_others(capfd: pytest.CaptureFixture[str]) -> None:
    good = {"published": None, "text": "The French president visited Berlin on 3 May 2010."}
    code, lines = run(
        contract.extract,
        {"doc": "a"} | good,
        "{bad",
        "",
        {"doc": "b", "published": "soon", "text": "x"},
        {"doc": "c", "published": 2016, "text": "x"},
        {"doc": "d"},
        "[1]",
        {"doc": "e"} | good,
    )
    assert code == 1
    assert {line["doc"] for line in lines} == {"a", "e"}
    told = capfd.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in told] == [f" line {number}" for number in (2, 4, 5, 6, 7)]


def test_a_text_in_another_language_gives_no_mention() -> None:
    german = "Der russische Präsident hat am Montag in Berlin die Bundeskanzlerin getroffen."
    assert run(contract.extract, {"doc": "a", "published": "2016-04-15", "text": german}) == (0, [])


def test_timex_writes_types_and_values() -> None:
    code, lines = run(contract.timex, {"name": "a", "dct": "2016-04-15", "text": "He came on Monday."})
    assert (code, lines) == (0, [{"name": "a", "timexes": [[11, 17, "DATE", "2016-04-11"]]}])


def test_timex_needs_no_day_of_publication(capfd: pytest.CaptureFixture[str]) -> None:
    text = "He came on 3 May 2010."
    found = [[11, 21, "DATE", "2010-05-03"]]
    code, lines = run(contract.timex, *({"name": dct, "dct": dct, "text": text} for dct in (None, "", " ", "x", 5)))
    assert code == 1
    assert lines == [{"name": dct, "timexes": found} for dct in (None, "", " ")]
    told = capfd.readouterr().err.splitlines()
    assert told[0].startswith("dateline: line 4: dct 'x' is not a date")
    assert told[1] == "dateline: line 5: dct must be a string or null"


def test_code_adds_the_coding_to_the_line() -> None:
    line = {"id": 7, "sentence": "Russia refused to sell missiles to Iran.", "source": "Russia", "target": "Iran"}
    code, lines = run(contract.code, line, {"sentence": "no sides"})
    assert code == 1
    [answer] = lines
    assert answer == line | {
        "plover": "REJECT",
        "kind": "refusal",
        "cameo": answer["cameo"],
        "modality": "asserted",
    }
    assert answer["cameo"].startswith("12")


def test_datedoc_gives_candidates_best_first() -> None:
    code, lines = run(contract.datedoc, {"name": "a", "text": "GENEVA, 15 April 2016 - The two men met on Friday."})
    assert code == 0
    [line] = lines
    weights = [candidate["weight"] for candidate in line["candidates"]]
    assert weights == sorted(weights, reverse=True)
    assert (line["candidates"][0]["start"], line["candidates"][0]["end"]) == ("2016-04-15", "2016-04-15")
    assert line["candidates"][0]["reasons"]


@pytest.mark.parametrize("command", [contract.extract, contract.timex, contract.code, contract.datedoc])
def test_empty_input_is_no_error(command: Command) -> None:
    assert run(command) == (0, [])


def test_one_that_cannot_be_read_does_not_take_its_batch_with_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Frail:
        """A reader that fails on one text."""

        def read_many(self, documents: Any) -> Any:
            for document in documents:
                if document.text == "bad":
                    raise RuntimeError("no")
                yield _Read()

    class _Read:
        mentions = ()

    monkeypatch.setattr(contract, "load_reader", lambda today, own: Frail())
    code, _ = run(contract.extract, *({"doc": text, "text": text} for text in ("one", "bad", "two")))
    assert code == 1
    assert "dateline: line 2: it cannot be read" in capfd.readouterr().err
