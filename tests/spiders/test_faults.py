"""Each parser of each source: what stands in a story's place, or is only stated, spoils nothing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import Page, read
from newsdiff_crawler.store import Store
from newsdiff_crawler.text import normalise
from tests.spiders.test_pages import expected
from tests.support.liars.crawls import Crawls
from tests.support.liars.publisher import Answer, Leads, Publisher
from tests.support.pages import SAVED_PAGES
from tests.support.records import empty_store
from tests.support.sources import IN_FILES, SOURCES, spider


def is_crawled(file: Path) -> bool:
    """Whether a page is a story at an address that its source takes for one."""
    source, stated = file.stem.split("-")[0], expected(file)
    if source not in SOURCES or "article" not in stated:
        return False
    return spider(source)().is_article(stated["article"]["canonical_url"] or stated["url"])


STORIES = list(filter(is_crawled, SAVED_PAGES))
FAILED = "select last_error from articles where url = :url"
VERSIONS = """select title, number from versions where article_id =
                 (select article_id from article_urls where url = :url) order by number"""
a_story = pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)


def test_each_source_is_among_them() -> None:
    assert {file.stem.split("-")[0] for file in STORIES} >= set(IN_FILES)


class Told:
    """A publisher with one saved page and stories of other words in its markup."""

    def __init__(self, file: Path, store: Store) -> None:
        source: type[NewsSpider] = spider(file.stem.split("-")[0])
        stated = expected(file)
        self.url: str = stated["article"]["canonical_url"] or stated["url"]
        self.html = file.read_text("utf-8")
        self.blocks = read(Page(self.html.encode(), self.url), source.parsers).blocks()
        self.publisher = Publisher()
        self.crawls = Crawls(store, self.publisher, source)
        self.store = store
        self.title = self.blocks[0].text

    def elsewhere(self, name: str) -> str:
        """Another address beside the story's."""
        start, end = self.url.rstrip("/").rsplit("/", 1)
        return f"{start}/{name}-{end}"

    def other_words(self, *, shift: bool) -> str:
        """The same page with another text in it."""
        root = lxml.html.fromstring(self.html)
        told = [block.text for block in self.blocks]
        for element in root.iter():
            element.text = _shifted(element.text, told, shift)
            element.tail = _shifted(element.tail, told, shift)
        return str(lxml.html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))

    def show(self, url: str, html: str, listed_as: str = "") -> None:
        self.publisher.pages[url] = Answer(html=html)
        self.publisher.listed[url] = listed_as

    def crawl(self, times: int = 1) -> None:
        for _ in range(times):
            self.crawls.run(everything=True)

    def titles(self, url: str) -> list[str]:
        return [row["title"] for row in self.store.db.query(VERSIONS, {"url": url})]

    def error(self, url: str) -> str:
        (row,) = self.store.db.query(FAILED, {"url": url})
        return str(row["last_error"] or "")


def _shifted(text: Any, told: list[str], shift: bool) -> Any:
    plain = normalise(text or "")
    if len(plain) < 2 or not any(plain in block for block in told):
        return text
    return re.sub(r"\w+", lambda word: _other(word[0], shift=shift), text)


def _other(word: str, *, shift: bool) -> str:
    """Another word, in capitals where this one is."""
    letters = codecs.encode(word, "rot13") if shift else word
    other = letters[::-1].lower().translate(_OTHER_CHARACTERS)
    return other.capitalize() if word[0].isupper() else other


_OTHER_CHARACTERS = {code: chr(code + 37) for code in range(0x3400, 0x9000)}  # Chinese ones


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = empty_store(tmp_path)
    yield opened
    opened.close()


@a_story
def test_a_wall_that_asks_for_a_login_leaves_no_trace(file: Path, store: Store) -> None:
    told = Told(file, store)
    told.show(told.url, told.html)
    told.crawl()
    told.publisher.wall = "login"
    told.crawl(2)
    assert told.error(told.url)
    told.publisher.wall = None
    told.crawl()
    assert told.titles(told.url) == [told.title]
    assert told.error(told.url) == ""


@a_story
def test_a_placeholder_in_the_sources_own_markup_is_no_version(file: Path, store: Store) -> None:
    told = Told(file, store)
    told.show(told.url, told.html)
    told.crawl()
    placeholder = told.other_words(shift=False)
    told.show(told.url, placeholder)
    for name in ("one", "two", "three"):
        told.show(told.elsewhere(name), placeholder)
    told.crawl(2)
    assert "in the story's place" in told.error(told.url)
    told.show(told.url, told.html)
    told.crawl()
    assert told.titles(told.url) == [told.title]


@a_story
@pytest.mark.parametrize("dead", ["/was-never-here.html", "//[bad", "https://gone.invalid:99999/"])
def test_a_dead_canonical_ends_nothing(file: Path, store: Store, dead: str) -> None:
    told = Told(file, store)
    link = f'<link rel="canonical" href="{dead}">'
    html = told.html.replace(f'rel="canonical" href="{told.url}"', 'rel="x" href=""')
    told.show(told.url, html.replace("</title>", f"</title>{link}", 1))
    told.crawl(3)
    assert told.titles(told.url) == [told.title]
    assert told.error(told.url) == ""
    (row,) = told.store.db.query("select url, state from articles")
    assert (row["url"], row["state"]) == (told.url, "live")


@a_story
def test_a_redirect_to_another_story_mixes_nothing(file: Path, store: Store) -> None:
    told = Told(file, store)
    other, text = told.elsewhere("other"), told.other_words(shift=True)
    told.show(told.url, told.html)
    text = text.replace(told.url, other)
    title = read(Page(text.encode(), other), told.crawls.source.parsers).title
    told.show(other, text, listed_as=title)
    told.crawl()
    assert len(told.titles(told.url)) == len(told.titles(other)) == 1
    told.publisher.pages[told.url] = Leads(other, 301)
    told.crawl(2)
    assert told.titles(told.url) == [told.title]
    assert f"led to another page, {other}" in told.error(told.url)
    assert told.titles(other) != [told.title]
