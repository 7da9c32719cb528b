"""Pages about the site itself: what it is, how browsers and programs read it."""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from newsdiff_crawler.web.addresses import address_of
from newsdiff_crawler.web.rendering import page

_IN_SCRIPTS = "/:=()+?"  # what an address may have as it is

router = APIRouter(include_in_schema=False)


@router.get("/about")
async def about(request: Request) -> Response:
    """What this is, how it checks, how to read a comparison, how to have an article taken down."""
    there = json.dumps(f"{address_of(request, 'lookup')}?url=")
    script = f"location.href={there}+encodeURIComponent(location.href)"
    return page(request, "about.html", bookmarklet=f"javascript:{quote(script, safe=_IN_SCRIPTS)}")


@router.get("/api")
async def api_guide(request: Request) -> Response:
    """The API for people, made from its OpenAPI description."""
    return page(request, "api.html", openapi=request.app.state.api_schema())
