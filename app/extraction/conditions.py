"""What a trigger row may ask of the words around its trigger: one function for each name in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from app.domain.actors import ActorType
from app.extraction.actors import ActorIndex
from app.extraction.actors.phrases import relative_antecedent
from app.extraction.arguments import RELATIVE, children, direct_objects, follow, is_infinitive, is_passive, objects_of
from app.extraction.blocks import BlockKind
from app.extraction.codebook import Condition
from app.extraction.grammar import load_grammar

QUOTES = ('"', "“", "‘", "``")
TERMS = frozenset({"minute", "hour", "day", "week", "fortnight", "month"})
PLACE_PREPOSITIONS = ("to", "in", "into", "at", "for", "from", "near", "outside")
MONEY = ("$", "€", "£", "¥", "dollar", "euro", "pound", "million", "billion", "rouble", "ruble", "yuan", "yen")
WEAPON_NOUNS = frozenset(
    {"missile", "weapon", "arm", "rocket", "jet", "aircraft", "tank", "submarine", "warship", "launcher", "warplane"}
    | {"drone", "radar", "ammunition", "munition", "helicopter", "artillery", "howitzer", "armament", "arms", "shell"}
    | {"weaponry", "hardware", "fighter", "frigate", "torpedo", "warhead", "interceptor", "bomber", "rifle", "bomb"}
)


@dataclass(frozen=True)
class Surroundings:
    """A trigger with what is known of its article. What several rows ask of it is looked up once."""

    token: Token
    actors: ActorIndex
    block: BlockKind

    @cached_property
    def _reached(self) -> dict[str, list[Token]]:
        return {}

    def reached(self, path: str) -> list[Token]:
        """The tokens that a path from the trigger leads to."""
        if path not in self._reached:
            self._reached[path] = follow(self.token, path)
        return self._reached[path]

    @cached_property
    def objects(self) -> list[Token]:
        return direct_objects(self.token)

    @cached_property
    def object_forms(self) -> set[str]:
        return _forms(_with_conjuncts(_with_counted(_with_antecedents(self.objects))))

    @cached_property
    def subject_forms(self) -> set[str]:
        return _forms(_with_sorts(_with_conjuncts(_with_counted(_with_antecedents(self.reached("subj"))))))

    @cached_property
    def of_forms(self) -> set[str]:
        return _forms(_with_conjuncts(objects_of(self.token, "of")))

    @cached_property
    def clause_forms(self) -> set[str]:
        """Forms of all words below the trigger."""
        return _forms(list(self.token.subtree))

    @cached_property
    def left_forms(self) -> set[str]:
        return _forms(list(self.token.lefts))

    @cached_property
    def infinitive_forms(self) -> set[str]:
        below = children(self.token, "xcomp", "acl", "ccomp", "advcl", "relcl")
        return _forms(_with_conjuncts([child for child in below if not _is_told_done(child)]))

    @cached_property
    def preposition_object_forms(self) -> set[str]:
        below = [child for child in self.token.children if child.dep_ in ("prep", "agent")]
        return _forms([found for each in below for found in children(each, "pobj", "pcomp")])


def fits(conditions: Iterable[Condition], around: Surroundings) -> bool:
    """Whether all of them hold around the trigger."""
    return all(_CHECKS[condition.name](around, condition.values) for condition in conditions)


def _forms(tokens: list[Token]) -> set[str]:
    """The lemmas and the words as written, in small letters."""
    return {form for token in tokens for form in (token.lemma_.lower(), token.lower_)}


def _is_told_done(clause: Token) -> bool:
    """Whether a clause tells of the past ("told parliament that nothing had been paid"), not of what is to be done."""
    helpers = [child.tag_ for child in clause.children if child.dep_ in ("aux", "auxpass")]
    return clause.dep_ == "ccomp" and "VBD" in (helpers or [clause.tag_])


def _with_conjuncts(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *token.conjuncts)]


def _with_sorts(tokens: list[Token]) -> list[Token]:
    """With what names are said to be names of: "Hurricane Lorenzo"."""
    named = [token for token in tokens if token.pos_ == "PROPN"]
    return [*tokens, *(child for token in named for child in children(token, "compound"))]


def _with_counted(tokens: list[Token]) -> list[Token]:
    """With what is counted: "hundreds of police", "a group of gunmen"."""
    counting = load_grammar().counting
    return [
        *tokens,
        *(below for token in tokens if token.lemma_.lower() in counting for below in objects_of(token, "of")),
    ]


def _with_antecedents(tokens: list[Token]) -> list[Token]:
    """With the nouns that relative pronouns stand for: "a crash that killed" is a crash's doing."""
    found = [relative_antecedent(token) for token in tokens if token.lower_ in RELATIVE]
    return [*tokens, *(token for token in found if token is not None)]


def _is_place(token: Token, actors: ActorIndex) -> bool:
    return actors.place_at(token) is not None


def _is_weapon(token: Token, actors: ActorIndex) -> bool:
    return token.lemma_.lower() in WEAPON_NOUNS or actors.weapon(token) is not None


def _to_place(around: Surroundings, _: frozenset[str]) -> bool:
    return any(
        _is_place(found, around.actors) for preposition in PLACE_PREPOSITIONS for found in around.reached(preposition)
    )


def _prepositions(around: Surroundings, values: frozenset[str]) -> bool:
    """The phrase "on Thursday" is no "on" that the words of a deed ask for."""
    return any(value != "on" or not _is_day(found) for value in values for found in around.reached(value))


def _is_day(word: Token) -> bool:
    return word.lower_ in load_grammar().words_of_days


def _particle(around: Surroundings, values: frozenset[str]) -> bool:
    """A particle stands after its verb, and no day after it: "In the report we gave ..." is no giving in, and "left on
    Monday" no leaving on."""
    return any(
        child.lower_ in values and child.dep_ in ("prt", "advmod", "prep")
        for child in around.token.children
        if child.i > around.token.i and not any(_is_day(word) for word in children(child, "pobj"))
    )


def _people(tokens: list[Token], actors: ActorIndex) -> bool:
    parties = [party for token in tokens for party in actors.parties(token)]
    return any(party.type in (ActorType.PERSON, ActorType.ROLE) or " " in party.words for party in parties)


def _has_weapon(around: Surroundings, _: frozenset[str]) -> bool:
    return any(_is_weapon(token, around.actors) for token in around.token.subtree) or any(
        _is_weapon(token, around.actors) for found in around.objects for token in found.subtree
    )


def _is_labelled(around: Surroundings) -> bool:
    """Whether the object is given a name: "called the deal a mistake", "calls him ‘reckless’"."""
    token = around.token
    if children(token, "oprd") and children(token, "dobj"):
        return True
    ends = [found.right_edge.i + 1 for found in children(token, "dobj", "ccomp")]
    return any(end < len(token.doc) and token.doc[end].text in QUOTES for end in ends)


def _is_uttered(around: Surroundings, _: frozenset[str]) -> bool:
    """Somebody's threat, not the danger that something is: "poses a threat", "threats to the coast"."""
    token = around.token
    if token.dep_ == "attr" or (token.dep_ in ("dobj", "pobj") and token.head.lemma_ in load_grammar().endangering):
        return False
    told_of = children(token, "poss") or objects_of(token, "by") or objects_of(token, "from")
    dangers = [found for child in token.children if child.lower_ == "to" for found in children(child, "pobj")]
    return bool(told_of) or not dangers or token.head.lemma_ in load_grammar().support


def _is_under(around: Surroundings, values: frozenset[str]) -> bool:
    """The preposition above the trigger: "on strike", "in a bid to"."""
    return around.token.dep_ == "pobj" and around.token.head.lower_ in values


def _is_wished(around: Surroundings, _: frozenset[str]) -> bool:
    """Whether the clause tells what is to be ("insists that Iran stop"), not what is ("that it has stopped")."""
    for clause in children(around.token, "ccomp"):
        helpers = [child for child in clause.children if child.dep_ in ("aux", "auxpass")]
        first = min((*helpers, clause), key=lambda word: word.i)
        if first.lower_ in ("must", "should", "be") or first.tag_ in ("VB", "TO"):
            return True
        if first.tag_ == "VBP" and first.pos_ == "VERB" and not _is_many(children(clause, "nsubj")):
            return True
    return False


def _is_many(subjects: list[Token]) -> bool:
    return any(subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we", "i", "you") for subject in subjects)


def _is_given_time(around: Surroundings, _: frozenset[str]) -> bool:
    """ "gave X 48 hours to leave": a length of time, and what is to be done in it."""
    terms = [child for child in children(around.token, "dobj", "npadvmod", "oprd") if child.lemma_.lower() in TERMS]
    below = [clause for each in (around.token, *terms) for clause in children(each, "relcl", "acl", "advcl", "xcomp")]
    return bool(terms) and any(is_infinitive(clause) and clause.i > terms[0].i for clause in below)


def _has_armed_subject(around: Surroundings, _: frozenset[str]) -> bool:
    parties = [party for found in around.reached("subj") for party in around.actors.parties(found)]
    return any(party.type is ActorType.ARMED_GROUP for party in parties)


def _is_negated(around: Surroundings, _: frozenset[str]) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("no", "never") for child in around.token.children)


def _is_one_side(around: Surroundings, _: frozenset[str]) -> bool:
    """Whether one side alone does it: "India signed a contract", not "Russia and India signed a contract"."""
    parties = [party for found in around.reached("subj") for party in around.actors.parties(found)]
    return len({party.state or party.id for party in parties}) < 2


Check = Callable[[Surroundings, frozenset[str]], bool]


def _has(forms: Callable[[Surroundings], set[str]]) -> Check:
    return lambda around, values: not forms(around).isdisjoint(values)


def _lacks(forms: Callable[[Surroundings], set[str]]) -> Check:
    return lambda around, values: forms(around).isdisjoint(values)


_CHECKS: dict[str, Check] = {
    "prt": _particle,
    "noprt": lambda around, values: not _particle(around, values),
    "prep": _prepositions,
    "noprep": lambda around, values: not _prepositions(around, values),
    "obj": _has(lambda around: around.object_forms),
    "noobj": _lacks(lambda around: around.object_forms),
    "inf": _has(lambda around: around.infinitive_forms),
    "near": _has(lambda around: around.clause_forms),
    "nonear": _lacks(lambda around: around.clause_forms),
    "of": _has(lambda around: around.of_forms),
    "noof": _lacks(lambda around: around.of_forms),
    "mod": _has(lambda around: around.left_forms),
    "nomod": _lacks(lambda around: around.left_forms),
    "subj": _has(lambda around: around.subject_forms),
    "nosubj": _lacks(lambda around: around.subject_forms),
    "under": _is_under,
    "nounder": lambda around, values: not _is_under(around, values),
    "pobj": _has(lambda around: around.preposition_object_forms),
    "nopobj": _lacks(lambda around: around.preposition_object_forms),
    "toplace": _to_place,
    "objplace": lambda around, _: any(_is_place(found, around.actors) for found in around.objects),
    "objactor": lambda around, _: any(around.actors.parties(found) for found in around.objects),
    "objperson": lambda around, _: _people(around.objects, around.actors),
    "subjperson": lambda around, _: _people(around.reached("subj"), around.actors),
    "subjplace": lambda around, _: any(_is_place(found, around.actors) for found in around.reached("subj")),
    "weapon": _has_weapon,
    "sum": lambda around, _: not around.clause_forms.isdisjoint(MONEY),
    "ccomp": lambda around, _: bool(children(around.token, "ccomp")),
    "noccomp": lambda around, _: not children(around.token, "ccomp"),
    "label": lambda around, _: _is_labelled(around),
    "finite": lambda around, _: around.token.dep_ not in ("acl", "amod"),
    "nolabel": lambda around, _: not _is_labelled(around),
    "with": lambda around, _: bool(around.reached("with")),
    # A headline's plural may be tagged a verb: "Talks Stall".
    "plural": lambda around, _: around.token.tag_ in ("NNS", "NNPS", "VBZ"),
    "singular": lambda around, _: around.token.tag_ not in ("NNS", "NNPS"),
    "uttered": _is_uttered,
    "wish": _is_wished,
    "term": _is_given_time,
    "subjgroup": _has_armed_subject,
    "attribute": lambda around, _: around.token.dep_ == "amod",
    "noattribute": lambda around, _: around.token.dep_ != "amod",
    "neg": _is_negated,
    "noneg": lambda around, values: not _is_negated(around, values),
    "headline": lambda around, _: around.block is BlockKind.HEADLINE,
    "toinf": lambda around, _: any(is_infinitive(below) for below in children(around.token, "xcomp", "acl", "advcl")),
    "active": lambda around, _: not is_passive(around.token),
    "passive": lambda around, _: is_passive(around.token),
    "oneside": _is_one_side,
    "hasobj": lambda around, _: bool(around.objects),
    "nodobj": lambda around, _: not children(around.token, "dobj"),
}
