"""Feeds of changes, for feed readers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, Field

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.places import country_name, language_name
from newsdiff_crawler.store.reading.changes import Change, ChangeFilter
from newsdiff_crawler.store.reading.publishers import SourceChoice
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import from_iso, interval, to_iso, utc_now
from newsdiff_crawler.web import heavy, wording
from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.cache import LRUCache
from newsdiff_crawler.web.dependencies import Id, ReadRecords, shown_article
from newsdiff_crawler.web.diff_rows import changed_rows
from newsdiff_crawler.web.feed_formats import FORMATS, FeedDocument, FeedItem, FormatName
from newsdiff_crawler.web.http_caching import is_not_modified, validators
from newsdiff_crawler.web.publishers import only_of
from newsdiff_crawler.web.rendering import harmless, render, source_title

# Items of a feed: all of its last day, as readers poll once a day and no less often, but no fewer
# than one page and no more than a reader can take.
LEAST, MOST = 20, 500
DAY = timedelta(days=1)
ITEM_CACHE_SIZE = 24  # MB; an item takes about 10 kB, as it is counted
FEED_CACHE_SIZE = 12  # MB; a feed takes about 40 kB, and up to 1 MB
MOST_AT_ONCE = 20  # items; a longer feed is the helper's
LONGEST_SHOWN = 20_000  # characters that differ; an item with more says so in its sentence alone
_NEVER = "1970-01-01T00:00:00Z"

T = TypeVar("T")

router = APIRouter(include_in_schema=False)


def _length(text: str | None) -> int | None:
    """How many items are asked for; None: no word of it. Raises ValueError."""
    if not text:
        return None
    length = int(text)
    if length < 1:
        raise ValueError("no feed is that short")
    return min(length, MOST)


# How many items a feed is to have, in its address.
Length = Annotated[int | None, BeforeValidator(_length)]


class FeedQuery(BaseModel):
    """The parameters in the address of a feed. All are optional; empty means no condition."""

    limit: Length = None
    source: str = Field(default="", max_length=100)
    country: str = Field(default="", max_length=2)
    language: str = Field(default="", max_length=10)
    label: LabelName | Literal[""] = ""

    def query_string(self) -> str:
        """The query of the same feed: ``?source=bbc``, or ``""``."""
        said = {name: value for name, value in self.model_dump().items() if value}
        return f"?{urlencode(said)}" if said else ""


@router.get("/changes.{kind}")
def changes_feed(
    request: Request, records: ReadRecords, kind: FormatName, query: Annotated[FeedQuery, Query()]
) -> Response:
    """The latest changes of all articles, or of one source, or with one label."""
    if query.source and query.source not in records.sources():
        raise HTTPException(404)
    choice = SourceChoice(query.country, query.language)
    change_filter = ChangeFilter(source=query.source, label=query.label)
    change_filter = only_of(change_filter, records, choice)
    changes = records.changes.latest(change_filter, limit=query.limit or MOST)
    places = [country_name(query.country), language_name(query.language)]
    conditions = [source_title(request, query.source), *places, wording.LABELS.get(query.label, "")]
    title = ": ".join(["Changes in the news", *filter(None, conditions)])
    newest = items_of(changes, lambda change: change.to_at, query.limit)
    items = [_item(request, records, change) for change in newest]
    own = address_of(request, "changes_feed", kind=kind) + query.query_string()
    addresses = (own, address_of(request, "latest"))
    # What is new is announced for a source and for all: telling/websub.py says for which feeds.
    is_announced = query == FeedQuery(source=query.source)
    hub = request.app.state.hub if is_announced else ""
    return feed_response(request, records, kind, title, addresses, items, hub)


@router.get("/articles/{article_id}/changes.{kind}")
def article_feed(
    request: Request,
    records: ReadRecords,
    article_id: Id,
    kind: FormatName,
    limit: Annotated[Length, Query()] = None,
) -> Response:
    """The latest changes of one article, the newest first."""
    article = shown_article(records, article_id)
    changes = records.changes.of(article.id, limit=MOST, with_minor=False)
    title = f"Changes to: {harmless(article.title)}"
    own = address_of(request, "article_feed", article_id=article.id, kind=kind)
    own += FeedQuery(limit=limit).query_string()
    page = address_of(request, "article", article_id=article.id)
    newest = items_of(changes, lambda change: change.to_at, limit)
    items = [_item(request, records, change) for change in newest]
    return feed_response(request, records, kind, title, (own, page), items)


def items_of(entries: Sequence[T], at: Callable[[T], str], limit: int | None) -> Sequence[T]:
    """Those of the entries, the newest first, that a feed holds: as many as are asked for, else
    those of the last day, and no fewer than LEAST. ``at``: the time of one."""
    if limit:
        return entries[:limit]
    since = to_iso(utc_now() - DAY)
    return entries[: max(sum(at(entry) >= since for entry in entries), LEAST)]


def feed_response(
    request: Request,
    records: Records,
    kind: FormatName,
    title: str,
    addresses: tuple[str, str],
    items: list[FeedItem],
    hub: str = "",
) -> Response:
    """A feed of these items, or a 304. ``addresses``: its own, and that of the page that it belongs
    to. ``hub``: to which what is new in it is announced, or empty. What was taken down is told to
    nobody, and sends those who ask by date the whole feed."""
    address, page = addresses
    updated = max((item.at for item in items), default=_NEVER)
    told = ((item.id, item.at, item.author, item.title, item.summary) for item in items)
    parts = [address, title, *told]
    headers = validators([*parts, hub], from_iso(updated)) | {"Cache-Control": "no-cache"}
    if hub:
        headers["Link"] = f'<{hub}>; rel="hub", <{address}>; rel="self"'
    if is_not_modified(request, headers, records.last_takedown_at()):
        return Response(status_code=304, headers=headers)
    feed = FeedDocument(
        title=title,
        description="What was changed in news articles after they were published",
        address=address,
        page=page,
        updated=updated,
        items=items,
        hub=hub,
    )
    cache: LRUCache[str, bytes] = request.app.state.feeds

    def write() -> bytes:
        heavy.check(request, len(items), MOST_AT_ONCE)
        return FORMATS[kind].write(feed)

    written = cache.get(headers["ETag"], write)  # which stands for the whole feed
    return Response(written, media_type=FORMATS[kind].media_type, headers=headers)


def stable_id(*parts: object) -> str:
    """The id of an item: the same for the same parts, on whatever machine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "#".join(map(str, parts))).urn


def _item(request: Request, records: Records, change: Change) -> FeedItem:
    names = {
        "article_id": change.article_id,
        "older": change.from_version,
        "newer": change.to_version,
    }
    return FeedItem(
        id=stable_id(change.url, f"{change.from_version}-{change.to_version}"),
        title=harmless(_title(request, change)),
        address=address_of(request, "side_by_side", **names),
        at=change.to_at,
        author=source_title(request, change.source),
        summary=harmless(change.summary),
        html=lambda: _html(request, records, change),
        labels=change.labels,
    )


def _title(request: Request, change: Change) -> str:
    """The paper's name, and both headlines where they differ."""
    before, after = change.from_title, change.to_title
    headline = after if before == after else f"{before} → {after}"
    return f"{source_title(request, change.source)}: {headline}"


def _html(request: Request, records: Records, change: Change) -> str:
    cache: LRUCache[object, str] = request.app.state.feed_items
    key = (change.url, change.from_version, change.to_version, change.to_at, change.summary)
    return cache.get(key, lambda: _rendered(request, records, change))


def _rendered(request: Request, records: Records, change: Change) -> str:
    differing = records.differing(change.article_id, change.from_version, change.to_version)
    is_short = sum(len(block.text) for blocks in differing for block in blocks) <= LONGEST_SHOWN
    rows = changed_rows(compare(*differing)) if is_short else ()
    return render(
        request,
        "feed_change.html",
        summary=change.summary,
        rows=rows,
        interval=interval(change.from_at, change.to_at),
    )
