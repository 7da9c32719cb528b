"""The pages: latest changes, an article's history, a version, two versions side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from newsdiff_crawler.diff import Diff, compare, summarise
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.queries import (
    ArticleFacts,
    ChangeFacts,
    Position,
    Records,
    VersionFacts,
)
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.sidebyside import stretches

PAGE_SIZE = 30
_LARGEST = 2**63 - 1  # SQLite's

router = APIRouter()


def records(request: Request) -> Iterator[Records]:
    """The database, open for as long as one request takes."""
    with Records.open(request.app.state.database) as opened:
        yield opened


ReadRecords = Annotated[Records, Depends(records)]
Id = Annotated[int, Path(ge=1, le=_LARGEST)]


def shown_article(article_id: Id, opened: ReadRecords) -> ArticleFacts:
    """The article of the address; 451 where it was taken down, 404 where there is none."""
    article = opened.article(article_id)
    if article is None:
        raise HTTPException(451 if opened.is_hidden(article_id) else 404)
    return article


ShownArticle = Annotated[ArticleFacts, Depends(shown_article)]


@router.get("/")
def latest(
    request: Request,
    opened: ReadRecords,
    show: Annotated[str, Query(pattern="^(all)?$")] = "",
    before: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """What changed last, in all articles."""
    changes = opened.latest(everything=show == "all", before=_position(before), limit=PAGE_SIZE + 1)
    more = len(changes) > PAGE_SIZE
    listed = changes[:PAGE_SIZE]
    return _page(
        request,
        "latest.html",
        changes=[(change, _headlines(change)) for change in listed],
        everything=show == "all",
        older=_token(listed[-1].position) if more else "",
        first_page=not before,
    )


@router.get("/articles/{article_id}")
def article(request: Request, opened: ReadRecords, article: ShownArticle) -> Response:
    """Everything known of one article: its facts, its versions, what each of them changed."""
    return _page(
        request,
        "article.html",
        article=article,
        **_facts(article),
        versions=opened.versions(article.id),
        changes={change.to_version: change for change in opened.changes(article.id)},
        events=opened.events(article.id),
    )


@router.get("/articles/{article_id}/versions/{number}")
def version(request: Request, opened: ReadRecords, article: ShownArticle, number: Id) -> Response:
    """The text as it stood."""
    versions = opened.versions(article.id)
    return _page(
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
    a: Annotated[int, Query(ge=1, le=_LARGEST)],
    b: Annotated[int, Query(ge=1, le=_LARGEST)],
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
    return _page(
        request,
        "diff.html",
        article=article,
        **_facts(article),
        versions=versions,
        older=_one(versions, older),
        newer=_one(versions, newer),
        stretches=stretches(diff),
        summary=summarise(diff),
        change=next((c for c in opened.changes(article.id) if _is(c, older, newer)), None),
    )


def for_template(request: Request) -> dict[str, Any]:
    """What every template needs: the site's own addresses, below the proxy's prefix if any."""
    scope = request.scope
    prefix = scope.get("app_root_path", scope.get("root_path", ""))
    return {"url": lambda name, **parts: prefix + request.app.url_path_for(name, **parts)}


def _page(request: Request, template: str, **values: Any) -> Response:
    found = request.app.state.templates.get_template(template)
    return HTMLResponse(found.render(for_template(request), **values))


def _facts(article: ArticleFacts) -> dict[str, Any]:
    return {
        "not_again": wording.not_checked_because(article),
        "overdue": wording.is_overdue(article, utc_now()),
    }


def _headlines(change: ChangeFacts) -> Diff:
    before, after = (Block("headline", text) for text in (change.from_title, change.to_title))
    return compare([before], [after])


def _one(versions: list[VersionFacts], number: int) -> VersionFacts:
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


def _is(change: ChangeFacts, older: int, newer: int) -> bool:
    return (change.from_version, change.to_version) == (older, newer)


def _token(position: Position) -> str:
    return f"{position.at}.{position.article_id}.{position.number}"


def _position(token: str) -> Position | None:
    """The inverse of `_token`; None for an empty one. Raises HTTPException (404) for another."""
    if not token:
        return None
    at, _, rest = token.partition(".")
    article_id, _, number = rest.partition(".")
    if not (
        article_id.isascii() and article_id.isdigit() and number.isascii() and number.isdigit()
    ):
        raise HTTPException(404)
    return Position(at, min(int(article_id), _LARGEST), min(int(number), _LARGEST))
