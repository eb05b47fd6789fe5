"""Numbers like years that number or measure: "HR 2015", "Flight MH 1998", "Hill 1945", "a 2010-page book"."""

from __future__ import annotations

from app.extraction.temporal.grammar import Found
from app.extraction.temporal.vocabulary import load


def measures(found: Found) -> bool:
    """ "a 2010-page book", "a 2000-seat hall"; "a 2010-built ship" tells its year."""
    at, tokens = found.match.end(), found.scan.tokens
    if at + 1 >= len(tokens) or tokens[at].word not in ("-", "–", "‑") or tokens[at].end != tokens[at + 1].start:
        return False
    return tokens[at + 1].word in load().blockers["measured_by"]


_CODE_LETTERS = 2


def is_coded(found: Found) -> bool:
    """ "HR 2015", "H.R. 2015", "Flight MH 1998", "Hill 1945": the capitals before number bills, flights, hills."""
    before, blockers = found.before(), load().blockers
    if before is None:
        return False
    if before.capital and before.word in blockers["numbered_places"]:
        return True
    if before.word == ".":
        return _is_initials(found)
    code = found.scan.text[before.start : before.end]
    if len(code) != _CODE_LETTERS or not code.isupper() or before.mark != load().marks["OTHER"]:
        return False
    return before.word not in blockers["abbreviations"] and not _in_capitals(found, 2)


def _in_capitals(found: Found, steps: int) -> bool:
    """Whether the word so many steps before is written in capitals too, as a headline is."""
    at = found.match.start() - steps
    token = found.scan.tokens[at] if at >= 0 else None
    quote = found.scan.text[token.start : token.end] if token else ""
    return len(quote) > 1 and quote.isupper()


def _is_initials(found: Found) -> bool:
    """ "H.R.", "S.", "S.B.": capitals with full stops, none of a country."""
    at, letters = found.match.start() - 1, ""
    tokens, text = found.scan.tokens, found.scan.text
    while at > 0 and tokens[at].word == "." and len(tokens[at - 1].word) == 1 and tokens[at - 1].capital:
        letters = tokens[at - 1].word + letters
        touching = at > 1 and tokens[at - 2].end == tokens[at - 1].start
        at = at - 2 if touching else -1
    bill = letters[:1] in ("h", "s", "a") if len(letters) == 1 else bool(letters)
    return (
        bill
        and text[tokens[found.match.start() - 1].start - 1].isupper()
        and letters not in load().blockers["abbreviations"]
    )
