"""The sides that a clause leaves open, filled with the likeliest of those that the article speaks of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from dataclasses import replace

from spacy.tokens import Token

from app.domain.actors import ActorType, Naming, Party
from app.domain.events import Place
from app.extraction.actors.coreference import HE
from app.extraction.actors.phrases import leaning
from app.extraction.arguments import (
    DONE_TO,
    NOMINAL,
    RELATIVE,
    VERBAL,
    agents_of,
    children,
    clause_verb,
    is_passive,
    objects_of,
    surface_subjects,
)
from app.extraction.candidates import SOURCE, TARGET, Vicinity, candidates_of, family_of, is_told
from app.extraction.frames import HURTING, Frame
from app.extraction.grammar import load_grammar
from app.extraction.participants import Participants
from app.extraction.ranking import Choice, Setting
from app.extraction.temporal.tense import answers, is_object_of_answer

OTHER = {SOURCE: TARGET, TARGET: SOURCE}
CHOSEN = "chosen"
SHARED = "shared"
DEFYING = ("amid", "despite", "over")
HELP_LINKS = ("with", "under", "without")
OBJECTIONS = (
    "anger",
    "appeal",
    "call",
    "complaint",
    "criticism",
    "objection",
    "opposition",
    "outcry",
    "pressure",
    "protest",
    "warning",
)
# What only those of one state do to each other.
OWN_AFFAIRS = ("appointment", "election", "resignation")
# Kinds done to whom or what the clause names; of others, the thing named may stand for its owner.
DONE_TO_WHAT_IS_NAMED = ("arrest", *HURTING)
# How the derivation of a mention names a side that no words of its clause name.
NAMED = {SOURCE: "likely source", TARGET: "likely target"}


def with_likely_sides(
    frame: Frame,
    company: Participants,
    choice: Choice,
    place: Callable[[Frame], Place | None],
    peaceful: frozenset[str],
) -> Frame:
    """First the source, then the target as seen from it. A side that the clause names is left as it is.

    `place` tells where it happened; `peaceful` are those of whom violence is not to be supposed.
    """
    open_sides = [side for side in (SOURCE, TARGET) if not is_told(frame, side)]
    open_sides = [side for side in open_sides if frame.filled_by(side) != SHARED]  # "the army and the opposition met"
    if frame.kind == "statement" and is_passive(frame.token) and children(frame.token, "xcomp"):
        return frame  # "is said to have fled": nobody who says it is told
    if frame.kind == "appointment" and not frame.source and not frame.target:
        return frame  # who took office nobody else tells
    if not frame.source and _is_done_by_a_thing(frame):
        open_sides = [side for side in open_sides if side == TARGET and not frame.target]
    if not open_sides:
        return frame
    around, family = Vicinity(frame, company), family_of(frame.kind)
    two_sided = frame.kind in load_grammar().two_sided_kinds
    sides, chances, found = {SOURCE: frame.source, TARGET: frame.target}, [], []
    for side in open_sides:
        held, other = sides[side], sides[OTHER[side]]
        barred = frozenset[str]()
        if side == SOURCE:
            barred = _no_doers(frame, family, around) | _elsewhere(family, place, frame, company)
            if family == "violent" and not held:
                barred |= peaceful
        else:
            barred = frozenset() if held else _untouched(frame, family, around)
            barred |= _venues(frame, around)
        barred |= _aside(around) | _abroad(frame.kind, sides[OTHER[side]], company)
        if not held and (side == SOURCE or frame.kind in DONE_TO_WHAT_IS_NAMED) and _is_taken(frame, side):
            barred |= around.company.people
        if not held and side == SOURCE and _is_of_one(frame, around):
            barred |= around.company.bodies
        how = frame.filled_by(side)
        if candidates := candidates_of(side, held, how, other, around, two_sided=two_sided, barred=barred):
            chosen = choice.choose(Setting(side, family, company.scene), candidates)
            chances.append((side, chosen.chance))
            parties = chosen.parties
            if not parties and side == SOURCE and family == "legal" and len(candidates) == 1:
                parties = _of_the_land(candidates[0].parties, place(frame))
            if parties != held:
                sides[side] = tuple(replace(party, basis=Naming.INFERRED) for party in parties)
                found.append(side)
    return replace(
        frame,
        source=sides[SOURCE],
        target=sides[TARGET],
        chances=tuple(chances),
        filled=(*((side, CHOSEN) for side in found), *frame.filled),
        inherited=(*frame.inherited, *(NAMED[side] for side in found)),
    )


def _of_the_land(parties: tuple[Party, ...], here: Place | None) -> tuple[Party, ...]:
    """ "have been freed in Pakistan": the state where courts and police did it, where no other may be meant."""
    return parties if here is not None and [party.id for party in parties] == [here.country] else ()


def _aside(around: Vicinity) -> frozenset[str]:
    """Who is named for what he tells, or for being what others are against: "according to the Pentagon", "anti-Japan
    rallies"."""
    aside = {one.token.i: one.party.id for one in around.here if _is_told_by(one.token) or leaning(one.token)}
    return frozenset({*aside.values()} - {one.party.id for one in around.here if one.token.i not in aside})


def _is_told_by(name: Token) -> bool:
    """ "according to the Pentagon"."""
    link = name.head
    return name.dep_ == "pobj" and link.lower_ == "to" and link.head.lower_ == "according"


def _is_taken(frame: Frame, side: str) -> bool:
    """Whether words stand where the side does, though no actor is known by them ("the mayor's uncle was shot", "Kenya
    bombed three villages"): then it is nobody who is named elsewhere."""
    verb = frame.token
    if verb.pos_ not in VERBAL:
        return False
    done_to = ("nsubjpass",) if is_passive(verb) else ("dobj",)
    labels = done_to if side == TARGET else () if is_passive(verb) else ("nsubj",)
    return any(word.pos_ in NOMINAL for word in children(verb, *labels))


def _is_of_one(frame: Frame, around: Vicinity) -> bool:
    """ "He met Russian officers": one person did it, though the text does not tell who that is."""
    if frame.token.pos_ not in VERBAL or is_passive(frame.token):
        return False
    known = {one.token.i for one in around.here}
    subjects = surface_subjects(clause_verb(frame.token))
    return any(subject.lower_ in HE and subject.i not in known for subject in subjects)


def _is_done_by_a_thing(frame: Frame) -> bool:
    """ "A car bomb killed 30", "missiles struck Odessa, killing two": who did it is not told, and no place tells it."""
    if family_of(frame.kind) != "violent":
        return False
    if frame.token.pos_ in NOMINAL:
        return frame.token.lemma_.lower() in load_grammar().instruments
    doers = surface_subjects(clause_verb(frame.token))
    return any(doer.pos_ == "NOUN" and doer.lemma_.lower() in load_grammar().instruments for doer in doers)


def _no_doers(frame: Frame, family: str, around: Vicinity) -> frozenset[str]:
    """Who has not done it though he stands near: the victims' own state, who condemns it, who is only spoken of."""
    told = _answering(frame, around) | _spoken_of(frame, around) | _other_names(frame, around)
    told |= _standing_by(DEFYING, OBJECTIONS, frame, around)
    told |= _named_at({word.i for word in objects_of(frame.token, "to")}, around)  # "was deported to Chad"
    return _own_states(frame, family, around) | told


def _elsewhere(
    family: str, place: Callable[[Frame], Place | None], frame: Frame, company: Participants
) -> frozenset[str]:
    """The states other than that of the place, for what courts and police do: who arrests in Minsk is of Belarus."""
    here = place(frame) if family == "legal" else None
    return company.states - {here.country} if here is not None and here.country else frozenset()


def _abroad(kind: str, other: Collection[Party], company: Participants) -> frozenset[str]:
    """Who belongs to another state than the other side, for what a state does at home: elects, appoints, resigns."""
    own = {party.state for party in other if party.state} if kind in OWN_AFFAIRS else set()
    if not own:
        return frozenset()
    others = company.states - own
    return frozenset(others | {ident for ident, party in company.parties.items() if party.state in others})


def _spoken_of(frame: Frame, around: Vicinity) -> frozenset[str]:
    """ "He said Israel had bombed the town", "was accused of arming Hamas": whoever speaks, it is not the one whom the
    clause tells of."""
    if frame.kind not in load_grammar().verbal_kinds:
        return frozenset()
    links = children(frame.token, "prep")
    clauses = (*children(frame.token, "ccomp"), *(clause for link in links for clause in children(link, "pcomp")))
    told = {word.i for clause in clauses for word in clause.subtree}
    return frozenset(one.party.id for one in around.here if one.token.i in told)


def _other_names(frame: Frame, around: Vicinity) -> frozenset[str]:
    """ "Anna Keller, a Swiss nurse, was abducted": the nurse is she."""
    suffering = {party.id for party in frame.target}
    named = {one.token.i for one in around.here if one.party.id in suffering}
    return frozenset(one.party.id for one in around.here if one.token.dep_ == "appos" and one.token.head.i in named)


def _answering(frame: Frame, around: Vicinity) -> frozenset[str]:
    """ "Khartoum condemned the attack, which killed 39", "the visit was welcomed by Syria"."""
    above = {verb.i for verb in (frame.token, *frame.token.ancestors) if answers(verb)}
    above |= {clause.i for clause in children(frame.token, "relcl") if _tells_an_answer(clause)}
    return _doers_of(above, frame, around) | _appraising(frame, around) | _provoked(frame, around)


def _tells_an_answer(clause: Token) -> bool:
    """ "the attack that Iran condemned"; "the group that condemned the attack" has an object of its own."""
    return answers(clause) and not [word for word in children(clause, "dobj") if word.lower_ not in RELATIVE]


def _provoked(frame: Frame, around: Vicinity) -> frozenset[str]:
    """ "The visit drew criticism from China", "the arrests angered Moscow": who reacts to it has not done it."""
    verb = frame.token.head
    if frame.token.dep_ != "nsubj" or verb.lemma_ not in load_grammar().provoking:
        return frozenset()
    own = {word.i for word in frame.token.subtree}
    reacting = {word.i for word in verb.subtree if word.i > verb.i} - own
    return _named_at(reacting, around)


def _named_at(words: Collection[int], around: Vicinity) -> frozenset[str]:
    """Those whom these words name, and their states."""
    named = [one.party for one in around.here if one.token.i in words]
    return frozenset(ident for party in named for ident in (party.id, party.state) if ident)


def _untouched(frame: Frame, family: str, around: Vicinity) -> frozenset[str]:
    """To whom it was not done though he stands near: who only answers it, and who helps with it."""
    helping = _standing_by(HELP_LINKS, load_grammar().good_offices, frame, around)
    if family == "joint":
        objecting = _standing_by(DEFYING, OBJECTIONS, frame, around)
        return _condemning(frame, around) | _provoked(frame, around) | helping | objecting
    if family == "violent":
        return _condemning(frame, around) | _appraising(frame, around) | helping
    return helping if family in ("military", "legal", "popular") else frozenset()


def is_venue(word: Token, frame: Frame) -> bool:
    """ "They met in Vienna", "talks between the two in Oman": several who meet have each other, and where they do is no
    side."""
    if word.dep_ != "pobj" or word.head.lower_ not in ("in", "at") or frame.kind not in load_grammar().joint_kinds:
        return False
    subjects = surface_subjects(frame.token)
    return len(subjects) > 1 or any(subject.morph.get("Number", []) == ["Plur"] for subject in subjects)


def _venues(frame: Frame, around: Vicinity) -> frozenset[str]:
    """Who is named in the sentence as the place of a meeting, and in no other way."""
    there = {one.party.id for one in around.here if is_venue(one.token, frame)}
    return frozenset(there - {one.party.id for one in around.here if not is_venue(one.token, frame)})


def _standing_by(links: Container[str], nouns: Container[str], frame: Frame, around: Vicinity) -> frozenset[str]:
    """Who is named with such a noun after such a preposition, in the deed's own clause: "despite objections from X"."""
    verb = clause_verb(frame.token)
    beside = [
        noun
        for word in (verb, *children(verb, "nsubj", "nsubjpass", "dobj"))
        for link in children(word, "prep")
        if link.lower_ in links
        for noun in children(link, "pobj")
        if noun.lemma_.lower() in nouns and noun.i != frame.token.i
    ]
    words = {word.i for noun in beside for word in noun.subtree}
    return _named_at(words, around)


def _condemning(frame: Frame, around: Vicinity) -> frozenset[str]:
    """ "The ambassador condemned the bombings", "Iran's condemnation of the attack"; who blames somebody for them may
    have suffered them."""
    deed = frame.token
    above = {deed.head.i} if is_object_of_answer(deed) else set()
    above |= {clause.i for clause in children(deed, "relcl") if _tells_an_answer(clause)}
    answer = deed.head.head if deed.dep_ == "pobj" and deed.head.lower_ == "of" else deed
    named = {word.i for word in agents_of(answer)} if answer.lemma_ in load_grammar().answers_named else set()
    return _doers_of(above, frame, around) | _named_at(named, around)


def _appraising(frame: Frame, around: Vicinity) -> frozenset[str]:
    """ "The visit was welcomed by Syria", "the shelling was witnessed by monitors"."""
    verb = frame.token.head
    appraised = frame.token.dep_ in DONE_TO and verb.lemma_ in load_grammar().appraising
    return _doers_of({verb.i}, frame, around) if appraised else frozenset()


def _doers_of(verbs: set[int], frame: Frame, around: Vicinity) -> frozenset[str]:
    doc = frame.token.doc
    words = {
        word.i
        for verb in verbs - {frame.token.i}
        for word in (*surface_subjects(doc[verb]), *objects_of(doc[verb], "by"))
        if word.i != frame.token.i
    }
    return _named_at(words | {one.token.i for one in around.here if _goes_on(one.token, words)}, around)


def _goes_on(noun: Token, words: set[int]) -> bool:
    """ "France and Germany condemned it"."""
    return noun.dep_ == "conj" and noun.head.i in words


def _own_states(frame: Frame, family: str, around: Vicinity) -> frozenset[str]:
    """The states of people whose nationality is told: "a British national was sentenced", "an Iranian scientist was
    killed". Their own courts may try them where the clause stands in their state."""
    barred = set()
    for party in frame.target:
        if party.type is not ActorType.ROLE or party.state is None:
            continue
        told = [spoken for spoken in around.here if spoken.party.id == party.state]
        told_of = [spoken for spoken in told if _colours(spoken.token, party.id)]
        if told_of and (family == "violent" or (family == "legal" and len(told) == len(told_of))):
            barred.add(party.state)
    return frozenset(barred)


def _colours(word: Token, noun: str) -> bool:
    return word.dep_ in ("amod", "compound", "nmod", "poss") and word.head.lemma_.lower() == noun
