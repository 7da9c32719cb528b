"""What a feed or a sitemap says: the articles it links to, and signs that they were revised."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import feedparser
from lxml import etree

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.text import content_hash, words_hash

MAX_SIZE = 50_000_000  # bytes unpacked; the sitemap protocol's own limit is 52,428,800
MARK_LENGTH = 16
_GZIP = b"\x1f\x8b"
_TAG = re.compile(r"<[^>]*>")


class FeedError(Exception):
    """A response is not a feed that lists articles. The message is the reason, for people."""


@dataclass(frozen=True)
class Links:
    """What a feed links to, in its order: articles, and URLs of sitemaps if it is an index."""

    articles: tuple[FeedEntry, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_feed(body: bytes) -> Links:
    """The links of an RSS or Atom feed or of a sitemap, gzipped or not. Entries without a link
    are left out.

    A feed that is broken further down gives the entries before the fault. Raises FeedError for
    an empty body, for anything that is not a feed, and for a feed without a single link.
    """
    body = _unpack(body).strip()
    if not body:
        raise FeedError("empty answer")
    if b"<urlset" in body[:2000] or b"<sitemapindex" in body[:2000]:
        return _read_sitemap(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        feed = feedparser.parse(body)
        links = Links(tuple(_entries(feed)))
    if not links.articles:
        raise FeedError(_why_no_link(feed, body))
    return links


def _entries(feed: feedparser.FeedParserDict) -> Iterator[FeedEntry]:
    for entry in feed.entries:
        url = _link(entry)
        if url:
            # Parsed: a date may be written in another time zone by the next server.
            dates = [entry.get(f"{name}_parsed") for name in ("published", "updated")]
            texts = [entry.get("title"), _TAG.sub(" ", str(entry.get("summary") or ""))]
            guid, title = (str(entry.get(name) or "") for name in ("id", "title"))
            yield FeedEntry(url, _mark([guid, *dates], texts), title, guid)


def _mark(exact: Iterable[object], texts: Iterable[object]) -> str:
    """The mark of an entry. Of ``texts`` only the words count, not quotes and punctuation."""
    words = words_hash(str(text or "") for text in texts)
    return content_hash([words, *(str(value or "") for value in exact)])[:MARK_LENGTH]


def _link(entry: feedparser.FeedParserDict) -> str:
    """FeedBurner links to its own counter, and states the article's link beside it."""
    return str(entry.get("feedburner_origlink") or entry.get("link") or "")


def _unpack(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_SIZE)
    except zlib.error as error:
        raise FeedError(f"broken gzip: {error}") from error


def _read_sitemap(body: bytes) -> Links:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(body, parser)
    if root is None:
        raise FeedError("malformed sitemap")
    articles = tuple(filter(None, map(_sitemap_entry, root.findall("{*}url"))))
    sitemaps = tuple(filter(None, (_text(each, "loc") for each in root.findall("{*}sitemap"))))
    if not (articles or sitemaps):
        raise FeedError("sitemap without entries")
    return Links(articles, sitemaps)


def _sitemap_entry(element: etree._Element) -> FeedEntry | None:
    url = _text(element, "loc")
    dates = (_text(element, "lastmod"), _text(element, "news", "publication_date"))
    title = _text(element, "news", "title")
    return FeedEntry(url, _mark(dates, [title]), title) if url else None


def _text(element: etree._Element, *path: str) -> str:
    return (element.findtext("/".join(f"{{*}}{name}" for name in path)) or "").strip()


def _why_no_link(feed: feedparser.FeedParserDict, body: bytes) -> str:
    if not feed.version:
        start = body[:200].lower()
        is_html = start.startswith((b"<!doctype html", b"<html"))
        return "HTML instead of a feed" if is_html else "not a feed"
    if feed.bozo:
        return f"malformed feed: {feed.bozo_exception}"
    return "no entry has a link" if feed.entries else "feed without entries"
