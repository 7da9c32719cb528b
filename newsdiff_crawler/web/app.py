"""The reading site: an application over one database that it never writes to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsdiff_crawler.diff import ChangeSummary, Diff
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.statistics import Numbers
from newsdiff_crawler.web import about, assets, comparison, feeds, pages, search, sources
from newsdiff_crawler.web.access import page
from newsdiff_crawler.web.addresses import API, Addresses
from newsdiff_crawler.web.api import create_api, problem
from newsdiff_crawler.web.cache import RecentCache, RefreshingCache
from newsdiff_crawler.web.pool import Pool
from newsdiff_crawler.web.redirects import MergedArticleError, lead_on
from newsdiff_crawler.web.rendering import make_environment

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_ROUTERS = [part.router for part in (pages, comparison, feeds, sources, search, about, assets)]
_TITLES = {
    404: "There is nothing here",
    451: "This article was taken down",
    500: "Something went wrong here",
    503: "The record cannot be read right now",
}
_REASONS = {
    404: "No article, version or page has this address.",
    500: "It is not your doing. The operator will find it in the log.",
    451: "It was recorded here once and has been removed on request.",
}


def create_app(
    database: Path,
    source_titles: Mapping[str, str] | None = None,
    contact: str = "",
    clock: Callable[[], float] = time.monotonic,
) -> FastAPI:
    """The site over ``database``. ``source_titles``: names of sources for people, as
    ``{"bbc": "BBC News"}``; a source without one goes by its own name. ``contact``: where to
    write to, an address of mail or of the web. ``clock``: seconds, which go on evenly."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.pool = Pool(database)
    app.state.addresses = Addresses(_ROUTERS)
    app.state.templates = make_environment()
    app.state.items = RecentCache[object, Markup](pages.CACHE_SIZE)
    app.state.comparisons = RecentCache[object, tuple[Diff, ChangeSummary]](comparison.CACHE_SIZE)
    app.state.diff_pages = RecentCache[object, Response](comparison.CACHE_SIZE)
    app.state.entries = RecentCache[object, str](feeds.CACHE_SIZE)
    app.state.feeds = RecentCache[str, bytes](feeds.FEED_CACHE_SIZE)
    app.state.lists = RecentCache[object, Response](pages.LIST_CACHE_SIZE)
    app.state.clock = clock
    app.state.numbers = RefreshingCache[Numbers](sources.NUMBERS_LIFETIME)
    app.state.source_titles = titles = dict(source_titles or {})
    app.state.templates.globals["contact"] = contact
    app.state.templates.filters["source_title"] = lambda name: titles.get(name, name)
    for router in _ROUTERS:
        app.include_router(router)
    api = create_api()
    api.state = app.state
    app.state.api_schema = api.openapi
    app.mount(API, api)
    app.add_middleware(_Manners)
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    def unavailable(request: Request, error: Exception) -> Response:
        return _problem(request, 503, str(error))

    def unreadable(request: Request, error: Exception) -> Response:
        return _problem(request, 503, f"The database cannot be read: {error}.")

    def failed(request: Request, _: Exception) -> Response:
        # Made outside of the middleware that adds the headers to everything else.
        return _problem(request, 500, headers=SECURITY_HEADERS)

    def not_found(request: Request, _: Exception) -> Response:
        return _problem(request, 404)

    def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if _is_of_api(request):
            return problem(error.status_code, headers=error.headers)
        return _problem(request, error.status_code, headers=error.headers)

    app.add_exception_handler(Exception, failed)
    app.add_exception_handler(MergedArticleError, lead_on)
    app.add_exception_handler(StoreError, unavailable)
    app.add_exception_handler(DatabaseError, unreadable)
    app.add_exception_handler(RequestValidationError, not_found)
    app.add_exception_handler(HTTPException, http_error)


def _is_of_api(request: Request) -> bool:
    """Whether a path that led nowhere is below the API's all the same: a mounted application is
    not asked for paths with a line break."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).startswith(f"{API}/")


def _problem(
    request: Request, status: int, reason: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    return page(
        request,
        "problem.html",
        status,
        headers,
        heading=_TITLES.get(status) or HTTPStatus(status).phrase,
        reason=reason or _REASONS.get(status, ""),
        has_more=status < 500,
    )


class _Manners:
    """Adds the same headers to every answer, errors and static files included, and answers HEAD
    like GET; the server leaves out the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
            await send(message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send_with_headers)
