"""The pages: latest changes, an article's history, a version."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from markupsafe import Markup

from newsdiff_crawler.diff import compare
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.changes import Change, Wanted, position
from newsdiff_crawler.store.queries import ArticleFacts, Event, Records, VersionFacts
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.access import (
    Id,
    ReadRecords,
    ShownArticle,
    next_check,
    page,
    render,
    version_in,
)
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.kept import Recent
from newsdiff_crawler.web.listing import Listing, token
from newsdiff_crawler.web.plots import Moment, Timeline, timeline
from newsdiff_crawler.web.wording import event_text, readable_time

PAGE_SIZE = 30
MOST_KEPT = 4000  # rendered changes, about 1 kB each

router = APIRouter(include_in_schema=False)


@router.get("/")
def latest(request: Request, opened: ReadRecords, listing: Annotated[Listing, Query()]) -> Response:
    """What changed last, in all articles or those of a filter."""
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
        items=[_item(request, change) for change in listed],
        listing=listing,
        feed_query=listing.query(period="", order="time", show="", before=""),
        sources=sources,
        minor_count=_minor_count(opened, listed, wanted),
        older=token(position(listed[-1], wanted)) if more else "",
    )


@router.get("/articles/{article_id}")
def article(request: Request, opened: ReadRecords, article: ShownArticle) -> Response:
    """Everything known of one article: its facts, its versions, what each of them changed."""
    versions, events = opened.versions(article.id), opened.events(article.id)
    changes = {change.to_version: change for change in opened.changes.of(article.id)}
    return page(
        request,
        "article.html",
        article=article,
        **next_check(article),
        versions=versions,
        changes=changes,
        events=events,
        line=_timeline(article, versions, changes, events),
    )


@router.get("/articles/{article_id}/versions/{number}")
def version(request: Request, opened: ReadRecords, article: ShownArticle, number: Id) -> Response:
    """The text as it stood."""
    versions = opened.versions(article.id)
    return page(
        request,
        "version.html",
        article=article,
        **next_check(article),
        versions=versions,
        version=version_in(versions, number),
        blocks=opened.blocks(article.id, number),
    )


def _item(request: Request, change: Change) -> Markup:
    kept: Recent[object, Markup] = request.app.state.items
    here = path_of(request, "article", article_id=change.article_id)
    key = (here, change.url, change.to_version, change.to_at)
    return kept.get(key, lambda: _rendered(request, change))


def _rendered(request: Request, change: Change) -> Markup:
    titles = change.from_title, change.to_title
    before, after = ([Block("headline", title)] for title in titles)
    diff = None if titles[0] == titles[1] else compare(before, after)
    html = render(request, "latest_item.html", change=change, title=diff)
    return Markup(html)  # noqa: S704 - made by a template


def _minor_count(opened: Records, listed: list[Change], wanted: Wanted) -> int:
    """How many changes the list leaves out, in the time that it covers."""
    if wanted.everything or not listed:
        return 0
    times = [change.to_at for change in listed]
    return opened.changes.minor_count(wanted.source, min(times), max(times))


def _timeline(
    article: ArticleFacts,
    versions: list[VersionFacts],
    changes: dict[int, Change],
    events: list[Event],
) -> Timeline:
    moments = [
        Moment(
            at=version.fetched_at,
            kind="minor" if _is_minor(changes.get(version.number)) else "version",
            text=f"Version {version.number}, {readable_time(version.fetched_at)}",
            href=f"#version-{version.number}",
        )
        for version in versions
    ]
    moments += [
        Moment(event.at, "event", f"{event_text(event.kind)}, {readable_time(event.at)}")
        for event in events
    ]
    return timeline(moments, article.last_checked_at or article.first_seen_at)


def _is_minor(change: Change | None) -> bool:
    return bool(change and change.minor)
