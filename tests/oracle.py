"""An oracle for the filters: a table in pandas that is asked in other words and must find the same events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from app.domain.queries import Choice, EventQuery, Match, Sort
from app.domain.spans import TimeSpan

Mask = NDArray[np.bool_]
Test = Callable[[pd.DataFrame, str], "pd.Series[bool]"]
LISTED = ("actor", "source", "target", "country", "kind", "plover", "cameo", "status", "place", "publisher", "document")


@dataclass(frozen=True, slots=True)
class Oracle:
    """`events` has a row an event, with sets of actors by part, told by the rows of the imported table and by nothing
    that the filters use; in the order of their days and ids. Which rows a value is true of is looked up once."""

    events: pd.DataFrame
    _known: dict[tuple[str, str], Mask] = field(default_factory=dict)

    def ids(self, query: EventQuery) -> list[str]:
        """The ids in the order of the query's sort."""
        found: list[str] = self.events["id"][self._mask(query)].tolist()
        return found[::-1] if query.sort is Sort.DATE_DESC else found

    def _mask(self, query: EventQuery) -> Mask:
        events = self.events
        mask = np.ones(len(events), dtype=bool)
        for name in LISTED:
            choice: Choice = getattr(query, name)
            if choice.wanted:
                mask &= self._any(name, choice.wanted)
            if choice.unwanted:
                mask &= ~self._any(name, choice.unwanted)
        if query.dyad:
            a, b = query.dyad
            mask &= (self._of("source", a) & self._of("target", b)) | (self._of("source", b) & self._of("target", a))
        if query.when:
            if query.when.start:
                mask &= (events["day"] >= pd.Timestamp(query.when.start)).to_numpy()
            if query.when.last:
                mask &= (events["day"] <= pd.Timestamp(query.when.last)).to_numpy()
        if query.min_reports:
            mask &= (events["reports"] >= query.min_reports).to_numpy()
        if query.min_confidence is not None:
            mask &= (events["confidence"] >= query.min_confidence).to_numpy()
        return mask

    def _any(self, name: str, values: tuple[str, ...]) -> Mask:
        return np.any([self._of(name, value) for value in values], axis=0)

    def _of(self, name: str, value: str) -> Mask:
        """The events of which a value of a filter is true."""
        if (name, value) not in self._known:
            self._known[name, value] = np.asarray(_TESTS[name](self.events, value), dtype=bool)
        return self._known[name, value]


def _holds(column: str) -> Test:
    return lambda events, value: events[column].map(lambda members: value in members)


def _equals(column: str) -> Test:
    return lambda events, value: events[column] == value


def _acts(events: pd.DataFrame, value: str) -> pd.Series[bool]:
    return _holds("sources")(events, value) | _holds("targets")(events, value)


_TESTS: dict[str, Test] = {
    "actor": _acts,
    "source": _holds("sources"),
    "target": _holds("targets"),
    "country": lambda events, value: _acts(events, value) | (events["country"] == value),
    "kind": _equals("kind"),
    "plover": _equals("plover"),
    "cameo": lambda events, value: events["cameo"].str.startswith(value),
    "status": _equals("status"),
    "place": lambda events, value: events["place"].str.lower() == value.lower(),
    "publisher": _holds("publishers"),
    "document": _holds("documents"),
}


def oracle(conn: Connection, rows: list[dict[str, Any]], homes: dict[str, set[str]]) -> Oracle:
    """From the rows as the table has them. `homes`: for each name the ids that stand for it, its state's among them."""
    told = {
        (row.evidence_text): (row.id, row.document_id)
        for row in conn.execute(text("SELECT id, evidence_text, document_id FROM event"))
    }
    frame = pd.DataFrame(rows)
    frame["day"] = frame["day"].astype("datetime64[s]")
    frame["id"] = frame["line"].map(lambda line: told[line][0])
    frame["documents"] = frame["line"].map(lambda line: {str(told[line][1])})
    frame["sources"] = frame["source"].map(homes)
    frame["targets"] = frame["target"].map(homes)
    return Oracle(frame.sort_values(["day", "id"], ignore_index=True))


def questions(names: list[str], codes: list[str], kinds: list[str]) -> st.SearchStrategy[EventQuery]:
    """Any combination of filters over what a table holds."""
    choice = _choices(names)
    day = st.dates(date(2004, 12, 1), date(2016, 1, 31))
    windows = st.one_of(
        st.none(),
        st.tuples(day, day).map(lambda ends: TimeSpan.between(min(ends), max(ends))),
        day.map(TimeSpan.since),
        day.map(TimeSpan.until),
    )
    return st.builds(
        EventQuery,
        when=windows,
        match=st.sampled_from(Match),
        actor=choice,
        source=choice,
        target=choice,
        dyad=st.one_of(
            st.none(), st.none(), st.tuples(*[st.sampled_from(names)] * 2).filter(lambda two: two[0] != two[1])
        ),
        country=_choices([name for name in names if len(name) == 3 and name.isupper()] or names),
        kind=_choices(kinds),
        plover=_choices(["CONSULT", "ASSAULT", "ACCUSE", "REQUEST"]),
        cameo=_choices(codes),
        status=_choices(["reported", "corroborated"]),
        publisher=_choices(["ICEWS"]),
        min_reports=st.sampled_from([None, None, 1, 2]),
        min_confidence=st.sampled_from([None, None, 0.5, 0.75, 0.8]),
        sort=st.sampled_from([Sort.DATE, Sort.DATE_DESC]),
        limit=st.just(1000),
    )


def _choices(values: list[str]) -> st.SearchStrategy[Choice]:
    """Mostly none, else a few wanted or unwanted."""
    some = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
    nothing = st.just(Choice())
    return st.one_of(nothing, nothing, nothing, some.map(Choice), some.map(lambda found: Choice((), found)))
