"""What single stages of our own work cost: how much less a page, or a version, takes without one.

In this process, on the publisher's pages and stories; the least of several passes each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from benchmarks import tables
from benchmarks.crawls import disk
from benchmarks.crawls.publisher import HOST, Pages, Stories
from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing import Page, read
from newsdiff_crawler.spiders.bbc import BBC
from newsdiff_crawler.store import Store

NUMBER, PASSES = 60, 3
Work = Callable[[], float]  # seconds of processor time
Parts = dict[str, Callable[..., object]]  # functions of ours, and what stands in for each


def _nothing(*_args: object, **_more: object) -> None:
    """What is left out."""


OF_A_PAGE: dict[str, Parts] = {
    "bounds on what lexbor is given": {"parsing.page.check_size": _nothing},
    "what among the story's boxes is another's": {
        "parsing.foreign.judge": lambda pieces, _loose: pieces
    },
    "corrections beside the story": {"parsing.notices.beside": lambda _containers: ([], [])},
    "walls, stubs, live blogs, wrong charsets, lengths": {
        "parsing.guards.check_page": _nothing,
        "parsing.guards.check_article": _nothing,
        "parsing.check_length": _nothing,
    },
}
OF_A_VERSION: dict[str, Parts] = {
    "labels with their evidence": {"diff.summary.find_labels": lambda _diff, _changes: ()},
    "finding the text at other addresses": {"items.text_key": lambda texts: sum(1 for _ in texts)},
    "the chain of hashes": {"store.writing.store.hashes": lambda *_: {}},
    "knowing the source's boilerplate": {"store.writing.boilerplate.Boilerplate.note": _nothing},
    "what was taken out": {"store.writing.removals.Removals.add": _nothing},
    "the search indexes": {"store.engine.search_index.FTS5Index._add": _nothing},
}


def report(number: int = NUMBER) -> Iterator[str]:
    """Lines of a table in Markdown. A dash stands before what is a part of the row above."""
    pages, versions = _pages(number), [*_texts(number)]
    diffs = [compare(*pair) for pair in versions]
    yield from tables.head(("stage", "ms"))
    yield from _rows("a page read", lambda: _read(pages), OF_A_PAGE)
    yield from _rows("two versions compared", lambda: _each(lambda a: compare(*a), versions))
    yield from _rows("what differs said in words", lambda: _each(summarise, diffs))
    stored = "a version compared, judged and stored"
    yield from _rows(stored, lambda: _store(number), OF_A_VERSION)


def _rows(name: str, work: Work, parts: Mapping[str, Parts] | None = None) -> Iterator[str]:
    yield tables.row((name, f"{min(work() for _ in range(PASSES)) * 1000:.2f}"))
    for part, functions in (parts or {}).items():
        passes = [(work(), _without(functions, work)) for _ in range(PASSES)]
        whole, rest = map(min, zip(*passes, strict=True))
        yield tables.row((f"– {part}", f"{(whole - rest) * 1000:.2f}"))


def _without(functions: Parts, work: Work) -> float:
    with ExitStack() as stack:
        for function, stand_in in functions.items():
            stack.enter_context(patch(f"newsdiff_crawler.{function}", stand_in))
        return work()


def _each(work: Callable[[Any], object], given: Sequence[Any]) -> float:
    began = time.process_time()
    for each in given:
        work(each)
    return (time.process_time() - began) / len(given)


def _pages(number: int) -> list[Page]:
    made, urls = Pages(), (f"http://{HOST}/news/articles/c{n:09}o" for n in range(number))
    return [Page(made.page(url, n, 0, 0), url) for n, url in enumerate(urls)]


def _read(pages: Sequence[Page]) -> float:
    """For each page, whose text is decoded already."""
    fresh = [Page(page.html, page.url) for page in pages]
    return _each(lambda page: read(page, BBC.parsers), fresh)


def _texts(number: int) -> Iterator[tuple[list[Block], list[Block]]]:
    stories = Stories()
    for n in range(number):
        before, after = (stories.story(n, edition) for edition in (0, 1))
        yield _blocks(*before), _blocks(*after)


def _blocks(title: str, texts: Sequence[str]) -> list[Block]:
    return [Block("headline", title), *(Block("paragraph", text) for text in texts)]


def _store(number: int) -> float:
    """For each second version, with the diff."""
    stories = Stories()
    with TemporaryDirectory() as folder, closing(Store.open(Path(folder))) as store:
        for n in range(number):
            disk.store_version(store, disk.fetched_page(store, stories, n, 0))
        second = [disk.fetched_page(store, stories, n, 1) for n in range(number)]
        return _each(lambda page: disk.store_version(store, page), second)
