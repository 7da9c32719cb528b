"""When a version was first and last seen, whatever saw it last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdiff_crawler.items import Check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.citations import Citations
from newsdiff_crawler.store.reading.roots import Root, Stamp
from tests.support.records import add_article, add_version, story

FIRST, SECOND = "2025-04-22T14:00:00Z", "2025-04-22T14:33:00Z"
LATER, LAST = "2025-04-23T10:00:00Z", "2025-04-24T10:00:00Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With an article of two versions."""
    with closing(Store.open(tmp_path)) as store:
        add_article(store, story("Rain", "One."), story("Rain", "Two."))
        yield store


def check(store: Store, at: str, **more: object) -> None:
    given = {"outcome": "unchanged", **more}
    found = Check(source="paper", url="", article_id=1, checked_at=at, **given)  # type: ignore[arg-type]
    store.record_check(found, store.schedule_state(1))


def seen(store: Store, number: int) -> tuple[str, str]:
    citation = Citations(store.db).of(1, number)
    assert citation
    return citation.first_seen_at, citation.last_seen_at


def test_a_version_that_nothing_confirmed_was_seen_once(store: Store) -> None:
    assert seen(store, 1) == (FIRST, FIRST)
    assert seen(store, 2) == (SECOND, SECOND)


@pytest.mark.parametrize("not_modified", [0, 1])
def test_the_newest_version_is_confirmed_by_an_equal_text_and_by_a_304(
    store: Store, not_modified: int
) -> None:
    check(store, LATER, not_modified=not_modified)
    assert seen(store, 2) == (SECOND, LATER)
    assert seen(store, 1) == (FIRST, FIRST)


@pytest.mark.parametrize("outcome", ["failed", "gone", "blocked"])
def test_a_check_that_brought_nothing_confirms_nothing(store: Store, outcome: str) -> None:
    check(store, LATER, outcome=outcome, reason="HTTP 500")
    assert seen(store, 2) == (SECOND, SECOND)


def test_a_version_keeps_it_when_the_next_one_comes(store: Store) -> None:
    check(store, LATER)
    add_version(store, 1, 3, story("Rain", "Three."), LAST)
    assert seen(store, 2) == (SECOND, LATER)
    assert seen(store, 3) == (LAST, LAST)


def test_an_earlier_text_that_came_back_does_not_confirm_the_newest(store: Store) -> None:
    earlier, newest = (
        row[0] for row in store.db.execute("select content_hash from versions order by number")
    )
    check(store, LATER, seen_hash=earlier)
    check(store, LAST, not_modified=1)
    assert seen(store, 2) == (SECOND, SECOND)
    check(store, LAST, seen_hash=newest)
    assert seen(store, 2) == (SECOND, LAST)


def test_a_later_stamp_vouches_for_a_root_that_has_none(store: Store) -> None:
    for number in (1, 2):
        store.roots.add(Root(number, LATER, 1, "ff", "ff"), [])
    store.db.execute("update versions set root = number")
    store.roots.stamp(Stamp(2, "opentimestamps", "cal.example", None, "pending", True, "ff"))
    citations = Citations(store.db)
    assert [citations.of(1, number).stamped_by for number in (1, 2)] == [None, None]  # type: ignore[union-attr]
    store.roots.stamp(Stamp(2, "rfc3161", "tsa.example", LAST, "", False, "ff"))
    found = citations.of(1, 1)
    assert found
    assert (found.root, found.stamped_by, found.stamped_at) == (1, "tsa.example", LAST)


def test_there_is_none_of_a_version_that_is_not_there(store: Store) -> None:
    assert Citations(store.db).of(1, 3) is None
