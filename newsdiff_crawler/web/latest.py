"""The front page: the latest changes, or the largest, with filters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from newsdiff_crawler.places import country_name, language_name
from newsdiff_crawler.store.reading.changes import Change, ChangeFilter, position
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web import watch_table
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.cache import LRUCache
from newsdiff_crawler.web.change_item import change_item
from newsdiff_crawler.web.dependencies import ReadRecords
from newsdiff_crawler.web.list_query import ListQuery, token
from newsdiff_crawler.web.publishers import countries_of, languages_of
from newsdiff_crawler.web.rendering import page, source_title
from newsdiff_crawler.web.standing import standing
from newsdiff_crawler.web.wording import LABELS

PAGE_SIZE = 30
CACHE_SIZE = 4  # MB; a page takes about 40 kB
_END_OF_TIME = "9999"  # later than any time

router = APIRouter(include_in_schema=False)


@router.get("/")
async def latest(
    request: Request, records: ReadRecords, list_query: Annotated[ListQuery, Query()]
) -> Response:
    """A list of changes. It is made once a second, however many ask, and again when an article was
    taken down or is shown again."""
    cache: LRUCache[object, Response] = request.app.state.latest_pages
    here = path_of(request, "latest") + list_query.query_string()
    key = (here, records.last_takedown(), int(request.app.state.clock()))
    return cache.get(key, lambda: _page(request, records, list_query))


def _page(request: Request, records: Records, list_query: ListQuery) -> Response:
    sources = records.sources()
    if list_query.source and list_query.source not in sources:
        raise HTTPException(404)
    publishers = records.publishers.all()
    change_filter = list_query.change_filter(utc_now(), records)
    changes = records.changes.latest(change_filter, list_query.position(), PAGE_SIZE + 1)
    listed = changes[:PAGE_SIZE]
    has_more = len(changes) > PAGE_SIZE
    return page(
        request,
        "latest.html",
        heading=_heading(request, list_query),
        items=[change_item(request, change, "latest_item.html") for change in listed],
        list_query=list_query,
        feed_query=list_query.query_string(period="", order="time", show="", before=""),
        watch_table=watch_table.of_changes(change_filter),
        sources=sources,
        countries=countries_of(publishers),
        languages=languages_of(publishers),
        minor_count=_minor_count(
            records, list_query, change_filter, listed[-1] if has_more else None
        ),
        standing=standing(request, records),
        older=token(position(listed[-1], change_filter)) if has_more else "",
    )


def _heading(request: Request, list_query: ListQuery) -> str:
    """What is listed: ``Latest changes in BBC News: Figures``."""
    heading = "Largest changes" if list_query.order == "size" else "Latest changes"
    heading += f" in {source_title(request, list_query.source)}" if list_query.source else ""
    names = country_name(list_query.country), language_name(list_query.language)
    place = ", ".join(filter(None, names))
    heading += f" ({place})" if place else ""
    return heading + (f": {LABELS[list_query.label]}" if list_query.label else "")


def _minor_count(
    records: Records, list_query: ListQuery, change_filter: ChangeFilter, last: Change | None
) -> int:
    """How many changes this page leaves out, or the whole list if it is by size. ``last``: the
    last change on the page, if the list goes on after it."""
    if change_filter.with_minor:
        return 0
    oldest, newest, start = change_filter.since, _END_OF_TIME, list_query.position()
    if not change_filter.largest_first:
        oldest = last.to_at if last else oldest
        newest = str(start.key) if start else newest
    return records.changes.minor_count(change_filter, oldest, newest)
