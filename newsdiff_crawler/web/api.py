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

from newsdiff_crawler.diff import DetailedSummary, Row, summarise_in_detail
from newsdiff_crawler.items import Block, Publisher
from newsdiff_crawler.store import DatabaseError, StoreError, TooLongError
from newsdiff_crawler.store.reading.changes import Change, position
from newsdiff_crawler.store.reading.places import OtherText, StatedAddress, StoryAddress
from newsdiff_crawler.store.reading.records import ArticleFacts, Event, VersionFacts
from newsdiff_crawler.store.reading.search import TO_SHORTEN, TOO_LONG, SearchHit
from newsdiff_crawler.store.reading.source_boilerplate import MOST_TEXTS, BoilerplateText
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.urls import spellings
from newsdiff_crawler.web import heavy
from newsdiff_crawler.web.comparison import compared_blocks
from newsdiff_crawler.web.dependencies import MAX_INTEGER, Id, ReadRecords, shown_article
from newsdiff_crawler.web.http_caching import VERSION_CACHING
from newsdiff_crawler.web.list_query import PeriodQuery, token
from newsdiff_crawler.web.redirects import MergedArticleError, redirect_to_successor
from newsdiff_crawler.web.rendering import source_title
from newsdiff_crawler.web.search import PAGE_SIZE, SearchForm

T = TypeVar("T")

router = APIRouter()

_PROBLEMS: dict[int | str, str] = {
    400: "The search takes too long",
    404: "There is no such source, article, version or page",
    422: "A parameter has a value that is not allowed",
    451: "The article was taken down",
    503: "The record cannot be read right now, or the answer is too much work",
}

Limit = Annotated[int, Query(ge=1, le=200, description="how many items to a page")]
FromId = Annotated[int, Query(ge=0, le=MAX_INTEGER, description="`next` of the previous page")]


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """A part of a list. ``next``: the parameter for the next part; null at the end."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class SourceFacts:
    """A publisher. ``name``: as in addresses; ``title``: as people call it."""

    name: str
    title: str
    country: str = ""
    language: str = ""


@dataclass(frozen=True)
class ArticleHistory:
    """An article, its versions, the oldest first, and its events, the latest first. ``addresses``:
    those that led to it, the one that answered last first. ``stated_addresses``: those that are
    only said to be its, and have not shown its story."""

    article: ArticleFacts
    versions: list[VersionFacts]
    events: list[Event]
    addresses: list[StoryAddress]
    stated_addresses: list[StatedAddress]


@dataclass(frozen=True)
class VersionText:
    """A version and its text, block by block in reading order. ``boilerplate``: places of the
    blocks, from 0, that are set beside several stories of the source."""

    version: VersionFacts
    blocks: list[Block]
    boilerplate: list[int]


@dataclass(frozen=True)
class Comparison:
    """Two versions of an article. Joined, the texts of all `before` spans are the older version."""

    article_id: int
    before: VersionFacts
    after: VersionFacts
    summary: DetailedSummary
    rows: tuple[Row, ...]


@router.get("/sources")
async def list_sources(request: Request, records: ReadRecords) -> list[SourceFacts]:
    """All sources."""
    known = records.publishers.all()
    facts = ((name, known.get(name) or Publisher(name, "")) for name in records.sources())
    return [
        SourceFacts(name, source_title(request, name), each.country, each.language)
        for name, each in facts
    ]


@router.get("/articles")
async def list_articles(
    records: ReadRecords,
    source: Annotated[str, Query(max_length=100)] = "",
    after: FromId = 0,
    limit: Limit = 50,
) -> ListPage[ArticleFacts]:
    """Articles of one source or of all, the first seen first. `next` is the parameter `after`."""
    articles = records.articles(source, after, limit + 1)
    has_more = len(articles) > limit
    return ListPage(articles[:limit], str(articles[limit - 1].id) if has_more else None)


@router.get("/articles/{article_id}")
async def get_article(records: ReadRecords, article_id: Id) -> ArticleHistory:
    """An article with its versions (the first 1,000: see `versions` for others), events and
    addresses, without texts."""
    article = shown_article(records, article_id)
    return ArticleHistory(
        article,
        records.versions(article.id),
        records.events(article.id),
        records.places.addresses(article.id),
        records.places.stated(article.id),
    )


@router.get("/articles/{article_id}/versions")
async def list_versions(
    records: ReadRecords, article_id: Id, after: FromId = 0, limit: Limit = 50
) -> ListPage[VersionFacts]:
    """An article's versions, the oldest first, without texts. `next` is the parameter `after`."""
    versions = records.versions(shown_article(records, article_id).id, after, limit + 1)
    has_more = len(versions) > limit
    return ListPage(versions[:limit], str(versions[limit - 1].number) if has_more else None)


@router.get("/articles/{article_id}/changes")
async def list_article_changes(
    records: ReadRecords,
    article_id: Id,
    before: Annotated[
        int, Query(ge=1, le=MAX_INTEGER, description="a version's number")
    ] = MAX_INTEGER,
) -> list[Change]:
    """What each version of an article changed, the latest first, minor changes too: the last
    1,000, or those `before` a version."""
    return records.changes.of(shown_article(records, article_id).id, before)


@router.get("/articles/{article_id}/other_texts")
def list_other_texts(records: ReadRecords, article_id: Id) -> list[OtherText]:
    """Texts that stood at an article's address and are not held to be its story, the latest
    first."""
    return records.places.other_texts(shown_article(records, article_id).id)


@router.get("/articles/{article_id}/versions/{number}")
async def get_version(
    request: Request, response: Response, records: ReadRecords, article_id: Id, number: Id
) -> VersionText:
    """A version with its text."""
    response.headers.update(VERSION_CACHING)
    article = shown_article(records, article_id)
    version = _version(records, article, number)
    heavy.check(request, records.size(article.id, number), heavy.MOST_SHOWN)
    blocks = records.blocks(article.id, number)
    quiet = records.boilerplate.among(article.source, blocks)
    places = [place for place, block in enumerate(blocks) if block in quiet]
    return VersionText(version, blocks, places)


@router.get("/articles/{article_id}/diff/{older}/{newer}")
async def get_diff(
    request: Request,
    response: Response,
    records: ReadRecords,
    article_id: Id,
    older: Id,
    newer: Id,
) -> Comparison:
    """What differs between two versions, row by row."""
    response.headers.update(VERSION_CACHING)
    article = shown_article(records, article_id)
    before, after = (_version(records, article, number) for number in (older, newer))
    most = heavy.MOST_IN_DETAIL
    diff = compared_blocks(request, records, article.id, older, newer, most)
    return Comparison(article.id, before, after, summarise_in_detail(diff), diff.rows)


@router.get("/changes")
async def list_changes(
    records: ReadRecords, list_query: Annotated[PeriodQuery, Query()], limit: Limit = 50
) -> ListPage[Change]:
    """The latest changes, with the filters of the front page; `from` and `to`, each a day or a time
    in UTC, are included. `next` is the parameter `before`: it leads on until there are no more."""
    change_filter = list_query.change_filter(utc_now(), records)
    changes = records.changes.latest(change_filter, list_query.position(), limit + 1)
    has_more = len(changes) > limit
    listed = changes[:limit]
    return ListPage(listed, token(position(listed[-1], change_filter)) if has_more else None)


@router.get("/boilerplate")
async def list_boilerplate(
    records: ReadRecords,
    source: Annotated[str, Query(max_length=100)],
    limit: Limit = MOST_TEXTS,
) -> list[BoilerplateText]:
    """Texts that a source sets beside its stories, those of the most articles first."""
    return records.boilerplate.of(source, limit)


@router.get("/lookup")
async def find_article(
    records: ReadRecords, url: Annotated[str, Query(min_length=1, max_length=2000)]
) -> ArticleFacts:
    """The article that has or had a URL."""
    article_id = records.find(spellings(url))
    if article_id is None:
        raise HTTPException(404)
    return shown_article(records, article_id)


@router.get("/search")
def search(records: ReadRecords, form: Annotated[SearchForm, Query()]) -> list[SearchHit]:
    """Passages with all the words, the best first: 20 on each `page`, at most 200 in all."""
    return records.search.find(form.search_query(), PAGE_SIZE, form.start()).hits


def create_api() -> FastAPI:
    """The API as an application of its own. The site mounts it, and shares its state with it."""
    api = FastAPI(
        title="Newsdiff",
        version="1",
        description="What the news changed after it was published. Times are UTC, ISO 8601.",
        docs_url=None,
        redoc_url=None,
        responses={
            301: {"description": "The article was merged into another one"},
            **{status: _problem_schema(text) for status, text in _PROBLEMS.items()},
        },
    )
    api.include_router(router)
    api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])
    _handle_errors(api)
    return api


def _version(records: ReadRecords, article: ArticleFacts, number: int) -> VersionFacts:
    version = records.version(article.id, number)
    if version is None:
        raise HTTPException(404)
    return version


def _handle_errors(api: FastAPI) -> None:
    def unreadable(_: Request, error: Exception) -> Response:
        return problem(503, error.public if isinstance(error, StoreError) else str(error))

    def invalid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        return problem(422, "; ".join(faults))

    def http_error(_: Request, error: Exception) -> Response:
        assert isinstance(error, AnyHTTPException)
        return problem(error.status_code, headers=error.headers)

    def too_long(_: Request, __: Exception) -> Response:
        return problem(400, f"{TOO_LONG}. {TO_SHORTEN}")

    async def too_much(request: Request, error: Exception) -> Response:
        try:
            return await heavy.answer_by_helper(request, error)
        except heavy.TooHeavyError as refusal:
            return problem(503, refusal.public)
        except heavy.BusyError as refusal:
            return problem(503, refusal.public, {"Retry-After": "60"})

    api.add_exception_handler(heavy.HeavyError, too_much)
    api.add_exception_handler(MergedArticleError, redirect_to_successor)
    api.add_exception_handler(StoreError, unreadable)
    api.add_exception_handler(TooLongError, too_long)
    api.add_exception_handler(DatabaseError, unreadable)
    api.add_exception_handler(RequestValidationError, invalid)
    api.add_exception_handler(AnyHTTPException, http_error)


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """An error as ``application/problem+json`` (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def _problem_schema(text: str) -> dict[str, Any]:
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
