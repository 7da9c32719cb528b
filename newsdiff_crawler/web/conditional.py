"""Answers that a client need not fetch twice (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request

# What never changes may be kept by caches, but not for long: an article may be taken down.
LASTING = {"Cache-Control": "public, max-age=300"}
# A page around it, which also tells when the article is checked next.
NEARLY_LASTING = {"Cache-Control": "public, max-age=60"}


def validators(parts: Iterable[object], changed_at: datetime) -> dict[str, str]:
    """ETag and Last-Modified of an answer that ``parts`` determine."""
    digest = hashlib.blake2b(repr(list(parts)).encode(), digest_size=12).hexdigest()
    return {"ETag": f'W/"{digest}"', "Last-Modified": format_datetime(changed_at, usegmt=True)}


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Whether the client has the answer with these validators already. Its ETags are asked
    first; only a request without them by time."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return "*" in tags or headers["ETag"].removeprefix("W/") in tags
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
        return since >= parsedate_to_datetime(headers["Last-Modified"])
    except (KeyError, TypeError, ValueError):
        return False
