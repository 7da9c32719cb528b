"""What a list, a search or an article is as a watch: the table to paste into ``watches.toml``."""

from __future__ import annotations

import re
from typing import Any

from newsdiff_crawler.store.reading.changes import ChangeFilter
from newsdiff_crawler.store.reading.search import SearchQuery
from newsdiff_crawler.store.reading.search_terms import parse_query, typed_terms
from newsdiff_crawler.tables import written

CHANNEL = "desk"  # as in the example that ships; who pastes it names their own
_LONGEST_NAME = 40
_PLACES = {"removed": ["removed"], "added": ["added"], "headline": ["headline"]}


def of_changes(wanted: ChangeFilter) -> str:
    """A list's: its sources and its label; empty where no source is of the list. When, and in what
    order, is of the list alone."""
    of_list = wanted.sources is None or wanted.source in wanted.sources
    if wanted.sources == () or (wanted.source and not of_list):
        return ""  # a watch without sources is for all
    sources = [wanted.source] if wanted.source else [*(wanted.sources or ())]
    labels = [wanted.label] if wanted.label else []
    return _table([*sources[:1], *labels], {"sources": sources, "labels": labels})


def of_source(name: str) -> str:
    """That of all changes of a source."""
    return of_changes(ChangeFilter(source=name))


def of_search(query: SearchQuery) -> str:
    """A search's: the words, all of them, where they are searched for; empty where it has none."""
    words = [term for term in typed_terms(query.text) if parse_query(term)]
    if not words:
        return ""
    sources = [query.source] if query.source else []
    stated: dict[str, Any] = {"sources": sources, "words": words}
    if len(words) > 1:
        stated["every_word"] = True
    return _table(words + sources, {**stated, "words_in": _PLACES.get(query.where, [])})


def of_article(url: str) -> str:
    """An article's, by its address."""
    return _table(["article"], {"article": url})


def _table(name: list[str], stated: dict[str, Any]) -> str:
    called = re.sub(r"[^a-z0-9]+", "_", " ".join(name).lower()).strip("_")[:_LONGEST_NAME]
    return written(f"watch.{called.strip('_') or 'all'}", {**stated, "channels": [CHANNEL]})
