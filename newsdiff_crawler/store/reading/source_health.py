"""Whether each source is well: its runs, its feeds, the hosts that are left alone, the validators
that are not believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdiff_crawler.items import NOTHING_LEFT_OUT, LeftOut
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.left_out import from_json
from newsdiff_crawler.store.rules import not_hidden, of_visible, sources_in, visible
from newsdiff_crawler.store.trouble import USUAL_LIMITS, Limits, Overdue, lateness
from newsdiff_crawler.times import to_iso

NEWEST = 100  # versions, whose parsers are counted
NEWEST_RUNS = 10_000  # which say what machines there are

_RUNS = """
    select source, started_at, finished_at, reason, checks, failed, blocked, put_off, unwell,
           read_generically
      from runs where source = :source and finished_at is not null
"""
_FIGURES = ("articles", "versions", "changes", "gone", "hints", "hints_right")
_COUNTS = f"""
    select a.source, count(*) as articles, sum(a.version_count) as versions,
           sum(a.change_count) as changes, count(case when a.state = 'gone' then 1 end) as gone
      from articles a where {visible("a")} group by a.source
"""  # noqa: S608
_HINTS = """
    select source, sum(hints) as hints, sum(hints_right) as hints_right from feeds group by source
"""
_CRAWLED = f"""select name from {sources_in("runs")}
     where name not in (select source from renamed_sources)
"""  # noqa: S608
_WITH_ARTICLES = f"""select name from {sources_in("articles")}
     where exists (select 1 from articles a where a.source = names.name and {visible("a")})
"""  # noqa: S608


@dataclass(frozen=True)
class RunFacts:
    """How a crawl ended: ``reason`` is Scrapy's, or ``killed``. Counts are of checks of articles;
    ``put_off``: of articles that were due and not asked for, since their host was left alone.
    ``unwell``: what it found wrong with the source; None: nothing. ``read_generically``: pages that
    none of the source's parsers fits."""

    source: str
    started_at: str
    finished_at: str
    reason: str
    checks: int | None
    failed: int | None
    blocked: int | None
    put_off: int | None
    unwell: str | None
    read_generically: int = 0


@dataclass(frozen=True)
class FeedFacts:
    """How a feed answered last, and how often it was right. ``failures``: failed checks in a row.
    ``hints``: entries that moved and were checked since; ``hints_right``: those of them whose
    article had a real change. ``listed``: links to articles when it was last read, None: it never
    was; ``left_out``: what else there was."""

    url: str
    last_checked_at: str | None
    failures: int
    last_error: str | None
    hints: int
    hints_right: int
    listed: int | None = None
    left_out: LeftOut = NOTHING_LEFT_OUT


@dataclass(frozen=True)
class BackOffFacts:
    """A host that is asked for nothing until a time, and why. ``number``: of back-offs in a
    row."""

    host: str
    until: str
    reason: str
    number: int


@dataclass(frozen=True)
class NodeFacts:
    """A machine that crawls: when a crawl of it last gave a sign of life, the sources that are
    being crawled there, and how many of the newest 10,000 runs were its."""

    node: str
    seen_at: str
    running: list[str]
    runs: int


@dataclass(frozen=True)
class SourceHealth:
    """How a source does. ``unwell``: why it is not well: what of it is overdue, and what the last
    run that was not killed found; None: it is well, or was never crawled.
    ``last_run_with_checks``: the last run for which an article was due. ``back_offs``: its
    hosts that are left alone now. ``false_validators_since``: when its servers were found to say
    "not modified" of what was. Of one that is not ``followed`` nothing is overdue or unwell."""

    source: str
    unwell: str | None
    unwell_since: str | None
    last_run: RunFacts | None
    last_good_run: RunFacts | None
    last_run_with_checks: RunFacts | None
    back_offs: list[BackOffFacts]
    false_validators_since: str | None
    followed: bool = True


@dataclass(frozen=True)
class SourceOverview:
    """A source in a few figures, and whether it is well. ``hints``: entries in its feeds that
    moved and were checked since; ``hints_right``: those of them whose article had a real
    change. ``left_out``: entries of its feeds that led to no article. ``unwell``: why, and
    since when; None: it is well. Without ``last_run_at`` no run has ended yet."""

    source: str
    articles: int
    versions: int
    changes: int
    gone: int
    hints: int
    hints_right: int
    last_run_at: str | None
    unwell: str | None
    unwell_since: str | None = None
    left_out: LeftOut = NOTHING_LEFT_OUT
    followed: bool = True


class Health:
    """What crawls wrote down about sources."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def sources(self) -> list[str]:
        """The names of all sources with an article, or a crawl that found none yet, in
        alphabetical order."""
        both = f"{_WITH_ARTICLES} union {_CRAWLED}"
        return [name for (name,) in self._db.execute(f"{both} order by name")]

    def renamed(self, source: str) -> str | None:
        """The source that has the articles of one that is no longer there; None for any other."""
        sql = "select successor from renamed_sources where source = :source"
        row = self._db.execute(sql, {"source": source}).fetchone()
        return row[0] if row else None

    def last_crawl_at(self) -> str | None:
        """When the last crawl of any source ended, or began that has not ended yet."""
        (row,) = self._db.execute("select max(coalesce(finished_at, started_at)) from runs")
        at: str | None = row[0]
        return at

    def nodes(self) -> list[NodeFacts]:
        """The machines of the newest runs, by name."""
        rows = self._db.execute(
            """select node, max(seen_at), count(*) from (
                   select node, seen_at from runs order by id desc limit :newest) as newest
                where node is not null group by node order by node""",
            {"newest": NEWEST_RUNS},
        ).fetchall()
        running = self._db.execute(
            "select node, source from runs where finished_at is null order by source"
        ).fetchall()
        at_work: dict[str, list[str]] = {}
        for node, source in map(tuple, running):
            at_work.setdefault(node, []).append(source)
        return [
            NodeFacts(node, seen_at, at_work.get(node, []), runs)
            for node, seen_at, runs in map(tuple, rows)
        ]

    def found_unwell(self, source: str) -> str | None:
        """Why the last crawl of a source found it unwell; None: it did not. One that was given up
        is not unwell any more."""
        return self._found_unwell(source) if self.is_followed(source) else None

    def _found_unwell(self, source: str) -> str | None:
        judged = self._last(source, "and reason <> 'killed'")
        return judged.unwell if judged else None

    def of(self, source: str, now: datetime, limits: Limits = USUAL_LIMITS) -> SourceHealth:
        """How a source does."""
        last, followed = self._last(source), self.is_followed(source)
        unwell, since = self._unwell(source, last, now, limits) if followed else (None, None)
        return SourceHealth(
            source=source,
            unwell=unwell,
            unwell_since=since,
            last_run=last,
            last_good_run=self._last(
                source, "and reason = 'finished' and unwell is null and failed * 2 <= checks"
            ),
            last_run_with_checks=self._last(source, "and checks > 0"),
            back_offs=self._back_offs(source, to_iso(now)),
            false_validators_since=self._false_validators_since(source),
            followed=followed,
        )

    def overview(self, now: datetime, limits: Limits = USUAL_LIMITS) -> list[SourceOverview]:
        """Every source that was ever crawled, in alphabetical order; without those whose articles
        went to another one."""
        rows = self._db.execute(f"{_CRAWLED} order by name")
        figures = {name: dict.fromkeys(_FIGURES, 0) for (name,) in rows}
        for row in self._db.query(_COUNTS) + self._db.query(_HINTS):
            if row["source"] in figures:
                figures[row["source"]] |= {name: row[name] for name in _FIGURES if name in row}
        return [self._overview(name, counted, now, limits) for name, counted in figures.items()]

    def feeds(self, source: str) -> list[FeedFacts]:
        """The feeds of a source and how they answered last."""
        rows = self._db.query(
            """select url, last_checked_at, failures, last_error, hints, hints_right, listed,
                      left_out
                 from feeds
                where source = :source and next_check_at is not null order by url limit 200""",
            {"source": source},
        )
        return [FeedFacts(**{**row, "left_out": from_json(row["left_out"])}) for row in rows]

    def left_out(self, source: str) -> LeftOut:
        """What the feeds of a source had besides articles when they were last read."""
        rows = self._db.execute(
            """select left_out from feeds
                where source = :source and next_check_at is not null and left_out is not null
                  and left_out <> '{}'""",
            {"source": source},
        )
        return sum((from_json(column) for (column,) in rows), NOTHING_LEFT_OUT)

    def parsers(self, source: str) -> list[tuple[str, int]]:
        """Which parsers read the newest versions of a source, and how many each, the most used
        first."""
        rows = self._db.execute(
            f"""select parser, count(*) from (
                    select parser from versions v where source = :source and {of_visible("v")}
                     order by fetched_at desc limit :newest) as newest
                 group by parser order by 2 desc, 1""",  # noqa: S608
            {"source": source, "newest": NEWEST},
        )
        return [(parser or "", count) for parser, count in map(tuple, rows)]

    def _back_offs(self, source: str, now: str) -> list[BackOffFacts]:
        rows = self._db.execute(
            """select host, left_alone_until, reason, back_offs from hosts
                where source = :source and left_alone_until > :now order by host""",
            {"source": source, "now": now},
        )
        return [BackOffFacts(*row) for row in rows]

    def _false_validators_since(self, source: str) -> str | None:
        row = self._db.execute(
            "select noticed_at from false_validators where source = :source", {"source": source}
        ).fetchone()
        return row["noticed_at"] if row else None

    def _overview(
        self, source: str, figures: dict[str, int], now: datetime, limits: Limits
    ) -> SourceOverview:
        run, followed = self._last(source), self.is_followed(source)
        last_run_at = run.finished_at if run else None
        unwell, since = self._unwell(source, run, now, limits) if followed else (None, None)
        return SourceOverview(
            source,
            **figures,
            last_run_at=last_run_at,
            unwell=unwell,
            unwell_since=since,
            left_out=self.left_out(source),
            followed=followed,
        )

    def _unwell(
        self, source: str, last: RunFacts | None, now: datetime, limits: Limits
    ) -> tuple[str | None, str | None]:
        """Why a source that is followed is unwell, and since when."""
        found = self._found_unwell(source)
        overdue = self._overdue(source, to_iso(now - limits.late))
        late = lateness(overdue, last.finished_at if last else None, now)
        since = self._unwell_since(source) if found else overdue.since
        return "; ".join(filter(None, (late, found))) or None, since

    def is_followed(self, source: str) -> bool:
        """Whether the operator still chooses it."""
        row = self._db.execute(
            "select followed from sources where source = :source", {"source": source}
        ).fetchone()
        return row is None or bool(row["followed"])

    def _overdue(self, source: str, limit: str) -> Overdue:
        ((articles, feeds, since),) = self._db.execute(
            f"""select count(article), count(feed), min(coalesce(article, feed)) from (
                    select next_check_at as article, null as feed from articles
                     where source = :source and next_check_at <= :limit
                       and {not_hidden("articles")}
                    union all
                    select null, next_check_at from feeds
                     where source = :source and next_check_at <= :limit) as due""",  # noqa: S608
            {"source": source, "limit": limit},
        )
        return Overdue(articles, feeds, since)

    def _last(self, source: str, condition: str = "") -> RunFacts | None:
        """The last run that ended, of those that meet a condition."""
        row = self._db.execute(
            f"{_RUNS} {condition} order by id desc limit 1", {"source": source}
        ).fetchone()
        return RunFacts(*row) if row else None

    def _unwell_since(self, source: str) -> str | None:
        """When the first run ended that found the source unwell, of those after the last that
        did not."""
        row = self._db.execute(
            """select min(finished_at) from runs
                where source = :source and unwell is not null and id > coalesce(
                    (select max(id) from runs
                      where source = :source and unwell is null and reason <> 'killed'), 0)""",
            {"source": source},
        ).fetchone()
        return row[0] if row else None


def sources_with_articles(db: Database) -> list[str]:
    """The names of sources with an article to see, in alphabetical order."""
    return [name for (name,) in db.execute(f"{_WITH_ARTICLES} order by name")]
