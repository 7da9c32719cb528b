"""The labels of changes, a row each."""

from __future__ import annotations

import json

from newsdiff_crawler.store.engine.database import Database


def forget_labels(db: Database, article_id: int, number: int | None = None) -> None:
    """Of one version, or of all. By the versions: labels have no index by article. To be called in
    the transaction in which the versions lose theirs, before they do."""
    versions = db.query(
        """select article_id, number, fetched_at, labels from versions
            where article_id = :id and labels is not null
              and number = coalesce(:number, number)""",
        {"id": article_id, "number": number},
    )
    db.executemany(
        """delete from change_labels
            where label = :label and fetched_at = :fetched_at
              and article_id = :article_id and number = :number""",
        [
            {**version, "label": label}
            for version in versions
            for label in json.loads(version["labels"])
        ],
    )
