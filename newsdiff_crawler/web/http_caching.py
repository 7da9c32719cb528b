"""What clients and caches may keep: Cache-Control and validators (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request

from newsdiff_crawler.times import from_iso, utc_now

# The text of a version and a diff never change, but the article may be taken down.
VERSION_CACHING = {"Cache-Control": "public, max-age=300"}
# The page around them also says when the article is checked next.
PAGE_CACHING = {"Cache-Control": "public, max-age=60"}


def validators(parts: Iterable[object], changed_at: datetime) -> dict[str, str]:
    """ETag and Last-Modified of an answer that depends on nothing but ``parts``. What a wrong
    clock dated in the future changed now: a client would take it for new until then."""
    changed_at = min(changed_at, utc_now())
    digest = hashlib.blake2b(repr(list(parts)).encode(), digest_size=12).hexdigest()
    return {"ETag": f'W/"{digest}"', "Last-Modified": format_datetime(changed_at, usegmt=True)}


def is_not_modified(
    request: Request, headers: dict[str, str], last_takedown_at: str | None = None
) -> bool:
    """Whether the client has the answer with these validators. The time counts only if the request
    has no ETags, and where nothing was taken down since."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return "*" in tags or headers["ETag"].removeprefix("W/") in tags
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
        taken_down = from_iso(last_takedown_at) if last_takedown_at else since
        return since >= max(taken_down, parsedate_to_datetime(headers["Last-Modified"]))
    except (KeyError, TypeError, ValueError):
        return False
