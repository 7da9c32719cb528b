"""``scrapy extract`` shows what would be stored of a page, by which parser, or why nothing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from newsdiff_crawler.adding.invented import invented
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


def saved(folder: Path, name: str, *more: str) -> subprocess.CompletedProcess[str]:
    """What ``extract --save`` of a page of the BBC's ends as, in a folder of its own."""
    (folder / "page.html").write_bytes(STORY.body)
    options = ("--source", "bbc", "--url", URL, "--save", name, *more)
    with Newsroom({}) as newsroom:
        return scrapy(newsroom, folder, "extract", "page.html", *options, cwd=folder)


def test_saving_makes_a_test_page_without_the_publishers_words(tmp_path: Path) -> None:
    assert saved(tmp_path, "bbc-2026-rain").returncode == 0
    pages = tmp_path / "tests" / "pages"
    stated = json.loads((pages / "bbc-2026-rain.json").read_text("utf-8"))
    html = (pages / "bbc-2026-rain.html").read_text("utf-8")
    assert stated["article"]["parser"] == "bbc/2024"
    assert stated["article"]["title"] == invented("Rain in the valley")
    assert 'data-component="text-block"' in html
    for word in ("Rain", "third", "rained"):
        assert word not in html


@pytest.mark.parametrize(
    "name", ["../bbc-2026", "/tmp/bbc-2026", "bbc-/../../x", "bbc", "cnn-2026", "bbc-2026.html", ""]
)
def test_saving_writes_nowhere_but_into_its_folder(tmp_path: Path, name: str) -> None:
    done = saved(tmp_path, name) if name else saved(tmp_path, "-")
    assert done.returncode == 2
    assert done.stderr.startswith("newsdiff_crawler: --save: expected a name such as bbc-2026")
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.rglob("*bbc*")] == []


def test_what_a_selector_finds_is_counted_in_the_body(tmp_path: Path) -> None:
    page = STORY.body.replace(
        b"<footer>", b"<footer><p>One</p><p>Two</p><blockquote>Q</blockquote>"
    )
    (tmp_path / "page.html").write_bytes(page)
    with Newsroom({}) as newsroom:
        done = scrapy(newsroom, tmp_path, "extract", str(tmp_path / "page.html"), "--source", "bbc")
    (row,) = [line for line in done.stdout.splitlines() if "quote" in line and "blockquote" in line]
    assert row.split("│")[3].strip() == "0"


def test_a_parser_that_fits_and_finds_no_text_is_shown_with_what_it_looks_for(
    tmp_path: Path,
) -> None:
    text = b"The ferry to the island was taken off after sixty years, the board said. " * 8
    story = STORY.body.replace(b"</main>", b"<div>" + text + b"</div></main>")
    page = story.replace(b"text-block", b"prose-block").replace(b"<p", b"<div")
    (tmp_path / "page.html").write_bytes(page)
    with Newsroom({}) as newsroom:
        done = scrapy(newsroom, tmp_path, "extract", str(tmp_path / "page.html"), "--source", "bbc")
    assert (done.returncode, done.stderr) == (0, "")
    assert "bbc/2024 fits, but finds no headline or no text" in done.stdout
    assert "What bbc/2024 looks for" in done.stdout


def test_what_cannot_be_had_is_one_line(tmp_path: Path) -> None:
    with Newsroom(bbc_routes({})) as newsroom:
        absent = scrapy(newsroom, tmp_path, "extract", URL)
        no_file = scrapy(newsroom, tmp_path, "extract", str(tmp_path / "none.html"))
        no_source = scrapy(newsroom, tmp_path, "extract", URL, "--source", "nothing")
    assert absent.stderr.strip() == f"newsdiff_crawler: {URL}: HTTP 404"
    assert "none.html: No such file or directory" in no_file.stderr
    assert "no source is called 'nothing'" in no_source.stderr
    assert "Traceback" not in absent.stderr + no_file.stderr + no_source.stderr
