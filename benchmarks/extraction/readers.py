"""Ours and the libraries, each as a function from a page to a `Reading`."""

from __future__ import annotations

import importlib
import importlib.util
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scrapy.utils.spider import iter_spider_classes

from benchmarks.extraction.corpus import Sample
from newsdiff_crawler.parsing import Page, Parser, Refusal, generic, read
from newsdiff_crawler.text import words_hash

_ASIDES = ("standfirst", "subheading", "caption")
_LINES = re.compile(r"\s*\n\s*")
BLOCKS = ".//p | .//li[not(.//p)] | .//h2 | .//h3 | .//blockquote[not(.//p)] | .//div[not(*)]"


@dataclass(frozen=True)
class Reading:
    """What a reader made of a page. ``lines`` are scored; ``texts`` are all that a version
    would hold. ``refused`` says why there is no text."""

    parser: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def words_hash(self) -> str:
        return words_hash(self.texts)


Reader = Callable[[Sample, str], Reading]


def ours(sample: Sample, html: str) -> Reading:
    """The publisher's own parsers where it has some, else the generic one."""
    return _read(sample, html, own_parsers(sample) or generic.PARSERS)


def generic_alone(sample: Sample, html: str) -> Reading:
    return _read(sample, html, generic.PARSERS)


def own_parsers(sample: Sample) -> Sequence[type[Parser]]:
    """A publisher's own parsers, newest first; none for most."""
    module = f"newsdiff_crawler.spiders.{sample.publisher}"
    if not importlib.util.find_spec(module):
        return ()
    (spider,) = iter_spider_classes(importlib.import_module(module))
    parsers: Sequence[type[Parser]] = spider.parsers  # type: ignore[attr-defined]
    return parsers


def _read(sample: Sample, html: str, parsers: Sequence[type[Parser]]) -> Reading:
    """Standfirst, captions and subheadings are asides: counted when they are right,
    not when the known text leaves such things out."""
    try:
        article = read(Page(html, sample.url), parsers)
    except Refusal as refusal:
        return Reading(f"refused: {refusal.reason}", refused=refusal.sentence)
    blocks = article.blocks()
    lines = [block.text for block in blocks if block.kind not in ("headline", "byline")]
    asides = [block.text for block in blocks if block.kind in _ASIDES]
    texts = [block.text for block in blocks]
    return Reading(article.parser, article.title, lines, asides, texts)


def trafilatura(sample: Sample, html: str) -> Reading:
    import trafilatura as library

    document = library.bare_extraction(
        html, url=sample.url, include_comments=False, with_metadata=True
    )
    if not isinstance(document, library.settings.Document):
        return Reading("trafilatura", refused="nothing found")
    return _reading("trafilatura", document.title, document.text)


def readability(sample: Sample, html: str) -> Reading:
    from lxml.html import fragment_fromstring
    from readability import Document

    document = Document(html, url=sample.url)
    body = fragment_fromstring(document.summary(html_partial=True))
    blocks = body.xpath(BLOCKS)
    return _reading("readability", document.title(), "\n".join(_line(block) for block in blocks))


def newspaper4k(sample: Sample, html: str) -> Reading:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on import: that nltk is absent, which reading needs not
        from newspaper import Article
    article = Article(sample.url, fetch_images=False)
    article.download(input_html=html)
    try:
        article.parse()
    except (ImportError, LookupError):  # words of Korean or Chinese are a download of their own
        article = Article(sample.url, fetch_images=False, language="en")
        article.download(input_html=html)
        article.parse()
    return _reading("newspaper4k", article.title, article.text)


READERS: dict[str, Reader] = {
    "ours": ours,
    "generic": generic_alone,
    "trafilatura": trafilatura,
    "readability": readability,
    "newspaper4k": newspaper4k,
}


# Reader -> the module it needs, where its name is another.
MODULES = {"ours": "newsdiff_crawler", "generic": "newsdiff_crawler", "newspaper4k": "newspaper"}


def read_with(name: str, sample: Sample, html: str) -> Reading:
    """A reading by one of `READERS`; what a library throws is a page that it did not read."""
    try:
        return READERS[name](sample, html)
    except Exception as error:
        if name in ("ours", "generic"):
            raise
        return Reading(name, refused=f"{type(error).__name__}: {error}")


def _reading(name: str, title: str | None, text: str | None) -> Reading:
    lines = [line.removeprefix("- ") for line in _LINES.split(text or "") if line.strip()]
    return Reading(name, title or "", lines, [], [title or "", *lines])


def _line(block: object) -> str:
    return " ".join(str(block.text_content()).split())  # type: ignore[attr-defined]
