"""``scrapy crawl bbc`` on real pages of the BBC, served on loopback in its place."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from newsdiff_crawler.diff import compare
from newsdiff_crawler.store import Store
from newsdiff_crawler.text import normalise
from tests.spiders.test_bbc_corpus import EXCEPTIONS, ROWS
from tests.support.corpus import CORPUS, needs_corpus, rows
from tests.support.crawling import bbc_routes, crawl, query
from tests.support.newsroom import Newsroom, typed

EDITS = ("says", "will", "the", "of")  # words to look for in a paragraph; one is replaced
HTML = "text/html; charset=utf-8"


def html_of(row: dict[str, Any]) -> str:
    return gzip.decompress((CORPUS / row["file"]).read_bytes()).decode("utf-8")


def an_edit(row: dict[str, Any]) -> tuple[str, str]:
    """A paragraph that stands in the page without markup, and the same with one word replaced."""
    html = html_of(row)
    for kind, text in row["gold"]["blocks"]:
        for word in EDITS:
            if kind == "p" and f">{text}<" in html and f" {word} " in text:
                return text, text.replace(f" {word} ", " perhaps ", 1)
    raise AssertionError(f"no paragraph of {row['id']} can be edited")


def routes(pages: dict[str, str]) -> dict[str, Any]:
    return bbc_routes({url: typed(html.encode(), HTML) for url, html in pages.items()})


@needs_corpus
def test_real_pages_are_stored_once_and_an_edit_to_each_is_one_version(tmp_path: Path) -> None:
    pages = {row["url"]: html_of(row) for row in ROWS}
    sport = {row["url"]: html_of(row) for row in rows("bbc", "smoke")}
    with Newsroom(routes(pages | sport)) as newsroom:
        first = crawl(newsroom, tmp_path, "bbc")
        again = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        assert not sport.keys() & set(newsroom.urls())
    assert f"checked {len(ROWS)} articles: {len(ROWS)} new" in first.stderr
    assert f"checked {len(ROWS)} articles: {len(ROWS)} unchanged" in again.stderr
    _assert_equal_to_gold(tmp_path)

    edits = {row["url"]: an_edit(row) for row in ROWS}
    edited = {url: html.replace(*edits[url]) for url, html in pages.items()}
    with Newsroom(routes(edited)) as newsroom:
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    _assert_just_these_edits(tmp_path, edits)


def _assert_equal_to_gold(folder: Path) -> None:
    store = Store.open(folder / "data")
    for row in ROWS:
        sql = "select article_id, number from version_texts where title = "
        (version,) = query(folder, sql + _quoted(row))
        either_way = {normalise(text) for kind, text in row["gold"]["blocks"] if kind == "optional"}
        captions = row["id"] not in EXCEPTIONS
        texts = [
            block.text
            for block in store.blocks(*version)
            if block.kind not in ("headline", "standfirst", "byline")
            and (captions or block.kind != "caption")
            and block.text not in either_way
        ]
        gold = [normalise(text) for kind, text in row["gold"]["blocks"] if kind != "optional"]
        assert texts == gold, row["id"]
    store.close()


def _quoted(row: dict[str, Any]) -> str:
    return "'" + normalise(row["gold"]["title"]).replace("'", "''") + "'"


def _assert_just_these_edits(folder: Path, edits: dict[str, tuple[str, str]]) -> None:
    store = Store.open(folder / "data")
    articles = query(folder, "select id, url, version_count from articles where version_count > 0")
    assert sorted(url for _, url, _ in articles) == sorted(edits)
    for id_, url, version_count in articles:
        assert version_count == 2
        diff = compare(store.blocks(id_, 1), store.blocks(id_, 2))
        changed = [row for row in diff.rows if row.edit != "same"]
        (row,) = changed
        before, after = map(normalise, edits[url])
        assert (row.before[0].block.text, row.after[0].block.text) == (before, after)
    store.close()
