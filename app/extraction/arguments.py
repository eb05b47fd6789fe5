"""Where the arguments of a trigger stand in the parse: named paths from a token to other tokens.

Labels are those of spaCy's English models (ClearNLP). All functions are pure and bounded: no walk goes up or down
more than a few links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from app.extraction.grammar import load_grammar

SUBJECTS = ("nsubj", "csubj")
VERBAL = ("VERB", "AUX")
NOMINAL = ("NOUN", "PROPN")
RELATIVE = ("who", "which", "that", "whom")
DEEPEST = 5
STEM = 4  # letters that words for one deed share


def children(token: Token, *labels: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in labels]


def are_named_alike(one: Token, other: Token) -> bool:
    """Whether both words can name one deed: "bombed" and "the bombing", "raided" and "the raid"."""
    first, second = one.lemma_.lower(), other.lemma_.lower()
    return first[:STEM] == second[:STEM] and min(len(first), len(second)) >= STEM


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is what it is done to."""
    if verb.tag_ not in ("VBN", "VBD") or shared_objects(verb) or is_told_as_a_noun(verb):
        return False
    labels = {child.dep_ for child in verb.children}
    if labels & {"auxpass", "nsubjpass"}:
        return True
    if "nsubj" in labels and not labels & {"aux", "dobj", "dative", "prt"}:
        return verb.dep_ != "relcl" and _is_surely_done_to(verb)
    if labels & {"nsubj", "aux", "dobj"}:
        return False
    if verb.dep_ in ("acl", "amod", "advcl"):
        return verb.tag_ == "VBN"
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and (verb.tag_ == "VBN" or _is_surely_done_to(verb)):
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ == "ROOT"


def shared_objects(verb: Token) -> list[Token]:
    """ "captured and later released three engineers": the object that stands with the last of the verbs alone."""
    last = verb
    for _ in range(DEEPEST):
        following = [child for child in children(last, "conj") if child.tag_ in _PAST]
        if not following or last.tag_ not in _PAST or children(last, *_COMPLEMENTS):
            break
        last = following[0]
    if last.i == verb.i or children(last, *SUBJECTS, "nsubjpass", "auxpass"):
        return []
    between = verb.doc[verb.i + 1 : last.i]
    return children(last, "dobj") if all(_only_lists(word) for word in between) else []


_PAST = ("VBD", "VBN")
# The labels of what a verb is done to.
DONE_TO = ("dobj", "nsubjpass")
_COMPLEMENTS = ("dobj", "prep", "ccomp", "xcomp", "auxpass", "nsubjpass", "agent", "prt", "oprd", "dative")


def _only_lists(word: Token) -> bool:
    return word.dep_ in ("cc", "advmod", "conj") or word.text == ","


def _is_surely_done_to(verb: Token) -> bool:
    """Whether the subject of the past form can only be whom it was done to; a headline ends without a stop."""
    grammar = load_grammar()
    return verb.lemma_ in grammar.done_to or (verb.lemma_ in grammar.done_to_in_headlines and not verb.doc[-1].is_punct)


def objects_of(token: Token, preposition: str) -> list[Token]:
    """The objects of the prepositions of that form right under the token; `by` finds a passive's agent too."""
    found = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.lower_ == preposition:
            found += children(child, "pobj", "pcomp")
        elif child.dep_ == "prep" and child.lower_ != preposition:
            # "together with", "because of", "out of": the second word is below the first
            for below in child.children:
                if below.dep_ == "prep" and below.lower_ == preposition:
                    found += children(below, "pobj")
    return found


def subjects_of(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what the verb says, however far away the word stands."""
    if depth > DEEPEST:
        return []
    if is_passive(verb):
        return objects_of(verb, "by")
    if own := children(verb, *SUBJECTS):
        return [*_listed_before(verb, own[0]), *own]
    if own := [doer for helper in children(verb, "aux") for doer in children(helper, *SUBJECTS)]:
        return own  # "Riyadh had for two weeks denied it"
    if seized := _seizing_power(verb):
        return seized
    if verb.dep_ == "relcl":
        return [verb.head]
    if verb.dep_ == "acl":
        return _acl_subjects(verb, depth)
    if verb.dep_ == "amod" and verb.tag_ == "VBG":
        return [verb.head]  # "striking workers"
    if verb.pos_ == "ADJ" and verb.dep_ in ("acomp", "oprd") and verb.head.pos_ in VERBAL:
        return subjects_of(verb.head, depth + 1)  # "was due to vote"
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        return surface_subjects(verb.head, depth + 1) if is_passive(verb.head) else subjects_of(verb.head, depth + 1)
    if verb.dep_ in ("xcomp", "advcl", "ccomp"):
        return _controllers(verb, verb.head, depth)
    if verb.dep_ == "pcomp":
        return _preposition_controllers(verb, depth)
    return []


def _seizing_power(verb: Token) -> list[Token]:
    """ "Guinea's military seized power and arrested the president": read as a noun that a participle modifies."""
    noun = verb.head if verb.dep_ in ("amod", "conj") and verb.tag_ in _PAST else verb
    if noun.pos_ not in NOMINAL or noun.dep_ != "ROOT":
        return []
    told = verb if verb.dep_ == "amod" else next((word for word in children(noun, "amod") if word.tag_ == "VBD"), None)
    return children(noun, "poss") if told is not None and told.tag_ == "VBD" and told.i + 1 == noun.i else []


def is_told_as_a_noun(verb: Token) -> bool:
    """ "Trump threatened Iran.": a short sentence, read as the name of a threatened Iran."""
    noun = verb.head
    named = verb.dep_ == "amod" and verb.tag_ == "VBD" and noun.dep_ == "ROOT" and noun.pos_ in NOMINAL
    return named and bool(children(verb, "nsubj"))


def _listed_before(verb: Token, subject: Token) -> list[Token]:
    """ "Japan, Australia sign pact": the first of a headline's list, which the parser hangs on the verb."""
    return [
        child
        for child in children(verb, "npadvmod", "dep")
        if child.pos_ == "PROPN" and child.right_edge.i + 2 == subject.left_edge.i
        if child.doc[child.right_edge.i + 1].text == ","
    ]


def addressees_of(trigger: Token) -> list[Token]:
    """To whom the clause is told: "told Libya that it would not ...", "Japan was informed that ..."."""
    for verb in governors(trigger):
        head = verb.head
        if verb.dep_ == "ccomp" and head.lemma_ in load_grammar().telling:
            return children(head, "dobj", "dative", "nsubjpass")
    return []


def _acl_subjects(verb: Token, depth: int) -> list[Token]:
    """ "officials visiting Moscow": the noun; "a plan to sell": whoever has the plan."""
    if verb.tag_ == "VBG":
        return [verb.head]
    if verb.head.dep_ == "conj" and verb.tag_ in _PAST and children(verb, "dobj") and verb.sent.root.pos_ in NOMINAL:
        return [verb.sent.root]  # "Russia and ten other countries expelled diplomats", read as countries expelled
    if verb.tag_ == "VBD" and children(verb, "dobj", "oprd", "ccomp"):
        return [verb.head]  # "Iran, which Riyadh accuses, called it a crime": a clause that was taken for a participle
    return agents_of(verb.head, depth + 1)


def _controllers(verb: Token, head: Token, depth: int) -> list[Token]:
    if head.pos_ in NOMINAL:
        return agents_of(head, depth + 1)
    if head.pos_ not in (*VERBAL, "ADJ"):
        return []
    if verb.dep_ == "advcl" and verb.tag_ not in ("VBG", "VBN") and not _is_infinitive(verb):
        return []
    if verb.dep_ != "advcl" and head.lemma_ in load_grammar().object_control:
        own = ("nsubjpass",) if head.lemma_ in load_grammar().called_upon else ("dobj", "dative", "nsubjpass")
        controlled = children(head, *own) or _called_upon(head)
        if controlled:
            return controlled
    return surface_subjects(head, depth + 1)


def _called_upon(verb: Token) -> list[Token]:
    """ "called on Sudan to disarm", "appealed to Cuba to free them"."""
    return [found for preposition in ("on", "upon", "to", "with") for found in objects_of(verb, preposition)]


def _preposition_controllers(verb: Token, depth: int) -> list[Token]:
    """ "after visiting Moscow, he ...", "accused X of selling", "barred X from selling"."""
    governor = verb.head.head
    if governor.lower_ == "guilty" and (found := children(governor, "nsubj") or _copular_subjects(governor)):
        return found  # "found two men guilty of raping"
    if governor.pos_ in NOMINAL:
        return agents_of(governor, depth + 1)
    if governor.pos_ not in VERBAL:
        return []
    charged = verb.head.lower_ == "with" and governor.lemma_ in load_grammar().accusing
    if verb.head.lower_ in ("of", "from", "into", "for") or charged:
        controlled = children(governor, "dobj", "nsubjpass")
        if controlled:
            return controlled
        if governor.dep_ == "acl" and is_passive(governor):
            return [governor.head]  # "the man accused by Turkey of killing him"
    return surface_subjects(governor, depth + 1)


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, which a passive puts in front."""
    return children(verb, *SUBJECTS, "nsubjpass") or subjects_of(verb, depth)


def agents_of(noun: Token, depth: int = 0) -> list[Token]:
    """Who does what an event noun names: possessor, by- or from-phrase, or the subject of its support verb."""
    if depth > DEEPEST:
        return []
    if own := children(noun, "poss"):
        return own
    for preposition in ("by", "from", "between"):
        if found := objects_of(noun, preposition):
            return found
    if found := [agent for thing in objects_of(noun, "of") for agent in objects_of(thing, "by")]:
        return found
    if found := _enacting(noun):
        return found
    for clause in children(noun, "relcl"):
        own = [child for child in children(clause, "nsubj") if child.lower_ not in RELATIVE]
        if own and clause.lemma_ in load_grammar().support:
            return own
    return support_subjects(noun, depth + 1)


def support_subjects(noun: Token, depth: int = 0) -> list[Token]:
    """The subject of the support verb that carries the noun: "made a trip", "ended with an appeal"."""
    if depth > DEEPEST:
        return []
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ in NOMINAL:
        return support_subjects(head, depth + 1)
    if blamed := _blamed_for(noun):
        return blamed
    if noun.dep_ in ("dobj", "attr", "oprd") and head.pos_ in VERBAL:
        return subjects_of(head, depth + 1) if _carries(head) else []
    if noun.dep_ == "pobj" and head.lower_ == "in" and noun.lower_ == "protest":
        return surface_subjects(clause_verb(head), depth + 1)  # "recalled its envoy in protest"
    if noun.dep_ == "pobj" and head.dep_ in ("prep", "agent"):
        if head.head.pos_ in VERBAL:
            return surface_subjects(head.head, depth + 1) if _leads_to(head.head, head) else []
        if head.head.pos_ == "NOUN" and head.lower_ in ("of", "in", "for"):
            return agents_of(head.head, depth + 1) if head.head.lemma_ not in load_grammar().answers_named else []
    return []


def _carries(verb: Token) -> bool:
    """Whether who does this to a deed is its doer: "launched an attack", "is mulling sanctions"."""
    return verb.lemma_ in load_grammar().support or verb.lemma_ in load_grammar().designing


def _enacting(noun: Token) -> list[Token]:
    """ "a coup led by officers", "the US-led invasion"."""
    for clause in children(noun, "acl"):
        if clause.tag_ == "VBN" and _enacts(clause) and (found := objects_of(clause, "by")):
            return found
    return [word for clause in children(noun, "amod") if _enacts(clause) for word in children(clause, "npadvmod")]


def _told_between(noun: Token) -> list[Token]:
    """ "talks mediated by Egypt between Israel and Hamas"."""
    return [side for clause in children(noun, "acl") for side in objects_of(clause, "between")]


def _enacts(verb: Token) -> bool:
    """Whether a deed is done by whom this is done to it by: "a coup led by officers", not "condemned by Paris"."""
    return _carries(verb) or verb.lemma_ in load_grammar().enacting


def _blamed_for(deed: Token) -> list[Token]:
    """Whom somebody else holds to have done it: "blamed Iran for the attack", "pinned the attack on Iran", "held Iran
    responsible for it"."""
    grammar, above = load_grammar(), deed.head
    if (
        deed.dep_ == "pobj"
        and above.lower_ in ("of", "for", "over", "with")
        and above.head.lemma_ in grammar.reproaching
    ):
        return children(above.head, "dobj", "nsubjpass") or _blamed_noun(above.head)
    if deed.dep_ == "pobj" and above.lower_ == "for" and above.head.dep_ == "dobj":  # a phrase hung on the blamed
        return [above.head] if above.head.head.lemma_ in grammar.reproaching else []
    if deed.dep_ == "pobj" and above.lower_ == "for" and above.head.lower_ == "responsible":
        verb = above.head.head
        return children(verb, "dobj") or [side for side in surface_subjects(verb) if verb.lemma_ == "be"]
    if deed.dep_ in DONE_TO and above.lemma_ in grammar.attributing:
        for carrier in (above, deed):  # "last year's attack on the embassy was blamed on militants"
            if found := [doer for link in ("on", "to") for doer in objects_of(carrier, link)]:
                return found
        return []
    return []


def _blamed_noun(verb: Token) -> list[Token]:
    """ "the men accused of the attack"."""
    return [verb.head] if verb.dep_ == "acl" and is_passive(verb) else []


def _leads_to(verb: Token, preposition: Token) -> bool:
    """Whether the verb's subject does what its phrase names: "came for talks", not "spoke against the attack"."""
    grammar = load_grammar()
    leading = grammar.support | grammar.implicative
    return preposition.lower_ in ("for", "on", "in", "with", "to") and verb.lemma_ in leading


def direct_objects(token: Token) -> list[Token]:
    """What is done to: the object, a passive's subject, or the noun that a participle or relative clause hangs on."""
    if token.pos_ not in VERBAL:
        return objects_of(token, "of")
    if is_passive(token):
        if own := children(token, "nsubjpass", "nsubj"):
            return own
        if token.dep_ in ("acl", "relcl", "amod"):
            return [token.head]
        if token.dep_ in ("conj", "advcl") and token.head.pos_ in VERBAL:
            return surface_subjects(token.head)
        return children(token, "dobj", "oprd")
    if own := children(token, "dobj"):
        return own
    if is_told_as_a_noun(token):
        return [token.head]
    # "called off the meeting": the object may hang on the particle.
    if own := [found for particle in children(token, "prt") for found in children(particle, "pobj")]:
        return own
    if token.dep_ == "relcl" and any(child.lower_ not in RELATIVE for child in children(token, "nsubj")):
        return [token.head]
    if shared := shared_objects(token):
        return shared
    if token.dep_ == "conj" and token.head.pos_ in VERBAL and not children(token, "prep", "ccomp", "xcomp"):
        return []
    return children(token, "oprd")


def datives(token: Token) -> list[Token]:
    """The indirect object: "told Iran", "sold it to Iran", "offered to Iran"."""
    own = [child for child in children(token, "dative") if child.pos_ != "ADP"]
    return own or _taken_for_modifiers(token) or _attached(token, "to") or _attached(token, "for")


def _taken_for_modifiers(verb: Token) -> list[Token]:
    """ "gave Laos 30 ambulances", "sold Egypt and India fighter jets": receivers that the parser hangs on the thing, or
    the thing on them."""
    found = []
    for thing in children(verb, "dobj"):
        found += [child for child in thing.lefts if _opens_as_a_name(child, thing)]
        if thing.pos_ == "PROPN":
            listed = [
                child for last in children(thing, "conj") for child in last.lefts if _opens_as_a_name(child, last)
            ]
            found += [thing, *listed] if listed else []
    return found


def _opens_as_a_name(word: Token, thing: Token) -> bool:
    modifies = word.dep_ in ("nmod", "compound") and word.pos_ == "PROPN" and thing.pos_ == "NOUN"
    return modifies and word.left_edge.i == thing.left_edge.i


def _attached(token: Token, preposition: str) -> list[Token]:
    """Objects of the preposition under the token, or where a parser may have hung them: its object, its verb."""
    if own := objects_of(token, preposition):
        return own
    if token.dep_ == "compound" and preposition == "of" and token.head.lemma_ in ("death", "incident", "case"):
        return objects_of(token.head, preposition)  # "the shooting death of a surgeon"
    if token.pos_ in VERBAL:
        carriers = children(token, "dobj", "nsubjpass", "oprd", "prt", "advmod", "attr", "acomp")
        carriers += [child for child in children(token, "advcl") if child.pos_ == "ADJ"]  # "left empty-handed from"
        return next((found for child in carriers if (found := _beyond(child, preposition))), [])
    # "the arrest of a reporter by the police": the phrase may hang on the noun before it, or right above.
    if own := [found for thing in objects_of(token, "of") for found in objects_of(thing, preposition)]:
        return own
    if own := _adjacent(token, preposition):
        return own
    if preposition == "by" and (own := _enacting(token)):
        return own
    if preposition == "between" and (own := _told_between(token)):
        return own
    head = token.head
    if token.dep_ in ("dobj", "attr", "nsubjpass") and head.pos_ in VERBAL:
        answered = preposition == "by" and token.dep_ == "nsubjpass" and not _enacts(head)
        return [] if answered else objects_of(head, preposition)
    if token.dep_ == "pobj" and head.head.pos_ in VERBAL and preposition in ("with", "to", "between"):
        return objects_of(head.head, preposition)
    return []


def _beyond(carrier: Token, preposition: str) -> list[Token]:
    """Objects of the preposition under a carrier: "a deal on X", or "a deal with Y on X", hung on Y."""
    if (own := objects_of(carrier, preposition)) or preposition != "on":
        return own
    return [found for other in objects_of(carrier, "with") for found in objects_of(other, preposition)]


def _adjacent(noun: Token, preposition: str) -> list[Token]:
    """The object of a preposition that stands right behind the noun and hangs on something above it."""
    after = noun.right_edge.i + 1
    if after >= len(noun.doc) or (word := noun.doc[after]).dep_ != "prep" or word.lower_ != preposition:
        return []
    return children(word, "pobj") if word.head.is_ancestor(noun) and word.head.pos_ not in VERBAL else []


def _complement_subjects(token: Token) -> list[Token]:
    return [subject for clause in children(token, "ccomp") for subject in surface_subjects(clause)]


def _copular_subjects(token: Token) -> list[Token]:
    """ "was a guest": the subject of the copula that the noun or adjective completes."""
    if token.pos_ == "ADJ" and (own := children(token, "nsubj")):
        return own  # "found two men guilty"
    if token.dep_ in ("attr", "acomp", "oprd") and token.head.pos_ in VERBAL:
        return surface_subjects(token.head)
    return []


def _possessors(token: Token) -> list[Token]:
    return children(token, "poss")


def _agents(token: Token) -> list[Token]:
    return subjects_of(token) if token.pos_ in VERBAL else _copular_subjects(token) or agents_of(token)


_RELATIONS: dict[str, Callable[[Token], list[Token]]] = {
    "subj": _agents,
    "dobj": direct_objects,
    "dative": datives,
    "attr": lambda token: children(token, "attr", "oprd", "acomp"),
    "ccsubj": _complement_subjects,
    "copsubj": _copular_subjects,
    "poss": _possessors,
    "light": support_subjects,
    "xcomp": lambda token: children(token, "xcomp", "pcomp"),
    "ccomp": lambda token: children(token, "ccomp"),
}


def follow(token: Token, path: str) -> list[Token]:
    """The tokens that a path such as `subj`, `to` or `dobj.by` leads to; [] where it leads nowhere.

    `mod` is no path of tokens here: modifiers are read by whoever knows the names.
    """
    found = [token]
    for hop in path.split("."):
        found = [reached for start in found for reached in _hop(start, hop)]
    return found


def _hop(token: Token, hop: str) -> list[Token]:
    relation = _RELATIONS.get(hop)
    return relation(token) if relation else _attached(token, hop)


def governors(token: Token) -> Iterator[Token]:
    """The token's clause and the clauses above it, nearest first: verbs only."""
    seen = 0
    while token.head.i != token.i and seen < 12:
        if token.pos_ in VERBAL:
            yield token
        token = token.head
        seen += 1
    if token.pos_ in VERBAL:
        yield token


def clause_verb(token: Token) -> Token:
    """The verb of the token's own clause; the token itself where there is none."""
    return next(governors(token), token)


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def is_infinitive(verb: Token) -> bool:
    """Whether the verb stands with "to"."""
    return _is_infinitive(verb)


def is_denied_gerund(token: Token) -> bool:
    """ "denied bombing villages": the word right after a verb of denying, which the parser hangs on its own object."""
    verb = token.head.head
    between = token.dep_ == "compound" and token.head.dep_ == "dobj" and verb.i + 1 == token.i
    return between and token.lower_.endswith("ing") and verb.lemma_ in load_grammar().denying
