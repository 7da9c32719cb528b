"""Running the real ``scrapy crawl`` against a newsroom on loopback, and pages for it to read."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from newsdiff_crawler.demo.loopback import Answer
from tests.support.forked import Forked, scrapy_forked
from tests.support.newsroom import Newsroom, feed, typed

PROJECT = Path(__file__).parents[2]
FAST = ("-s", "AUTOTHROTTLE_ENABLED=0", "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0")
LISTED = ("-s", "SPIDER_MODULES=newsdiff_crawler.spiders.all")  # those of sources.toml alone
OURS = {"SCRAPY_SETTINGS_MODULE": "newsdiff_crawler.settings", "PYTHONPATH": str(PROJECT)}
FRONT_PAGE_FEED = "https://feeds.bbci.co.uk/news/rss.xml"


def crawl_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scrapy", "crawl", *arguments, *FAST]


def environment(newsroom: Newsroom, folder: Path) -> dict[str, str]:
    """For a crawl that sees only the newsroom, with its data in ``folder/data``."""
    data = {"NEWSDIFF_DATA": str(folder / "data"), "NEWSDIFF_CONTACT": "test@news.example"}
    return os.environ | newsroom.environment(folder) | data


def scrapy(
    newsroom: Newsroom, folder: Path, *arguments: str, cwd: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the project to its end, in the project's or another folder."""
    return scrapy_forked(arguments, cwd=cwd, env=environment(newsroom, folder) | OURS)


def crawl(newsroom: Newsroom, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a crawl to its end; its log is in ``stderr``."""
    return scrapy(newsroom, folder, "crawl", *arguments, *FAST)


def started(
    newsroom: Newsroom,
    folder: Path,
    *arguments: str,
    stderr: int = subprocess.DEVNULL,
    more: Mapping[str, str] | None = None,
) -> Forked:
    """A crawl that goes on, in a process of its own. ``more``: of its environment."""
    env = {**environment(newsroom, folder), **OURS, **(more or {})}
    return Forked(["crawl", *arguments, *FAST], cwd=PROJECT, env=env, stderr=stderr)


def list_sources(folder: Path, *names: str, more: str = "") -> None:
    """Follows papers, each on a host of its own (`https://ash.example/rss`). ``more``: what else
    their file says."""
    tables = [f'[{n}]\ntitle = "{n}"\nfeeds = ["https://{n}.example/rss"]\n' for n in names]
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "sources.toml").write_text("\n".join([*tables, more]), "utf-8")


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query of the record in ``folder/data``."""
    connection = sqlite3.connect(folder / "data" / "newsdiff.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def bbc_routes(articles: dict[str, Answer]) -> dict[str, Any]:
    """The BBC as a newsroom: robots.txt, its feeds, the front page's with all the articles."""
    routes: dict[str, Any] = dict(articles)
    for host in ("feeds.bbci.co.uk", "www.bbc.com", "www.bbc.co.uk"):
        routes[f"https://{host}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /forbidden/\n")
    routes |= {feed_url: bbc_feed([]) for feed_url in bbc_feeds()}
    return routes | {FRONT_PAGE_FEED: bbc_feed(articles)}


def bbc_feeds() -> list[str]:
    from newsdiff_crawler.spiders.bbc import BBC

    return list(BBC.feeds)


def bbc_feed(urls: Iterable[str], revision: int = 0) -> Answer:
    """An RSS feed as the BBC writes it: tracking parameters on links, revisions in guids."""
    items = "".join(
        f"<item><title>t</title><link>{escape(url)}?at_medium=RSS&amp;at_campaign=rss</link>"
        f'<guid isPermaLink="false">{escape(url)}#{revision}</guid></item>'
        for url in urls
    )
    # An entry that leads to no article, so that a feed without articles is a feed all the same.
    items += "<item><link>https://www.bbc.com/sport/football/live/c1</link></item>"
    return feed(f'<rss version="2.0"><channel><title>BBC</title>{items}</channel></rss>')


def bbc_url(name: str) -> str:
    return f"https://www.bbc.com/news/articles/{name}"


def bbc_story(url: str, title: str, paragraphs: Iterable[str], **headers: str) -> Answer:
    """An article page in the BBC's markup, with boilerplate that no version may contain."""
    text = "".join(
        f'<div data-component="text-block" class="x"><p class="y">{escape(paragraph)}</p></div>'
        for paragraph in paragraphs
    )
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><title>{escape(title)}</title>
        <link rel="canonical" href="{escape(url)}"></head><body><div id="__next">
        <header><nav><a href="/">Home</a></nav></header><main id="main-content"><article>
        <div data-component="headline-block"><h1>{escape(title)}</h1></div>
        <div data-component="byline-block"><time datetime="2026-03-01T08:00:00.000Z">3 hours
        ago</time><span>A Reporter</span></div>{text}
        <div data-component="links-block"><p>Related: another story</p></div>
        </article></main><footer>Copyright</footer></div></body></html>"""
    return typed(html.encode(), "text/html; charset=utf-8", **headers)


def urls_of(count: int, host: str = "www.bbc.com") -> list[str]:
    """The addresses of ``count`` articles of the BBC, in alphabetical order."""
    return [f"https://{host}/news/articles/story{number:02}" for number in range(count)]


def stories(urls: Iterable[str], **headers: str) -> dict[str, Answer]:
    """An article for each of the addresses."""
    text = ["It rained for the third day in the valley.", "Twelve roads are under water."]
    return {url: bbc_story(url, f"Rain in {url[-7:]}", text, **headers) for url in urls}
