"""Who did what to whom: trigger rows applied to a parsed block.

A frame is a trigger with its arguments, before anything is known of its date or its stance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from app.domain.actors import ActorType, Party
from app.extraction.actors import ActorIndex
from app.extraction.arguments import (
    NOMINAL,
    VERBAL,
    children,
    clause_verb,
    direct_objects,
    follow,
    is_denied_gerund,
    is_infinitive,
    is_passive,
    is_told_as_a_noun,
    objects_of,
    subjects_of,
    surface_subjects,
)
from app.extraction.blocks import BlockKind
from app.extraction.codebook import Condition, Slot, TriggerRow, Triggers
from app.extraction.conditions import Surroundings, fits
from app.extraction.grammar import load_grammar
from app.extraction.known import slug

POS_OF_ROW = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}
# A noun in one of these places only colours another noun: "attack helicopter".
COLOURING = ("compound", "nmod", "npadvmod", "amod")
MODIFIERS = "mod"
# What filled a side that the trigger's own clause names.
IN_CLAUSE = "clause"
PROSE_ENDS = (".", "”", '"', "’", "?", "!", ";", ":")
MONTH_PREPOSITIONS = ("in", "since", "until", "till", "from", "by", "during", "through", "of")
# Kinds that a state does to a part of itself, too.
# Sectors of people who do what is called theirs: "the police shooting".
ARMED = ("COP", "CRM", "GOV", "JUD", "MIL", "REB", "SPY", "UAF")
HURTING = ("attack", "clash", "seizure")
OWNING = ("belong", "own", "operate", "run", "hold", "control")
# What somebody will not do is refused, with the sides and the object that the act would have had.
WILL_NOT = TriggerRow("will-not.V.refusal", "will not", "V", "refusal", Slot(), Slot(), Slot(), (Condition("neg"),))


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger with its arguments.

    `inherited` names the rules that filled what the clause leaves out; `antecedent` is the place in the text of the
    frame that this one points back to ("the sale").
    """

    block: int
    token: Token
    row: TriggerRow
    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    objects: tuple[Token, ...] = ()
    object_name: str | None = None
    inherited: tuple[str, ...] = ()
    antecedent: tuple[int, int] | None = None
    # Which rule filled which side: ("target", "conversation").
    filled: tuple[tuple[str, str], ...] = ()
    # How likely a side that had to be chosen is the one meant: ("target", 0.6).
    chances: tuple[tuple[str, float], ...] = ()

    @property
    def place_in_text(self) -> tuple[int, int]:
        """Block and token number: what tells one frame of an article from another."""
        return self.block, self.token.i

    @property
    def kind(self) -> str:
        return self.row.kind

    def filled_by(self, side: str) -> str:
        """What filled the side: the rule that did, or "clause" where its own words name it."""
        return next((rule for named, rule in self.filled if named == side), IN_CLAUSE)

    def chance_of(self, side: str) -> float | None:
        """How likely the side is the one meant; None where nothing had to be chosen."""
        return next((chance for named, chance in self.chances if named == side), None)

    @property
    def negation_is_meant(self) -> bool:
        """Whether the row has used the trigger's negation: "will not sell" as a refusal."""
        return any(condition.name == "neg" for condition in self.row.conditions)


class FrameReader:
    """Applies the trigger table. Holds no state between articles."""

    def __init__(self, triggers: Triggers) -> None:
        self._triggers = triggers
        verbs = {lemma: rows for (lemma, pos), rows in triggers.items() if pos == "V"}
        self._gerunds = {form: rows for lemma, rows in verbs.items() for form in _gerunds(lemma)}
        self._words = frozenset(get_string_id(word) for word in (*self._gerunds, *(lemma for lemma, _ in triggers)))

    def read(self, docs: Sequence[Doc], kinds: Sequence[BlockKind], actors: ActorIndex) -> list[Frame]:
        """The frames of one article in the order of its text."""
        return [
            frame
            for number, (doc, kind) in enumerate(zip(docs, kinds, strict=True))
            for token in self._trigger_words(doc)
            for frame in self._of_token(number, Surroundings(token, actors, kind))
            if not _is_told_by_its_verb(frame)
        ]

    def _trigger_words(self, doc: Doc) -> Iterator[Token]:
        """The tokens that some row may be about, told by number: to make every token would cost more than the rest."""
        words = self._words
        for number, (lemma, lower) in enumerate(doc.to_array(["LEMMA", "LOWER"]).tolist()):
            if lemma in words or lower in words:
                yield doc[number]

    def _rows_of(self, token: Token, pos: str) -> tuple[TriggerRow, ...]:
        """The rows of the word; a gerund that was tagged a noun ("of disclosing that") is looked up as its verb."""
        rows = self._triggers.get((token.lemma_.lower(), pos), ())
        if not rows and pos == "N" and token.pos_ == "VERB":
            rows = self._triggers.get((token.lower_.removesuffix("s"), pos), ())
        return rows or (self._gerunds.get(token.lower_, ()) if pos == "N" else ())

    def _of_token(self, block: int, around: Surroundings) -> Iterator[Frame]:
        token = around.token
        pos = "N" if _is_headline_noun(around) else POS_OF_ROW.get(token.pos_)
        rows = self._rows_of(token, pos) if pos else None
        if not rows or _is_colouring(token) or (pos == "N" and _is_in_name(token, around.actors)):
            return
        if _is_purpose(token, around.actors) or _is_people(token) or _is_month(token):
            return
        attribute = token.dep_ == "amod" and not is_told_as_a_noun(token)
        if attribute and (token.lower_ in load_grammar().planned_modifiers or _is_hyphened(token)):
            return
        for row in rows:
            if attribute and row.kind not in load_grammar().attributive_kinds:
                continue
            if not fits(row.conditions, around):
                continue
            if _is_general(row, around) or _is_of_figures(row, around):
                return
            if (frame := _filled(block, row, around)) is not None:
                yield replace(frame, row=WILL_NOT) if _will_not(frame) else frame
                return


def _is_told_by_its_verb(frame: Frame) -> bool:
    """ "A bomb killed ten", "Blast kills 12": the verb tells the attack, and what kills is no second one."""
    token = frame.token
    subject = frame.kind == "attack" and token.dep_ == "nsubj" and not frame.source
    return subject and token.head.lemma_ in load_grammar().harming


def _is_headline_noun(around: Surroundings) -> bool:
    """ "Talks Stall", "Attacks Continue": in a headline the word before such a verb is its subject, however tagged."""
    token = around.token
    if around.block is not BlockKind.HEADLINE or token.pos_ != "VERB" or token.i + 1 >= len(token.doc):
        return False
    after = token.doc[token.i + 1].lower_
    return token.lower_.endswith("s") and after.removesuffix("s") in load_grammar().goings_on


def _gerunds(verb: str) -> tuple[str, ...]:
    """The -ing forms that a verb may have: "selling", "making", "planning"."""
    return f"{verb}ing", f"{verb.removesuffix('e')}ing", f"{verb}{verb[-1]}ing"


def _will_not(frame: Frame) -> bool:
    """Whether somebody refuses: what others wait for, with will or would; in any tense, the answer wished for."""
    grammar = load_grammar()
    if not frame.source or frame.token.pos_ not in VERBAL:
        return False
    words = {child.lower_ for child in frame.token.children if child.dep_ in ("aux", "neg", "preconj", "cc")}
    if not words & grammar.negators or any(mark.lower_ in ("if", "unless") for mark in children(frame.token, "mark")):
        return False
    if frame.token.lemma_ in grammar.responsive and frame.kind not in grammar.unanswering_kinds:
        return True
    return frame.kind in grammar.refusable_kinds and bool(words & (grammar.future_modals | {"would"}))


def _is_hyphened(token: Token) -> bool:
    """ "a Russian-made missile": what it is like, and no deed."""
    return token.i > 1 and token.nbor(-1).text == "-"


def _is_colouring(token: Token) -> bool:
    return token.dep_ in COLOURING and token.tag_ not in ("VBN", "VBG", "VBD") and not is_denied_gerund(token)


def _is_purpose(token: Token, actors: ActorIndex) -> bool:
    """What a thing is made or meant for, or what one cannot afford: no deed of anybody."""
    head = token.head
    if token.dep_ not in ("xcomp", "advcl") or head.lemma_ not in load_grammar().purposing or not is_infinitive(token):
        return False
    if not is_passive(head):
        return head.lemma_ == "afford"
    carriers = [head.head] if head.dep_ == "acl" else children(head, "nsubjpass")
    return not any(actors.parties(carrier) for carrier in carriers)


def _is_general(row: TriggerRow, around: Surroundings) -> bool:
    """ "members are elected for two years", "when you kill an animal": the plain present of a sentence in prose tells
    what is done as a rule; no deed of a day."""
    token = around.token
    if _is_of_anybody(token):
        return True
    if row.kind not in load_grammar().deeds_of_a_day or token.pos_ not in VERBAL or around.block is not BlockKind.BODY:
        return False
    helpers = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
    first = min((*helpers, token), key=lambda word: word.i)
    if first.tag_ not in ("VBZ", "VBP") or token.tag_ == "VBG" or any(child.lemma_ == "have" for child in helpers):
        return False
    if any(child.lower_ == "being" for child in helpers):
        return False  # "are being held": now
    if first.lower_.endswith("ed") or any(child.lower_ in ("if", "unless") for child in children(token, "mark")):
        return False  # a past tense that was taken for a present; a condition, which is told as one
    return token.sent[-1].text in PROSE_ENDS and load_grammar().words_of_days.isdisjoint(
        word.lower_ for word in token.subtree
    )


def _is_of_anybody(token: Token) -> bool:
    """ "anyone convicted of rape", "whoever kills": a rule for all, and no deed."""
    verb = clause_verb(token)
    return verb.dep_ in ("acl", "relcl") and verb.head.lower_ in load_grammar().anybody


def _is_of_figures(row: TriggerRow, around: Surroundings) -> bool:
    """ "the dollar rose against the yen", "earnings were hit": what figures do, and what harms them, is no deed."""
    grammar, token = load_grammar(), around.token
    if token.pos_ not in VERBAL or row.kind in grammar.figured_kinds:
        return False
    told = {subject.lower_ for subject in children(token, "nsubj")}
    if row.kind in ("attack", "clash"):
        told |= around.object_forms - {"market", "markets"}
    return not told.isdisjoint(grammar.figures)


def _is_month(token: Token) -> bool:
    """ "in March of last year": a capital, and a word before it that stands before months."""
    return token.text == "March" and token.dep_ == "pobj" and token.head.lower_ in MONTH_PREPOSITIONS


def _is_people(token: Token) -> bool:
    """ "the accused", "the wounded": a participle with an article names those it was done to."""
    return token.tag_ == "VBN" and token.dep_ != "amod" and any(child.dep_ == "det" for child in token.children)


def _is_in_name(token: Token, actors: ActorIndex) -> bool:
    return actors.entity_span(token) is not None


def _filled(block: int, row: TriggerRow, around: Surroundings) -> Frame | None:
    """The row with its slots filled, or None where a required slot stays empty or nothing is known at all."""
    token, actors = around.token, around.actors
    source = _parties(row.source, token, actors)
    if not source and token.pos_ not in VERBAL:
        source = _from_tokens(follow(token, "light"), actors)
    if not source and _is_gerund(token) and token.dep_ in ("dobj", "compound"):
        source = _from_tokens(subjects_of(token.head if token.dep_ == "dobj" else token.head.head), actors)
    if row.source.required and not source:
        return None
    alone = row.kind in load_grammar().joint_kinds and _are_two_sides(source or _carriers(token, actors))
    target = _parties(_unplaced(row.target) if alone else row.target, token, actors)
    if not target and _is_gerund(token):
        target = _from_tokens(_objects_of_gerund(token), actors)
    taken = token.lemma_.lower() in load_grammar().suffered and not _without(target, source)
    if taken and (hit := _whose(token, actors)):
        source, target = _from_tokens(objects_of(token, "by"), actors), hit
    if row.kind == "protest":
        rallies = [token, *(surface_subjects(token) if token.pos_ in VERBAL else ())]
        target = distinct(party for rally in rallies for party in actors.opposed_parties(rally)) or target
    if row.kind == "visit":
        source = _abroad(source, target)
    target = _without(target, source) or (_parts_of_states(target) if row.kind in HURTING else ())
    if row.target.required and not target:
        return None
    objects = _objects(row.object, token)
    if row.object.required and not objects:
        return None
    return Frame(
        block=block,
        token=token,
        row=row,
        source=source,
        target=target,
        objects=objects,
        object_name=_object_name(objects, token, actors),
    )


def _is_gerund(token: Token) -> bool:
    """ "denied bombing Syria", "denied bombing villages": a verb that was tagged a noun, and that has an object."""
    return token.pos_ == "NOUN" and token.lower_.endswith("ing") and bool(_objects_of_gerund(token))


def _objects_of_gerund(token: Token) -> list[Token]:
    return children(token, "dobj") or ([token.head] if is_denied_gerund(token) else [])


def _whose(noun: Token, actors: ActorIndex) -> tuple[Party, ...]:
    """ "Navalny's arrest", "the Khashoggi murder": people who bear no arms have suffered what is called theirs."""
    owners = _from_tokens(children(noun, "poss", "compound", "nmod"), actors)
    people = (party for party in owners if party.type in (ActorType.PERSON, ActorType.ROLE))
    return tuple(party for party in people if party.type is ActorType.PERSON or party.sector not in ARMED)


def _abroad(guests: tuple[Party, ...], hosts: tuple[Party, ...]) -> tuple[Party, ...]:
    """ "The ministers landed in Kabul": nobody visits his own state, so whose ministers they are is not told."""
    states = {party.id for party in hosts if party.type is ActorType.STATE}
    return tuple(party for party in guests if party.id not in states)


def _parts_of_states(hit: tuple[Party, ...]) -> tuple[Party, ...]:
    """ "Ethiopia bombed Tigray": a part of the same state, which stands under its own name."""
    return tuple(
        Party(slug(party.words), party.words, ActorType.ROLE, state=party.state, words=party.words)
        for party in hit
        if party.type is ActorType.STATE and party.words[:1].isupper() and party.words not in (party.name, party.id)
    )


def _carriers(token: Token, actors: ActorIndex) -> tuple[Party, ...]:
    """Who does what is done to an event noun: "Russia and Ukraine signed a truce"."""
    return _from_tokens(subjects_of(token.head), actors) if token.dep_ == "dobj" else ()


def _are_two_sides(parties: Sequence[Party]) -> bool:
    return len({side_of(party) for party in parties}) > 1


def side_of(party: Party) -> str:
    """What tells one side from another: the state, of who has none himself."""
    return party.state or party.id


def _unplaced(slot: Slot) -> Slot:
    """Without what only says where: "Russia and Ukraine signed a truce in Minsk" is theirs alone."""
    return replace(slot, paths=tuple(path for path in slot.paths if path.split(".")[-1] not in ("in", "at")))


def _parties(slot: Slot, token: Token, actors: ActorIndex) -> tuple[Party, ...]:
    for path in slot.paths:
        if found := _along(path, token, actors):
            return found
    return ()


def _along(path: str, token: Token, actors: ActorIndex) -> tuple[Party, ...]:
    *hops, last = path.split(".")
    if last != MODIFIERS:
        return _from_tokens(follow(token, path), actors)
    starts = follow(token, ".".join(hops)) if hops else [token]
    return distinct(party for start in starts for party in actors.modifier_parties(start))


def _from_tokens(tokens: Sequence[Token], actors: ActorIndex) -> tuple[Party, ...]:
    """The parties that the tokens denote; a thing or an event stands for whoever possesses or modifies it."""
    between = load_grammar().good_offices
    tokens = [token for token in tokens if token.lower_ not in between]
    found = distinct(party for token in tokens for party in actors.parties(token))
    if found:
        return found
    things = [token for token in tokens if token.pos_ == "NOUN"]
    if suffered := [token for token in things if token.lemma_.lower() in load_grammar().suffered]:
        return _doers_of_suffered(suffered, actors)
    return distinct(party for thing in things for party in actors.modifier_parties(thing)) or distinct(
        party for thing in things for owner in _owners(thing) for party in _denoted(owner, actors)
    )


def _doers_of_suffered(deeds: Sequence[Token], actors: ActorIndex) -> tuple[Party, ...]:
    """ "condemned Israel's killing of a leader", "his murder by rebels": who has done it, not who has suffered it."""
    by = distinct(party for deed in deeds for word in objects_of(deed, "by") for party in actors.parties(word))
    victims = {party.id for deed in deeds for party in (() if objects_of(deed, "of") else _whose(deed, actors))}
    named = distinct(party for deed in deeds for party in actors.modifier_parties(deed))
    return by or tuple(party for party in named if party.id not in victims)


def _owners(thing: Token) -> list[Token]:
    """Whom a thing belongs to by the words after it: "the purpose of his visit", "facilities belonging to X"."""
    found = objects_of(thing, "of")
    for clause in children(thing, "acl"):
        if clause.lemma_ in OWNING:
            found += [*objects_of(clause, "to"), *objects_of(clause, "by")]
    return found


def _denoted(token: Token, actors: ActorIndex) -> tuple[Party, ...]:
    return actors.parties(token) or actors.modifier_parties(token)


def _without(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    taken = {party.id for party in others}
    return tuple(party for party in parties if party.id not in taken)


def distinct(parties: Iterator[Party] | Sequence[Party]) -> tuple[Party, ...]:
    """Each actor once, in the order of the text."""
    return tuple({party.id: party for party in parties}.values())


def _objects(slot: Slot, token: Token) -> tuple[Token, ...]:
    for path in slot.paths:
        if path == MODIFIERS:
            found = [child for child in token.lefts if child.dep_ in ("compound", "amod", "nmod")]
        else:
            found = [thing for thing in follow(token, path) if thing.lower_ not in load_grammar().words_of_days]
        if found:
            return tuple(found)
    return ()


def _object_name(objects: Sequence[Token], token: Token, actors: ActorIndex) -> str | None:
    """What it was done with or about: a weapon by its name, else the words of the noun phrase."""
    modifiers = [child for child in token.lefts if child.dep_ in COLOURING] if token.pos_ in NOMINAL else []
    for place in (*objects, *direct_objects(token), *modifiers):  # "the S-300 deal"
        for word in place.subtree:
            if name := actors.weapon(word):
                return name
    for thing in map(_measured, objects):
        if thing.pos_ == "NOUN" and not actors.parties(thing):
            return _noun_phrase(thing)
    return None


def _measured(thing: Token) -> Token:
    """What is measured: the grain in "3 million tons of grain"."""
    goods = objects_of(thing, "of") if thing.lemma_.lower() in load_grammar().measures else []
    return goods[0] if goods else thing


def _noun_phrase(noun: Token) -> str:
    """The noun with the words right before it that belong to it, without its article."""
    start = noun.i
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod", "nmod", "nummod") and noun.i - child.i <= 6:
            start = min(start, child.left_edge.i)
    return noun.doc[start : noun.i + 1].text


def is_known(party: Party) -> bool:
    """Whether the party is more than a role noun without a state: "protesters" is not."""
    return party.type is not ActorType.ROLE or party.state is not None
