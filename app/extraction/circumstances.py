"""What else a clause tells of a deed: who stands between the sides, by what means, for how much, until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from app.domain.actors import Party
from app.domain.dates import Derivation
from app.domain.events import Money
from app.extraction.actors import ActorIndex
from app.extraction.arguments import VERBAL, children, clause_verb, direct_objects, objects_of
from app.extraction.frames import Frame, distinct
from app.extraction.grammar import load_grammar

# "$4.5 billion", "800 million euros", "EUR 40m", "Rs 300 crore".
_SIGNS = {
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "S$": "SGD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "Rs": "INR",
    "USD": "USD",
    "EUR": "EUR",
    "GBP": "GBP",
    "CHF": "CHF",
}
_NAMES = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rouble": "RUB",
    "ruble": "RUB",
    "rupee": "INR",
    "won": "KRW",
    "franc": "CHF",
    "shekel": "ILS",
    "lira": "TRY",
    "rand": "ZAR",
    "real": "BRL",
    "peso": "MXN",
    "krona": "SEK",
    "krone": "NOK",
    "zloty": "PLN",
    "hryvnia": "UAH",
    "rial": "IRR",
    "riyal": "SAR",
    "dirham": "AED",
}
# The dollar and the pound of another state than the usual one.
_OF_STATE = {
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "hong kong dollar": "HKD",
    "new zealand dollar": "NZD",
    "singapore dollar": "SGD",
    "taiwan dollar": "TWD",
    "egyptian pound": "EGP",
    "lebanese pound": "LBP",
    "syrian pound": "SYP",
    "swiss franc": "CHF",
    "pakistani rupee": "PKR",
}
SCALES = {
    "thousand": 10**3,
    "k": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
}
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<scale>(?:{_SCALE})\b)?"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_NAME = "|".join(sorted((*_OF_STATE, *_NAMES), key=len, reverse=True))
_BEFORE = re.compile(rf"(?:(?<=\s)|(?<=\()|^)(?P<sign>{_SIGN})\s?{_NUMBER}")
_AFTER = re.compile(rf"{_NUMBER}[\s-](?:(?:US|U\.S\.|American|British)\s)?(?P<name>{_NAME})s?\b", re.IGNORECASE)

# How third parties stand in a clause: "through Belarus", "with the mediation of Qatar", "brokered by Norway".
CHANNELS = ("through", "via")
BROKERING = frozenset(
    {"broker", "mediate", "arrange", "facilitate", "negotiate", "sponsor", "host", "oversee", "supervise", "monitor"}
)
LIMITS = frozenset({"until", "till", "by", "before", "within"})


def third_parties(frame: Frame, actors: ActorIndex) -> tuple[Party, ...]:
    """Those named as channel, broker or host of what two others do."""
    taken = {party.id for party in (*frame.source, *frame.target)}
    found = distinct(party for token in _between(frame) for party in actors.parties(token))
    return tuple(party for party in found if party.id not in taken)


def _between(frame: Frame) -> Iterator[Token]:
    for start in _places(frame):
        for preposition in CHANNELS:
            yield from objects_of(start, preposition)
        for clause in children(start, "acl", "amod", "advcl", "relcl"):
            if clause.lemma_ in BROKERING:
                yield from objects_of(clause, "by")
        for preposition in ("with", "under", "in", "by"):
            for thing in objects_of(start, preposition):
                if thing.lower_ in load_grammar().good_offices:
                    yield from (*objects_of(thing, "of"), *objects_of(thing, "from"), *children(thing, "poss"))


def instrument_of(frame: Frame, actors: ActorIndex) -> str | None:
    """What force was used with: "with a knife", "using tear gas", the first word of "drone strike"."""
    if frame.kind not in load_grammar().instrument_kinds:
        return None
    token = frame.token
    verb = clause_verb(token)
    for start in dict.fromkeys((token, verb)):
        for thing in objects_of(start, "with"):
            if _is_thing(thing, actors):
                return _phrase(thing)
        for clause in (below for below in start.subtree if below.lower_ == "using"):
            for thing in children(clause, "dobj"):
                if _is_thing(thing, actors):
                    return _phrase(thing)
    if token.pos_ == "NOUN":
        for child in token.lefts:
            if child.dep_ in ("compound", "amod") and child.lemma_.lower() in load_grammar().instruments:
                return _phrase(child)
    for child in objects_of(verb if verb.pos_ in VERBAL else token, "by") + objects_of(token, "in"):
        if child.lemma_.lower() in load_grammar().instruments:
            return _phrase(child)
    return None


def _is_thing(token: Token, actors: ActorIndex) -> bool:
    if token.pos_ not in ("NOUN", "PROPN") or actors.parties(token):
        return False
    return token.lemma_.lower() in load_grammar().instruments or actors.weapon(token) is not None


def _phrase(noun: Token) -> str:
    lefts = [child.left_edge.i for child in noun.lefts if child.dep_ in ("compound", "amod", "nummod", "nmod")]
    return str(noun.doc[min((noun.i, *lefts)) : noun.i + 1].text)


def value_of(frame: Frame) -> Money | None:
    """The sum that the trigger's clause names: what was sold, given, demanded or fined."""
    if frame.kind not in load_grammar().valued_kinds:
        return None
    for start in (*frame.objects, frame.token):
        edge = start.doc[start.left_edge.i : _with_scale(start.right_edge) + 1]
        if found := money_in(edge.text):
            return found
    return None


def _with_scale(last: Token) -> int:
    """The number of the word, or of the scale right behind it, which may hang on the verb: "donated $10m to Fiji"."""
    after = last.i + 1
    return after if after < len(last.doc) and last.like_num and last.doc[after].lower_ in SCALES else last.i


def money_in(text: str) -> Money | None:
    """The first sum of money in the text."""
    found = min(
        (match for match in (_BEFORE.search(text), _AFTER.search(text)) if match), key=lambda m: m.start(), default=None
    )
    if found is None:
        return None
    groups = found.groupdict()
    name = (groups.get("name") or "").lower()
    currency = _SIGNS[groups["sign"]] if groups.get("sign") else _OF_STATE.get(name) or _NAMES[name]
    scale = SCALES.get((groups["scale"] or "").lower(), 1)
    return Money(round(float(groups["number"].replace(",", "")) * scale, 2), currency, found.group().strip())


def deadline_of(frame: Frame, dates: Iterable[Derivation]) -> Derivation | None:
    """The date until which a demand, a threat or a promise gives time; its words are counted from the block's start."""
    if frame.kind not in load_grammar().deadline_kinds:
        return None
    sentence = frame.token.sent
    for date in dates:
        if date.words is None:
            continue
        span = frame.token.doc.char_span(date.words.start, date.words.end, alignment_mode="expand")
        if span is None or not sentence.start <= span.start < sentence.end or span.start < frame.token.i - 6:
            continue
        if _is_limit(frame, [span.doc[i] for i in range(max(sentence.start, span.start - 3), span.start)], span.root):
            return date
    return None


def _is_limit(frame: Frame, before: Sequence[Token], root: Token) -> bool:
    """Whether "until" or "by" stands before the date, or the date belongs to the word "deadline"."""
    nearest = next((token for token in reversed(before) if token.pos_ in ("ADP", "SCONJ")), None)
    if nearest is not None and nearest.lower_ in LIMITS:
        return True
    above = [root, *list(root.ancestors)[:3]]
    return frame.kind == "ultimatum" and any(token.lemma_.lower() == "deadline" for token in above)


def _places(frame: Frame) -> list[Token]:
    """The words under which a circumstance may hang: the trigger, its objects, its clause."""
    token, verb = frame.token, clause_verb(frame.token)
    return list(dict.fromkeys((token, *frame.objects, *direct_objects(token), verb, *direct_objects(verb))))
