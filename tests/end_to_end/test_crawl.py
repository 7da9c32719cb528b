"""``scrapy crawl bbc``, the real command, against a newsroom that plays the BBC."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_feeds,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    query,
    started,
)
from tests.support.newsroom import CutOff, Flood, Held, Newsroom, Silence, page, redirect, typed

RAIN = [
    "It rained for the third day in the valley.",
    "Twelve roads are under water, the council said.",
    "Schools will stay closed until Thursday.",
]
VERSIONS = (
    "select a.url, v.number from versions v join articles a on a.id = v.article_id order by 1, 2"
)


def story(name: str, *paragraphs: str, **headers: str) -> dict[str, Answer]:
    url = bbc_url(name)
    return {url: bbc_story(url, f"Rain in {name}", paragraphs or RAIN, **headers)}


def test_an_article_goes_from_the_feed_to_the_record_and_to_an_export(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story("valley"))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-O", str(tmp_path / "out.jsonl"))
    assert done.returncode == 0
    assert "bbc: checked 1 article: 1 new; next check due 20" in done.stderr
    assert query(tmp_path, VERSIONS) == [(bbc_url("valley"), 1)]
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    exported = json.loads(line)
    assert exported["title"] == "Rain in valley"
    assert exported["body"] == [{"kind": "paragraph", "text": text} for text in RAIN]
    assert (exported["source"], exported["version"]) == ("bbc", 1)


def test_the_same_pages_again_add_no_version(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story("valley", etag='"1"') | story("hills"))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        asked = [
            record.request for record in newsroom.log if record.request.url == bbc_url("valley")
        ]
    assert "checked 2 articles: 2 unchanged" in done.stderr
    assert [request.headers.get("if-none-match") for request in asked] == [None, '"1"']
    assert query(tmp_path, VERSIONS) == [(bbc_url("hills"), 1), (bbc_url("valley"), 1)]


def test_an_edited_paragraph_adds_one_version_that_shows_just_the_edit(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story("valley"))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    edited = [RAIN[0], RAIN[1].replace("Twelve", "Fourteen"), RAIN[2]]
    with Newsroom(bbc_routes(story("valley", *edited))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    assert "checked 1 article: 1 changed" in done.stderr
    counts = "words_added, words_removed, blocks_edited, blocks_added, blocks_removed"
    assert query(tmp_path, f"select {counts} from versions where number = 2") == [(1, 1, 1, 0, 0)]


def test_an_article_that_is_not_due_is_left_alone(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story("valley"))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        done = crawl(newsroom, tmp_path, "bbc")
        assert newsroom.urls().count(bbc_url("valley")) == 1
    assert "bbc: nothing was checked; next check due 20" in done.stderr


def test_one_story_under_two_hosts_is_one_article(tmp_path: Path) -> None:
    url = bbc_url("valley")
    uk = url.replace("www.bbc.com", "www.bbc.co.uk")
    answer = bbc_story(url, "Rain", RAIN)
    with Newsroom(bbc_routes({url: answer, uk: answer})) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    assert query(tmp_path, VERSIONS) == [(url, 1)]
    assert query(tmp_path, "select url from article_urls order by 1") == [(uk,), (url,)]


def test_one_page_can_be_asked_for(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story("valley") | story("hills"))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-a", f"url={bbc_url('hills')}?at_medium=x")
        assert FRONT_PAGE_FEED not in newsroom.urls()
    assert "checked 1 article: 1 new" in done.stderr
    assert query(tmp_path, VERSIONS) == [(bbc_url("hills"), 1)]


def test_a_page_of_another_site_is_refused_by_name(tmp_path: Path) -> None:
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-a", "url=https://evil.example/a")
        assert newsroom.urls() == []
    assert "https://evil.example/a is not a page of bbc (bbc.com, bbc.co.uk)" in done.stderr


FAULTS = {
    "absent": (Answer(status=404), "not there: HTTP 404; looked at again in 1 h"),
    "removed": (Answer(status=410), "not there: HTTP 410; looked at again in 1 h"),
    "broken": (Answer(status=500), "failed: HTTP 500"),
    "barred": (Answer(status=403), "blocked: HTTP 403"),
    "mute": (Silence(), "failed: timed out"),
    "cut": (CutOff(b"<html><body><h1>Half</h1>" + b"x" * 2000), "failed: the answer was cut off"),
    "huge": (Flood(), "failed: the answer is larger than allowed"),
    "picture": (typed(b"\x89PNG\r\n\x1a\n\x00", "image/png"), "failed: not HTML (image/png)"),
    "empty": (page(""), "failed: "),
    "textless": (bbc_story(bbc_url("textless"), "Headline alone", []), "failed: "),
    "elsewhere": (redirect("https://evil.example/trap"), "failed: led away from the source"),
    "circle": (redirect(bbc_url("circle")), "failed: "),
}


def test_every_fault_is_a_failed_check_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    pages = {bbc_url(name): answer for name, (answer, _) in FAULTS.items()}
    with Newsroom(bbc_routes(pages | story("valley"))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-s", "DOWNLOAD_TIMEOUT=3")
        assert "https://evil.example/trap" not in newsroom.urls()
    missing = [
        name for name, (_, reason) in FAULTS.items()
        if f"bbc: {bbc_url(name)}: {reason}" not in done.stderr
    ]  # fmt: skip
    assert missing == []
    assert "checked 13 articles: 1 new, 2 not there, 1 blocked, 9 failed" in done.stderr
    assert "Traceback" not in done.stderr
    assert query(tmp_path, VERSIONS) == [(bbc_url("valley"), 1)]
    assert query(tmp_path, "select count(*) from articles where failures = 1") == [(12,)]


def test_text_in_another_charset_than_declared_is_read_or_refused_never_garbled(
    tmp_path: Path,
) -> None:
    url = bbc_url("cafe")
    answer = bbc_story(url, "Café opens", ["The café in the old mill opened on Sunday."])
    wrong = typed(answer.body.decode().encode("cp1252"), "text/html; charset=utf-8")
    with Newsroom(bbc_routes({url: wrong})) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    titles = [title for (title,) in query(tmp_path, "select title from versions")]
    assert titles in ([], ["Café opens"])


FEED_FAULTS = {
    "": Answer(status=500),
    "world/": page("<!DOCTYPE html><html><body>Sorry</body></html>"),
    "uk/": typed(b"<rss><chan", "application/rss+xml"),
    "business/": typed(b"", "application/rss+xml"),
    "politics/": typed(b'<rss version="2.0"><channel></channel></rss>', "application/rss+xml"),
    "technology/": Silence(),
    "health/": Answer(status=404),
}


def bad_feeds() -> dict[str, Answer]:
    faults = {
        f"https://feeds.bbci.co.uk/news/{name}rss.xml": bad for name, bad in FEED_FAULTS.items()
    }
    return bbc_routes({}) | faults


def test_bad_feeds_are_named_and_the_good_one_is_read(tmp_path: Path) -> None:
    good = "https://feeds.bbci.co.uk/news/science_and_environment/rss.xml"
    routes = bad_feeds() | story("valley") | {good: bbc_feed([bbc_url("valley")])}
    with Newsroom(routes) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-s", "DOWNLOAD_TIMEOUT=3")
    unnamed = [
        name
        for name in FEED_FAULTS
        if f"bbc: feed https://feeds.bbci.co.uk/news/{name}rss.xml: " not in done.stderr
    ]
    assert unnamed == []
    assert query(tmp_path, "select feeds_read, feeds_failed from runs") == [(1, 7)]
    assert query(tmp_path, VERSIONS) == [(bbc_url("valley"), 1)]


def test_no_feed_at_all_is_one_error_and_a_summary_that_says_so(tmp_path: Path) -> None:
    with Newsroom(dict.fromkeys(bbc_feeds(), Answer(status=500))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    errors = [line for line in done.stderr.splitlines() if line.startswith("! ERROR ")]
    assert len(errors) == 1
    assert "bbc is unwell: none of 8 feeds could be read" in errors[0]
    assert "bbc: nothing was checked; next check due 20" in done.stderr


def test_a_crawl_that_was_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    names = [f"story{number:02}" for number in range(12)]
    pages = {url: answer for name in names for url, answer in story(name).items()}
    held = Held(pages[bbc_url("story05")].body)
    with (
        Newsroom(bbc_routes(pages | {bbc_url("story05"): held})) as newsroom,
        started(newsroom, tmp_path, "bbc") as first,
    ):
        assert held.asked.wait(60)
        first.kill()
    stored = query(tmp_path, "select count(*) from versions")[0][0]
    assert stored < 12
    with Newsroom(bbc_routes(pages)) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    assert f"{12 - stored} new" in done.stderr
    assert query(tmp_path, VERSIONS) == [(bbc_url(name), 1) for name in names]
    assert query(tmp_path, "pragma integrity_check") == [("ok",)]


def test_two_crawls_at_once_share_the_work(tmp_path: Path) -> None:
    names = [f"story{number:02}" for number in range(60)]
    pages = {url: answer for name in names for url, answer in story(name).items()}
    with Newsroom(bbc_routes(pages)) as newsroom:
        portion = ("-s", "NEWSDIFF_PORTION=5")
        crawls = [
            started(newsroom, tmp_path, "bbc", *portion, stderr=subprocess.PIPE) for _ in range(2)
        ]
        logs = [process.communicate(timeout=120)[1] for process in crawls]
        fetched = sorted(url for url in newsroom.urls() if "/articles/" in url)
    assert all("ERROR" not in log for log in logs)
    assert fetched == [bbc_url(name) for name in names]
    assert query(tmp_path, VERSIONS) == [(bbc_url(name), 1) for name in names]


@pytest.mark.parametrize("fault", ["not a database", "newer"])
def test_a_record_that_cannot_be_used_ends_the_crawl_with_one_line(
    tmp_path: Path, fault: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    _spoil(data / "newsdiff.db", fault)
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
        assert newsroom.urls() == []
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsdiff_crawler: {data / 'newsdiff.db'}: ")


def test_a_file_in_place_of_the_data_folder_ends_the_crawl_with_one_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("")
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
        assert newsroom.urls() == []
    assert done.returncode != 0
    assert done.stderr == f"newsdiff_crawler: NEWSDIFF_DATA: {data} is not a folder\n"


@pytest.mark.parametrize("setting", ["NEWSDIFF_CHECKS_PER_ARTICLE=3", "NEWSDIFF_CHECKS_PER_HOUR=x"])
def test_a_setting_that_makes_no_sense_ends_the_crawl_with_one_line(
    tmp_path: Path, setting: str
) -> None:
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-s", setting)
        assert newsroom.urls() == []
    name, value = setting.split("=")
    assert done.returncode != 0
    assert done.stderr.startswith(f"newsdiff_crawler: {name}: {value} is not a number of checks")


def _spoil(path: Path, fault: str) -> None:
    if fault == "not a database":
        path.write_text("no database" * 100)
        return
    connection = sqlite3.connect(path)
    connection.executescript(
        """create table _sqlite_migrations
               (id integer primary key, migration_set, name, applied_at);
        insert into _sqlite_migrations values (1, 'newsdiff_crawler', 'm999_future', '2030')"""
    )
    connection.close()


def test_trouble_is_reported_when_it_begins_and_when_it_is_over(tmp_path: Path) -> None:
    troubled = dict.fromkeys(bbc_feeds(), Answer(status=500))
    days = [troubled, troubled, bbc_routes(story("valley")), bbc_routes(story("valley"))]
    logs = []
    for day, routes in enumerate(days, start=1):
        with Newsroom(routes) as newsroom:
            now = f"NEWSDIFF_NOW=2026-03-0{day}T08:00:00Z"
            logs.append(crawl(newsroom, tmp_path, "bbc", "-s", now).stderr)
    assert [log.count("ERROR ") for log in logs] == [1, 0, 0, 0]
    assert "bbc is still unwell: none of 8 feeds could be read" in logs[1]
    assert ["bbc is well again" in log for log in logs] == [False, False, True, False]
    unwell = query(tmp_path, "select unwell is null from runs order by id")
    assert unwell == [(0,), (0,), (1,), (1,)]


def test_a_crawl_that_is_out_of_time_leaves_the_rest_due(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story("valley"))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-s", "NEWSDIFF_CRAWL_MINUTES=0")
    assert "nothing was checked; next check due" in done.stderr
    assert query(tmp_path, "select count(*) from articles where claimed_by is null") == [(1,)]
