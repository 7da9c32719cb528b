"""The site's own addresses, by the names of its routes. Starlette's way tries route after route
and costs 60 µs; a page has dozens of them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute

API = "/api/v1"


class Addresses:
    """Paths of the routes of these routers, and of the API under the name ``api``."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        routes = [route for router in routers for route in router.routes]
        named = {route.name: route.path_format for route in routes if isinstance(route, APIRoute)}
        self._paths = {**named, "api": f"{API}/"}

    def path(self, name: str, **parts: object) -> str:
        """The path of a route with its parts filled in. Raises KeyError for an unknown name."""
        told = {
            key: part if isinstance(part, int) else quote(str(part), safe="/")
            for key, part in parts.items()
        }
        return self._paths[name].format(**told)


def path_of(request: Request, name: str, **parts: object) -> str:
    """A path as a client asks for it: below the proxy's prefix, if there is one."""
    prefix: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    addresses: Addresses = request.app.state.addresses
    return prefix + addresses.path(name, **parts)


def address_of(request: Request, name: str, **parts: object) -> str:
    """The same with scheme and host, as the client knows them."""
    base = request.base_url
    return f"{base.scheme}://{base.netloc}{path_of(request, name, **parts)}"
