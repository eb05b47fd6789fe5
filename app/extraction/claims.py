"""Frames to mentions: the stance weighed against who speaks, the date, the place, the coding, the confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Span, Token

from app.domain.actors import ActorType, Party
from app.domain.dates import Basis, Derivation, Offsets
from app.domain.events import HAPPENED, Evidence, Mention, Modality, Role, Saying
from app.domain.kinds import Coding, Kind
from app.domain.spans import TimeSpan
from app.extraction.actors import ActorIndex
from app.extraction.arguments import children
from app.extraction.blocks import Block
from app.extraction.candidates import SOURCE, TARGET
from app.extraction.circumstances import SCALES, deadline_of, instrument_of, third_parties, value_of
from app.extraction.codebook import Root, coding_of, planned_coding
from app.extraction.confidence import confidence_of
from app.extraction.dating import EventDater, EventDates
from app.extraction.frames import IN_CLAUSE, Frame, is_known
from app.extraction.grammar import load_grammar
from app.extraction.modality import Stance, stance_of
from app.extraction.quotations import quoted_speaker
from app.extraction.saying import addressee_of, word_of_saying
from app.extraction.tenses import is_only_named
from app.extraction.whereabouts import place_of

# What ended longer before publication than this is history that the article recalls.
NEWS_DAYS = timedelta(days=31)
LONGEST_ATTRIBUTION = 8


@dataclass(frozen=True, slots=True)
class ClaimWriter:
    """Writes the mentions of one article."""

    blocks: Sequence[Block]
    actors: ActorIndex
    dater: EventDater
    told: Sequence[Sequence[Derivation]]
    published: TimeSpan | None
    inferred: bool
    kinds: Mapping[str, Kind]
    roots: Mapping[str, Root]
    version: str
    text: str

    def write(self, frames: Iterable[Frame]) -> Iterator[Mention]:
        """The mentions in order. What has no date of its own beside history in one sentence is history, too."""
        put: dict[tuple[int, int], Modality] = {}
        mentions = []
        for frame in frames:
            mentions.append(self._mention(frame, put.get(frame.antecedent) if frame.antecedent else None))
            put[frame.place_in_text] = mentions[-1].modality
        old = {mention.evidence.clause for mention in mentions if mention.role is Role.BACKGROUND}
        for mention in mentions:
            undated = mention.date.basis is Basis.PUBLICATION and mention.date.span.start is None
            history = undated and mention.modality in HAPPENED and mention.evidence.clause in old
            yield replace(mention, role=Role.BACKGROUND) if history else mention

    def _mention(self, frame: Frame, antecedent: Modality | None) -> Mention:
        stance = self._stance(frame)
        if antecedent not in (None, *HAPPENED) and stance.modality in HAPPENED and is_only_named(frame.token):
            stance = replace(stance, modality=antecedent)  # "agreed to sell missiles. The sale alarmed Israel"
        dates = self._dates(frame, stance.modality)
        date = dates.date
        modality = self._in_time(stance.modality, date)
        return Mention(
            kind=frame.kind,
            coding=self._coding(frame, modality),
            date=date,
            evidence=self._evidence(frame),
            modality=modality,
            role=self._role(date, modality),
            confidence=confidence_of(frame, date, modality, self.blocks[frame.block].kind),
            source=frame.source,
            target=frame.target,
            others=third_parties(frame, self.actors),
            object=frame.object_name,
            quantity=_quantity(frame),
            place=place_of(frame, self.actors),
            attribution=_words(stance.speaker),
            cue=self._cue(frame, stance, date, modality),
            saying=self._saying(frame, stance.speaker),
            reported=dates.reported,
            planned=dates.planned,
            value=value_of(frame),
            instrument=instrument_of(frame, self.actors),
            deadline=self._deadline(frame),
        )

    # -- how it is put --------------------------------------------------------------------------

    def _stance(self, frame: Frame) -> Stance:
        stance = stance_of(frame.token, frame.kind, negation_is_meant=frame.negation_is_meant)
        if stance.speaker is None:
            stance = replace(stance, speaker=quoted_speaker(frame.token))
        if stance.speaker is None or stance.modality is not Modality.ASSERTED:
            return stance
        if not self._is_hearsay(frame, stance.speaker):
            return stance
        return replace(stance, modality=Modality.ALLEGED, cue=word_of_saying(stance.speaker))

    def _is_hearsay(self, frame: Frame, speaker: Token) -> bool:
        """What an unnamed source, a newspaper or an outsider tells of others; of themselves they assert it."""
        parties = self.actors.parties(speaker)
        if speaker.lemma_.lower() in load_grammar().unnamed or any(party.type is ActorType.MEDIA for party in parties):
            return True
        return self._of_self(frame, parties) is False

    def _of_self(self, frame: Frame, speaking: Iterable[Party]) -> bool | None:
        """Whether a speaker is one of the sides that the clause names; None where either is not known."""
        told = [
            party for side in (SOURCE, TARGET) if frame.filled_by(side) == IN_CLAUSE for party in getattr(frame, side)
        ]
        sides = {party.state or party.id for party in told}
        speakers = {party.state or party.id for party in speaking if is_known(party)}
        return bool(speakers & sides) if speakers and sides else None

    def _cue(self, frame: Frame, stance: Stance, date: Derivation, modality: Modality) -> Offsets | None:
        """The word that shows the modality: the words of the date, where these alone make it a plan."""
        if modality is not stance.modality:
            return date.words
        return self._at(frame, stance.cue.doc[stance.cue.i : stance.cue.i + 1]) if stance.cue is not None else None

    def _saying(self, frame: Frame, speaker: Token | None) -> Saying | None:
        addressee = addressee_of(frame.token, speaker)
        if speaker is None and addressee is None:
            return None
        speaking = self.actors.parties(speaker) if speaker is not None else ()
        told = self.actors.parties(addressee) if addressee is not None else ()
        return Saying(
            attribution=self._at(frame, _phrase(speaker)) if speaker is not None else None,
            speaker_ids=tuple(party.id for party in speaking),
            addressee=_words(addressee),
            addressed=self._at(frame, _phrase(addressee)) if addressee is not None else None,
            addressee_ids=tuple(party.id for party in told),
            of_self=self._of_self(frame, speaking),
        )

    def _at(self, frame: Frame, words: Span) -> Offsets:
        """Where words of the frame's block stand in the document."""
        start = self.blocks[frame.block].start
        return Offsets(start + words.start_char, start + words.end_char)

    # -- when -----------------------------------------------------------------------------------

    def _dates(self, frame: Frame, modality: Modality) -> EventDates:
        found = self.dater.date_of(frame, modality)
        return EventDates(
            self._quoted(found.date),
            self._quoted(found.reported) if found.reported else None,
            self._quoted(found.planned) if found.planned else None,
        )

    def _quoted(self, date: Derivation) -> Derivation:
        """With the words as they stand in the text; `inferred` where the day of publication was."""
        if date.words is not None:
            date = replace(date, quote=self.text[date.words.start : date.words.end])
        if self.inferred and date.basis is not Basis.EXPLICIT:
            date = replace(date, basis=Basis.INFERRED)
        return date

    def _deadline(self, frame: Frame) -> Derivation | None:
        start = self.blocks[frame.block].start
        found = deadline_of(frame, self.told[frame.block])
        if found is None or found.words is None:
            return None
        words = Offsets(start + found.words.start, start + found.words.end)
        return self._quoted(replace(found, span=found.period or found.span, words=words))

    def _in_time(self, modality: Modality, date: Derivation) -> Modality:
        """Nothing that begins after publication has happened: it is planned."""
        last = self.published.last if self.published else None
        begins = date.span.start
        if last is not None and begins is not None and begins > last and modality in HAPPENED:
            return Modality.PLANNED
        return modality

    def _role(self, date: Derivation, modality: Modality) -> Role:
        if self.published is None or self.published.start is None or date.span.last is None:
            return Role.MAIN
        old = self.published.start - date.span.last > NEWS_DAYS
        return Role.BACKGROUND if old and modality in HAPPENED else Role.MAIN

    # -- what it is -----------------------------------------------------------------------------

    def _coding(self, frame: Frame, modality: Modality) -> Coding:
        if modality is Modality.PLANNED:
            return planned_coding(frame.row, self.kinds, self.roots)
        return coding_of(frame.row, self.kinds)

    def _evidence(self, frame: Frame) -> Evidence:
        start = self.blocks[frame.block].start
        token, sentence = frame.token, frame.token.sent
        first, last = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
        trigger = Offsets(start + token.idx, start + token.idx + len(token))
        clause = Offsets(start + first, max(start + last, trigger.end))
        # "delivery.N.delivery + conversation": the row, and each rule that filled what its clause leaves out.
        return Evidence(clause, trigger, " + ".join((frame.row.rule, *frame.inherited)), self.version)


def _words(token: Token | None) -> str | None:
    return str(_phrase(token).text) if token is not None else None


def _phrase(token: Token) -> Span:
    """The noun phrase of a speaker as it stands in the text, cut before its clauses."""
    start = max(token.left_edge.i, token.i - LONGEST_ATTRIBUTION)
    end = token.i + 1
    for child in token.rights:
        if child.dep_ in ("prep", "conj", "cc") and child.right_edge.i - start < LONGEST_ATTRIBUTION:
            end = child.right_edge.i + 1
        else:
            break
    return token.doc[start:end]


def _quantity(frame: Frame) -> str | None:
    """How many or how much, in the words of the text: "four batteries", "$800 million"."""
    for thing in frame.objects:
        for number in children(thing, "nummod"):
            last = thing if thing.lower_ in SCALES else number
            return str(thing.doc[number.left_edge.i : last.i + 1].text)
    return None
