"""The search page: everything ever published, and what was taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, Field

from newsdiff_crawler.store.reading.search import MOST_FOUND, SearchHit, SearchQuery, Where
from newsdiff_crawler.store.reading.search_terms import marked, parse
from newsdiff_crawler.web.access import ReadRecords, page, render, source_title
from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.excerpts import excerpt
from newsdiff_crawler.web.feed_formats import FeedItem, FormatName
from newsdiff_crawler.web.feeds import LENGTH, answer, stable_id
from newsdiff_crawler.web.rendering import harmless

PAGE_SIZE = 20

router = APIRouter(include_in_schema=False)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc).date()


Day = Annotated[date, BeforeValidator(_day)]


class SearchForm(BaseModel):
    """The query of a search. ``from`` and ``to`` are days, both included."""

    q: str = Field(default="", max_length=200)
    where: Where = Field(default="all", alias="in")
    source: str = Field(default="", max_length=100)
    since: Day | Literal[""] = Field(default="", alias="from")
    until: Day | Literal[""] = Field(default="", alias="to")
    page: int = Field(default=1, ge=1, le=MOST_FOUND // PAGE_SIZE)

    def question(self) -> SearchQuery:
        """The same for the record."""
        after = self.until + timedelta(days=1) if self.until and self.until < date.max else ""
        since, until = (str(day) for day in (self.since, after))
        return SearchQuery(self.q, self.where, self.source, since, until)

    def start(self) -> int:
        """The place of the first passage of this page; 0 is the best one's."""
        return (self.page - 1) * PAGE_SIZE

    def query(self, **changes: object) -> str:
        """The same search with something set otherwise, as the query of an address."""
        told = {**self.model_dump(mode="json", by_alias=True), **changes}
        return "?" + urlencode({name: value for name, value in told.items() if value})


@router.get("/search.{kind}")
def search_feed(
    request: Request, opened: ReadRecords, kind: FormatName, asked: Annotated[SearchForm, Query()]
) -> Response:
    """What answers the question, the newest first, as it comes in or is taken out."""
    question = replace(asked.question(), newest_first=True)
    found = opened.search.find(question, LENGTH).found
    page = address_of(request, "search") + asked.query()
    title = f"{'Taken out' if asked.where == 'removed' else 'Search'}: {harmless(asked.q)}"
    entries = [_entry(request, one, question) for one in found]
    return answer(request, kind, title, page, entries)


@router.get("/search")
def search(
    request: Request, opened: ReadRecords, asked: Annotated[SearchForm, Query()]
) -> Response:
    """The question, and what answers it."""
    sources = opened.sources()
    if asked.source and asked.source not in sources:
        raise HTTPException(404)
    findings = opened.search.find(asked.question(), PAGE_SIZE, asked.start())
    count = findings.count
    terms = parse(asked.q)
    return page(
        request,
        "search.html",
        asked=asked,
        sources=sources,
        first=asked.start() + 1,
        count=count,
        is_cut=count == MOST_FOUND,
        is_whole=findings.is_whole,
        results=[(one, excerpt(marked(one.text, terms))) for one in findings.found],
        more=count > asked.page * PAGE_SIZE,
    )


def _entry(request: Request, found: SearchHit, question: SearchQuery) -> FeedItem:
    removed = question.where == "removed"
    at = (removed and found.went_at) or found.came_at
    text, terms = harmless(found.text), parse(question.query)
    return FeedItem(
        id=stable_id(found.url, found.kind, found.text, at),
        title=harmless(found.title),
        address=_address(request, found, removed),
        at=at,
        author=source_title(request, found.source),
        summary=text,
        html=lambda: render(request, "found.html", stretches=marked(text, terms), removed=removed),
        labels=[],
    )


def _address(request: Request, found: SearchHit, removed: bool) -> str:
    """Where the passage was taken out or put in; the first version if it was there from it."""
    older = found.last_version if removed else found.first_version - 1
    if not older:
        return address_of(request, "version", article_id=found.article_id, number=1)
    numbers = {"older": older, "newer": older + 1}
    return address_of(request, "side_by_side", article_id=found.article_id, **numbers)
