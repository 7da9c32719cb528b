"""Whether each source is well: its runs, its feeds, the hosts that are left alone, the validators
that are not believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdiff_crawler.items import NOTHING_LEFT_OUT, LeftOut
from newsdiff_crawler.store.engine.database import Database, Result
from newsdiff_crawler.store.left_out import from_json
from newsdiff_crawler.store.rules import not_hidden, of_visible, sources_in, visible
from newsdiff_crawler.store.trouble import USUAL_LIMITS, Limits, Overdue, lateness
from newsdiff_crawler.times import to_iso

NEWEST = 100  # versions, whose parsers are counted
NEWEST_RUNS = 10_000  # which say what machines there are

_RUN = """
    r.source, r.started_at, r.finished_at, r.reason, r.checks, r.failed, r.blocked, r.put_off,
    r.unwell, r.read_generically
"""
_IS_JUDGED = "reason <> 'killed'"
_IS_GOOD = "reason = 'finished' and unwell is null and failed * 2 <= checks"
_HAS_CHECKS = "checks > 0"
_NONE: tuple[int, str | None] = (0, None)
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

    def found_unwell(self) -> dict[str, str]:
        """Why the last crawls of sources found them unwell, by name, where they did. One that was
        given up is not unwell any more."""
        not_followed = self.not_followed()
        judgements = _Asked(self._db, self.sources()).last_runs(_IS_JUDGED)
        return {
            source: judged.unwell
            for source, judged in judgements.items()
            if judged.unwell and source not in not_followed
        }

    def not_followed(self) -> set[str]:
        """Sources that the operator chooses no more."""
        rows = self._db.execute("select source from sources where followed = 0")
        return {source for (source,) in rows}

    def of(self, source: str, now: datetime, limits: Limits = USUAL_LIMITS) -> SourceHealth:
        """How a source does."""
        return self._of([source], now, limits)[0]

    def of_all(self, now: datetime, limits: Limits = USUAL_LIMITS) -> list[SourceHealth]:
        """How all sources do, in alphabetical order."""
        return self._of(self.sources(), now, limits)

    def _of(self, sources: list[str], now: datetime, limits: Limits) -> list[SourceHealth]:
        asked = _Asked(self._db, sources)
        last, good = asked.last_runs(), asked.last_runs(_IS_GOOD)
        with_checks, not_followed = asked.last_runs(_HAS_CHECKS), self.not_followed()
        back_offs, false_validators = asked.back_offs(to_iso(now)), asked.false_validators()
        unwell = asked.unwell(last, now, limits)
        return [
            SourceHealth(
                name,
                *((None, None) if name in not_followed else unwell[name]),
                last_run=last.get(name),
                last_good_run=good.get(name),
                last_run_with_checks=with_checks.get(name),
                back_offs=back_offs.get(name, []),
                false_validators_since=false_validators.get(name),
                followed=name not in not_followed,
            )
            for name in sources
        ]

    def overview(self, now: datetime, limits: Limits = USUAL_LIMITS) -> list[SourceOverview]:
        """Every source that was ever crawled, in alphabetical order; without those whose articles
        went to another one."""
        rows = self._db.execute(f"{_CRAWLED} order by name")
        figures = {name: dict.fromkeys(_FIGURES, 0) for (name,) in rows}
        for row in self._db.query(_COUNTS) + self._db.query(_HINTS):
            if row["source"] in figures:
                figures[row["source"]] |= {name: row[name] for name in _FIGURES if name in row}
        healths = self._of(list(figures), now, limits)
        left_out = _Asked(self._db, list(figures)).left_out()
        return [
            SourceOverview(
                health.source,
                **counted,
                last_run_at=health.last_run.finished_at if health.last_run else None,
                unwell=health.unwell,
                unwell_since=health.unwell_since,
                left_out=left_out.get(health.source, NOTHING_LEFT_OUT),
                followed=health.followed,
            )
            for health, counted in zip(healths, figures.values(), strict=True)
        ]

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
        return _Asked(self._db, [source]).left_out().get(source, NOTHING_LEFT_OUT)

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


class _Asked:
    """What the record has on some sources, by their names: a statement for all of them together,
    as each may have to go to a server."""

    def __init__(self, db: Database, sources: list[str]) -> None:
        self._db, self._sources = db, sources

    def last_runs(self, condition: str = "") -> dict[str, RunFacts]:
        """The last runs that ended, of those that meet a condition."""
        condition = f"and {condition}" if condition else ""
        rows = self._rows(
            _RUN,
            f"""runs r on r.id = (
                    select id from runs
                     where source = names.value and finished_at is not null {condition}
                     order by id desc limit 1)""",  # noqa: S608
        )
        return {name: RunFacts(*run) for name, *run in rows}

    def back_offs(self, now: str) -> dict[str, list[BackOffFacts]]:
        """Their hosts that are left alone, in alphabetical order."""
        rows = self._rows(
            "h.host, h.left_alone_until, h.reason, h.back_offs",
            """hosts h on h.source = names.value and h.left_alone_until > :now
                order by names.value, h.host""",
            now=now,
        )
        found: dict[str, list[BackOffFacts]] = {}
        for name, *facts in rows:
            found.setdefault(name, []).append(BackOffFacts(*facts))
        return found

    def false_validators(self) -> dict[str, str]:
        """Since when their servers are known to say "not modified" of what was."""
        rows = self._rows("f.noticed_at", "false_validators f on f.source = names.value")
        return dict(rows.tuples())

    def left_out(self) -> dict[str, LeftOut]:
        """What their feeds had besides articles when they were last read."""
        rows = self._rows(
            "f.left_out",
            """feeds f on f.source = names.value and f.next_check_at is not null
                  and f.left_out is not null and f.left_out <> '{}'""",
        )
        found: dict[str, LeftOut] = {}
        for name, column in rows:
            found[name] = found.get(name, NOTHING_LEFT_OUT) + from_json(column)
        return found

    def unwell(
        self, last: dict[str, RunFacts], now: datetime, limits: Limits
    ) -> dict[str, tuple[str | None, str | None]]:
        """Why they are unwell, and since when, followed or not. ``last``: their last runs."""
        judged, since = self.last_runs(_IS_JUDGED), self._unwell_since()
        limit = to_iso(now - limits.late)
        articles = self._overdue("articles", limit, f"and {not_hidden('late')}")
        feeds = self._overdue("feeds", limit)
        said = {}
        for name in self._sources:
            run, found = last.get(name), judged[name].unwell if name in judged else None
            late_articles, article = articles.get(name, _NONE)
            late_feeds, feed = feeds.get(name, _NONE)
            first = min(filter(None, (article, feed)), default=None)
            overdue = Overdue(late_articles, late_feeds, first)
            late = lateness(overdue, run.finished_at if run else None, now)
            why = "; ".join(filter(None, (late, found))) or None
            said[name] = why, since.get(name) if found else first
        return said

    def _overdue(
        self, table: str, limit: str, condition: str = ""
    ) -> dict[str, tuple[int, str | None]]:
        """How many rows of a table were due before a time, and when the first was."""
        rows = self._rows(
            "count(*), min(late.next_check_at)",
            f"""{table} late on late.source = names.value and late.next_check_at <= :limit
                  {condition} group by names.value""",
            limit=limit,
        )
        return {name: (number, first) for name, number, first in rows}

    def _unwell_since(self) -> dict[str, str]:
        """When the first run ended that found a source unwell, of those after the last that did
        not."""
        rows = self._rows(
            "min(r.finished_at)",
            """runs r on r.source = names.value and r.unwell is not null and r.id > coalesce(
                   (select id from runs
                     where source = names.value and unwell is null and reason <> 'killed'
                     order by id desc limit 1), 0)
                group by names.value""",
        )
        return dict(rows.tuples())

    def _rows(self, columns: str, joined: str, **values: str) -> Result:
        """The name of a source and columns, of what is joined to it."""
        return self._db.execute(
            f"""select names.value, {columns}
                  from {self._db.list_table("sources")} names {self._db.ordered_join} {joined}""",  # noqa: S608
            {"sources": self._db.list_value(self._sources), **values},
        )


def sources_with_articles(db: Database) -> list[str]:
    """The names of sources with an article to see, in alphabetical order."""
    return [name for (name,) in db.execute(f"{_WITH_ARTICLES} order by name")]
