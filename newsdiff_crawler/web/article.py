"""The pages of an article: its history, and the text of each version."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from newsdiff_crawler.store.reading.records import ArticleFacts, Event, VersionFacts
from newsdiff_crawler.store.reading.steps import first_of_story, newest_step
from newsdiff_crawler.times import readable_time
from newsdiff_crawler.web import heavy
from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.change_item import change_item
from newsdiff_crawler.web.dependencies import (
    MAX_INTEGER,
    MOST_LISTED,
    Id,
    ReadRecords,
    shown_article,
    version_in,
    versions_near,
)
from newsdiff_crawler.web.excerpts import BEGINNING, beginning
from newsdiff_crawler.web.http_caching import PAGE_CACHING
from newsdiff_crawler.web.memento import memento_headers
from newsdiff_crawler.web.plots import Moment, Timeline, timeline
from newsdiff_crawler.web.rendering import next_check, page
from newsdiff_crawler.web.wording import event_text

router = APIRouter(include_in_schema=False)


@router.get("/articles/{article_id}")
async def article(
    request: Request,
    records: ReadRecords,
    article_id: Id,
    before: Annotated[int, Query(ge=2, le=MAX_INTEGER)] = MAX_INTEGER,
) -> Response:
    """Everything known of one article: its facts, its versions, what each of them changed; of very
    many the last ones ``before`` a number."""
    article = shown_article(records, article_id)
    found = records.last_versions(article.id, before, MOST_LISTED + 1)
    if not found:
        raise HTTPException(404)
    versions, has_earlier = found[-MOST_LISTED:], len(found) > MOST_LISTED
    events = records.events(article.id)
    changes = records.changes.of(article.id, before, MOST_LISTED)
    others = records.places.other_texts(article.id, BEGINNING + 1)
    return page(
        request,
        "article.html",
        article=article,
        **next_check(article),
        versions=versions,
        is_last=before == MAX_INTEGER,
        has_earlier=has_earlier,
        first=first_of_story(records.versions(article.id, limit=MOST_LISTED)),
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
    heavy.check(request, records.size(article.id, number), heavy.MOST_SHOWN)
    versions = versions_near(records, article, number)
    blocks = records.blocks(article.id, number)
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
        citation=records.citations.of(article.id, number),
        address=address_of(request, "version", article_id=article.id, number=number),
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
