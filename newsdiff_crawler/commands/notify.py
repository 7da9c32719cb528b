"""``scrapy notify``: sends what waits to be told."""

from __future__ import annotations

import argparse

from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.crawling.sources_loader import titles_of
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.telling.notifying import notify
from newsdiff_crawler.telling.watches import FILE_NAME
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """One round of the outbox, for cron."""

    def short_desc(self) -> str:
        return "Tell people what changed, as watches.toml says"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        assert self.settings is not None
        if args:
            give_up("notify takes no arguments", ExitStatus.NO_SENSE)
        if not (self.configuration.hub or (self.configuration.data / FILE_NAME).exists()):
            give_up(f"there is no {self.configuration.data / FILE_NAME}")
        titles = titles_of(get_spider_loader(self.settings))
        done, self.exitcode = notify(self.configuration, titles)
        if done.is_elsewhere:
            print("Another process is sending.")
        else:
            waiting = f"; {done.waiting} did not go out yet" if done.waiting else ""
            print(f"{done.sent} sent{waiting}")
