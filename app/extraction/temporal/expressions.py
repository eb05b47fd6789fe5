"""A time expression of a text: where it stands, what it means, how that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.dates import Basis, Derivation, Offsets
from app.domain.spans import TimeSpan
from app.extraction.temporal.anchors import Anchor
from app.extraction.temporal.calendar import Grain
from app.extraction.temporal.clocks import moment_of
from app.extraction.temporal.values import TimeValue, TimexType

_UNDATED: Mapping[TimexType, str] = {  # what is said where no day is told
    TimexType.DATE: "by itself it tells no day",
    TimexType.TIME: "by itself it tells no day",
    TimexType.DURATION: "a length of time, which tells no day",
    TimexType.SET: "it comes again and again, on no single day",
}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Characters [start, end) of the text that was tagged, their quote, value and derivation.

    `stretch` holds the whole range when the expression opens or closes one ("from March to May").
    `base` is the date told with it that it counts from ("three days after 25 April").
    `lasting`: what it dates fills the span, it did not happen once somewhere in it.
    """

    start: int
    end: int
    quote: str
    value: TimeValue
    rule: str
    basis: Basis = Basis.EXPLICIT
    anchor: Anchor | None = None
    lasting: bool = False
    stretch: TimeSpan | None = None
    base: TimeSpan | None = None

    @property
    def timex_type(self) -> str:
        return self.value.kind.value

    @property
    def timex_value(self) -> str:
        return self.value.timex()

    @property
    def grain(self) -> Grain | None:
        """The size of the period told, None for durations, sets and vague references."""
        return self.value.grain

    @property
    def span(self) -> TimeSpan | None:
        """The days meant; None for durations, sets and what has no anchor."""
        return self.value.span()

    def to_span(self) -> TimeSpan | None:
        return self.span

    @property
    def edtf(self) -> str | None:
        """The days as EDTF; "[2003,2004]" where one of several is meant."""
        return self.value.edtf()

    @property
    def spans(self) -> tuple[TimeSpan, ...]:
        """The ranges of days one of which is meant."""
        return self.value.spans()

    @property
    def timex_mod(self) -> str | None:
        """The TIMEX3 attribute `mod`: "BEFORE", "ON_OR_BEFORE", "APPROX", "START" and so on."""
        return self.value.mod()

    @property
    def zone(self) -> str:
        """The zone told with a clock time: an offset ("-05:00", "Z") or a name of the time zone database, else ""."""
        return self.value.zone

    @property
    def moment(self) -> datetime | None:
        """The minute that a clock time means, in its zone where that is told; None of all else."""
        return moment_of(self.value)

    def derivation(self) -> Derivation:
        """How the span is known; of a span not known, TimeSpan.unknown()."""
        return Derivation(
            span=self.span or TimeSpan.unknown(),
            basis=self.basis,
            rule=f"{self.rule}, one of several" if len(self.spans) > 1 else self.rule,
            words=Offsets(self.start, self.end),
            quote=self.quote,
            anchor=self.anchor.day if self.anchor else None,
            anchor_reason=self.anchor.reason if self.anchor else "",
            period=replace(self.value, bound=None).span() if self.value.bound else None,
            lasting=self.lasting,
            anchor_period=self.anchor.told if self.anchor else None,
            base=self.base,
            choice=self.spans if len(self.spans) > 1 else (),
            undated=_UNDATED[self.value.kind],
        )
