"""What stands before a date and makes it a bound ("before 2010", "no later than May 5") or rough ("about 2010")."""

from __future__ import annotations

from collections.abc import Mapping

from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.draft import Draft
from app.extraction.temporal.meanings import (
    Anniversary,
    Beside,
    DayOf,
    Feast,
    Fields,
    Holding,
    Known,
    NthIn,
    Step,
    Told,
    Within,
)
from app.extraction.temporal.scanning import Scan, Token
from app.extraction.temporal.tense import Tense, tense_around
from app.extraction.temporal.values import Modifier
from app.extraction.temporal.vocabulary import load

# The words right before a date, the longest first; "not" may stand for "no".
_PHRASES: tuple[tuple[tuple[str, ...], Modifier], ...] = (
    (("no", "later", "than"), Modifier.ON_OR_BEFORE),
    (("not", "later", "than"), Modifier.ON_OR_BEFORE),
    (("no", "earlier", "than"), Modifier.ON_OR_AFTER),
    (("not", "earlier", "than"), Modifier.ON_OR_AFTER),
    (("no", "sooner", "than"), Modifier.ON_OR_AFTER),
    (("not", "before"), Modifier.ON_OR_AFTER),
    (("on", "or", "about"), Modifier.APPROX),
    (("on", "or", "around"), Modifier.APPROX),
    (("on", "or", "before"), Modifier.ON_OR_BEFORE),
    (("on", "or", "after"), Modifier.ON_OR_AFTER),
    (("prior", "to"), Modifier.BEFORE),
    (("earlier", "than"), Modifier.BEFORE),
    (("later", "than"), Modifier.AFTER),
    (("before",), Modifier.BEFORE),
    (("after",), Modifier.AFTER),
    (("by",), Modifier.ON_OR_BEFORE),
    (("about",), Modifier.APPROX),
    (("around",), Modifier.APPROX),
    (("approximately",), Modifier.APPROX),
    (("roughly",), Modifier.APPROX),
    (("circa",), Modifier.APPROX),
)
# The same, but only in a clause that looks ahead: "could come as early as May"; "as late as 1990" is just 1990.
_AHEAD: Mapping[tuple[str, ...], Modifier] = {
    ("as", "early", "as"): Modifier.ON_OR_AFTER,
    ("as", "soon", "as"): Modifier.ON_OR_AFTER,
    ("as", "late", "as"): Modifier.ON_OR_BEFORE,
}
_MAY, _REACH = frozenset({"may", "might", "could", "can"}), 10
_BETWEEN = ("the", "in", "on", "year")
_DATES = (Anniversary, Beside, DayOf, Feast, Fields, Holding, Known, NthIn, Step, Told, Within)


def bound_before(scan: Scan, draft: Draft) -> tuple[Modifier, str] | None:
    """The bound that the words before a date set on it, and those words; None where the date itself is meant."""
    if (
        draft.counted_from
        or not isinstance(draft.meaning, _DATES)
        or (isinstance(draft.meaning, Step) and draft.meaning.count is None)
    ):
        return None
    at = draft.first
    while at > 0 and draft.first - at < 2 and scan.tokens[at - 1].word in _BETWEEN:
        at -= 1
    words = tuple(token.word for token in scan.tokens[max(0, at - 3) : at])
    found = _phrase(words) or _phrase_ahead(scan, draft, words[-3:]) or _onwards(scan, draft)
    if found is None or (found[0] is not Modifier.APPROX and _colours_noun(scan, draft)):
        return None
    return found


def _onwards(scan: Scan, draft: Draft) -> tuple[Modifier, str] | None:
    """ "from 2006 onwards"."""
    after = scan.tokens[draft.last].word if draft.last < len(scan.tokens) else ""
    return (Modifier.ON_OR_AFTER, "onwards") if after in ("onwards", "onward") else None


def _phrase(words: tuple[str, ...]) -> tuple[Modifier, str] | None:
    for phrase, modifier in _PHRASES:
        if words[-len(phrase) :] == phrase:
            return modifier, " ".join(phrase)
    return None


def _phrase_ahead(scan: Scan, draft: Draft, words: tuple[str, ...]) -> tuple[Modifier, str] | None:
    modifier = _AHEAD.get(words)
    if modifier is None:
        return None
    before = {token.word for token in scan.tokens[max(0, draft.first - _REACH) : draft.first - 3]}
    if before.isdisjoint(_MAY) and tense_around(scan, draft.first, draft.last) is not Tense.FUTURE:
        return None
    return modifier, " ".join(words)


def _colours_noun(scan: Scan, draft: Draft) -> bool:
    """ "after Monday's vote", "before the 2010 election": the bound is another's, not the date's."""
    at = draft.last
    if at < len(scan.tokens) and scan.tokens[at].word == "," and scan.tokens[draft.first - 1].word == "the":
        at += 1  # "after the Sept. 11, 2001, attacks"
    after = scan.tokens[at] if at < len(scan.tokens) else None
    if after is None or after.word == "-":
        return after is not None
    if after.word in ("'s", "’s"):
        return True
    return _is_plain_noun(after) and not _opens_sentence(scan, draft)


def _is_plain_noun(after: Token) -> bool:
    vocabulary = load()
    if after.mark != vocabulary.marks["OTHER"] or not after.word.isalpha():
        return False
    if after.word in vocabulary.blockers["clause_words"] or after.word in _AFTER_DATE:
        return False
    tenses = vocabulary.tense
    return after.word not in tenses["past"] and after.word not in tenses["future"] and not after.word.endswith("ed")


def _opens_sentence(scan: Scan, draft: Draft) -> bool:
    """ "After 1990 trade grew": at the head of a sentence a clause may follow without a comma."""
    marks = load().marks
    head = next((at for at in range(draft.first - 1, -1, -1) if scan.marks[at] in (marks["DOT"], marks["BREAK"])), -1)
    after = scan.tokens[draft.last]
    bare_year = draft.grain_is(Grain.YEAR) and scan.tokens[draft.first - 1].word != "the"
    return draft.first - head <= 3 and (after.capital or bare_year)


# Words that may follow a date and are no noun that it colours.
_AFTER_DATE = frozenset({
    "is", "are", "may", "might", "must", "can", "could", "should", "if", "unless", "nor", "yet", "he", "she", "it",
    "they", "we", "you", "i", "not", "either", "too", "also", "again", "there", "no", "all", "both", "many",
    "most", "some",
})  # fmt: skip
