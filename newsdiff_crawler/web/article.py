"""The pages of an article: its history, and the text of each version."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from newsdiff_crawler.store.reading.records import ArticleFacts, Event, VersionFacts
from newsdiff_crawler.store.reading.steps import first_of_story, newest_step
from newsdiff_crawler.web.change_item import change_item
from newsdiff_crawler.web.dependencies import Id, ReadRecords, shown_article, version_in
from newsdiff_crawler.web.excerpts import beginning
from newsdiff_crawler.web.http_caching import PAGE_CACHING
from newsdiff_crawler.web.memento import memento_headers
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
    others = records.places.other_texts(article.id)
    return page(
        request,
        "article.html",
        article=article,
        **next_check(article),
        versions=versions,
        first=first_of_story(versions),
        newest=newest_step(versions),
        items={
            change.to_version: change_item(request, change, "history_item.html")
            for change in changes
            if not change.is_placeholder
        },
        events=events,
        addresses=records.places.addresses(article.id),
        stated=records.places.stated(article.id),
        others=[(other, beginning(other.text)) for other in others],
        timeline=_timeline(article, versions, events),
    )


@router.get("/articles/{article_id}/versions/{number}")
async def version(request: Request, records: ReadRecords, article_id: Id, number: Id) -> Response:
    """The text of one version."""
    article = shown_article(records, article_id)
    versions, blocks = records.versions(article.id), records.blocks(article.id, number)
    return page(
        request,
        "version.html",
        headers=PAGE_CACHING | memento_headers(request, records, article, number),
        article=article,
        **next_check(article),
        versions=versions,
        version=version_in(versions, number),
        change=records.changes.at(article.id, number),
        blocks=blocks,
        boilerplate=records.boilerplate.among(article.source, blocks),
    )


def _timeline(article: ArticleFacts, versions: list[VersionFacts], events: list[Event]) -> Timeline:
    moments = [
        Moment(
            at=version.fetched_at,
            kind="minor" if version.minor or version.is_placeholder else "version",
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
