"""docs/sources.md lists every named source."""

from __future__ import annotations

from newsdiff_crawler.crawling.sources_page import page
from tests.support.crawling import PROJECT
from tests.support.sources import SOURCES


def test_the_page_is_what_the_sources_declare() -> None:
    """`python -m newsdiff_crawler.crawling.sources_page > docs/sources.md` makes it anew."""
    assert (PROJECT / "docs" / "sources.md").read_text("utf-8") == page()


def test_every_named_source_has_a_row() -> None:
    rows = [line.split("`")[1] for line in page().splitlines() if line.startswith("| `")]
    assert sorted(rows) == SOURCES
