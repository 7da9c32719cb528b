"""Pages around the record: what this is, where an article is, and whether all is well."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from newsdiff_crawler.store.queries import Records
from newsdiff_crawler.urls import clean
from newsdiff_crawler.web.access import ReadRecords, page

router = APIRouter(include_in_schema=False)


@router.get("/about")
def about(request: Request) -> Response:
    """What this is, how it checks, how to read a diff, how to ask for removal."""
    return page(request, "about.html")


@router.get("/api")
def api_guide(request: Request) -> Response:
    """The API for people, made from its own description."""
    return page(request, "api.html", described=request.app.state.api_schema())


@router.get("/lookup")
def lookup(
    request: Request, opened: ReadRecords, url: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    """Leads from any URL that an article ever had to its history."""
    found = find(opened, url)
    if found:
        return RedirectResponse(request.url_for("article", article_id=found), status_code=303)
    return page(request, "lookup.html", 404 if url else 200, asked=url)


@router.get("/health")
def health(opened: ReadRecords) -> Response:
    """For monitors: answers 200 while the database can be read, 503 otherwise; names the last
    run of each source that ended."""
    runs = [opened.last_run(source) for source in opened.sources()]
    return JSONResponse({"status": "ok", "last_runs": [asdict(run) for run in runs if run]})


def find(opened: Records, url: str) -> int | None:
    """The article that a URL leads to, as someone may have copied it."""
    address = url.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        tidy = clean(address)
    except ValueError:
        return None
    scheme, _, rest = tidy.partition("://")
    other = {"http": "https", "https": "http"}.get(scheme, scheme)
    bare = rest.rstrip("/")
    spellings = [f"{way}://{tail}" for way in (scheme, other) for tail in (rest, bare, f"{bare}/")]
    return opened.find([url, *dict.fromkeys(spellings)])
