"""A reader for tests: it knows a few sentences of ours by heart, so that no model is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.actors import ActorType, Party
from app.domain.dates import Basis, DateCandidate, Derivation, Offsets
from app.domain.documents import Document, Reading
from app.domain.events import Evidence, Mention, Modality, Place, Role, Saying
from app.domain.spans import TimeSpan
from app.extraction.codebook import load_codebook
from app.extraction.pipeline import ReadDocument

RUSSIA = Party("RUS", "Russian Federation", ActorType.STATE, "RUS", "GOV", "Russia")
IRAN = Party("IRN", "Iran", ActorType.STATE, "IRN", "GOV", "Iran")
GENERAL = Party("a-b-tehrani", "A. B. Tehrani", ActorType.PERSON, "IRN", "MIL", "General Tehrani")
MOSCOW = Place("Moscow", "RUS", 55.75, 37.62, "city")
# What is alleged was said on this day, and what is read from a text without a date has these dates.
SPEAKER = "a source"
SAID = Derivation(TimeSpan.of_day(date(2016, 4, 15)), Basis.EXPLICIT, "test-rule")
RIVALS = (
    DateCandidate(TimeSpan.of_day(date(2006, 11, 11)), 0.6, ("the weekday agrees with 2006",)),
    DateCandidate(TimeSpan.of_day(date(2017, 11, 11)), 0.3, ("<b>the weekday</b> agrees with 2017",)),
)
MARCH = TimeSpan.of_month(2016, 4)

# clause, trigger, kind, span, words of the date, source, target, modality, object, place
_Row = tuple[str, str, str, TimeSpan, str, tuple[Party, ...], tuple[Party, ...], Modality, str | None, Place | None]
SENTENCES: tuple[_Row, ...] = (
    (
        "General Tehrani flew to Moscow on 14 April 2016",
        "flew", "visit", TimeSpan.of_day(date(2016, 4, 14)), "14 April 2016",
        (GENERAL,), (RUSSIA,), Modality.ASSERTED, None, MOSCOW,
    ),
    (
        "an Iranian general was in Moscow on 14 April",
        "was", "visit", TimeSpan.of_day(date(2016, 4, 14)), "14 April",
        (IRAN,), (RUSSIA,), Modality.ALLEGED, None, MOSCOW,
    ),
    (
        "he met the president on 15 April, a source said",
        "met", "meeting", TimeSpan.of_day(date(2016, 4, 15)), "15 April",
        (GENERAL,), (RUSSIA,), Modality.ALLEGED, None, None,
    ),
    (
        "Russia had delivered the first missiles by 11 April",
        "delivered", "delivery", TimeSpan.until(date(2016, 4, 11)), "by 11 April",
        (RUSSIA,), (IRAN,), Modality.ASSERTED, "missiles", None,
    ),
    (
        "Russia criticised Iran that month",
        "criticised", "accusation", MARCH, "that month",
        (RUSSIA,), (IRAN,), Modality.ASSERTED, None, None,
    ),
    (
        "Moscow gave Tehran an ultimatum on 11 November 2006",
        "gave", "ultimatum", TimeSpan.of_day(date(2006, 11, 11)), "11 November 2006",
        (RUSSIA,), (IRAN,), Modality.ASSERTED, None, None,
    ),
    (
        "Russia will sell tanks to Iran in 2017",
        "sell", "sale", TimeSpan.of_year(2017), "in 2017",
        (RUSSIA,), (IRAN,), Modality.PLANNED, "tanks", None,
    ),
    (
        "Iran once apologised",
        "apologised", "apology", TimeSpan.unknown(), "",
        (IRAN,), (RUSSIA,), Modality.ASSERTED, None, None,
    ),
)  # fmt: skip

ARTICLES = [
    {
        "text": "General Tehrani flew to Moscow on 14 April 2016, and he met the president on 15 April, a source said. "
        "Russia had delivered the first missiles by 11 April. Russia criticised Iran that month.",
        "title": "A visit",
        "url": "https://courier.example/a-visit",
        "publisher": "The Example Courier",
        "published": "2016-04-15",
    },
    {
        "text": "Officials confirmed that an Iranian general was in Moscow on 14 April. Russia will sell tanks to Iran "
        "in 2017. Iran once apologised.",
        "title": "Confirmed",
        "publisher": "Harbour Wire",
        "published": "2016-04-16T09:30:00+03:00",
    },
    {
        "text": "Moscow gave Tehran an ultimatum on 11 November 2006, =SUM(A1) notwithstanding.",
        "publisher": "The Example Courier",
        "published": None,
    },
    {"text": "Le ministre est arrivé à Paris lundi, selon la radio.", "publisher": "La Gazette Exemple"},
]
FAILING = "This text makes the reader fail."


class SentenceReader:
    """Finds SENTENCES in a text. A text that begins with `Le ` is French."""

    version = "test.1"

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]:
        for document in documents:
            if document.text == FAILING:
                raise ZeroDivisionError("the reader fails on purpose")
            french = document.text.startswith("Le ")
            yield ReadDocument(
                document,
                "fr" if french else "en",
                Reading.NOT_READ if french else Reading.READ,
                document.published,
                () if french else tuple(_mentions(document)),
            )


def _mentions(document: Document) -> Iterator[Mention]:
    found = [(document.text.find(row[0]), row) for row in SENTENCES]
    for start, row in sorted(((start, row) for start, row in found if start >= 0), key=lambda pair: pair[0]):
        yield _mention(start, row, () if document.published else RIVALS)


def _at(start: int, clause: str, words: str) -> Offsets:
    first = start + clause.index(words)
    return Offsets(first, first + len(words))


def _mention(start: int, row: _Row, rivals: tuple[DateCandidate, ...]) -> Mention:
    clause, trigger, kind, span, words, source, target, modality, thing, place = row
    trigger_start, words_start = start + clause.index(trigger), start + clause.index(words)
    offsets = Offsets(words_start, words_start + len(words)) if words else None
    when = Derivation(span, Basis.EXPLICIT, "test-rule", offsets, words, alternatives=rivals)
    return Mention(
        kind=kind,
        coding=load_codebook()[kind].coding,
        date=when,
        evidence=Evidence(
            Offsets(start, start + len(clause)),
            Offsets(trigger_start, trigger_start + len(trigger)),
            f"{trigger}.V.{kind}",
            SentenceReader.version,
        ),
        modality=modality,
        role=Role.MAIN,
        confidence=0.8,
        source=source,
        target=target,
        object=thing,
        place=place,
        reported=SAID if modality is Modality.ALLEGED else None,
        planned=when if modality is Modality.PLANNED else None,
        cue=_at(start, clause, "will") if modality is Modality.PLANNED else None,
        attribution=SPEAKER if SPEAKER in clause else None,
        saying=Saying(_at(start, clause, SPEAKER), ("source",), of_self=False) if SPEAKER in clause else None,
    )
