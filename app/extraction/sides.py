"""The sides that a clause leaves open, filled with the likeliest of those that the article speaks of."""

from __future__ import annotations

from dataclasses import replace

from app.domain.actors import Naming
from app.extraction.candidates import SOURCE, TARGET, Vicinity, candidates_of, family_of, is_told
from app.extraction.frames import Frame
from app.extraction.grammar import load_grammar
from app.extraction.participants import Participants
from app.extraction.ranking import Choice, Setting

OTHER = {SOURCE: TARGET, TARGET: SOURCE}
CHOSEN = "chosen"
# How the derivation of a mention names a side that no words of its clause name.
NAMED = {SOURCE: "likely source", TARGET: "likely target"}


def with_likely_sides(frame: Frame, company: Participants, choice: Choice) -> Frame:
    """First the source, then the target as seen from it. A side that the clause names is left as it is."""
    open_sides = [side for side in (SOURCE, TARGET) if not is_told(frame, side)]
    if not open_sides:
        return frame
    around, family = Vicinity(frame, company), family_of(frame.kind)
    two_sided = frame.kind in load_grammar().two_sided_kinds
    sides, chances, found = {SOURCE: frame.source, TARGET: frame.target}, [], []
    for side in open_sides:
        held, other = sides[side], sides[OTHER[side]]
        if candidates := candidates_of(side, held, frame.filled_by(side), other, around, two_sided=two_sided):
            chosen = choice.choose(Setting(side, family, company.scene), candidates)
            chances.append((side, chosen.chance))
            if chosen.parties != held:
                sides[side] = tuple(replace(party, basis=Naming.INFERRED) for party in chosen.parties)
                found.append(side)
    return replace(
        frame,
        source=sides[SOURCE],
        target=sides[TARGET],
        chances=tuple(chances),
        filled=(*((side, CHOSEN) for side in found), *frame.filled),
        inherited=(*frame.inherited, *(NAMED[side] for side in found)),
    )
