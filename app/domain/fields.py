"""What each field of an answer means, in one sentence: the same words in OpenAPI and in the SQL views."""

from __future__ import annotations

from collections.abc import Mapping

Fields = Mapping[str, str]

_CODING: Fields = {
    "plover": "Event type in PLOVER (AGREE, CONSULT, THREATEN, ...); null where PLOVER has none.",
    "cameo": "Event code in CAMEO, as text: 042 is below 04.",
    "quad": "Quad class: 0 none, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    "goldstein": "Goldstein's scale from -10 (most conflictive) to 10 (most cooperative).",
}
_DATE: Fields = {
    "date_earliest": "The first day on which it may have happened; null where no beginning is known.",
    "date_latest": "The last day on which it may have happened, itself included; null where no end is known.",
    "date_edtf": "The date as told, in EDTF: 2016-04-15 a day, 2016-04 a month, ../2016-04-11 by that day.",
    "date_precision": (
        "How finely it is dated: day, week, month, season, quarter, year, decade, range, before, after or unknown."
    ),
    "date_basis": (
        "How the date is known: explicit, relative (to the publication), anaphoric (to another date of the text), "
        "publication (only bounded by it) or inferred."
    ),
    "date_text": "The words of the text that tell the date; empty where none do.",
}
_OTHER_DAYS: Fields = {
    "date_reported_edtf": "The day of the saying, in EDTF, where the text tells it apart from the date.",
    "date_planned_edtf": "The days for which it is planned, in EDTF, where the text tells them.",
}
_CIRCUMSTANCES: Fields = {
    "value_amount": "The sum that the text tells with it, in units of the currency.",
    "value_currency": "The currency of the sum, ISO 4217.",
    "instrument": "By what means it was done: a knife, tear gas, a drone.",
    "deadline_edtf": "Until when a demand, a threat or a promise gives time, in EDTF.",
}
_WHERE: Fields = {
    "place_name": "Where it happened, as the text names it.",
    "country": "The country of the place, ISO 3166-1 alpha-3.",
    "latitude": "WGS 84 degrees north.",
    "longitude": "WGS 84 degrees east.",
    "geo_precision": "What the coordinates are of: city, country, or empty where there are none.",
}
_STANCE: Fields = {
    "modality": "How the text puts it: asserted, alleged, denied, negated, planned or conditional.",
    "attribution": "Who says so, where the text names somebody.",
    "confidence": "How sure the reading is, from 0 to 1: a ranking, not a calibrated probability.",
}
_SOURCE: Fields = {
    "source_url": "Where the article was published.",
    "source_title": "The headline of the article.",
    "publisher": "Who published the article.",
    "published_at": "When the article was published, in EDTF; null where it is not known.",
}
_KIND: Fields = {"kind": "The kind of event, a name of the codebook: visit, refusal, delivery, ..."}

EVENT: Fields = {
    "id": "The event's id; it depends on what is told, not on the database.",
    **_KIND,
    "kind_label": "The kind, for people.",
    **_CODING,
    "title": "One line that says who did what to whom.",
    **_DATE,
    "source_ids": "Ids of those who did it: ISO 3166-1 alpha-3 for a state, a name in lower case otherwise.",
    "source_names": "Names of those who did it, in the order of their ids.",
    "target_ids": "Ids of those to whom it was done.",
    "target_names": "Names of those to whom it was done, in the order of their ids.",
    "actors": (
        "All who take part: id, name, type, state, sector, the words that name them, basis (stated, or inferred: "
        "the likeliest of those whom the article speaks of, where the clause names nobody) and role (source, target, "
        "both or other)."
    ),
    "object": "With or about what: a weapon, a treaty, a thing.",
    "quantity": "How many or how much, as the text says it.",
    **_WHERE,
    **_STANCE,
    "n_reports": "How many reports tell it.",
    "n_publishers": "How many publishers tell it.",
    "status": "reported, corroborated, disputed or retracted.",
    "role": "main where the article reports it as its news, background where it recalls it.",
    "evidence_text": "The words that it was read from, exactly as they were received.",
    "document_id": "The document of the leading report.",
    **_SOURCE,
    "recorded_at": "When it was first kept.",
    "updated_at": "When it was last changed, for instance by another report.",
    "version": "Counts the changes, from 1.",
    "url": "Where the interface tells it with all its reports.",
    **_OTHER_DAYS,
    **_CIRCUMSTANCES,
}
DISTANCE: Fields = {
    "position": "before, same_day, overlapping or after the pivot.",
    "days_min": "The least number of days between it and the pivot.",
    "days_max": "The greatest number of days between it and the pivot; null where no bound is known.",
}
REPORT: Fields = {
    "id": "The report's number.",
    "event_id": "The event that it tells.",
    "document_id": "The document that it stands in.",
    **_KIND,
    **_CODING,
    **_DATE,
    **_OTHER_DAYS,
    "source": (
        "Who did it, as this report tells it: id, name, type, state, sector, the words, and whether it is stated or "
        "inferred."
    ),
    "target": "To whom it was done, as this report tells it.",
    "others": "Who else takes part, as this report tells it.",
    "object": EVENT["object"],
    "quantity": EVENT["quantity"],
    **_WHERE,
    **_STANCE,
    "role": EVENT["role"],
    "evidence_text": EVENT["evidence_text"],
    "evidence_start": "The first character of the evidence in the document's text, counted from 0.",
    "evidence_end": "The character after the last of the evidence.",
    "trigger_start": "The first character of the word that tells the event.",
    "trigger_end": "The character after the last of that word.",
    "rule": "The rule that read it.",
    "extractor": "The version of the rules that read it.",
    **_SOURCE,
    "recorded_at": "When it was kept.",
    **_CIRCUMSTANCES,
    "cue_start": "The first character of the word that shows the modality; null where none does.",
    "cue_end": "The character after the last of that word.",
    "saying": (
        "Who says so, and to whom: attribution (where those words stand: first character, and the one after the last), "
        "speaker_ids, addressee (the words), addressed (where they stand), addressee_ids, and of_self: whether the "
        "speaker is one of the sides; null where the text names nobody."
    ),
}
DOCUMENT: Fields = {
    "id": "The document's number.",
    "title": _SOURCE["source_title"],
    "source_url": _SOURCE["source_url"],
    "publisher": _SOURCE["publisher"],
    "published_at": _SOURCE["published_at"],
    "language": "The language of the text, ISO 639-1.",
    "status": "read, or not_read for a language that is not read.",
    "length": "Characters of the text.",
    "n_events": "How many events were read from it.",
    "sha256": "SHA-256 of the text in UTF-8.",
    "recorded_at": "When it was kept.",
    "url": "Where the interface tells it with its text.",
}
ACTOR: Fields = {
    "id": "The actor's id: ISO 3166-1 alpha-3 for a state, a name in lower case otherwise.",
    "name": "The usual name.",
    "type": "state, person, organisation, armed_group, media or role (unnamed: police, protesters).",
    "state": "The state that it belongs to, ISO 3166-1 alpha-3.",
    "sector": "Government, military, rebels and so on, by CAMEO's abbreviations; empty where it is not known.",
    "source": "Where the entry is from.",
    "first_seen": "The day of its earliest event that is said to have happened.",
    "last_seen": "The day of its latest event that is said to have happened.",
    "n_events": "How many events it takes part in that are said to have happened.",
    "url": "Where the interface tells of it.",
}
ACTOR_NAME: Fields = {
    "actor_id": "The actor.",
    "name": "A name or spelling that means it.",
    "first_day": "The first day on which the name held; null where it is open.",
    "last_day": "The last day on which the name held, itself included; null where it is open.",
}
ACTOR_OFFICE: Fields = {
    "actor_id": "The person who holds the office.",
    "title": "The office.",
    "state": "The state whose office it is, ISO 3166-1 alpha-3.",
    "first_day": "The first day in office; null where it is open.",
    "last_day": "The last day in office, itself included; null where it is open.",
}
KIND: Fields = {
    "kind": "The name of the kind.",
    "label": "The kind, for people.",
    "definition": "What counts as one.",
    "source_role": "What the source of such an event is.",
    "target_role": "What the target of such an event is.",
    **_CODING,
    "mode": "Mode in PLOVER.",
    "planned": "The coding of the same act while it is only intended: plover, mode, cameo, quad, goldstein.",
    "examples": "Sentences that tell one.",
    "near_miss": "What looks alike and is another kind.",
}
