"""Values for tests, with honest defaults: a test says only what its case is about."""

from __future__ import annotations

from datetime import date

from app.domain.actors import ActorType, Party
from app.domain.dates import Basis, Derivation, Offsets
from app.domain.documents import Document
from app.domain.events import Evidence, Mention, Modality, Place, Role
from app.domain.kinds import Coding
from app.domain.spans import TimeSpan

TEXT = "Ruritania's foreign minister visited Graustark on 3 May 2010, the government said."
CLAUSE = Offsets(0, 60)
TRIGGER = Offsets(29, 36)  # "visited"
DAY = date(2010, 5, 3)
VISIT = Coding(plover="ENGAGE", mode="visit", cameo="042", quad=1, goldstein=1.9)
RURITANIA = Party("RUR", "Ruritania", ActorType.STATE)
GRAUSTARK = Party("GRK", "Graustark", ActorType.STATE)
MINISTER = Party("rudolf-rassendyll", "Rudolf Rassendyll", ActorType.PERSON, state="RUR", sector="GOV")


def make_document(
    text: str = TEXT,
    *,
    publisher: str | None = "The Strelsau Gazette",
    published: TimeSpan | None = TimeSpan.of_day(date(2010, 5, 4)),
    url: str | None = None,
    title: str | None = "Minister visits neighbour",
) -> Document:
    return Document(text=text, url=url, title=title, publisher=publisher, published=published)


def make_derivation(span: TimeSpan | None = None, *, words: Offsets | None = None) -> Derivation:
    return Derivation(
        span=span or TimeSpan.of_day(DAY), basis=Basis.EXPLICIT, rule="day-month-year", words=words, quote="3 May 2010"
    )


def make_evidence(clause: Offsets = CLAUSE, trigger: Offsets = TRIGGER) -> Evidence:
    return Evidence(clause=clause, trigger=trigger, rule="visit/V", version="test.1")


def make_mention(
    kind: str = "visit",
    *,
    span: TimeSpan | None = None,
    source: tuple[Party, ...] = (RURITANIA,),
    target: tuple[Party, ...] = (GRAUSTARK,),
    others: tuple[Party, ...] = (),
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.8,
    coding: Coding = VISIT,
    place: Place | None = None,
    evidence: Evidence | None = None,
    reported: Derivation | None = None,
    planned: Derivation | None = None,
) -> Mention:
    return Mention(
        kind=kind,
        coding=coding,
        date=make_derivation(span),
        evidence=evidence or make_evidence(),
        modality=modality,
        role=Role.MAIN,
        confidence=confidence,
        source=source,
        target=target,
        others=others,
        place=place,
        reported=reported,
        planned=planned,
    )
