"""The pages: latest changes, an article's history, a version."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from markupsafe import Markup

from newsdiff_crawler.diff import compare
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.reading.changes import Change, ChangeFilter, position
from newsdiff_crawler.store.reading.records import ArticleFacts, Event, Records, VersionFacts
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.access import (
    Id,
    ReadRecords,
    next_check,
    page,
    render,
    shown_article,
    source_title,
    version_in,
)
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.cache import RecentCache
from newsdiff_crawler.web.conditional import NEARLY_LASTING
from newsdiff_crawler.web.listing import Listing, token
from newsdiff_crawler.web.plots import Moment, Timeline, timeline
from newsdiff_crawler.web.wording import LABELS, event_text, readable_time

PAGE_SIZE = 30
CACHE_SIZE = 4000  # rendered changes, about 1 kB each
LIST_CACHE_SIZE = 64  # about 40 kB each
ALWAYS = "9999"  # later than any time

router = APIRouter(include_in_schema=False)


@router.get("/")
async def latest(
    request: Request, opened: ReadRecords, listing: Annotated[Listing, Query()]
) -> Response:
    """What changed last, in all articles or those of a filter. Such a list is made once in a
    second, whoever asks, and anew when an article was taken down or came back."""
    kept: RecentCache[object, Response] = request.app.state.lists
    here = path_of(request, "latest") + listing.query()
    key = (here, opened.last_takedown(), int(request.app.state.clock()))
    return kept.get(key, lambda: _list(request, opened, listing))


def _list(request: Request, opened: Records, listing: Listing) -> Response:
    sources = opened.sources()
    if listing.source and listing.source not in sources:
        raise HTTPException(404)
    wanted = listing.wanted(utc_now())
    changes = opened.changes.latest(wanted, listing.position(), PAGE_SIZE + 1)
    listed = changes[:PAGE_SIZE]
    more = len(changes) > PAGE_SIZE
    return page(
        request,
        "latest.html",
        heading=_heading(request, listing),
        items=[_item(request, change, "latest_item.html") for change in listed],
        listing=listing,
        feed_query=listing.query(period="", order="time", show="", before=""),
        sources=sources,
        minor_count=_minor_count(opened, listing, wanted, listed[-1] if more else None),
        older=token(position(listed[-1], wanted)) if more else "",
    )


@router.get("/articles/{article_id}")
async def article(request: Request, opened: ReadRecords, article_id: Id) -> Response:
    """Everything known of one article: its facts, its versions, what each of them changed."""
    article = shown_article(opened, article_id)
    versions, events = opened.versions(article.id), opened.events(article.id)
    changes = opened.changes.of(article.id)
    return page(
        request,
        "article.html",
        article=article,
        **next_check(article),
        versions=versions,
        items=[_item(request, change, "history_item.html") for change in changes],
        events=events,
        line=_timeline(article, versions, changes, events),
    )


@router.get("/articles/{article_id}/versions/{number}")
async def version(request: Request, opened: ReadRecords, article_id: Id, number: Id) -> Response:
    """The text as it stood."""
    article = shown_article(opened, article_id)
    versions = opened.versions(article.id)
    return page(
        request,
        "version.html",
        headers=NEARLY_LASTING,
        article=article,
        **next_check(article),
        versions=versions,
        version=version_in(versions, number),
        blocks=opened.blocks(article.id, number),
    )


def _heading(request: Request, listing: Listing) -> str:
    """What is listed: ``Latest changes in BBC News: Figures``."""
    told = "Largest changes" if listing.order == "size" else "Latest changes"
    told += f" in {source_title(request, listing.source)}" if listing.source else ""
    return told + (f": {LABELS[listing.label]}" if listing.label else "")


def _item(request: Request, change: Change, template: str) -> Markup:
    kept: RecentCache[object, Markup] = request.app.state.items
    here = path_of(request, "article", article_id=change.article_id)
    key = (template, here, change.url, change.to_version, change.to_at)
    return kept.get(key, lambda: _rendered(request, change, template))


def _rendered(request: Request, change: Change, template: str) -> Markup:
    titles = change.from_title, change.to_title
    before, after = ([Block("headline", title)] for title in titles)
    diff = None if titles[0] == titles[1] else compare(before, after)
    html = render(request, template, change=change, title=diff)
    return Markup(html)  # noqa: S704 - made by a template


def _minor_count(
    opened: Records, listing: Listing, wanted: ChangeFilter, goes_on_after: Change | None
) -> int:
    """How many changes this page of the list leaves out, or the whole list if it is by size."""
    if wanted.everything:
        return 0
    oldest, newest, before = wanted.since, ALWAYS, listing.position()
    if not wanted.largest_first:
        oldest = goes_on_after.to_at if goes_on_after else oldest
        newest = str(before.key) if before else newest
    return opened.changes.minor_count(wanted, oldest, newest)


def _timeline(
    article: ArticleFacts,
    versions: list[VersionFacts],
    changes: list[Change],
    events: list[Event],
) -> Timeline:
    minor = {change.to_version for change in changes if change.minor}
    moments = [
        Moment(
            at=version.fetched_at,
            kind="minor" if version.number in minor else "version",
            text=f"Version {version.number}, {readable_time(version.fetched_at)}",
            href=f"#version-{version.number}",
        )
        for version in versions
    ]
    moments += [
        Moment(
            at=event.at,
            kind="event",
            text=f"{event_text(event.kind)}, {readable_time(event.at)}",
            href=f"#event-{place}",
        )
        for place, event in enumerate(events)
    ]
    return timeline(moments, article.last_checked_at or article.first_seen_at)
