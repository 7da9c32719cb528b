"""What a feed or a sitemap says: the articles it links to, and signs that they were revised. Its
root element tells which it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.parsing.feed_markup import Document, NoFeedError, read_document
from newsdiff_crawler.parsing.feed_text import BrokenGzipError, pieces_of_text
from newsdiff_crawler.parsing.json_feed import NoJSONFeedError, read_json_feed
from newsdiff_crawler.parsing.sitemaps import ListedSitemap, read_list, read_sitemap_entry
from newsdiff_crawler.parsing.syndication import read_entry

MOST_ENTRIES = 50_000  # that are read, the sitemap protocol's own limit
MAX_JSON = 10_000_000  # characters


class FeedError(Exception):
    """A response is not a feed that lists articles. The message is the reason, for people."""


@dataclass(frozen=True)
class Links:
    """What a feed links to, in its order: articles, and sitemaps if it is an index. ``no_link``:
    the number of its entries that link to nothing. ``unread``: 1 where it has more than
    MOST_ENTRIES."""

    articles: tuple[FeedEntry, ...] = ()
    sitemaps: tuple[ListedSitemap, ...] = ()
    no_link: int = 0
    unread: int = 0


def read_feed(body: bytes, url: str = "", content_type: str | None = None) -> Links:
    """The links of an RSS, RDF, Atom or JSON feed or of a sitemap, gzipped or not, as seen from its
    own URL. They may be anything: nobody has looked at them yet.

    A feed that is broken further down gives the entries before the fault. Raises FeedError for
    an empty body, for anything that is not a feed, and for a feed without a single entry.
    """
    try:
        return _read(body, url, content_type)
    except BrokenGzipError as error:
        raise FeedError(f"broken gzip: {error}") from error
    except (NoJSONFeedError, NoFeedError) as error:
        raise FeedError(str(error)) from error


def _read(body: bytes, url: str, content_type: str | None) -> Links:
    pieces = _without_blanks(pieces_of_text(body, content_type))
    first = next(pieces, "")
    if not first:
        raise FeedError("empty answer")
    pieces = chain([first], pieces)
    if first[0] in "{[":
        return _links(read_json_feed(_bounded(pieces), url), "feed")
    if first.startswith(("https://", "http://")):
        return _links(read_list(pieces), "sitemap")
    document = read_document(pieces, url)
    if not document.root or document.root == "html":
        raise FeedError("HTML instead of a feed" if document.root else "not a feed")
    return _read_document(document, body, content_type)


def _read_document(document: Document, body: bytes, content_type: str | None) -> Links:
    is_sitemap = document.root in ("urlset", "sitemapindex")
    read = read_sitemap_entry if is_sitemap else read_entry
    kind = "sitemap" if is_sitemap else "feed"
    try:
        return _links(map(read, document.entries), kind)
    except FeedError:
        if _breaks_off(document.root, pieces_of_text(body, content_type)):
            raise FeedError(f"malformed {kind}: it breaks off") from None
        raise


def _links(entries: Iterator[FeedEntry | ListedSitemap | None], kind: str) -> Links:
    articles: list[FeedEntry] = []
    sitemaps: list[ListedSitemap] = []
    no_link = 0
    for entry in islice(entries, MOST_ENTRIES):
        if entry is None:
            no_link += 1
        elif isinstance(entry, ListedSitemap):
            sitemaps.append(entry)
        else:
            articles.append(entry)
    if not (articles or sitemaps):
        raise FeedError("no entry has a link" if no_link else f"{kind} without entries")
    unread = sum(1 for _ in islice(entries, 1))
    return Links(tuple(articles), tuple(sitemaps), no_link, unread)


def _breaks_off(root: str, pieces: Iterator[str]) -> bool:
    end = "".join(deque(pieces, maxlen=2))
    return not re.search(rf"</(?:[\w.-]+:)?{root}\s*>|<(?:[\w.-]+:)?{root}\b[^>]*/>", end, re.I)


def _without_blanks(pieces: Iterator[str]) -> Iterator[str]:
    """Without those at the beginning."""
    for piece in pieces:
        text = piece.lstrip("\ufeff\0 \t\r\n")
        if text:
            yield text
            break
    yield from pieces


def _bounded(pieces: Iterator[str]) -> str:
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > MAX_JSON:
            raise FeedError("larger than allowed")
    return text
