"""``scrapy diff`` and ``scrapy history`` tell in the terminal what the site tells."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.items import Snapshot
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso, to_iso, to_the_minute, utc_now
from tests.support.crawling import PROJECT
from tests.support.forked import scrapy_forked
from tests.support.other_texts import NOTICE, hold, make_first_placeholder, make_placeholder
from tests.support.records import FIRST_SEEN, URL, add_article, story

BEFORE = story("Night ferry axed", "The ferry stops in March.", "Nobody was asked.")
AFTER = story("Night ferry under review", "The ferry may stop in March.", "Nobody was asked.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.open(tmp_path)
    add_article(store, BEFORE, AFTER)
    add_article(store, story("\x1b[31mRed [b]alert[/b]", "Text."), url=f"{URL}0")
    store.close()
    return tmp_path


def scrapy(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    data = {"NEWSDIFF_DATA": str(folder), "COLUMNS": "120"}
    return scrapy_forked(arguments, cwd=PROJECT, env=os.environ | data | environment)


def test_a_diff_is_shown_side_by_side_with_its_summary(folder: Path) -> None:
    done = scrapy(folder, "diff", URL)
    assert done.returncode == 0
    assert "Version 1, 2025-04-22T14:00:00Z" in done.stdout
    assert "Headline rewritten; 1 paragraph edited" in done.stdout


def test_a_diff_comes_as_a_patch_or_as_json_too(folder: Path) -> None:
    patch = scrapy(folder, "diff", URL, "1", "2", "--patch").stdout
    assert "-The ferry stops in March." in patch
    assert "+The ferry may stop in March." in patch
    data = json.loads(scrapy(folder, "diff", URL, "2", "1", "--json").stdout)
    assert [row["edit"] for row in data["rows"]] == ["edited", "edited", "same"]


def test_an_articles_address_may_carry_what_it_was_shared_with(folder: Path) -> None:
    assert scrapy(folder, "history", f"{URL}?utm_source=x#top").returncode == 0


def test_an_article_is_known_by_its_address_on_our_own_site(folder: Path) -> None:
    shown = scrapy(folder, "history", "http://127.0.0.1:8000/articles/1/diff/1/2")
    assert shown.stdout == scrapy(folder, "history", URL).stdout


def test_a_history_has_a_row_per_version_and_the_next_check(folder: Path) -> None:
    done = scrapy(folder, "history", URL)
    assert "version 1" in done.stdout
    assert "first seen" in done.stdout
    assert "Headline rewritten; 1 paragraph edited" in done.stdout
    assert "next check 2025-04-22T" in done.stdout


def test_a_placeholder_is_marked_in_a_history_and_passed_by_in_a_diff(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add_article(store, BEFORE, NOTICE, AFTER)
    make_placeholder(store, 1, 2)
    store.close()
    history = scrapy(tmp_path, "history", URL, COLUMNS="200").stdout
    assert re.search(r"version 2 │ .*\(A page that stood in the story’s place", history)
    assert re.search(r"version 3 │ Headline rewritten; 1 paragraph edited +│", history)
    assert "--- version 1\n+++ version 3\n" in scrapy(tmp_path, "diff", URL, "--patch").stdout


def test_a_story_that_began_as_a_placeholder_has_not_changed(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add_article(store, NOTICE, BEFORE)
    make_first_placeholder(store, 1)
    store.close()
    history = scrapy(tmp_path, "history", URL, COLUMNS="200").stdout
    assert re.search(r"version 1 │ A page that stood in the story’s place", history)
    assert re.search(r"version 2 │ first seen", history)
    assert "has not changed since" in scrapy(tmp_path, "diff", URL).stderr


def test_a_change_that_does_not_count_says_why_in_a_history(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add_article(store, BEFORE, AFTER)
    hold(store, 1, 2)
    store.close()
    history = scrapy(tmp_path, "history", URL, COLUMNS="200").stdout
    assert "1 paragraph edited (Held back until it is clear" in history


def test_what_a_terminal_would_obey_is_only_shown(folder: Path) -> None:
    done = scrapy(folder, "history", f"{URL}0")
    assert "␛[31mRed [b]alert[/b]" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("command", [["sources", "--json"], ["verify"]])
def test_who_reads_only_the_beginning_gets_no_word_about_it(
    command: list[str], folder: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *command],
        cwd=PROJECT,
        env=os.environ | {"NEWSDIFF_DATA": str(folder)},
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff", f"{URL}/none"], f"no article is known at {URL}/none"),
        (["diff", f"{URL}0"], f"{URL}0 has not changed since it was first seen"),
        (["diff", URL, "1", "9"], f"there is no version 9 of {URL}"),
    ],
)
def test_what_is_not_there_is_one_line(folder: Path, arguments: list[str], said: str) -> None:
    done = scrapy(folder, *arguments)
    assert done.returncode == 1
    assert done.stderr.strip() == f"newsdiff_crawler: {said}"


def test_no_record_yet_is_one_line(tmp_path: Path) -> None:
    done = scrapy(tmp_path, "history", URL)
    assert done.returncode == ExitStatus.NO_RECORD
    assert done.stderr == f"newsdiff_crawler: no record in {tmp_path}, made by the first crawl\n"


def test_what_is_due_is_counted_per_source_and_its_feeds_are_told(folder: Path) -> None:
    store = Store.open(folder)
    store.feeds.declare("gazette", ["https://gazette.example/rss"], from_iso(FIRST_SEEN))
    store.close()
    done = scrapy(folder, "due")
    assert re.search(r"paper +│ +2 │ +0 │ +0 │ +0 │ 22 Apr 2025 │ – ", done.stdout)
    assert re.search(r"gazette +│ +0 │ +0 │ +0 │ +0 │ – +│ 22 Apr 2025 ", done.stdout)


def test_sources_are_listed_with_counts_and_health(folder: Path) -> None:
    store = Store.open(folder)
    unwell = "none of 3 feeds could be read"
    for reason, trouble in (("finished", None), ("finished", unwell), ("killed", None)):
        run = store.runs.start("paper", "2025-04-22T16:00:00Z")
        store.runs.finish(run, "2025-04-22T16:01:00Z", reason, {}, trouble)
    store.db.execute("update articles set next_check_at = '2099-01-01T00:00:00Z'")
    store.db.insert("feeds", {"source": "paper", "url": URL, "hints": 80, "hints_right": 60})
    store.close()
    done = scrapy(folder, "sources")
    row = r"paper +│ +2 │ +3 │ +1 │ +0 │75% of 80 +│22 Apr 2025 │unwell"
    assert re.search(row, done.stdout)
    assert f"paper is unwell since 2025-04-22T16:01:00Z: {unwell}" in done.stdout


def test_a_source_that_nothing_has_crawled_for_days_is_unwell(folder: Path) -> None:
    store = Store.open(folder)
    then = utc_now() - timedelta(days=9)
    run = store.runs.start("paper", to_iso(then))
    store.runs.finish(run, to_iso(then), "finished", {})
    due = to_iso(then + timedelta(hours=1))
    store.db.execute("update articles set next_check_at = :due", {"due": due})
    store.close()
    late = "not crawled for 9 days: 2 articles are overdue"
    done = scrapy(folder, "sources", COLUMNS="200")
    assert f"paper is unwell since {due}: {late}" in done.stdout
    (source,) = json.loads(scrapy(folder, "sources", "--json").stdout)
    assert (source["source"], source["unwell"], source["unwell_since"]) == ("paper", late, due)
    (counts,) = json.loads(scrapy(folder, "due", "--json").stdout)
    assert (counts["source"], counts["now"], counts["first"]) == ("paper", 2, due)


@pytest.mark.parametrize("command", ["sources", "due"])
def test_times_are_whole_on_a_narrow_terminal(folder: Path, command: str) -> None:
    store = Store.open(folder)
    now = utc_now()
    run = store.runs.start("paper", to_iso(now))
    store.runs.finish(run, to_iso(now), "finished", {})
    store.feeds.declare("a-long-name-of-a-paper", [URL], now)
    store.close()
    assert to_the_minute(to_iso(now), now) in scrapy(folder, command, COLUMNS="80").stdout


def test_the_disk_is_told_by_source_with_a_forecast(folder: Path) -> None:
    now = utc_now()
    with closing(Store.open(folder)) as store:
        texts = (BEFORE, AFTER)
        add_article(store, *texts, url=f"{URL}9", source="new", first_seen_at=to_iso(now))
        for article, length in ((1, 7_000_000), (3, 14_000_000)):
            at = FIRST_SEEN if article == 1 else to_iso(now)
            place = Snapshot(URL, at, 200, "0", "f", 0, length, "id")
            store.snapshots.add(place, article, "new")
    done = scrapy(folder, "sources", "--disk")
    assert re.search(r"paper +│ +3 │ +[\d.]+ │ +7.0 │ +0.0 │", done.stdout)
    assert re.search(r"MB are free, enough for [\d,]+ days of this", done.stdout)
    new, old = json.loads(scrapy(folder, "sources", "--disk", "--json").stdout)
    assert (new["source"], new["versions"], new["pages"]) == ("new", 2, 14_000_000)
    assert new["a_day"] == 14_000_000 + new["record"]
    there = new["pages"] + new["record"]
    assert new["in_a_year"] == pytest.approx(there + 365 * new["a_day"])
    assert (old["a_day"], old["in_a_year"]) == (0, 7_000_000 + old["record"])
