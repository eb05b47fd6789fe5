"""Measures the reading: runs the four commands over the sets of a reference folder and prints their scores.

The folder is `../shared` beside the project, or DATELINE_SHARED. Nothing of it is kept. `coding` needs none.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.annotated import PARTS, annotations, is_right  # noqa: E402
from tests.annotated import articles as annotated_articles  # noqa: E402
from tests.coded_sentences import PARTS as CODED_PARTS  # noqa: E402
from tests.coded_sentences import coded_sentences, share_right  # noqa: E402
from tests.dated_news import DATELINE_OF_NEWS, year_found  # noqa: E402
from tests.hard_cases import asked, modifier_is_right, value_is_right, years_are_right  # noqa: E402

# Asks for the part of the annotated articles that is left unread, too.
UNREAD = "--unread"
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
DATELINE = Path(sys.executable).parent / "dateline"
# The publication days of the five articles, as their folder gives them.
SEED_DAYS = {"000": "2009-05-03", "001": "2008-11", "002": "2006-12-01", "003": "2019-05-31", "004": "2016-04-15"}


def main(wanted: list[str]) -> int:
    if not SHARED.is_dir() and set(wanted) != {"coding"}:
        print(f"no reference folder at {SHARED}: set DATELINE_SHARED", file=sys.stderr)
        return 2
    if UNREAD in wanted:
        articles(PARTS)
        wanted = [name for name in wanted if name not in (UNREAD, "articles")]
        if not wanted:
            return 0
    for name in wanted or list(MEASURES):
        if name not in MEASURES:
            print(f"unknown measure {name!r}: one of {', '.join(MEASURES)}", file=sys.stderr)
            return 2
        MEASURES[name]()
    return 0


def events() -> None:
    lines = [
        {"doc": path.name, "published": SEED_DAYS[path.name[:3]], "text": path.read_text("utf-8")}
        for path in sorted((SHARED / "seeds").glob("*.txt"))
    ]
    answered = run("extract", lines)
    gold = SHARED / "gold"
    report("events", score("events.py", gold / "seeds.jsonl", answered, "--also", gold / "seeds_mentions.jsonl"))


def articles(parts: Iterable[str] = PARTS[:2]) -> None:
    """News articles with the project's own annotations; the part left unread only where it is asked for."""
    for part in parts:
        gold, also = annotations(part, SHARED)
        answered = run("extract", annotated_articles(part, SHARED))
        report(f"articles {part}", score("events.py", write(gold), answered, "--also", write(also)))


def confidence() -> None:
    """Of the mentions of about one confidence, how many are right, in articles that it was not learned from."""
    events, mentions = annotations("check", SHARED)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for line in read(run("extract", annotated_articles("check", SHARED))):
        near = [[one for one in lines if one["doc"] == line["doc"]] for lines in (events, mentions)]
        bins.setdefault(int(line["confidence"] * 10), []).append((line["confidence"], is_right(line, *near)))
    for number, found in sorted(bins.items()):
        said = round(sum(sure for sure, _ in found) / len(found), 2)
        right = round(sum(right for _, right in found) / len(found), 2)
        report(f"confidence 0.{number}", json.dumps({"mentions": len(found), "said": said, "right": right}))


def time() -> None:
    for name in ("timebank_dev", "aquaint_dev", "wikiwars_dev"):
        gold = read(SHARED / "gold" / "time" / f"{name}.jsonl")
        for half, part in halves(gold, key="name"):
            answered = run("timex", [{key: line[key] for key in ("name", "dct", "text")} for line in part])
            report(f"{name} {half}", score("timex.py", write(part), answered))
    cases = json.loads((SHARED / "gold" / "time" / "hard_cases.json").read_text("utf-8"))
    answered = read(run("timex", [{"name": str(c["id"]), "dct": c["dct"] or None, "text": c["text"]} for c in cases]))
    report("hard_cases", json.dumps(hard_cases_right(cases, [line["timexes"] for line in answered])))


def hard_cases_right(cases: list[dict[str, Any]], answered: list[list[tuple[int, int, str, str]]]) -> dict[str, int]:
    """How many are right in all that is asked of them, and of the modifiers and sets of years asked for."""
    values = [
        value_is_right(case, [(case["text"][start:end], value) for start, end, _, value in timexes])
        for case, timexes in zip(cases, answered, strict=True)
    ]
    modifiers, years = [modifier_is_right(case) for case in cases], [years_are_right(case) for case in cases]
    with_modifier = [right for case, right in zip(cases, modifiers, strict=True) if asked(case).modifier]
    with_years = [right for case, right in zip(cases, years, strict=True) if asked(case).years]
    return {
        "right": sum(all(told) for told in zip(values, modifiers, years, strict=True)),
        "of": len(cases),
        "modifiers_right": sum(with_modifier),
        "modifiers_of": len(with_modifier),
        "sets_of_years_right": sum(with_years),
        "sets_of_years_of": len(with_years),
    }


def datedoc() -> None:
    """Documents without a date: the five articles, and the news with its dateline kept and cut."""
    seeds = [
        {"name": path.name[:3], "text": path.read_text("utf-8")} for path in sorted((SHARED / "seeds").glob("*.txt"))
    ]
    for line in read(run("datedoc", seeds)):
        report(f"datedoc {line['name']}", " | ".join(candidate_in_short(one) for one in line["candidates"][:4]))
    news = read(SHARED / "corpus" / "wikinews.jsonl")
    headed = [record for record in news if DATELINE_OF_NEWS.match(record["text"])]
    told = best_days([record["text"] for record in headed])
    right = sum(day == record["published"][:10] for record, day in zip(headed, told, strict=True))
    report("datedoc dateline kept", json.dumps({"day_right": right, "of": len(headed)}))
    cut = [{"name": str(n), "text": DATELINE_OF_NEWS.sub("", r["text"], 1)} for n, r in enumerate(news)]
    shares = [
        year_found(record["published"], line["candidates"])
        for record, line in zip(news, read(run("datedoc", cut)), strict=True)
    ]
    among, closed, wrong = (round(100 * sum(column) / len(news), 1) for column in zip(*shares, strict=True))
    figures = {"of": len(news), "year_among": among, "year_in_closed_span": closed, "one_sure_year_wrong": wrong}
    report("datedoc dateline cut", json.dumps(figures))


def candidate_in_short(one: dict[str, Any]) -> str:
    return f"{one['start'] or '..'} to {one['end'] or '..'} ({one['weight']:.2f})"


def best_days(texts: list[str]) -> list[str]:
    """The day of the best candidate of each, "" where that is no single day."""
    lines = read(run("datedoc", [{"name": str(n), "text": text} for n, text in enumerate(texts)]))
    best = [line["candidates"][0] if line["candidates"] else {"start": "", "end": None} for line in lines]
    return [one["start"] if one["start"] == one["end"] else "" for one in best]


def plover() -> None:
    gold = read(SHARED / "gold" / "plv_dev.jsonl")
    for third, part in thirds(gold, key="sentence"):
        answered = run("code", [{key: line[key] for key in ("sentence", "source", "target")} for line in part])
        report(f"plover {third}", score("plover.py", write(part), answered))


def coding() -> None:
    """The project's own sentences: the part that rules were written from, and the other."""
    for part in CODED_PARTS:
        sentences = coded_sentences(part)
        answered = read(
            run("code", [{key: line[key] for key in ("sentence", "source", "target")} for line in sentences])
        )
        right = share_right(sentences, [line["plover"] for line in answered])
        report(f"coding {part}", json.dumps({"sentences": len(sentences), "right": right}))


def link() -> None:
    """Linking alone: the demonstration corpus by its truth and as it is read, and the rows of another event table."""
    import evaluate_link

    report("link demo", evaluate_link.demo())
    report("link demo as read", evaluate_link.as_read())
    report("link icews", evaluate_link.icews(SHARED / "data" / "icews_sample.csv"))


def imported() -> None:
    """The same rows as the program's own import links them."""
    import evaluate_link

    report("link icews imported", evaluate_link.imported(SHARED / "data" / "icews_sample.csv"))


MEASURES: dict[str, Callable[[], None]] = {
    "events": events,
    "articles": articles,
    "confidence": confidence,
    "time": time,
    "datedoc": datedoc,
    "plover": plover,
    "coding": coding,
    "link": link,
    "imported": imported,
}


def share_of(text: str, parts: int) -> int:
    """A part in 0..parts-1 that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % parts


def halves(lines: list[dict[str, Any]], key: str) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    yield "whole", lines
    yield "worked on", [line for line in lines if share_of(line[key], 2) == 0]
    yield "left unread", [line for line in lines if share_of(line[key], 2) == 1]


def thirds(lines: list[dict[str, Any]], key: str) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    yield "whole", lines
    yield "worked on", [line for line in lines if share_of(line[key], 3) != 0]
    yield "left unread", [line for line in lines if share_of(line[key], 3) == 0]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write(lines: Iterable[dict[str, Any]]) -> Path:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return Path(file.name)


def run(command: str, lines: list[dict[str, Any]]) -> Path:
    """The answers of `dateline COMMAND`, as a file of JSON Lines."""
    given = write(lines)
    with given.open("rb") as source, tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as target:
        subprocess.run([str(DATELINE), command], stdin=source, stdout=target, check=True)
    given.unlink()
    return Path(target.name)


def score(scorer: str, gold: Path, answered: Path, *more: object) -> str:
    command = [sys.executable, str(SHARED / "score" / scorer), str(gold), str(answered), *map(str, more)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def report(name: str, scores: str) -> None:
    print(f"{name:28} {scores}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
