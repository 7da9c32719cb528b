"""Ours and the libraries, each as a reader of pages."""

from __future__ import annotations

import importlib
import importlib.util
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TypeVar

from scrapy.utils.spider import iter_spider_classes

from benchmarks.extraction.corpus import Sample
from benchmarks.peers import Peer, enter, make
from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import spider_of
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Parser, Refusal, generic, read
from newsdiff_crawler.text import words_hash
from newsdiff_crawler.urls import site_of

PEERS = ("trafilatura", "readability", "newspaper4k", "news-please", "fundus")
READERS = ("ours", "generic", *PEERS)
_ASIDES = ("standfirst", "subheading", "caption")
_LINES = re.compile(r"\s*\n\s*")
_UNKNOWN = "LookupError"  # what fundus' reader raises for a page of no publisher of its own
T = TypeVar("T")


@dataclass(frozen=True)
class ReadPage:
    """What a reader made of a page. ``lines`` are scored; ``texts`` are all that a version
    would hold. ``refused`` says why there is no text; ``seconds`` are of processor time."""

    parser: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    refused: str = ""
    seconds: float = 0.0

    @property
    def words_hash(self) -> str:
        return words_hash(self.texts)

    @property
    def is_meant(self) -> bool:
        """Whether the page is one that the reader is made for."""
        return not self.refused.startswith(_UNKNOWN)


# From a sample and its page, as it is or changed; how often to read it, for the fastest time.
Reader = Callable[[Sample, str, int], ReadPage]


@contextmanager
def opened(names: Sequence[str], install: bool) -> Iterator[tuple[dict[str, Reader], list[str]]]:
    """The readers by name; and a line for each that cannot read here."""
    for name in names if install else ():
        if name in PEERS:
            make(name)
    readers: dict[str, Reader] = {}
    absent: list[str] = []
    with ExitStack() as stack:
        for name in names:
            peer = OURS.get(name) or enter(stack, name)
            if isinstance(peer, str):
                absent.append(f"{name}: {peer}")
            else:
                readers[name] = partial(_by_peer, peer, name) if isinstance(peer, Peer) else peer
        yield readers, absent


def timed(work: Callable[[], T], runs: int) -> tuple[float, T]:
    """Seconds of processor time of the fastest run, and what came of it."""
    times: list[float] = []
    for _ in range(runs):
        began = time.process_time()
        made = work()
        times.append(time.process_time() - began)
    return min(times), made


def ours(sample: Sample, html: str, runs: int) -> ReadPage:
    """As a crawl does: by the publisher's own parsers, or those of its row, or the generic one."""
    parsers = own_parsers(sample) or parsers_of_row(sample) or generic.PARSERS
    return _by_us(sample, html, runs, parsers)


def generic_alone(sample: Sample, html: str, runs: int) -> ReadPage:
    return _by_us(sample, html, runs, generic.PARSERS)


def own_parsers(sample: Sample) -> Sequence[type[Parser]]:
    """A publisher's own parsers, newest first; none for most."""
    spider = _own_spider(sample)
    return spider.parsers if spider else ()


def is_named(sample: Sample) -> bool:
    """Whether a page is one of the sources that can be crawled by name."""
    return bool(_own_spider(sample) or _spider_of_row(sample))


def language_of(sample: Sample) -> str:
    """That of its source; empty where it is of none that is named."""
    spider = _own_spider(sample) or _spider_of_row(sample)
    return spider.language if spider else ""


def parsers_of_row(sample: Sample) -> Sequence[type[Parser]]:
    """Those of the publisher's row in named.toml; none for one that has no row."""
    spider = _spider_of_row(sample)
    return spider.parsers if spider else ()


def _own_spider(sample: Sample) -> type[NewsSpider] | None:
    module = f"newsdiff_crawler.spiders.{sample.publisher}"
    if not importlib.util.find_spec(module):
        return None
    (spider,) = iter_spider_classes(importlib.import_module(module))
    assert issubclass(spider, NewsSpider)
    return spider


def _spider_of_row(sample: Sample) -> type[NewsSpider] | None:
    labels = site_of(sample.url).split(".")
    hosts = (".".join(labels[n:]) for n in range(len(labels)))
    name = next((_by_domain()[host] for host in hosts if host in _by_domain()), None)
    return spider_of(name, shipped.named().table(name)) if name else None


@cache
def _by_domain() -> dict[str, str]:
    rows = shipped.named().everything().items()
    return {domain: name for name, row in rows for domain in row["domains"]}


def _by_us(sample: Sample, html: str, runs: int, parsers: Sequence[type[Parser]]) -> ReadPage:
    """Standfirst, captions and subheadings are asides: counted when they are right,
    not when the known text leaves such things out."""
    seconds, page = timed(lambda: _parsed(sample, html, parsers), runs)
    if isinstance(page, Refusal):
        refused = page.sentence
        return ReadPage(f"refused: {page.reason}", refused=refused, seconds=seconds)
    blocks = page.blocks()
    lines = [block.text for block in blocks if block.kind not in ("headline", "byline")]
    asides = [block.text for block in blocks if block.kind in _ASIDES]
    texts = [block.text for block in blocks]
    return ReadPage(page.parser, page.title, lines, asides, texts, seconds=seconds)


def _parsed(sample: Sample, html: str, parsers: Sequence[type[Parser]]) -> ParsedPage | Refusal:
    try:
        return read(Page(html, sample.url), parsers)
    except Refusal as refusal:
        return refusal


def _by_peer(peer: Peer, name: str, sample: Sample, html: str, runs: int) -> ReadPage:
    page = peer.read(html, sample.url, runs)
    if page.error:
        return ReadPage(name, refused=page.error, seconds=page.seconds)
    lines = [line.removeprefix("- ") for line in _LINES.split(page.text) if line.strip()]
    if not lines:
        return ReadPage(name, page.title, refused="no text", seconds=page.seconds)
    texts = [page.title, *lines]
    return ReadPage(name, page.title, lines, texts=texts, seconds=page.seconds)


OURS: dict[str, Reader] = {"ours": ours, "generic": generic_alone}
