"""What publishers' servers were like: which want to be left alone, and whose validators lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.times import from_iso, to_iso


@dataclass(frozen=True)
class BackOff:
    """A host that is asked for nothing until a moment, and why."""

    host: str
    until: datetime
    reason: str
    number: int = 1  # of back-offs in a row, without a good answer in between; 0: nothing was wrong

    def __str__(self) -> str:
        """For people."""
        return f"left alone until {to_iso(self.until)}: {self.reason}"


class Hosts:
    """The part of the record that crawls leave to each other about servers."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def back_offs(self, source: str) -> list[BackOff]:
        """The back-offs of a source's hosts, over or not, that no good answer has ended."""
        sql = "select host, left_alone_until, reason, back_offs from hosts where source = :source"
        return [
            BackOff(host, from_iso(until), reason, number)
            for host, until, reason, number in self._db.execute(sql, {"source": source})
        ]

    def back_off(self, source: str, back_off: BackOff) -> None:
        """Remembers a back-off in place of the host's last one."""
        row = {
            "host": back_off.host,
            "source": source,
            "left_alone_until": to_iso(back_off.until),
            "reason": back_off.reason,
            "back_offs": back_off.number,
        }
        self._db.execute(
            """insert into hosts (host, source, left_alone_until, reason, back_offs)
               values (:host, :source, :left_alone_until, :reason, :back_offs)
                   on conflict (host, source) do update
                  set left_alone_until = excluded.left_alone_until,
                      reason = excluded.reason, back_offs = excluded.back_offs""",
            row,
        )

    def take_back(self, source: str, hosts: Iterable[str], now: str) -> None:
        """Undoes the last back-off of each of these hosts of a source."""
        rows = [{"source": source, "host": host, "now": now} for host in hosts]
        with self._db.transaction():
            self._db.executemany(
                """update hosts set left_alone_until = :now, back_offs = back_offs - 1
                    where source = :source and host = :host""",
                rows,
            )
            self._db.executemany(
                "delete from hosts where source = :source and host = :host and back_offs < 1", rows
            )

    def answered(self, host: str) -> None:
        """Forgets the back-offs of a host that gave a good answer."""
        self._db.execute("delete from hosts where host = :host", {"host": host})

    def asked(self, host: str, day: str) -> int:
        """Counts one more request to a host on a day: how many there were, of all crawls. The day
        before is kept: by the clock of another machine it may be still going on."""
        ((requests,),) = self._db.execute(
            """insert into host_days (host, day, requests) values (:host, :day, 1)
                   on conflict (host, day) do update set requests = host_days.requests + 1
               returning requests""",
            {"host": host, "day": day},
        ).fetchall()
        if requests == 1:
            before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
            earlier = "delete from host_days where host = :host and day < :before"
            self._db.execute(earlier, {"host": host, "before": before})
        return int(requests)

    def has_false_validators(self, source: str) -> bool:
        """Whether the validators of a source's servers were found to be false."""
        sql = "select 1 from false_validators where source = :source"
        return self._db.execute(sql, {"source": source}).fetchone() is not None

    def record_false_validators(self, source: str, url: str, now: datetime) -> bool:
        """Remembers that a source's validators are false. Whether that was unknown."""
        added = self._db.execute(
            """insert into false_validators (source, noticed_at, url) values (:source, :now, :url)
                   on conflict (source) do nothing""",
            {"source": source, "now": to_iso(now), "url": url},
        )
        return added.rowcount == 1
