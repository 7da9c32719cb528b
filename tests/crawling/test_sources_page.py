"""docs/sources.md lists every named source."""

from __future__ import annotations

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.sources_page import page
from tests.parsing.test_languages import WORDS
from tests.support.crawling import PROJECT
from tests.support.sources import SOURCES, spider


def test_the_page_is_what_the_sources_declare() -> None:
    """`python -m newsdiff_crawler.crawling.sources_page > docs/sources.md` makes it anew."""
    assert (PROJECT / "docs" / "sources.md").read_text("utf-8") == page()


def test_what_is_known_of_a_language_is_what_is_tested() -> None:
    known = {code: {*shipped.languages().stated(code)["words"]} for code in shipped.languages()}
    assert known == {code: {*words} for code, words in WORDS.items()}
    assert {*known} == {spider(name).language for name in SOURCES}


def test_every_named_source_has_a_row() -> None:
    rows = [line.split("`")[1] for line in page().splitlines() if line.startswith("| `")]
    assert sorted(rows) == SOURCES
