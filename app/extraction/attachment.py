"""How closely a date belongs to a trigger, told by where both hang in the parse."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from app.extraction.arguments import DONE_TO, NOMINAL, VERBAL, is_denied_gerund, is_infinitive, is_passive
from app.extraction.grammar import load_grammar
from app.extraction.temporal.tense import answers, is_accused_of, is_answered, is_thing_ahead

# Under the trigger; on the trigger's verb; on a verb that the trigger goes on with; on a verb that goes on with the
# trigger; on the verb of saying above it; anywhere else in the sentence.
OWN, CLAUSE, CHAIN, BELOW, SAYING, ELSEWHERE = range(6)
DOERS = ("nsubj", "nsubjpass", "csubj", "expl")
FINITE = ("VBD", "VBZ", "VBP", "MD")


def rank_of(trigger: Token, root: Token) -> int:
    """How closely a date belongs to a trigger; less is closer."""
    above = _up_to_verb(root)
    if any(token.i == trigger.i for token in above):
        return OWN
    if trigger.dep_ == "amod" and trigger.tag_ == "VBD" and any(token.i == trigger.head.i for token in above):
        return OWN  # "Guinea's military seized power on Tuesday", read as seized power
    verb = above[-1]
    if trigger.dep_ == "relcl" and trigger.head.i == root.i and any(word.pos_ in NOMINAL for word in _doers(trigger)):
        return OWN  # "and the following year it recalled its ambassador"
    if verb.dep_ == "conj" and verb.pos_ in VERBAL and trigger.i < root.i < verb.i and trigger.i <= verb.head.i:
        return ELSEWHERE  # "accused Chile of spying and on Tuesday expelled its envoy"
    if verb.head.i == trigger.i and verb.dep_ in ("acl", "relcl") and is_infinitive(verb) and is_passive(verb):
        return OWN  # "an election to be held in August"
    if verb.dep_ == "relcl" and verb.head.i == trigger.i and (_is_done_by_which(verb) or _is_where(verb)):
        return OWN  # "an attack that killed 30 people on Friday", "an attack in which 30 died on Friday"
    if verb.dep_ == "relcl" and verb.lemma_ in load_grammar().occurring and _is_of(verb.head, trigger):
        return CLAUSE  # "the attack, which took place on Monday, killed ten"
    if foretells(verb) and verb.dep_ in ("acl", "relcl") and trigger.i in _phrase_above(verb):
        return OWN  # "a visit to Moscow planned for 3 September"
    chain = verbs_in_time_with(trigger)
    if chain and _is_cleft(chain[-1]) and chain[-1].head.i == verb.i:
        return CLAUSE
    if chain and _is_then(chain[-1], root):
        return CLAUSE
    if chain and _is_meanwhile(chain[-1]) and chain[-1].head.i == verb.i:
        return CLAUSE
    if _is_meanwhile(verb) and any(token.i == verb.head.i for token in chain):
        return CHAIN
    if chain and chain[0].i == verb.i:
        return CLAUSE
    if any(token.i == verb.i for token in chain):
        return CHAIN
    if verb.dep_ == "acl" and root.lower_ == "since":
        return ELSEWHERE  # "asked them to free the men held since July"
    below = trigger if trigger.pos_ in VERBAL else trigger.head if trigger.dep_ in ("nsubj", "nsubjpass") else None
    if below is not None and any(token.i == below.i for token in _of_its_clause(verbs_in_time_with(verb))):
        return BELOW
    for saying in _sayings_above(trigger):
        if saying.i == verb.i or any(token.i == verb.i for token in verbs_in_time_with(saying)):
            return SAYING
    return ELSEWHERE


def lies_after(root: Token, trigger: Token) -> bool:
    """Whether the date is that of a thing after which the trigger came: "bombed camps after the attack on April 2",
    "was charged in the 2005 shooting"."""
    above = _up_to_verb(root)
    links = (*_AFTER, *_TRIED_FOR) if trigger.lemma_ in load_grammar().trying else _AFTER
    for word in above:
        if word.i == trigger.i:
            return False
        led = word.dep_ == "pobj" and word.pos_ in NOMINAL and word.i not in (root.i, above[0].i)
        if led and word.head.i != root.i and (word.head.lower_ in links or is_answered(word.head)):
            return trigger.i not in {below.i for below in word.subtree}
    deed = above[-1]
    return is_accused_of(deed) and deed.head.head.i == trigger.i  # "accuses them of killing civilians in July"


_AFTER = ("after", "following", "since")
_TRIED_FOR = ("for", "in", "over")


def lies_before(root: Token, trigger: Token) -> bool:
    """Whether the date is that of a thing before which the trigger came: "fled ahead of the vote on June 7"."""
    above = _up_to_verb(root)
    for word in above:
        if word.i == trigger.i:
            break
        if word.dep_ == "pobj" and word.pos_ in NOMINAL and word.i not in (root.i, above[0].i):
            link = word.head
            if _leads_to_coming(link):
                return trigger.i not in {below.i for below in word.subtree}
    # ... where the parser hangs the date on the verb: "boycotted the talks ahead of the vote on May 24"
    if not root.i or above[-1].i > root.i:
        return False
    before = _leftwards(root.doc, root.i, _REACH_COMING, _leads_to_coming)
    return before is not None and trigger.i < before.i and is_thing_ahead(root.doc[root.i - 1])


_REACH_COMING = 5


def _leads_to_coming(link: Token) -> bool:
    """ "before the vote", "ahead of the vote"."""
    return link.lower_ == "before" or (link.lower_ == "of" and link.head.lower_ == "ahead")


def is_of_the_answer(root: Token, trigger: Token, kind: str) -> bool:
    """ "condemned the killing on Saturday", "rejected the offer on Saturday": the day of the answer, before which the
    deed was done."""
    verb = _replying(trigger, kind) or _answering(trigger)
    if verb is None or verb.tag_ not in ("VBD", "VBN"):
        return False
    if trigger.i < root.i and _only_reproaches(verb, trigger):
        return False  # "arrested two men over the murder of a journalist last year"
    return _up_to_verb(root)[-1].i == verb.i and root.i not in {below.i for below in trigger.subtree}


def _only_reproaches(verb: Token, deed: Token) -> bool:
    return deed.dep_ == "pcomp" or (deed.dep_ == "pobj" and not _tries(verb))


def _tries(verb: Token) -> bool:
    """Whether somebody is blamed or tried by it for a deed, or denies one."""
    grammar = load_grammar()
    words = (grammar.accusing, grammar.attributing, grammar.denying, grammar.trying)
    return any(verb.lemma_ in some for some in words)


def _replying(deed: Token, kind: str) -> Token | None:
    """The verb that replies to what was asked or alleged: "rejected the ultimatum", "the offer was refused"."""
    grammar, above = load_grammar(), deed.head
    asked = kind in grammar.answers_to and deed.dep_ in DONE_TO and deed.pos_ in NOMINAL
    return above if asked and above.lemma_ in grammar.replying else None


def _answering(deed: Token) -> Token | None:
    """The verb that answers the deed: "condemned the attack", "accused Iran of the attack", "denied a role in it",
    "denied that it had attacked"."""
    if deed.dep_ in ("ccomp", "xcomp") and deed.pos_ in VERBAL:
        return deed.head if deed.head.lemma_ in load_grammar().denying and not _is_foreseen(deed) else None
    if deed.dep_ == "dobj":
        return deed.head if answers(deed.head) or deed.head.lemma_ in load_grammar().denying else None
    if is_denied_gerund(deed):
        return deed.head.head
    return reproach_of(deed)


def _is_foreseen(deed: Token) -> bool:
    """ "denied that it would attack": what is denied lies ahead of the denial, or beside it ("is building a bomb")."""
    helpers = [child for child in deed.children if child.dep_ in ("aux", "auxpass")]
    return any(word.tag_ in ("MD", "TO", "VBZ", "VBP") and word.lemma_ != "have" for word in (deed, *helpers))


def reproach_of(deed: Token) -> Token | None:
    """The verb by which somebody is blamed or tried for the deed, or denies it."""
    above = deed.head
    if deed.dep_ not in ("pobj", "pcomp") or above.lower_ not in _REPROACHING or above.dep_ != "prep":
        return None
    if above.head.lower_ == "guilty":
        return above.head.head  # "was found guilty of raping her"
    verb = above.head.head if above.head.pos_ in NOMINAL and above.head.dep_ in _TOLD_OF else above.head
    return verb if _tries(verb) or verb.lemma_ in load_grammar().reproaching else None


_REPROACHING = ("of", "for", "over", "in", "with")
_TOLD_OF = ("dobj", "pobj", "oprd")  # "sentenced him to life for driving"


def compared_since(date: Span) -> Token | None:
    """ "the deadliest attack since 2003", "the first visit since the truce in May": the word after which nothing was
    like it until now; None where the date tells no such thing."""
    since = _leftwards(date.doc, date.end, _REACH_SINCE, lambda word: word.lower_ == "since")
    singled = since is not None and _leftwards(date.doc, since.i, _REACH_SUPERLATIVE, _singles_out) is not None
    return since if singled else None


def _leftwards(doc: Doc, before: int, reach: int, wanted: Callable[[Token], bool]) -> Token | None:
    """The nearest such word before a place, in its clause and within its reach."""
    for at in range(before - 1, max(-1, before - 1 - reach), -1):
        if wanted(doc[at]):
            return doc[at]
        if doc[at].is_punct or doc[at].tag_ in FINITE:
            return None
    return None


def _singles_out(word: Token) -> bool:
    superlative = word.tag_ in ("JJS", "RBS") or (word.lower_.endswith("iest") and word.dep_ == "compound")
    return superlative or (word.lower_ in load_grammar().singling_out and word.dep_ != "det")


_REACH_SINCE, _REACH_SUPERLATIVE = 6, 10


def _of_its_clause(verbs: list[Token]) -> list[Token]:
    """The verbs up to one that only tells of a noun: "freed a man kidnapped in May" tells no month of the freeing."""
    told_of = (
        at
        for at, verb in enumerate(verbs)
        if (verb.dep_ == "acl" and verb.tag_ == "VBN") or _is_after(verb) or _is_of_another(verb)
    )
    return verbs[: next(told_of, len(verbs) - 1) + 1]


def _is_of_another(verb: Token) -> bool:
    """ "France recalled its envoy, and Britain expelled two diplomats on Friday": the day of the second alone."""
    return verb.dep_ == "conj" and bool(_doers(verb))


def _is_after(verb: Token) -> bool:
    """ "will send monitors after suspending its mission in June"."""
    return verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "before", "since")


def _is_meanwhile(clause: Token) -> bool:
    """ "attacked the town as troops withdrew", "will discuss it when they meet": what is of the day of the other."""
    links = (child for child in clause.lefts if child.dep_ in ("mark", "advmod") and child.lower_ in _MEANWHILE)
    return clause.dep_ == "advcl" and bool(_doers(clause)) and next(links, None) is not None


_MEANWHILE = ("as", "when", "while")


def _is_cleft(clause: Token) -> bool:
    """ "It was in 1994 that South Africa signed"."""
    above = clause.head
    told = clause.dep_ == "ccomp" and above.lemma_ == "be" and any(child.lower_ == "that" for child in clause.lefts)
    return told and any(child.lower_ == "it" for child in _doers(above))


def comes_only_then(root: Token) -> bool:
    """ "did not sign until 1994", "not until 1994 did it sign", "it was not until 1994 that it signed": it did then."""
    negated = any(child.dep_ == "neg" for word in (root, root.head) for child in word.children)
    return root.lower_ in ("until", "till") and root.dep_ == "prep" and negated and _is_over(root.head)


def _is_over(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return any(word.tag_ == "VBD" for word in (verb, *helpers)) and not any(word.tag_ == "MD" for word in helpers)


def _is_then(clause: Token, root: Token) -> bool:
    """ "It erupted on Nov. 11, when Larijani was a guest": the clause is of the date that its "when" follows; that of
    "where" too."""
    first = clause.left_edge
    while first.is_punct and first.i < clause.i:
        first = first.nbor()
    if first.lower_ not in ("when", "where") or first.i < root.i:
        return False
    last = max(word.i for word in root.subtree if word.i < first.i)
    return all(word.is_punct for word in root.doc[last + 1 : first.i])


def _is_done_by_which(clause: Token) -> bool:
    return any(child.tag_ == "WDT" for child in _doers(clause))


def _is_where(clause: Token) -> bool:
    """ "in which three people were killed", "during which it was hit"."""
    links = (child for child in clause.children if child.dep_ == "prep" and child.lower_ in ("in", "during"))
    return any(below.tag_ == "WDT" for link in links for below in link.children)


def _doers(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in DOERS]


def _is_of(noun: Token, trigger: Token) -> bool:
    """Whether the noun is the trigger, or its subject."""
    return noun.i == trigger.i or (noun.head.i == trigger.i and noun.dep_ in DOERS)


def _phrase_above(clause: Token) -> list[int]:
    """The nouns of the phrase that the clause tells more of."""
    noun, found = clause.head, [clause.head.i]
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.i != noun.i and len(found) < 4:
        noun = noun.head.head
        found.append(noun.i)
    return found


def _sayings_above(trigger: Token) -> list[Token]:
    """The verbs of saying whose content the trigger belongs to."""
    return [token for token in trigger.ancestors if token.lemma_ in load_grammar().saying]


def _up_to_verb(root: Token) -> list[Token]:
    """The words from the date's own upward, to the first verb."""
    found = [root]
    while root.pos_ not in VERBAL and root.head.i != root.i and len(found) < 12:
        root = root.head
        found.append(root)
    saying = _saying_before(found)
    return found if saying is None else [*found[:-1], saying]


def _saying_before(above: list[Token]) -> Token | None:
    """ "said on Sunday it had tested": the verb of saying of a date that the parser hangs on the clause said."""
    verb = above[-1]
    if len(above) < 2 or above[-2].dep_ not in ("prep", "npadvmod") or verb.dep_ != "ccomp":
        return None
    saying, date = verb.head, above[-2].i
    if saying.lemma_ not in load_grammar().saying or not saying.i < date:
        return None
    doer = min((child.i for child in verb.children if child.dep_ in DOERS), default=-1)
    between = verb.doc[saying.i + 1 : date]
    return saying if date < doer and not any(word.is_punct or word.dep_ == "mark" for word in between) else None


def verbs_in_time_with(token: Token) -> list[Token]:
    """The verbs whose date is the token's date too: its clause, and those that it only goes on with."""
    found: list[Token] = []
    for _ in range(8):
        if token.pos_ in VERBAL:
            found.append(token)
            if not _goes_on(token):
                return found
        if token.head.i == token.i:
            return found
        token = token.head
    return found


def _goes_on(verb: Token) -> bool:
    """Whether the verb shares the time of the verb above it."""
    if verb.dep_ in ("xcomp", "pcomp"):
        return True
    if verb.dep_ == "conj":
        return not any(child.dep_ == "npadvmod" for child in verb.children) and not _turns(verb)
    if verb.dep_ == "advcl":
        return verb.tag_ == "VBG" or is_infinitive(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.dep_ == "dobj":
        return True  # "stormed a ship carrying aid to Gaza on Monday"
    if verb.dep_ == "acl":
        return is_infinitive(verb)  # what "freed a girl abducted by rebels" tells of her was done before
    return verb.dep_ == "ccomp" and verb.head.lemma_ not in load_grammar().saying and not _has_a_tense(verb)


def _has_a_tense(clause: Token) -> bool:
    """ "denied that it attacked", "hoped it would leave": what is said has its own time; "saw police leave" has not."""
    if clause.i < clause.head.i:
        return False  # a clause that stands beside the next, which the parser hangs it on
    helpers = [child for child in clause.children if child.dep_ in ("aux", "auxpass")]
    return any(word.tag_ in FINITE for word in (clause, *helpers))


def _turns(verb: Token) -> bool:
    """Whether a verb after "and" looks ahead from what was done, or tells what has come of it since: "was held and will
    appear in court on Thursday", "seized the town in March and has sent troops"."""
    if _looks_ahead(verb) and not _looks_ahead(verb.head):
        return True
    return _has_present_perfect(verb) and not _has_present_perfect(verb.head)


def _has_present_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in verb.children)


def _has_future_modal(verb: Token) -> bool:
    modals = load_grammar().future_modals
    return any(child.dep_ == "aux" and child.lower_ in modals for child in verb.children)


def _looks_ahead(verb: Token) -> bool:
    """ "will appear in court", "deliveries are to continue"."""
    is_to = verb.lemma_ == "be" and any(child.dep_ == "xcomp" and is_infinitive(child) for child in verb.children)
    return is_to or _has_future_modal(verb)


def foretells(verb: Token) -> bool:
    """ "a rally planned for May", "talks set for Friday": the date is the rally's, whatever is done about it now."""
    return verb.lemma_ in load_grammar().foretelling and verb.tag_ == "VBN"


def verb_of(root: Token) -> Token:
    """The first verb above a date."""
    return _up_to_verb(root)[-1]


def is_fronted(root: Token) -> bool:
    """Whether the date opens its sentence: "On Monday, ..." sets the scene for all of it. Not so in "fired in March,
    it said"."""
    verb = verb_of(root)
    return root.i - root.sent.start <= 4 and root.i <= verb.i
