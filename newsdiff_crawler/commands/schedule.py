"""``scrapy schedule``: a Scrapyd job for each source that has something due."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.conf import get_config

from newsdiff_crawler.crawling.due import next_due
from newsdiff_crawler.crawling.sources_loader import followed, titles_of
from newsdiff_crawler.exit_status import ExitStatus, at_signals, complain, give_up, interrupted
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.telling.notifying import notify
from newsdiff_crawler.terminal.options import seconds, web_address
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.scrapyd import (
    Credentials,
    Nodes,
    Scrapyd,
    ScrapydError,
    kept_credentials,
    nodes_at,
)
from newsdiff_crawler.times import to_iso, utc_now


@dataclass(frozen=True)
class Queued:
    """What one round came to: names of sources, and ``later``, when the others are due."""

    at: str
    queued: Sequence[str]
    at_work: Sequence[str]
    unknown: Sequence[str]  # to every Scrapyd that answers
    later: Sequence[tuple[str, str]]  # time and source, the earliest first
    away: Sequence[ScrapydError] = ()
    is_whole: bool = True  # all that was due has a job

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"queued {', '.join(self.queued)}" if self.queued else "nothing queued"]
        if self.at_work:
            parts.append(f"at work: {', '.join(self.at_work)}")
        if self.later:
            at, source = self.later[0]
            parts.append(f"{len(self.later)} not due, the first of them {source} at {at}")
        return f"{self.at} {'; '.join(parts)}"


class Command(ProjectCommand):
    """Asks the record what is due and Scrapyd what is at work; queues the difference."""

    def syntax(self) -> str:
        """How it is called."""
        return "[options] [source ...]"

    def short_desc(self) -> str:
        """One line for ``scrapy -h``."""
        return "Queue a Scrapyd job for each source that has something due"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which Scrapyd, and how often. Defaults: scrapy.cfg, and Scrapyd's own variables."""
        super().add_options(parser)
        url = get_config().get("deploy", "url", fallback="http://localhost:6800/")
        parser.add_argument(
            "--scrapyd",
            metavar="URL",
            type=web_address,
            action="append",
            help=f"given several times, the least busy one gets a job; if not given, {url}",
        )
        parser.set_defaults(usual=url)
        parser.add_argument("--username", help="or set SCRAPYD_USERNAME, or see ~/.netrc")
        parser.add_argument("--password", help="or set SCRAPYD_PASSWORD, or see ~/.netrc")
        parser.add_argument("--every", metavar="5m", type=seconds, help="again and again: s, m, h")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ends with status 1 where something could not be queued; with ``--every`` never, but
        for Ctrl-C."""
        assert self.settings is not None
        project = get_config().get("deploy", "project", fallback=self.settings["BOT_NAME"])
        urls = opts.scrapyd or [opts.usual]
        nodes = nodes_at(urls, project, *_credentials(opts.username, opts.password))
        folder = self.configuration.data
        sources = sources_named(args, self.settings)
        titles = titles_of(get_spider_loader(self.settings))
        at_signals(interrupted)
        declared = self.configuration.now
        self.exitcode = _queue_or_complain(nodes, folder, sources, declared)
        notify(self.configuration, titles)
        while opts.every:
            sleep(opts.every)
            _queue_or_complain(nodes, folder, sources, declared)
            notify(self.configuration, titles)


def _credentials(
    username: str | None, password: str | None
) -> tuple[Credentials, dict[str, Credentials]]:
    """What all Scrapyd want that have none of their own, and what those have. Options, if given,
    are for all; a file that cannot be read is complained of."""
    told = {"USERNAME": username, "PASSWORD": password}
    user, word = (
        os.environ.get(f"SCRAPYD_{name}", "") if given is None else given
        for name, given in told.items()
    )
    kept: dict[str, Credentials] = {}
    if username is None and password is None:
        try:
            kept = kept_credentials()
        except ScrapydError as error:
            complain(error)
    return (user, word), kept


def sources_named(names: Sequence[str], settings: BaseSettings) -> list[str]:
    """These sources, or without names those that are followed. Ends the program at a name that no
    source with feeds of its own has."""
    loader = get_spider_loader(settings)
    there_are = {*loader.list()}
    unknown = [name for name in names if name not in there_are or not _has_feeds(loader.load(name))]
    if unknown:
        give_up(f"no such source: {', '.join(unknown)}", ExitStatus.NO_SENSE)
    return list(dict.fromkeys(names)) or followed(loader)


def _has_feeds(spider: type[Spider]) -> bool:
    return issubclass(spider, Source) and bool(spider.feeds or spider.sitemaps)


def queue_due(
    scrapyds: Sequence[Scrapyd],
    folder: Path,
    sources: Sequence[str],
    declared: datetime | None = None,
) -> Queued:
    """Queues a job for each source that has something due and none pending or running.
    ``declared``: what NEWSDIFF_NOW says.

    One at a time may do so over a record: two at once would both find nothing at work. Raises
    StoreError, and ScrapydError where none of them answers.
    """
    moment = declared or utc_now()
    now = to_iso(moment)
    with closing(Store.open(folder)) as store, (lock := store.locks.scheduling()).wait():
        times = next_due(store, sources, moment)
        nodes = Nodes(scrapyds, store.db.server_time)
        at_work = nodes.at_work.intersection(sources)
        idle = [source for source in sources if source not in at_work]
        due = [source for source in idle if times[source] <= now]
        unknown = []
        for source in due:
            lock.check()  # after a standstill another one may have queued them
            if not nodes.queue(source):
                unknown.append(source)
        queued = [source for source in due if source in nodes.at_work]
    if nodes.all_are_away:
        raise ScrapydError("; ".join(map(str, nodes.away)))
    later = sorted((times[source], source) for source in idle if source not in due)
    return Queued(now, queued, sorted(at_work), sorted(unknown), later, nodes.away, queued == due)


def _queue_or_complain(
    scrapyds: Sequence[Scrapyd],
    folder: Path,
    sources: Sequence[str],
    declared: datetime | None,
) -> ExitStatus:
    """Queues what is due and says so, or says why not; the exit status of it."""
    try:
        done = queue_due(scrapyds, folder, sources, declared)
    except (ScrapydError, StoreError, DatabaseError) as error:
        complain(error)
        is_ours = not isinstance(error, ScrapydError)
        return ExitStatus.NO_RECORD if is_ours else ExitStatus.NOT_DONE
    print(done, flush=True)
    for away in done.away:
        complain(away)
    if done.unknown:
        who = ", ".join(scrapyd.url for scrapyd in scrapyds)
        names = ", ".join(done.unknown)
        complain(f"Scrapyd at {who}: does not know {names}; please run scrapyd-deploy again")
    return ExitStatus.DONE if done.is_whole else ExitStatus.NOT_DONE
