"""Who the sources are, and which are followed: the site and ``/health`` know it by the record."""

from __future__ import annotations

import json
from collections.abc import Iterable

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import sources_in


class Sources:
    """The part of the record that knows the sources."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def describe(self, publisher: Publisher) -> None:
        """Writes down who a source is. A new one is taken for followed, unless it was said before
        that it is not."""
        row = {
            "source": publisher.name,
            "title": publisher.title,
            "country": publisher.country,
            "language": publisher.language,
            "feeds": json.dumps(list(publisher.feeds)),
            "home": publisher.home,
        }
        known = self._db.query(
            """select source, title, country, language, feeds, home from sources
                where source = :source""",
            row,
        )
        if known == [row]:
            return
        with self._db.transaction():
            self._db.execute(
                """insert into sources
                              (source, title, country, language, feeds, home, followed)
                       values (:source, :title, :country, :language, :feeds, :home, 1)
                       on conflict (source) do update
                      set title = excluded.title, country = excluded.country,
                          language = excluded.language, feeds = excluded.feeds,
                          home = excluded.home""",
                row,
            )

    def follow(self, names: Iterable[str], others: Iterable[str] = ()) -> list[str]:
        """Makes these the sources that are followed, and no other one. ``others``: that are crawled
        without being followed. Returns the names of those that no longer are."""
        before = self._followed()
        now = {**dict.fromkeys([*before, *others], False), **dict.fromkeys(names, True)}
        changed = {name: is_now for name, is_now in now.items() if before.get(name) is not is_now}
        if changed:
            with self._db.transaction():
                self._db.executemany(
                    """insert into sources (source, followed) values (:source, :followed)
                           on conflict (source) do update set followed = excluded.followed""",
                    [{"source": name, "followed": int(each)} for name, each in changed.items()],
                )
        return sorted(name for name, is_now in changed.items() if name in before and not is_now)

    def _followed(self) -> dict[str, bool]:
        """Of each source that was ever crawled or followed, whether it is."""
        rows = self._db.execute(
            f"""select name, 1 from {sources_in("runs")}
                 where name not in (select source from sources union
                                    select source from renamed_sources)
                union all select source, followed from sources"""  # noqa: S608
        )
        return {name: bool(followed) for name, followed in rows}
