"""What a JSON Feed says (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.parsing.dates import to_utc
from newsdiff_crawler.parsing.feed_markup import joined
from newsdiff_crawler.parsing.linked_data import load
from newsdiff_crawler.parsing.marks import mark_of

_VERSION = "://jsonfeed.org/version/"
_TEXTS = ("title", "summary", "content_text", "content_html")
_DATES = ("date_published", "date_modified")


class NoJSONFeedError(Exception):
    """A text is not JSON, or not a JSON Feed; the message says what is wrong."""


def read_json_feed(text: str, url: str) -> Iterator[FeedEntry | None]:
    """The articles of a JSON Feed at ``url``; None for an item without a link."""
    feed = _loaded(text)
    if not isinstance(feed, dict) or _VERSION not in str(feed.get("version")):
        raise NoJSONFeedError("not a feed, but other JSON")
    items = feed.get("items")
    for item in items if isinstance(items, list) else []:
        yield _read_item(item if isinstance(item, dict) else {}, url)


def _loaded(text: str) -> Any:
    """What a text holds; with commas too many and bare control characters, as scripts have them."""
    try:
        # Python reads no number of 4,301 digits.
        return json.loads(text, strict=False, parse_int=str)
    except (ValueError, RecursionError) as error:
        values = load(text)
        if not values:
            raise NoJSONFeedError(f"malformed JSON: {error}") from error
        return values[0]


def _read_item(item: dict[str, Any], feed_url: str) -> FeedEntry | None:
    guid = _text(item, "id")
    link = _text(item, "url") or _text(item, "external_url")
    if not link and guid.startswith(("https://", "http://")):
        link = guid
    if not link:
        return None
    stated = [_text(item, name) for name in _DATES]
    dates = [to_utc(date) or date for date in stated]
    newest = max(to_utc(date) or "" for date in stated)
    mark = mark_of([guid, *dates], (_text(item, name) for name in _TEXTS))
    title = " ".join(_text(item, "title").split())
    return FeedEntry(joined(feed_url, link), mark, title, guid, newest)


def _text(item: dict[str, Any], name: str) -> str:
    """A value as text that can be stored: half a character (``\\ud83d``) cannot."""
    value = item.get(name)
    text = str(value) if isinstance(value, str | int) else ""
    return text.encode("utf-8", "replace").decode().strip()
