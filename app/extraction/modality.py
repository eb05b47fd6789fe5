"""How the text puts it, and who says so: negation, denial, plans, conditions, hearsay.

A cue counts only within its scope: the trigger's own clause, and the clauses above it as long as each hangs on the
next as its complement. A relative clause, or a clause with a subject of its own after "and", starts afresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.domain.events import Modality
from app.extraction.anniversaries import recalled_by
from app.extraction.arguments import (
    DONE_TO,
    NOMINAL,
    VERBAL,
    children,
    clause_verb,
    is_infinitive,
    is_passive,
)
from app.extraction.attachment import comes_only_then
from app.extraction.grammar import load_grammar
from app.extraction.saying import DENIED, speaker_of
from app.extraction.temporal.tense import answers, is_answered

STRENGTH = (
    Modality.DENIED,
    Modality.NEGATED,
    Modality.CONDITIONAL,
    Modality.PLANNED,
    Modality.ALLEGED,
    Modality.ASSERTED,
)
HIGHEST = 10
# What one has or needs to do is still to be done.
# Kinds that are done though what they tell of hangs on a condition.
CONDITIONED = ("offer", "pledge", "threat", "ultimatum")
OWING = ("have", "need")
# How the content of a verb hangs on it.
# "the possibility of", "a request for".
POSSIBLE_LINKS = ("of", "for", "to", "on")
BARRING_LINKS = ("on", "against")
SIDES = ("nsubj", "nsubjpass", "dobj")
DEFINITE = ("the", "this", "that", "these", "those")
OCCASIONS = ("in", "at", "during", "after", "before", "since", "despite", "following")
TOPICS = ("about", "concerning", "on", "over", "regarding")
TALKING = ("answer", "brief", "comment", "go", "lie", "report", "say", "speak", "talk", "write")
TALKED_OVER = ("debate", "discuss", "exploit", "explain", "justify", "mourn", "mark", "review", "use")
# What one is tied to, or gives no reason for, has happened: "linked to the raids".
TIED_TO = {
    "in": (
        "defendant",
        "identify",
        "name",
        "question",
        "seek",
        "suspect",
        "want",
        "witness",
    ),
    "to": ("connect", "link", "party", "signatory", "tie"),
    "of": ("case", "perpetrator", "scene", "survivor", "victim"),
    "for": ("excuse", "explanation", "justification", "motive", "reason"),
}
PLOTS = ("conspire", "plot")
PARTS_TAKEN = ("involvement", "part", "participation", "role")  # "had no role in the talks"
SEEMING = ("appear", "seem")
BELIEVING = ("assume", "believe", "presume", "rumor", "rumour", "suspect", "think", "understand")
DOUBTING = ("doubt", "fear", "suspect")
JUDGING = ("believe", "consider", "deem", "feel", "find", "judge", "think")
OPPOSING = ("oppose", "resist")
# What is still to come, by the words before it: "ahead of the visit", "on the eve of the talks".
RUN_UPS = {"ahead": "of", "eve": "of", "run-up": "to"}
LOOKING_BACK = ("after", "since", "despite", "following")
TIMES_GIVEN = ("hour", "day", "week", "month", "time", "deadline")
FORCING = ("force", "compel", "oblige", "prompt")
NOBODY = ("nobody", "none", "nothing", "neither")
CONTENT = (*DENIED, "prep")


@dataclass(frozen=True, slots=True)
class Stance:
    """The modality of a claim, the word that shows it, and the word for whoever says so."""

    modality: Modality = Modality.ASSERTED
    cue: Token | None = None
    speaker: Token | None = None


def stance_of(trigger: Token, kind: str, *, negation_is_meant: bool = False) -> Stance:
    """The stance of the claim that `trigger` makes.

    With `negation_is_meant` the rule that read the trigger has already used its negation ("will not sell" is a
    refusal), so the trigger's own negation and modal verb say nothing more.
    """
    cues = _own_cues(trigger, kind) if not negation_is_meant else iter(())
    strongest = min(
        (*cues, *_cues_above(trigger, kind)),
        key=lambda stance: STRENGTH.index(stance.modality),
        default=Stance(),
    )
    return replace(strongest, speaker=speaker_of(trigger))


def _own_cues(token: Token, kind: str = "") -> Iterator[Stance]:
    """What the words around a verb or noun say of it."""
    grammar = load_grammar()
    if (nor := _nor(token)) is not None:
        yield Stance(Modality.NEGATED, nor)
    if token.lemma_ in grammar.plotting and any(noun.pos_ in NOMINAL for noun in children(token, "dobj")):
        yield Stance(Modality.PLANNED, token)  # "had been planning attacks"
    for child in token.children:
        low = child.lower_
        if child.dep_ == "neg" and _is_asked_for(token):
            yield Stance(Modality.CONDITIONAL, child)
        elif child.dep_ == "neg" and any(map(comes_only_then, children(token, "prep"))):
            continue
        elif child.dep_ == "neg" or (child.dep_ in ("det", "preconj") and low in grammar.negators) or low == "never":
            yield Stance(Modality.NEGATED, child)
        elif child.dep_ == "aux" and _opens_condition(child):
            yield Stance(Modality.CONDITIONAL, child)
        elif child.dep_ == "aux":
            yield from _modal_cues(token, child)
        elif low in grammar.hedging and child.dep_ in ("advmod", "amod"):
            yield Stance(Modality.ALLEGED, child)
        elif child.dep_ == "mark" and low in grammar.conditional_marks:
            if low != "until" or token.tag_ != "VBD":  # "held out until the army retook it"
                yield Stance(Modality.CONDITIONAL, child)
        elif child.dep_ == "amod" and low in grammar.planned_modifiers:
            yield Stance(Modality.PLANNED, child)
        elif child.dep_ == "amod" and low in grammar.possible_modifiers:
            yield Stance(Modality.CONDITIONAL, child)
        elif child.dep_ in ("acl", "relcl") and token.pos_ in NOMINAL and _lies_ahead(child):
            yield Stance(Modality.PLANNED, child)
        elif child.dep_ == "advcl" and (mark := _condition_of(child)) is not None:
            if kind in CONDITIONED and token.tag_ in ("VBD", "VBN"):
                continue  # "threatened sanctions if Iran attacked": the threat was made
            yield Stance(Modality.ALLEGED if _doubts_the_report(child) else Modality.CONDITIONAL, mark)
        elif child.dep_ in SIDES and (none := _none_of(child)) is not None and not _tells_the_harm_of(token):
            yield Stance(Modality.NEGATED, none)


def _nor(token: Token) -> Token | None:
    """ "has neither confirmed nor denied it"."""
    if token.dep_ != "conj":
        return None
    return next((word for word in children(token.head, "cc") if word.lower_ == "nor" and word.i < token.i), None)


def _opens_condition(helper: Token) -> bool:
    """ "Had Israel attacked Iran, ...", "Should it attack, ...": the helper before its doer, and no question."""
    doers = children(helper.head, "nsubj", "nsubjpass")
    before = helper.lower_ in ("had", "should") and bool(doers) and helper.i < doers[0].i
    return before and helper.i == helper.head.left_edge.i and helper.sent[-1].text != "?"


def _tells_the_harm_of(verb: Token) -> bool:
    """ "no one was killed in the attack": what the event did not do; the event itself is told."""
    links = [word for word in children(verb, "prep", "agent", "advcl") if word.lower_ not in ("on", "near")]
    return verb.lemma_ in load_grammar().harming and bool(links)


def _is_asked_for(verb: Token) -> bool:
    """ "asked Russia not to deliver": whether it is left undone is not told."""
    return verb.dep_ == "xcomp" and is_infinitive(verb) and verb.head.lemma_ in load_grammar().object_control


def _none_of(side: Token) -> Token | None:
    """ "no one was killed", "none of the hostages was released", "fired no missiles": the word that says so."""
    if side.lower_ in NOBODY:
        return side
    return next((child for child in children(side, "det", "preconj", "cc") if child.lower_ in ("no", "neither")), None)


def _condition_of(clause: Token) -> Token | None:
    """The "if" or "unless" that makes a clause a condition."""
    return next((below for below in children(clause, "mark") if below.lower_ in ("if", "unless")), None)


def _doubts_the_report(clause: Token) -> bool:
    """ "if true", "if the news is official"."""
    return any(word.lower_ in load_grammar().confirming for word in (clause, *clause.children))


def _modal_cues(verb: Token, modal: Token) -> Iterator[Stance]:
    grammar = load_grammar()
    low = modal.lower_
    if low in grammar.future_modals or (low in ("would", "'d") and _told_in_the_past(verb)):
        yield Stance(Modality.PLANNED, modal)
    elif low == "would" and any(word.lower_ in grammar.habitual for word in children(verb, "advmod")):
        return  # "they would often attack the town"
    elif low in grammar.weak_modals:
        yield Stance(Modality.CONDITIONAL, modal)
    elif low == "to" and verb.dep_ == "ROOT" and not is_perfect(verb):
        yield Stance(Modality.PLANNED, modal)


def _told_in_the_past(verb: Token) -> bool:
    """ "said it would": the future seen from the past, unless a condition hangs on it."""
    if any(_condition_of(child) is not None for child in children(verb, "advcl")):
        return False
    if verb.dep_ in ("relcl", "acl"):
        return True
    saying = load_grammar().saying
    return any(above.lemma_ in saying and above.tag_ in ("VBD", "VBN") for above in verb.ancestors)


def is_perfect(verb: Token) -> bool:
    """Whether the verb stands with "have"."""
    return any(child.lemma_ == "have" and child.dep_ == "aux" for child in verb.children)


def _cues_above(trigger: Token, kind: str) -> Iterator[Stance]:
    """Cues of the words that the trigger hangs on, up to where their scope ends."""
    token = trigger
    for _ in range(HIGHEST):
        head, label = token.head, token.dep_
        if (cue := _disputed_by(token, head)) is not None:
            yield Stance(Modality.DENIED, cue)
            return
        if head.i == token.i or label in ("relcl", "parataxis"):
            if label == "relcl" and is_infinitive(token) and not _singles_out(head):
                yield Stance(Modality.PLANNED, token)  # "48 hours to leave or face attack", "a push to retake it"
            return
        if label == "amod" and token.i == trigger.i and token.tag_ in ("VBN", "VBD"):
            return  # "hopes to question the kidnapped priests"
        if label == "pcomp" and head.lower_ == "but" and head.head.lemma_ in ("choice", "option", "alternative"):
            return  # "had no choice but to impose sanctions"
        if head.lower_ == "without" and label in ("pobj", "pcomp"):
            yield Stance(Modality.NEGATED, head)  # "ended without an agreement", "left without signing it"
            return
        if label == "pcomp" and head.head.lower_ == "short" and head.head.head.lemma_ in ("stop", "fall"):
            yield Stance(Modality.NEGATED, head.head)  # "stopped short of imposing sanctions"
            return
        if label == "pobj" and head.lower_ in TOPICS and head.head.lemma_ in TALKING and _is_definite(token):
            return  # "did not comment on the sale", "is to report about its talks"
        tried = token.lower_ == "in" and head.lemma_ in load_grammar().trying
        no_part = head.lemma_ in PARTS_TAKEN and any(word.lower_ == "no" for word in head.children)
        tied = tried or no_part or head.lemma_ in TIED_TO.get(token.lower_, ())
        if label == "prep" and tied and _is_of_something_definite(token):
            return  # "is to be charged in the killing"
        if kind == "accusation" and label == "dobj" and head.lemma_ in load_grammar().denying:
            return  # "denied an accusation": what it says is denied, not that it was made
        if head.lemma_ in load_grammar().retaliating and (label == "dobj" or token.lower_ == "for"):
            return  # "vowed to avenge the killing", "will retaliate for a strike"
        if _is_run_up(token) and kind in load_grammar().cancellable_kinds:
            yield Stance(Modality.PLANNED, token)
            return
        if recalled_by(token) is not None:
            return  # "will mark the anniversary of the attack"
        if head.pos_ == "ADJ" and label == "xcomp" and is_infinitive(token):
            yield from _cues_of_adjective(head)
        judged = head.pos_ == "ADJ" and head.dep_ in ("ccomp", "oprd") and head.head.lemma_ in JUDGING
        if judged and label in ("advcl", "xcomp") and is_infinitive(token):
            yield Stance(Modality.CONDITIONAL, head)  # "thought it wise to retreat"
        if head.pos_ in VERBAL:
            if label == "ccomp" and _is_parted(token, head):
                return
            if label == "prep" and token.lower_ in LOOKING_BACK and (children(token, "pcomp") or is_infinitive(head)):
                return  # "will send monitors after suspending its mission", "agreed to restore ties after talks"
            if is_answered(token) and _is_of_something_definite(token):
                return  # "vowed to punish Japan for the visit"
            answered = answers(head) and head.lemma_ not in load_grammar().approving
            done = answered or (is_talked_over(token) and kind in load_grammar().unasked_kinds)
            if done and label == "dobj" and token.pos_ in NOMINAL and _is_definite(token):
                return  # "will investigate the bombing", "will meet to discuss the attack"
            yield from _cues_of_verb(token, head, kind)
            if _scope_ends(token, head):
                return
        elif head.pos_ in NOMINAL and label == "prep" and _is_blamed(token, head):
            yield Stance(Modality.ALLEGED, head.head)  # "accused militants of downing the jet"
            return
        elif head.pos_ in NOMINAL and label in ("acl", "ccomp", "prep", "poss", "compound", "amod", "conj"):
            yield from _cues_of_noun(token, head)
            if head.lemma_ in load_grammar().ending_nouns and label == "prep":
                return  # "called for an end to the blockade": what is to end is there
            participle = label == "acl" and token.tag_ in ("VBG", "VBN") and not children(token, "nsubj", "mark")
            if head.lemma_ in load_grammar().possible_nouns or participle:
                return  # "the possibility cannot be ruled out" denies no event
        token = head


def _disputed_by(clause: Token, head: Token) -> Token | None:
    """ "its denial that it had bombed", "there is no evidence that it sold", "it is not true that it sold", "reports
    that it sold are untrue", "rejected claims that it sold": the word by which what the clause tells is disputed."""
    if clause.dep_ not in ("acl", "ccomp", "relcl") or not any(word.lower_ == "that" for word in clause.lefts):
        return None
    noun = head.lemma_.lower()
    if clause.dep_ == "ccomp" and head.lemma_ == "be":
        return _untruth_of(head)
    if head.pos_ not in NOMINAL:
        return None
    grammar, above = load_grammar(), head.head
    if noun in grammar.denying_nouns:
        return head
    if noun in grammar.evidence_nouns:
        return next((word for word in head.children if word.lower_ in ("no", "little", "scant")), None)
    if noun not in grammar.report_nouns:
        return None
    if head.dep_ == "nsubj" and above.lemma_ == "be":
        return _untruth_of(above)
    return above if head.dep_ in DONE_TO and above.lemma_ in grammar.disputing else None


def _untruth_of(copula: Token) -> Token | None:
    """ "is untrue", "is not true"."""
    grammar, negated = load_grammar(), bool(children(copula, "neg"))
    words = children(copula, "acomp", "attr")
    wanted = grammar.confirming if negated else grammar.untrue
    return next((word for word in words if word.lower_ in wanted), None)


def _is_run_up(link: Token) -> bool:
    return link.dep_ == "prep" and RUN_UPS.get(link.head.lower_) == link.lower_


def _is_of_something_definite(link: Token) -> bool:
    return any(_is_definite(noun) for noun in children(link, "pobj"))


def is_talked_over(deed: Token) -> bool:
    """ "will meet to discuss the bombing"."""
    return deed.dep_ == "dobj" and deed.head.lemma_ in TALKED_OVER and _is_definite(deed)


def _is_blamed(link: Token, noun: Token) -> bool:
    """Whether the phrase tells what the noun is accused of, hung on the noun by the parser."""
    accusing = noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in load_grammar().accusing
    return accusing and link.lower_ in ("of", "for", "with") and bool(children(link, "pcomp"))


def _cues_of_adjective(head: Token) -> Iterator[Stance]:
    """ "was due to stand down", "unable to agree"."""
    grammar = load_grammar()
    word = head.lower_
    if word in grammar.ahead_adjectives:
        yield Stance(Modality.PLANNED, head)
    elif word in grammar.unable_adjectives:
        yield Stance(Modality.NEGATED, head)


def _lies_ahead(clause: Token) -> bool:
    """ "an election to be held in August", "a trial scheduled for May"."""
    if not is_passive(clause):
        return False
    return is_infinitive(clause) or clause.lemma_ in load_grammar().awaiting


def _cues_of_verb(token: Token, head: Token, kind: str) -> Iterator[Stance]:
    """What the verb above says of the word that hangs on it."""
    grammar = load_grammar()
    lemma, label = head.lemma_, token.dep_
    if label == "conj" and token.pos_ == "ADP":
        label = "prep"  # "called for talks, and for elections"
    negated = any(child.dep_ == "neg" for child in head.children)
    if lemma in grammar.denying and label in CONTENT:
        yield Stance(Modality.ASSERTED if negated else Modality.DENIED, head)
    elif lemma in grammar.negative_implicative and label in CONTENT and (token.pos_ in VERBAL or label == "prep"):
        undone = Modality.CONDITIONAL if _is_only_wanted(head) else Modality.NEGATED
        yield Stance(Modality.ASSERTED if negated else undone, head)
    elif lemma in SEEMING and label in ("ccomp", "xcomp") and negated:
        yield Stance(Modality.NEGATED, head)  # "it does not seem that anyone was hurt"
    elif label == "acomp" and token.lemma_ in ("liable", "open", "subject"):
        yield from _own_cues(head)  # "could be subject to seizure"
    elif (label in CONTENT or token.tag_ == "VBG") and _goes_with(head, "rule", "out"):
        yield Stance(Modality.NEGATED, head)  # "ruled out recognising Kosovo"
    elif label in ("xcomp", "advcl") and lemma in ("be", "become") and _is_singled_out(head):
        return  # "became the fourth state to recognise it"
    elif _is_hearsay(token, head):
        yield Stance(Modality.ALLEGED, head)
    elif lemma in grammar.attempting and kind in grammar.purposes_taken_as_done:
        yield from _own_cues(head)
    elif label == "xcomp" and lemma == "give" and is_infinitive(token):
        yield Stance(Modality.PLANNED, head)  # "gave Qatar two weeks to comply"
    elif label == "xcomp" and lemma in OWING and is_infinitive(token) and head.tag_ in ("VBZ", "VBP"):
        yield Stance(Modality.NEGATED if _is_still_to_come(head) else Modality.CONDITIONAL, head)
    elif label == "nsubjpass" and token.pos_ in NOMINAL and lemma in grammar.awaiting and not negated:
        yield Stance(Modality.PLANNED, head)
    elif label in ("xcomp", "ccomp") and lemma in grammar.planning and _is_wished(token) and not is_perfect(token):
        yield Stance(Modality.NEGATED if negated else Modality.PLANNED, head)
    elif label == "ccomp" and lemma in grammar.wishing and _is_subjunctive(token):
        yield Stance(Modality.NEGATED if negated else Modality.PLANNED, head)  # "recommended that it withdraw"
    elif label in ("xcomp", "ccomp") and token.tag_ == "VBG" and lemma in grammar.weighing:
        yield Stance(Modality.CONDITIONAL, head)
    elif label == "xcomp" and lemma == "be" and is_infinitive(token) and _has_a_doer(head):
        yield Stance(Modality.PLANNED, head)
    elif label in ("xcomp", "advcl") and is_infinitive(token) and lemma == "use":
        yield from _own_cues(head)  # "used boats to rescue them"
    elif label == "advcl" and is_infinitive(token):
        done = kind in grammar.purposes_taken_as_done  # "will meet to discuss it"
        if not done:
            yield Stance(Modality.PLANNED, token)  # "may send police to expel them"
        yield from (cue for cue in _own_cues(head) if done or cue.modality is Modality.NEGATED)
    elif lemma == "want" and label == "prep" and token.lower_ == "for" and (is_passive(head) or head.dep_ == "acl"):
        yield Stance(Modality.ALLEGED, head)  # "is wanted for the attack"
    elif lemma in grammar.accusing and label == "prep" and token.lower_ in ("of", "for", "with"):
        yield Stance(Modality.ALLEGED, head)
    elif label == "prep" and token.lower_ in BARRING_LINKS and _has_a_bar(head):
        yield Stance(Modality.CONDITIONAL, head)
    elif lemma in grammar.preventing and token.pos_ in NOMINAL and label in ("dobj", "nsubjpass"):
        stopped = _is_done(head) and not negated
        yield Stance(Modality.NEGATED if stopped else Modality.CONDITIONAL, head)  # "an order that prevents its sale"
    elif lemma in OPPOSING and label == "dobj" and kind in grammar.cancellable_kinds and kind != "attack":
        yield Stance(Modality.CONDITIONAL, head)  # "opposed the deployment"
    elif lemma == "look" and label == "prep" and _goes_with(head, "look", "forward"):
        yield Stance(Modality.PLANNED, head)  # "is looking forward to visiting"
    elif _is_called_off(token, head) and kind in grammar.cancellable_kinds and _is_done(head) and not negated:
        had_been = any(child.lower_ == "had" and child.dep_ == "aux" for child in head.children)
        yield Stance(Modality.CONDITIONAL if had_been else Modality.NEGATED, head)  # it may have come about since
    elif is_put_off(token) and kind in grammar.cancellable_kinds and _is_done(head) and not negated:
        yield Stance(Modality.PLANNED, head)
    elif lemma in grammar.approving and _is_done_to(token) and kind in grammar.cancellable_kinds and not negated:
        yield Stance(Modality.PLANNED, head)  # "approved the deployment of troops"
    elif (
        lemma in grammar.irrealis and token.pos_ not in VERBAL and label in ("dobj", "prep") and not _is_occasion(token)
    ):
        yield Stance(Modality.CONDITIONAL, head)
    elif negated and token.pos_ in NOMINAL and lemma in grammar.unsure and label == "dobj":
        yield Stance(Modality.ALLEGED, head)  # "could not confirm the attack"
    elif label == "xcomp" and is_infinitive(token) and lemma in ("go", "move"):
        yield from _own_cues(head)  # "may move to seize the ships"
    elif _shares_cues(token, head):
        as_it_is = _is_taken_for_granted(token, head) or _turns_against(token, head)
        ended = _is_done_to(token) and lemma in grammar.outlasted_by
        yield from (cue for cue in _own_cues(head) if not (ended or (as_it_is and cue.modality is Modality.NEGATED)))


def _is_hearsay(token: Token, head: Token) -> bool:
    """ "is said to have sold", "is believed to have sold", "seems to have sold", "fears that it has sold"."""
    grammar, lemma = load_grammar(), head.lemma_
    if token.dep_ == "ccomp":
        return lemma in DOUBTING
    if token.dep_ != "xcomp" or lemma in grammar.planning:
        return False
    return (is_passive(head) and (lemma in grammar.saying or lemma in BELIEVING)) or (
        lemma in SEEMING and is_perfect(token)
    )


def _is_taken_for_granted(token: Token, head: Token) -> bool:
    """ "the attack did not deter tourists", "nobody was hurt in the attack": what is not done about it leaves it as it
    is; "the attack did not take place" does not."""
    if _is_occasion(token):
        return _is_of_something_definite(token)
    if token.pos_ not in NOMINAL or token.dep_ not in SIDES or not _is_definite(token):
        return False
    grammar, lemma = load_grammar(), head.lemma_
    brings_about = lemma in grammar.support or lemma in grammar.occurring or lemma in grammar.signing
    return not brings_about or lemma in grammar.ending


def _is_occasion(link: Token) -> bool:
    """ "called for a boycott after the attack"."""
    return link.dep_ == "prep" and link.lower_ in OCCASIONS


def _is_definite(noun: Token) -> bool:
    return any(child.dep_ == "poss" or child.lower_ in DEFINITE for child in noun.children)


def _has_a_bar(verb: Token) -> bool:
    """ "lifted the ban on deliveries", where the parser hangs "on" on the verb."""
    return any(child.lemma_ in load_grammar().barring_nouns for child in children(verb, "dobj", "nsubjpass"))


def _is_called_off(token: Token, verb: Token) -> bool:
    """ "cancelled the visit", "the talks were called off"."""
    return _is_done_to(token) and (_goes_with(verb, "call", "off") or verb.lemma_ in load_grammar().cancelling)


def is_plotted(deed: Token) -> bool:
    """ "conspired to kill him", "was jailed for planning to attack a mosque": what was meant for a time now past."""
    plot, grammar = deed.head, load_grammar()
    if deed.dep_ != "xcomp" or plot.lemma_ not in grammar.plotting:
        return False
    tried = plot.dep_ == "pcomp" and plot.head.head.lemma_ in (*grammar.trying, "plead")
    return tried or plot.lemma_ in PLOTS


def is_put_off(token: Token) -> bool:
    """ "postponed the visit", "put off the talks"."""
    verb = token.head
    return _is_done_to(token) and (_goes_with(verb, "put", "off") or verb.lemma_ in load_grammar().deferring)


def _goes_with(verb: Token, lemma: str, particle: str) -> bool:
    return verb.lemma_ == lemma and any(child.lower_ == particle for child in verb.children)


def _is_done_to(token: Token) -> bool:
    return token.pos_ in NOMINAL and token.dep_ in ("dobj", "nsubjpass")


def _is_done(verb: Token) -> bool:
    """ "blocked the sale", not "a law that blocks sales" or "to block the sale"."""
    return verb.tag_ in ("VBD", "VBN")


def _is_parted(clause: Token, head: Token) -> bool:
    """Whether a clause is parted from the verb after it, which the parser hangs it on, by a semicolon or by a noun that
    stands for all of it: "accused Uganda of backing rebels, a charge Kampala denies"."""
    between = clause.doc[clause.i : head.i] if clause.i < head.i else ()
    named = any(word.dep_ in ("dobj", "appos", "npadvmod") and word.head.i == head.i for word in between)
    return any(token.text == ";" for token in between) or (named and any(token.text == "," for token in between))


def _is_still_to_come(verb: Token) -> bool:
    """ "has yet to carry out a strike"."""
    return any(child.lower_ == "yet" for child in verb.children)


def _is_wished(clause: Token) -> bool:
    return is_infinitive(clause) or (clause.dep_ == "ccomp" and _is_subjunctive(clause))


def _is_subjunctive(clause: Token) -> bool:
    """ "demanded that the men be freed", "ordered that he leave": the bare form, with nothing that gives it a tense."""
    helpers = [child for child in clause.children if child.dep_ in ("aux", "auxpass")]
    first = min(helpers, key=lambda child: child.i) if helpers else clause
    doers = children(clause, "nsubj", "nsubjpass")
    one = any(doer.tag_ in ("NN", "NNP") for doer in doers)  # "insisted that Russia deliver them", tagged a present
    return (first.tag_ == "VB" and bool(doers)) or (first.tag_ == "VBP" and one and first.lower_ == first.lemma_)


def _has_a_doer(copula: Token) -> bool:
    """Whether somebody is to do it: "Iran was to attack", not "the aim was to attack"."""
    aims = load_grammar().aims
    return any(child.lemma_.lower() not in aims for child in children(copula, "nsubj", "nsubjpass"))


def _shares_cues(token: Token, head: Token) -> bool:
    """Whether what is said of the verb above holds of the word too: its nouns, and the verbs that go on with it."""
    if token.pos_ not in VERBAL:
        return token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "prep", "conj")
    if token.dep_ == "conj":
        return not children(token, "nsubj", "nsubjpass", "aux", "auxpass") and token.tag_ == head.tag_
    return token.dep_ == "xcomp" and (head.lemma_ in load_grammar().implicative or head.lemma_ in ("be", "have"))


def _is_only_wanted(verb: Token) -> bool:
    """ "urged Russia to stop delivering": whether it did is not told; "was forced to stop" tells that it did."""
    grammar, above = load_grammar(), verb.head.lemma_
    asked = above in grammar.object_control and above not in (*grammar.implicative, *FORCING)
    return verb.dep_ == "xcomp" and is_infinitive(verb) and (asked or above in grammar.planning)


def _is_singled_out(verb: Token) -> bool:
    return any(_singles_out(noun) for noun in children(verb, "attr"))


def _singles_out(noun: Token) -> bool:
    """ "the first country to recognise it", "the latest to leave": what one did is told by which of them did it."""
    words = {noun.lower_, *(child.lower_ for child in noun.children if child.dep_ in ("amod", "nummod", "advmod"))}
    return not load_grammar().singling_out.isdisjoint(words)


def _turns_against(token: Token, head: Token) -> bool:
    """ "will not attend but send a note"."""
    return token.dep_ == "conj" and any(child.lower_ in ("but", "yet") for child in head.children)


def _cues_of_noun(token: Token, head: Token) -> Iterator[Stance]:
    """ "the planned visit", "a plan to visit", "the possibility of a visit", "a ban on visits"."""
    grammar, link = load_grammar(), token.lower_ if token.dep_ == "prep" else None
    if token.dep_ == "acl" and token.lemma_ == "lead" and head.lemma_ in ("evidence", "information", "tip"):
        yield Stance(Modality.CONDITIONAL, head)  # "a reward for information leading to the arrest"
    if token.dep_ == "acl" and is_infinitive(token):
        if not _singles_out(head):
            yield Stance(Modality.PLANNED, head)
        return
    possible = head.lemma_ in grammar.possible_nouns and (token.dep_ in ("acl", "ccomp") or link in POSSIBLE_LINKS)
    if possible or (head.lemma_ in grammar.barring_nouns and link in BARRING_LINKS):
        yield Stance(Modality.CONDITIONAL, head)


def _scope_ends(token: Token, head: Token) -> bool:
    """A clause that is told, or that has a time or a reason of its own, is not touched by what stands above."""
    if token.dep_ == "ccomp":
        return head.lemma_ not in load_grammar().denying
    if token.dep_ == "advcl" and is_infinitive(token):
        return False  # "denied sending troops to attack it"
    if token.dep_ == "conj" and token.tag_ == "VB" and not children(token, "nsubj", "nsubjpass"):
        return False  # "has 48 hours to leave or face attack"
    return token.dep_ in ("advcl", "conj", "nsubj", "nsubjpass") and token.pos_ in VERBAL


def is_future(trigger: Token) -> bool:
    """Whether the trigger's own clause looks ahead: will, shall, "is to", an infinitive of purpose."""
    verb = clause_verb(trigger)
    low = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(low & load_grammar().future_modals)
