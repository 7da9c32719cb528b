"""One feed, three ways to write it: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from feedgen.feed import FeedGenerator

from newsdiff_crawler.times import from_iso

FormatName = Literal["rss", "atom", "json"]


@dataclass(frozen=True)
class FeedItem:
    """One change: ``html`` makes what differs, ``summary`` is the same in a line; ``at`` is a
    time."""

    id: str
    title: str
    address: str
    at: str
    author: str
    summary: str
    html: Callable[[], str]
    labels: list[str]


@dataclass(frozen=True)
class ChangeFeed:
    """``address`` is the feed's own, ``page`` that of the page it belongs to."""

    title: str
    description: str
    address: str
    page: str
    updated: str
    entries: list[FeedItem]


class Format(NamedTuple):
    """How a feed is written, and as what it is sent."""

    media_type: str
    title: str
    write: Callable[[ChangeFeed], bytes]


def to_rss(feed: ChangeFeed) -> bytes:
    """RSS 2.0."""
    generator = _generator(feed)
    generator.lastBuildDate(from_iso(feed.updated))
    written: bytes = generator.rss_str()
    return written


def to_atom(feed: ChangeFeed) -> bytes:
    """Atom."""
    generator = _generator(feed)
    generator.id(feed.address)
    generator.updated(from_iso(feed.updated))
    generator.author(name="Newsdiff")
    written: bytes = generator.atom_str()
    return written


def to_json(feed: ChangeFeed) -> bytes:
    """JSON Feed 1.1."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False).encode()


FORMATS: dict[FormatName, Format] = {
    "rss": Format("application/rss+xml", "RSS", to_rss),
    "atom": Format("application/atom+xml", "Atom", to_atom),
    "json": Format("application/feed+json", "JSON Feed", to_json),
}


def _generator(feed: ChangeFeed) -> FeedGenerator:
    generator = FeedGenerator()
    generator.title(feed.title)
    generator.description(feed.description)
    generator.link(href=feed.address, rel="self")
    generator.link(href=feed.page, rel="alternate")
    for entry in feed.entries:
        _add(generator, entry)
    return generator


def _add(generator: FeedGenerator, entry: FeedItem) -> None:
    added: Any = generator.add_entry(order="append")
    added.id(entry.id)
    added.title(entry.title)
    added.author(name=entry.author)
    added.link(href=entry.address)
    added.published(from_iso(entry.at))
    added.updated(from_iso(entry.at))
    added.description(entry.summary)
    added.content(entry.html(), type="html")
    added.category([{"term": label} for label in entry.labels])


def _item(entry: FeedItem) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html(),
        "date_published": entry.at,
        "authors": [{"name": entry.author}],
        "tags": entry.labels,
    }
