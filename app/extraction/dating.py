"""When an event happened: its own clause's date, else its sentence's, else the narrative's, else a bound.

The tense and the attribution count: "said on Monday that it had delivered" dates the saying and bounds the
delivery. What nothing dates is bounded by the publication, and says so in its basis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from spacy.tokens import Doc, Token

from app.domain.dates import AGREES, Basis, DateCandidate, Derivation
from app.domain.events import AHEAD, HAPPENED, Modality
from app.domain.spans import Precision, TimeSpan
from app.extraction.anniversaries import Recalled, recalled_by
from app.extraction.arguments import (
    DONE_TO,
    NOMINAL,
    VERBAL,
    are_named_alike,
    children,
    clause_verb,
    direct_objects,
    is_infinitive,
)
from app.extraction.attachment import (
    CHAIN,
    CLAUSE,
    ELSEWHERE,
    OWN,
    SAYING,
    comes_only_then,
    foretells,
    is_fronted,
    is_of_the_answer,
    lies_after,
    lies_before,
    rank_of,
    reproach_of,
    verb_of,
)
from app.extraction.blocks import Block, BlockKind
from app.extraction.candidates import family_of
from app.extraction.distances import (
    AFTER,
    Distance,
    TimeClause,
    distance_from_noun,
    distance_of,
    gone_on_for,
    is_beside,
    is_distance,
    time_clause_of,
)
from app.extraction.expressions import with_alternatives
from app.extraction.frames import Frame
from app.extraction.grammar import load_grammar
from app.extraction.modality import is_perfect, is_plotted, is_put_off, is_talked_over
from app.extraction.quotations import is_quoted
from app.extraction.scenes import (
    CARRIED,
    NEWS_AGE,
    Scene,
    Told,
    is_history,
    is_older,
    latest_day,
    news_day,
    same_sentence,
    scenes_of,
    sentence_number,
    told_in,
)
from app.extraction.temporal.calendar import Grain, moved
from app.extraction.temporal.tense import answers, is_accused_of, reproaches_now
from app.extraction.tenses import (
    GOING_ON,
    STORY,
    came_later,
    finite_verb,
    is_habit,
    is_only_spoken_of,
    is_present,
    is_present_perfect,
    is_simple_past,
    is_since_then,
    is_told_as_done,
    is_told_as_news,
    stands_apart,
    tells_the_story,
    was_before_its_clause,
)

# What ends a trial.
VERDICTS = ("acquit", "convict", "guilty", "imprison", "jail", "sentence", "verdict")
TITLES = (BlockKind.HEADLINE, BlockKind.HEADING)
# Kinds of which the perfect tells a state that one deed began: "has been jailed since 2016".
LASTING_STATES = ("arrest", "appointment", "election", "suspension", "sanction")
# What a report quotes, whatever it has told of just before.
REPORTED = ("statement", "denial")
# How a date hangs on the noun that it tells from others; what stands before the day until which something lasts.
COLOURING = ("nummod", "compound", "amod", "nmod", "poss")
LIMITS = ("until", "till")
GOES_ON = ("am", "is", "are", "was", "were")
STARTS = ("from", "starting", "beginning", "effective")
STAGES = ("beginning", "course", "days", "end", "height", "months", "outset", "start", "weeks")
OCCASIONS = ("in", "at", "during", "after")
# The rule for a date that goes on from an earlier sentence, and how many sentences a told date reaches.
NARRATIVE = "narrative"
SAME_EVENT = "same event"
NARRATIVE_REACH = 2
# Rules for days counted on from what was told: "the following day", "a week later".
COUNTED_ON = ("step", "which-unit", "which-part", "unit-beside")
# What a date ahead of the publication says of a thing that is denied, and of a deed that is told as done.
NOT_YET, DONE = "not by publication", "told as done"
# The rules for what is told to lie so long before the news, or after it.
BEFORE_NEWS, AFTER_NEWS = "before the news", "after the news"
# The rule for what has gone on for so long.
UNTIL_NOW = "so long until now"


@dataclass(frozen=True, slots=True)
class EventDates:
    """The one date to sort by, the day of the saying, and the days that lie ahead; None where none is told."""

    date: Derivation
    reported: Derivation | None = None
    planned: Derivation | None = None


class EventDater:
    """Dates the events of one article, which must be asked for in the order of the text."""

    def __init__(
        self,
        blocks: Sequence[Block],
        docs: Sequence[Doc],
        dates: Sequence[Sequence[Derivation]],
        published: TimeSpan | None,
        rivals: Sequence[DateCandidate] = (),
    ) -> None:
        self._blocks, self._docs = blocks, docs
        self._published = published
        self._rivals = rivals
        self._told = [list(told_in(block, doc, found)) for block, doc, found in zip(blocks, docs, dates, strict=True)]
        self._scenes = [list(scenes_of(block, told)) for block, told in enumerate(self._told)]
        self._last: Scene | None = None
        self._given: dict[tuple[int, int], Derivation] = {}
        self._lead = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.BODY), None)
        self._tried: date | None = None  # the day of the trial that is the news

    def date_of(self, frame: Frame, modality: Modality) -> EventDates:
        """The dates of the event: none lies after publication unless the event is told as ahead."""
        found = self._date(frame, modality)
        self._given[frame.place_in_text] = found
        if self._is_trial_of_the_lead(frame, found):
            self._tried = found.span.last
        lies_back = _may_have_been(frame, modality)
        planned = found if (modality in AHEAD and not lies_back) or self._is_ahead(found) else None
        if planned and modality is not Modality.DENIED and modality not in (*AHEAD, *HAPPENED):
            found = self._by_publication(found, NOT_YET)
        return EventDates(found, self._reported(frame), planned if planned and planned.span.known else None)

    def _date(self, frame: Frame, modality: Modality) -> Derivation:
        found = self._found(frame, modality)
        if found is None or (modality in HAPPENED and self._is_limit(found)):
            return self._bounded(frame, modality)
        found = self._in_the_past(frame, found, modality)
        if modality in HAPPENED and self._is_another_s(frame, found):
            return self._bounded(frame, modality)
        if modality in HAPPENED and self._is_ahead(found) and is_told_as_done(frame.token):
            return self._by_publication(found, DONE)
        aside = found.rule in (SAME_EVENT, BEFORE_NEWS, AFTER_NEWS)
        new = not aside and modality in HAPPENED and tells_the_story(frame.token)
        if new and found.span.precision in CARRIED:
            verbal = frame.kind in load_grammar().verbal_kinds
            self._last = Scene(frame.block, sentence_number(frame.token), found, found.rule == NARRATIVE, verbal)
        return self._not_after_publication(found, modality)

    # -- the ladder -----------------------------------------------------------------------------

    def _found(self, frame: Frame, modality: Modality) -> Derivation | None:
        told = [pair for pair in self._ranked(frame) if self._may_date(frame, pair[1], modality)]
        if told and reproach_of(frame.token) and (same := self._of_the_same(frame, modality)):
            return same  # "accused militants of the attack on Friday", which had been told before
        recalled = recalled_by(frame.token)
        if recalled is not None and not (told and told[0][0] == OWN and told[0][1].derivation.basis is Basis.EXPLICIT):
            return self._years_before(frame, recalled)
        closest = told[0][0] if told else ELSEWHERE
        if closest > OWN and (counted := self._counted_from_told(frame)):
            return counted
        counts = closest > (CLAUSE if is_beside(frame.token) else OWN)
        if counts and (counted := self._of_a_named_deed(frame, modality) or self._counted_from_news(frame)):
            return counted
        if closest > CLAUSE and (gone_on := self._until_now(frame, modality) or self._since_told(frame, modality)):
            return gone_on
        if closest > CLAUSE and (above := self._date_above(frame)) is not None:
            return self._until_then(above, modality)
        if told and (clause := time_clause_of(told[0][1].root, frame.token)):
            return self._by_its_time_clause(frame, told[0][1], clause, modality)
        if told and lies_after(told[0][1].root, frame.token):
            return self._since_then(told[0][1], modality)
        if told and (
            lies_before(told[0][1].root, frame.token) or (told[0][0] > OWN and was_before_its_clause(frame.token))
        ):
            return self._until_then(told[0][1], modality)
        if told and self._is_called_off_on(frame, told[0][1], modality):
            return None
        if told and is_of_the_answer(told[0][1].root, frame.token, frame.kind):
            return self._of_the_same(frame, modality) or told[0][1].derivation.moved(_until_last, "until the answer")
        if told:
            rank, nearest = told[0]
            if rank > OWN and is_only_spoken_of(frame) and (same := self._of_the_same(frame, modality)):
                return same
            if modality is Modality.PLANNED and is_put_off(frame.token):
                return _deferred(nearest, ahead=self._is_ahead(nearest.derivation))
            if rank == CHAIN and clause_verb(frame.token).head.lemma_ in load_grammar().gathering:
                return nearest.derivation  # "met on Thursday to sign the deal"
            if rank == CHAIN and modality in AHEAD and self._is_before_infinitive(frame, nearest):
                return nearest.derivation.moved(_since_first, "ahead of it")
            if rank == CHAIN and modality not in AHEAD and is_accused_of(clause_verb(frame.token)):
                return nearest.derivation.moved(_until_last, "until the saying")
            if rank < SAYING:
                return self._lasting(frame, nearest) or _until(nearest, modality) or self._listed(frame, nearest)
            if rank == SAYING and _is_said_along(frame):
                return nearest.derivation
            if rank == SAYING:
                return _seen_from_saying(frame.token, nearest.derivation, modality)
            if (
                len(told) == 1
                and not is_beside(frame.token)
                and not _tells_of_a_noun(frame.token)
                and (self._blocks[frame.block].kind is BlockKind.CAPTION or is_fronted(nearest.root))
            ):
                return nearest.derivation
        return self._of_the_same(frame, modality) or self._carried(frame, modality)

    def _is_called_off_on(self, frame: Frame, told: Told, modality: Modality) -> bool:
        """ "on Tuesday cancelled her trip", "the trip was called off on Tuesday": a day that stands before the verb, or
        beside it in the passive, is that of the calling off alone."""
        token, verb = frame.token, frame.token.head
        if modality is not Modality.NEGATED or token.dep_ not in DONE_TO or self._is_ahead(told.derivation):
            return False
        off = verb.lemma_ in load_grammar().cancelling or any(word.lower_ == "off" for word in children(verb, "prt"))
        own = token.dep_ == "nsubjpass" if told.root.i > verb.i else told.root.i not in {w.i for w in token.subtree}
        return off and own and verb_of(told.root).i == verb.i

    def _years_before(self, frame: Frame, recalled: Recalled) -> Derivation | None:
        """ "Friday marks the tenth anniversary of the attack": from the day that its own verb has."""
        verb = clause_verb(recalled.noun)
        told = (each for each in self._beside(frame) if verb_of(each.root).i == verb.i)
        day = min(told, key=lambda each: abs(each.root.i - recalled.noun.i), default=None)
        return None if day is None else day.derivation.moved(recalled.before, "so many years before")

    def _date_above(self, frame: Frame) -> Told | None:
        """ "cut ties in 2016 after the Saudis executed a cleric": the date of the verb above, by which it was done."""
        if not is_beside(frame.token, AFTER):
            return None
        above = clause_verb(frame.token).head
        return next((each for each in self._beside(frame) if verb_of(each.root).i == above.i), None)

    def _by_its_time_clause(
        self, frame: Frame, told: Told, clause: TimeClause, modality: Modality
    ) -> Derivation | None:
        """ "hours before the summit opened on Wednesday", "after May resigned on July 24"."""
        if modality in HAPPENED and clause.distance and told.derivation.span.precision is Precision.DAY:
            return self._not_after_publication(_counted_from(told.derivation, clause.distance), modality)
        if clause.link == AFTER:
            return self._since_then(told, modality)
        return self._until_then(told, modality)

    def _since_then(self, told: Told, modality: Modality) -> Derivation | None:
        """ "bombed camps after the attack on April 2": done from that day to the publication."""
        last, start = self._published.last if self._published else None, told.derivation.span.start
        if modality not in HAPPENED or last is None or start is None or start > last:
            return None
        if (last - start).days <= _SAME_NEWS:
            return told.derivation  # "signed a deal after talks on Monday"
        return replace(told.derivation.moved(partial(_from_first_to, last=last), "after it"), lasting=False)

    def _until_then(self, told: Told, modality: Modality) -> Derivation | None:
        """ "arrested activists ahead of the vote on June 7": done by then, and by the publication."""
        last, end = self._published.last if self._published else None, told.derivation.span.last
        if modality not in HAPPENED or end is None or (last is not None and end > last):
            return None
        return told.derivation.moved(_until_last, "until then")

    def _is_before_infinitive(self, frame: Frame, told: Told) -> bool:
        """ "vowed on Monday to attack": the day of the vow, which lies before the attack."""
        verb = clause_verb(frame.token)
        last, told_last = self._published.last if self._published else None, told.derivation.span.last
        come = last is not None and told_last is not None and told_last <= last
        return come and is_infinitive(verb) and told.root.i < verb.i

    def _of_the_same(self, frame: Frame, modality: Modality) -> Derivation | None:
        """The date of what the event points back to; what may still come from the publication on dates no deed done."""
        found = self._given.get(frame.antecedent) if frame.antecedent else None
        if found is None:
            return None
        first, span = self._published.start if self._published else None, found.span
        ahead = first is not None and span.end is None and span.start is not None and span.start >= first
        return None if ahead and modality in HAPPENED else replace(found, rule=SAME_EVENT)

    def _counted_from_news(self, frame: Frame) -> Derivation | None:
        """ "came three days after gunmen killed", "three days before the election": counted from the day of the clause
        above, told or carried on."""
        distance = distance_of(frame.token)
        last = self._published.last if self._published else None
        if distance is None or last is None:
            return None
        told = [each.derivation.span for each in self._beside(frame) if rank_of(distance.news, each.root) <= CLAUSE]
        day = told[0].start if told and told[0].precision is Precision.DAY else self._news_day(frame, last)
        if day is None:
            return None
        rule = AFTER_NEWS if distance.ahead else BEFORE_NEWS
        return Derivation(
            distance.span_from(day), Basis.ANAPHORIC, rule, anchor=day, anchor_reason="the day of the news"
        )

    def _of_a_named_deed(self, frame: Frame, modality: Modality) -> Derivation | None:
        """ "a day after the raid", of which the article has told the day."""
        return self._of_the_same(frame, modality) if frame.token.dep_ == "pobj" else None

    def _counted_from_told(self, frame: Frame) -> Derivation | None:
        """ "Troops raided a school on Monday. He was freed a day after the raid": counted from the day told before."""
        counted = distance_from_noun(frame.token)
        if counted is None:
            return None
        distance, noun = counted
        given = (found for place, found in reversed(self._given.items()) if are_named_alike(self._token(place), noun))
        day = next((found for found in given if found.span.precision is Precision.DAY), None)
        return replace(_counted_from(day, distance), basis=Basis.ANAPHORIC, lasting=False) if day is not None else None

    def _token(self, place: tuple[int, int]) -> Token:
        block, number = place
        return self._docs[block][number]

    def _until_now(self, frame: Frame, modality: Modality) -> Derivation | None:
        """ "has been bombing Yemen for six weeks": from so long before the publication until it."""
        distance, last = gone_on_for(frame.token), self._published.last if self._published else None
        if distance is None or last is None or distance.bound:
            return None
        if modality is not Modality.NEGATED and frame.kind not in GOING_ON and clause_verb(frame.token).tag_ != "VBG":
            return None  # "has jailed him for three years" tells the sentence
        span = replace(TimeSpan.between(distance.day_from(last), last), approximate=True)
        reason = "the latest day of publication"
        return Derivation(span, Basis.RELATIVE, UNTIL_NOW, anchor=last, anchor_reason=reason, lasting=True)

    def _since_told(self, frame: Frame, modality: Modality) -> Derivation | None:
        """ "Since then rebels have fired rockets", "has since been freed": from the day that the story stands on."""
        scene = self._scene(frame) if is_since_then(frame.token) and modality in HAPPENED else None
        last, start = self._published.last if self._published else None, scene.derivation.span.start if scene else None
        if scene is None or last is None or start is None or start > last:
            return None
        if scene.block != frame.block or sentence_number(frame.token) - scene.sentence > NARRATIVE_REACH:
            return None
        since = scene.derivation.moved(partial(_from_first_to, last=last), "and since")
        return replace(since, basis=Basis.ANAPHORIC)

    def _lasting(self, frame: Frame, told: Told) -> Derivation | None:
        """ "has given aid since 2010": what has gone on since then reaches to the day of publication."""
        last, start = self._published.last if self._published else None, told.derivation.span.start
        verb = clause_verb(frame.token)
        named = frame.token.pos_ in NOMINAL and told.root.head.i == frame.token.i  # "under sanctions since 2006"
        goes_on = named or is_perfect(verb) or verb.tag_ == "VBG"  # "has given aid since 2010", "sending tanks since"
        state = frame.kind in LASTING_STATES and not direct_objects(verb)
        if told.root.lower_ != "since" or not goes_on or state:
            return None
        if last is None or start is None or start > last:
            return None
        gone_on = told.derivation.moved(partial(_from_first_to, last=last), "and since")
        return replace(gone_on, lasting=True)

    def _listed(self, frame: Frame, told: Told) -> Derivation:
        """ "clashes on Monday and Tuesday": on both, where the one goes on to the other."""
        found = told.derivation
        for each in self._beside(frame):
            start, end, last = found.span.start, found.span.end, each.derivation.span.last
            goes_on = each.root.dep_ == "conj" and told.root.i <= each.root.head.i < each.root.i
            if goes_on and start and end and last and end == each.derivation.span.start and start < end:
                found = found.moved(partial(_from_first_to, last=last), "and the next")
            if start and last and start < last and _ends_what_began(each.root, told.root):
                found = replace(found.moved(partial(_from_first_to, last=last), "until then"), lasting=True)
        return found

    def _beside(self, frame: Frame) -> Iterator[Told]:
        """The dates of the event's sentence."""
        return (each for each in self._told[frame.block] if same_sentence(each.root, frame.token))

    def _ranked(self, frame: Frame) -> list[tuple[int, Told]]:
        """The dates of the sentence with the rank of each, closest first."""
        told = (each for each in self._beside(frame) if not is_distance(each.root, frame.token))
        ranked = [(rank_of(frame.token, each.root), each) for each in told]
        done = is_told_as_done(frame.token)

        def closeness(pair: tuple[int, Told]) -> tuple[bool | int, ...]:
            rank, each = pair
            ahead = done and self._is_ahead(each.derivation)  # "on Monday called for a strike on Friday"
            return rank, ahead, _is_aside(each.root), abs(each.root.i - frame.token.i)

        ranked.sort(key=closeness)
        finer = [pair for pair in ranked[1:] if pair[0] <= CLAUSE and _is_within(pair[1], ranked[0][1])]
        return [*finer, *ranked]  # "next month on August 2"

    def _may_date(self, frame: Frame, told: Told, modality: Modality) -> bool:
        """Whether the date may be the event's: it does not only tell a thing of its clause from others, nor lie ahead
        of what has happened."""
        if told.since is not None and frame.token.i < told.since:
            return False
        if is_quoted(told.root) and not is_quoted(frame.token):
            return False  # "Today is a great day", he said
        if modality in HAPPENED and self._is_ahead(told.derivation) and is_talked_over(frame.token):
            return False
        if modality in AHEAD and self._is_over(told.derivation) and answers(frame.token):
            return False  # "will investigate the bombing in July"
        if reproaches_now(frame.token) and told.root.i > frame.token.i and self._is_over(told.derivation):
            return False  # "blames Tehran for the attacks in May"
        if _only_colours(told.root, frame, over=self._is_over(told.derivation)):
            return False
        if self._is_over(told.derivation) and _is_of_the_noun_before(told, frame.token):
            return False
        if _is_left(told.root) or _is_of_a_state(told.root, frame.token):
            return False
        if modality not in HAPPENED or not is_simple_past(frame.token):
            return True
        return not (self._is_ahead(told.derivation) and _is_of_aim(told.root, frame.token))

    def _reported(self, frame: Frame) -> Derivation | None:
        """The day of the saying above the event: "said on Monday that it had delivered"."""
        said = next((told.derivation for rank, told in self._ranked(frame) if rank == SAYING), None)
        return None if said is None or self._is_ahead(said) else said

    def _carried(self, frame: Frame, modality: Modality) -> Derivation | None:
        """The date of the narrative: a past tense goes on where the sentence before it stood."""
        last = self._scene(frame)
        if last is None or last.block != frame.block or modality not in HAPPENED:
            return None
        sentences = sentence_number(frame.token) - last.sentence
        if (sentences == 0 and not last.carried) or sentences > NARRATIVE_REACH:
            return None
        own = clause_verb(frame.token)
        if not is_simple_past(frame.token) or own.dep_ not in STORY or stands_apart(frame):
            return None
        if frame.kind in REPORTED and self._is_old(last):
            return None  # what is said of history is said with the news
        if last.verbal and frame.kind not in load_grammar().verbal_kinds:
            return None  # the day of what was said is not the day of what was done
        return replace(last.derivation, basis=Basis.ANAPHORIC, rule=NARRATIVE, lasting=False)

    def _is_old(self, scene: Scene) -> bool:
        """Whether the scene lies further back than the news does."""
        last = self._published.last if self._published else None
        return last is not None and is_older(scene, last, NEWS_AGE)

    def _scene(self, frame: Frame) -> Scene | None:
        """The last scene before the event: of an event dated before it, or of a sentence before its own."""
        number = sentence_number(frame.token)
        before = [each for each in self._scenes[frame.block] if each.sentence < number and each.carries]
        return max([*([self._last] if self._last else []), *before], key=_place, default=None)

    def _bounded(self, frame: Frame, modality: Modality) -> Derivation:
        """No date is told: the publication bounds what is told as done, and begins what is told as ahead."""
        span, rule = self._bound(frame, modality, self._published)
        if not span.known:
            return Derivation(span, Basis.PUBLICATION, rule)
        last = self._published.last if self._published else None
        found = Derivation(span, Basis.PUBLICATION, rule, anchor=last, anchor_reason="the latest day of publication")
        spans = [self._bound(frame, modality, rival.span)[0] for rival in self._rivals]
        return with_alternatives(found, self._rivals, spans)

    def _bound(self, frame: Frame, modality: Modality, published: TimeSpan | None) -> tuple[TimeSpan, str]:
        if published is None or published.last is None or published.start is None:
            return TimeSpan.unknown(), "no date"
        if modality in AHEAD and not _may_have_been(frame, modality) and not is_plotted(frame.token):
            return TimeSpan.since(published.start), "ahead of publication"
        if self._blocks[frame.block].kind in TITLES:
            return TimeSpan.until(published.last), "until publication"
        if is_present(frame.token):
            if is_habit(frame.token):
                return TimeSpan.until(published.last), "told as a habit"
            if not is_quoted(frame.token) or (day := self._news_day(frame, published.last)) is None:
                return published, "told in the present"
            return replace(TimeSpan.of_day(day), approximate=True), "on the day of the news"
        news = is_told_as_news(frame, modality) and not is_beside(frame.token, "before")
        if news and self._tried is not None and family_of(frame.kind) == "violent":
            return TimeSpan.until(self._tried), "before the trial"
        opens = self._opens_the_news(frame, modality)
        if (news or opens) and (day := self._news_day(frame, published.last)) is not None:
            if opens or came_later(frame):
                return TimeSpan.between(day, published.last), "since the news"
            return replace(TimeSpan.of_day(day), approximate=True), "on the day of the news"
        return TimeSpan.until(published.last), "until publication"

    def _is_trial_of_the_lead(self, frame: Frame, found: Derivation) -> bool:
        """ "Two policemen were convicted on Friday": what an article about a trial tells of violence lies before it."""
        trial = frame.kind == "arrest" and frame.token.lemma_ in VERDICTS
        return trial and frame.block == self._lead and found.span.precision is Precision.DAY

    def _opens_the_news(self, frame: Frame, modality: Modality) -> bool:
        """ "Police have arrested a man after the mayor was stabbed": the perfect of the first paragraph is its news."""
        verb = clause_verb(frame.token)
        told = verb.i == frame.token.i and is_present_perfect(verb) and verb.dep_ in ("ROOT", "conj")
        return frame.block == self._lead and told and modality in HAPPENED and not stands_apart(frame)

    def _news_day(self, frame: Frame, last: date) -> date | None:
        """The day of the lead; None where the paragraph tells of older things, and where no day is told."""
        here = sentence_number(frame.token)
        before = [scene for scene in self._scenes[frame.block] if scene.sentence <= here]
        if before and is_history(before[-1], last) and frame.kind not in REPORTED:
            return None
        scenes = [*(scene for block in self._scenes[: frame.block] for scene in block), *before]
        return news_day(scenes, last) or latest_day(self._told[: frame.block + 1], last)

    def _in_the_past(self, frame: Frame, found: Derivation, modality: Modality) -> Derivation:
        """A month or day without a year that would lie ahead, told in the simple past: the year before's."""
        last = self._published.last if self._published else None
        start, end = found.span.start, found.span.last
        if last is None or start is None or end is None or start <= last or modality in AHEAD:
            return found
        told_without_year = found.basis is Basis.RELATIVE and found.span.precision in (Precision.DAY, Precision.MONTH)
        verb = finite_verb(frame.token)
        if not told_without_year or "month" not in found.rule or AGREES in found.rule:
            return found
        if verb.tag_ != "VBD" and not is_told_as_done(frame.token):
            return found
        if clause_verb(frame.token).tag_ == "VB":
            return found  # "signed a deal to deliver it in June"
        if self._looks_ahead(frame, found):
            return found
        above = self._verb_above(frame, found)
        if above is not None and (foretells(above) or (above.i != verb.i and above.i != frame.token.i)):
            return found
        before = TimeSpan.of_month(start.year - 1, start.month)
        if found.span.precision is Precision.DAY:
            before = TimeSpan.of_day(moved(start, Grain.YEAR, -1))
        return replace(found, span=before, rule=f"{found.rule}, told as past")

    def _looks_ahead(self, frame: Frame, found: Derivation) -> bool:
        """ "cancelled a visit on 20 May", "banned imports from 1 June": done now to what was to come."""
        root = self._root_of(frame, found)
        return clause_verb(frame.token).lemma_ in _reaching_ahead() or (root is not None and root.lower_ in STARTS)

    def _not_after_publication(self, found: Derivation, modality: Modality) -> Derivation:
        """What is told as done, or as not done, is so by the day of publication."""
        if modality in AHEAD:
            return self._not_before_publication(found)
        rivals = zip(self._rivals, found.alternatives, strict=False)
        by_rivals = tuple(replace(one, span=_cut_after(one.span, rival.span.last)) for rival, one in rivals)
        span = _cut_after(found.span, self._published.last if self._published else None)
        if span == found.span:
            return replace(found, alternatives=by_rivals)
        return replace(found, span=span, rule=f"{found.rule}, until publication", alternatives=by_rivals)

    def _not_before_publication(self, found: Derivation) -> Derivation:
        """ "will arrive by May 29": what still lies ahead does so from the day of publication on."""
        first, span = self._published.start if self._published else None, found.span
        if first is None or span.start is not None or span.last is None or span.last < first or self._rivals:
            return found
        return found.moved(lambda limit: TimeSpan.between(first, limit.last or first), "from publication")

    def _is_ahead(self, found: Derivation) -> bool:
        """Whether no day of it had come by the day of publication."""
        last = self._published.last if self._published else None
        return last is not None and found.span.start is not None and found.span.start > last

    def _verb_above(self, frame: Frame, found: Derivation) -> Token | None:
        """The verb that the date hangs on; None where it stands in another sentence."""
        root = self._root_of(frame, found)
        return None if root is None else verb_of(root)

    def _root_of(self, frame: Frame, found: Derivation) -> Token | None:
        """The word of the date that hangs on the rest; None where it stands in another sentence."""
        return next((each.root for each in self._beside(frame) if each.derivation.words == found.words), None)

    def _is_another_s(self, frame: Frame, found: Derivation) -> bool:
        """Whether a deed in the simple past would get a day to come from another clause, or one that is counted on."""
        if frame.token.pos_ not in VERBAL or not self._is_ahead(found) or not is_simple_past(frame.token):
            return False
        above = self._verb_above(frame, found)
        return found.rule.startswith(COUNTED_ON) or (above is not None and above.i != frame.token.i)

    def _is_over(self, found: Derivation) -> bool:
        """Whether all of it lies before the day of publication."""
        start, last = self._published.start if self._published else None, found.span.last
        return start is not None and last is not None and last < start

    def _is_limit(self, found: Derivation) -> bool:
        """Whether it gives time until a day to come ("to withdraw by 1 June"): that dates no deed that is done."""
        last, latest = self._published.last if self._published else None, found.span.last
        return last is not None and latest is not None and found.span.start is None and latest > last

    def _by_publication(self, found: Derivation, rule: str) -> Derivation:
        """What a date to come tells only of the day of publication: what is denied until then is so on it ("will not
        sell before 2017"); what is told as done was done by it, whatever its date says."""
        assert self._published is not None
        spans = [self._published, *(rival.span for rival in self._rivals)]
        now, *by_rivals = map(_until_last, spans) if rule == DONE else spans
        rule = f"{found.rule}, {rule}"
        bound = replace(found, span=now, basis=Basis.PUBLICATION, rule=rule, alternatives=(), lasting=False)
        return with_alternatives(bound, self._rivals, by_rivals)


_SAME_NEWS = 2  # days: what was done after a thing of the last days is of the same news


@cache
def _reaching_ahead() -> frozenset[str]:
    """Verbs that act on what is still to come."""
    grammar = load_grammar()
    stopping = grammar.outlasted_by | grammar.preventing | grammar.negative_implicative
    return stopping | grammar.planning | grammar.awaiting | grammar.foretelling


def _may_have_been(frame: Frame, modality: Modality) -> bool:
    """ "may have attacked": what is possible, and lies back."""
    return modality is Modality.CONDITIONAL and is_perfect(clause_verb(frame.token))


def _place(scene: Scene) -> tuple[int, int]:
    return scene.block, scene.sentence


def _is_of_the_noun_before(told: Told, trigger: Token) -> bool:
    """ "have arrested two men over the murder of a journalist last year": the perfect takes no year gone by."""
    verb, root = clause_verb(trigger), told.root
    if verb.i != trigger.i or not is_present_perfect(verb):
        return False
    long = told.derivation.span.precision not in (Precision.DAY, Precision.WEEK)
    first = min(word.i for word in root.subtree)
    return long and root.dep_ == "npadvmod" and first > verb.i + 1 and root.doc[first - 1].pos_ in NOMINAL


def _counted_from(day: Derivation, distance: Distance) -> Derivation:
    """So far from a day that is told."""
    return day.moved(lambda span: distance.span_from(span.start) if span.start else span, "counted from it")


def _is_within(told: Told, other: Told) -> bool:
    """Whether a date is a day or stretch of the week, month or year of another."""
    one, wider = told.derivation.span, other.derivation.span
    if wider.precision not in (Precision.WEEK, Precision.MONTH, Precision.YEAR):
        return False
    if one == wider or one.start is None or one.end is None or wider.start is None or wider.end is None:
        return False
    return wider.start <= one.start and one.end <= wider.end


def _from_first_to(span: TimeSpan, last: date) -> TimeSpan:
    return TimeSpan.between(span.start, last) if span.start and span.start <= last else span


def _cut_after(span: TimeSpan, last: date | None) -> TimeSpan:
    """The span without its days after `last`; as it is where it begins later."""
    if last is None or (span.start is not None and span.start > last) or (span.last is not None and span.last <= last):
        return span
    return TimeSpan.between(span.start, last) if span.start is not None else TimeSpan.until(last)


def _until(told: Told, modality: Modality) -> Derivation | None:
    """ "attacked the town until June": done by then; "has until Friday to withdraw": to be done by then."""
    if modality not in (*HAPPENED, *AHEAD) or told.root.lower_ not in LIMITS or not told.derivation.span.last:
        return None
    if comes_only_then(told.root):
        return None
    return told.derivation.moved(_until_last, "until then")


def _deferred(told: Told, *, ahead: bool) -> Derivation:
    """ "postponed the talks to October", "until October": then; "postponed them on Monday": some day after that."""
    return told.derivation if ahead else told.derivation.moved(_since_first, "ahead of it")


def _ends_what_began(root: Token, begun: Token) -> bool:
    """ "broke out on Sunday and continued until Tuesday", "began in March and ended in May"."""
    verb, first = verb_of(root), verb_of(begun)
    if verb.dep_ != "conj" or verb.head.i != first.i or children(verb, "nsubj", "nsubjpass"):
        return False
    grammar = load_grammar()
    goes_on = verb.lemma_ in grammar.ongoing and root.lower_ in (*LIMITS, "through", "to")
    return goes_on or verb.lemma_ in grammar.ending


def _seen_from_saying(trigger: Token, said: Derivation, modality: Modality) -> Derivation:
    """The day of the saying bounds what is said: done before it, or ahead of it."""
    verb = clause_verb(trigger)
    said = replace(said, lasting=False)
    if modality in AHEAD:
        return said.moved(_since_first, "ahead of the saying")
    if verb.tag_ in ("VBZ", "VBP") and not is_perfect(verb):
        return said
    goes_on = verb.tag_ == "VBG" and any(child.lower_ in GOES_ON for child in children(verb, "aux"))
    if goes_on or (verb.lemma_ == "be" and verb.tag_ == "VBD"):
        return said  # "announced that it was suspending flights", "said that it was ready to talk"
    return said.moved(_until_last, "until the saying")


def _is_said_along(frame: Frame) -> bool:
    """ "said it had expelled two diplomats, accusing them of spying": a second thing said, not a thing told of."""
    verb = clause_verb(frame.token)
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and frame.kind in load_grammar().verbal_kinds


def _since_first(span: TimeSpan) -> TimeSpan:
    return TimeSpan.since(span.start) if span.start else TimeSpan.unknown()


def _until_last(span: TimeSpan) -> TimeSpan:
    return TimeSpan.until(span.last) if span.last else TimeSpan.unknown()


def _is_left(root: Token) -> bool:
    """ "was moved from Thursday to Saturday": the day that is given up."""
    moved = root.lower_ == "from" and root.head.lemma_ in ("move", "postpone", "delay", "reschedule", "defer", "shift")
    return moved and any(child.lower_ == "to" and child.i > root.i for child in root.head.children)


def _is_of_a_state(root: Token, trigger: Token) -> bool:
    """ "North Korea, under sanctions since 2006, fired missiles": a single deed of the past has no "since", unless
    the date is told by it ("tense since April, when Japan arrested a captain")."""
    single = root.lower_ == "since" and trigger.tag_ in ("VBD", "VBN") and is_simple_past(trigger)
    return single and not root.is_ancestor(trigger)


def _only_colours(root: Token, frame: Frame, *, over: bool) -> bool:
    """Whether the date stands before a noun that it tells from others: "named his mate for the 2020 election".

    What is done in or at something that is `over` was done then: "was beaten in the 2015 election".
    """
    noun = root.head
    before = root.dep_ in COLOURING and root.i < noun.i
    spoken_of = noun in frame.objects or noun.head.i == frame.token.i
    if before and noun.dep_ == "nsubj" and spoken_of and noun.lemma_.lower() in load_grammar().documents:
        return False  # "a 2015 report accused"
    of_it = root.lower_ == "of" and spoken_of
    if not (before or of_it) or noun.pos_ not in NOMINAL or noun.i == frame.token.i:
        return False
    if spoken_of and frame.kind in load_grammar().verbal_kinds and frame.token.pos_ in VERBAL:
        return True  # "condemned Sunday's attack"
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i == frame.token.i and _takes_place(frame.token):
        return False  # "Thursday's talks would be held in Geneva"
    link = noun.head
    if link.lower_ == "of" and link.head.lower_ in STAGES:
        link = link.head.head  # "at the start of the 2003 war"
    if over and noun.dep_ == "pobj" and link.lower_ in OCCASIONS:
        return False
    return not over or not spoken_of


def _tells_of_a_noun(trigger: Token) -> bool:
    """ "On Monday police freed a girl abducted by rebels": what is told of her was done before."""
    verb = clause_verb(trigger)
    return verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD")


def _takes_place(verb: Token) -> bool:
    grammar = load_grammar()
    return verb.lemma_ in grammar.occurring or verb.lemma_ in grammar.support


def _is_aside(root: Token) -> bool:
    """Whether the date hangs on a noun, not on the verb itself."""
    above = root.head
    return (above.head if above.pos_ == "ADP" else above).pos_ in NOMINAL


def _is_of_aim(root: Token, trigger: Token) -> bool:
    """Whether the date tells until when, or of a clause below the trigger that tells what is to be done."""
    if root.lower_ in LIMITS or root.head.lower_ in LIMITS:
        return True
    verb = clause_verb(root)
    return verb.i != clause_verb(trigger).i
