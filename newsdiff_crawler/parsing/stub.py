"""Pages that hold no text and lead on to another one, as a redirect does."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urljoin, urlsplit

from w3lib.html import get_meta_refresh, remove_comments, remove_tags, remove_tags_with_content

_LARGEST = 50_000  # characters of HTML; of what else there is on a page, a stub has nothing
_LONGEST = 600  # characters of text: an excuse, and a link to click
LONGEST_STUB = 150  # words
_LONGEST_WAIT = 30  # seconds; a page that reloads itself waits longer, and names no other page
_SCRIPTED = re.compile(
    r"""(?<![\w.])(?:(?:window|document|self|top|parent)\s*\.\s*)*location(?:\s*\.\s*href)?\s*
        (?: =(?!=)\s* | \s*\.\s*(?:replace|assign)\s*\(\s* ) (["'`])(?P<url>[^"'`\s{]{1,2000})\1""",
    re.VERBOSE,
)
_SLASH = re.compile(r"\\(?:/|u002[fF]|x2[fF])")  # as scripts may write it
_SIGN = re.compile(r"http-equiv|location", re.IGNORECASE)


def stub_target(html: str, url: str, refresh: str = "") -> str | None:
    """Where a page leads on to by itself, by ``<meta http-equiv="refresh">``, by the header of that
    name (``refresh``), which browsers follow too, or by a script; None for a page that has a text,
    and for one that leads to itself. http(s) addresses only."""
    if refresh:
        html = f'<meta http-equiv="refresh" content="{_attribute(refresh)}">{html}'
    if len(html) > _LARGEST or not _SIGN.search(html):
        return None
    text = remove_tags(remove_tags_with_content(remove_comments(html), ("script", "style", "head")))
    if len(" ".join(text.split())) > _LONGEST:
        return None
    target = _refreshed(html, url) or _scripted(html, url)
    return target if target and target != url else None


def _attribute(header: str) -> str:
    return escape(header.replace('"', "'"))


def _refreshed(html: str, url: str) -> str | None:
    try:
        wait, target = get_meta_refresh(html, url, ignore_tags=("script", "noscript"))
    except ValueError:
        return None
    return _usable(url, target) if target and wait is not None and wait <= _LONGEST_WAIT else None


def _scripted(html: str, url: str) -> str | None:
    found = _SCRIPTED.search(html)
    return _usable(url, _SLASH.sub("/", found["url"])) if found else None


def _usable(base: str, target: str) -> str | None:
    try:
        absolute = urljoin(base, target.strip())
        parts = urlsplit(absolute)
        parts.port  # noqa: B018 - raises ValueError for what is none
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.hostname else None
