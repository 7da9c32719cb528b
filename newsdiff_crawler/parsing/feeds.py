"""What a feed or a sitemap says: the articles that it links to."""

from __future__ import annotations

import warnings
import zlib
from dataclasses import dataclass

import feedparser
from lxml import etree

MAX_SIZE = 50_000_000  # bytes unpacked; the sitemap protocol's own limit is 52,428,800
_GZIP = b"\x1f\x8b"


class FeedError(Exception):
    """The answer is no feed that lists articles; the message is the reason, for people."""


@dataclass(frozen=True)
class Links:
    """URLs in the feed's own order: of articles, and of the sitemaps that an index lists."""

    articles: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_feed(body: bytes) -> Links:
    """The links of an RSS or Atom feed or of a sitemap, gzipped or not. Entries without a link
    are left out.

    A feed that is broken further down gives the entries before the fault. Raises FeedError for
    an empty answer, for anything that is not a feed, and for a feed without a single link.
    """
    body = _unpack(body).strip()
    if not body:
        raise FeedError("empty answer")
    if b"<urlset" in body[:2000] or b"<sitemapindex" in body[:2000]:
        return _read_sitemap(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        feed = feedparser.parse(body)
    links = Links(tuple(filter(None, map(_link, feed.entries))))
    if not links.articles:
        raise FeedError(_why_no_link(feed, body))
    return links


def _link(entry: feedparser.FeedParserDict) -> str:
    """FeedBurner leads through its own counter, and states where to."""
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
    found = Links(_locations(root, "url"), _locations(root, "sitemap"))
    if not (found.articles or found.sitemaps):
        raise FeedError("sitemap without entries")
    return found


def _locations(root: etree._Element, name: str) -> tuple[str, ...]:
    locations = root.findall(f"{{*}}{name}/{{*}}loc")
    return tuple(location.text.strip() for location in locations if location.text)


def _why_no_link(feed: feedparser.FeedParserDict, body: bytes) -> str:
    if not feed.version:
        start = body[:200].lower()
        is_html = start.startswith((b"<!doctype html", b"<html"))
        return "HTML instead of a feed" if is_html else "not a feed"
    if feed.bozo:
        return f"malformed feed: {feed.bozo_exception}"
    return "no entry has a link" if feed.entries else "feed without entries"
