"""The search page and its feeds: everything ever published, and what was removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, Field

from newsdiff_crawler.store.reading.search import MOST_FOUND, SearchHit, SearchQuery, Where
from newsdiff_crawler.store.reading.search_terms import marked, parse_query
from newsdiff_crawler.web import watch_table
from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.dependencies import ReadRecords
from newsdiff_crawler.web.excerpts import excerpt
from newsdiff_crawler.web.feed_formats import FeedItem, FormatName
from newsdiff_crawler.web.feeds import MOST, Length, feed_response, items_of, stable_id
from newsdiff_crawler.web.rendering import harmless, page, render, source_title

PAGE_SIZE = 20

router = APIRouter(include_in_schema=False)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc).date()


Day = Annotated[date, BeforeValidator(_day)]


class SearchForm(BaseModel):
    """The parameters in the address of a search. ``from`` and ``to`` are days, both included."""

    q: str = Field(default="", max_length=200)
    where: Where = Field(default="all", alias="in")
    source: str = Field(default="", max_length=100)
    since: Day | Literal[""] = Field(default="", alias="from")
    until: Day | Literal[""] = Field(default="", alias="to")
    page: int = Field(default=1, ge=1, le=MOST_FOUND // PAGE_SIZE)

    def search_query(self) -> SearchQuery:
        """The same for the record."""
        after = self.until + timedelta(days=1) if self.until and self.until < date.max else ""
        since, until = (str(day) for day in (self.since, after))
        return SearchQuery(self.q, self.where, self.source, since, until)

    def start(self) -> int:
        """The place of this page's first hit; 0 is the best one."""
        return (self.page - 1) * PAGE_SIZE

    def query_string(self, **changes: object) -> str:
        """The query of the same search with some parameters changed: ``?q=ferry&page=2``."""
        parameters = {**self.model_dump(mode="json", by_alias=True), **changes}
        return "?" + urlencode({name: value for name, value in parameters.items() if value})


class SearchFeed(SearchForm):
    """Those of its feed, and how many items that is to have."""

    limit: Length = None


@router.get("/search.{kind}")
def search_feed(
    request: Request, records: ReadRecords, kind: FormatName, form: Annotated[SearchFeed, Query()]
) -> Response:
    """The hits of a search, the last added or removed first."""
    query = replace(form.search_query(), newest_first=True)
    found = records.search.find(query, form.limit or MOST).hits
    hits = items_of(found, lambda hit: _at(hit, query), form.limit)
    own = address_of(request, "search_feed", kind=kind) + form.query_string()
    page = address_of(request, "search") + form.query_string(limit=None)
    title = f"{'Removed' if form.where == 'removed' else 'Search'}: {harmless(form.q)}"
    items = [_item(request, hit, query) for hit in hits]
    return feed_response(request, records, kind, title, (own, page), items)


@router.get("/search")
def search(
    request: Request, records: ReadRecords, form: Annotated[SearchForm, Query()]
) -> Response:
    """The form, and the hits of its search."""
    sources = records.sources()
    if form.source and form.source not in sources:
        raise HTTPException(404)
    result = records.search.find(form.search_query(), PAGE_SIZE, form.start())
    terms = parse_query(form.q)
    return page(
        request,
        "search.html",
        form=form,
        watch_table=watch_table.of_search(form.search_query()),
        sources=sources,
        first=form.start() + 1,
        count=result.count,
        is_cut=result.count == MOST_FOUND,
        is_whole=result.is_whole,
        results=[(hit, excerpt(marked(hit.text, terms))) for hit in result.hits],
        has_more=result.count > form.page * PAGE_SIZE,
    )


def _item(request: Request, hit: SearchHit, query: SearchQuery) -> FeedItem:
    removed = query.where == "removed"
    at = _at(hit, query)
    text, terms = harmless(hit.text), parse_query(query.text)
    return FeedItem(
        id=stable_id(hit.url, hit.kind, hit.text, at),
        title=harmless(f"{source_title(request, hit.source)}: {hit.title}"),
        address=_address(request, hit, removed),
        at=at,
        author=source_title(request, hit.source),
        summary=text,
        html=lambda: render(request, "feed_hit.html", passage=marked(text, terms), removed=removed),
        labels=[],
    )


def _at(hit: SearchHit, query: SearchQuery) -> str:
    """When the passage came, or went where that is searched for."""
    return (query.where == "removed" and hit.went_at) or hit.came_at


def _address(request: Request, hit: SearchHit, removed: bool) -> str:
    """The comparison where the passage was removed or added; the first version if it was there from
    the start."""
    older = hit.went_after if removed else hit.came_after
    newer = hit.went_in if removed else hit.first_version
    if not older:
        return address_of(request, "version", article_id=hit.article_id, number=hit.first_version)
    numbers = {"older": older, "newer": newer}
    return address_of(request, "side_by_side", article_id=hit.article_id, **numbers)
