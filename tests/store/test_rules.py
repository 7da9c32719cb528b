"""Each rule that is said in SQL and in Python too says the same in both."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import sqlite_utils

from newsdiff_crawler.items import minor_of, takes_out
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import open_database
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.rules import counts, of_visible, visible
from newsdiff_crawler.store.schema.migrations import migrations
from newsdiff_crawler.store.writing.takedown import hide
from newsdiff_crawler.times import from_iso
from tests.support.records import FIRST_SEEN, URL, add_article, story

ONE, TWO = story("Title", "First words."), story("Title", "Second words.")
BOOLEANS = (False, True)


@pytest.mark.parametrize(
    ("page_changed", "parser_changed", "reverts_to", "cosmetic"),
    [*product(BOOLEANS, BOOLEANS, (None, 1), BOOLEANS)],
)
def test_a_change_is_minor_in_python_as_in_sql(
    store: Store, page_changed: bool, parser_changed: bool, reverts_to: int | None, cosmetic: bool
) -> None:
    row = {
        "page_changed": page_changed,
        "parser_changed": parser_changed,
        "reverts_to": reverts_to,
        "cosmetic": cosmetic,
    }
    store.db.insert("articles", {"id": 1, "source": "paper", "url": URL, "first_seen_at": ""})
    store.db.insert("versions", {"article_id": 1, "number": 2, **row})
    ((minor, count),) = store.db.execute(
        f"select v.minor, (select count(*) from versions v where {counts('v')}) from versions v"
    )
    assert minor_of(**row) == minor  # type: ignore[arg-type]
    assert count == (minor is None)


@pytest.mark.parametrize(
    ("parser_changed", "cosmetic", "expected"),
    [(False, False, True), (True, False, False), (False, True, False)],
)
def test_text_is_taken_out_by_what_is_neither_cosmetic_nor_the_parsers_doing(
    parser_changed: bool, cosmetic: bool, expected: bool
) -> None:
    assert takes_out(parser_changed=parser_changed, cosmetic=cosmetic) is expected


def test_what_a_return_to_an_earlier_text_takes_out_is_noted_though_it_does_not_count(
    store: Store, records: Records
) -> None:
    article = records.article(add_article(store, ONE, TWO, ONE))
    assert article is not None
    assert article.change_count == 1
    assert store.db.query("select number from removals order by number") == [
        {"number": 2},
        {"number": 3},
    ]


def test_an_article_is_visible_with_a_version_unless_it_is_hidden(store: Store) -> None:
    for number, texts in enumerate([[ONE], [], [ONE, TWO]]):
        add_article(store, *texts, url=f"{URL}{number}")
    hide(store.db, [f"{URL}2"], FIRST_SEEN, "asked for")
    assert store.db.query(f"select id from articles a where {visible('a')}") == [{"id": 1}]
    versions = f"select article_id as id from versions v where {of_visible('v')}"
    assert store.db.query(versions) == [{"id": 1}]


def test_history_stays_when_an_article_is_hidden(store: Store, records: Records) -> None:
    """What a crawl came to, and how often a feed was right, says nothing of the article."""
    run = store.runs.start("paper", FIRST_SEEN)
    add_article(store, ONE, TWO)
    store.runs.finish(run, FIRST_SEEN, "finished", {"checks": 2, "changed": 1})
    store.db.insert("feeds", {"source": "paper", "url": URL, "hints": 4, "hints_right": 3})
    hide(store.db, [URL], FIRST_SEEN, "asked for")
    (state,) = records.health.overview(from_iso(FIRST_SEEN))
    assert (state.articles, state.hints, state.hints_right) == (0, 4, 3)
    assert store.db.query("select checks, changed from runs") == [{"checks": 2, "changed": 1}]


def test_an_older_record_is_counted_anew(tmp_path: Path) -> None:
    db = sqlite_utils.Database(tmp_path / "newsdiff.db")
    migrations.apply(db, stop_before="m020_counted_changes")
    row = {"source": "paper", "first_seen_at": "t1", "change_count": 3, "last_real_change_at": "t4"}
    db.table("articles").insert({"id": 1, "url": "a", "version_count": 4, **row})
    db.table("versions").insert_all(
        {"article_id": 1, "number": number, "fetched_at": f"t{number}", "reverts_to": reverts_to}
        for number, reverts_to in [(1, None), (2, None), (3, None), (4, 2)]
    )
    db.close()
    upgraded = open_database(tmp_path)
    counted = upgraded.query("select change_count, last_real_change_at from articles where id = 1")
    upgraded.close()
    assert counted == [{"change_count": 2, "last_real_change_at": "t3"}]


def test_the_words_of_an_older_record_are_counted_anew_where_a_script_has_no_spaces(
    store: Store, records: Records, tmp_path: Path
) -> None:
    japanese = add_article(store, story("市議会", "市場の閉鎖を延期。"))
    english = add_article(store, ONE, url=f"{URL}2")
    store.db.execute("update versions set words = 1")
    store.db.execute("delete from _sqlite_migrations where name = 'm021_words'")
    open_database(tmp_path).close()
    assert [records.versions(article)[0].words for article in (japanese, english)] == [11, 1]


def test_the_view_of_changes_tells_which_ones_count(store: Store) -> None:
    add_article(store, ONE, TWO, ONE)
    rows = store.db.execute("select minor, reverts_to from changes order by to_version").fetchall()
    assert [tuple(row) for row in rows] == [(None, None), ("reverted", 1)]
