"""Who tells an event independently of whom: five papers that print one agency's text are one source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.linking.words import copied, reprints

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "gov", "net", "org"})  # co.uk, com.tr: the name stands before


def teller(publisher: str) -> str:
    """By what a publisher is told apart: "The Guardian", "guardian " and "theguardian.com" are one, and one publisher
    does not bear itself out."""
    name = " ".join(publisher.casefold().split())
    if domain := _DOMAIN.fullmatch(name):
        labels = domain[1].split(".")[:-1]
        name = labels[-2] if len(labels) > 1 and labels[-1] in _SECOND_LEVEL else labels[-1]
        article = "the"
    else:
        article = "the "
    letters = "".join(filter(str.isalnum, name.removeprefix(article)))
    return letters or name


@dataclass(frozen=True, slots=True)
class Report:
    """One mention with what shows where its words come from; `sketch` is of the whole document, `reprinted` names who
    else printed it to the letter."""

    key: str
    document: str
    publisher: str | None
    words: frozenset[int]
    sketch: tuple[int, ...]
    reprinted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The number of the independent text of each report, by key; how many texts and named publishers there are.

    `tellers` has, of each report that names one, the group of publishers who copied from each other.
    """

    of: dict[str, int]
    texts: int
    publishers: int
    tellers: dict[str, str]

    @property
    def independent(self) -> int:
        """How many publishers did not copy from each other."""
        return len(set(self.tellers.values()))


def sources_of(reports: Sequence[Report]) -> Sources:
    """Documents of which one copies the other are one text; publishers with a common text are one source."""
    documents = sorted({report.document for report in reports})
    texts = _Groups(documents)
    for one, other in _copies(reports):
        texts.join(one, other)
    roots = sorted({texts.root(document) for document in documents})
    number = {document: roots.index(texts.root(document)) for document in documents}
    names = {(report.document, teller(name)) for report in reports for name in _printed_by(report)}
    tellers = _Groups([*{name for _, name in names}, *(f"\0{root}" for root in range(len(roots)))])
    named = dict(names)  # of those that print one text any: they are one source
    for document, name in names:
        tellers.join(name, f"\0{number[document]}")
    return Sources(
        of={report.key: number[report.document] for report in reports},
        texts=len(roots),
        publishers=len({name for _, name in names}),
        tellers={report.key: tellers.root(named[report.document]) for report in reports if report.document in named},
    )


def _printed_by(report: Report) -> Iterable[str]:
    return filter(None, (report.publisher, *report.reprinted))


def _copies(reports: Sequence[Report]) -> Iterable[tuple[str, str]]:
    """Pairs of documents of which one copies the other, or the sentence that tells the event."""
    by_number: dict[int, list[Report]] = defaultdict(list)
    tried: set[tuple[str, str]] = set()
    for report in sorted(reports, key=lambda report: report.key):
        for number in {*report.sketch, *report.words} if report.words else report.sketch:
            for other in by_number[number]:
                pair = (other.key, report.key)
                if other.document == report.document or pair in tried:
                    continue
                tried.add(pair)
                if copied(report.sketch, other.sketch) or reprints(report.words, other.words):
                    yield other.document, report.document
            by_number[number].append(report)


class _Groups:
    """Names that are joined pair by pair; a group goes by its smallest name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}

    def root(self, name: str) -> str:
        while self._above[name] != name:
            name = self._above[name]
        return name

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
