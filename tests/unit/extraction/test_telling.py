"""Which word shows how a claim is put, who says so, to whom, and whether of themselves: each where it stands.

The sentences are the project's own.
"""

from __future__ import annotations

import pytest

from app.domain.documents import Document
from app.domain.events import Mention, Saying
from app.extraction.reading import ArticleReader, load_reader
from app.sources.records import published_span

BEFORE = "The harbour was quiet.\n\n"  # offsets count from the beginning of the document


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def told(reader: ArticleReader, sentence: str, kind: str) -> tuple[str, Mention]:
    text = BEFORE + sentence
    (read,) = reader.read_many([Document(text, published=published_span("2024-05-10"))])
    return text, next(mention for mention in read.mentions if mention.kind == kind)


def saying_of(reader: ArticleReader, sentence: str, kind: str) -> tuple[str, Saying]:
    text, mention = told(reader, sentence, kind)
    assert mention.saying is not None
    return text, mention.saying


@pytest.mark.parametrize(
    ("sentence", "kind", "modality", "cue"),
    [
        ("Jordan denied that it had sold ammunition to Sudan.", "sale", "denied", "denied"),
        ("Morocco has reportedly bought drones from Turkey.", "purchase", "alleged", "reportedly"),
        ("Kenya is said to have arrested an Ethiopian general.", "arrest", "alleged", "said"),
        ("Greece bombed the island, Turkey's foreign minister claimed.", "attack", "alleged", "claimed"),
        ("According to a Turkish newspaper, Greece bombed the island.", "attack", "alleged", "According"),
        ("Brazil will visit China's new base on Monday.", "visit", "planned", "will"),
        ("If attacked, Finland would deploy troops to the border.", "deployment", "conditional", "If"),
        ("Ghana may send troops to Niger.", "deployment", "conditional", "may"),
        ("Norway fired no missiles at Chile.", "attack", "negated", "no"),
        ("Spain did not sign the agreement with Algeria.", "agreement", "negated", "not"),
    ],
)
def test_the_cue_is_quoted_by_its_offsets(
    reader: ArticleReader, sentence: str, kind: str, modality: str, cue: str
) -> None:
    text, mention = told(reader, sentence, kind)
    assert mention.modality == modality
    assert mention.cue is not None
    assert text[slice(*mention.cue)] == cue


def test_what_is_simply_told_has_neither_cue_nor_speaker(reader: ArticleReader) -> None:
    _, mention = told(reader, "Norway sold tanks to Chile.", "sale")
    assert (mention.cue, mention.attribution, mention.saying) == (None, None, None)


def test_the_speaker_is_known_with_the_words(reader: ArticleReader) -> None:
    sentence = "Greece bombed the island, Turkey's foreign minister claimed."
    text, mention = told(reader, sentence, "attack")
    assert mention.saying is not None
    assert mention.saying.attribution is not None
    assert text[slice(*mention.saying.attribution)] == mention.attribution == "Turkey's foreign minister"
    assert (mention.saying.speaker_ids, mention.saying.of_self) == (("TUR",), False)


def test_one_of_the_sides_speaks_of_itself(reader: ArticleReader) -> None:
    _, said = saying_of(reader, "Sergei Lavrov said that Russia had delivered the missiles to Iran.", "delivery")
    assert (said.speaker_ids, said.of_self) == (("sergei-lavrov",), True)


@pytest.mark.parametrize(
    ("sentence", "kind", "addressee", "ids"),
    [
        ("The French defence minister told parliament that France had sold jets to Egypt.", "sale", "parliament", None),
        ("Norway informed Chile that it had sold tanks to Peru.", "sale", "Chile", ("CHL",)),
        ("Japan was informed that South Korea would not attend the meeting.", "refusal", "Japan", ("JPN",)),
        ("Chile announced to Peru that it had attacked Bolivia.", "attack", "Peru", ("PER",)),
        ('"Greece bombed the island," the Turkish president told reporters.', "attack", "reporters", None),
    ],
)
def test_whom_it_is_told_to_is_known(
    reader: ArticleReader, sentence: str, kind: str, addressee: str, ids: tuple[str, ...] | None
) -> None:
    text, said = saying_of(reader, sentence, kind)
    assert said.addressed is not None
    assert text[slice(*said.addressed)] == said.addressee == addressee
    assert ids is None or said.addressee_ids == ids


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Sergei Lavrov said that Russia had delivered the missiles to Iran.", "delivery"),
        ("According to a Turkish newspaper, Greece bombed the island.", "attack"),
        ("According to reports, officials have said Norway attacked Chile.", "attack"),
        ("Officials said Norway sold tanks to Chile.", "sale"),  # whom it is sold to is not whom it is told to
    ],
)
def test_nobody_is_told_where_the_clause_names_nobody(reader: ArticleReader, sentence: str, kind: str) -> None:
    _, said = saying_of(reader, sentence, kind)
    assert (said.addressee, said.addressed, said.addressee_ids) == (None, None, ())
