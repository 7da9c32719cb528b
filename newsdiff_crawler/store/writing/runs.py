"""Which crawls are alive. A crawl holds a lock as long as its process lives, however it ends; one
that is unfinished and unlocked was killed, and what it had claimed is given back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.store.engine.database import Database, clock_fault
from newsdiff_crawler.store.engine.locks import Lock, Locks
from newsdiff_crawler.store.rules import visible
from newsdiff_crawler.times import from_iso

SIGN_OF_LIFE = timedelta(minutes=1)
_READ = "(feeds_read > 0 or feeds_unchanged > 0 or new > 0 or changed > 0 or unchanged > 0)"


@dataclass(frozen=True)
class CheckCounts:
    """Checks of articles. ``refused``: how many of them ended failed or blocked."""

    checks: int
    refused: int


class Runs:
    """The runs table and its locks, for one process. Times are ISO 8601 strings."""

    def __init__(self, db: Database, locks: Locks) -> None:
        self._db = db
        self._locks = locks
        self._held: dict[int, Lock] = {}
        self._seen: dict[int, str] = {}  # when each was last noted to be alive

    def start(self, source: str, now: str, node: str | None = None) -> int:
        """Begins a run and returns its id, after giving back what killed runs had claimed.
        ``node``: the machine."""
        name = f"{source}-{uuid.uuid4().hex}.lock"
        lock = self._locks.run(name)
        with self._db.transaction():
            self._end_killed_runs(now)
            lock.acquire()
            # It is there again, if it was renamed and now back.
            sql = "delete from renamed_sources where source = :source"
            self._db.execute(sql, {"source": source})
            row = {"source": source, "started_at": now, "lock": name, "node": node, "seen_at": now}
            run = self._db.insert_returning_id("runs", row)
        self._held[run], self._seen[run] = lock, now
        return run

    def is_alive(self, run: int, now: str) -> None:
        """A sign of life of a run, of which one in a minute is noted: each is a write. Raises
        RecordFailedError where the clock has been set wrong meanwhile."""
        if abs(from_iso(now) - from_iso(self._seen[run])) < SIGN_OF_LIFE:
            return
        self._check_clock()
        self._seen[run] = now
        self._db.execute("update runs set seen_at = :now where id = :id", {"now": now, "id": run})

    def _check_clock(self) -> None:
        """It would claim what is not due."""
        server_time = self._db.server_time()
        fault = None if server_time is None else clock_fault(server_time)
        if fault:
            raise self._db.record_failed(fault)

    def end_killed_runs(self, now: str) -> None:
        """Gives back what killed runs had claimed; each new run begins with that."""
        with self._db.transaction():
            self._end_killed_runs(now)

    def finish(
        self, run: int, now: str, reason: str, counts: dict[str, int], unwell: str | None = None
    ) -> None:
        """Ends a run; articles and feeds that it claimed and did not check are due at once."""
        with self._db.transaction():
            self._give_back(run, now)
            ended = {"finished_at": now, "seen_at": now, "reason": reason, "lock": None}
            row = {**ended, "unwell": unwell, **counts}
            self._db.update("runs", run, row)
        self._held.pop(run).remove()
        self._seen.pop(run)

    def make_due(self, articles: Sequence[int], feeds: Sequence[int], now: str) -> None:
        """Makes these articles and feeds due at once, where they are to be asked again at all."""
        with self._db.transaction():
            for table, ids in (("articles", articles), ("feeds", feeds)):
                self._db.execute(
                    f"""update {table} set next_check_at = :now
                         where next_check_at is not null and {self._db.one_of("id", "ids")}""",  # noqa: S608
                    {"now": now, "ids": self._db.list_value(ids)},
                )

    def ever_read(self, source: str) -> bool:
        """Whether any crawl of the source that ended could read anything."""
        sql = f"select 1 from runs where source = :source and {_READ} limit 1"  # noqa: S608
        return self._db.execute(sql, {"source": source}).fetchone() is not None

    def only_others_read(self, source: str) -> bool:
        """Whether the source's last crawl that ended asked and could read nothing, and others that
        began since then could."""
        last = self._db.execute(
            f"""select id, {_READ} from runs
                 where source = :source and finished_at is not null
                   and (feeds_failed > 0 or checks > 0 or {_READ})
                 order by id desc limit 1""",  # noqa: S608
            {"source": source},
        ).fetchone()
        if last is None or last[1]:
            return False
        sql = f"select 1 from runs where id > :last and source <> :source and {_READ} limit 1"  # noqa: S608
        return self._db.execute(sql, {"last": last[0], "source": source}).fetchone() is not None

    def found_since(self, source: str, since: str) -> int:
        """How many new articles the finished runs of a source found since a moment."""
        sql = """select coalesce(sum(found), 0) from runs
                  where source = :source and started_at >= :since"""
        ((found,),) = self._db.execute(sql, {"source": source, "since": since})
        return int(found)

    def last_trouble(self, source: str) -> str | None:
        """What was wrong with the source when its last run ended; None: nothing."""
        sql = """select unwell from runs where source = :source and finished_at is not null
                    and reason <> 'killed' order by id desc limit 1"""
        row = self._db.execute(sql, {"source": source}).fetchone()
        return row[0] if row else None

    def last_checks(self, source: str, counts: dict[str, int], fewest: int) -> CheckCounts:
        """The checks of a run that has these counts, and of as many runs of the source before it
        as it takes to have `fewest`."""
        checks, refused = counts["checks"], counts["failed"] + counts["blocked"]
        before = self._db.execute(
            """select checks, failed + blocked from runs
                where source = :source and checks > 0 order by id desc limit :fewest""",
            {"source": source, "fewest": fewest},
        )
        for more, refused_too in before:
            if checks >= fewest:
                break
            checks, refused = checks + more, refused + refused_too
        return CheckCounts(checks, refused)

    def last_due(self, source: str, counts: dict[str, int]) -> dict[str, int]:
        """The counts of a run that has these, or, where nothing was due for it, of the last run of
        the source for which something was."""
        if counts["checks"] or counts["put_off"]:
            return counts
        before = self._db.query(
            """select checks, new, changed, unchanged, gone, failed, blocked, put_off, placeholders,
                      read_generically
                 from runs
                where source = :source and (checks > 0 or put_off > 0) order by id desc limit 1""",
            {"source": source},
        )
        return before[0] if before else counts

    def quiet(self, source: str, now: datetime) -> tuple[int, timedelta | None]:
        """How many articles of a source readers may see, and since when none was new or
        changed."""
        sql = f"""select count(*), max(a.last_changed_at) from articles a
                   where a.source = :source and {visible("a")}"""  # noqa: S608
        ((tracked, last),) = self._db.execute(sql, {"source": source})
        return tracked, now - from_iso(last) if last else None

    def _end_killed_runs(self, now: str) -> None:
        for row in self._db.query("select id, lock from runs where finished_at is null"):
            lock = self._locks.run(row["lock"])
            if not lock.acquire():
                continue  # alive
            self._give_back(row["id"], now)
            ended = {"finished_at": now, "reason": "killed", "lock": None}
            self._db.update("runs", row["id"], ended)
            lock.remove()

    def _give_back(self, run: int, now: str) -> None:
        names = {"now": now, "run": run}
        self._db.execute(
            "update articles set next_check_at = :now, claimed_by = null where claimed_by = :run",
            names,
        )
        # A feed that is no longer declared stays so.
        self._db.execute(
            """update feeds set next_check_at = case when next_check_at is not null then :now end,
                                claimed_by = null where claimed_by = :run""",
            names,
        )
