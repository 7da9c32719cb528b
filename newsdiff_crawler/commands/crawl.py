"""``scrapy crawl``, Scrapy's own, after a check of what was asked for and of the record; what
happens is told to people, and what came of it to scripts, by the exit status."""

from __future__ import annotations

import argparse
import logging
from contextlib import closing
from difflib import get_close_matches

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.configuration import configured
from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.all_sources import ManyCrawls
from newsdiff_crawler.crawling.prompt_end import run_crawls
from newsdiff_crawler.crawling.screen import as_shown, check_log, open_screen
from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.crawling.sources_loader import followed, note_followed, titles_of
from newsdiff_crawler.exit_status import ExitStatus, at_signals, give_up, interrupted
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine import write_failure
from newsdiff_crawler.telling.notifying import notify
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.witness.at_end import stamp_at_end

SEE_IT = "See it: scrapy serve"

NOT_TO_GO_ON = (ExitStatus.INTERRUPTED, ExitStatus.NO_RECORD)

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Ends with one clear line where a setting or an argument makes no sense or the record cannot
    be opened."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, and how often ``all`` begins what is due."""
        super().add_options(parser)
        parser.add_argument("--every", metavar="1m", help="of all: again and again: s, m, h")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        at_signals(interrupted)
        try:
            super().process_options(args, opts)
        except UsageError as error:
            give_up(error, ExitStatus.NO_SENSE)
        assert self.settings
        configuration = configured(self.settings)
        try:
            check_log(self.settings)
        except ValueError as error:
            give_up(error, ExitStatus.NO_SENSE)
        loader = get_spider_loader(self.settings)
        spider = _asked_for(args, loader)
        if not issubclass(spider, (Source, ManyCrawls)):
            return  # has no record, and its own log
        if issubclass(spider, ManyCrawls) and getattr(loader, "is_unread", False):
            give_up(f"{FILE_NAME} cannot be read, and so nobody knows what is followed")
        if opts.every:
            opts.spargs["every"] = opts.every
        try:
            made = spider(**opts.spargs)
            with closing(Store.open(configuration.data)) as store:
                note_followed(store, loader, made.name if isinstance(made, Source) else None)
        except ValueError as error:
            give_up(error, ExitStatus.NO_SENSE)
        except StoreError as error:
            reason = error.public.removeprefix("The record ").rstrip(".")
            write_failure.note(configuration.data, reason)
            give_up_record(configuration.data, error)
        except DatabaseError as error:
            write_failure.note(configuration.data, str(error))
            give_up_record(configuration.data, error)
        open_screen(self.settings, is_of_many=issubclass(spider, ManyCrawls))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawls. The exit status is what became of the run."""
        assert self.crawler_process
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        is_interrupted = run_crawls(self.crawler_process)
        if self.crawler_process.bootstrap_failed:
            self.exitcode = ExitStatus.NOT_DONE
            return
        run = crawler.spider if isinstance(crawler.spider, ManyCrawls) else Run.of(crawler)
        if run:
            self.exitcode = run.exit_status
            if run.has_news:
                logger.info(SEE_IT, extra=as_shown(SEE_IT))
            if isinstance(crawler.spider, Source):
                self._say_unless_followed(crawler.spider)
            if isinstance(run, ManyCrawls) and run.every:
                return  # a service, which told people all the time
            if is_interrupted:
                self.exitcode = ExitStatus.INTERRUPTED
            elif self.exitcode not in NOT_TO_GO_ON:
                self._tell()

    def _say_unless_followed(self, source: Source) -> None:
        """What was promised of the next check is kept by nobody, where nobody follows a source."""
        assert self.settings
        loader = get_spider_loader(self.settings)
        if source.name not in followed(loader):
            known = source.name in loader.list()
            asked = source.name if known else next(iter(source.feeds), f"https://{source.name}/")
            line = f"{source.name} is looked at once. To follow it: scrapy follow {asked}"
            logger.info(line, extra=as_shown(line))

    def _tell(self) -> None:
        """Sends what waits to be told, and has stamped what is new. What came of that is not what
        came of the crawl."""
        assert self.settings
        configuration = configured(self.settings)
        notify(configuration, titles_of(get_spider_loader(self.settings)))
        stamp_at_end(configuration)


def _asked_for(args: list[str], loader: SpiderLoaderProtocol) -> type[Spider]:
    """The one spider that was asked for."""
    known = loader.list()
    if len(args) != 1:
        said = f"expected the name of one source, not {' '.join(args) or 'none'}"
        give_up(f"{said}; scrapy list names them", ExitStatus.NO_SENSE)
    (name,) = args
    if name not in known and name in getattr(loader, "left_out", ()):
        give_up(f"{name} was left out of {FILE_NAME}, as said above", ExitStatus.NO_SENSE)
    if name not in known:
        if name in shipped.catalogue():
            give_up(f"{name} is in the catalogue: scrapy follow {name}", ExitStatus.NO_SENSE)
        alike = get_close_matches(name, known, 1)
        meant = f"is it {alike[0]}?" if alike else "scrapy find WORDS looks for it"
        give_up(f"no source is called {name!r}; {meant}", ExitStatus.NO_SENSE)
    try:
        return loader.load(name)
    except ValueError as error:
        give_up(error, ExitStatus.NO_SENSE)
