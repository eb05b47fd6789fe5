"""When two reports tell the same event. First rules: few and conservative (docs/decisions/0005)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.actors import ActorType, Party
from app.domain.events import HAPPENED, Mention, Modality
from app.domain.spans import Precision, TimeSpan

# Kinds that news uses for one and the same act. A kind outside every group stands for itself.
KIND_GROUPS: tuple[frozenset[str], ...] = (
    frozenset({"visit", "meeting", "talks"}),
    frozenset({"attack", "clash"}),
    frozenset({"sale", "purchase"}),
)
# Kinds in which the sides may change places: "A met B" is "B met A", and a visit may be told as a meeting.
SYMMETRIC = frozenset({"visit", "meeting", "talks", "clash", "agreement", "cooperation", "ceasefire", "dispute"})


# A sentence of at least so many different words is no chance agreement; so large a share of them must be in both.
TELLING_WORDS = 8
ALIKE = 0.8
PUNCTUATION = ".,;:!?\"'()“”‘’"


@dataclass(frozen=True, slots=True)
class Claim:
    """What linking compares: of one mention, or of an event as its mentions tell it.

    `source` and `target` hold ids of actors and of the states they belong to. `document` is where the claim stands,
    `object` and `place` are compared only where both claims have one. `words` is the sentence.
    """

    kind: str
    modality: Modality
    span: TimeSpan
    source: frozenset[str]
    target: frozenset[str]
    document: str = ""
    object: str | None = None
    place: str | None = None
    words: str = ""

    @classmethod
    def of_mention(cls, mention: Mention, document: str, words: str = "") -> Claim:
        """The claim of a mention; `words` is the sentence that it was read from."""
        return cls(
            kind=mention.kind,
            modality=mention.modality,
            span=mention.date.span,
            source=identities(mention.source),
            target=identities(mention.target),
            document=document,
            object=mention.object,
            place=mention.place.name if mention.place else None,
            words=words,
        )


def identities(parties: Iterable[Party]) -> frozenset[str]:
    """The ids that a side goes by: each party's own and its state's; an unnamed role goes by its state."""
    return frozenset(name for party in parties for name in _names(party))


def _names(party: Party) -> tuple[str, ...]:
    if party.type is ActorType.ROLE and party.state:
        return (party.state,)
    return (party.id, party.state) if party.state else (party.id,)


def kind_group(kind: str) -> frozenset[str]:
    """The kinds under which the same act may be reported."""
    return next((group for group in KIND_GROUPS if kind in group), frozenset({kind}))


def modality_class(modality: Modality) -> str:
    """`happened` for what is said to have happened, otherwise the modality itself."""
    return "happened" if modality in HAPPENED else modality.value


def same_event(claim: Claim, existing: Claim) -> str | None:
    """Why the two are one event, None where they are not (or nothing shows it).

    Different exact days never merge; a vague date merges with another only within one document, or where both
    documents tell it in the same words.
    """
    if kind_group(claim.kind) != kind_group(existing.kind):
        return None
    if modality_class(claim.modality) != modality_class(existing.modality):
        return None
    if not (sides := _shared_sides(claim, existing)):
        return None
    if _differ(claim.object, existing.object) or _places_differ(claim, existing):
        return None
    if not (dates := _shared_date(claim, existing)):
        return None
    kinds = claim.kind if claim.kind == existing.kind else f"{claim.kind} as {existing.kind}"
    return f"{kinds}; {sides}; {dates}"


def _shared_sides(claim: Claim, existing: Claim) -> str | None:
    """The actors that both claims share, in words. An empty side agrees only with an empty one."""
    if words := _sides_agree(claim.source, claim.target, existing.source, existing.target):
        return words
    if {claim.kind, existing.kind} & SYMMETRIC and (claim.kind, existing.kind) != ("visit", "visit"):
        return _sides_agree(claim.source, claim.target, existing.target, existing.source)
    return None


def _sides_agree(
    source: frozenset[str], target: frozenset[str], other_source: frozenset[str], other_target: frozenset[str]
) -> str | None:
    if not (source or target):
        return None
    if bool(source) != bool(other_source) or bool(target) != bool(other_target):
        return None
    doers, receivers = source & other_source, target & other_target
    if (source and not doers) or (target and not receivers):
        return None
    if _name_others(source, other_source) or _name_others(target, other_target):
        return None
    return f"{'|'.join(sorted(doers)) or '-'} to {'|'.join(sorted(receivers)) or '-'}"


def _name_others(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name people or bodies, but not one in common: a president's visit is not his minister's."""
    named, other_named = (frozenset(name for name in side if not _is_state(name)) for side in (one, other))
    return bool(named and other_named and not named & other_named)


def _is_state(name: str) -> bool:
    return len(name) == 3 and name.isupper()


def _shared_date(claim: Claim, existing: Claim) -> str | None:
    one, other = claim.span, existing.span
    if one.precision is Precision.DAY and other.precision is Precision.DAY:
        return f"same day {one.edtf()}" if one.start == other.start else None
    if reprints(claim.words, existing.words) and one.overlaps(other):
        return f"same words, {one.edtf()} fits {other.edtf()}"
    if not claim.document or claim.document != existing.document:
        return None
    if not (one.known and other.known):
        return None
    nested = one.within(other) or other.within(one)
    return f"same document, {one.edtf()} fits {other.edtf()}" if nested else None


def reprints(one: str, other: str) -> bool:
    """Whether one sentence is the other, but for a few words more: papers shorten what an agency sends."""
    if one == other:
        return bool(one)
    words, others = ({word.strip(PUNCTUATION).casefold() for word in text.split()} for text in (one, other))
    fewest = min(len(words), len(others))
    return fewest >= TELLING_WORDS and len(words & others) == fewest and fewest >= ALIKE * max(len(words), len(others))


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two objects are told and share no word."""
    if not one or not other:
        return False
    return not set(one.casefold().split()) & set(other.casefold().split())


def _places_differ(claim: Claim, existing: Claim) -> bool:
    return bool(claim.place and existing.place and claim.place.casefold() != existing.place.casefold())
