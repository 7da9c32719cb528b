"""What an upgrade makes of records that an older version wrote."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.schema.migrations import migrations


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
