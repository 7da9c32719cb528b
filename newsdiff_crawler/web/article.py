"""The pages of an article: its history, and the text of each version."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.store.reading.records import ArticleFacts, Event, VersionFacts
from newsdiff_crawler.web.change_item import change_item
from newsdiff_crawler.web.dependencies import Id, ReadRecords, shown_article, version_in
from newsdiff_crawler.web.http_caching import PAGE_CACHING
from newsdiff_crawler.web.plots import Moment, Timeline, timeline
from newsdiff_crawler.web.rendering import next_check, page
from newsdiff_crawler.web.wording import event_text, readable_time

router = APIRouter(include_in_schema=False)


@router.get("/articles/{article_id}")
async def article(request: Request, records: ReadRecords, article_id: Id) -> Response:
    """Everything known of one article: its facts, its versions, what each of them changed."""
    article = shown_article(records, article_id)
    versions, events = records.versions(article.id), records.events(article.id)
    changes = records.changes.of(article.id)
    return page(
        request,
        "article.html",
        article=article,
        **next_check(article),
        versions=versions,
        items=[change_item(request, change, "history_item.html") for change in changes],
        events=events,
        timeline=_timeline(article, versions, changes, events),
    )


@router.get("/articles/{article_id}/versions/{number}")
async def version(request: Request, records: ReadRecords, article_id: Id, number: Id) -> Response:
    """The text of one version."""
    article = shown_article(records, article_id)
    versions = records.versions(article.id)
    return page(
        request,
        "version.html",
        headers=PAGE_CACHING,
        article=article,
        **next_check(article),
        versions=versions,
        version=version_in(versions, number),
        blocks=records.blocks(article.id, number),
    )


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
