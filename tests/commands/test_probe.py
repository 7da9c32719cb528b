"""``scrapy probe`` says of a source whether it can be read, and stores nothing."""

from __future__ import annotations

import subprocess
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Answer, Request
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import scrapy
from tests.support.newsroom import Newsroom, feed, page, redirect

TEXT = "The ferry to the island was taken off on Monday, after sixty years. " * 20
LINKS = "".join(f"<item><link>https://elm.example/{n}</link></item>" for n in range(5))
ELM = """[elm]
title = "The Elm"
feeds = ["https://elm.example/rss", "https://elm.example/more"]
min_articles = 5
"""


def story(text: str = TEXT) -> Answer:
    return page(f"<article><h1>Ferry to the island is gone</h1><p>{text}</p></article>")


GOOD: dict[str, Any] = {
    "https://elm.example/robots.txt": Answer(status=404),
    "https://elm.example/rss": feed(f'<rss version="2.0"><channel>{LINKS}</channel></rss>'),
    "https://elm.example/more": feed(f'<rss version="2.0"><channel>{LINKS}</channel></rss>'),
    **{f"https://elm.example/{n}": story() for n in range(5)},
}


def probe(
    folder: Path, routes: Any, *arguments: str, tables: str = ELM
) -> subprocess.CompletedProcess[str]:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "sources.toml").write_text(tables, "utf-8")
    fast = ("--pause", "0", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")
    with Newsroom(routes) as newsroom:
        return scrapy(newsroom, folder, "probe", *(arguments or ("elm",)), *fast)


def test_a_source_that_is_well_is_told_in_ten_lines_and_nothing_is_stored(tmp_path: Path) -> None:
    done = probe(tmp_path, GOOD)
    assert done.returncode == ExitStatus.DONE
    lines = done.stdout.splitlines()
    assert lines[:2] == ["elm: The Elm", "feeds: 2 of 2 read; 10 articles"]
    assert lines[2:5] == ["  Ferry to the island is gone: 260 words by generic/2, no date"] * 3
    assert lines[5:] == ["two readings: the same words", "well"]
    assert not (tmp_path / "data" / "newsdiff.db").exists()


def test_a_feed_that_moved_is_named(tmp_path: Path) -> None:
    done = probe(tmp_path, GOOD | {"https://elm.example/more": page("gone", 404)})
    assert done.returncode == ExitStatus.UNWELL
    assert "  https://elm.example/more: HTTP 404" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 of 2 feeds not read"


def test_a_feed_that_moved_for_good_is_told_where_it_is_and_is_well(tmp_path: Path) -> None:
    moved = {"https://elm.example/more": redirect("https://elm.example/rss", 301)}
    done = probe(tmp_path, GOOD | moved)
    assert done.returncode == ExitStatus.DONE
    assert "  https://elm.example/more: moved for good, to https://elm.example/rss" in done.stdout


def test_words_are_counted_in_scripts_without_spaces(tmp_path: Path) -> None:
    text = "島へのフェリーは月曜日に六十年の歴史に幕を下ろし、運航を終えた。" * 20
    done = probe(tmp_path, GOOD | {f"https://elm.example/{n}": story(text) for n in range(5)})
    assert "600 words by generic/2" in done.stdout


def test_a_feed_that_leads_to_another_site_is_named_with_where_to(tmp_path: Path) -> None:
    moved = {
        "https://elm.example/more": redirect("https://oak.example/rss"),
        "https://oak.example/rss": GOOD["https://elm.example/rss"],
        "https://oak.example/robots.txt": Answer(status=404),
    }
    done = probe(tmp_path, GOOD | moved)
    told = "https://elm.example/more: led away from the source, to https://oak.example/rss"
    assert told in done.stdout


def test_an_article_that_a_guard_refuses_is_named_with_the_reason(tmp_path: Path) -> None:
    done = probe(tmp_path, GOOD | {"https://elm.example/1": page("<h1>Only a headline</h1>")})
    assert done.returncode == ExitStatus.UNWELL
    assert "  https://elm.example/1: " in done.stdout
    assert "1 of 3 articles not read" in done.stdout


def test_two_readings_that_differ_are_told_with_how_much(tmp_path: Path) -> None:
    numbers = count()

    def answer(request: Request) -> Answer:
        if request.url == "https://elm.example/0":
            return story(f"{TEXT} Seen by {next(numbers)} readers so far, and by nobody else.")
        return GOOD.get(request.url) or Answer(status=404)

    done = probe(tmp_path, answer)
    assert done.returncode == ExitStatus.UNWELL
    assert "two readings: 99.9 % alike" in done.stdout


@pytest.mark.parametrize(
    "routes",
    [{}, {**GOOD, "https://elm.example/robots.txt": Answer(b"User-agent: *\nDisallow: /")}],
)
def test_a_source_of_which_nothing_can_be_read_has_a_status_of_its_own(
    tmp_path: Path, routes: dict[str, Any]
) -> None:
    done = probe(tmp_path, routes)
    assert done.returncode == ExitStatus.NOTHING_READ
    assert "feeds: 0 of 2 read" in done.stdout
    assert len(done.stdout.splitlines()) <= 10
    assert "Traceback" not in done.stderr


def test_all_that_are_followed_are_a_table(tmp_path: Path) -> None:
    bad = ELM.replace("[elm]", "[bad]").replace("elm.example", "bad.example")
    done = probe(tmp_path, GOOD, "--all", tables=f"{ELM}\n{bad}")
    assert done.returncode == ExitStatus.NOTHING_READ
    rows = {line.split("│")[1].strip(): line for line in done.stdout.splitlines() if "│" in line}
    assert "well" in rows["elm"]
    told = " ".join(line.split("│")[-2].strip() for line in done.stdout.splitlines() if "│" in line)
    assert "2 of 2 feeds not read: HTTP 404" in told


def test_a_table_with_a_mistake_is_said_to_be_one(tmp_path: Path) -> None:
    done = probe(tmp_path, {}, tables=f"{ELM}zone = 'Elm'\n")
    assert done.returncode == ExitStatus.NO_SENSE
    assert "the table of 'elm' in sources.toml has a mistake" in done.stderr


def test_a_name_that_no_source_has_is_one_line(tmp_path: Path) -> None:
    done = probe(tmp_path, {}, "elmm")
    assert done.returncode == ExitStatus.NO_SENSE
    assert "no source is called 'elmm'" in done.stderr
