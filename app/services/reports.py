"""One event with all its reports: every statement with the words behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection

from app.domain.errors import Retracted
from app.domain.events import Status
from app.domain.kinds import Kind
from app.linking.choosing import RULE
from app.services import feed, relating, tables
from app.services.near import no_event
from app.services.questions import checked_text
from app.services.tables import Record
from app.storage import events
from app.storage.rows import MentionRow

LONGEST_FRAGMENT = 120  # characters of a quotation that a browser is asked to find whole
FRAGMENT_WORDS = 5  # of either end of a longer one


def event(conn: Connection, event_id: str, kinds: Mapping[str, Kind], base: str = "") -> Record:
    """An event, flat, with `reports` (the leading one first) and the way to its date. Raises NotFound."""
    row = events.get(conn, checked_text("event", event_id))
    if row is None:
        raise no_event(conn, "event_id", event_id)
    told = events.evidence(conn, event_id)
    known = tables.records([row], kinds, base)[0]
    known["mode"] = row.mode
    leads = _leading(told, row.date_edtf)
    known["date"] = date_of(leads) if leads else None
    known["conflicts"] = row.conflicts
    known["decided"] = {"fields_from_report": leads.id if leads else None, "rule": RULE}
    known["relations"] = relating.related(conn, event_id, kinds, base)
    known["history"] = feed.of_event(conn, event_id)
    known["chain"] = f"{base}/v1/chains/{event_id}"
    known["reports"] = [{**report(mention, base), "same_because": _reason(mention, told)} for mention in told]
    return known


def standing(known: Record) -> Record:
    """The same event. Raises Retracted where a person took it back."""
    if known["status"] != Status.RETRACTED:
        return known
    taken_back = (one for one in reversed(known["history"]) if (one["decision"] or {}).get("action") == "retract")
    last = next(taken_back, known["history"][-1])
    made = last["decision"] or {}
    names = ("id", "reason", "name")
    decision = {**{name: made.get(name) for name in names}, "recorded_at": last["recorded_at"]}
    raise Retracted(known["id"], decision, known)


def _leading(told: Sequence[MentionRow], date_edtf: str) -> MentionRow | None:
    """The report that leads: the first of its document that tells the event's date."""
    return next((mention for mention in told if mention.date_edtf == date_edtf), told[0] if told else None)


def _reason(mention: MentionRow, told: Sequence[MentionRow]) -> Record | None:
    """Why this report tells the event: the score, the reasons, the report it was compared with; None for the first."""
    if mention.link is None:
        return None
    numbers = {one.claim: one.id for one in told}
    return {
        "score": mention.link["score"],
        "reasons": mention.link["reasons"],
        "report": numbers.get(mention.link["to"]),
    }


def report(mention: MentionRow, base: str = "") -> Record:
    """One report: what it claims, and where it stands, as W3C Web Annotation selectors."""
    return {
        "id": mention.id,
        "kind": mention.kind,
        "modality": mention.modality,
        "role": mention.role,
        "attribution": mention.attribution,
        "cue": position(mention.cue_start, mention.cue_end),
        "saying": saying(mention.saying),
        "confidence": mention.confidence,
        "source": mention.source,
        "target": mention.target,
        "others": mention.others,
        "object": mention.object,
        "quantity": mention.quantity,
        "value_amount": mention.value_amount,
        "value_currency": mention.value_currency,
        "instrument": mention.instrument,
        "deadline_edtf": mention.deadline_edtf,
        "place_name": mention.place_name,
        "date": date_of(mention),
        "document": {
            "id": mention.document_id,
            "url": f"{base}/v1/documents/{mention.document_id}",
            "source_url": mention.source_url,
            "title": mention.source_title,
            "publisher": mention.publisher,
            "published_at": mention.published_at,
        },
        "evidence": evidence(mention),
        "rule": mention.rule,
        "extractor": mention.run_version,
        "recorded_at": mention.recorded_at,
        "link": fragment_link(mention.source_url, mention.quote),
    }


def evidence(mention: MentionRow) -> Record:
    """The words, twice located: by quotation, which survives an edit of the page, and by position in our text."""
    return {
        "text": mention.quote,
        "selector": [
            {"type": "TextQuoteSelector", "exact": mention.quote, "prefix": mention.prefix, "suffix": mention.suffix},
            {"type": "TextPositionSelector", "start": mention.clause_start, "end": mention.clause_end},
        ],
        "trigger": {"type": "TextPositionSelector", "start": mention.trigger_start, "end": mention.trigger_end},
    }


def saying(told: Mapping[str, Any] | None) -> Record | None:
    """Who says so and to whom, with the words of each located; None where the text names nobody."""
    if told is None:
        return None
    places = {name: position(*(told[name] or (None, None))) for name in ("attribution", "addressed")}
    return {**told, **places}


def position(start: int | None, end: int | None) -> Record | None:
    return {"type": "TextPositionSelector", "start": start, "end": end} if start is not None else None


def date_of(mention: MentionRow) -> Record:
    """How a report's date was read: the words, where they stand, what they were counted from, by which rule.

    `alternatives` tells what each of several days of publication makes of it; `reported` is the day of the saying,
    `planned` the days ahead.
    """
    way = mention.derivation
    words = way.get("words")
    return {
        "earliest": mention.date_earliest,
        "latest": mention.date_latest,
        "edtf": mention.date_edtf,
        "precision": mention.date_precision,
        "approximate": mention.date_approximate,
        "lasting": way.get("lasting", False),
        "basis": mention.date_basis,
        "expression": way.get("quote") or None,
        "selector": position(*words) if words else None,
        "anchor": way.get("anchor"),
        "anchor_reason": way.get("anchor_reason") or None,
        "rule": way.get("rule"),
        "explanation": way.get("explanation"),
        "alternatives": way.get("alternatives", []),
        "reported": mention.date_reported_edtf,
        "planned": mention.date_planned_edtf,
    }


def fragment_link(url: str | None, words: str) -> str | None:
    """The publisher's page, opened at the sentence by a text fragment; None where the page is not known."""
    if not url:
        return None
    return f"{url.partition('#')[0]}#:~:text={_fragment(words)}"


def _fragment(words: str) -> str:
    text = " ".join(words.split())
    if len(text) <= LONGEST_FRAGMENT:
        return _escaped(text)
    parts = text.split(" ")
    return f"{_escaped(' '.join(parts[:FRAGMENT_WORDS]))},{_escaped(' '.join(parts[-FRAGMENT_WORDS:]))}"


def _escaped(text: str) -> str:
    """Percent-encoded; the dash has a meaning of its own in a text fragment."""
    return quote(text, safe="").replace("-", "%2D")
