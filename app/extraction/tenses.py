"""What the grammar of a clause tells of its time: its tense, whether it goes on, whether it carries the story on."""

from __future__ import annotations

from spacy.tokens import Token

from app.domain.events import HAPPENED, Modality
from app.extraction.arguments import DEEPEST, NOMINAL, VERBAL, children, clause_verb, governors
from app.extraction.attachment import FINITE, foretells
from app.extraction.frames import Frame
from app.extraction.grammar import load_grammar
from app.extraction.modality import is_perfect

# Clauses that carry a story on. A relative clause, or one that tells the time or the reason, stands aside.
STORY = ("ROOT", "conj", "ccomp", "xcomp", "pcomp")


def tells_the_story(trigger: Token) -> bool:
    """Whether the trigger carries its sentence on: a date that only colours a noun, or stands aside, dates no other."""
    if trigger.pos_ not in VERBAL and trigger.dep_ not in ("dobj", "nsubj", "nsubjpass", "attr"):
        return False
    own = clause_verb(trigger)
    looks_back = own.i > own.head.i and any(mark.lower_ in _LOOKING_BACK for mark in children(own, "mark"))
    return own.dep_ in (*STORY, "advcl") and not is_perfect(own) and not looks_back


# What leads to a thing before the story: "expelled two diplomats after Estonia had expelled theirs last month".
_LOOKING_BACK = ("after", "since", "because")


def is_only_spoken_of(frame: Frame) -> bool:
    """Whether the clause does something about the event, not the event: "rejected the ultimatum on Tuesday"."""
    token = frame.token
    if token.dep_ in ("nsubj", "nsubjpass"):
        return False
    return clause_verb(token).lemma_ not in load_grammar().support


def is_only_named(trigger: Token) -> bool:
    """Whether its clause tells something of the event, and not that it came about: "the sale alarmed Israel", but not
    "the sale went through"."""
    grammar, verb = load_grammar(), clause_verb(trigger)
    brings_about = verb.lemma_ in grammar.support | grammar.occurring | grammar.signing | grammar.ending
    return trigger.pos_ in NOMINAL and verb.i != trigger.i and not brings_about


def is_told_as_news(frame: Frame, modality: Modality) -> bool:
    """Whether it is told as a part of the news: said, or done in the simple past of the story."""
    if stands_apart(frame):
        return False
    if frame.kind in ("statement", "denial"):
        return modality in HAPPENED
    if _was_there_before(frame.token):
        return False
    goes_with_story = clause_verb(frame.token).dep_ in (*STORY, "relcl", "advcl", "acl")
    return modality in HAPPENED and goes_with_story and is_simple_past(frame.token)


def stands_apart(frame: Frame) -> bool:
    """Whether words beside it set it apart from the day of the news: "previously visited", "during his presidency",
    "fought for three weeks", "regularly bombed", "met before the summit"."""
    verb, grammar = clause_verb(frame.token), load_grammar()
    adverbs = {word.lower_ for word in _adverbs(frame)}
    if adverbs & grammar.earlier or (is_present_perfect(verb) and adverbs & grammar.time_and_again):
        return True
    if is_habit(frame.token) and not any(word.lower_ in _TIMES for word in verb.children):
        return True
    return stretch_of(frame.token) is not None or any(
        _leads_away(link, frame) for link in children(verb, "prep", "prt")
    )


def came_later(frame: Frame) -> bool:
    """ "was later accused": since what the story told before it."""
    return any(word.lower_ in load_grammar().later for word in _adverbs(frame))


def _adverbs(frame: Frame) -> list[Token]:
    """The bare adverbs of its clause, those too that the parser hangs on the subject: "Previously Lavrov visited"."""
    verb = clause_verb(frame.token)
    near = (verb, *children(verb, "nsubj", "nsubjpass"))
    beside = [word for each in near for word in children(each, "advmod", "npadvmod")]
    return [word for word in beside if not list(word.children)]


# How many times a thing was done, and in what manner: that tells of no habit.
_TIMES = ("once", "twice", "repeatedly")


def stretch_of(trigger: Token) -> Token | None:
    """ "two weeks of protests", "twelve years of civil war": what the time is counted in."""
    link = trigger.head
    counted = trigger.dep_ == "pobj" and link.lower_ == "of" and link.head.lemma_.lower() in UNITS
    return link.head if counted else None


def _leads_away(link: Token, frame: Frame) -> bool:
    grammar = load_grammar()
    nouns = [
        word.lemma_.lower() for below in (link, *children(link, "prep", "pcomp")) for word in children(below, "pobj")
    ]
    if link.lower_ in ("before", "prior") and nouns:
        return True
    if link.lower_ == "for" and frame.kind in (*GOING_ON, "denial", "refusal"):
        return any(noun in UNITS for noun in nouns)
    return link.lower_ in ("in", "during", "under", "over") and not grammar.eras.isdisjoint(nouns)


# What a stretch of time is counted in.
UNITS = ("day", "week", "fortnight", "month", "year", "decade", "century")
# Kinds that go on for the time that is told with them: "fought for three days".
GOING_ON = ("attack", "clash", "protest", "talks", "mediation", "exercise", "aid", "delivery")


def _was_there_before(trigger: Token) -> bool:
    """ "reactivated the deal": what is resumed, frozen or ended began before."""
    return trigger.dep_ in ("dobj", "nsubjpass") and trigger.head.lemma_ in load_grammar().outlasted_by


def was_before_its_clause(trigger: Token) -> bool:
    """Whether the clause tells what came after it: "lifted the sanctions", "called for an end to the blockade", "talks
    resumed after weeks of fighting"."""
    grammar = load_grammar()
    if trigger.dep_ == "pcomp":
        return trigger.head.lower_ in _AFTER  # "was arrested after attacking police"
    if trigger.pos_ not in NOMINAL:
        return False
    if trigger.dep_ in ("dobj", "nsubjpass") and trigger.head.lemma_ in grammar.lifting:
        return True
    word = trigger
    for _ in range(4):
        link, word = word, word.head
        if link.dep_ == "pobj" and word.dep_ == "prep":
            if word.lower_ in _AFTER:
                return True
            if word.lower_ in ("to", "of") and word.head.lemma_ in grammar.ending_nouns:
                return True
        elif word.i == link.i or word.pos_ in VERBAL:
            return False
    return False


_AFTER = ("after", "following")


def is_habit(trigger: Token) -> bool:
    """Whether its clause tells what comes again and again: "clash every Friday", "visits Moscow twice a year"."""
    verb = clause_verb(trigger)
    beside = [word for child in children(verb, "npadvmod", "advmod", "prep") for word in child.subtree]
    before = [word for child in verb.lefts if child.dep_ not in ("ccomp", "advcl") for word in child.subtree]
    fronted = [word for word in before if word.i < trigger.i and word.lower_ in _EVERY and word.dep_ == "det"]
    return bool(fronted) or not load_grammar().habitual.isdisjoint(word.lower_ for word in beside)


_EVERY = ("every", "each")


def is_present_perfect(verb: Token) -> bool:
    """ "has arrested", "they've arrested"."""
    return any(child.dep_ == "aux" and child.lower_ in _HAVE for child in verb.children)


_HAVE = ("have", "has", "'ve", "’ve")


def is_since_then(trigger: Token) -> bool:
    """ "Since then rebels have fired rockets", "has since been freed"."""
    verb = clause_verb(trigger)
    since = [word for word in children(verb, "prep", "advmod", "mark") if word.lower_ == "since"]
    below = {word.lower_ for each in since for word in each.children}
    return bool(since) and is_present_perfect(verb) and below <= {"then", "ever"}


def finite_verb(trigger: Token) -> Token:
    """The nearest verb above that has a tense; the trigger itself where there is none."""
    return next((verb for verb in governors(trigger) if verb.tag_ in FINITE), trigger)


def is_simple_past(trigger: Token) -> bool:
    """Whether its clause tells what happened: the simple past, active or passive, or a form that hangs on one."""
    verb = clause_verb(trigger)
    for _ in range(DEEPEST):
        past = _finite_past(verb)
        if past is not None or verb.head.i == verb.i:
            return bool(past)
        verb = clause_verb(verb.head)
    return False


def is_told_as_done(trigger: Token) -> bool:
    """Whether its own verb tells it as done: "attacked", "was signed", "has delivered", "the attack took place"."""
    verb = clause_verb(trigger)
    if verb.i != trigger.i and verb.lemma_ not in load_grammar().support:
        return False
    if verb.tag_ == "VB" or foretells(verb) or verb.lemma_ in load_grammar().saying:
        return False  # "announced his resignation" tells of what may come
    if is_perfect(verb):
        return not any(child.tag_ == "MD" or child.tag_ == "TO" for child in verb.children)
    return bool(_finite_past(verb))


def _finite_past(verb: Token) -> bool | None:
    """Whether the verb with its auxiliaries is a simple past; None where it has no tense of its own."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if is_perfect(verb) or any(child.tag_ == "MD" for child in helpers):
        return False
    tags = [child.tag_ for child in helpers] or [verb.tag_]
    if "VBD" in tags:
        return True
    if "VBZ" in tags or "VBP" in tags:
        return False
    # "The court granted her a pardon", taken for a participle: a subject and no auxiliary
    return True if verb.tag_ == "VBN" and not helpers and children(verb, "nsubj") else None


def speaks_for_itself(verb: Token) -> bool:
    """ "we warn them that", "I do not think that"."""
    return any(child.lower_ in ("i", "we") for child in children(verb, "nsubj"))


_WILL = ("will", "wo", "shall")


def is_present(trigger: Token) -> bool:
    """Whether the clause tells of what goes on: "is selling", "negotiations are under way", "will not sell"."""
    verb = clause_verb(trigger)
    ongoing = load_grammar().ongoing
    if verb.i == trigger.i and verb.tag_ == "VBG" and verb.dep_ in ("pcomp", "xcomp"):
        above = clause_verb(verb.head)
        if above.lemma_ in ongoing:
            verb = trigger = above  # "is going ahead with buying the system"
    if verb.i != trigger.i and not any(word.lemma_.lower() in ongoing for word in (verb, *verb.children)):
        return False
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if children(verb, "neg") and any(child.lower_ in _WILL for child in auxiliaries):
        return True  # "Moscow will not sell": the refusal stands
    if any(child.lemma_ == "have" or child.tag_ in ("VBD", "MD") for child in auxiliaries):
        return False
    if verb.tag_ in ("VBZ", "VBP"):
        goes_on = verb.lemma_ in ("be", "remain", "continue") or not children(verb, "ccomp")
        return goes_on or speaks_for_itself(verb)
    helped = any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries)  # "is selling", "do not think"
    return helped and (verb.tag_ == "VBG" or (verb.tag_ == "VB" and speaks_for_itself(verb)))
