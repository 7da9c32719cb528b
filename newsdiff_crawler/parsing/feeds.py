"""What a feed says: the articles that it links to."""

from __future__ import annotations

import warnings

import feedparser


class FeedError(Exception):
    """The answer is no feed that lists articles; the message is the reason, for people."""


def read_feed(body: bytes) -> list[str]:
    """The links of an RSS or Atom feed's entries, in the feed's order; entries without one are
    left out.

    A feed that is broken further down gives the entries before the fault. Raises FeedError for
    an empty answer, for anything that is not a feed, and for a feed without a single link.
    """
    if not body.strip():
        raise FeedError("empty answer")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        feed = feedparser.parse(body)
    links = [str(entry["link"]) for entry in feed.entries if entry.get("link")]
    if not links:
        raise FeedError(_why_no_link(feed, body))
    return links


def _why_no_link(feed: feedparser.FeedParserDict, body: bytes) -> str:
    if not feed.version:
        start = body.lstrip()[:200].lower()
        is_html = start.startswith((b"<!doctype html", b"<html"))
        return "HTML instead of a feed" if is_html else "not a feed"
    if feed.bozo:
        return f"malformed feed: {feed.bozo_exception}"
    return "no entry has a link" if feed.entries else "feed without entries"
