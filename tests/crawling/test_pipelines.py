"""What makes a version and what does not, from one crawl of a source to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsdiff_crawler.demo.loopback import Answer
from tests.support.crawling import crawl, query
from tests.support.newsroom import Newsroom, feed, page

URL = "https://www.paper.example/a"
BEFORE = ("-s", "SPIDER_MODULES=tests.support.pipeline_spiders", "-a", "recheck=1")
AFTER = ("-s", "SPIDER_MODULES=tests.support.upgraded", "-a", "recheck=1")
VERSIONS = "select number, parser, cosmetic from versions order by number"
LONG = "The ferry to the island was taken off after sixty years of service in all weathers. " * 3


def paper(*paragraphs: str, layout: str = "old", also: str = "") -> dict[str, Any]:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f'<h1>Ferry</h1><div id="{layout}"><div id="story">{text}</div><p id="also">{also}</p>'
    rss = f'<rss version="2.0"><channel><item><link>{URL}</link></item></channel></rss>'
    robots = {"https://www.paper.example/robots.txt": Answer(status=404)}
    return robots | {"https://www.paper.example/rss": feed(rss), URL: page(html)}


def run(folder: Path, routes: dict[str, Any], edition: tuple[str, ...] = BEFORE) -> str:
    with Newsroom(routes) as newsroom:
        return crawl(newsroom, folder, "paper", *edition).stderr


def test_an_upgraded_parser_fakes_no_change(tmp_path: Path) -> None:
    routes = paper(LONG, also="A line that only the new parser reads.")
    run(tmp_path, routes)
    log = run(tmp_path, routes, AFTER)
    assert "1 unchanged" in log
    assert query(tmp_path, VERSIONS) == [(1, "paper/2025", 0)]


def test_where_the_old_parser_no_longer_fits_the_new_version_is_the_parsers(tmp_path: Path) -> None:
    run(tmp_path, paper(LONG, also="A line."))
    run(tmp_path, paper(LONG, also="A line.", layout="new"), AFTER)
    assert query(tmp_path, VERSIONS) == [(1, "paper/2025", 0), (2, "paper/2026", 0)]
    assert query(tmp_path, "select version_count, change_count from articles") == [(2, 0)]


def test_a_text_that_lost_most_of_itself_is_believed_the_second_time(tmp_path: Path) -> None:
    run(tmp_path, paper(LONG, LONG + "More."))
    shrunk = paper("The ferry to the island was taken off after sixty years.")
    log = run(tmp_path, shrunk)
    assert "words shrank to" in log
    assert query(tmp_path, "select count(*) from versions") == [(1,)]
    assert "1 changed" in run(tmp_path, shrunk)
    assert query(tmp_path, "select count(*) from versions") == [(2,)]


def test_a_text_without_spaces_that_lost_most_of_itself_is_doubted_too(tmp_path: Path) -> None:
    whole = "市は六十年にわたり島へ渡っていた連絡船を今春に廃止することを決めたと発表した。" * 5
    run(tmp_path, paper(whole))
    assert "words shrank to" in run(tmp_path, paper(whole[:60]))


def test_a_text_that_was_whole_again_in_between_is_doubted_anew(tmp_path: Path) -> None:
    whole, shrunk = paper(LONG, LONG + "More."), paper("The ferry was taken off.")
    for routes in (whole, shrunk, whole, shrunk):
        run(tmp_path, routes)
    assert query(tmp_path, "select count(*) from versions") == [(1,)]


def test_a_text_seen_twice_before_is_an_event_and_no_third_version(tmp_path: Path) -> None:
    one, other = paper(LONG), paper(LONG, "And back it came.")
    for routes in (one, other, one, other, one, one):
        run(tmp_path, routes)
    reverts = query(tmp_path, "select number, reverts_to from versions order by number")
    assert reverts == [(1, None), (2, None), (3, 1), (4, 2)]
    events = query(tmp_path, "select kind, detail from events")
    assert events == [("reverted again", "to the text of version 3")]


def test_a_change_of_quotes_alone_is_cosmetic(tmp_path: Path) -> None:
    run(tmp_path, paper(LONG, "“Gone”, he said."))
    run(tmp_path, paper(LONG, '"Gone", he said.'))
    assert query(tmp_path, VERSIONS) == [(1, "paper/2025", 0), (2, "paper/2025", 1)]
    assert query(tmp_path, "select last_real_change_at from articles") == [(None,)]


def test_a_change_of_words_is_what_the_schedule_goes_by(tmp_path: Path) -> None:
    run(tmp_path, paper(LONG, "Nobody came."))
    run(tmp_path, paper(LONG, "Hardly anybody came."))
    seen = "change_count, last_real_change_at = last_checked_at"
    assert query(tmp_path, f"select {seen} from articles") == [(1, 1)]


def test_a_time_stamp_alone_is_cosmetic(tmp_path: Path) -> None:
    run(tmp_path, paper(LONG, "Updated at 10:15 GMT on Monday."))
    run(tmp_path, paper(LONG, "Updated at 11:40 GMT on Monday."))
    cosmetic = query(tmp_path, "select cosmetic from versions order by number")
    assert cosmetic == [(0,), (1,)]
