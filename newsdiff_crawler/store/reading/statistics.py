"""A source in numbers: how much it publishes, how much of that it changes, and when."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import cast

MANY_VERSIONS = 10  # articles with as many versions or more are counted together


@dataclass(frozen=True)
class Numbers:
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

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def numbers(self, source: str) -> Numbers:
        """One source in numbers; zeros for a name that is none."""
        articles = self._row(
            """select count(*), total(version_count), total(change_count > 0), total(change_count)
                 from articles
                where source = ? and state <> 'hidden' and version_count > 0""",
            source,
        )
        return Numbers(
            articles=int(articles[0]),
            versions=int(articles[1]),
            changed_articles=int(articles[2]),
            changed_headlines=self._labelled(source, "headline")[0],
            changes=int(articles[3]),
            declared=self._labelled(source, "correction")[1],
            first_change_after=self._first_change_after(source),
            by_hour=self._by_hour(source),
            by_versions=self._by_versions(source),
        )

    def _row(self, sql: str, *values: object) -> tuple[float, ...]:
        return cast("tuple[float, ...]", tuple(self._connection.execute(sql, values).fetchone()))

    def _labelled(self, source: str, label: str) -> tuple[int, int]:
        """Articles and changes with a label."""
        row = self._row(
            """select count(distinct article_id), count(*) from change_labels
                where label = ? and source = ?""",
            label,
            source,
        )
        return int(row[0]), int(row[1])

    def _first_change_after(self, source: str) -> int | None:
        rows = self._connection.execute(
            """select strftime('%s', second.fetched_at) - strftime('%s', first.fetched_at)
                      as seconds
                 from articles a
                 join versions first on first.article_id = a.id and first.number = 1
                 join versions second on second.article_id = a.id and second.number = 2
                where a.source = ? and a.state <> 'hidden' and a.change_count > 0
                order by seconds""",
            [source],
        ).fetchall()
        return int(rows[len(rows) // 2]["seconds"]) if rows else None

    def _by_hour(self, source: str) -> list[int]:
        rows = self._connection.execute(
            """select cast(substr(fetched_at, 12, 2) as integer) as hour, count(*) as changes
                 from versions where source = ? and number > 1 and minor is null group by hour""",
            [source],
        )
        counts = {row["hour"]: row["changes"] for row in rows}
        return [counts.get(hour, 0) for hour in range(24)]

    def _by_versions(self, source: str) -> list[int]:
        rows = self._connection.execute(
            """select min(version_count, ?) as versions, count(*) as articles from articles
                where source = ? and state <> 'hidden' and version_count > 0 group by versions""",
            [MANY_VERSIONS, source],
        )
        counts = {row["versions"]: row["articles"] for row in rows}
        return [counts.get(number, 0) for number in range(1, MANY_VERSIONS + 1)]
