"""What an upgrade makes of records that an older version wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.reading.changes import Changes
from newsdiff_crawler.store.reading.search_terms import parse_query
from newsdiff_crawler.store.schema.migrations import migrations
from tests.support.records import add_article, story


def test_an_old_record_accuses_nobody_of_what_was_not_declared(tmp_path: Path) -> None:
    db = Database(tmp_path / DATABASE_NAME)
    migrations.apply(db, stop_before="m028_altered")
    db.table("articles").insert({"id": 1, "url": "a", "source": "paper", "first_seen_at": "t1"})
    version = {"article_id": 1, "number": 2, "fetched_at": "t2"}
    db.table("versions").insert({**version, "labels": '["figures","undeclared"]'})
    db.table("change_labels").insert_all(
        {**version, "source": "paper", "label": label} for label in ("figures", "undeclared")
    )
    db.close()
    upgraded = open_database(tmp_path)
    versions = upgraded.query("select labels from versions")
    labels = upgraded.query("select label from change_labels")
    upgraded.close()
    assert (versions, labels) == ([{"labels": '["figures"]'}], [{"label": "figures"}])


@pytest.mark.parametrize("placeholders", [(), (1,), (2, 3), (3, 2)])
def test_the_view_of_changes_has_those_that_the_site_shows(
    store: Store, placeholders: tuple[int, ...]
) -> None:
    texts = ("It rains.", "Back in a minute.", "We are closed.", "It snows.")
    article = add_article(store, *(story("Rain", text) for text in texts))
    for number in placeholders:
        store.taking_back.placeholder(article, number, "a wall", "2026-01-01T00:00:00Z")
    rows = store.db.execute("select from_version, to_version from changes order by to_version desc")
    shown = [(each.from_version, each.to_version) for each in Changes(store.db).of(article)]
    assert list(map(tuple, rows)) == shown


def test_what_an_old_record_said_is_found_as_if_it_were_new(tmp_path: Path) -> None:
    db = Database(tmp_path / DATABASE_NAME)
    migrations.apply(db, stop_before="m047_findable_words")
    db.table("articles").insert({"id": 1, "url": "a", "source": "paper", "first_seen_at": "t1"})
    version = {"article_id": 1, "fetched_at": "t1", "source": "paper"}
    db.table("versions").insert_all({**version, "number": number} for number in (1, 2))
    passage = {"article_id": 1, "kind": "paragraph", "first_version": 1, "last_version": 1}
    db.table("passages").insert({**passage, "id": 7, "text": "한국 대통령은 Αθήνα"})
    db.table("removals").insert({"id": 3, "passage_id": 7, "number": 2, "at": "t1"})
    db.close()
    upgraded = open_database(tmp_path)
    try:
        index, terms = upgraded.search_index, parse_query("대통령* αθηνα")
        assert [[*index.hits(terms)], [*index.hits(terms, removed=True)]] == [[7], [3]]
    finally:
        upgraded.close()
