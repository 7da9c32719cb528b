"""One change as an item of a list, rendered once."""

from __future__ import annotations

from fastapi import Request
from markupsafe import Markup

from newsdiff_crawler.diff import compare
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.cache import LRUCache
from newsdiff_crawler.web.rendering import render, source_title

LONGEST_TITLES = 1_000  # characters of two headlines that are compared
CACHE_SIZE = 24  # MB; an item takes about 6 kB, as it is counted


def change_item(request: Request, change: Change, template: str) -> Markup:
    """The change, rendered by a template that depends on nothing else but its source's title."""
    cache: LRUCache[object, Markup] = request.app.state.change_items
    here = path_of(request, "article", article_id=change.article_id)
    # What a change was can be seen in another light later.
    told = (change.minor, change.from_version, change.summary, *change.labels)
    told = (source_title(request, change.source), *told)
    key = (template, here, change.url, change.to_version, change.to_at, *told)
    return cache.get(key, lambda: _rendered(request, change, template))


def _rendered(request: Request, change: Change, template: str) -> Markup:
    titles = change.from_title, change.to_title
    before, after = ([Block("headline", title)] for title in titles)
    is_long = sum(map(len, titles)) > LONGEST_TITLES  # for no headline is that long
    diff = None if titles[0] == titles[1] or is_long else compare(before, after)
    html = render(request, template, change=change, headline_diff=diff)
    return Markup(html)  # noqa: S704 - made by a template
