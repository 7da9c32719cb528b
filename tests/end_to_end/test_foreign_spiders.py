"""Spiders that are no sources, and Scrapy's own commands, work in the project unharmed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Answer
from tests.support.crawling import FAST, PROJECT, environment, scrapy
from tests.support.newsroom import Newsroom, feed, page, redirect

SITE = "https://www.quotes.example"
ROBOTS = Answer(b"User-agent: *\nDisallow: /secret\n")
ROUTES: dict[str, Any] = {
    f"{SITE}/robots.txt": ROBOTS,
    f"{SITE}/": page('<h1>Quotes</h1><p>"Rain"</p><a href="/2">next</a>'),
    f"{SITE}/2": page('<h1>More</h1><p>"Sun"</p><a href="/2">again</a>'),
    f"{SITE}/secret": page("<h1>Secret</h1>"),
    f"{SITE}/broken": Answer(status=500),
}
SPIDER = """
import scrapy

class Quotes(scrapy.Spider):
    name = "quotes"
    start_urls = ["https://www.quotes.example/", "https://www.quotes.example/secret"]

    def parse(self, response):
        yield {"title": response.css("h1::text").get()}
        yield from response.follow_all(css="a")
"""


def run(newsroom: Newsroom, folder: Path, *command: str, **more: str) -> Any:
    """A command in a folder, to which the newsroom is the world."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *command],
        cwd=folder,
        env=environment(newsroom, folder) | {"PYTHONPATH": str(folder)} | more,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, in which files may be made."""
    # With what Python compiled, which holds as long as the times of the files do: without it each
    # process would compile all of it anew.
    shutil.copytree(PROJECT / "newsdiff_crawler", tmp_path / "newsdiff_crawler")
    shutil.copy(PROJECT / "scrapy.cfg", tmp_path)
    return tmp_path


def test_a_spider_that_is_no_source_is_crawled_as_scrapy_does(project: Path) -> None:
    (project / "newsdiff_crawler" / "spiders" / "quotes.py").write_text(SPIDER)
    with Newsroom(ROUTES) as newsroom:
        done = run(newsroom, project, "crawl", "quotes", "-O", "out.json", *FAST)
    assert "Traceback" not in done.stderr
    items = json.loads((project / "out.json").read_text("utf-8"))
    # Each page once, though they link to each other; and nothing that robots.txt forbids.
    assert sorted(item["title"] for item in items) == ["More", "Quotes"]
    assert "log_count/ERROR" not in done.stderr
    assert not (project / "data").exists()


@pytest.mark.parametrize(
    ("command", "output"),
    [
        (("fetch", "--nolog", f"{SITE}/"), "<h1>Quotes</h1>"),
        (("shell", "--nolog", f"{SITE}/", "-c", "response.css('h1::text').get()"), "Quotes"),
        (("check",), "OK"),
    ],
    ids=["fetch", "shell", "check"],
)
def test_scrapy_s_own_commands_work_and_make_no_record(
    tmp_path: Path, command: tuple[str, ...], output: str
) -> None:
    with Newsroom(ROUTES) as newsroom:
        done = scrapy(newsroom, tmp_path, *command)
    assert done.returncode == 0, done.stderr
    assert output in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", ["fetch", "extract"])
def test_a_redirect_leads_no_command_into_the_own_network(tmp_path: Path, command: str) -> None:
    inside = "http://localhost:1/latest/meta-data"
    routes = ROUTES | {f"{SITE}/": redirect(inside), "http://localhost:1/robots.txt": ROBOTS}
    with Newsroom(routes | {inside: page("<h1>SECRET</h1>")}) as newsroom:
        done = scrapy(newsroom, tmp_path, command, f"{SITE}/")
        asked = newsroom.urls()
    assert not [url for url in asked if "localhost" in url]
    assert "SECRET" not in done.stdout


def test_a_page_is_extracted_without_a_record(tmp_path: Path) -> None:
    with Newsroom(ROUTES) as newsroom:
        done = scrapy(newsroom, tmp_path, "extract", f"{SITE}/")
    assert "Quotes" in done.stdout
    assert not (tmp_path / "data").exists()


def test_a_generated_source_runs(project: Path) -> None:
    story = "https://www.quotes.example/news/rain"
    rss = f'<rss version="2.0"><channel><item><link>{story}</link></item></channel></rss>'
    text = "It rained for the third day in the valley, and twelve roads are under water. " * 5
    routes = ROUTES | {
        f"{SITE}/rss": feed(rss),
        story: page(f"<article><h1>Rain in the valley</h1><p>{text}</p></article>"),
    }
    with Newsroom(routes) as newsroom:
        made = run(newsroom, project, "genspider", "quotes", f"{SITE}/rss")
        done = run(newsroom, project, "crawl", "quotes", *FAST)
    assert made.returncode == 0, made.stderr
    assert "quotes: checked 1 article: 1 new" in done.stderr


STORY = "https://www.quotes.example/news/rain"


def story(of: str) -> Answer:
    """A page with five paragraphs of one matter."""
    text = f"<p>The {of} was late for the third day, and the keeper of {of} wrote it down.</p>" * 5
    return page(
        f"<html><body><nav><ul><li>News</ul></nav><article><h1>The {of} in the valley</h1>"
        f'<div class="story-text">{text}</div></article></body></html>'
    )


STORY_PAGE = story("rain")


def test_one_command_makes_a_source_with_its_parser_and_the_page_that_proves_it(
    project: Path,
) -> None:
    rss = f'<rss version="2.0"><channel><item><link>{STORY}</link></item></channel></rss>'
    with Newsroom(ROUTES | {f"{SITE}/rss": feed(rss), STORY: STORY_PAGE}) as newsroom:
        made = run(newsroom, project, "genspider", "quotes", f"{SITE}/rss", "--page", STORY)
        crawled = run(newsroom, project, "crawl", "quotes", *FAST)
        read = run(newsroom, project, "extract", STORY, "--json")
    assert (made.returncode, made.stderr) == (0, "")
    assert "quotes: checked 1 article: 1 new" in crawled.stderr
    assert json.loads(read.stdout)["parser"].startswith("quotes/")
    (saved,) = (project / "tests" / "pages").glob("quotes-*.json")
    stated = json.loads(saved.read_text("utf-8"))
    assert stated["article"]["parser"] == json.loads(read.stdout)["parser"]
    assert "valley" not in saved.with_suffix(".html").read_text("utf-8")


def test_a_page_without_a_name_that_lasts_gets_the_generic_parser(project: Path) -> None:
    text = "<p>It rained for the third day in the valley, and twelve roads are under water.</p>" * 5
    bare = page(
        f"<html><body><h1>Rain in the valley</h1><div class=x1y2>{text}</div></body></html>"
    )
    with Newsroom(ROUTES | {STORY: bare}) as newsroom:
        made = run(newsroom, project, "genspider", "quotes", f"{SITE}/rss", "--page", STORY)
    assert made.returncode == 0
    assert "what the generic parser reads, which stays" in made.stdout
    assert "generic.PARSERS" in (project / "newsdiff_crawler/spiders/quotes.py").read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        ("quotes",),
        ("quotes", "ftp://quotes.example/rss"),
        ("quotes", "https://"),
        ("quotes", "not an address"),
        ("bbc", f"{SITE}/rss"),
        ("class", f"{SITE}/rss"),
        ("../quotes", f"{SITE}/rss"),
        ('quo"tes', f"{SITE}/rss"),
        ("quotes", f"{SITE}/rss", "--page", "nowhere.html"),
        ("quotes", f"{SITE}/rss", "--page", "ftp://quotes.example/a"),
        ("quotes", f"{SITE}/rss", "--page", f"{SITE}/empty"),
        ("quotes", f"{SITE}/rss", "--page", f"{SITE}/broken"),
    ],
    ids=" ".join,
)
def test_what_makes_no_source_is_one_line_and_no_file(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    before = made()
    with Newsroom(ROUTES | {f"{SITE}/empty": page("<p>Nothing</p>")}) as newsroom:
        done = scrapy(newsroom, tmp_path, "genspider", *arguments)
    new = [path for path in made() if path not in before]
    for path in new:  # not for the tests after this one
        path.unlink()
    assert new == []
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("newsdiff_crawler: ")
    assert len(done.stderr.splitlines()) == 1


def made() -> list[Path]:
    """What generating a source makes, in the project itself."""
    folders = (PROJECT / "newsdiff_crawler" / "spiders", PROJECT / "tests" / "pages")
    return sorted(path for folder in folders for path in folder.iterdir())


def test_a_selector_that_matches_nothing_makes_the_source_unwell(project: Path) -> None:
    spider = project / "newsdiff_crawler" / "spiders" / "quotes.py"
    matters = ("ferry", "harvest", "parliament", "orchestra", "railway", "museum")
    stories = {f"{SITE}/news/{matter}": story(matter) for matter in matters}
    items = "".join(f"<item><link>{url}</link></item>" for url in stories)
    rss = feed(f'<rss version="2.0"><channel>{items}</channel></rss>')
    with Newsroom(ROUTES | stories | {f"{SITE}/rss": rss}) as newsroom:
        run(newsroom, project, "genspider", "quotes", f"{SITE}/rss", "--page", next(iter(stories)))
        source = spider.read_text("utf-8")
        layout = '    layout = ".story-text"\n'
        spider.write_text(source.replace(layout, f'{layout}    standfirst = ".intro"\n'), "utf-8")
        wrong = run(newsroom, project, "crawl", "quotes", *FAST)
        spider.write_text(source, "utf-8")
        mended = run(newsroom, project, "crawl", "quotes", "-a", "recheck=1", *FAST)
    said = "the selector '.intro' (standfirst of quotes/"
    assert said in wrong.stderr
    assert wrong.returncode == 5
    assert "is unwell" not in mended.stderr
    assert mended.returncode == 0
