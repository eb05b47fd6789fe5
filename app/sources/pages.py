"""A saved web page becomes the text of its article: paragraphs and headings, without markup, menus and scripts.

Simple on purpose: the `<article>` or `<main>` part where there is one, else the whole body. The text that is kept is
the extracted one. Pages that build their text by script have none here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.domain.documents import Document
from app.domain.spans import TimeSpan
from app.sources.received import Defaults, Unreadable
from app.sources.records import published_span, with_defaults

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "svg", "iframe", "button"}
    | {"select", "figure"}
)
_BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "div", "section", "article", "main", "br", "tr"}
    | {"td", "th", "ul", "ol", "table", "pre", "dd", "dt", "hr"}
)
_ROOTS = ("article", "main")
_TITLES = ("og:title", "twitter:title")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate")
_PUBLISHERS = ("og:site_name",)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
FEWEST_LETTERS = 40  # fewer are a menu or an empty shell, not an article


def document_of_page(html: str, defaults: Defaults) -> Document:
    """The article of a page: text, title, publisher and date as its own metadata give them.

    Raises Unreadable when no text is left.
    """
    page = _Page()
    page.feed(html)
    page.close()
    text = page.text()
    if sum(letter.isalpha() for letter in text) < FEWEST_LETTERS:
        raise Unreadable("the page holds no text of its own (built by script?): save the text of the article as .txt")
    document = Document(
        text,
        url=page.url,
        title=page.first(_TITLES) or page.title(),
        publisher=page.first(_PUBLISHERS),
        published=page.published(),
    )
    return with_defaults(document, defaults)


@dataclass(slots=True)
class _Part:
    """Text collected below one root element."""

    pieces: list[str] = field(default_factory=list)

    def text(self) -> str:
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(self.pieces).split("\0"))
        return "\n\n".join(line for line in lines if line)


class _Page(HTMLParser):
    """Collects the text outside dropped elements, in the whole body and in each root. U+0000 parts blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.url: str | None = None
        self._meta: dict[str, str] = {}
        self._title: list[str] = []
        self._in_title = False
        self._dropped: list[str] = []
        self._parts: dict[str, _Part] = {"body": _Part()} | {root: _Part() for root in _ROOTS}
        self._open: dict[str, int] = dict.fromkeys(_ROOTS, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta.setdefault((given.get("property") or given.get("name") or "").lower(), given.get("content", ""))
        if tag == "link" and given.get("rel") == "canonical" and given.get("href", "").startswith("http"):
            self.url = given["href"]
        if tag == "title":
            self._in_title = True
        if tag in _DROPPED:
            self._dropped.append(tag)
        if tag in self._open:
            self._open[tag] += 1
        if tag in _BLOCKS:
            self._add("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in self._dropped:
            del self._dropped[self._dropped.index(tag) :]
        if tag in _BLOCKS:
            self._add("\0")
        if self._open.get(tag):
            self._open[tag] -= 1

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        else:
            self._add(data.replace("\0", " "))

    def _add(self, piece: str) -> None:
        if self._dropped:
            return
        self._parts["body"].pieces.append(piece)
        for root in _ROOTS:
            if self._open[root]:
                self._parts[root].pieces.append(piece)

    def text(self) -> str:
        """The first root that holds text, else the body."""
        texts = (self._parts[name].text() for name in (*_ROOTS, "body"))
        return next((text for text in texts if text), "")

    def title(self) -> str | None:
        return _SPACE.sub(" ", "".join(self._title)).strip() or None

    def first(self, names: tuple[str, ...]) -> str | None:
        found = (self._meta.get(name, "").strip() for name in names)
        return next((value for value in found if value), None)

    def published(self) -> TimeSpan | None:
        """The page's own date; one that cannot be read is as good as none."""
        text = self.first(_DATES)
        try:
            return published_span(text) if text else None
        except Unreadable:
            return None
