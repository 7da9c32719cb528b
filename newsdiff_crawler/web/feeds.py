"""Feeds: what changed, for feed readers."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Request, Response
from feedgen.feed import FeedGenerator

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.store.changes import Change
from newsdiff_crawler.store.queries import ArticleFacts, Records
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.access import ReadRecords, ShownArticle, render
from newsdiff_crawler.web.rendering import harmless
from newsdiff_crawler.web.sidebyside import changed_rows

FEED_LENGTH = 20

router = APIRouter(include_in_schema=False)


@router.get("/articles/{article_id}/changes.rss")
def article_rss(request: Request, opened: ReadRecords, article: ShownArticle) -> Response:
    """The latest changes of one article, the newest first."""
    feed = _feed(request, article)
    for change in opened.changes.of(article.id, FEED_LENGTH):
        if not change.minor:
            _add_entry(feed, request, opened, change)
    return Response(feed.rss_str(), media_type="application/rss+xml")


def entry_id(change: Change) -> str:
    """The same for the same change wherever the site runs, and whatever else changes."""
    name = f"{change.url}#{change.from_version}-{change.to_version}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _feed(request: Request, article: ArticleFacts) -> FeedGenerator:
    title = harmless(article.title)
    feed = FeedGenerator()
    feed.title(f"Changes to: {title}")
    feed.description(f"What {article.source} changed in “{title}” after it was published")
    feed.link(href=str(request.url_for("article_rss", article_id=article.id)), rel="self")
    feed.link(href=str(request.url_for("article", article_id=article.id)), rel="alternate")
    feed.lastBuildDate(from_iso(article.last_changed_at or article.first_seen_at))
    return feed


def _add_entry(feed: FeedGenerator, request: Request, opened: Records, change: Change) -> None:
    names = {
        "article_id": change.article_id,
        "older": change.from_version,
        "newer": change.to_version,
    }
    entry: Any = feed.add_entry(order="append")
    entry.id(entry_id(change))
    entry.title(harmless(change.to_title))
    entry.link(href=str(request.url_for("side_by_side", **names)))
    entry.published(from_iso(change.to_at))
    entry.description(_rendered(request, opened, change))


def _rendered(request: Request, opened: Records, change: Change) -> str:
    before = opened.blocks(change.article_id, change.from_version)
    after = opened.blocks(change.article_id, change.to_version)
    diff = compare(before, after)
    return render(
        request,
        "entry.html",
        summary=summarise(diff),
        rows=changed_rows(diff),
        interval=wording.interval(change.from_at, change.to_at),
    )
