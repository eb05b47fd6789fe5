"""The reader: every step of the extraction joined, over batches of documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from spacy.language import Language

from app.domain.documents import Document, Reading
from app.extraction.accidents import without_accidents
from app.extraction.actors import ActorReader
from app.extraction.blocks import UNREAD, blocks_of
from app.extraction.claims import ClaimWriter
from app.extraction.codebook import load_codebook, load_roots, load_triggers
from app.extraction.dating import EventDater
from app.extraction.dictionaries import expected_version
from app.extraction.discourse import settled
from app.extraction.expressions import dates_in
from app.extraction.frames import FrameReader
from app.extraction.headlines import HeadlineParser
from app.extraction.lexicon import Lexicon, load_lexicon
from app.extraction.parsing import ENGLISH, language_of, load_model, parse
from app.extraction.pipeline import Article, Pipeline, ReadDocument, Step
from app.extraction.publication import PublicationDater, likely_span, rivals
from app.extraction.ranking import Choice, load_ranker


def load_reader(today: Callable[[], date] | None = None, *, own: Path | None = None) -> ArticleReader:
    """The reader with the program's own model and data, and the user's dictionaries in the folder `own`. Takes
    seconds; do it once. `today`: see PublicationDater."""
    return ArticleReader(load_model(), load_lexicon(own=own), expected_version(own), today=today)


class ArticleReader:
    """Reads English articles. Holds no state between documents; the same text gives the same mentions."""

    def __init__(
        self,
        nlp: Language,
        lexicon: Lexicon,
        version: str,
        *,
        today: Callable[[], date] | None = None,
        choice: Choice | None = None,
    ) -> None:
        self._nlp = nlp
        self._choice = choice or load_ranker()
        self._lexicon = lexicon
        self._publication = PublicationDater(lexicon, today)
        self._actors = ActorReader(lexicon)
        triggers = load_triggers()
        self._frames = FrameReader(triggers)
        self._headlines = HeadlineParser(nlp, triggers)
        self._kinds = load_codebook()
        self._roots = load_roots()
        self._version = version
        self._before_parse = Pipeline(
            (
                Step("language", frozenset({"document"}), frozenset({"language"}), _tell_language),
                Step("publication", frozenset({"language"}), frozenset({"published"}), self._tell_publication),
                Step("blocks", frozenset({"language"}), frozenset({"blocks"}), _cut),
            )
        )
        self._after_parse = Pipeline(
            (
                Step("dates", frozenset({"docs", "published"}), frozenset({"dates"}), _read_dates),
                Step("actors", frozenset({"docs", "published"}), frozenset({"actors"}), self._read_actors),
                Step("frames", frozenset({"docs", "actors"}), frozenset({"frames"}), self._read_frames),
                Step("claims", frozenset({"frames", "dates"}), frozenset({"mentions"}), self._write_claims),
            ),
            known=frozenset({"document", "language", "published", "blocks", "docs"}),
        )

    @property
    def version(self) -> str:
        return self._version

    @property
    def model(self) -> Language:
        return self._nlp

    @property
    def lexicon(self) -> Lexicon:
        return self._lexicon

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]:
        """Each document read, in the order given; parsing is batched across documents."""
        for article in self.articles(documents):
            yield ReadDocument(
                document=article.document,
                language=article.language,
                status=Reading.READ if article.language == ENGLISH else Reading.NOT_READ,
                published=article.published,
                mentions=article.mentions,
                candidates=article.candidates,
            )

    def articles(self, documents: Iterable[Document]) -> Iterator[Article]:
        """Each document with all that the steps have found in it, in the order given."""
        waiting: deque[Article] = deque()
        for doc, article in parse(self._nlp, self._texts(documents, waiting)):
            yield from self._finished(waiting, until=article)
            number = len(article.docs)
            doc = self._headlines.parsed(doc, article.blocks[number].kind)
            doc.user_data["block"] = number
            article.docs.append(doc)
        yield from self._finished(waiting, until=None)

    def _texts(self, documents: Iterable[Document], waiting: deque[Article]) -> Iterator[tuple[str, Article]]:
        for document in documents:
            article = self._before_parse.run(Article(document))
            waiting.append(article)
            for block in article.blocks:
                yield block.text, article

    def _finished(self, waiting: deque[Article], *, until: Article | None) -> Iterator[Article]:
        """The articles before `until`: all their blocks are parsed."""
        while waiting and waiting[0] is not until:
            yield self._after_parse.run(waiting.popleft())

    # -- steps ----------------------------------------------------------------------------------

    def _tell_publication(self, article: Article) -> None:
        document = article.document
        article.published = document.published
        if document.published is None and article.language == ENGLISH:
            article.candidates = self._publication.candidates(document.text, document.url)
            article.published = likely_span(article.candidates)

    def _read_actors(self, article: Article) -> None:
        article.actors = self._actors.read(article.docs, article.published)

    def _read_frames(self, article: Article) -> None:
        assert article.actors is not None
        kinds = [block.kind for block in article.blocks]
        frames = without_accidents(self._frames.read(article.docs, kinds, article.actors), article.docs)
        article.frames = settled(frames, article.docs, article.actors, self._choice)

    def _write_claims(self, article: Article) -> None:
        assert article.actors is not None
        writer = ClaimWriter(
            blocks=article.blocks,
            actors=article.actors,
            dater=EventDater(
                article.blocks, article.docs, article.dates, article.published, rivals(article.candidates)
            ),
            told=article.dates,
            published=article.published,
            inferred=article.document.published is None,
            kinds=self._kinds,
            roots=self._roots,
            version=self._version,
            text=article.document.text,
        )
        article.mentions = tuple(writer.write(article.frames))


def _tell_language(article: Article) -> None:
    article.language = language_of(article.document.text)


def _cut(article: Article) -> None:
    if article.language == ENGLISH:
        article.blocks = [block for block in blocks_of(article.document.text) if block.kind not in UNREAD]


def _read_dates(article: Article) -> None:
    several, url = rivals(article.candidates), article.document.url
    article.dates = dates_in(article.blocks, article.docs, article.published, several, url)
