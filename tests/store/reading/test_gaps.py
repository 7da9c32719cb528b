"""When nobody looked at an article, between two versions of it."""

from __future__ import annotations

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.gaps import Gap, gaps
from tests.support.records import add_article, add_version, story

FIRST, SECOND = story("Ferry", "It stops in May."), story("Ferry", "It stops in June.")
EARLIER, LATER = "2025-04-22T14:00:00Z", "2025-04-22T14:33:00Z"


def test_a_gap_is_from_the_last_look_at_a_version_to_the_first_at_the_next(store: Store) -> None:
    id_ = add_article(store, FIRST, SECOND)
    assert gaps(store.db, id_) == [Gap(EARLIER, LATER, 1, 2, "paper/2026")]
    store.db.execute("update versions set confirmed_at = '2025-04-22T14:20:00Z' where number = 1")
    assert [gap.after for gap in gaps(store.db, id_)] == ["2025-04-22T14:20:00Z"]


def test_there_is_none_where_somebody_looked_all_the_time(store: Store) -> None:
    id_ = add_article(store, FIRST, SECOND)
    store.db.execute(f"update versions set confirmed_at = '{LATER}' where number = 1")
    assert gaps(store.db, id_) == []


def test_there_is_none_between_two_parsers_or_beside_what_is_the_pages(store: Store) -> None:
    id_ = add_article(store, FIRST)
    add_version(store, id_, 2, SECOND, parser="paper/2027")
    assert gaps(store.db, id_) == []
    store.db.execute("update versions set parser = 'paper/2026', page_changed = 1 where number = 2")
    assert gaps(store.db, id_) == []
