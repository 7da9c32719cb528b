"""What readers get to see of the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.store.connection import DATABASE_NAME
from newsdiff_crawler.store.queries import Records, VersionFacts
from tests.records import URL, add_article, story

ONE, TWO, THREE = (story("Title", text) for text in ("First words.", "Second words.", "Third."))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def records(store: Store, tmp_path: Path) -> Iterator[Records]:
    with Records.open(tmp_path / DATABASE_NAME) as opened:
        yield opened


def test_versions_read_back_in_order(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE, TWO)
    assert records.versions(article_id) == [
        VersionFacts(1, "2025-04-22T14:00:00Z", "Title", None, 3),
        VersionFacts(2, "2025-04-22T14:33:00Z", "Title", None, 3),
    ]
    assert records.blocks(article_id, 2) == TWO
    assert records.blocks(article_id, 3) == []


def test_an_article_knows_how_often_it_changed(store: Store, records: Records) -> None:
    article = records.article(add_article(store, ONE, TWO, THREE))
    assert article is not None
    assert (article.version_count, article.change_count) == (3, 2)
    assert article.first_seen_at == "2025-04-22T14:00:00Z"


def test_an_article_is_found_by_any_url_that_led_to_it(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE)
    store.db.table("article_urls").insert({"url": f"{URL}?old", "article_id": article_id})
    assert (
        records.article_at(f"{URL}?old") == records.article_at(URL) == records.article(article_id)
    )
    assert records.article_at(f"{URL}?unknown") is None


def test_changes_are_labelled_by_what_kind_they_are(store: Store, records: Records) -> None:
    cosmetic = story("Title", "“Third”")
    article_id = add_article(store, ONE, TWO, ONE, THREE, cosmetic)
    store.db.execute("update versions set parser = 'paper/2027' where number = 4")
    labels = {change.to_version: change.label for change in records.changes(article_id)}
    assert labels == {2: "", 3: "reverted", 4: "parser", 5: "parser"}
    store.db.execute("update versions set parser = 'paper/2027' where number = 5")
    assert records.changes(article_id)[0].label == "cosmetic"


def test_the_latest_changes_leave_out_what_is_not_of_substance(
    store: Store, records: Records
) -> None:
    add_article(store, ONE, TWO, ONE)
    assert [change.to_version for change in records.latest()] == [2]
    assert [change.to_version for change in records.latest(everything=True)] == [3, 2]


def test_the_latest_changes_continue_where_a_page_ended(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO, THREE)
    add_article(store, ONE, TWO, url=URL + "2")
    first = records.latest(limit=2)
    rest = records.latest(before=first[-1].position)
    places = [(change.article_id, change.to_version) for change in first + rest]
    assert places == [(1, 3), (2, 2), (1, 2)]


def test_a_hidden_article_is_not_there(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE, TWO)
    store.db.table("articles").update(article_id, {"state": "hidden"})
    assert records.article(article_id) is None
    assert records.is_hidden(article_id)
    assert records.latest(everything=True) == []


def test_an_article_without_a_version_is_not_there(store: Store, records: Records) -> None:
    article_id = add_article(store)
    assert records.article(article_id) is None
    assert not records.is_hidden(article_id)


def test_the_database_cannot_be_written_to(store: Store, tmp_path: Path) -> None:
    with (
        Records.open(tmp_path / DATABASE_NAME) as records,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        records._connection.execute("delete from articles")


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"newsdiff\.db is missing"):
        Records.open(tmp_path / DATABASE_NAME)


def test_an_empty_file_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).touch()
    with pytest.raises(StoreError, match="empty"):
        Records.open(tmp_path / DATABASE_NAME)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_text("no database at all, just some words" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Records.open(tmp_path / DATABASE_NAME)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update _sqlite_migrations set name = 'm999_future' where name like 'm001%'", "newer"),
        ("delete from _sqlite_migrations where name like 'm004%'", "older"),
    ],
)
def test_a_database_of_another_release_is_refused(
    store: Store, tmp_path: Path, change: str, reason: str
) -> None:
    store.db.execute(change)
    with pytest.raises(StoreError, match=reason):
        Records.open(tmp_path / DATABASE_NAME)


def test_a_locked_database_is_said_to_be_locked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdiff_crawler.store.queries.BUSY_TIMEOUT", 0.0)
    store.db.execute("pragma journal_mode = delete")
    store.db.execute("begin exclusive")
    with pytest.raises(StoreError, match="locked"):
        Records.open(tmp_path / DATABASE_NAME)
