"""The tagger and the document dater against gold: no score may fall below the last recorded one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.extraction.temporal import annotate, date_document, tag
from app.extraction.temporal.scanning import has_trigger
from app.extraction.temporal.vocabulary import load
from tests.hard_cases import asked, day_of, modifier_is_right, value_is_right, years_are_right

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared"))
GOLD = SHARED / "gold" / "time"

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold time expressions at {GOLD} (set DATELINE_SHARED)")

# strict, relaxed and value F1 below which a change is a loss.
FLOORS = {
    "timebank_dev": (91.3, 95.5, 83.8),
    "aquaint_dev": (84.7, 95.6, 78.2),
    "wikiwars_dev": (88.2, 94.4, 88.2),
}
HARD_CASES_RIGHT = 40


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_score_falls(name: str, tmp_path: Path) -> None:
    said = tmp_path / "said.jsonl"
    lines = [{"name": d["name"], "timexes": annotate(d["text"], d["dct"])} for d in read(name)]
    said.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "score" / "timex.py"), str(GOLD / f"{name}.jsonl"), str(said)]
    score = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    measured = (score["strict_f1"], score["relaxed_f1"], score["value_f1"])
    assert all(got >= floor for got, floor in zip(measured, FLOORS[name], strict=True)), measured


def is_right(case: dict[str, Any]) -> bool:
    """Value, modifier and candidate years are all as the gold has them."""
    told = [(one.quote, one.timex_value) for one in tag(case["text"], day_of(case))]
    return value_is_right(case, told) and modifier_is_right(case) and years_are_right(case)


@pytest.fixture(scope="module")
def hard_cases() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((GOLD / "hard_cases.json").read_text(encoding="utf-8"))
    return cases


def test_the_hard_sentences_stay_right(hard_cases: list[dict[str, Any]]) -> None:
    wrong = [case["id"] for case in hard_cases if not is_right(case)]
    assert len(hard_cases) - len(wrong) >= HARD_CASES_RIGHT, wrong


def test_a_wrong_modifier_or_set_of_years_is_a_wrong_case(hard_cases: list[dict[str, Any]]) -> None:
    modified = next(case for case in hard_cases if asked(case).modifier)
    several = next(case for case in hard_cases if asked(case).years)
    assert is_right(modified)
    assert is_right(several)
    assert not is_right(modified | {"gold": modified["gold"].replace("mod=", "mod=X_")})
    assert not is_right(several | {"gold": several["gold"].replace("{", "{2010,")})


@pytest.fixture
def news() -> list[dict[str, Any]]:
    path = SHARED / "corpus" / "wikinews.jsonl"
    if not path.is_file():
        pytest.skip(f"no news corpus at {path}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def test_a_dateline_tells_the_day(news: list[dict[str, Any]]) -> None:
    told = [(record["published"], date_document(record["text"])) for record in news]
    datelines = [(day, best[0].span) for day, best in told if best and best[0].reasons[0].startswith("dateline")]
    assert len(datelines) > 150
    right = sum(span.edtf() == day for day, span in datelines)
    assert right >= 0.95 * len(datelines)


def seconds(read: Callable[[], object]) -> float:
    """The least CPU time of three runs: what else the machine does then hardly counts."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        read()
        taken.append(time.process_time() - begun)
    return min(taken)


def test_tagging_is_fast(news: list[dict[str, Any]]) -> None:
    texts = [record["text"] for record in news[::3]]
    words = sum(len(text.split()) for text in texts)
    # The goal is 300 texts of 350 words a second on a core of its own; this machine may be shared.
    assert words / seconds(lambda: [tag(text, date(2020, 1, 1)) for text in texts]) > 60 * 350


def test_a_text_without_trigger_costs_next_to_nothing() -> None:
    text, vocabulary = "The quick brown fox said hello to the committee. " * 40, load()
    assert seconds(lambda: [has_trigger(text, vocabulary) for _ in range(200)]) / 200 < 0.0005
