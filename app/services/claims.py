"""Reports as they are kept, as the claims that linking compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.actors import ActorType, Party
from app.domain.events import Modality
from app.domain.spans import ONE_DAY, Precision, TimeSpan
from app.linking.same import Claim, identities
from app.storage.rows import MentionRow


def leading(told: Sequence[MentionRow], date_edtf: str) -> MentionRow | None:
    """The report that the event's own fields come from: the first that tells its date."""
    return next((mention for mention in told if mention.date_edtf == date_edtf), told[0] if told else None)


def claim_of(row: MentionRow) -> Claim:
    """The claim of a report that is kept; its document goes by its number."""
    return Claim(
        kind=row.kind,
        modality=Modality(row.modality),
        span=_span_of(row),
        source=identities(_parties(row.source)),
        target=identities(_parties(row.target)),
        document=str(row.document_id),
        object=row.object,
        place=row.place_name,
        words=row.quote,
    )


def _span_of(row: MentionRow) -> TimeSpan:
    last = row.date_latest
    end = last + ONE_DAY if last and last < last.max else None
    precision = Precision(row.date_precision) if row.date_earliest and end else Precision.RANGE
    return TimeSpan(row.date_earliest, end, precision, row.date_approximate)


def _parties(rows: Iterable[Mapping[str, str | None]]) -> Iterator[Party]:
    for row in rows:
        yield Party(str(row["id"]), str(row["name"]), ActorType(str(row["type"])), row["state"])
