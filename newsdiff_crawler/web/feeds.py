"""Feeds: what changed, for feed readers."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.store.reading.changes import Change, ChangeFilter
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.access import Id, ReadRecords, render, shown_article, source_title
from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.cache import RecentCache
from newsdiff_crawler.web.conditional import is_known, validators
from newsdiff_crawler.web.feed_formats import FORMATS, ChangeFeed, FeedItem, FormatName
from newsdiff_crawler.web.rendering import harmless
from newsdiff_crawler.web.sidebyside import changed_rows

LENGTH = 20  # entries of a feed
CACHE_SIZE = 2000  # rendered entries, about 2 kB each
FEED_CACHE_SIZE = 64  # about 40 kB each
_NEVER = "1970-01-01T00:00:00Z"

router = APIRouter(include_in_schema=False)


class FeedFilter(BaseModel):
    """Which changes a feed has: of one source, with one label."""

    source: str = Field(default="", max_length=100)
    label: LabelName | Literal[""] = ""


@router.get("/changes.{kind}")
async def changes_feed(
    request: Request, opened: ReadRecords, kind: FormatName, asked: Annotated[FeedFilter, Query()]
) -> Response:
    """The latest changes of all articles, or of one source, or with one label."""
    if asked.source and asked.source not in opened.sources():
        raise HTTPException(404)
    changes = opened.changes.latest(
        ChangeFilter(source=asked.source, label=asked.label), limit=LENGTH
    )
    about = [source_title(request, asked.source), wording.LABELS.get(asked.label, "")]
    title = ": ".join(["Changes in the news", *filter(None, about)])
    entries = [_entry(request, opened, change) for change in changes]
    return answer(request, kind, title, address_of(request, "latest"), entries)


@router.get("/articles/{article_id}/changes.{kind}")
async def article_feed(
    request: Request, opened: ReadRecords, article_id: Id, kind: FormatName
) -> Response:
    """The latest changes of one article, the newest first."""
    article = shown_article(opened, article_id)
    changes = [change for change in opened.changes.of(article.id) if not change.minor]
    title = f"Changes to: {harmless(article.title)}"
    page = address_of(request, "article", article_id=article.id)
    entries = [_entry(request, opened, change) for change in changes[:LENGTH]]
    return answer(request, kind, title, page, entries)


def answer(
    request: Request, kind: FormatName, title: str, page: str, entries: list[FeedItem]
) -> Response:
    """A feed of these entries, which belongs to a page, unless the client has it already."""
    updated = max((entry.at for entry in entries), default=_NEVER)
    parts = [str(request.url), title, *((entry.id, entry.at) for entry in entries)]
    headers = validators(parts, from_iso(updated)) | {"Cache-Control": "no-cache"}
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    feed = ChangeFeed(
        title=title,
        description="What was changed in news articles after they were published",
        address=str(request.url),
        page=page,
        updated=updated,
        entries=entries,
    )
    # What the ETag stands for is the whole feed.
    kept: RecentCache[str, bytes] = request.app.state.feeds
    written = kept.get(headers["ETag"], lambda: FORMATS[kind].write(feed))
    return Response(written, media_type=FORMATS[kind].media_type, headers=headers)


def stable_id(*parts: object) -> str:
    """An entry's id: the same for the same parts, wherever the site runs."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "#".join(map(str, parts))).urn


def _entry(request: Request, opened: Records, change: Change) -> FeedItem:
    names = {
        "article_id": change.article_id,
        "older": change.from_version,
        "newer": change.to_version,
    }
    return FeedItem(
        id=stable_id(change.url, f"{change.from_version}-{change.to_version}"),
        title=harmless(change.to_title),
        address=address_of(request, "side_by_side", **names),
        at=change.to_at,
        author=source_title(request, change.source),
        summary=harmless(change.summary),
        html=lambda: _html(request, opened, change),
        labels=change.labels,
    )


def _html(request: Request, opened: Records, change: Change) -> str:
    kept: RecentCache[object, str] = request.app.state.entries
    key = (change.url, change.from_version, change.to_version, change.to_at)
    return kept.get(key, lambda: _rendered(request, opened, change))


def _rendered(request: Request, opened: Records, change: Change) -> str:
    differing = opened.differing(change.article_id, change.from_version, change.to_version)
    return render(
        request,
        "entry.html",
        summary=change.summary,
        rows=changed_rows(compare(*differing)),
        interval=wording.interval(change.from_at, change.to_at),
    )
