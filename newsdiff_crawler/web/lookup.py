"""From the address of an article at its source to its history here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from newsdiff_crawler.urls import spellings
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.dependencies import ReadRecords
from newsdiff_crawler.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/lookup")
async def lookup(
    request: Request, records: ReadRecords, url: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    """Redirects to the article that has or had this URL; without a URL, the form to enter one."""
    article_id = records.find(spellings(url))
    if article_id:
        return RedirectResponse(path_of(request, "article", article_id=article_id), status_code=303)
    return page(request, "lookup.html", 404 if url else 200, address=url)
