"""What many sources cost: all in one process, beside a process for each, start included."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import tables
from benchmarks.crawls.many_spiders import host
from benchmarks.crawls.publisher import Site
from benchmarks.machine import ROOT
from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import utc_now

MODULES = "benchmarks.crawls.many_spiders,newsdiff_crawler.spiders.all"
DUE = ("articles", "feeds")
SAMPLE = 6  # sources that are crawled by a process each
AT_MOST, MOST_MEMORY = 3.0, 400  # milliseconds a check, MB


@dataclass(frozen=True)
class Took:
    """Of one process: seconds of its processor time, and megabytes at its largest."""

    seconds: float
    megabytes: float


def report(site: Site, folder: Path, sources: int, settings: Mapping[str, str]) -> Iterator[str]:
    """Lines of a table. Each source has the publisher's articles, all due, with equal pages."""
    first = folder / "first"
    _track(first, site, sources)
    _crawl("all", first, site, sources, settings)
    data = _due(first, folder / "all")
    together = _crawl("all", data, site, sources, settings)
    data = _due(first, folder / "each")
    apart = [_crawl(f"paper{n}", data, site, sources, settings) for n in range(SAMPLE)]
    yield from tables.head(("sources", "ms of processor time a check", "at most", "MB", "at most"))
    cells = (f"{together.seconds * 1000 / sources / site.articles:.2f}", f"{AT_MOST:.2f}")
    memory = (f"{together.megabytes:.0f}", f"{MOST_MEMORY}")
    yield tables.row((f"{sources} in one process", *cells, *memory))
    alone = sum(each.seconds for each in apart) * 1000 / len(apart) / site.articles
    largest = max(each.megabytes for each in apart)
    yield tables.row(("a process for each", f"{alone:.2f}", "", f"{largest:.0f}", ""))


def _track(folder: Path, site: Site, sources: int) -> None:
    folder.mkdir(parents=True)
    followed = "".join(f"[paper{number}]\n" for number in range(sources))
    (folder / FILE_NAME).write_text(followed, "utf-8")
    with closing(Store.open(folder)) as store:
        for number in range(sources):
            start = f"http://{host(number)}:{site.port}/news/articles/"
            urls = [f"{start}c{article:09}o" for article in range(site.articles)]
            store.queue.track(f"paper{number}", urls, utc_now())


def _due(first: Path, folder: Path) -> Path:
    shutil.copytree(first, folder)
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection, connection:
        for table in DUE:
            connection.execute(f"update {table} set next_check_at = '2000-01-01T00:00:00Z'")
    return folder


def _crawl(name: str, data: Path, site: Site, sources: int, settings: Mapping[str, str]) -> Took:
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "newsdiff_crawler.settings",
        "NEWSDIFF_DATA": str(data),
        "NEWSDIFF_CONTACT": "benchmark@paper.example",
        "BENCHMARK_SOURCES": str(sources),
        "BENCHMARK_PORT": str(site.port),
    }
    given = {**settings, "SPIDER_MODULES": MODULES}
    options = [part for key, value in given.items() for part in ("-s", f"{key}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", name, *options]
    null = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=null, stderr=null)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"The crawl of {name} ended with status {process.returncode}.")
    return Took(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
