"""Templates, and what makes scraped text safe to show in them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from newsdiff_crawler.diff.changes import pieces
from newsdiff_crawler.web import wording
from newsdiff_crawler.web.feed_formats import FORMATS

# What no text needs and some would abuse: control characters, lone surrogates, characters that
# XML forbids, and the embeddings, overrides and isolates that can turn a page's text around.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def harmless(value: Any) -> Any:
    """Text without the characters that could break or mislead a page; other values unchanged, and
    so is what a template made, for it went through here piece by piece."""
    if type(value) is not str or not _HARMFUL.search(value):
        return value
    return _HARMFUL.sub("", value)


def web_address(url: str) -> str | None:
    """The URL if it is one of the web's, for a link; None for ``javascript:`` and the like."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def make_environment() -> Environment:
    """Jinja with autoescape everywhere; every expression goes through `harmless` first."""
    environment = Environment(
        loader=PackageLoader("newsdiff_crawler.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        count_of=wording.count_of,
        duration=wording.duration,
        share_of=wording.share_of,
        readable_time=wording.readable_time,
        short_time=wording.short_time,
        minor_text=wording.minor_text,
        event_text=wording.event_text,
        event_detail=wording.event_detail,
        fit_text=wording.fit_text,
        web_address=web_address,
    )
    environment.globals.update(
        interval=wording.interval, pieces=pieces, label_names=wording.LABELS, feed_formats=FORMATS
    )
    return environment
