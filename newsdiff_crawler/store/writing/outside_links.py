"""Links of a source's feeds that lie on other hosts: where they led when they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class HostAnswers:
    """How many links of a host were asked, and how many of them led to another host."""

    asked: int
    led: int


class OutsideLinks:
    """The part of the record that keeps a link from being asked twice."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def known(self, source: str, urls: Sequence[str]) -> dict[str, str | None]:
        """Those of the links that were asked, and where each led; None: to no other host."""
        rows = self._db.execute(
            f"""select url, leads_to from outside_links
                 where source = :source and {self._db.one_of("url", "urls")}""",  # noqa: S608
            {"source": source, "urls": self._db.list_value(urls)},
        )
        return dict(map(tuple, rows))

    def answers(self, source: str, host: str) -> HostAnswers:
        """What a host's links came to so far."""
        (row,) = self._db.execute(
            """select count(*), count(leads_to) from outside_links
                where source = :source and host = :host""",
            {"source": source, "host": host},
        )
        return HostAnswers(*row)

    def record(self, source: str, url: str, host: str, leads_to: str | None, now: datetime) -> None:
        """Remembers where a link leads."""
        self._db.execute(
            """insert into outside_links (source, url, host, leads_to, asked_at)
                    values (:source, :url, :host, :leads_to, :now)
                   on conflict (source, url) do update
                   set leads_to = excluded.leads_to, asked_at = excluded.asked_at""",
            {
                "source": source,
                "url": url,
                "host": host,
                "leads_to": leads_to,
                "now": to_iso(now),
            },
        )
