"""Crawls of the scripted newsroom, as many as a test wants, in a process that is started once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.newsroom import Newsroom

PROJECT = Path(__file__).parents[2]


class Crawls:
    """Runs one crawl at a time, of what the newsroom answers then, from ``with`` to its end."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def __enter__(self) -> Crawls:
        settings = {"SCRAPY_SETTINGS_MODULE": "newsdiff_crawler.settings"}
        proxies = {"http_proxy": self.newsroom.address, "no_proxy": ""}
        self._worker = subprocess.Popen(
            [sys.executable, "-m", "tests.simulation.worker"],
            cwd=PROJECT,
            env=os.environ | settings | proxies,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def crawl(self, settings: Mapping[str, str]) -> list[str]:
        """The log of a crawl with these settings of its own, line by line."""
        assert self._worker.stdin
        assert self._worker.stdout
        self._worker.stdin.write(json.dumps(dict(settings)) + "\n")
        self._worker.stdin.flush()
        answer = self._worker.stdout.readline()
        assert answer, "the crawls' process died; its last words are above"
        return list(json.loads(answer))

    def __exit__(self, *reason: object) -> None:
        self._worker.communicate()
