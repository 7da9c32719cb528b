"""Pages about the site itself: what it is, and how programs read it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from newsdiff_crawler.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/about")
async def about(request: Request) -> Response:
    """What this is, how it checks, how to read a comparison, how to have an article taken down."""
    return page(request, "about.html")


@router.get("/api")
async def api_guide(request: Request) -> Response:
    """The API for people, made from its OpenAPI description."""
    return page(request, "api.html", openapi=request.app.state.api_schema())
