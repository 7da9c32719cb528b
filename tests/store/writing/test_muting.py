"""A source most of whose changes are the page's doing is left out of lists until it is well."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.changes import ChangeFilter, Changes
from newsdiff_crawler.store.writing.muting import JUDGED, RECENT
from newsdiff_crawler.times import from_iso
from tests.support.records import FIRST_SEEN, add_article, story

EDITS = [story("Weir", f"The water stood at {number} metres.") for number in range(JUDGED + 1)]
LATER = from_iso(FIRST_SEEN) + timedelta(days=2)  # than all of them


@pytest.fixture
def edited(store: Store) -> Store:
    """A record of a paper that changed a story just as often as it takes to judge it."""
    for name in ("paper", "post"):
        store.sources.describe(Publisher(name, name.title(), "", "", (), ""))
    add_article(store, *EDITS)
    add_article(store, *EDITS[:2], source="post", url="https://post.example/1")
    return store


def blame_the_page(store: Store, changes: int) -> None:
    store.db.execute(
        """update versions set page_changed = case when number <= :last then 1 else 0 end
            where source = 'paper' and number > 1""",
        {"last": changes + 1},
    )


def listed(store: Store, **asked: object) -> set[str]:
    found = Changes(store.db).latest(ChangeFilter(**asked), limit=500)  # type: ignore[arg-type]
    return {change.source for change in found}


def test_a_fifth_of_the_changes_may_be_the_pages_doing(edited: Store) -> None:
    blame_the_page(edited, JUDGED // 5)
    assert edited.muting.judge("paper", LATER) is None
    assert listed(edited) == {"paper", "post"}


def test_a_source_with_more_of_them_is_left_out_of_lists(edited: Store) -> None:
    blame_the_page(edited, JUDGED // 5 + 1)
    assert edited.muting.judge("paper", LATER) == (
        "muted: 11 of its last 50 changes were the page's doing; lists and notices leave it out "
        "until it is well again"
    )
    assert listed(edited) == listed(edited, largest_first=True) == {"post"}
    assert listed(edited, sources=["paper", "post"]) == {"post"}


def test_who_asks_for_it_alone_or_for_all_that_is_hidden_finds_it(edited: Store) -> None:
    blame_the_page(edited, JUDGED // 2)
    edited.muting.judge("paper", LATER)
    assert listed(edited, source="paper") == {"paper"}
    assert listed(edited, with_minor=True) == {"paper", "post"}


def test_it_is_back_once_it_is_well(edited: Store) -> None:
    blame_the_page(edited, JUDGED // 2)
    edited.muting.judge("paper", LATER)
    blame_the_page(edited, 0)
    assert edited.muting.judge("paper", LATER) is None
    assert listed(edited) == {"paper", "post"}


def test_changes_of_long_ago_mute_nobody(edited: Store) -> None:
    blame_the_page(edited, JUDGED)
    assert edited.muting.judge("paper", LATER + RECENT) is None


def test_fewer_changes_say_nothing(edited: Store) -> None:
    edited.db.execute("update versions set page_changed = 1")
    assert edited.muting.judge("post", LATER) is None


def test_its_notices_are_withdrawn(edited: Store) -> None:
    blame_the_page(edited, JUDGED // 2)
    at = FIRST_SEEN
    edited.db.execute(
        """insert into notices (watch, channel, article_id, number, made_at, due_at)
           select 'all', 'mail', article_id, number, :at, :at from versions
            where number = (select max(number) from versions v where v.source = versions.source)""",
        {"at": at},
    )
    edited.muting.judge("paper", LATER)
    edited.outbox.sort_out(LATER)
    rows = edited.db.execute(
        """select v.source, n.withdrawn from notices n
             join versions v on v.article_id = n.article_id and v.number = n.number order by 1"""
    )
    assert list(map(tuple, rows)) == [("paper", "of a muted source"), ("post", None)]
