"""What an upgrade makes of records that an older version wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.reading.changes import Changes
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
