"""What one frame owes to the others: duplicates merged, events pointed back to, sides that the clause leaves out.

Each rule that fills a side names itself in `Frame.inherited`, so that a reader sees what was not in the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from app.domain.actors import Party
from app.extraction.actors import ActorIndex
from app.extraction.arguments import SUBJECTS, VERBAL, children
from app.extraction.frames import Frame, distinct, is_known
from app.extraction.grammar import load_grammar
from app.extraction.whereabouts import place_token

POINTERS = ("the", "this", "that", "these", "those", "both", "such")
# How far back a side may be looked for, in frames.
REACH = 6


def settled(frames: Sequence[Frame], actors: ActorIndex) -> list[Frame]:
    """The frames that stand as events, in the order of the text, with what the discourse adds to each."""
    kept: list[Frame] = []
    standing = merged(frames)
    at = {frame.place_in_text: frame for frame in standing}
    for frame in standing:
        filled = _completed(_acting_on(frame, at, kept), kept, actors)
        if _stands(filled, actors):
            kept.append(filled)
    return kept


# -- one act told by two words ------------------------------------------------------------------


def merged(frames: Sequence[Frame]) -> list[Frame]:
    """Frames of one kind where one word carries the other ("signed an agreement") made one."""
    by_token = {frame.place_in_text: frame for frame in frames}
    dropped: set[tuple[int, int]] = set()
    for frame in frames:
        carrier = by_token.get((frame.block, _carrier(frame.token).i))
        if carrier is None or carrier is frame or carrier.place_in_text in dropped:
            continue
        if carrier.kind != frame.kind:
            if _has_read(carrier, frame.token):
                dropped.add(frame.place_in_text)
            continue
        by_token[carrier.place_in_text] = _joined(carrier, frame)
        dropped.add(frame.place_in_text)
    return [by_token[frame.place_in_text] for frame in frames if frame.place_in_text not in dropped]


def _has_read(carrier: Frame, noun: Token) -> bool:
    """Whether a support verb's row names the noun as its content: "launched a strike" of workers is a protest."""
    named = {value for condition in carrier.row.conditions if condition.name == "obj" for value in condition.values}
    return carrier.token.lemma_ in load_grammar().support and noun.lemma_.lower() in named


def _carrier(token: Token) -> Token:
    """The verb that a noun or infinitive is the content of; the token itself where there is none."""
    if token.dep_ in ("dobj", "xcomp", "attr", "nsubjpass"):
        return token.head
    if token.dep_ == "pobj" and token.head.head.pos_ in VERBAL and token.head.lower_ in ("in", "on", "for", "to"):
        return token.head.head
    return token


def _joined(carrier: Frame, content: Frame) -> Frame:
    return replace(
        carrier,
        source=carrier.source or content.source,
        target=carrier.target or content.target,
        objects=carrier.objects or content.objects,
        object_name=content.object_name or carrier.object_name,
    )


# -- what the clause leaves out -----------------------------------------------------------------


def _completed(frame: Frame, before: Sequence[Frame], actors: ActorIndex) -> Frame:
    frame = _pointing_back(frame, before)
    frame = _made_by(frame, actors)
    frame = _shared_between(frame)
    frame = _answering(frame, before)
    frame = _hosted(frame, actors)
    frame = _named_below(frame, actors)
    frame = _placed(frame, actors)
    frame = _in_conversation(frame, before)
    return _between_the_same_sides(frame, before)


def _pointing_back(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "the sale", "this transaction": the sides and the object of the last event of its kind."""
    token = frame.token
    if token.pos_ not in ("NOUN", "PROPN") or frame.kind not in load_grammar().pointing_kinds:
        return frame
    if not any(child.dep_ == "det" and child.lower_ in POINTERS for child in token.children):
        return frame
    last = next((other for other in reversed(before) if other.kind == frame.kind), None)
    if last is None or _differ(frame.source, last.source) or _differ(frame.target, last.target):
        return frame
    return replace(
        frame,
        source=frame.source or last.source,
        target=frame.target or last.target,
        object_name=frame.object_name or last.object_name,
        inherited=(*frame.inherited, "points back"),
        antecedent=last.place_in_text,
    )


def _acting_on(frame: Frame, at: Mapping[tuple[int, int], Frame], before: Sequence[Frame]) -> Frame:
    """ "froze the sale": what is done to an act is done to whoever it was meant for."""
    if frame.target or frame.kind not in load_grammar().acting_kinds:
        return frame
    acts = [at[frame.block, thing.i] for thing in frame.objects if (frame.block, thing.i) in at]
    for act in (_pointing_back(act, before) for act in acts if act.token.i != frame.token.i):
        own = {_side(party) for party in frame.source}
        sides = distinct(party for party in (*act.target, *act.source) if _side(party) not in own)
        if sides:
            named = frame.object_name if frame.object_name in (None, act.object_name) else None
            return replace(
                frame,
                target=sides,
                object_name=act.object_name or named or frame.object_name,
                inherited=(*frame.inherited, "act"),
            )
    return frame


def _differ(one: Sequence[Party], other: Sequence[Party]) -> bool:
    return bool(one and other) and not {party.id for party in one} & {party.id for party in other}


def _made_by(frame: Frame, actors: ActorIndex) -> Frame:
    """ "Russian missiles": who makes a weapon sells and delivers it, where the text names nobody else."""
    if frame.source or frame.kind not in ("sale", "delivery"):
        return frame
    makers = distinct(party for thing in frame.objects for party in actors.modifier_parties(thing))
    makers = tuple(party for party in makers if party.id not in {other.id for other in frame.target})
    return replace(frame, source=makers, inherited=(*frame.inherited, "producer")) if makers else frame


def _shared_between(frame: Frame) -> Frame:
    """ "Russia and Iran signed": the first side is the source, the others the target."""
    if frame.kind not in load_grammar().joint_kinds or frame.target or len(frame.source) < 2:
        return frame
    first = frame.source[0]
    side = tuple(party for party in frame.source if _side(party) == _side(first))
    rest = tuple(party for party in frame.source if _side(party) != _side(first))
    return replace(frame, source=side, target=rest) if rest else frame


def _side(party: Party) -> str:
    return party.state or party.id


def _answering(frame: Frame, before: Sequence[Frame]) -> Frame:
    """A refusal is done to whoever asked; what was asked for is its object."""
    grammar = load_grammar()
    if frame.kind not in grammar.answering_kinds:
        return frame
    own = {_side(party) for party in frame.source}
    asked = next((other for other in reversed(before[-REACH:]) if other.kind in grammar.answered_kinds), None)
    if asked is None or {_side(party) for party in asked.source} & own:
        return frame
    return replace(
        frame,
        target=frame.target or asked.source,
        source=frame.source or asked.target,
        object_name=frame.object_name or asked.object_name,
        inherited=frame.inherited if frame.target else (*frame.inherited, "answers"),
    )


def _hosted(frame: Frame, actors: ActorIndex) -> Frame:
    """A visit is paid to the state of its place."""
    if frame.kind != "visit" or frame.target:
        return frame
    token = place_token(frame, actors)
    parties = actors.parties(token) if token is not None else ()
    return replace(frame, target=parties) if parties else frame


def _complement(trigger: Token) -> Iterator[Token]:
    """The names and nouns after the trigger, but for clauses beside it that have a subject of their own."""
    beside = [child for child in children(trigger, "conj") if child.pos_ in VERBAL and children(child, *SUBJECTS)]
    apart = {token.i for clause in beside for token in clause.subtree}
    for token in trigger.subtree:
        if token.i > trigger.i and token.i not in apart and token.pos_ in ("NOUN", "PROPN", "ADJ"):
            yield token


def _placed(frame: Frame, actors: ActorIndex) -> Frame:
    """Violence is done to the state in whose land it is done, where the text names nobody else."""
    if frame.target or frame.kind not in load_grammar().placed_kinds:
        return frame
    token = place_token(frame, actors)
    own = {_side(party) for party in frame.source}
    parties = tuple(party for party in actors.parties(token) if _side(party) not in own) if token is not None else ()
    return replace(frame, target=parties, inherited=(*frame.inherited, "place")) if parties else frame


def _named_below(frame: Frame, actors: ActorIndex) -> Frame:
    """The first actor of another side that the trigger's complement names: whom a statement or a threat is about."""
    if frame.target or not frame.source or frame.kind not in load_grammar().directed_kinds:
        return frame
    own = {_side(party) for party in frame.source}
    for token in _complement(frame.token):
        for party in actors.parties(token, conjuncts=False):
            if is_known(party) and _side(party) not in own:
                return replace(frame, target=(party,), inherited=(*frame.inherited, "named below"))
    return frame


def _in_conversation(frame: Frame, before: Sequence[Frame]) -> Frame:
    """The other side of the last event that the frame's own side took part in."""
    if frame.target or not frame.source or frame.kind not in load_grammar().directed_kinds:
        return frame
    own = {_side(party) for party in frame.source}
    for other in reversed(before[-REACH:]):
        if frame.block - other.block > 1:
            break
        source, target = {_side(party) for party in other.source}, {_side(party) for party in other.target}
        across = other.target if source & own else other.source if target & own else ()
        across = tuple(party for party in across if _side(party) not in own)
        if across:
            return replace(frame, target=across, inherited=(*frame.inherited, "conversation"))
    return frame


def _between_the_same_sides(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "The contract was signed", "the first rods were delivered": by and to whom the text spoke of just before."""
    if frame.source or frame.target or frame.kind not in load_grammar().pointing_kinds or not _is_definite(frame):
        return frame
    for other in reversed(before[-REACH:]):
        if frame.block - other.block > 1:
            break
        if other.source and other.target:
            inherited = (*frame.inherited, "conversation", "both sides")
            return replace(frame, source=other.source, target=other.target, inherited=inherited)
    return frame


def _is_definite(frame: Frame) -> bool:
    things = (frame.token, *frame.objects)
    return any(child.dep_ == "det" and child.lower_ in POINTERS for thing in things for child in thing.children)


# -- which frames stand -------------------------------------------------------------------------


def _stands(frame: Frame, actors: ActorIndex) -> bool:
    """A frame is an event when somebody known takes part, or when an unnamed actor acts in a known place."""
    grammar = load_grammar()
    if frame.kind == "statement":
        return any(is_known(party) for party in frame.source) and not _only_tells(frame)
    if any(is_known(party) for party in (*frame.source, *frame.target)):
        return True
    if frame.kind in grammar.anonymous_kinds and (frame.source or frame.target):
        return place_token(frame, actors) is not None
    return bool(frame.objects) and any(actors.weapon(word) for thing in frame.objects for word in thing.subtree)


def _only_tells(frame: Frame) -> bool:
    """A newspaper or an unnamed source that reports is the attribution of an event, not one itself."""
    return all(_is_unnamed(party) for party in frame.source)


def _is_unnamed(party: Party) -> bool:
    words = {word.lower().rstrip("s") for word in party.words.split()}
    return bool(words & load_grammar().unnamed)
