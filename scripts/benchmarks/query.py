"""`scripts/bench query [EVENTS ...] [--http] [--rivals]`: the questions at several sizes, as a table."""

from __future__ import annotations

from sqlalchemy import Engine

from scripts.benchmarks import rivals, serving
from scripts.benchmarks.databases import filled, server
from scripts.benchmarks.questions import Times, draw, questions, timed, timed_whole, whole

SIZES = (100_000, 1_000_000, 5_000_000)


def main(words: list[str]) -> int:
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    with server() as address:
        found = {size: _measured(*filled(address, size)) for size in sizes}
        _table(found)
        if "--http" in words:
            _rates(serving.measure(*filled(address, max(sizes))))
        if "--rivals" in words:
            rivals.measure(filled(address, max(size for size in sizes if size <= 1_000_000))[0])
    return 0


def _measured(engine: Engine, _: str) -> dict[str, Times]:
    with engine.connect() as conn:
        drawn = draw(conn)
    found = {name: timed(engine, asked) for name, asked in questions(drawn).items()}
    return found | {name: timed_whole(engine, asked) for name, asked in whole(drawn).items()}


def _table(found: dict[int, dict[str, Times]]) -> None:
    sizes = list(found)
    print("| question | " + " | ".join(f"{size:,}: p50 / p95 (clock p95)" for size in sizes) + " | ratio of p95 |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for name in found[sizes[0]]:
        cells = [found[size][name] for size in sizes]
        told = " | ".join(f"{one.p50:.2f} / {one.p95:.2f} ({one.wall95:.1f})" for one in cells)
        print(f"| {name} | {told} | {cells[-1].p95 / max(cells[0].p95, 1e-9):.2f} |")


def _rates(rates: dict[str, float]) -> None:
    for name, rate in rates.items():
        print(f"{name:10} {rate:9.0f} requests/s")
    for name in ("events", "anew"):
        print(f"{name} / json passed through {rates[name] / rates['json']:.2f}")
        if "datasette" in rates:
            print(f"{name} / datasette {rates[name] / rates['datasette']:.2f}")
    if "304" in rates:
        print(f"304 / empty {rates['304'] / rates['empty']:.2f}")
