"""Two versions of an article: side by side, in one column, as JSON, patch and picture."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from markupsafe import Markup

from newsdiff_crawler.diff import ChangeSummary, Diff, compare, summarise, summarise_in_detail
from newsdiff_crawler.diff.render import as_json, as_patch
from newsdiff_crawler.store.reading.records import ArticleFacts, Records, VersionFacts
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.access import (
    LARGEST,
    Id,
    ReadRecords,
    next_check,
    page,
    render,
    shown_article,
    source_title,
    version_in,
)
from newsdiff_crawler.web.addresses import address_of, path_of
from newsdiff_crawler.web.cache import RecentCache
from newsdiff_crawler.web.conditional import LASTING, NEARLY_LASTING
from newsdiff_crawler.web.rendering import harmless
from newsdiff_crawler.web.sidebyside import stretches
from newsdiff_crawler.web.social_card import draw, to_show
from newsdiff_crawler.web.wording import is_overdue, readable_time

CACHE_SIZE = 256  # comparisons, about 100 kB each with their pages

router = APIRouter(include_in_schema=False)


class Pair(NamedTuple):
    """Two versions of an article, the older first, and all that there are. ``key`` is theirs in
    any record: what was made of them once is kept under it."""

    article: ArticleFacts
    versions: list[VersionFacts]
    older: VersionFacts
    newer: VersionFacts
    key: tuple[object, ...]
    diff: Diff
    gist: ChangeSummary


async def pair(request: Request, opened: ReadRecords, article_id: Id, older: Id, newer: Id) -> Pair:
    """The two versions of the address compared; 404 where one is missing."""
    article = shown_article(opened, article_id)
    versions = opened.versions(article.id)
    before, after = version_in(versions, older), version_in(versions, newer)
    key = (article.url, older, before.fetched_at, newer, after.fetched_at)
    kept: RecentCache[object, tuple[Diff, ChangeSummary]] = request.app.state.comparisons
    made = kept.get(key, lambda: _compare(opened, article.id, older, newer))
    return Pair(article, versions, before, after, key, *made)


def _compare(
    opened: Records, article_id: int, older: int, newer: int
) -> tuple[Diff, ChangeSummary]:
    diff = compare(opened.blocks(article_id, older), opened.blocks(article_id, newer))
    return diff, summarise(diff)


ThisPair = Annotated[Pair, Depends(pair)]


@router.get("/articles/{article_id}/diff")
async def choose(
    request: Request,
    opened: ReadRecords,
    article_id: Id,
    a: Annotated[int, Query(ge=1, le=LARGEST)],
    b: Annotated[int, Query(ge=1, le=LARGEST)],
) -> Response:
    """Where the version chooser leads: the older of the two goes left; one alone is shown."""
    article = shown_article(opened, article_id)
    older, newer = sorted((a, b))
    if older == newer:
        address = path_of(request, "version", article_id=article.id, number=newer)
    else:
        address = path_of(request, "side_by_side", article_id=article.id, older=older, newer=newer)
    return RedirectResponse(address, status_code=303)


@router.get("/articles/{article_id}/diff/{older}/{newer}.json")
async def diff_json(these: ThisPair) -> Response:
    """The rows of the diff and its summary."""
    text = as_json(these.diff, summarise_in_detail(these.diff))
    return Response(text, media_type="application/json", headers=LASTING)


@router.get("/articles/{article_id}/diff/{older}/{newer}.patch")
async def diff_patch(these: ThisPair) -> Response:
    """The diff in unified format, a block a line."""
    names = [f"version {one.number}\t{one.fetched_at}" for one in (these.older, these.newer)]
    return PlainTextResponse(as_patch(these.diff, *names), headers=LASTING)


@router.get("/articles/{article_id}/diff/{older}/{newer}.png")
def social_card(request: Request, these: ThisPair) -> Response:
    """A picture of the first change, to stand for the page where a link to it is shared."""
    source, at = source_title(request, these.article.source), these.newer.fetched_at
    shown = [
        piece._replace(before=harmless(piece.before), after=harmless(piece.after))
        for piece in to_show(these.diff)
    ]
    foot = harmless(these.gist.sentence)
    picture = draw(f"{source} · {readable_time(at)}", shown, foot)
    return Response(picture, media_type="image/png", headers=LASTING)


@router.get("/articles/{article_id}/diff/{older}/{newer}")
async def side_by_side(
    request: Request,
    opened: ReadRecords,
    these: ThisPair,
    view: Annotated[Literal["", "columns", "inline"], Query()] = "",
) -> Response:
    """Two versions, and what differs. ``view``: side by side or in one column whatever the
    width of the screen."""
    article, older, newer = these.article, these.older, these.newer
    if older.number >= newer.number:
        chosen = path_of(request, "choose", article_id=article.id)
        numbers = f"?a={older.number}&b={newer.number}"
        return RedirectResponse(chosen + numbers, status_code=303)
    card = address_of(request, "social_card", **request.path_params)
    # All that the page depends on; the facts of the article change with each check of it.
    key = (card, view, these.key, article, is_overdue(article, utc_now()))
    kept: RecentCache[object, Response] = request.app.state.diff_pages
    return kept.get(key, lambda: _page(request, opened, these, view, card))


def _page(request: Request, opened: Records, these: Pair, view: str, card: str) -> Response:
    article, older, newer = these.article, these.older, these.newer
    neighbours = newer.number == older.number + 1
    return page(
        request,
        "diff.html",
        headers=NEARLY_LASTING,
        article=article,
        **next_check(article),
        versions=these.versions,
        older=older,
        newer=newer,
        rows=_rows(request, these.diff, view),
        summary=these.gist,
        change=opened.changes.at(article.id, newer.number) if neighbours else None,
        view=view,
        card=card,
    )


def _rows(request: Request, diff: Diff, view: str) -> Markup:
    values = {"diff": diff, "stretches": stretches(diff), "view": view}
    return Markup(render(request, "diff_rows.html", **values))  # noqa: S704 - made by a template
