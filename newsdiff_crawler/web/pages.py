"""The pages: latest changes, an article's history, a version, two versions side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from newsdiff_crawler.diff import Diff, compare, summarise
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.changes import Change, Wanted, position
from newsdiff_crawler.store.queries import ArticleFacts, Records, VersionFacts
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.access import LARGEST, Id, ReadRecords, ShownArticle, page
from newsdiff_crawler.web.listing import Listing, token
from newsdiff_crawler.web.sidebyside import stretches

PAGE_SIZE = 30
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
        changes=[(change, _headlines(change)) for change in listed],
        listing=listing,
        feed_query=listing.query(period="", order="time", show="", before=""),
        sources=sources,
        minor_count=_minor_count(opened, listed, wanted),
        older=token(position(listed[-1], wanted)) if more else "",
    )


@router.get("/articles/{article_id}")
def article(request: Request, opened: ReadRecords, article: ShownArticle) -> Response:
    """Everything known of one article: its facts, its versions, what each of them changed."""
    return page(
        request,
        "article.html",
        article=article,
        **_facts(article),
        versions=opened.versions(article.id),
        changes={change.to_version: change for change in opened.changes.of(article.id)},
        events=opened.events(article.id),
    )


@router.get("/articles/{article_id}/versions/{number}")
def version(request: Request, opened: ReadRecords, article: ShownArticle, number: Id) -> Response:
    """The text as it stood."""
    versions = opened.versions(article.id)
    return page(
        request,
        "version.html",
        article=article,
        **_facts(article),
        versions=versions,
        version=_one(versions, number),
        blocks=opened.blocks(article.id, number),
    )


@router.get("/articles/{article_id}/diff")
def choose(
    request: Request,
    article: ShownArticle,
    a: Annotated[int, Query(ge=1, le=LARGEST)],
    b: Annotated[int, Query(ge=1, le=LARGEST)],
) -> Response:
    """Where the version chooser leads: the older of the two goes left."""
    older, newer = sorted((a, b))
    names = {"article_id": article.id, "older": older, "newer": newer}
    return RedirectResponse(request.url_for("side_by_side", **names), status_code=303)


@router.get("/articles/{article_id}/diff/{older}/{newer}")
def side_by_side(
    request: Request, opened: ReadRecords, article: ShownArticle, older: Id, newer: Id
) -> Response:
    """Two versions, and what differs."""
    versions = opened.versions(article.id)
    diff = compare(opened.blocks(article.id, older), opened.blocks(article.id, newer))
    return page(
        request,
        "diff.html",
        article=article,
        **_facts(article),
        versions=versions,
        older=_one(versions, older),
        newer=_one(versions, newer),
        stretches=stretches(diff),
        summary=summarise(diff),
        change=next((c for c in opened.changes.of(article.id) if _is(c, older, newer)), None),
    )


def _facts(article: ArticleFacts) -> dict[str, Any]:
    return {
        "not_again": wording.not_checked_because(article),
        "overdue": wording.is_overdue(article, utc_now()),
    }


def _headlines(change: Change) -> Diff:
    before, after = (Block("headline", text) for text in (change.from_title, change.to_title))
    return compare([before], [after])


def _one(versions: list[VersionFacts], number: int) -> VersionFacts:
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


def _is(change: Change, older: int, newer: int) -> bool:
    return (change.from_version, change.to_version) == (older, newer)


def _minor_count(opened: Records, listed: list[Change], wanted: Wanted) -> int:
    """How many changes the list leaves out, in the time that it covers."""
    if wanted.everything or not listed:
        return 0
    times = [change.to_at for change in listed]
    return opened.changes.minor_count(wanted.source, min(times), max(times))
