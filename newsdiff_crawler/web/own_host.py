"""The names that the site answers to: no other one gets into its answers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

_NAME = b"host"


class OwnHost:
    """Takes a request with a Host that is none of the site's for one with the first of its own:
    feeds and pictures name themselves by it, and a cache in front of the site would tell all
    readers what one client made up. ``hosts``: as in the header, ``news.example.org:8443``."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self._own = [host.lower().encode() for host in hosts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            said = [value for name, value in scope["headers"] if name == _NAME]
            if len(said) != 1 or said[0].lower() not in self._own:
                others = [header for header in scope["headers"] if header[0] != _NAME]
                scope = {**scope, "headers": [(_NAME, self._own[0]), *others]}
        await self.app(scope, receive, send)


def local_hosts(address: str, port: int) -> list[str]:
    """What a client on the same machine calls a site that listens there."""
    named = [] if address in ("0.0.0.0", "::", "") else [address]  # noqa: S104
    ending = "" if port == 80 else f":{port}"
    names = [f"[{name}]" if ":" in name else name for name in (*named, "127.0.0.1", "::1")]
    return [f"{name}{ending}" for name in dict.fromkeys([*names, "localhost"])]
