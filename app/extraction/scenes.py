"""The scenes of a report: the dates that its main clauses stand on, which the undated sentences after them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from spacy.tokens import Doc, Span, Token

from app.domain.dates import Derivation, Offsets
from app.domain.spans import Precision
from app.extraction.arguments import NOMINAL, VERBAL
from app.extraction.attachment import CLAUSE, compared_since, rank_of, verb_of
from app.extraction.blocks import Block
from app.extraction.grammar import load_grammar
from app.extraction.tenses import is_simple_past

# A report's news is at most this old, in days; what a paragraph tells of things older than the second is history.
NEWS_AGE, HISTORY_AGE = timedelta(days=7), timedelta(days=21)
# What stands before a stretch of time in which a thing happened once: "between March and May".
ONCE_IN = ("between", "during", "until", "till", "since")
CARRIED = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.RANGE)


@dataclass(frozen=True, slots=True)
class Told:
    """A date as it stands in a block: the expression, and the word of it that hangs on the rest.

    `since`: the place of the word that makes it the date of a thing to compare with, and of nothing before that word.
    """

    derivation: Derivation
    root: Token
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A date that a main clause stands on.

    `verbal`: something is said there; `carried`: it goes on from another; `adverbial`: it hangs on the verb itself,
    not on a noun of the clause ("for the Sunday attack").
    """

    block: int
    sentence: int
    derivation: Derivation
    carried: bool
    verbal: bool
    adverbial: bool = True

    @property
    def carries(self) -> bool:
        """Whether the date is fine enough to go on to the next sentences."""
        return self.adverbial and self.derivation.span.precision in CARRIED


def sentence_number(token: Token) -> int:
    return sum(1 for word in token.doc[: token.i + 1] if word.is_sent_start)


def scenes_of(block: int, told: Sequence[Told]) -> Iterator[Scene]:
    """The scenes that the dates of a block set: those on the main verb of their sentence, told in the past."""
    told = [each for each in told if each.derivation.span.precision in (*CARRIED, Precision.YEAR)]
    for _, some in groupby(told, key=_sentence):
        of_sentence = list(some)
        verb, here = of_sentence[0].root.sent.root, sentence_number(of_sentence[0].root)
        if not is_simple_past(verb):
            continue
        verbal = verb.lemma_ in load_grammar().saying
        for each in of_sentence:
            if rank_of(verb, each.root) <= CLAUSE:
                adverbial = each.root.head.i == verb.i
                yield Scene(block, here, each.derivation, carried=False, verbal=verbal, adverbial=adverbial)


def _sentence(told: Told) -> int:
    return int(told.root.sent.start)


def is_history(scene: Scene, last: date) -> bool:
    """Whether the scene lies long before a publication on `last`."""
    return is_older(scene, last, HISTORY_AGE)


def is_older(scene: Scene, last: date, age: timedelta) -> bool:
    """Whether all of the scene lies further back than that from a publication on `last`."""
    end = scene.derivation.span.last
    return end is not None and end < last - age


def news_day(scenes: Iterable[Scene], last: date) -> date | None:
    """The day of the lead: the first scene that is a day right before publication, on `last` at the latest."""
    return next(_news_days([scene.derivation for scene in scenes], last), None)


def latest_day(told: Iterable[Sequence[Told]], last: date) -> date | None:
    """The latest such day that is told at all, datelines aside."""
    dates = [each.derivation for some in told for each in some if not _is_aside(each.root)]
    return max(_news_days(dates, last), default=None)


def _news_days(dates: Iterable[Derivation], last: date) -> Iterator[date]:
    for each in dates:
        day = each.span.start
        if each.span.precision is Precision.DAY and day is not None and last - NEWS_AGE <= day <= last:
            yield day


def _is_aside(root: Token) -> bool:
    """Whether the date is that of a dateline, or of what is told of a noun ("hostages kidnapped on Friday")."""
    return verb_of(root).dep_ in ("acl", "relcl") or _is_dateline(root.sent)


def _is_dateline(words: Span) -> bool:
    """Whether the words only say when or where a report was written: no verb stands among them."""
    return not any(token.pos_ in VERBAL for token in words)


def told_in(block: Block, doc: Doc, found: Sequence[Derivation]) -> list[Told]:
    """The block's dates with offsets into the document, each with the word that it hangs by."""
    told = []
    for derivation in found:
        if derivation.words is None:
            continue
        start, end = derivation.words
        words = doc.char_span(start, end, alignment_mode="expand")
        if words is not None and len(words):
            root, since = _root(words), compared_since(words)
            if since is not None and since.i >= words.start - 1:
                continue
            if derivation.rule.startswith("apposition") and words[-1].lower_ in ("after", "before"):
                continue  # "on August 11, three days after the vote": the distance is told once more
            lasting = derivation.lasting and root.lower_ not in ONCE_IN
            told_words = Offsets(block.start + start, block.start + end)
            told.append(Told(replace(derivation, words=told_words, lasting=lasting), root, since.i if since else None))
    return told


def _root(words: Span) -> Token:
    """The word that the expression hangs by; a preposition before it counts as part of it."""
    root = words.root
    return root.head if root.dep_ == "pobj" and root.head.pos_ not in (*VERBAL, *NOMINAL) else root


def same_sentence(one: Token, other: Token) -> bool:
    return bool(one.sent.start == other.sent.start)
