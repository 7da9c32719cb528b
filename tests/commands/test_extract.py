"""``scrapy extract`` shows what would be stored of a page, by which parser, or why nothing."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.crawling import bbc_routes, bbc_story, bbc_url, scrapy
from tests.support.newsroom import Newsroom, page

URL = bbc_url("valley")
STORY = bbc_story(URL, "Rain in the valley", ["It rained for the third day in the valley."])


def test_a_page_from_the_web_is_shown_with_what_each_selector_found(tmp_path: Path) -> None:
    with Newsroom(bbc_routes({URL: STORY})) as newsroom:
        done = scrapy(newsroom, tmp_path, "extract", URL)
        assert "https://www.bbc.com/robots.txt" in newsroom.urls()
    assert done.returncode == 0
    for shown in ("bbc/2024", "Rain in the valley", "It rained for the third day", "layout"):
        assert shown in done.stdout
    assert not (tmp_path / "data").exists()


def test_a_file_is_read_as_a_page_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(STORY.body)
    with Newsroom({}) as newsroom:
        file = str(tmp_path / "page.html")
        done = scrapy(newsroom, tmp_path, "extract", file, "--source", "bbc", "--json")
    article = json.loads(done.stdout)
    assert (article["parser"], article["title"]) == ("bbc/2024", "Rain in the valley")
    assert article["body"] == [["paragraph", "It rained for the third day in the valley."]]


def test_a_page_of_no_known_source_is_read_by_what_it_states(tmp_path: Path) -> None:
    text = "The ferry to the island was taken off after sixty years, the board said. " * 5
    html = f"<html><body><article><h1>Ferry gone</h1><p>{text}</p></article></body></html>"
    url = "https://www.island-post.example/a"
    with Newsroom({url: page(html)}) as newsroom:
        done = scrapy(newsroom, tmp_path, "extract", url)
    assert "generic/2" in done.stdout
    assert "Ferry gone" in done.stdout


def test_a_page_that_makes_no_version_is_refused_with_the_reason(tmp_path: Path) -> None:
    with Newsroom(bbc_routes({URL: page("<h1>Nothing here</h1>")})) as newsroom:
        done = scrapy(newsroom, tmp_path, "extract", URL)
    assert done.returncode == 1
    assert "No version would be stored: " in done.stdout


def test_saving_makes_a_test_page_and_its_result(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(STORY.body)
    with Newsroom({}) as newsroom:
        options = ("--source", "bbc", "--url", URL, "--save", "bbc-2026-rain")
        scrapy(newsroom, tmp_path, "extract", "page.html", *options, cwd=tmp_path)
    pages = tmp_path / "tests" / "pages"
    stated = json.loads((pages / "bbc-2026-rain.json").read_text("utf-8"))
    assert (pages / "bbc-2026-rain.html").read_text("utf-8") == STORY.body.decode()
    assert stated["url"] == URL
    assert stated["article"]["title"] == "Rain in the valley"


def test_what_cannot_be_had_is_one_line(tmp_path: Path) -> None:
    with Newsroom(bbc_routes({})) as newsroom:
        absent = scrapy(newsroom, tmp_path, "extract", URL)
        no_file = scrapy(newsroom, tmp_path, "extract", str(tmp_path / "none.html"))
        no_source = scrapy(newsroom, tmp_path, "extract", URL, "--source", "nothing")
    assert absent.stderr.strip() == f"newsdiff_crawler: {URL}: HTTP 404"
    assert "none.html: No such file or directory" in no_file.stderr
    assert "no source is called 'nothing'" in no_source.stderr
    assert "Traceback" not in absent.stderr + no_file.stderr + no_source.stderr
