"""The record for programs: JSON under ``/api/v1``, typed, in pages, open to every origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from newsdiff_crawler.diff import DetailedSummary, Row, compare, summarise_in_detail
from newsdiff_crawler.items import Block
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.changes import Change, position
from newsdiff_crawler.store.reading.records import ArticleFacts, Event, VersionFacts
from newsdiff_crawler.store.reading.search import SearchHit
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.urls import spellings
from newsdiff_crawler.web.access import (
    LARGEST,
    Id,
    ReadRecords,
    shown_article,
    source_title,
)
from newsdiff_crawler.web.conditional import LASTING
from newsdiff_crawler.web.listing import Listing, token
from newsdiff_crawler.web.redirects import MergedArticleError, lead_on
from newsdiff_crawler.web.search import PAGE_SIZE, SearchForm

T = TypeVar("T")

router = APIRouter()

_PROBLEMS: dict[int | str, str] = {
    404: "There is no such thing",
    422: "The question is not one that can be answered",
    451: "The article was taken down",
    503: "The record cannot be read right now",
}

Limit = Annotated[int, Query(ge=1, le=200, description="how many items to a page")]
FromId = Annotated[int, Query(ge=0, le=LARGEST, description="`next` of the page before")]


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """Some of a list. ``next``: what to ask on with; null at the end."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class Source:
    """A publisher: its name in addresses, and what people call it."""

    name: str
    title: str


@dataclass(frozen=True)
class ArticleHistory:
    """An article, its versions from the first, and what happened besides, the latest first."""

    article: ArticleFacts
    versions: list[VersionFacts]
    events: list[Event]


@dataclass(frozen=True)
class VersionText:
    """A version and its text, block by block in reading order."""

    version: VersionFacts
    blocks: list[Block]


@dataclass(frozen=True)
class Comparison:
    """Two versions of an article. The texts of all `before` spans are the older one."""

    article_id: int
    before: VersionFacts
    after: VersionFacts
    summary: DetailedSummary
    rows: tuple[Row, ...]


@router.get("/sources")
async def list_sources(request: Request, opened: ReadRecords) -> list[Source]:
    """All sources."""
    return [Source(name, source_title(request, name)) for name in opened.sources()]


@router.get("/articles")
async def list_articles(
    opened: ReadRecords,
    source: Annotated[str, Query(max_length=100)] = "",
    after: FromId = 0,
    limit: Limit = 50,
) -> ListPage[ArticleFacts]:
    """Articles in the order in which they were first seen, of one source or of all."""
    articles = opened.articles(source, after, limit + 1)
    more = len(articles) > limit
    return ListPage(articles[:limit], str(articles[limit - 1].id) if more else None)


@router.get("/articles/{article_id}")
async def get_article(opened: ReadRecords, article_id: Id) -> ArticleHistory:
    """An article with its versions and events, without their texts."""
    article = shown_article(opened, article_id)
    return ArticleHistory(article, opened.versions(article.id), opened.events(article.id))


@router.get("/articles/{article_id}/changes")
async def list_article_changes(opened: ReadRecords, article_id: Id) -> list[Change]:
    """What each version of an article changed, the latest first."""
    return opened.changes.of(shown_article(opened, article_id).id)


@router.get("/articles/{article_id}/versions/{number}")
async def get_version(
    response: Response, opened: ReadRecords, article_id: Id, number: Id
) -> VersionText:
    """The text as it stood."""
    response.headers.update(LASTING)
    article = shown_article(opened, article_id)
    return VersionText(_version(opened, article, number), opened.blocks(article.id, number))


@router.get("/articles/{article_id}/diff/{older}/{newer}")
async def get_diff(
    response: Response, opened: ReadRecords, article_id: Id, older: Id, newer: Id
) -> Comparison:
    """What differs between two versions, row by row."""
    response.headers.update(LASTING)
    article = shown_article(opened, article_id)
    before, after = (_version(opened, article, number) for number in (older, newer))
    diff = compare(opened.blocks(article.id, older), opened.blocks(article.id, newer))
    return Comparison(article.id, before, after, summarise_in_detail(diff), diff.rows)


@router.get("/changes")
async def list_changes(
    opened: ReadRecords, listing: Annotated[Listing, Query()], limit: Limit = 50
) -> ListPage[Change]:
    """The latest changes, filtered as on the front page; `next` goes into `before`."""
    wanted = listing.wanted(utc_now())
    changes = opened.changes.latest(wanted, listing.position(), limit + 1)
    more = len(changes) > limit
    listed = changes[:limit]
    return ListPage(listed, token(position(listed[-1], wanted)) if more else None)


@router.get("/lookup")
async def look_up(
    opened: ReadRecords, url: Annotated[str, Query(min_length=1, max_length=2000)]
) -> ArticleFacts:
    """The article that a URL ever led to."""
    article_id = opened.find(spellings(url))
    if article_id is None:
        raise HTTPException(404)
    return shown_article(opened, article_id)


@router.get("/search")
def search(opened: ReadRecords, asked: Annotated[SearchForm, Query()]) -> list[SearchHit]:
    """Passages with all the words, the best first, twenty to a `page`, at most 200 in all."""
    return opened.search.find(asked.question(), PAGE_SIZE, asked.start()).found


def create_api() -> FastAPI:
    """The API as an application of its own, to be mounted by the site, whose state it shares."""
    api = FastAPI(
        title="Newsdiff",
        version="1",
        description="What the news changed after it was published. Times are UTC, ISO 8601.",
        docs_url=None,
        redoc_url=None,
        responses={
            301: {"description": "The article is part of another one by now"},
            **{status: _described(text) for status, text in _PROBLEMS.items()},
        },
    )
    api.include_router(router)
    api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])
    _handle_errors(api)
    return api


def _version(opened: ReadRecords, article: ArticleFacts, number: int) -> VersionFacts:
    version = opened.version(article.id, number)
    if version is None:
        raise HTTPException(404)
    return version


def _handle_errors(api: FastAPI) -> None:
    def unreadable(_: Request, error: Exception) -> Response:
        return problem(503, str(error))

    def invalid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = [f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}" for wrong in error.errors()]
        return problem(422, "; ".join(told))

    def http_error(_: Request, error: Exception) -> Response:
        assert isinstance(error, AnyHTTPException)
        return problem(error.status_code, headers=error.headers)

    api.add_exception_handler(MergedArticleError, lead_on)
    api.add_exception_handler(StoreError, unreadable)
    api.add_exception_handler(DatabaseError, unreadable)
    api.add_exception_handler(RequestValidationError, invalid)
    api.add_exception_handler(AnyHTTPException, http_error)


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """An error as RFC 9457 has it."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        told["detail"] = detail
    return JSONResponse(told, status, headers, media_type="application/problem+json")


def _described(text: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        },
    }
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}
