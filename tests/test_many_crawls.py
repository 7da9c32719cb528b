"""Crawls of one source at the same time share its work, and its patience with them."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from threading import Event
from typing import Any

from newsdiff_crawler.demo.loopback import Answer, Request
from tests.crawling import (
    PROJECT,
    bbc_routes,
    crawl,
    crawl_command,
    environment,
    query,
    stories,
    urls_of,
)
from tests.newsroom import Held, Newsroom

VERSIONS = "select url, version_count from articles order by url"
PORTION = 5


def started(newsroom: Newsroom, folder: Path, contact: str) -> subprocess.Popen[str]:
    """A crawl that is known by its contact."""
    env = environment(newsroom, folder) | {"NEWSDIFF_CONTACT": contact}
    # Each asks for the feeds, whether or not another one did so just before.
    command = crawl_command("bbc", "-a", "recheck=1", "-s", f"NEWSDIFF_PORTION={PORTION}")
    return subprocess.Popen(command, cwd=PROJECT, env=env, stderr=subprocess.PIPE, text=True)


def test_four_crawls_at_once_one_of_them_killed(tmp_path: Path) -> None:
    urls = urls_of(40)
    asked_for, all_here, gate = Event(), Event(), Event()
    pages: dict[str, Any] = {
        url: Held(answer.body, 200, answer.headers, gate, asked_for)
        for url, answer in stories(urls).items()
    }
    agents: set[str] = set()

    def robots(request: Request) -> Answer:
        agents.add(request.headers["user-agent"])
        if len(agents) == 4:
            all_here.set()
        return Answer(b"")

    routes = bbc_routes(pages) | {"https://feeds.bbci.co.uk/robots.txt": robots}
    with Newsroom(routes) as newsroom:
        crawls = {name: started(newsroom, tmp_path, name) for name in "abcd"}
        assert all_here.wait(90)
        assert asked_for.wait(90)
        first = next(entry.request for entry in newsroom.log if entry.request.url in pages)
        killed = crawls.pop(first.headers["user-agent"][-2])
        killed.kill()
        killed.communicate(timeout=90)
        gate.set()
        logs = [process.communicate(timeout=90)[1] for process in crawls.values()]
        crawl(newsroom, tmp_path, "bbc")
    times = Counter(url for url in newsroom.urls() if url in pages)
    assert all(" ERROR " not in log for log in logs)
    assert query(tmp_path, VERSIONS) == [(url, 1) for url in urls]
    # Nothing twice but what the killed crawl was at; never three requests at a time.
    assert len([url for url, number in times.items() if number > 1]) <= PORTION
    assert max(times.values()) == 2
    assert max(record.at_once for record in newsroom.log) <= 2
