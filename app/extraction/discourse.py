"""What one frame owes to the others: duplicates merged, events pointed back to, sides that the clause leaves out.

Each rule that fills a side names itself in `Frame.inherited`, so that a reader sees what was not in the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Token

from app.domain.actors import Party
from app.extraction.actors import ActorIndex
from app.extraction.arguments import (
    SUBJECTS,
    VERBAL,
    addressees_of,
    are_named_alike,
    children,
    direct_objects,
)
from app.extraction.candidates import SOURCE, TARGET, family_of, is_told
from app.extraction.frames import Frame, distinct, is_known, side_of
from app.extraction.grammar import load_grammar
from app.extraction.known import STATE_SECTORS
from app.extraction.participants import Participants
from app.extraction.ranking import Choice
from app.extraction.sides import is_venue, with_likely_sides
from app.extraction.temporal.tense import is_object_of_answer
from app.extraction.whereabouts import place_of, place_token

POINTERS = ("the", "this", "that", "these", "those", "both", "such")
# How far back a side may be looked for, in frames.
REACH = 6


def settled(
    frames: Sequence[Frame], docs: Sequence[Doc], actors: ActorIndex, choice: Choice | None = None
) -> list[Frame]:
    """The frames that stand as events, in the order of the text, with what the discourse adds to each.

    `choice` decides between all those who may be a side; without it the rules alone fill what a clause leaves out.
    """
    kept: list[Frame] = []
    standing = merged(frames)
    company = Participants(docs, actors)
    at = {frame.place_in_text: frame for frame in standing}
    peaceful = _peaceful(standing, company)
    for frame in standing:
        filled = _completed(_acting_on(frame, at, kept), at, kept, actors)
        filled = _at_home(filled, company, actors)
        if choice is not None:
            filled = with_likely_sides(filled, company, choice, partial(place_of, actors=actors), peaceful)
        if _stands(filled):
            kept.append(filled)
    return kept


def _peaceful(frames: Sequence[Frame], company: Participants) -> frozenset[str]:
    """Of whom violence is not to be supposed: states, officials, who bears no arms and who suffers it, unless the
    article tells that he uses it. No text that names no doer tells that a state did it."""
    fights = [frame for frame in frames if family_of(frame.kind) == "violent"]
    suffering = {ident for frame in fights for party in frame.target for ident in (party.id, party.state)}
    using = {ident for frame in fights for party in frame.source for ident in (party.id, _acting_for(party))}
    return frozenset(ident for ident in (company.unarmed | suffering) - using if ident)


def _acting_for(party: Party) -> str | None:
    """The state that is told to act where the party does: not that of rebels or of a group in it."""
    return party.state if party.sector in STATE_SECTORS else None


# -- one act told by two words ------------------------------------------------------------------


def merged(frames: Sequence[Frame]) -> list[Frame]:
    """Frames of one kind where one word carries the other ("signed an agreement") made one."""
    by_token = {frame.place_in_text: frame for frame in frames}
    dropped: set[tuple[int, int]] = set()
    for frame in frames:
        found = [by_token[place] for word in _carriers(frame.token) if (place := (frame.block, word.i)) in by_token]
        carrier = next((one for one in found if one.kind == frame.kind), found[0] if found else None)
        if carrier is None or carrier.place_in_text in (frame.place_in_text, *dropped):
            continue
        if _is_retaliation(carrier):
            continue
        if carrier.kind != frame.kind:
            if _has_read(carrier, frame.token):
                dropped.add(frame.place_in_text)
            continue
        by_token[carrier.place_in_text] = _joined(carrier, frame)
        dropped.add(frame.place_in_text)
    return [by_token[frame.place_in_text] for frame in frames if frame.place_in_text not in dropped]


def _is_retaliation(frame: Frame) -> bool:
    """ "avenged the killing": two acts of one kind."""
    return frame.token.lemma_ in load_grammar().retaliating


def _has_read(carrier: Frame, noun: Token) -> bool:
    """Whether a support verb's row names the noun as its content: "launched a strike" of workers is a protest."""
    named = {value for condition in carrier.row.conditions if condition.name == "obj" for value in condition.values}
    return carrier.token.lemma_ in load_grammar().support and noun.lemma_.lower() in named


def _carriers(token: Token) -> Iterator[Token]:
    """Its carrier, and the participle by which it is told: "sanctions announced by Paris"."""
    if (above := _carrier(token)).i != token.i:
        yield above
    yield from (clause for clause in children(token, "acl") if clause.tag_ == "VBN")


def _carrier(token: Token) -> Token:
    """The verb that a noun or infinitive is the content of; the token itself where there is none."""
    if token.dep_ in ("dobj", "xcomp", "attr", "acomp", "nsubjpass"):
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


def _completed(frame: Frame, at: Mapping[tuple[int, int], Frame], before: Sequence[Frame], actors: ActorIndex) -> Frame:
    frame = _noted(frame, _pointing_back(frame, before), "points back")
    frame = _noted(frame, _of_the_burden(frame, before), "points back")
    frame = _noted(frame, _made_by(frame, actors), "producer")
    frame = _noted(frame, _shared_between(frame), "shared")
    frame = _noted(frame, _agreed_on(frame, before), "agreed on")
    frame = _noted(frame, _answering(frame, before), "answers")
    frame = _noted(frame, _asked_of(frame, at, before), "asked of")
    frame = _noted(frame, _threatened(frame, before), "threatened")
    frame = _noted(frame, _hosted(frame, actors), "host")
    frame = _noted(frame, _told_to(frame, actors), "told to")
    frame = _noted(frame, _named_below(frame, actors), "named below")
    frame = _noted(frame, _placed(frame, actors), "place")
    frame = _noted(frame, _in_conversation(frame, before), "conversation")
    return _noted(frame, _between_the_same_sides(frame, before), "both sides")


def _noted(before: Frame, after: Frame, rule: str) -> Frame:
    """With what the rule has filled."""
    changed = [side for side in (SOURCE, TARGET) if getattr(before, side) != getattr(after, side)]
    return replace(after, filled=(*after.filled, *((side, rule) for side in changed))) if changed else after


def _at_home(frame: Frame, company: Participants, actors: ActorIndex) -> Frame:
    """Unnamed people ("protesters", "two suspects") belong to the state of the place, else to that of the article."""
    unplaced = [party for party in (*frame.source, *frame.target) if not is_known(party) and not _is_a_stranger(party)]
    if family_of(frame.kind) == "violent":
        unplaced = [party for party in unplaced if not (party in frame.source and _is_new_and_unnamed(party))]
    if not unplaced:
        return frame
    place, own = place_of(frame, actors), company.home.id if company.home else None
    there = place.country if place else None
    if frame.kind in load_grammar().travelled_kinds:
        sides = {there, *(side_of(party) for party in (*frame.source, *frame.target))}
        there, own = None, None if own in sides else own  # "held talks in Geneva": one is at home elsewhere
    home = there or own
    if home is None:
        return frame
    belonging = {party.id: replace(party, state=home) for party in unplaced}
    return replace(
        frame,
        source=tuple(belonging.get(party.id, party) for party in frame.source),
        target=tuple(belonging.get(party.id, party) for party in frame.target),
    )


def _is_a_stranger(party: Party) -> bool:
    """ "Two tourists", "a U.N.-backed court": whose state no place tells."""
    grammar = load_grammar()
    words = set(party.words.lower().replace("-", " ").split())
    return party.id in grammar.from_elsewhere or not grammar.of_many_states.isdisjoint(words)


def _is_new_and_unnamed(doer: Party) -> bool:
    """ "Gunmen", "three attackers", but not "the gunman", whom the article has told of before."""
    return doer.id in load_grammar().of_unknown_home and doer.words.lower().split()[0] not in POINTERS


def _pointing_back(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "the sale", "this transaction", "his visit": the sides and the object of the last event of its kind."""
    token = frame.token
    if token.pos_ not in ("NOUN", "PROPN") or frame.kind not in load_grammar().pointing_kinds:
        return frame
    alike = [other for other in reversed(before) if other.kind == frame.kind and not _is_retaliation(other)]
    last = next((other for other in alike if are_named_alike(other.token, token)), alike[0] if alike else None)
    if last is None or not (_is_pointed_at(token) or (_is_owned(token) and _shares(frame.source, last.source))):
        return frame
    if _differ(frame.source, last.source) or _differ(frame.target, last.target):
        return frame
    if frame.object_name and last.object_name and not _same_thing(frame.object_name, last.object_name):
        return frame
    # "The attack" may be another than the one told last: who did that one is not said to have done it.
    surely = family_of(frame.kind) != "violent" or are_named_alike(last.token, token)
    return replace(
        frame,
        source=frame.source or (last.source if surely else ()),
        target=frame.target or last.target,
        object_name=frame.object_name or last.object_name,
        inherited=(*frame.inherited, "points back"),
        antecedent=last.place_in_text,
    )


def _of_the_burden(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "The measures, first imposed in 2021", "the sanctions were lifted": of whoever laid them on whom."""
    grammar = load_grammar()
    if frame.source or frame.target or frame.kind not in grammar.burdening_kinds:
        return frame
    named = direct_objects(frame.token) if frame.token.pos_ in VERBAL else [frame.token]
    things = [thing for thing in named if thing.lemma_.lower() in grammar.burdens]
    laid = (other for other in reversed(before[-REACH:]) if other.kind == "sanction")
    last = next((other for other in laid if is_told(other, SOURCE) and is_told(other, TARGET)), None)
    if last is None or not any(_is_pointed_at(thing) for thing in things):
        return frame
    inherited = (*frame.inherited, "points back")
    return replace(frame, source=last.source, target=last.target, inherited=inherited)


def _acting_on(frame: Frame, at: Mapping[tuple[int, int], Frame], before: Sequence[Frame]) -> Frame:
    """ "froze the sale": what is done to an act is done to whoever it was meant for."""
    if frame.target or frame.kind not in load_grammar().acting_kinds:
        return frame
    acts = [at[frame.block, thing.i] for thing in frame.objects if (frame.block, thing.i) in at]
    for act in (_pointing_back(act, before) for act in acts if act.token.i != frame.token.i):
        own = {side_of(party) for party in frame.source}
        sides = distinct(party for party in (*act.target, *act.source) if side_of(party) not in own)
        if sides:
            named = frame.object_name if frame.object_name in (None, act.object_name) else None
            return replace(
                frame,
                target=sides,
                object_name=act.object_name or named or frame.object_name,
                inherited=(*frame.inherited, "act"),
            )
    return frame


def _is_pointed_at(noun: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in POINTERS for child in noun.children)


def _is_owned(noun: Token) -> bool:
    return bool(children(noun, "poss"))


def _shares(one: Sequence[Party], other: Sequence[Party]) -> bool:
    return not {party.id for party in one}.isdisjoint(party.id for party in other)


def _same_thing(one: str, other: str) -> bool:
    """Whether two names of a thing may mean one: one holds the other, or the last word of it."""
    first, second = one.casefold(), other.casefold()
    return first in second or second in first or first.split()[-1] == second.split()[-1]


def _differ(one: Sequence[Party], other: Sequence[Party]) -> bool:
    return bool(one and other) and not _shares(one, other)


def _made_by(frame: Frame, actors: ActorIndex) -> Frame:
    """ "Russian missiles": who makes a weapon sells and delivers it, where the text names nobody else."""
    if frame.source or frame.kind not in ("sale", "delivery"):
        return frame
    makers = distinct(party for thing in frame.objects for party in actors.modifier_parties(thing))
    makers = tuple(party for party in makers if party.id not in {other.id for other in frame.target})
    return replace(frame, source=makers, inherited=(*frame.inherited, "producer")) if makers else frame


def _shared_between(frame: Frame) -> Frame:
    """ "Russia and Iran signed", "cut ties": the first side is the source, the others the target."""
    grammar = load_grammar()
    objects = {child.lemma_ for child in children(frame.token, "dobj", "nsubjpass")}
    is_joint = frame.kind in grammar.joint_kinds or (frame.kind == "suspension" and objects & grammar.common_things)
    if not is_joint or frame.target or len(frame.source) < 2:
        return frame
    first = frame.source[0]
    side = tuple(party for party in frame.source if side_of(party) == side_of(first))
    rest = tuple(party for party in frame.source if side_of(party) != side_of(first))
    return replace(frame, source=side, target=rest) if rest else frame


def _agreed_on(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "Israel and Hamas agreed on a ceasefire": between those who agree on it."""
    joint = load_grammar().joint_kinds
    if frame.source or frame.target or frame.kind not in joint:
        return frame
    place = (frame.block, _carrier(frame.token).i)
    told = next((other for other in reversed(before[-REACH:]) if other.place_in_text == place), None)
    if told is None or told.kind != "agreement" or told.token.i == frame.token.i or not (told.source and told.target):
        return frame
    return replace(frame, source=told.source, target=told.target, inherited=(*frame.inherited, "agreed on"))


def _answering(frame: Frame, before: Sequence[Frame]) -> Frame:
    """A refusal is done to whoever asked; what was asked for is its object."""
    grammar = load_grammar()
    if frame.kind not in grammar.answering_kinds:
        return frame
    own = {side_of(party) for party in frame.source}
    asked = next((other for other in reversed(before[-REACH:]) if other.kind in grammar.answered_kinds), None)
    if asked is None or {side_of(party) for party in asked.source} & own:
        return frame
    return replace(
        frame,
        target=frame.target or asked.source,
        source=frame.source or asked.target,
        object_name=frame.object_name or asked.object_name,
        inherited=frame.inherited if frame.target else (*frame.inherited, "answers"),
    )


def _threatened(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "threatened Libya with strikes": who threatens would do it, to whom he threatens."""
    link = frame.token.head
    if frame.source or frame.target or frame.token.dep_ != "pobj" or link.lower_ != "with":
        return frame
    verbs = {link.head.i, link.head.head.i}
    made = next((other for other in before if other.kind == "threat" and other.token.i in verbs), None)
    if made is None or made.block != frame.block:
        return frame
    return replace(frame, source=made.source, target=made.target)


def _asked_of(frame: Frame, at: Mapping[tuple[int, int], Frame], before: Sequence[Frame]) -> Frame:
    """ "turned down Iran's request", "the offer was accepted by Serbia": it was asked of whoever answers it."""
    answers = load_grammar().answers_to.get(frame.kind)
    if (frame.source and frame.target) or answers is None:
        return frame
    token = frame.token
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else _carrier(token)
    place = (frame.block, above.i)
    told = next((other for other in reversed(before[-REACH:]) if other.place_in_text == place), None)
    answer = told or at.get(place)  # the answer follows what it answers in a passive
    if answer is None or answer.kind not in answers:
        return frame
    source, target = frame.source or answer.target, frame.target or answer.source
    if _shares(source, target):
        return frame
    return replace(frame, source=source, target=target, inherited=(*frame.inherited, "asked of"))


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
    own = {side_of(party) for party in frame.source}
    parties = tuple(party for party in actors.parties(token) if side_of(party) not in own) if token is not None else ()
    return replace(frame, target=parties, inherited=(*frame.inherited, "place")) if parties else frame


def _told_to(frame: Frame, actors: ActorIndex) -> Frame:
    """ "told Libya that it would not extradite": what is said to somebody is meant for them."""
    if frame.target or not frame.source or frame.kind not in load_grammar().directed_kinds:
        return frame
    own = {side_of(party) for party in frame.source}
    told = distinct(party for token in addressees_of(frame.token) for party in actors.parties(token))
    told = tuple(party for party in told if is_known(party) and side_of(party) not in own)
    return replace(frame, target=told, inherited=(*frame.inherited, "told to")) if told else frame


def _named_below(frame: Frame, actors: ActorIndex) -> Frame:
    """The first actor of another side that the trigger's complement names: whom a statement or a threat is about."""
    if frame.target or not frame.source or frame.kind not in load_grammar().directed_kinds:
        return frame
    own = {side_of(party) for party in frame.source}
    for token in _complement(frame.token):
        if is_venue(token, frame):
            continue
        for party in actors.parties(token, conjuncts=False):
            if is_known(party) and side_of(party) not in own:
                return replace(frame, target=(party,), inherited=(*frame.inherited, "named below"))
    return frame


def _in_conversation(frame: Frame, before: Sequence[Frame]) -> Frame:
    """The other side of the last event that the frame's own side took part in."""
    if frame.target or not frame.source or frame.kind not in load_grammar().directed_kinds:
        return frame
    own = {side_of(party) for party in frame.source}
    for other in reversed(before[-REACH:]):
        if frame.block - other.block > 1:
            break
        source, target = {side_of(party) for party in other.source}, {side_of(party) for party in other.target}
        across = other.target if source & own else other.source if target & own else ()
        across = tuple(party for party in across if side_of(party) not in own)
        if across:
            return replace(frame, target=across, inherited=(*frame.inherited, "conversation"))
    return frame


def _between_the_same_sides(frame: Frame, before: Sequence[Frame]) -> Frame:
    """ "The contract was signed", "the first rods were delivered": by and to whom the text spoke of just before."""
    if frame.source or frame.target or frame.kind not in load_grammar().pointing_kinds or not _is_definite(frame):
        return frame
    if is_object_of_answer(frame.token):
        return frame  # "condemned the attack": who condemns it has not done it
    for other in reversed(before[-REACH:]):
        if frame.block - other.block > 1:
            break
        fits = family_of(frame.kind) != "violent" or family_of(other.kind) == "violent"
        if other.source and other.target and fits:
            inherited = (*frame.inherited, "conversation", "both sides")
            return replace(frame, source=other.source, target=other.target, inherited=inherited)
    return frame


def _is_definite(frame: Frame) -> bool:
    return any(map(_is_pointed_at, (frame.token, *frame.objects)))


# -- which frames stand -------------------------------------------------------------------------


def _stands(frame: Frame) -> bool:
    """A statement is an event when somebody known makes it; any other frame is one, though nobody be named."""
    if frame.kind == "statement":
        return any(is_known(party) for party in frame.source) and not _only_tells(frame)
    return True


def _only_tells(frame: Frame) -> bool:
    """A newspaper or an unnamed source that reports is the attribution of an event, not one itself."""
    return all(_is_unnamed(party) for party in frame.source)


def _is_unnamed(party: Party) -> bool:
    words = {word.lower().rstrip("s") for word in party.words.split()}
    return bool(words & load_grammar().unnamed)
