"""Names that several states share, settled by what else the article speaks of: "Georgia", "Congo", "the Senate"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from app.domain.actors import Actor
from app.domain.spans import TimeSpan
from app.extraction.actors.naming import Entity
from app.extraction.actors.nationality import entity_state
from app.extraction.actors.places import Town
from app.extraction.lexicon import Lexicon, Name, NameKind

# From this share of the names of states on, an article is about one state.
_HALF = 0.5
# Offices that only a part of a state fills, as far as the world's news tells.
_OFFICES_OF_PARTS = frozenset({"governor", "senator", "sheriff", "congressman", "congresswoman", "gov", "sen", "rep"})

Names = list[Entity | None]


def count_states(names: Sequence[Names], town: Callable[[str], Town | None] | None = None) -> Counter[str]:
    """How often each state is named, by any of its names or, with `town`, by its towns."""
    counted: Counter[str] = Counter()
    for entity in (entity for block in names for entity in entities(block)):
        if entity.names_state:
            state = entity_state(entity)
        else:
            found = town(entity.text) if town and entity.kind is None and not (entity.body or entity.personal) else None
            state = found.state if found else None
        if state is not None:
            counted[state] += 1
    return counted


def main_state(states: Counter[str]) -> str | None:
    """The state that an article is about, None where none has half of the names."""
    if not states:
        return None
    state, count = states.most_common(1)[0]
    return state if count >= _HALF * states.total() else None


def settle(
    names: Names,
    lexicon: Lexicon,
    article: Sequence[Names],
    states: Counter[str],
    town: Callable[[str], Town | None],
    published: TimeSpan | None = None,
) -> None:
    """Give each shared name of one block the state that the article means by it, and a seat its state of that day."""
    for entity in list(entities(names)):
        if not entity.names_state:
            continue
        state = None
        if former := _seat_then(entity.text, lexicon, published):
            state = former
        elif candidates := lexicon.shared.get(entity.text):
            state = _most_spoken_of(candidates, entity, names, lexicon, article, town)
        elif entity.kind is NameKind.SEAT and (institution := lexicon.institutions.get(entity.text)):
            main = main_state(states)
            state = main if main in institution.states else None
        if state is not None and (actor := lexicon.by_id.get(state)) is not None:
            _give(names, entity, actor)


def _seat_then(name: str, lexicon: Lexicon, published: TimeSpan | None) -> str | None:
    """The former state whose seat it was on the day of publication: Yugoslavia's "Belgrade" in 1999."""
    held = lexicon.former_seats.get(name, ())
    return next((state for state, span in held if published is not None and span.overlaps(published)), None)


def _most_spoken_of(
    candidates: Sequence[str],
    entity: Entity,
    names: Names,
    lexicon: Lexicon,
    article: Sequence[Names],
    town: Callable[[str], Town | None],
) -> str:
    """Of the states of a shared name the one whose other names the article uses; the likeliest where it uses none."""
    evidence: Counter[str] = Counter()
    whole = [c for c in candidates if entity.text in _own_names(lexicon.by_id.get(c))]
    for other in (other for block in article for other in entities(block)):
        if other.text in lexicon.shared:
            evidence.update(c for c in candidates if c not in whole and _OFFICES_OF_PARTS.intersection(other.titles))
        elif other.kind is None:
            found = None if other.body or other.personal else town(other.text)
            evidence.update(c for c in candidates if found is not None and found.state == c)
        elif (state := entity_state(other)) in candidates and (state in whole or other.kind is NameKind.PROVINCE):
            evidence[str(state)] += 1
    return max(candidates, key=lambda c: evidence[c])  # the first of equals


def _own_names(actor: Actor | None) -> frozenset[str]:
    return frozenset((actor.name, *(alias.name for alias in actor.aliases))) if actor else frozenset()


def _give(names: Names, entity: Entity, actor: Actor) -> None:
    assert entity.kind is not None
    settled = replace(entity, readings=(Name(entity.kind, actor),))
    for position in range(entity.start, entity.end):
        names[position] = settled


def entities(names: Names) -> Iterator[Entity]:
    """Each name of a block once."""
    last: Entity | None = None
    for entity in names:
        if entity is not None and entity is not last:
            yield entity
        last = entity
