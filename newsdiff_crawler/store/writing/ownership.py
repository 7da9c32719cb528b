"""Which source an article belongs to: the one that found it first, or the one that took its
articles over when that was no longer there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database, Row, Values
from newsdiff_crawler.store.writing.events import add_event


@dataclass(frozen=True)
class Owned:
    """An article, and the source that it belongs to."""

    article_id: int
    url: str
    source: str


class Ownership:
    """The part of the record that says whose articles are. Times are ISO 8601 strings."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def listed(self, feed: int, source: str) -> list[Owned]:
        """The articles that a feed lists and that belong to another source than this one."""
        return self._owned(
            """select distinct a.id, a.url, a.source from feed_entries e
                 join article_urls u on u.url = e.url join articles a on a.id = u.article_id
                where e.feed = :feed and a.source <> :source order by a.id""",
            feed=feed,
            source=source,
        )

    def at(self, url: str) -> Owned | None:
        """The article that a URL led to before."""
        found = self._owned(
            """select a.id, a.url, a.source from article_urls u
                 join articles a on a.id = u.article_id where u.url = :url""",
            url=url,
        )
        return found[0] if found else None

    def all_of(self, source: str) -> list[Owned]:
        """Every article of a source."""
        sql = "select id, url, source from articles where source = :source order by id"
        return self._owned(sql, source=source)

    def readers(self, feeds: Sequence[str], source: str) -> list[str]:
        """Other sources than this one that read one of these feeds; without those whose articles
        went to another one already."""
        rows = self._db.execute(
            f"""select distinct source from feeds
                 where {self._db.one_of("url", "urls")} and source <> :source
                   and source not in (select source from renamed_sources) order by source""",  # noqa: S608
            {"urls": self._db.list_value(feeds), "source": source},
        )
        return [name for (name,) in rows]

    def hand_over(self, owned: Owned, source: str, now: str) -> bool:
        """Makes an article another source's, with all that is kept by source, and notes it as an
        event. Not as long as a crawl of its own source is at work. Whether it was done."""
        names = {"id": owned.article_id, "old": owned.source, "new": source, "now": now}
        with self._db.transaction():
            if self.is_at_work(owned.source) or not self._execute(
                "select 1 from articles where id = :id and source = :old", names
            ):
                return False
            self._db.search_index.change_source(owned.article_id, source)
            self._rename_labels(names)
            self._execute("update versions set source = :new where article_id = :id", names)
            self._execute(
                """update articles set source = :new, claimed_by = null,
                          next_check_at = case when claimed_by is null then next_check_at
                                               else :now end
                    where id = :id""",
                names,
            )
            detail = f"from {owned.source} to {source}"
            add_event(self._db, owned.article_id, now, "source changed", detail)
        return True

    def close(self, old: str, new: str, now: str) -> bool:
        """Makes a source without articles, all of which went to another one, part of the past: its
        feeds are not asked for, and no list has it. Whether it is."""
        names = {"old": old, "new": new, "now": now}
        with self._db.transaction():
            if self.is_at_work(old) or self._execute(
                "select 1 from articles where source = :old limit 1", names
            ):
                return False
            self._execute("update feeds set next_check_at = null where source = :old", names)
            sql = "update renamed_sources set successor = :new where successor = :old"
            self._execute(sql, names)
            self._execute(
                """insert into renamed_sources (source, successor, at) values (:old, :new, :now)
                       on conflict (source) do update
                      set successor = excluded.successor, at = excluded.at""",
                names,
            )
        return True

    def is_at_work(self, source: str) -> bool:
        """Whether a crawl of a source runs, or was killed and nobody noticed yet."""
        sql = "select 1 from runs where source = :source and finished_at is null limit 1"
        return bool(self._execute(sql, {"source": source}))

    def _rename_labels(self, names: Values) -> None:
        """By the versions: the labels themselves have no index by article."""
        sql = "select number, fetched_at, labels from versions where article_id = :id"
        self._db.executemany(
            """update change_labels set source = :new
                where label = :label and fetched_at = :at and article_id = :id
                  and number = :number""",
            [
                {**names, "number": number, "at": at, "label": label}
                for number, at, labels in self._execute(sql, names)
                for label in json.loads(labels or "[]")
            ],
        )

    def _owned(self, sql: str, **values: object) -> list[Owned]:
        return [Owned(*row) for row in self._execute(sql, values)]

    def _execute(self, sql: str, values: Values) -> list[Row]:
        return self._db.execute(sql, values).fetchall()
