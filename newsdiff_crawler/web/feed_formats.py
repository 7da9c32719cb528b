"""One feed, three ways to write it: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement

from newsdiff_crawler.times import from_iso

FormatName = Literal["rss", "atom", "json"]


@dataclass(frozen=True)
class FeedItem:
    """A change or a search hit. ``html`` makes its content, ``summary`` is a line of plain text,
    ``at`` its time."""

    id: str
    title: str
    address: str
    at: str
    author: str
    summary: str
    html: Callable[[], str]
    labels: list[str]


@dataclass(frozen=True)
class FeedDocument:
    """A feed before it is written. ``address``: its own; ``page``: that of the page that it belongs
    to; ``updated``: the time of the latest item; ``hub``: which tells what is new in it, or
    empty."""

    title: str
    description: str
    address: str
    page: str
    updated: str
    items: list[FeedItem]
    hub: str = ""


class Format(NamedTuple):
    """How a feed is written, its media type, and what people call the format."""

    media_type: str
    title: str
    write: Callable[[FeedDocument], bytes]


def to_rss(feed: FeedDocument) -> bytes:
    """RSS 2.0, as XML."""
    generator = _generator(feed)
    generator.lastBuildDate(from_iso(feed.updated))
    written: bytes = generator.rss_str()
    return written


def to_atom(feed: FeedDocument) -> bytes:
    """Atom, as XML."""
    generator = _generator(feed)
    generator.id(feed.address)
    generator.updated(from_iso(feed.updated))
    generator.author(name="Newsdiff")
    written: bytes = generator.atom_str()
    return written


def to_json(feed: FeedDocument) -> bytes:
    """JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False).encode()


FORMATS: dict[FormatName, Format] = {
    "rss": Format("application/rss+xml", "RSS", to_rss),
    "atom": Format("application/atom+xml", "Atom", to_atom),
    "json": Format("application/feed+json", "JSON Feed", to_json),
}


def _generator(feed: FeedDocument) -> FeedGenerator:
    generator = FeedGenerator()
    generator.title(feed.title)
    generator.description(feed.description)
    generator.link(href=feed.address, rel="self")
    generator.link(href=feed.page, rel="alternate")
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")  # for Atom
        generator.register_extension("hub", _Hub)
        generator.hub.address = feed.hub
    for item in feed.items:
        _add(generator, item)
    return generator


class _Hub(BaseExtension):  # type: ignore[misc]
    """The link to the hub, which feedgen leaves out of RSS."""

    address = ""

    def extend_rss(self, rss_feed: Any) -> Any:
        link = SubElement(rss_feed[0], "{http://www.w3.org/2005/Atom}link")
        link.set("href", self.address)
        link.set("rel", "hub")
        return rss_feed


def _add(generator: FeedGenerator, item: FeedItem) -> None:
    entry: Any = generator.add_entry(order="append")
    entry.id(item.id)
    entry.title(item.title)
    entry.author(name=item.author)
    entry.link(href=item.address)
    entry.published(from_iso(item.at))
    entry.updated(from_iso(item.at))
    entry.description(item.summary)
    entry.content(item.html(), type="html")
    entry.category([{"term": label} for label in item.labels])


def _json_item(item: FeedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html(),
        "date_published": item.at,
        "authors": [{"name": item.author}],
        "tags": item.labels,
    }
