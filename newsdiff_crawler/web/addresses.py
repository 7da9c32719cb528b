"""The site's own addresses, by the names of its routes.

Starlette's ``url_path_for`` tries one route after the other and takes 60 µs; a page has dozens.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute

API = "/api/v1"
STATIC = "/static"


class RoutePaths:
    """Paths by name: of the routes of these routers, of the API as ``api``, and of static files as
    ``static`` with their ``path``."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        routes = [route for router in routers for route in router.routes]
        named = {route.name: route.path_format for route in routes if isinstance(route, APIRoute)}
        self._paths = {**named, "api": f"{API}/", "static": f"{STATIC}/{{path}}"}

    def path(self, name: str, **parts: object) -> str:
        """The path of a route with its parts filled in. Raises KeyError for an unknown name."""
        quoted = {
            key: part if isinstance(part, int) else quote(str(part), safe="/")
            for key, part in parts.items()
        }
        return self._paths[name].format(**quoted)


def path_of(request: Request, name: str, **parts: object) -> str:
    """The path of a route as a client sees it: below the proxy's prefix, if there is one."""
    addresses: RoutePaths = request.app.state.addresses
    return prefix_of(request) + addresses.path(name, **parts)


def address_of(request: Request, name: str, **parts: object) -> str:
    """The same with scheme and host, as the client sees them."""
    base = request.base_url
    return f"{base.scheme}://{base.netloc}{path_of(request, name, **parts)}"


def prefix_of(request: Request) -> str:
    """The path below which a proxy serves the site, also for a request to a mounted application."""
    prefix: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return prefix
