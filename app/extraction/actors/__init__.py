"""Who acts in one article: names, offices, nationality and coreference, resolved as of the article's day."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.domain.actors import Party
from app.domain.events import Place
from app.domain.spans import TimeSpan
from app.extraction.lexicon import Lexicon


class ActorIndex:
    """The actors of one article. Every question is about a token of one of the docs that were read."""

    def parties(self, token: Token, *, conjuncts: bool = True) -> tuple[Party, ...]:
        """The actors denoted by the noun phrase, pronoun or possessive headed by `token`; () for things and events.

        With `conjuncts` its coordinated members too: "Russia and Belarus" -> RUS, BLR.
        """
        raise NotImplementedError

    def modifier_parties(self, token: Token) -> tuple[Party, ...]:
        """The actors among the left modifiers and the possessor of a noun ("Iran's request", "US missile sale")."""
        raise NotImplementedError

    def state_of(self, token: Token) -> str | None:
        """Alpha-3 code of the state that the noun phrase headed by `token` belongs to."""
        raise NotImplementedError

    def place_at(self, token: Token) -> Place | None:
        """The place named by the name that `token` lies in; None if it names none."""
        raise NotImplementedError

    def weapon(self, token: Token) -> str | None:
        """Canonical name of the weapon whose name `token` lies in."""
        raise NotImplementedError

    def weapon_producer(self, token: Token) -> str | None:
        """Alpha-3 code of the state that makes the weapon whose name `token` lies in."""
        raise NotImplementedError

    def entity_span(self, token: Token) -> tuple[int, int] | None:
        """First and past-the-last token index of the name that `token` lies in."""
        raise NotImplementedError


class ActorReader:
    """Finds the actors of an article. Holds no state between articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, docs: Sequence[Doc], published: TimeSpan | None) -> ActorIndex:
        """The actors of one article, its parsed blocks given in order, with names as of the day of publication."""
        raise NotImplementedError
