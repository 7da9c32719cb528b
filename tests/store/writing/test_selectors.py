"""A selector that matches nothing is told from one that has a bad day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.selectors import NEVER, NO_LONGER

SELECTORS = {"authors": ".byline", "standfirst": ".intro"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path)) as opened:
        yield opened


def unfit_after(store: Store, *runs: tuple[int, int], selector: str = ".intro") -> str | None:
    """Of a source whose runs read so many pages, on so many of which the standfirst was missed."""
    selectors = SELECTORS | {"standfirst": selector}
    for pages, missed in runs:
        store.selectors.note("paper", "paper/2026", selectors, pages, {"standfirst": missed})
    return store.selectors.unfit("paper", "paper/2026", selectors)


def test_one_that_never_matched_is_named_after_a_few_pages(store: Store) -> None:
    assert unfit_after(store, (NEVER - 1, NEVER - 1)) is None
    assert unfit_after(store, (1, 1)) == (
        "the selector '.intro' (standfirst of paper/2026) matched nothing "
        f"on the last {NEVER} pages"
    )


def test_one_that_matched_before_may_miss_more(store: Store) -> None:
    assert unfit_after(store, (9, 3), (NO_LONGER - 1, NO_LONGER - 1)) is None
    assert unfit_after(store, (1, 1)) is not None


def test_one_that_matches_on_some_page_fits(store: Store) -> None:
    assert unfit_after(store, (NO_LONGER, NO_LONGER), (40, 39)) is None


def test_one_that_was_mended_begins_anew(store: Store) -> None:
    assert unfit_after(store, (NO_LONGER, NO_LONGER)) is not None
    assert unfit_after(store, (1, 1), selector=".standfirst") is None


def test_pages_of_another_source_count_for_that(store: Store) -> None:
    unfit_after(store, (NO_LONGER, NO_LONGER))
    assert store.selectors.unfit("gazette", "paper/2026", SELECTORS) is None
