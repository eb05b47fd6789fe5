"""The sides that a clause leaves open, filled with the likeliest of those that the article speaks of."""

from __future__ import annotations

from dataclasses import replace

from app.domain.actors import Party
from app.extraction.candidates import SOURCE, TARGET, Vicinity, candidates_of, family_of, held_by, is_told
from app.extraction.frames import Frame
from app.extraction.participants import Participants
from app.extraction.ranking import Choice, Chosen, Setting

CHOSEN = "chosen"
# How the derivation of a mention names a side that no words of its clause name.
NAMED = {SOURCE: "likely source", TARGET: "likely target"}


def with_likely_sides(frame: Frame, company: Participants, choice: Choice) -> Frame:
    """First the source, then the target as seen from it. A side that the clause names is left as it is."""
    open_sides = [side for side in (SOURCE, TARGET) if not is_told(frame, side)]
    if not open_sides:
        return frame
    around = Vicinity(frame, company)
    for side in open_sides:
        if candidates := candidates_of(frame, side, around):
            chosen = choice.choose(Setting(side, family_of(frame.kind), company.scene), candidates)
            frame = _with(frame, side, chosen)
    return frame


def _with(frame: Frame, side: str, chosen: Chosen) -> Frame:
    frame = replace(frame, chances=(*frame.chances, (side, chosen.chance)))
    if chosen.parties == held_by(frame, side):
        return frame
    inherited, filled = (*frame.inherited, NAMED[side]), ((side, CHOSEN), *frame.filled)
    return _on_side(replace(frame, inherited=inherited, filled=filled), side, chosen.parties)


def _on_side(frame: Frame, side: str, parties: tuple[Party, ...]) -> Frame:
    return replace(frame, source=parties) if side == SOURCE else replace(frame, target=parties)
