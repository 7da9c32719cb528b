"""The demo's crawls: the command that people run, once for each newspaper and round."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsdiff_crawler.configuration import PREFIX
from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.demo.papers import Paper
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.times import to_iso

LONGEST_CRAWL = 120  # seconds; one takes about two

_REFUSED = re.compile(r": (https?://\S+): (gone|not there|blocked|failed): ([^;]+)", re.MULTILINE)


class DemoError(Exception):
    """The demo cannot go on; the message is one line for people."""


@dataclass(frozen=True)
class Refused:
    """A page that was checked and made no version, in the words of the crawl's log."""

    url: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Crawler:
    """Runs crawls for which ``proxy`` is the whole web: the newsroom."""

    folder: Path  # the data folder
    proxy: str

    def follow(self, papers: Sequence[Paper]) -> None:
        """Makes them the sources that are followed."""
        tables = "".join(f"[{paper.name}]\n" for paper in papers)
        (self.folder / FILE_NAME).write_text(tables, "utf-8")

    def hand_over(self, papers: Sequence[Paper]) -> None:
        """Says who they are to the commands that ask the record after the demo: they do not know
        its spiders, whose tables say nothing."""
        tables = (
            f'[{each.name}]\ntitle = "{each.title}"\nfeeds = ["{each.feed}"]\n' for each in papers
        )
        (self.folder / FILE_NAME).write_text("\n".join(tables), "utf-8")

    def crawl(self, papers: Sequence[Paper], now: datetime) -> list[Refused]:
        """Crawls all papers at once, as if it were ``now``. Raises DemoError if a crawl fails."""
        logs = [self._log(paper, now) for paper in papers]
        with ExitStack() as stack:
            crawls = [
                stack.enter_context(self._running(paper, now, log))
                for paper, log in zip(papers, logs, strict=True)
            ]
            for crawl, log in zip(crawls, logs, strict=True):
                _await(crawl, log)
        lines = "\n".join(log.read_text("utf-8") for log in logs)
        return [Refused(*parts) for parts in _REFUSED.findall(lines)]

    def _log(self, paper: Paper, now: datetime) -> Path:
        folder = self.folder / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{now:%Y-%m-%dT%H%M}-{paper.name}.log"

    @contextmanager
    def _running(self, paper: Paper, now: datetime, log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """A crawl that does not outlive the block."""
        settings = {
            "SPIDER_MODULES": "newsdiff_crawler.demo.spiders",
            "NEWSDIFF_DATA": str(self.folder),
            "NEWSDIFF_NOW": to_iso(now),
            "AUTOTHROTTLE_ENABLED": "0",  # the newsroom is ours, and needs no pauses
            "DOWNLOAD_DELAY": "0",
            "LOG_LEVEL": "INFO",
        }
        command = [sys.executable, "-m", "scrapy", "crawl", paper.name]
        command += [part for pair in settings.items() for part in ("-s", "=".join(pair))]
        environment = _without_settings(os.environ) | {"http_proxy": self.proxy, "no_proxy": ""}
        with (
            log.open("wb") as output,
            # In a session of its own: Ctrl-C ends the demo, and the demo ends its crawls.
            subprocess.Popen(  # noqa: S603 - all of it is ours
                command, env=environment, stdout=output, stderr=output, start_new_session=True
            ) as crawl,
        ):
            try:
                yield crawl
            finally:
                crawl.kill()


def _without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The demo is the same whatever is set for real crawls."""
    return {name: value for name, value in environment.items() if not name.startswith(PREFIX)}


def _await(crawl: subprocess.Popen[bytes], log: Path) -> None:
    try:
        status = crawl.wait(LONGEST_CRAWL)
    except subprocess.TimeoutExpired:
        raise DemoError(f"a crawl took over {LONGEST_CRAWL} seconds; see {log}") from None
    if status not in (ExitStatus.DONE, ExitStatus.NOTHING_READ, ExitStatus.UNWELL):
        raise DemoError(f"a crawl ended with status {status}; see {log}")
