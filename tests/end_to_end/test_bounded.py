"""Pages that take for ever to read, and servers that never answer, hold nothing up."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from newsdiff_crawler.demo.loopback import Answer
from tests.support.crawling import crawl, query, started
from tests.support.newsroom import Held, Newsroom, feed, page
from tests.support.slow_spiders import READING

SITE = "https://www.paper.example"
SLOW = ("-s", "SPIDER_MODULES=tests.support.slow_spiders")
TEXT = "The ferry to the island was taken off after sixty years of service in all weathers. " * 3
TRAP = page(f"<h1>Ferry</h1><p>It never ends. {TEXT}</p>")
STORY = page(f"<h1>Ferry</h1><p>{TEXT}</p>")


def paper(articles: dict[str, Answer]) -> dict[str, Any]:
    items = "".join(f"<item><link>{SITE}/{name}</link></item>" for name in articles)
    routes: dict[str, Any] = {f"{SITE}/{name}": answer for name, answer in articles.items()}
    routes[f"{SITE}/robots.txt"] = Answer(status=404)
    return routes | {f"{SITE}/rss": feed(f"<rss version='2.0'><channel>{items}</channel></rss>")}


def at(time: str) -> tuple[str, str]:
    return "-s", f"NEWSDIFF_NOW=2026-03-01T{time}Z"


def test_a_page_that_takes_for_ever_is_a_failed_check_and_backs_off(tmp_path: Path) -> None:
    once = (*SLOW, "-s", "NEWSDIFF_READING_SECONDS=1")
    reason = f"{SITE}/trap: failed: reading it took more than 1 s of CPU time"
    due = "select next_check_at from articles where url like '%trap'"
    with Newsroom(paper({"trap": TRAP, "story": STORY})) as newsroom:
        first = crawl(newsroom, tmp_path, "paper", *once, *at("08:00:00"))
        assert reason in first.stderr
        assert "checked 2 articles: 1 new, 1 failed" in first.stderr
        assert query(tmp_path, due) == [("2026-03-01T08:30:00Z",)]
        assert reason in crawl(newsroom, tmp_path, "paper", *once, *at("08:30:00")).stderr
        assert query(tmp_path, due) == [("2026-03-01T09:30:00Z",)]


def test_a_host_whose_pages_all_take_for_ever_is_left_alone(tmp_path: Path) -> None:
    once = (*SLOW, "-s", "NEWSDIFF_READING_SECONDS=1")
    with Newsroom(paper({f"trap{number}": TRAP for number in range(9)})) as newsroom:
        log = crawl(newsroom, tmp_path, "paper", *once, *at("08:00:00")).stderr
    assert "left alone until 2026-03-01T08:05:00Z: reading it took more than 1 s" in log
    assert log.count(READING) <= 7  # five, and what was on its way


def ended_by_one_signal(
    folder: Path, articles: dict[str, Answer], is_at_it: Callable[[IO[str]], object]
) -> str:
    """The log of a crawl that never ends by itself, and gets a SIGTERM when it is at it."""
    patient = ("-s", "NEWSDIFF_READING_SECONDS=600", "-s", "DOWNLOAD_TIMEOUT=600")
    arguments = ("paper", *SLOW, *at("08:00:00"), *patient)
    with (
        Newsroom(paper(articles)) as newsroom,
        started(newsroom, folder, *arguments, stderr=subprocess.PIPE) as process,
    ):
        assert process.stderr
        assert is_at_it(process.stderr)
        process.send_signal(signal.SIGTERM)
        try:
            return process.communicate(timeout=100)[1]
        finally:
            process.kill()


GIVEN_BACK = "select count(*) from articles where next_check_at > '2026-03-01T08:00:00Z'"
RUNS = "select reason, finished_at is not null, checks from runs"


def test_one_signal_ends_a_crawl_in_the_middle_of_a_reading(tmp_path: Path) -> None:
    articles = {f"trap{number}": TRAP for number in range(4)}
    log = ended_by_one_signal(tmp_path, articles, lambda log: any(READING in line for line in log))
    assert "Traceback" not in log
    assert query(tmp_path, RUNS) == [("shutdown", 1, 0)]
    assert query(tmp_path, GIVEN_BACK) == [(0,)]


def test_one_signal_ends_a_crawl_that_waits_for_an_answer(tmp_path: Path) -> None:
    held = Held()
    log = ended_by_one_signal(tmp_path, {"held": held}, lambda _: held.asked.wait(60))
    assert "what was not answered is due for the next crawl" in log
    assert "Traceback" not in log
    assert query(tmp_path, RUNS) == [("shutdown", 1, 0)]
    assert query(tmp_path, GIVEN_BACK) == [(0,)]
