"""docs/record.md says what every table, view, column and word of the record means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.schema.dictionary import Schema, page
from newsdiff_crawler.store.schema.meanings import TABLES, WORDS, Words

PAGE = Path(__file__).parents[3] / "docs" / "record.md"
QUERIES = re.findall(r"```sql\n(.+?)\n```", page(), re.DOTALL)


@pytest.fixture
def schema() -> Iterator[Schema]:
    opened = Schema()
    yield opened
    opened.close()


def test_every_table_and_view_has_a_meaning_and_no_other(schema: Schema) -> None:
    assert sorted(schema.tables()) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_has_a_meaning_and_no_other(schema: Schema, table: str) -> None:
    columns = {column.name for column in schema.columns(table)}
    assert columns == set(TABLES[table].columns)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.title)
def test_every_word_of_a_set_has_a_meaning_and_no_other(words: Words) -> None:
    assert set(words.known) == set(words.meanings)


def test_every_set_of_words_that_a_column_names_is_on_the_page() -> None:
    units = " ".join(column.unit for table in TABLES.values() for column in table.columns.values())
    titles = {words.title.lower() for words in WORDS}
    assert set(re.findall(r"\[(.+?)\]", units)) <= titles


def test_the_page_is_the_one_that_the_program_prints() -> None:
    remedy = "run: python -m newsdiff_crawler.store.schema.dictionary > docs/record.md"
    assert PAGE.read_text("utf-8") == f"{page()}\n", remedy


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_page_runs(store: Store, query: str) -> None:
    assert store.db.execute(query).fetchall() == []
