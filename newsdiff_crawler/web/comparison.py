"""Two versions of an article: side by side, in one column, as JSON, patch and social card."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from markupsafe import Markup

from newsdiff_crawler.diff import ChangeSummary, Diff, compare, summarise, summarise_in_detail
from newsdiff_crawler.diff.render import as_json, as_patch
from newsdiff_crawler.diff.shown import shown_pieces
from newsdiff_crawler.items import Block
from newsdiff_crawler.social_card import draw
from newsdiff_crawler.store.reading.records import ArticleFacts, Records, VersionFacts
from newsdiff_crawler.store.reading.steps import Step, step_from, step_to
from newsdiff_crawler.store.reading.texts import OF_BLOCK
from newsdiff_crawler.times import readable_time, utc_now
from newsdiff_crawler.web import heavy
from newsdiff_crawler.web.addresses import address_of, path_of
from newsdiff_crawler.web.cache import LRUCache
from newsdiff_crawler.web.dependencies import (
    MAX_INTEGER,
    Id,
    ReadRecords,
    shown_article,
    version_in,
    versions_near,
)
from newsdiff_crawler.web.diff_rows import row_groups
from newsdiff_crawler.web.http_caching import PAGE_CACHING, VERSION_CACHING
from newsdiff_crawler.web.rendering import harmless, next_check, page, render, source_title
from newsdiff_crawler.web.wording import is_overdue

CACHE_SIZE = 24  # MB; a diff takes about 100 kB
PAGE_CACHE_SIZE = 12  # MB; a page takes about 30 kB
_OF_CHARACTER = 16  # bytes that a diff takes, for each of both texts

router = APIRouter(include_in_schema=False)


Compared = tuple[Diff, ChangeSummary]


class VersionPair(NamedTuple):
    """Two versions of an article, compared, and the list of all its versions. ``key`` names the
    two in the caches: it is the same whatever ids the record gives."""

    article: ArticleFacts
    versions: list[VersionFacts]
    older: VersionFacts
    newer: VersionFacts
    key: tuple[object, ...]
    diff: Diff
    summary: ChangeSummary


async def version_pair(
    request: Request, records: ReadRecords, article_id: Id, older: Id, newer: Id
) -> VersionPair:
    """The two versions of an address. Raises HTTPException, 404, if one is missing."""
    article = shown_article(records, article_id)
    versions = versions_near(records, article, older, newer)
    before, after = version_in(versions, older), version_in(versions, newer)
    key = (article.url, older, before.fetched_at, newer, after.fetched_at)
    cache: LRUCache[object, Compared] = request.app.state.diffs
    diff, summary = cache.get(key, lambda: _compare(request, records, article.id, older, newer))
    return VersionPair(article, versions, before, after, key, diff, summary)


def _compare(
    request: Request, records: Records, article_id: int, older: int, newer: int
) -> Compared:
    diff = compared_blocks(request, records, article_id, older, newer)
    return diff, summarise(diff)


def compared_blocks(
    request: Request,
    records: Records,
    article_id: int,
    older: int,
    newer: int,
    most: int = heavy.MOST_COMPARED,
) -> Diff:
    """The texts of two versions, compared. Raises HeavyError where they are longer than ``most``
    and this is not the helper."""
    heavy.check(request, records.size(article_id, older, newer), most)
    return compare(records.blocks(article_id, older), records.blocks(article_id, newer))


def size_of_diff(compared: Compared) -> int:
    """The bytes that a diff takes with its summary, more or less."""
    return _OF_CHARACTER * _length(compared[0])


def _length(diff: Diff) -> int:
    """Characters of both texts; a block counts for some more."""
    return sum(len(block.text) + OF_BLOCK for block in diff.before() + diff.after())


ComparedVersions = Annotated[VersionPair, Depends(version_pair)]


@router.get("/articles/{article_id}/diff")
async def choose(
    request: Request,
    records: ReadRecords,
    article_id: Id,
    a: Annotated[int, Query(ge=1, le=MAX_INTEGER)],
    b: Annotated[int, Query(ge=1, le=MAX_INTEGER)],
) -> Response:
    """Redirects from the form that chooses two versions to their comparison, the older one first,
    or to the version if both are the same."""
    article = shown_article(records, article_id)
    older, newer = sorted((a, b))
    if older == newer:
        address = path_of(request, "version", article_id=article.id, number=newer)
    else:
        address = path_of(request, "side_by_side", article_id=article.id, older=older, newer=newer)
    return RedirectResponse(address, status_code=303)


@router.get("/articles/{article_id}/diff/{older}/{newer}.json")
async def diff_json(request: Request, pair: ComparedVersions) -> Response:
    """The rows of the diff and its summary."""
    heavy.check(request, _length(pair.diff), heavy.MOST_IN_DETAIL)
    text = as_json(pair.diff, summarise_in_detail(pair.diff))
    return Response(text, media_type="application/json", headers=VERSION_CACHING)


@router.get("/articles/{article_id}/diff/{older}/{newer}.patch")
async def diff_patch(pair: ComparedVersions) -> Response:
    """The diff in unified format, a block a line."""
    versions = pair.older, pair.newer
    names = [f"version {version.number}\t{version.fetched_at}" for version in versions]
    return PlainTextResponse(as_patch(pair.diff, *names), headers=VERSION_CACHING)


@router.get("/articles/{article_id}/diff/{older}/{newer}.png")
def social_card(request: Request, pair: ComparedVersions) -> Response:
    """The picture that social networks show beside a link to the comparison: its first change."""
    source, at = source_title(request, pair.article.source), pair.newer.fetched_at
    pieces = [
        piece._replace(before=harmless(piece.before), after=harmless(piece.after))
        for piece in shown_pieces(pair.diff)
    ]
    head, foot = f"{source} · {readable_time(at)}", harmless(pair.summary.sentence)
    return Response(draw(head, pieces, foot), media_type="image/png", headers=VERSION_CACHING)


@router.get("/articles/{article_id}/diff/{older}/{newer}")
async def side_by_side(
    request: Request,
    records: ReadRecords,
    pair: ComparedVersions,
    view: Annotated[Literal["", "columns", "inline"], Query()] = "",
) -> Response:
    """Two versions, and what differs. ``view``: in columns or in one column; empty: by the width
    of the screen."""
    article, older, newer = pair.article, pair.older, pair.newer
    if older.number >= newer.number:
        chosen = path_of(request, "choose", article_id=article.id)
        numbers = f"?a={older.number}&b={newer.number}"
        return RedirectResponse(chosen + numbers, status_code=303)
    card_address = address_of(request, "social_card", **request.path_params)
    steps = step_to(pair.versions, older.number), step_from(pair.versions, newer.number)
    boilerplate = records.boilerplate.among(article.source, _blocks(pair.diff))
    # All that the page depends on. The facts of the article change with each check.
    title = source_title(request, article.source)
    facts = article, title, older, newer, steps, boilerplate, is_overdue(article, utc_now())
    key = (card_address, view, pair.key, *facts)
    cache: LRUCache[object, Response] = request.app.state.diff_pages
    return cache.get(key, lambda: _page(request, records, pair, view, steps, boilerplate))


def _blocks(diff: Diff) -> set[Block]:
    return {side.block for row in diff.rows for side in row.before + row.after}


def _page(
    request: Request,
    records: Records,
    pair: VersionPair,
    view: str,
    steps: tuple[Step | None, Step | None],
    boilerplate: frozenset[Block],
) -> Response:
    article, older, newer = pair.article, pair.older, pair.newer
    is_change = newer.compared_with == older.number
    return page(
        request,
        "diff.html",
        headers=PAGE_CACHING,
        article=article,
        **next_check(article),
        versions=pair.versions,
        older=older,
        newer=newer,
        steps=steps,
        rows=_rows(request, pair.diff, view, boilerplate),
        summary=pair.summary,
        change=records.changes.at(article.id, newer.number) if is_change else None,
        view=view,
        boilerplate=boilerplate,
        social_card=address_of(request, "social_card", **request.path_params),
        is_provable=all(
            records.citations.has_hash(article.id, each.number) for each in (older, newer)
        ),
    )


def _rows(request: Request, diff: Diff, view: str, boilerplate: frozenset[Block]) -> Markup:
    values = {"diff": diff, "groups": row_groups(diff), "view": view, "boilerplate": boilerplate}
    return Markup(render(request, "diff_rows.html", **values))  # noqa: S704 - made by a template
