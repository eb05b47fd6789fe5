"""Measures linking alone: the demonstration corpus by its truth, and the event table of the reference folder.

`icews` reads rows as mentions: each becomes a claim with its day, sides, place and story; `imported` takes them in as
`dateline import icews --link` does. Of either fifty merges are drawn with a fixed seed, for a person to read.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pycountry

from app.domain.events import Mention, Modality
from app.domain.spans import TimeSpan
from app.extraction.actors.places import find_town
from app.extraction.codebook import load_codebook
from app.extraction.lexicon import slug
from app.extraction.reading import load_reader
from app.linking.claims import Claim, stance_of
from app.linking.clustering import Cluster, Pool
from app.linking.objects import topic
from app.linking.words import word_set
from app.services.claims import claim_of, rules
from app.services.families import about, family
from app.services.importing import link_rows
from app.services.program import keep_known_actors
from app.services.questions import span
from app.sources.coded.icews import ICEWS
from app.sources.demo import Dispatch, Truth, load_dispatches
from app.storage import linking
from app.storage.engine import transactions
from app.storage.server import embedded
from tests.databases import migrated_database, temporary_home

DRAWN, SEED = 50, 2026
_NAME = re.compile(r"[A-Z]\w+")
_HOSTS = ("hosted", "received", "welcomed")


# -- the demonstration corpus -----------------------------------------------------------------------


def demo() -> str:
    """Pairs of told events that the truth joins, against those that linking joins; the stance of both must be one."""
    told = {claim.key: (truth, claim) for dispatch in load_dispatches() for truth, claim in _claims(dispatch)}
    homes = _homes(Pool((claim for _, claim in told.values()), rules()).clusters())
    return f"told {len(told)}, {_pairwise(told, homes)}"


def as_read() -> str:
    """The same on what the reader makes of the texts: a told event is found by a mention of its kind and stance whose
    trigger lies in its words. All mentions are linked, those of nothing told too."""
    dispatches = list(load_dispatches())
    found: dict[str, tuple[Truth, Claim]] = {}
    claims: list[Claim] = []
    for dispatch, read in zip(dispatches, load_reader().read_many([one.document for one in dispatches]), strict=True):
        turns_on = about(read.document.text)
        numbered = zip(read.mentions, _keys(dispatch, len(read.mentions)), strict=True)
        mentions = [(mention, claim_of(mention, read.document, turns_on, key)) for mention, key in numbered]
        claims += [claim for _, claim in mentions]
        found |= {claim.key: (truth, claim) for truth in dispatch.truth if (claim := _found(truth, mentions))}
    homes = _homes(Pool(claims, rules()).clusters())
    told = sum(len(one.truth) for one in dispatches)
    return f"told {told}, found {len(found)}, {_pairwise(found, homes)}"


def _keys(dispatch: Dispatch, number: int) -> list[str]:
    return [f"{dispatch.id}/{at}" for at in range(number)]


def _found(truth: Truth, mentions: Iterable[tuple[Mention, Claim]]) -> Claim | None:
    """Of several the one with the narrowest date."""
    stance = stance_of(truth.modality)
    inside = [
        claim
        for mention, claim in mentions
        if (claim.kind, claim.stance) == (truth.kind, stance)
        and truth.words.start <= mention.evidence.trigger.start < truth.words.end
    ]
    return min(inside, key=lambda claim: claim.order, default=None)


def _pairwise(told: Mapping[str, tuple[Truth, Claim]], homes: Mapping[str, str]) -> str:
    """Pairs that the truth joins against those that are joined."""
    count: Counter[str] = Counter()
    for one, other in combinations(told, 2):
        if told[one][1].stance == told[other][1].stance:
            count[f"{told[one][0].event == told[other][0].event} {homes[one] == homes[other]}"] += 1
    right, wrong, missed = count["True True"], count["False True"], count["True False"]
    precision, recall = right / (right + wrong), right / (right + missed)
    return f"pairs {right + missed}: precision {precision:.3f}, recall {recall:.3f}"


def _claims(dispatch: Dispatch) -> Iterable[tuple[Truth, Claim]]:
    document = dispatch.document
    for number, truth in enumerate(dispatch.truth):
        quote = document.text[truth.words.start : truth.words.end]
        hosted = truth.kind == "visit" and any(word in quote for word in _HOSTS)
        turned = hosted or truth.kind == "purchase"  # the seller is the source (docs/codebook.md)
        sides = [frozenset(_id(label) for label in side) for side in (truth.source, truth.target)]
        words = word_set(_sentence(document.text, truth))
        town = next((name for name in _NAME.findall(quote) if find_town(name)), None)
        yield (
            truth,
            Claim(
                key=f"{dispatch.id}/{number}",
                kind=truth.kind,
                modality=truth.modality,
                span=span("date", truth.date),
                source=sides[turned],
                target=sides[not turned],
                document=document.sha256,
                published=document.published.start if document.published else None,
                publisher=document.publisher,
                thing=family(quote),
                topic=topic(family(quote), truth.kind, about(document.text), words, rules()),
                place=town,
                precise_place=town is not None,
                words=words,
            ),
        )


def _id(label: str) -> str:
    return label if len(label) == 3 and label.isupper() else slug(label)


def _sentence(text: str, truth: Truth) -> str:
    start = max(text.rfind(". ", 0, truth.words.start) + 2, text.rfind("\n", 0, truth.words.start) + 1)
    ends = [end for end in (text.find(". ", truth.words.end), text.find("\n", truth.words.end)) if end >= 0]
    return text[start : min(ends, default=len(text))]


# -- other people's rows ----------------------------------------------------------------------------


def icews(table: Path) -> str:
    """How many events the rows are, how many mirrored pairs collapse, and fifty merges."""
    rows = _rows(table)
    claims = {key: claim for key, row in rows.items() if (claim := _row(row))}
    clusters = Pool(claims.values(), rules()).clusters()
    merges = [(one.id, m.claim.key, str(m.to)) for one in clusters for m in one.members if m.link]
    return "\n".join(_measured(rows, _homes(clusters), merges))


def imported(table: Path) -> str:
    """The same of the program's own import, into a database that is dropped."""
    with temporary_home() as home, embedded(home, durable=False) as url, migrated_database(url, pool_size=1) as engine:
        begin = transactions(engine)
        keep_known_actors(begin)
        with table.open(encoding="utf-8", newline="") as file:
            *_, tally = link_rows(begin, ICEWS, ICEWS.read(file, table.name), load_codebook())
        with engine.connect() as conn:
            kept = [one for document in tally.kept for one in linking.kept_of_document(conn, document)]
    numbers = {one.claim: one.quote.partition(",")[0] for one in kept}
    homes = {numbers[one.claim]: str(one.event_id) for one in kept}
    links = [(one, one.values["link"]) for one in kept if one.values["link"]]
    merges = [(str(one.event_id), numbers[one.claim], numbers[link["to"]]) for one, link in links]
    return "\n".join(_measured(_rows(table), homes, merges))


def _rows(table: Path) -> dict[str, dict[str, str]]:
    with table.open(encoding="utf-8") as file:
        return {row["event_id"]: row for row in csv.DictReader(file)}


def _measured(
    rows: Mapping[str, Mapping[str, str]], homes: Mapping[str, str], merges: Iterable[tuple[str, str, str]]
) -> Iterable[str]:
    told = Counter(homes.values())
    merged = sum(n for n in told.values() if n > 1)
    yield f"rows {len(homes)}, events {len(told)}, rows in events of several {merged} ({merged / len(homes):.1%})"
    mirrored = list(_mirrored(rows))
    joined = sum(homes.get(one) == homes.get(other) is not None for one, other in mirrored)
    yield f"mirrored pairs of visit and host, or of consultation, in one story: {len(mirrored)}, joined {joined}"
    yield from _drawn(sorted(merges), rows)


def _row(row: Mapping[str, str]) -> Claim | None:
    kind, modality = _kind(row["cameo_code"])
    if kind is None:
        return None
    hosted = row["cameo_code"].startswith("043")
    sides = [_side(row["source_name"], row["source_country"]), _side(row["target_name"], row["target_country"])]
    place = row["city"] or row["country"] or None
    return Claim(
        key=row["event_id"],
        kind=kind,
        modality=modality,
        span=TimeSpan.of_day(date.fromisoformat(row["event_date"])),
        source=sides[hosted],
        target=sides[not hosted],
        document=row["story_id"],
        publisher=row["publisher"],
        place=place,
        country=row["country"] or None,
        precise_place=bool(row["city"]),
        hosted=hosted,
    )


# By telephone, and the intention to meet: kinds that the codebook has under another code, or under several.
_OTHERWISE = {"041": ("talks", Modality.ASSERTED), "036": ("meeting", Modality.PLANNED)}


@cache
def _kind(code: str) -> tuple[str | None, Modality]:
    """The first kind of the codebook with this code, or with its root; of intentions the planned one."""
    if code in _OTHERWISE:
        return _OTHERWISE[code]
    intends = code.startswith("03")
    codes = {name: (kind.planned if intends else kind.coding).cameo for name, kind in load_codebook().items()}
    for length in (4, 3, 2):
        found = next((name for name, own in codes.items() if own[:length] == code[:length]), None)
        if found:
            return found, Modality.PLANNED if intends else Modality.ASSERTED
    return None, Modality.ASSERTED


def _side(name: str, country: str) -> frozenset[str]:
    state = _state(country)
    ids = {state} if state else set()
    return frozenset(ids if name == country or not name else ids | {slug(name)})


@cache
def _state(country: str) -> str | None:
    """The code of a country; of what the list does not know, its name."""
    known = pycountry.countries.get(name=country) or pycountry.countries.get(common_name=country)
    return str(known.alpha_3) if known else slug(country) or None


def _mirrored(rows: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, str]]:
    """Rows of one story and sentence that tell the same from either side."""
    turned = {"042": "043", "043": "042", "040": "040", "041": "041", "046": "046", "036": "036"}
    seen: dict[tuple[str, ...], str] = {}
    for key, row in rows.items():
        code = row["cameo_code"][:3]
        if code in turned:
            stem = (row["story_id"], row["sentence_number"], row["event_date"])
            if other := seen.get((*stem, turned[code], row["target_name"], row["source_name"])):
                yield other, key
            seen[*stem, code, row["source_name"], row["target_name"]] = key


def _drawn(merges: Sequence[tuple[str, str, str]], rows: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    for number, (_, key, to) in enumerate(random.Random(SEED).sample(merges, min(DRAWN, len(merges))), start=1):
        yield f"{number:2} {_shown(rows[key])}\n   {_shown(rows[to])}"


def _shown(row: Mapping[str, str]) -> str:
    names = (
        "event_date",
        "source_name",
        "event_text",
        "target_name",
        "city",
        "story_id",
        "sentence_number",
        "publisher",
    )
    return " | ".join(row[name] for name in names)


def _homes(clusters: Iterable[Cluster]) -> dict[str, str]:
    return {key: one.id for one in clusters for key in one.keys}
