"""The reading site: an application over one database that it never writes to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsdiff_crawler.store import DatabaseError, StoreError, TooLongError
from newsdiff_crawler.store.reading.search import TO_SHORTEN, TOO_LONG
from newsdiff_crawler.store.reading.statistics import SourceStatistics
from newsdiff_crawler.store.trouble import USUAL_LIMITS, Limits
from newsdiff_crawler.web import (
    about,
    article,
    change_item,
    comparison,
    feeds,
    health,
    latest,
    lookup,
    memento,
    metrics,
    open_search,
    opml,
    proofs,
    search,
    sources,
)
from newsdiff_crawler.web.addresses import API, STATIC, RoutePaths, prefix_of
from newsdiff_crawler.web.api import create_api, problem
from newsdiff_crawler.web.cache import LRUCache, RefreshingCache, size_of_page, size_of_text
from newsdiff_crawler.web.comparison import Compared
from newsdiff_crawler.web.heavy import BusyError, HeavyError, TooHeavyError, answer_by_helper
from newsdiff_crawler.web.helper import Helper
from newsdiff_crawler.web.own_host import OwnHost
from newsdiff_crawler.web.pool import Pool
from newsdiff_crawler.web.publishers import Titles
from newsdiff_crawler.web.redirects import MergedArticleError, redirect_to_successor
from newsdiff_crawler.web.rendering import make_environment, page
from newsdiff_crawler.web.static_files import static_files

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_PARTS = (
    *(proofs, latest, article, comparison, feeds, opml, sources, search, lookup, memento, about),
    *(health, metrics, open_search),
)
_ROUTERS = [part.router for part in _PARTS]
_TITLES = {
    400: TOO_LONG,
    404: "There is nothing here",
    451: "This article was taken down",
    500: "Something went wrong here",
    503: "This cannot be shown right now",
}
_REASONS = {
    404: "No article, version or page has this address.",
    500: "You did nothing wrong. The operator can see the error in the log.",
    451: "It was recorded here and then taken down on request.",
}


def create_app(
    database: Path,
    source_titles: Mapping[str, str] | None = None,
    contact: str = "",
    limits: Limits = USUAL_LIMITS,
    hosts: Sequence[str] = ("127.0.0.1",),
    clock: Callable[[], float] = time.monotonic,
    hub: str = "",
    is_helper: bool = False,
) -> FastAPI:
    """The site over ``database``. ``source_titles``: what people call the sources of which the
    record does not say it yet, as ``{"bbc": "BBC News"}``. ``contact``: the operator's
    e-mail or web address. ``limits``: from where on all is no longer well. ``hosts``: the names
    under which it is reached. ``hub``: that the feeds name. ``clock``: monotonic seconds.
    ``is_helper``: it answers what is too heavy for others, and hands nothing on."""
    site = {
        "database": database,
        "source_titles": source_titles,
        "contact": contact,
        "limits": limits,
        "hosts": hosts,
        "hub": hub,
    }
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.pool = Pool(database)
    app.state.data = database.parent
    app.state.addresses = RoutePaths(_ROUTERS)
    app.state.templates = make_environment()
    app.state.clock = clock
    app.state.limits = limits
    app.state.hub = hub
    app.state.helper = None if is_helper else Helper(site)
    app.state.change_items = LRUCache[object, Markup](change_item.CACHE_SIZE, size_of_text)
    app.state.latest_pages = LRUCache[object, Response](latest.CACHE_SIZE, size_of_page)
    app.state.diffs = LRUCache[object, Compared](comparison.CACHE_SIZE, comparison.size_of_diff)
    app.state.diff_pages = LRUCache[object, Response](comparison.PAGE_CACHE_SIZE, size_of_page)
    app.state.feed_items = LRUCache[object, str](feeds.ITEM_CACHE_SIZE, size_of_text)
    app.state.feeds = LRUCache[str, bytes](feeds.FEED_CACHE_SIZE, len)
    app.state.numbers = RefreshingCache[SourceStatistics](sources.NUMBERS_LIFETIME)
    app.state.titles = titles = Titles(database, dict(source_titles or {}))
    app.state.templates.globals["contact"] = contact
    app.state.templates.filters["source_title"] = titles.of
    app.state.templates.filters["source_language"] = titles.language_of
    for router in _ROUTERS:
        app.include_router(router)
    api = create_api()
    api.state = app.state
    app.state.api_schema = api.openapi
    app.mount(API, api)
    app.mount(STATIC, static_files())
    app.add_middleware(_HeadAsGet)
    app.add_middleware(_PrefixOnce)
    app.add_middleware(_SecurityHeaders)
    app.add_middleware(OwnHost, hosts)
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    def unavailable(request: Request, error: Exception) -> Response:
        assert isinstance(error, StoreError)
        return _problem(request, 503, error.public)

    def unreadable(request: Request, error: Exception) -> Response:
        return _problem(request, 503, f"The database cannot be read: {error}.")

    def failed(request: Request, _: Exception) -> Response:
        # This answer does not go through the middleware that adds the headers to all others.
        return _problem(request, 500, headers=SECURITY_HEADERS)

    def not_found(request: Request, _: Exception) -> Response:
        return _problem(request, 404)

    def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if _is_of_api(request):
            return problem(error.status_code, headers=error.headers)
        return _problem(request, error.status_code, headers=error.headers)

    def too_long(request: Request, _: Exception) -> Response:
        return _problem(request, 400, TO_SHORTEN)

    async def heavy(request: Request, error: Exception) -> Response:
        try:
            return await answer_by_helper(request, error)
        except TooHeavyError as refusal:
            return _problem(request, 503, refusal.public)
        except BusyError as refusal:
            return _problem(request, 503, refusal.public, {"Retry-After": "60"})

    app.add_exception_handler(Exception, failed)
    app.add_exception_handler(HeavyError, heavy)
    app.add_exception_handler(MergedArticleError, redirect_to_successor)
    app.add_exception_handler(StoreError, unavailable)
    app.add_exception_handler(TooLongError, too_long)
    app.add_exception_handler(DatabaseError, unreadable)
    app.add_exception_handler(RequestValidationError, not_found)
    app.add_exception_handler(HTTPException, http_error)


def _is_of_api(request: Request) -> bool:
    """Whether a path is below the API's, though it reached no mounted application: Starlette does
    not match paths with a line break."""
    path: str = request.scope["path"]
    return path.removeprefix(prefix_of(request)).startswith(f"{API}/")


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
        has_links=status < 500,
    )


class _SecurityHeaders:
    """Adds `SECURITY_HEADERS` to every answer, also to errors and static files."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


class _PrefixOnce:
    """Below a path (``--root-path``) a proxy may take that path off, or leave it: uvicorn puts it
    on in any case. So the site answers alike with it and without."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = scope.get("root_path", "")
        if prefix and f"{scope['path']}/".startswith(f"{prefix}{prefix}/"):
            scope = {**scope, "path": scope["path"].removeprefix(prefix)}
        await self.app(scope, receive, send)


class _HeadAsGet:
    """Answers HEAD like GET. The server leaves out the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)
