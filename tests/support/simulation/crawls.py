"""Crawls of the scripted newsroom, many in one process, which is started once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from signal import SIGKILL

from tests.support.newsroom import Newsroom

PROJECT = Path(__file__).parents[3]


class CrawlRunner:
    """Runs one crawl of the newsroom at a time, for the length of a ``with``."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def __enter__(self) -> CrawlRunner:
        self._start()
        return self

    def _start(self) -> None:
        settings = {"SCRAPY_SETTINGS_MODULE": "newsdiff_crawler.settings"}
        proxies = {"http_proxy": self.newsroom.address, "no_proxy": ""}
        self._worker = subprocess.Popen(
            [sys.executable, "-m", "tests.support.simulation.worker"],
            cwd=PROJECT,
            env=os.environ | settings | proxies,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def crawl(self, settings: Mapping[str, str]) -> tuple[list[str], bool]:
        """Runs a crawl with these settings. Returns the lines of its log, and False if it was
        killed."""
        assert self._worker.stdin
        assert self._worker.stdout
        self._worker.stdin.write(json.dumps(dict(settings)) + "\n")
        self._worker.stdin.flush()
        log: list[str] = []
        for line in self._worker.stdout:
            message = json.loads(line)
            if message is None:
                return log, True
            log.append(message)
        self._replace_killed_worker()
        return log, False

    def _replace_killed_worker(self) -> None:
        self._worker.communicate()
        assert self._worker.returncode == -SIGKILL, "the crawls' last words are above"
        self._start()

    def __exit__(self, *reason: object) -> None:
        self._worker.communicate()
