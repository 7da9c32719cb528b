"""Pages around the record: what this is, where an article is, and whether all is well."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from newsdiff_crawler.times import utc_now
from newsdiff_crawler.urls import spellings
from newsdiff_crawler.web.access import ReadRecords, page
from newsdiff_crawler.web.addresses import path_of

router = APIRouter(include_in_schema=False)


@router.get("/about")
async def about(request: Request) -> Response:
    """What this is, how it checks, how to read a diff, how to ask for removal."""
    return page(request, "about.html")


@router.get("/api")
async def api_guide(request: Request) -> Response:
    """The API for people, made from its own description."""
    return page(request, "api.html", described=request.app.state.api_schema())


@router.get("/lookup")
async def lookup(
    request: Request, opened: ReadRecords, url: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    """Leads from any URL that an article ever had to its history."""
    found = opened.find(spellings(url))
    if found:
        return RedirectResponse(path_of(request, "article", article_id=found), status_code=303)
    return page(request, "lookup.html", 404 if url else 200, asked=url)


@router.get("/health")
async def health(opened: ReadRecords) -> Response:
    """For monitors: answers 200 while the database can be read, 503 otherwise; tells of each
    source whether it is well, and of its last crawls."""
    now, names = utc_now(), opened.health.sources()
    conditions = [opened.health.condition(name, now) for name in names]
    told = {"status": "ok", "sources": [asdict(condition) for condition in conditions]}
    return JSONResponse(told)
