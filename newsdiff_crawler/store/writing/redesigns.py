"""Changes of a source that are held back, since far more of its pages changed than is usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import counts, not_hidden
from newsdiff_crawler.store.writing.counting import count_changes_anew
from newsdiff_crawler.times import to_iso

MEASURED = timedelta(days=30)  # for what is usual
RECENT = timedelta(hours=6)  # earlier crawls whose checks count with those of this one
MOST_HELD = 2000  # versions that are looked at together


@dataclass(frozen=True)
class Checked:
    """Checks that read a text which the record had before, and how many of them brought a change
    that counts. ``since``: the first of them."""

    checks: int
    changes: int
    since: str


@dataclass(frozen=True)
class Held:
    """A version that is held back."""

    article_id: int
    number: int
    at: str = ""  # fetched


@dataclass(frozen=True)
class Marked:
    """What the changes of a crawl came to: marked as the page's doing, and counted."""

    pages: int
    stories: int


class Redesigns:
    """The part of the record that waits until it is clear who changed the pages."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def usual(self, source: str, now: datetime) -> Checked:
        """What checks came to in the time before; runs in which a redesign was at work left out."""
        return self._checked(source, now - MEASURED, now, "and unwell is null")

    def recent(self, source: str, now: datetime) -> Checked:
        """What the crawls of the last hours came to, and when the first began, which may be the one
        that is at work."""
        return self._checked(source, now - RECENT, now, "")

    def _checked(self, source: str, since: datetime, now: datetime, also: str) -> Checked:
        ((checks, changes, first),) = self._db.execute(
            f"""select coalesce(sum(changed + unchanged), 0), coalesce(sum(changes), 0),
                       min(started_at)
                  from runs
                 where source = :source and started_at >= :since and started_at <= :now {also}""",  # noqa: S608
            {"source": source, "since": to_iso(since), "now": to_iso(now)},
        )
        return Checked(int(checks), int(changes), first or to_iso(now))

    def hold(self, source: str, since: str) -> None:
        """Holds back all changes of a source that count and were fetched from that time on."""
        names = {"source": source, "since": since}
        with self._db.transaction():
            held = self._db.execute(
                f"""update versions set held = 1
                     where source = :source and fetched_at >= :since and {counts("versions")}
                 returning article_id""",  # noqa: S608
                names,
            ).fetchall()
            for article_id in sorted({row[0] for row in held}):
                count_changes_anew(self._db, article_id)

    def hold_one(self, held: Held) -> None:
        """Holds back one more."""
        with self._db.transaction():
            self._db.execute(
                "update versions set held = 1 where article_id = :id and number = :number",
                {"id": held.article_id, "number": held.number},
            )
            count_changes_anew(self._db, held.article_id)

    def held(self, source: str) -> list[Held]:
        """The versions of a source that are held back, the oldest first."""
        rows = self._db.execute(
            f"""select v.article_id, v.number, v.fetched_at
                  from versions v join articles a on a.id = v.article_id
                where v.source = :source and v.held > 0 and v.page_changed = 0
                  and {not_hidden("a")}
                order by v.fetched_at, v.article_id limit :most""",  # noqa: S608
            {"source": source, "most": MOST_HELD},
        )
        return [Held(*row) for row in rows]

    def began(self, run: int) -> str:
        """When a run did. Raises RecordFailedError where the record is another one by now."""
        found = list(self._db.execute("select started_at from runs where id = :run", {"run": run}))
        if not found:
            raise self._db.record_failed("another one is in its place")
        return str(found[0][0])

    def pages(self, source: str, since: str) -> int:
        """Articles that the record had before, and that were read since then."""
        ((pages,),) = self._db.execute(
            f"""select count(*) from articles a join versions v
                    on v.article_id = a.id and v.number = 1 and v.fetched_at <= :since
                 where a.source = :source and a.last_checked_at >= :since and a.failures = 0
                   and {not_hidden("a")}""",  # noqa: S608
            {"source": source, "since": since},
        )
        return int(pages)

    def marked(self, source: str, since: str) -> Marked:
        """What the changes that were fetched since then came to."""
        ((pages, stories),) = self._db.execute(
            """select count(*) filter (where page_changed = 1),
                      count(*) filter (where minor is null)
                 from versions
                where source = :source and fetched_at >= :since and number > 1""",
            {"source": source, "since": since},
        )
        return Marked(int(pages), int(stories))
