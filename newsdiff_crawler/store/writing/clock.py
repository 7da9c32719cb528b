"""What a wrong clock left in the record: found, put right, and remembered for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from newsdiff_crawler.scheduling.clock import (
    LATEST_DUE,
    LATEST_OTHER,
    TOLERANCE,
    UNWELL_FOR,
    Verdict,
    judge_clock,
    was_behind,
)
from newsdiff_crawler.scheduling.schedule import LONGEST_FAILURE_WAIT, LONGEST_WAIT
from newsdiff_crawler.store.engine.database import Database, Values
from newsdiff_crawler.store.rules import not_hidden
from newsdiff_crawler.times import from_iso, to_iso

# Of articles: what the schedule reckons with, and a clock that was ahead made too late. Where it
# is not clear which clock was wrong, these may be true.
_FACTS = ("first_seen_at", "last_changed_at", "last_real_change_at", "absent_since")


class Clock:
    """The part of the record that tells whether the machine's clock is to be believed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def judge(self, source: str, now: datetime) -> Verdict:
        """By the last crawls of a source; to be asked before the next one begins."""
        verdict = judge_clock(self._times(source, now), now)
        if verdict == "right" and self._behind(source, now):
            return "was behind"
        return verdict

    def is_in_doubt(self, source: str, now: datetime) -> bool:
        """Whether what is due of a source is not to be believed: a crawl is to see."""
        (article, feed) = self._latest_due(source)
        too_late = article > to_iso(now + LATEST_DUE) or feed > to_iso(now + LATEST_OTHER)
        return too_late or self.judge(source, now) != "right"

    def put_right(self, source: str, now: datetime, verdict: Verdict) -> str | None:
        """Makes due in good time what no wait explains, and what was checked while the clock was
        ahead, or seems to have been. What it had said then, if anything was found."""
        said = self._last(source) if verdict != "right" else None
        behind = self._behind(source, now) if verdict == "was behind" else None
        was_later = verdict in ("was ahead", "unclear")
        said = said or self._too_late(source, now)
        if said is None:
            return None
        limits = {
            "source": source,
            "now": to_iso(now),
            "ahead": to_iso(now + TOLERANCE) if was_later else "9999",
            "latest": to_iso(now + LATEST_DUE),
            "latest_other": to_iso(now + LATEST_OTHER),
        }
        with self._db.transaction():
            self._put_articles_right(limits, now, was_ahead=verdict == "was ahead")
            self._put_others_right(limits)
            if behind:
                self._put_facts_right(source, behind, to_iso(now))
            self._remember(source, to_iso(now), said, verdict)
        return said

    def fault(self, source: str, now: datetime) -> str | None:
        """What was found wrong lately, for people; None: nothing."""
        row = self._db.execute(
            "select noticed_at, said from clock_faults where source = :source", {"source": source}
        ).fetchone()
        if row is None or now - from_iso(row["noticed_at"]) > UNWELL_FOR:
            return None
        return (
            f"a crawl before {row['noticed_at']} ran with a wrong clock ({row['said']}); "
            "what it made due too late was put right"
        )

    # --- What is found --------------------------------------------------------------------------

    def _last(self, source: str) -> str | None:
        """The last moment of the crawl before this one."""
        row = self._db.execute(
            """select started_at, finished_at from runs
                where source = :source order by id desc limit 1""",
            {"source": source},
        ).fetchone()
        return max(time for time in row if time) if row else None

    def _times(self, source: str, now: datetime) -> list[datetime]:
        last = self._last(source)
        limit = to_iso(now + TOLERANCE)
        if last is None or last <= limit:
            return []
        rows = self._db.execute(
            """select started_at, finished_at from runs where source = :source and id >= coalesce(
                   (select max(id) from runs where source = :source and started_at <= :limit), 0)
                order by id""",
            {"source": source, "limit": limit},
        )
        return [from_iso(time) for row in rows for time in row if time]

    def _behind(self, source: str, now: datetime) -> tuple[str, str] | None:
        """From when to when the clock said it was, in the last crawls, if it was behind then."""
        limits = {"source": source, "limit": to_iso(now + TOLERANCE)}
        before = self._db.execute(
            """select id, started_at from runs where source = :source and started_at <= :limit
                order by started_at desc, id desc limit 1""",
            limits,
        ).fetchone()
        if before is None or self._is_known_to_be_ahead(source, before["started_at"]):
            return None
        since = self._db.execute(
            """select started_at, coalesce(finished_at, started_at) from runs
                where source = :source and id > :id and started_at <= :limit order by id""",
            {**limits, "id": before["id"]},
        ).fetchall()
        starts = [from_iso(started) for started, _ in since]
        if not was_behind(from_iso(before["started_at"]), starts, now):
            return None
        times = [time for row in since for time in row]
        return min(times), max(times)

    def _is_known_to_be_ahead(self, source: str, started_at: str) -> bool:
        """Whether a crawl that began at this time by its clock was found to have been ahead."""
        known = self._db.execute(
            """select 1 from clock_faults
                where source = :source and verdict = 'was ahead' and said >= :started_at""",
            {"source": source, "started_at": started_at},
        )
        return known.fetchone() is not None

    def _latest_due(self, source: str) -> tuple[str, str]:
        """Of its articles and of its feeds; empty for none."""
        (row,) = self._db.execute(
            f"""select coalesce((select max(next_check_at) from articles
                                  where source = :source and {not_hidden("articles")}), ''),
                       coalesce((select max(next_check_at) from feeds
                                  where source = :source), '')""",  # noqa: S608
            {"source": source},
        )
        return row[0], row[1]

    def _too_late(self, source: str, now: datetime) -> str | None:
        """The latest time at which something is due and cannot be, or a host may be asked."""
        article, feed = self._latest_due(source)
        sql = "select coalesce(max(left_alone_until), '') from hosts where source = :source"
        (host,) = self._db.execute(sql, {"source": source}).fetchall()[0]
        limits = ((article, LATEST_DUE), (feed, LATEST_OTHER), (host, LATEST_OTHER))
        late = [time for time, longest in limits if time > to_iso(now + longest)]
        return max(late, default=None)

    # --- What is put right ------------------------------------------------------------------------

    def _put_articles_right(self, limits: Values, now: datetime, was_ahead: bool) -> None:
        """What was checked while the clock was ahead is due at once, for its wait was reckoned with
        a wrong age, and so is what stopped being checked then. Others are due as long after now as
        they were to wait."""
        rows = self._db.query(
            f"""select id, state, wait, failures, version_count, next_check_at, last_checked_at,
                       {", ".join(_FACTS)} from articles
                 where source = :source and claimed_by is null and {not_hidden("articles")}
                   and (next_check_at is not null or :was_ahead = 1)
                   and (next_check_at > :latest or last_checked_at > :ahead
                        or first_seen_at > :ahead)""",  # noqa: S608
            {**limits, "was_ahead": int(was_ahead)},
        )
        facts = _FACTS if was_ahead else ()
        for row in rows:
            self._db.update("articles", row["id"], _put_right(row, facts, limits["ahead"], now))

    def _put_others_right(self, limits: Values) -> None:
        self._db.execute(
            """update feeds set next_check_at = :now, last_checked_at = null
                where source = :source and claimed_by is null and next_check_at is not null
                  and (next_check_at > :latest_other or last_checked_at > :ahead)""",
            limits,
        )
        self._db.execute(
            "delete from hosts where source = :source and left_alone_until > :latest_other", limits
        )

    def _put_facts_right(self, source: str, behind: tuple[str, str], now: str) -> None:
        """What was found and changed while the clock was behind is not as old as that."""
        first, last = behind
        for fact in _FACTS:
            self._db.execute(
                f"""update articles set {fact} = :now
                     where source = :source and {fact} between :first and :last""",  # noqa: S608
                {"source": source, "now": now, "first": first, "last": last},
            )

    def _remember(self, source: str, now: str, said: str, verdict: Verdict) -> None:
        self._db.execute(
            """insert into clock_faults (source, noticed_at, said, verdict)
               values (:source, :now, :said, :verdict)
                   on conflict (source) do update
                  set noticed_at = excluded.noticed_at, said = excluded.said,
                      verdict = excluded.verdict""",
            {"source": source, "now": now, "said": said, "verdict": verdict},
        )


def _put_right(
    row: dict[str, Any], facts: Sequence[str], ahead: str, now: datetime
) -> dict[str, Any]:
    """The columns of an article that a wrong clock spoiled. ``ahead``: later times cannot be."""
    present = to_iso(now)
    names = ("last_checked_at", *facts)
    right = {name: present for name in names if row[name] and row[name] > ahead}
    if "last_checked_at" in right or not (row["next_check_at"] and row["version_count"]):
        right["next_check_at"] = present
    else:
        longest = LONGEST_FAILURE_WAIT if row["failures"] else LONGEST_WAIT
        due = now + min(timedelta(seconds=row["wait"]), longest)
        right["next_check_at"] = min(row["next_check_at"], to_iso(due))
    if row["state"] == "retired":
        right["state"] = "live"
    return right
