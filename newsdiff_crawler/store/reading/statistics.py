"""A source in numbers: how much it publishes, how much of that it changes, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdiff_crawler.diff import NOTICES, LabelName
from newsdiff_crawler.store.engine.database import Database, Row
from newsdiff_crawler.store.rules import counts, is_the_story, of_visible, visible
from newsdiff_crawler.times import from_iso

MANY_VERSIONS = 10  # articles with as many versions or more are counted together


@dataclass(frozen=True)
class SourceStatistics:
    """What the record holds of a source. Changes are those of substance.

    ``by_hour``: changes by the hour of the day (UTC, 24 of them). ``by_versions``: articles by
    how many versions they have, from 1 to `MANY_VERSIONS`. ``first_change_after``: median of
    the seconds from the first version to the second; None where nothing changed.
    """

    articles: int
    versions: int
    changed_articles: int
    changed_headlines: int  # articles
    changes: int
    declared: int  # changes that say so
    first_change_after: int | None
    by_hour: list[int]
    by_versions: list[int]


class Statistics:
    """Counts over a whole source: too slow for every request, so to be kept for a while."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, source: str) -> SourceStatistics:
        """One source in numbers; zeros for a name that is none."""
        articles, versions, changed, changes = self._row(
            f"""select count(*), coalesce(sum(version_count), 0),
                       count(case when change_count > 0 then 1 end), coalesce(sum(change_count), 0)
                  from articles a where a.source = :source and {visible("a")}""",  # noqa: S608
            source=source,
        )
        return SourceStatistics(
            articles=articles,
            versions=versions,
            changed_articles=changed,
            changed_headlines=self._labelled(source, ["headline"])[0],
            changes=changes,
            declared=self._labelled(source, NOTICES)[1],
            first_change_after=self._first_change_after(source),
            by_hour=self._by_hour(source),
            by_versions=self._by_versions(source),
        )

    def _row(self, sql: str, **values: object) -> Row:
        (row,) = self._db.execute(sql, values)
        return row

    def _labelled(self, source: str, labels: Sequence[LabelName]) -> Row:
        """Articles and changes with one of these labels."""
        return self._row(
            f"""select count(distinct l.article_id), count(distinct l.article_id || '-' || l.number)
                  from change_labels l {self._db.ordered_join} versions v
                    on v.article_id = l.article_id and v.number = l.number and {counts("v")}
                 where {self._db.one_of("l.label", "labels")} and l.source = :source
                   and {of_visible("l")}""",  # noqa: S608
            labels=self._db.list_value(labels),
            source=source,
        )

    def _first_change_after(self, source: str) -> int | None:
        rows = self._db.execute(
            f"""select first.fetched_at, (
                       select min(v.fetched_at) from versions v
                        where v.article_id = a.id and {counts("v")})
                  from articles a {self._db.ordered_join} versions first
                    on first.article_id = a.id and first.number = (
                       select min(v.number) from versions v
                        where v.article_id = a.id and {is_the_story("v")})
                 where a.source = :source and {visible("a")} and a.change_count > 0""",  # noqa: S608
            {"source": source},
        )
        waits = sorted(from_iso(changed) - from_iso(first) for first, changed in rows)
        return int(waits[len(waits) // 2].total_seconds()) if waits else None

    def _by_hour(self, source: str) -> list[int]:
        rows = self._db.execute(
            f"""select cast(substr(v.fetched_at, 12, 2) as integer) as hour, count(*) as changes
                  from versions v
                 where v.source = :source and {counts("v")} and {of_visible("v")} group by hour""",  # noqa: S608
            {"source": source},
        )
        changes = {row["hour"]: row["changes"] for row in rows}
        return [changes.get(hour, 0) for hour in range(24)]

    def _by_versions(self, source: str) -> list[int]:
        rows = self._db.execute(
            f"""select version_count, count(*) from articles a
                 where a.source = :source and {visible("a")} group by version_count""",  # noqa: S608
            {"source": source},
        )
        by_versions = [0] * MANY_VERSIONS
        for versions, articles in rows:
            by_versions[min(versions, MANY_VERSIONS) - 1] += articles
        return by_versions
