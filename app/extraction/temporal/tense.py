"""Whether the clause around an expression speaks of what was or what will be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from app.extraction.temporal.scanning import Scan, Token
from app.extraction.temporal.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as Word


class Tense(StrEnum):
    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"
    DONE = "done"  # the past, of a verb that the date itself stands with: "besieged the town in June"


_REACH_LEFT, _REACH_RIGHT, _REACH_AUX, _REACH_UP = 24, 14, 3, 6
_AROUND = ("before", "after", "since", "while", "when")
_LIMITS, _PERFECT = ("until", "till", "by"), ("has", "have", "gives", "give", "faces", "face")
_QUOTES = ("'", '"', "”", "’", "`", "“", "‘")
_END = "end"
_PRESENT, _REACH_DONE = ("is", "are", "be", "being", "not", "n't"), 6
_BEING = ("is", "are", "was", "were")
_FUTURE_AUX = frozenset({"will", "shall", "would", "'ll", "’ll", "wo", "should", "must"})


def tense_around(scan: Scan, first: int, last: int) -> Tense:
    """A light guess from the words: the nearest verb before the expression, else the nearest after it."""
    before = _word(scan, first - 1) if first else ""
    if before == "since":
        return Tense.PAST
    limited = before in _LIMITS
    for at in range(first - 1, max(-1, first - _REACH_LEFT), -1):
        cue = _told_at(scan, at)
        if cue == _END:
            break
        if limited and (_word(scan, at) in _PERFECT or _puts_off(before, _word(scan, at))):
            return Tense.FUTURE  # "has given them until Tuesday"
        if cue:
            return Tense.DONE if cue == Tense.PAST and _is_done(scan, at, first) else Tense(cue)
    for at in range(last, min(len(scan.tokens), last + _REACH_RIGHT)):
        cue = _told_at(scan, at)
        if cue == _END:
            break
        if cue:
            return Tense.DONE if cue == Tense.PAST and _heads_deed(scan, first, at) else Tense(cue)
    return Tense.UNKNOWN


def _heads_deed(scan: Scan, first: int, verb: int) -> bool:
    """ "In July the town fell": the date heads the sentence, and no verb that foretells follows."""
    opens = first == 1 or (first > 1 and _told_at(scan, first - 2) == _END)
    if not opens or _word(scan, first - 1) not in ("in", "on"):
        return False
    foretelling = load().tense["foretelling"]
    return all(_word(scan, at) not in foretelling for at in range(verb, verb + _REACH_AUX))


def _puts_off(link: str, verb: str) -> bool:
    """ "was adjourned until Monday"."""
    return link in ("until", "till") and verb in load().tense["putting_off"]


def _is_done(scan: Scan, verb: int, first: int) -> bool:
    """Whether the date stands right with the deed: "besieged the town in June", not "announced elections in June"."""
    words, between = load().tense, [token.word for token in scan.tokens[verb + 1 : first]]
    if not between or len(between) > _REACH_DONE or between.pop() not in ("in", "on"):
        return False
    if scan.tokens[verb].word in words["foretelling"] or scan.tokens[verb].word in words["helping"]:
        return False
    if any(_word(scan, at) in _PRESENT for at in range(max(0, verb - 2), verb)):
        return False
    return words["stops"].isdisjoint(between) and words["ahead_things"].isdisjoint(between)


def _told_at(scan: Scan, at: int) -> str:
    """What the token tells: that a sentence ends, a tense, or nothing (""); reckoned once for each."""
    told = scan.cues.get(at)
    if told is None:
        told = scan.cues[at] = _END if _ends_sentence(scan, at) else _cue(scan, at) or ""
    return told


def _ends_sentence(scan: Scan, at: int) -> bool:
    """A full stop before a capital; abbreviations ("Sept. 3", "U.S.") do not end one."""
    marks = load().marks
    token = scan.tokens[at]
    if token.mark == marks["BREAK"]:
        return True
    if token.mark != marks["DOT"] or at + 1 >= len(scan.tokens) or at == 0:
        return False
    before, after = scan.tokens[at - 1], _beyond_quotes(scan, at + 1)
    return after.capital and after.start > token.end and len(before.word) > 2 and before.mark != marks["MONTH_SHORT"]


def _beyond_quotes(scan: Scan, at: int) -> Token:
    """The token at a place, or the one after the quotation marks that stand there: `... plans." Earlier ...`."""
    last = min(len(scan.tokens), at + 3) - 1
    return next((scan.tokens[i] for i in range(at, last) if scan.tokens[i].word not in _QUOTES), scan.tokens[last])


def _word(scan: Scan, at: int) -> str:
    return scan.tokens[at].word if at < len(scan.tokens) else ""


def _cue(scan: Scan, at: int) -> Tense | None:
    words, token = load().tense, scan.tokens[at]
    if token.word.endswith("ing") and at and _word(scan, at - 1) in _AROUND:
        return None  # "fell silent before resuming in October" has the tense of "fell"
    if token.word in _BEING and _word(scan, at + 1) == "to" and _word(scan, at + 2).isalpha():
        return Tense.FUTURE  # "is to address parliament on Monday"
    if token.word in words["future_to"] and _word(scan, at + 1) == "to":
        return Tense.PAST if at and _word(scan, at - 1) == "had" else Tense.FUTURE
    if token.word in words["future"]:
        return Tense.FUTURE
    if ahead := _modal(scan, at):
        return ahead
    looks_past = token.word in words["past"] or (
        token.word.endswith("ed") and len(token.word) > 4 and not token.capital and token.word not in words["not_past"]
    )
    if not looks_past:
        return None
    helpers = [i for i in range(max(0, at - _REACH_AUX), at) if _is_auxiliary(scan, i)]
    words_on = [_word(scan, i) for i in range(helpers[0], at + 1)] if helpers else []
    back = not helpers or _is_perfect(words_on) or words_on[:2] == ["could", "not"]
    return Tense.PAST if back else Tense.FUTURE


def _modal(scan: Scan, at: int) -> Tense | None:
    """ "may attack in March" lies ahead, "may have attacked in March" back; "could not leave" tells neither."""
    words, token = load().tense, scan.tokens[at]
    if token.word not in words["possible"] or token.capital or not _word(scan, at + 1).isalpha():
        return None
    after = [_word(scan, i) for i in range(at + 1, at + 1 + _REACH_AUX)]
    if _is_perfect([token.word, *after]):
        return Tense.PAST
    return None if token.word == "could" and after[0] in ("not", "only", "n't") else Tense.FUTURE


def _is_perfect(words: Sequence[str]) -> bool:
    """ "may have attacked", "is said to have fled"; "will have left" lies ahead all the same."""
    return "have" in words[1:] and words[0] not in load().tense["certain"]


def _is_auxiliary(scan: Scan, at: int) -> bool:
    """ "to be freed", "will be freed"; neither "from March to June rebels fled" nor the month of May."""
    word = _word(scan, at)
    if word == "may" and scan.tokens[at].capital:
        return False
    return word in load().tense["ahead"] and (word != "to" or _word(scan, at + 1) in ("be", "have", "get"))


def tense_in(doc: Doc, start: int, end: int) -> Tense:
    """The same from a parse: the verb that governs characters [start, end), its tag and its auxiliaries."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return Tense.UNKNOWN
    word = span.root
    if _dates_saying(doc, span.start, word):
        return Tense.PAST
    if _follows_answered(word):
        return Tense.DONE
    limited = word.head.lower_ in _LIMITS  # "told them to leave by Friday"
    date = _hanging(doc, span.start, _first_of_list(word))
    for _ in range(_REACH_UP):
        if word.dep_ == "pcomp" and word.head.lower_ in ("after", "since"):
            return Tense.DONE  # "will send monitors after suspending its mission in June"
        if _is_asked_for(word):
            return Tense.FUTURE
        tense = _tense_of_verb(word, date, limited=limited)
        if word.lower_ in load().tense["over_things"] and word.pos_ == "NOUN":
            return Tense.DONE
        if word.i != date.i and _is_of_answered(word):
            return Tense.DONE
        if _is_due(word):
            return Tense.FUTURE
        if tense is not Tense.UNKNOWN or word.head.i == word.i:
            return tense
        word = word.head
    return Tense.UNKNOWN


def _is_asked_for(thing: Word) -> bool:
    """ "called on Saturday for a strike on Friday": the asking has a day of its own."""
    link = thing.head
    asked = thing.dep_ == "pobj" and link.lower_ == "for" and link.head.lemma_ in load().tense["asking_for"]
    return bool(asked and any(child.lower_ == "on" and child.i < link.i for child in link.head.children))


def _first_of_list(root: Word) -> Word:
    """ "They meet on Monday and Thursday": the second day hangs where the first one does."""
    while root.dep_ == "conj" and (root.head.lower_ in load().words or root.head.like_num):
        root = root.head
    return root


def _hanging(doc: Doc, first: int, root: Word) -> Word:
    """The word of the date that hangs on the preposition before it: "On 20 May rebels" read as 20 rebels."""
    link = doc[first - 1] if first and doc[first - 1].lower_ in ("in", "on") else None
    return root if link is None or root.head.i == link.i else link


def _dates_saying(doc: Doc, first: int, date: Word) -> bool:
    """ "said on Monday they believe": the day right after a verb of saying is that of the saying, so it is past."""
    at = first - 1
    while at > max(0, first - _REACH_AUX) and doc[at].lower_ in ("on", "in", "late", "early"):
        at -= 1
    if any(child.lower_ in ("'s", "’s") for child in date.children):
        return False  # "said Sunday's vote would go ahead"
    said = at >= 0 and doc[at].lower_ in load().tense["saying"] and doc[at].tag_ in ("VBD", "VBZ", "VBP")
    return said and date.dep_ not in ("nsubj", "nsubjpass")


def _tense_of_infinitive(word: Word) -> Tense:
    """ "plans to withdraw" lies ahead; "made it hard to withdraw" has the tense of "made", "had planned to" is over."""
    words = load().tense
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in word.head.children):
        return Tense.PAST
    if word.head.lemma_ == "be" or (word.dep_ == "acl" and word.head.lower_ in words["promising"]):
        return Tense.FUTURE  # "is to be deported", "were to meet on Friday", "a contract to deliver them in October"
    ahead = word.head.lower_ in words["future_to"] or word.head.lower_ in words["future"]
    return Tense.FUTURE if ahead else Tense.UNKNOWN


def _tense_of_modal(word: Word, helpers: Sequence[str]) -> Tense | None:
    """The same from a parse: "might attack" lies ahead, "might have attacked" and "would have attacked" back."""
    modal = next((h for h in helpers if h in load().tense["possible"] or h in _FUTURE_AUX), None)
    if modal is None:
        return None
    if _is_perfect([modal, *helpers]):
        return Tense.PAST
    negated = any(child.dep_ == "neg" for child in word.children)
    return None if modal == "could" and negated else Tense.FUTURE


def _tense_of_verb(word: Word, date: Word, *, limited: bool) -> Tense:
    if word.pos_ not in ("VERB", "AUX"):
        return Tense.UNKNOWN
    helpers = [child.lower_ for child in word.children if child.dep_ in ("aux", "auxpass")]
    if tense := _tense_of_modal(word, helpers):
        return tense
    if word.lower_ in load().tense["future"]:
        return Tense.FUTURE
    if limited and _puts_off(date.head.lower_, word.lower_):
        return Tense.FUTURE
    if "to" in helpers:
        return Tense.FUTURE if limited else _tense_of_infinitive(word)
    planned = date.head.lower_ == "for" and word.lower_ in ("planned", "booked", "fixed")
    if planned and ({"is", "are"} & set(helpers) or _is_spoken_of(word, helpers)):
        return Tense.FUTURE  # "is planned for Saturday"
    if word.tag_ in ("VBZ", "VBP") and not helpers and (_is_scheduled(word, date) or _is_condition(word)):
        return Tense.FUTURE
    if word.tag_ in ("VBZ", "VBP") and not helpers and limited and date.head.lower_ != "by":
        return Tense.FUTURE  # "remain closed until Monday"
    if {"is", "are"} & set(helpers) and (limited or (word.tag_ == "VBG" and _is_own(word, date))):
        return Tense.FUTURE  # "is holding a parade on Saturday", "is being held until Friday"
    if word.tag_ in ("VBD", "VBN") or any(helper in ("was", "were", "had", "has", "have", "did") for helper in helpers):
        return Tense.DONE if _is_done_on(word, date, helpers) else Tense.PAST
    return Tense.UNKNOWN


def _is_spoken_of(clause: Word, helpers: Sequence[str]) -> bool:
    """ "condemned a test planned for Saturday", where "a test planned for Saturday was cancelled" may lie back."""
    return clause.dep_ == "acl" and not helpers and clause.head.dep_ in ("dobj", "pobj")


def _is_done_on(verb: Word, date: Word, helpers: list[str]) -> bool:
    """The same from a parse: the date hangs on a finite past verb, and neither foretells."""
    words, link = load().tense, date if date.dep_ == "prep" else date.head
    own = link.head.i == verb.i and date.dep_ in ("pobj", "prep") and link.lower_ in ("in", "on")
    finite = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(helper in ("was", "were", "had") for helper in helpers))
    if not own or not finite or verb.lower_ in words["foretelling"] or verb.lower_ in words["helping"]:
        return False
    if any(child.dep_ == "neg" for child in verb.children):
        return False
    between = {token.lower_ for token in verb.doc[verb.i + 1 : link.i]}
    return words["stops"].isdisjoint(between) and words["ahead_things"].isdisjoint(between)


def answers(verb: Word) -> bool:
    """Whether the verb tells what is done about a deed that was done before: "condemn", "investigate"."""
    return verb.lemma_ in load().tense["answering"]


def reproaches_now(verb: Word) -> bool:
    """ "blames Tehran for it", told in the present."""
    return verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in load().tense["reproaching"]


def is_object_of_answer(deed: Word) -> bool:
    """ "condemned the attack", "will investigate the bombing", "the raid was condemned"."""
    return bool(deed.dep_ in ("dobj", "nsubjpass") and answers(deed.head))


def is_thing_ahead(noun: Word) -> bool:
    """Whether it is one of the things that one speaks of before they come: "vote", "summit", "trial"."""
    return str(noun.lower_) in load().tense["ahead_things"]


def is_answered(link: Word) -> bool:
    """Whether the preposition leads from an answer to what was done before it: "punish for", "in revenge for"."""
    words = load().tense
    if link.dep_ != "prep":
        return False
    if link.lower_ == "in":
        return any(noun.lemma_ in words["answers"] for noun in link.children)
    return link.lower_ in _ANSWERING_LINKS and answers(link.head)


def _follows_answered(date: Word) -> bool:
    """ "will investigate the shooting on Friday", where the parser hangs the day on the verb."""
    link = date.head
    verb = link.head
    if date.dep_ != "pobj" or link.dep_ != "prep" or not answers(verb):
        return False
    deeds = (child for child in verb.children if child.dep_ == "dobj" and child.i < date.i)
    return any(deed.lower_ in load().tense["over_things"] for deed in deeds)


def _is_of_answered(deed: Word) -> bool:
    """ "will punish Iran for the attack on Friday", "will investigate the bombing in July"."""
    if deed.dep_ == "dobj":
        return answers(deed.head)
    return (deed.dep_ == "pobj" and is_answered(deed.head)) or is_accused_of(deed)


def is_accused_of(deed: Word) -> bool:
    """ "accuses Israel of killing civilians in July"; "was convicted of fraud in 2010" tells of the court's year."""
    link = deed.head
    return deed.dep_ == "pcomp" and link.lower_ in ("of", "for") and link.head.lemma_ in load().tense["reproaching"]


_ANSWERING_LINKS = ("for", "over", "after", "following", "to", "against")


def _is_due(word: Word) -> bool:
    """ "is due in court on Friday", "data due on Friday"."""
    if word.lower_ == "due":
        return word.pos_ in ("ADJ", "VERB")
    present = word.tag_ in ("VBZ", "VBP") and word.lemma_ == "be"
    return present and any(child.lower_ == "due" for child in word.children)


def _is_condition(verb: Word) -> bool:
    """ "Unless they agree by Sunday": a condition in the present lies ahead."""
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children)


def _is_own(verb: Word, date: Word) -> bool:
    """Whether the date stands right under the verb."""
    return bool(date.head.i == verb.i or (date.dep_ == "pobj" and date.head.head.i == verb.i))


def _is_scheduled(verb: Word, date: Word) -> bool:
    """ "Parliament votes on Friday": the present with a day right under it lies ahead; not in a headline ("Rebels
    Attack Port Monday"), and not for a saying or a state."""
    if verb.tag_ == "VBP" and verb.lower_ in load().tense["either"]:
        return False  # "Two rockets hit on Monday"
    if date.head.i == verb.i and date.i < verb.i and verb.lemma_ in ("mark", "see", "bring"):
        return verb.doc[-1].is_punct  # "Friday marks a year since the attack"
    told = verb.lemma_ in (*_TOLD_IN_THE_PRESENT, "follow") or _comes_of_what_is_over(verb, date)
    return _is_own(verb, date) and verb.doc[-1].is_punct and (not told or _tells_on_schedule(verb))


_TOLD_IN_THE_PRESENT = ("be", "have", "do", "say", "report", "write", "tell", "announce", "claim", "add", "mark")


def _comes_of_what_is_over(verb: Word, date: Word) -> bool:
    """ "Protests continue over the killing of a policeman on Saturday"."""
    links = (child for child in verb.children if child.dep_ == "prep" and child.lower_ in _ANSWERING_LINKS[:3])
    things = {word.lower_ for link in links if link.i < date.i for word in link.children}
    return not things.isdisjoint(load().tense["over_things"])


def _tells_on_schedule(verb: Word) -> bool:
    """ "reports earnings on Thursday", "announces its budget on Friday": what is told on a day fixed before."""
    things = load().tense["scheduled_news"]
    telling = verb.lemma_ in ("report", "announce")
    return telling and any(child.dep_ == "dobj" and child.lower_ in things for child in verb.children)


_SENTENCE_ENDS = re.compile(r"(?<=[a-z0-9)”\"’'][.!?])\s+(?=[A-Z“\"‘'`])|\n\s*\n")
_LONGEST = 2_000  # characters; a longer "sentence" is no prose


class SentenceParses:
    """The tense from a parse of the one sentence around an expression, made when it is first asked for."""

    def __init__(self, text: str, nlp: Callable[[str], Doc]) -> None:
        self._text, self._nlp = text, nlp
        self._starts = [0, *(match.end() for match in _SENTENCE_ENDS.finditer(text))]
        self._docs: dict[int, Doc] = {}

    def __call__(self, start: int, end: int) -> Tense:
        """The tense at characters [start, end) of the text."""
        index = bisect_right(self._starts, start) - 1
        first = self._starts[index]
        last = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        if last - first > _LONGEST or end > last:
            return Tense.UNKNOWN
        if first not in self._docs:
            self._docs[first] = self._nlp(self._text[first:last].strip())
        lead = len(self._text[first:last]) - len(self._text[first:last].lstrip())
        return tense_in(self._docs[first], start - first - lead, end - first - lead)
