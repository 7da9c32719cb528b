"""Copies of versions in the Internet Archive: which are to be asked for, in what order, and where
they are. Rows are made in the transaction that stores a version; one process at a time asks
(`Locks.witnessing`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from newsdiff_crawler.items import NewVersion
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import not_hidden
from newsdiff_crawler.times import from_iso, to_iso

CopyState = Literal["waiting", "asked", "kept", "refused", "too late", "withdrawn"]
# A copy that is made later is hardly of what we saw.
TOO_LATE = timedelta(days=1)
KEPT = timedelta(days=30)  # rows that came to nothing
_REAL, _FIRST, _MINOR = 0, 1, 2


@dataclass(frozen=True)
class Offer:
    """A version whose page is to be copied. ``job``: what the archive calls its work on it; empty:
    it was not asked yet."""

    id: int
    url: str
    attempts: int
    job: str


class Copies:
    """The part of the record that a second witness confirms. ``is_wanted``: whether it is asked to;
    set by who knows the settings."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.is_wanted = False

    def offer(self, version: NewVersion) -> None:
        """Notes that a copy is wanted of what a page says now, in the transaction that stores it.
        What waits of an older version comes too late: its page is another one. A text that only we
        read differently is the same page."""
        if not self.is_wanted or version.minor == "parser":
            return
        fetched = version.fetched
        names = {"article": fetched.article_id, "at": fetched.fetched_at}
        self._db.execute(
            """update copies set state = 'too late', done_at = :at, due_at = null
                where article_id = :article and state = 'waiting'""",
            names,
        )
        weight = _FIRST if version.number == 1 else _REAL if version.is_change else _MINOR
        row = {"article_id": fetched.article_id, "number": version.number, "weight": weight}
        at = {"made_at": fetched.fetched_at, "due_at": fetched.fetched_at}
        url = version.latest.url or fetched.url
        self._db.insert("copies", {**row, **at, "url": url, "state": "waiting"})

    def sort_out(self, now: datetime) -> None:
        """Gives up what comes too late, withdraws what was taken down, and forgets what came to
        nothing long ago."""
        names = {
            "now": to_iso(now),
            "late": to_iso(now - TOO_LATE),
            "before": to_iso(now - KEPT),
        }
        with self._db.transaction():
            self._db.execute(
                """update copies set state = 'too late', done_at = :now, due_at = null
                    where done_at is null and made_at < :late""",
                names,
            )
            self._db.execute(
                f"""update copies set state = 'withdrawn', done_at = :now, due_at = null
                     where state = 'waiting' and not exists (
                        select 1 from articles a
                         where a.id = copies.article_id and {not_hidden("a")})""",  # noqa: S608
                names,
            )
            self._db.execute(
                "delete from copies where state <> 'kept' and done_at < :before", names
            )

    def next_to_ask(self, now: datetime) -> Offer | None:
        """What is asked for next: edits that count first, then first versions; of these the
        newest, whose page is most likely what was seen."""
        return self._one(
            """select id, url, attempts, '' from copies
                where state = 'waiting' and due_at <= :now
                order by weight, made_at desc, id limit 1""",
            now,
        )

    def next_to_see(self, now: datetime) -> Offer | None:
        """A copy that was asked for, and may be there by now."""
        return self._one(
            """select id, url, attempts, job from copies
                where state = 'asked' and due_at <= :now order by due_at, id limit 1""",
            now,
        )

    def _one(self, sql: str, now: datetime) -> Offer | None:
        row = self._db.execute(sql, {"now": to_iso(now)}).fetchone()
        return Offer(*row) if row else None

    def next_due(self) -> datetime | None:
        """When anything is due next; None: nothing waits."""
        sql = "select min(due_at) from copies where state in ('waiting', 'asked')"
        ((at,),) = self._db.execute(sql)
        return from_iso(at) if at else None

    def last_asked_at(self) -> datetime | None:
        """When the archive was last asked to make a copy, by whichever process."""
        ((at,),) = self._db.execute("select max(asked_at) from copies")
        return from_iso(at) if at else None

    def asking(self, offer: Offer, now: datetime) -> None:
        """Notes, before it is done, that the archive is asked: a process that dies keeps the pace
        of the next one."""
        self._db.update("copies", offer.id, {"asked_at": to_iso(now)})

    def asked(self, offer: Offer, job: str, due: datetime) -> None:
        """The archive is at it; ``due``: when to see."""
        self._db.update("copies", offer.id, {"state": "asked", "job": job, "due_at": to_iso(due)})

    def see_later(self, offer: Offer, due: datetime) -> None:
        """The archive is still at it."""
        self._db.update("copies", offer.id, {"due_at": to_iso(due)})

    def kept(self, offer: Offer, address: str, now: datetime) -> None:
        """The copy is there."""
        row = {"state": "kept", "address": address, "said": None}
        self._db.update("copies", offer.id, {**row, "done_at": to_iso(now), "due_at": None})

    def refused(self, offer: Offer, said: str, now: datetime) -> None:
        """The archive will not copy it."""
        row = {"state": "refused", "said": said, "done_at": to_iso(now), "due_at": None}
        self._db.update("copies", offer.id, row)

    def try_again(self, offer: Offer, due: datetime, said: str) -> None:
        """It came to nothing this time."""
        row = {"state": "waiting", "job": None, "attempts": offer.attempts + 1, "said": said}
        self._db.update("copies", offer.id, {**row, "due_at": to_iso(due)})

    def pause(self, until: datetime) -> None:
        """Nothing is asked until then."""
        self._db.execute(
            "update copies set due_at = :until where due_at < :until", {"until": to_iso(until)}
        )
