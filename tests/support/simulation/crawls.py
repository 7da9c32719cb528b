"""Crawls of the scripted newsroom, as many as a test wants, in a process that is started once."""

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


class Crawls:
    """Runs one crawl at a time, of what the newsroom answers then, from ``with`` to its end."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def __enter__(self) -> Crawls:
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
        """The log of a crawl with these settings of its own, line by line, and whether it lived
        to its end."""
        assert self._worker.stdin
        assert self._worker.stdout
        self._worker.stdin.write(json.dumps(dict(settings)) + "\n")
        self._worker.stdin.flush()
        said: list[str] = []
        for line in self._worker.stdout:
            told = json.loads(line)
            if told is None:
                return said, True
            said.append(told)
        self._bury()
        return said, False

    def _bury(self) -> None:
        """A worker that was killed is followed by another one."""
        self._worker.communicate()
        assert self._worker.returncode == -SIGKILL, "the crawls' last words are above"
        self._start()

    def __exit__(self, *reason: object) -> None:
        self._worker.communicate()
