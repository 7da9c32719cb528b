"""Templates: how pages are made from them, and what makes scraped text safe to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from newsdiff_crawler.diff.changes import is_cut_anew, moved_places, pieces
from newsdiff_crawler.places import country_name, language_name
from newsdiff_crawler.store.reading.records import ArticleFacts
from newsdiff_crawler.text import count_of
from newsdiff_crawler.times import duration, interval, readable_time, utc_now
from newsdiff_crawler.web import watch_table, wayback, wording
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.feed_formats import FORMATS
from newsdiff_crawler.web.open_search import SEARCHES

# What no text needs and some would abuse: control characters, lone surrogates, characters that
# XML forbids, and the embeddings, overrides and isolates that can turn a page's text around.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def render(request: Request, template: str, **values: Any) -> str:
    """A template with its values. In it, ``url(name, ...)`` is the path of a route, below the
    proxy's prefix if there is one."""
    environment: Environment = request.app.state.templates
    return environment.get_template(template).render(url=partial(path_of, request), **values)


def page(
    request: Request,
    template: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """A template with its values, as an answer."""
    return HTMLResponse(render(request, template, **values), status, headers)


def source_title(request: Request, source: str) -> str:
    """A source as people call it; its name if it has no title."""
    title: str = request.app.state.titles.of(source)
    return title


def next_check(article: ArticleFacts) -> dict[str, Any]:
    """What the macro ``facts`` needs besides the article, to say when it is checked next."""
    return {
        "why_not_checked": wording.why_not_checked(article),
        "is_overdue": wording.is_overdue(article, utc_now()),
    }


def harmless(value: Any) -> Any:
    """Text without the characters that could break or mislead a page. Other values are unchanged,
    and so is the output of a template, whose parts went through here before."""
    if type(value) is not str or not _HARMFUL.search(value):
        return value
    return _HARMFUL.sub("", value)


def web_address(url: str) -> str | None:
    """The URL if it is one of the web's, safe as a link; None for ``javascript:`` and the like."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def make_environment() -> Environment:
    """Jinja with autoescape everywhere. Every expression goes through `harmless` first."""
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
        count_of=count_of,
        duration=duration,
        share_of=wording.share_of,
        country_name=country_name,
        language_name=language_name,
        readable_time=readable_time,
        short_time=wording.short_time,
        minor_text=wording.minor_text,
        stated_by=wording.stated_by,
        event_text=wording.event_text,
        event_address=wording.event_address,
        event_detail=wording.event_detail,
        fit_text=wording.fit_text,
        web_address=web_address,
        watch_of_article=watch_table.of_article,
        watch_of_source=watch_table.of_source,
        calendar_of=wayback.calendar_of,
        copied_at=wayback.copied_at,
    )
    environment.globals.update(
        interval=interval,
        is_cut_anew=is_cut_anew,
        moved_places=moved_places,
        pieces=pieces,
        label_names=wording.LABELS,
        feed_formats=FORMATS,
        browser_searches=SEARCHES,
        placeholder_text=wording.PLACEHOLDER,
    )
    return environment
