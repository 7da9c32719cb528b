"""Feeds: what changed, for feed readers."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.store.changes import Change, Wanted
from newsdiff_crawler.store.queries import Records
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.access import ReadRecords, ShownArticle, render
from newsdiff_crawler.web.conditional import is_known, validators
from newsdiff_crawler.web.feed_formats import FORMATS, Entry, Feed, FormatName
from newsdiff_crawler.web.rendering import harmless
from newsdiff_crawler.web.sidebyside import changed_rows

FEED_LENGTH = 20
_NEVER = "1970-01-01T00:00:00Z"

router = APIRouter(include_in_schema=False)


class Asked(BaseModel):
    """Which changes a feed has: of one source, with one label."""

    source: str = Field(default="", max_length=100)
    label: LabelName | Literal[""] = ""


@router.get("/changes.{kind}")
def changes_feed(
    request: Request, opened: ReadRecords, kind: FormatName, asked: Annotated[Asked, Query()]
) -> Response:
    """The latest changes of all articles, or of one source, or with one label."""
    if asked.source and asked.source not in opened.sources():
        raise HTTPException(404)
    wanted = Wanted(source=asked.source, label=asked.label)
    changes = opened.changes.latest(wanted, limit=FEED_LENGTH)
    names = request.app.state.source_titles
    about = [names.get(asked.source, asked.source), wording.LABELS.get(asked.label, "")]
    title = ": ".join(["Changes in the news", *filter(None, about)])
    return _answer(request, opened, kind, changes, title, str(request.url_for("latest")))


@router.get("/articles/{article_id}/changes.{kind}")
def article_feed(
    request: Request, opened: ReadRecords, article: ShownArticle, kind: FormatName
) -> Response:
    """The latest changes of one article, the newest first."""
    changes = [change for change in opened.changes.of(article.id) if not change.minor]
    title = f"Changes to: {harmless(article.title)}"
    page = str(request.url_for("article", article_id=article.id))
    return _answer(request, opened, kind, changes[:FEED_LENGTH], title, page)


def entry_id(change: Change) -> str:
    """The same for the same change wherever the site runs, and whatever else changes."""
    name = f"{change.url}#{change.from_version}-{change.to_version}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _answer(
    request: Request,
    opened: Records,
    kind: FormatName,
    changes: list[Change],
    title: str,
    page: str,
) -> Response:
    updated = max((change.to_at for change in changes), default=_NEVER)
    parts = [str(request.url), title, *(entry_id(change) for change in changes)]
    headers = validators(parts, from_iso(updated)) | {"Cache-Control": "no-cache"}
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    feed = Feed(
        title=title,
        description="What was changed in news articles after they were published",
        address=str(request.url),
        page=page,
        updated=updated,
        entries=[_entry(request, opened, change) for change in changes],
    )
    written = FORMATS[kind].write(feed)
    return Response(written, media_type=FORMATS[kind].media_type, headers=headers)


def _entry(request: Request, opened: Records, change: Change) -> Entry:
    names = {
        "article_id": change.article_id,
        "older": change.from_version,
        "newer": change.to_version,
    }
    titles = request.app.state.source_titles
    return Entry(
        id=entry_id(change),
        title=harmless(change.to_title),
        address=str(request.url_for("side_by_side", **names)),
        at=change.to_at,
        author=titles.get(change.source, change.source),
        summary=harmless(change.summary),
        html=_rendered(request, opened, change),
        labels=change.labels,
    )


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
